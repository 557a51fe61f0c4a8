"""The lookup: words are looked for after a pause, what is found is picked, late answers are dropped."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Sequence

import pytest

from ngorder_tui.widgets.field_input import UNSET
from ngorder_tui.widgets.inputs import make_input
from ngorder_tui.widgets.lookup import SHOWN, Choice, LookupInput
from tests.widgets.form_samples import PEOPLE, Showing, feed, screen_text


class Asked:
    """A finder that keeps what it was asked, and answers when it is let."""

    def __init__(self, *found: Choice, waits: bool = False, shields: bool = False) -> None:
        self.found = found
        self.words: list[str] = []
        self.was_asked = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.answered = asyncio.Event()
        self._shields = shields
        if not waits:
            self.may_answer.set()

    async def __call__(self, words: str) -> Sequence[Choice]:
        self.words.append(words)
        self.was_asked.set()
        try:
            await self.may_answer.wait()
        except asyncio.CancelledError:
            if not self._shields:
                raise
            await self.may_answer.wait()
        self.answered.set()
        return self.found


class Hearing(Showing):
    chosen: list[str]

    def on_mount(self) -> None:
        self.chosen = []

    def on_lookup_input_chosen(self, event: LookupInput.Chosen) -> None:
        self.chosen.append(event.choice.key)


async def search(asked: Asked, lookup: LookupInput) -> None:
    """Wait until what was typed has been asked and its answer has been taken in."""
    await asyncio.wait_for(asked.answered.wait(), 5)
    await lookup.app.workers.wait_for_complete([worker for worker in lookup.workers if worker.node is lookup])


async def test_what_is_typed_without_a_pause_is_asked_once() -> None:
    asked = Asked(*PEOPLE)
    lookup = LookupInput("customer_id", "Customer", asked)
    async with Hearing(lookup).run_test(size=(80, 24)) as pilot:
        lookup.focus()
        await feed(pilot, "orang")
        await search(asked, lookup)
        await pilot.pause()
        assert asked.words == ["orang"]
        assert lookup.suggestions == PEOPLE
        shown = screen_text(pilot.app)
        assert "Orang Percobaan  Jalan Contoh 2" in shown
        assert "Gudang Contoh [b]" in shown


async def test_arrows_pick_and_enter_takes() -> None:
    asked = Asked(*PEOPLE)
    lookup = LookupInput("customer_id", "Customer", asked, pause=0)
    app = Hearing(lookup)
    async with app.run_test(size=(80, 24)) as pilot:
        lookup.focus()
        await feed(pilot, "o")
        await search(asked, lookup)
        await pilot.press("down", "down", "down", "down", "up", "enter")
        assert lookup.chosen == PEOPLE[1]
        assert lookup.typed() == "42"
        assert lookup.text == "Orang Percobaan"
        assert lookup.suggestions == ()
        await pilot.pause()
        assert app.chosen == ["42"]
        assert "#42" in screen_text(app).splitlines()[0]
        assert asked.words == ["o"]


async def test_enter_takes_the_only_one_but_of_several_only_the_picked_one() -> None:
    asked = Asked(PEOPLE[2])
    lookup = LookupInput("customer_id", "Customer", asked, pause=0)
    several = Asked(*PEOPLE)
    other = LookupInput("customer_id", "Customer", several, pause=0)
    async with Hearing(lookup, other).run_test(size=(80, 24)) as pilot:
        lookup.focus()
        await feed(pilot, "g")
        await search(asked, lookup)
        await pilot.press("enter")
        assert lookup.typed() == "0"
        other.focus()
        await feed(pilot, "o")
        await search(several, other)
        await pilot.press("enter")
        assert other.chosen is None
        await pilot.press("enter")
        assert other.chosen == PEOPLE[0]


async def test_enter_before_the_answer_takes_the_only_one_when_it_comes() -> None:
    asked = Asked(PEOPLE[0], waits=True)
    lookup = LookupInput("customer_id", "Customer", asked, pause=0)
    async with Hearing(lookup).run_test(size=(80, 24)) as pilot:
        lookup.focus()
        await feed(pilot, "orang contoh")
        await pilot.press("enter")
        assert "searching" in screen_text(pilot.app)
        asked.may_answer.set()
        await search(asked, lookup)
        assert lookup.chosen == PEOPLE[0]


@pytest.mark.parametrize("shields", [False, True])
async def test_an_answer_that_comes_after_the_field_was_left_is_dropped(shields: bool) -> None:
    asked = Asked(*PEOPLE, waits=True, shields=shields)
    lookup = LookupInput("customer_id", "Customer", asked, pause=0)
    other = make_input("text", "note", "Note")
    async with Hearing(lookup, other).run_test(size=(80, 24)) as pilot:
        lookup.focus()
        await feed(pilot, "orang")
        await asyncio.wait_for(asked.was_asked.wait(), 5)
        other.focus()
        await pilot.pause()
        asked.may_answer.set()
        if shields:
            await asyncio.wait_for(asked.answered.wait(), 5)
        await pilot.pause()
        assert lookup.suggestions == ()
        assert lookup.text == "orang"
        assert "pick one" in lookup.problem


async def test_an_answer_to_an_older_question_is_dropped() -> None:
    asked = Asked(*PEOPLE, waits=True, shields=True)
    lookup = LookupInput("customer_id", "Customer", asked, pause=0)
    async with Hearing(lookup).run_test(size=(80, 24)) as pilot:
        lookup.focus()
        await feed(pilot, "o")
        await asyncio.wait_for(asked.was_asked.wait(), 5)
        lookup.set_choice(PEOPLE[2])
        asked.may_answer.set()
        await asyncio.wait_for(asked.answered.wait(), 5)
        await pilot.pause()
        assert lookup.suggestions == ()
        assert lookup.chosen is not None
        assert lookup.chosen.key == "0"


async def test_a_value_set_by_code_is_not_looked_for_and_sends_nothing() -> None:
    asked = Asked(*PEOPLE)
    lookup = LookupInput("customer_id", "Customer", asked, pause=0)
    app = Hearing(lookup)
    async with app.run_test(size=(80, 24)) as pilot:
        lookup.focus()
        await pilot.pause()
        lookup.set_choice(PEOPLE[0])
        lookup.restore("#42 Orang Percobaan")
        lookup.fill(Choice("0", "Gudang"))
        await pilot.pause()
        assert lookup.typed() == "0"
        assert not lookup.touched
        assert asked.words == []
        assert app.chosen == []


async def test_a_number_is_taken_as_such() -> None:
    asked = Asked()
    lookup = LookupInput("customer_id", "Customer", asked, pause=0)
    async with Hearing(lookup).run_test(size=(80, 24)) as pilot:
        lookup.focus()
        await feed(pilot, "#0")
        await pilot.pause()
        assert lookup.typed() == "0"
        assert lookup.complaint() == ""
        assert "0" not in asked.words


async def test_typing_after_a_choice_is_a_new_question() -> None:
    asked = Asked(*PEOPLE)
    lookup = LookupInput("customer_id", "Customer", asked, pause=0)
    async with Hearing(lookup).run_test(size=(80, 24)) as pilot:
        lookup.set_choice(PEOPLE[0])
        lookup.focus()
        await feed(pilot, "x")
        await search(asked, lookup)
        assert lookup.chosen is None
        assert asked.words == ["Orang Contohx"]
        assert lookup.complaint()


async def test_a_failed_search_is_told_on_the_field_and_nothing_found_too() -> None:
    async def fails(words: str) -> Sequence[Choice]:
        raise OSError(f"[b]no line[/b] for {words}")

    lookup = LookupInput("customer_id", "Customer", fails, pause=0)
    asked = Asked()
    other = LookupInput("customer_id", "Customer", asked, pause=0)
    async with Hearing(lookup, other).run_test(size=(80, 24)) as pilot:
        lookup.focus()
        await feed(pilot, "o")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert "[b]no line[/b] for o" in screen_text(pilot.app)
        assert lookup.text == "o"
        other.focus()
        await feed(pilot, "o")
        await search(asked, other)
        await pilot.pause()
        assert "Nothing was found" in screen_text(pilot.app)


async def test_escape_closes_the_list_and_a_space_asks_for_anything() -> None:
    asked = Asked(*PEOPLE)
    lookup = LookupInput("customer_id", "Customer", asked, pause=0)
    async with Hearing(lookup).run_test(size=(80, 24)) as pilot:
        lookup.focus()
        await feed(pilot, " ")
        await search(asked, lookup)
        assert asked.words == [""]
        assert len(lookup.suggestions) == len(PEOPLE)
        await pilot.press("escape")
        assert len(lookup.suggestions) == 0
        assert lookup.typed() is UNSET


async def test_a_long_list_shows_what_is_around_the_cursor() -> None:
    many = tuple(Choice(str(number), f"Barang {number:02}") for number in range(40))
    asked = Asked(*many)
    lookup = LookupInput("id", "Id", asked, pause=0)
    async with Hearing(lookup).run_test(size=(80, 24)) as pilot:
        lookup.focus()
        await feed(pilot, "b")
        await search(asked, lookup)
        await pilot.press(*["down"] * 21)
        await pilot.pause()
        shown = screen_text(pilot.app)
        assert "> Barang 20" in shown
        assert shown.count("Barang") == SHOWN
        assert "21 of 40" in shown
        await pilot.press("enter")
        assert lookup.typed() == "20"


async def test_a_click_takes_a_suggestion() -> None:
    asked = Asked(*PEOPLE)
    lookup = LookupInput("customer_id", "Customer", asked, pause=0)
    async with Hearing(lookup).run_test(size=(80, 24)) as pilot:
        lookup.focus()
        await feed(pilot, "o")
        await search(asked, lookup)
        await pilot.pause()
        await pilot.click(lookup, offset=(30, 2))
        assert lookup.chosen == PEOPLE[1]


async def test_the_draft_of_a_choice_keeps_what_it_is_called() -> None:
    lookup = LookupInput("customer_id", "Customer", Asked())
    lookup.set_choice(PEOPLE[2])
    other = LookupInput("customer_id", "Customer", Asked())
    other.restore(lookup.draft())
    assert other.text == "Gudang Contoh [b]"
    assert other.typed() == "0"
    other.restore("kata saja")
    assert other.draft() == "kata saja"
    assert other.chosen is None


def test_lookup_and_scan_box_import_no_pydantic() -> None:
    code = (
        "import sys, ngorder_tui.widgets.lookup, ngorder_tui.widgets.scan_box, ngorder_tui.widgets.choice_input;"
        "sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
