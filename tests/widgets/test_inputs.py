"""Every kind of input: what it takes, how it reads it, what it says of what it cannot read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ngorder_tui.api.fields import Kind
from ngorder_tui.widgets.field_input import UNSET, FieldInput, TextField
from ngorder_tui.widgets.inputs import SecretInput, ValuesInput, make_input
from tests.widgets.form_samples import Showing, feed, screen_text

TYPED_KINDS: tuple[Kind, ...] = (
    "text", "rupiah", "quantity", "whole", "percent", "number", "day", "month", "phone", "digits", "secret", "file",
    "values",
)  # fmt: skip


def typing(kind: Kind, text: str) -> FieldInput:
    made = make_input(kind, "some.field", "Something")
    assert isinstance(made, TextField)
    made.set_text(text)
    return made


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  dua kata ", "dua kata"),
        ("rupiah", "12.000", 12000),
        ("rupiah", "12000", 12000),
        ("rupiah", "Rp1.250.000", 1250000),
        ("rupiah", "0", 0),
        ("quantity", "12", 12),
        ("whole", "1.000", 1000),
        ("whole", "-5", -5),
        ("percent", "15 %", 15),
        ("number", "1,5", 1.5),
        ("number", "0.125", 0.125),
        ("number", "7", 7),
        ("day", "2026-03-09", "2026-03-09"),
        ("day", "9/3/2026", "2026-03-09"),
        ("day", "09-03-2026", "2026-03-09"),
        ("month", "2026-03", "2026-03"),
        ("month", "3/2026", "2026-03"),
        ("phone", "0800-000-0000", "0800-000-0000"),
        ("digits", "00123", "00123"),
        ("secret", " rahasia contoh ", " rahasia contoh "),
        ("values", "A-1, A-2,,A-3 ", ["A-1", "A-2", "A-3"]),
        ("file", "/tidak/ada.xlsx", "/tidak/ada.xlsx"),
        ("id", "#123", "123"),
        ("id", "0", "0"),
    ],
)
def test_what_is_typed_is_read_by_its_kind(kind: Kind, text: str, value: object) -> None:
    made = typing(kind, text)
    assert made.typed() == value
    assert type(made.typed()) is type(value)
    assert kind == "file" or made.complaint() == ""


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("rupiah", "12,5"),
        ("rupiah", "dua ribu"),
        ("rupiah", "9" * 5000),
        ("quantity", "1.5"),
        ("whole", "1e3"),
        ("whole", "9" * 5000),
        ("percent", "101"),
        ("percent", "-1"),
        ("number", "1.500"),
        ("number", "satu"),
        ("day", "31/02/2026"),
        ("day", "besok"),
        ("month", "13/2026"),
        ("phone", "08"),
        ("digits", "12a"),
        ("file", "/tidak/ada.xlsx"),
        ("file", "~tidakada/berkas"),
        ("file", "a\0b"),
        ("id", "Orang Contoh"),
    ],
)
def test_what_cannot_be_read_is_told_and_kept(kind: Kind, text: str) -> None:
    made = typing(kind, text)
    assert made.complaint()
    assert made.text == text
    assert made.typed() == text


@pytest.mark.parametrize("kind", [kind for kind in TYPED_KINDS if kind != "secret"])
def test_blanks_say_nothing(kind: Kind) -> None:
    made = typing(kind, "  ")
    assert made.typed() is UNSET
    assert made.complaint() == ""


def test_an_empty_secret_says_nothing_and_a_typed_one_is_in_no_draft_and_no_repr() -> None:
    secret = SecretInput("pin", "PIN")
    assert secret.typed() is UNSET
    secret.set_text("rahasia contoh")
    assert secret.touched
    assert secret.draft() == ""
    assert "rahasia" not in repr(secret)
    secret.fill("dari server")
    assert secret.text == "rahasia contoh"


def test_fixed_values_are_matched_without_case_and_others_are_named() -> None:
    values = ValuesInput("services", "Services", ("ONE", "TWO"), item="choice")
    values.set_text("two, one")
    assert values.typed() == ["TWO", "ONE"]
    values.set_text("two, three")
    assert "three" in values.complaint()
    assert "ONE, TWO" in values.complaint()


def test_ids_among_values_may_be_written_with_their_sign() -> None:
    values = ValuesInput("id", "Id", item="id")
    values.set_text("#12, 13")
    assert values.typed() == ["12", "13"]


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("rupiah", 12000, "12000"),
        ("rupiah", "Rp7.800", "7800"),
        ("rupiah", "tidak jelas", "tidak jelas"),
        ("number", 1.5, "1,5"),
        ("day", date(2026, 3, 9), "2026-03-09"),
        ("values", ["a", "b"], "a, b"),
        ("text", "baris\nbaris", "baris baris"),
        ("id", 0, "#0"),
        ("flag", False, "False"),
        ("flag", "Y", "True"),
        ("flag", 0, "False"),
    ],
)
def test_what_a_record_has_is_shown_and_counts_as_untouched(kind: Kind, value: object, text: str) -> None:
    made = make_input(kind, "some.field", "Something")
    made.fill(value)
    said = [(made.text, made.touched)]
    made.restore("")
    said.append((made.text, made.touched))
    made.fill(None)
    said.append((made.text, made.touched))
    assert said == [(text, False), ("", True), ("", False)]


def test_words_that_a_record_has_can_be_taken_away() -> None:
    words = make_input("text", "note", "Note")
    words.fill("catatan lama")
    words.restore("")
    assert words.typed() == ""
    fresh = make_input("text", "note", "Note")
    assert fresh.typed() is UNSET


async def test_keys_of_one_read_are_handled_in_their_order() -> None:
    made = make_input("text", "note", "Note")
    async with Showing(made).run_test(size=(80, 24)) as pilot:
        made.focus()
        await feed(pilot, "abc\x7fd\x1b[Hx\x1b[Fy\x01z")
        assert made.text == "zxabdy"


async def test_money_is_shown_beside_what_is_typed() -> None:
    made = make_input("rupiah", "amount", "Amount")
    async with Showing(made).run_test(size=(80, 24)) as pilot:
        made.focus()
        await feed(pilot, "1250000")
        await pilot.pause()
        assert "Rp1.250.000" in screen_text(pilot.app).splitlines()[0]


async def test_a_complaint_comes_when_the_field_is_left_and_goes_when_it_is_changed() -> None:
    made, other = make_input("day", "date", "Date"), make_input("text", "note", "Note")
    async with Showing(made, other).run_test(size=(80, 24)) as pilot:
        made.focus()
        await feed(pilot, "31/02/2026")
        assert made.problem == ""
        other.focus()
        await pilot.pause()
        lines = screen_text(pilot.app).splitlines()
        assert "31/02/2026" in lines[0]
        assert lines[0].startswith(" !")
        assert "Write a day" in lines[1]
        assert "Note" in lines[2]
        made.focus()
        await pilot.press("backspace")
        assert made.problem == ""
        await pilot.pause()
        assert "Note" in screen_text(pilot.app).splitlines()[1]


async def test_a_secret_is_masked() -> None:
    secret = make_input("secret", "pin", "PIN")
    async with Showing(secret).run_test(size=(80, 24)) as pilot:
        secret.focus()
        await feed(pilot, "rahasia")
        await pilot.pause()
        assert "rahasia" not in screen_text(pilot.app)
        assert secret.typed() == "rahasia"


async def test_pasted_lines_are_joined_and_cleaned() -> None:
    made = make_input("text", "address", "Address")
    async with Showing(made).run_test(size=(80, 24)) as pilot:
        made.focus()
        await feed(pilot, "\x1b[200~Jalan Contoh 1\r\n\r\nKota\u202e Contoh\x1b[201~")
        assert made.typed() == "Jalan Contoh 1 Kota Contoh"


async def test_markup_in_labels_texts_and_problems_is_only_text() -> None:
    made = make_input("text", "note", "[red]Label[/]")
    made.restore("[b]kata[/b]")
    async with Showing(made).run_test(size=(80, 24)) as pilot:
        made.problem = "[link='x']why[/link] \x1b[31m"
        await pilot.pause()
        shown = screen_text(pilot.app)
        assert "[red]Label[/]" in shown
        assert "[b]kata[/b]" in shown
        assert "[link='x']why[/link]" in shown


async def test_a_long_problem_is_shown_whole() -> None:
    made = make_input("text", "note", "Note")
    async with Showing(made).run_test(size=(40, 24)) as pilot:
        made.problem = " ".join(f"word{number}" for number in range(20))
        await pilot.pause()
        words = [word for word in screen_text(pilot.app).split() if word.startswith("word")]
        assert words == made.problem.split()


async def test_a_problem_that_was_set_stays_when_the_field_is_left_unchanged() -> None:
    made, other = make_input("text", "note", "Note"), make_input("text", "name", "Name")
    async with Showing(made, other).run_test(size=(80, 24)) as pilot:
        made.problem = "from the server"
        made.focus()
        await pilot.pause()
        other.focus()
        await pilot.pause()
        assert made.problem == "from the server"


async def test_only_a_person_sends_changed(tmp_path: Path) -> None:
    heard: list[str] = []

    class Hearing(Showing):
        def on_field_input_changed(self, event: FieldInput.Changed) -> None:
            heard.append(event.field_input.text)

    made = make_input("file", "file", "File")
    async with Hearing(made).run_test(size=(80, 24)) as pilot:
        made.restore(str(tmp_path))
        made.fill("x")
        await pilot.pause()
        assert heard == []
        made.focus()
        await feed(pilot, "y")
        await pilot.pause()
        assert heard == ["xy"]


def test_a_file_that_is_there_is_no_problem(tmp_path: Path) -> None:
    file = tmp_path / "contoh.xlsx"
    file.write_bytes(b"contoh")
    made = typing("file", str(file))
    assert made.complaint() == ""


@pytest.mark.parametrize("width", [10, 26, 40, 200])
async def test_no_width_breaks_a_field(width: int) -> None:
    made = make_input("rupiah", "amount", "A label that is longer than its room is", depth=3)
    made.restore("1250000")
    async with Showing(made).run_test(size=(width, 24)) as pilot:
        made.problem = "why"
        await pilot.pause()
        assert all(len(line) <= width for line in screen_text(pilot.app).splitlines())
