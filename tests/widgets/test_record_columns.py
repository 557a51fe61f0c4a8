from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ngorder_tui.widgets.record_columns import Column, fit, lay_out, line, one_line

COLUMNS = (
    Column("PO", "order_id", "number", width=6),
    Column("Date", "created", "day", width=5, drop=3),
    Column("Receiver", "receiver", width=14, grow=2),
    Column("Courier", "courier", width=12, grow=1, drop=2),
    Column("Total", "total", "money", width=12),
    Column("Paid", "paid", width=6, drop=1),
    Column("Status", "status", width=10),
)
columns = st.lists(
    st.builds(
        Column,
        title=st.just("t"),
        field=st.just("f"),
        width=st.integers(1, 20),
        grow=st.integers(0, 3),
        drop=st.integers(0, 4),
    ),
    max_size=10,
)


def fields(width: int) -> list[str]:
    return [COLUMNS[slot.cell].field for slot in lay_out(COLUMNS, width)]


def test_the_highest_drop_goes_first() -> None:
    assert len(fields(80)) == 7
    assert fields(70) == ["order_id", "receiver", "courier", "total", "paid", "status"]
    assert fields(60) == ["order_id", "receiver", "total", "paid", "status"]
    assert fields(46) == ["order_id", "receiver", "total", "status"]


def test_of_equal_drops_the_rightmost_goes_first() -> None:
    pair = (Column("A", "a", width=5, drop=1), Column("B", "b", width=5, drop=1))
    assert [slot.cell for slot in lay_out(pair, 10)] == [0]


def test_free_width_is_shared_by_grow() -> None:
    needed = sum(column.width for column in COLUMNS) + 6
    widths = [slot.width for slot in lay_out(COLUMNS, needed + 30)]
    assert widths == [6, 5, 14 + 20, 12 + 10, 12, 6, 10]


def test_money_and_numbers_stand_at_the_right() -> None:
    assert [column.field for column in COLUMNS if column.to_right] == ["order_id", "total"]
    assert not Column("Total", "total", "money", align="left").to_right


@given(columns, st.integers(0, 200))
def test_a_line_is_never_wider_than_the_table_and_keeps_what_must_stay(columns: list[Column], width: int) -> None:
    slots = lay_out(columns, width)
    kept = {slot.cell for slot in slots}
    assert {at for at, column in enumerate(columns) if column.drop == 0} <= kept
    assert [slot.cell for slot in slots] == sorted(kept)
    drawn = sum(slot.width for slot in slots) + max(0, len(slots) - 1)
    if any(slot.width > 1 for slot in slots):
        assert drawn <= width
    if sum(columns[at].width for at in kept) + len(kept) - 1 <= width:
        assert all(slot.width >= columns[slot.cell].width for slot in slots)
        if any(columns[at].grow for at in kept):
            assert drawn == width


@given(columns, st.integers(0, 120), st.integers(1, 20))
def test_a_dropped_column_comes_back_when_there_is_room(columns: list[Column], width: int, more: int) -> None:
    narrow = {slot.cell for slot in lay_out(columns, width)}
    assert narrow <= {slot.cell for slot in lay_out(columns, width + more)}


@pytest.mark.parametrize(
    ("text", "width", "to_right", "drawn"),
    [
        ("abc", 5, False, "abc  "),
        ("abc", 5, True, "  abc"),
        ("abcdef", 5, False, "abcd…"),
        ("abcd ef", 6, False, "abcd… "),
        ("abcdef", 1, False, "…"),
        ("abc", 0, False, ""),
        ("漢字漢字", 5, False, "漢字…"),
        ("漢字漢字", 6, False, "漢字… "),
        ("e\u0301te\u0301", 4, False, "e\u0301te\u0301 "),
        ("a\tb\nc", 6, False, "a b c "),
        ("\x1b[31mred\x1b[0m", 6, False, "red   "),
        ("\u0301abc", 4, False, "abc "),
        ("\ud800abc", 4, False, "abc "),
    ],
)
def test_texts_are_fitted_by_cells(text: str, width: int, to_right: bool, drawn: str) -> None:
    assert fit(text, width, to_right) == drawn


def test_thousands_of_combining_marks_do_not_go_to_the_terminal() -> None:
    drawn = fit("a" + "\u0301" * 5000, 4)
    assert cell_len(drawn) == 4
    assert len(drawn) < 50
    assert "…" in drawn


@given(st.text(), st.integers(1, 40), st.booleans())
def test_a_text_has_exactly_its_cells_and_nothing_that_steers(text: str, width: int, to_right: bool) -> None:
    drawn = fit(text, width, to_right)
    assert cell_len(drawn) == width
    assert not any(character < " " or "\x7f" <= character < "\xa0" for character in drawn)
    drawn.encode()


@given(st.lists(st.text(), max_size=8), st.integers(0, 100))
def test_a_line_has_exactly_its_cells(cells: list[str], width: int) -> None:
    assert cell_len(line(cells, lay_out(COLUMNS, width), width)) == width


def test_an_emoji_sequence_is_not_cut_in_two() -> None:
    assert "\u200d…" not in fit("👩\u200d🔧 " * 10, 6)


def test_plain_text_is_left_as_it_is() -> None:
    assert one_line("[/x] Toko Contoh") == "[/x] Toko Contoh"
