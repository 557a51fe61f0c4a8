"""Choices and flags: nothing is picked until a person picks; arrows, letters and digits pick."""

from __future__ import annotations

import pytest

from ngorder_tui.widgets.choice_input import ChoiceInput, FlagInput
from ngorder_tui.widgets.field_input import UNSET
from tests.widgets.form_samples import Showing, feed, screen_text

STATES = ("PAID", "INSTALLMENT", "UNPAID")


def test_nothing_is_picked_at_first() -> None:
    assert ChoiceInput("status", "Status", STATES).typed() is UNSET
    assert FlagInput("is_print", "Printed").typed() is UNSET


@pytest.mark.parametrize(
    ("keys", "picked"),
    [
        (["right"], "PAID"),
        (["right", "right"], "INSTALLMENT"),
        (["right"] * 3, "UNPAID"),
        (["right"] * 4, UNSET),
        (["left"], "UNPAID"),
        (["left"] * 3, "PAID"),
        (["left"] * 4, UNSET),
        (["u"], "UNPAID"),
        (["I"], "INSTALLMENT"),
        (["x"], UNSET),
        (["p", "backspace"], UNSET),
        (["p", "delete"], UNSET),
        (["space"], "PAID"),
    ],
)
async def test_keys_pick(keys: list[str], picked: object) -> None:
    choice = ChoiceInput("status", "Status", STATES)
    async with Showing(choice).run_test(size=(80, 24)) as pilot:
        choice.focus()
        await pilot.press(*keys)
        assert choice.typed() == picked


@pytest.mark.parametrize(
    ("keys", "picked"),
    [("y", True), ("n", False), (" ", True), ("  ", False), ("   ", UNSET), ("yn", False), ("y\x7f", UNSET)],
)
async def test_a_flag_has_three_states(keys: str, picked: object) -> None:
    flag = FlagInput("is_print", "Printed")
    async with Showing(flag).run_test(size=(80, 24)) as pilot:
        flag.focus()
        await feed(pilot, keys)
        assert flag.typed() is picked


async def test_a_letter_means_the_word_that_is_shown_before_the_word_that_is_sent() -> None:
    # Shown as "reseller" and "customer"; the words that are sent are Y and N, and D is shown as "dropshipper".
    choice = ChoiceInput("code", "Code", ("N", "Y", "D"))
    async with Showing(choice).run_test(size=(80, 24)) as pilot:
        choice.focus()
        await feed(pilot, "r")
        assert choice.typed() == "Y"
        await feed(pilot, "n")
        assert choice.typed() == "N"


async def test_no_printable_key_gets_out_of_a_choice() -> None:
    class Bound(Showing):
        BINDINGS = [("1", "one"), ("z", "one"), ("question_mark", "one")]
        ones = 0

        def action_one(self) -> None:
            self.ones += 1

    choice = ChoiceInput("status", "Status", STATES)
    app = Bound(choice)
    async with app.run_test(size=(80, 24)) as pilot:
        choice.focus()
        await feed(pilot, "1z?")
        await pilot.pause()
        assert app.ones == 0


async def test_all_choices_are_shown_while_the_focus_is_there_and_one_of_many_else() -> None:
    few = ChoiceInput("status", "Status", STATES)
    many = ChoiceInput("month", "Month", tuple(range(1, 100)))
    async with Showing(few, many).run_test(size=(80, 24)) as pilot:
        few.focus()
        await pilot.press("right")
        await pilot.pause()
        assert "[paid]" in screen_text(pilot.app)
        assert "installment" in screen_text(pilot.app)
        many.focus()
        await pilot.press("7")
        await pilot.pause()
        first, second = screen_text(pilot.app).splitlines()[:2]
        assert "paid" in first
        assert "installment" not in first
        assert "< 7 >  7 of 99" in second


@pytest.mark.parametrize(
    ("choices", "value", "text"),
    [(("Y", "N"), True, "Y"), (("Y", "N"), False, "N"), ((1, 0), False, "0"), (("A", "B"), "b", "B"), ((1, 0), 1, "1")],
)
def test_a_records_value_is_found_among_the_choices(choices: tuple[object, ...], value: object, text: str) -> None:
    choice = ChoiceInput("stock", "Stock", choices)
    choice.fill(value)
    assert choice.text == text
    assert not choice.touched


def test_what_is_no_choice_is_not_picked() -> None:
    choice = ChoiceInput("status", "Status", STATES)
    choice.fill("SOMETHING")
    assert choice.typed() is UNSET
    choice.restore("PAID")
    choice.restore("GONE")
    assert choice.typed() is UNSET


async def test_markup_in_a_choice_is_only_text() -> None:
    choice = ChoiceInput("status", "Status", ("[red]x[/red]", "[/]"))
    choice.restore("[/]")
    async with Showing(choice).run_test(size=(80, 24)) as pilot:
        choice.focus()
        await pilot.pause()
        assert "[red]x[/red]" in screen_text(pilot.app)
        assert "[[/]]" in screen_text(pilot.app)
