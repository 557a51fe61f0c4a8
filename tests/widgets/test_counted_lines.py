"""Lines of code and quantity, however they are written."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ngorder_tui.widgets.counted_lines import Counted, Unread, read_lines, read_quantity, read_typed
from ngorder_tui.widgets.scan_box import LONGEST_CODE, MOST_PIECES

codes = st.text(st.sampled_from("ABCDEFGHIJ0123456789-_./"), min_size=1, max_size=20)
quantities = st.integers(1, MOST_PIECES)


@given(st.lists(st.tuples(codes, quantities), max_size=20), st.sampled_from("\t;,"), st.sampled_from(["\n", "\r\n"]))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[tuple[str, int]], separator: str, end: str) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator=end).writerows([("SKU", "Qty"), *rows])
    assert read_lines(file.getvalue()) == [Counted(code, quantity) for code, quantity in rows]


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    for said in read_lines(text):
        match said:
            case Counted(code, quantity):
                assert 1 <= quantity <= MOST_PIECES
                assert code.strip()
                assert len(code) <= LONGEST_CODE
            case Unread(line, why):
                assert line
                assert why


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("\n \n", []),
        ("A1", [Counted("A1", 1)]),
        ("A1\nB2,3\nC3;4", [Counted("A1", 1), Counted("B2", 3), Counted("C3;4", 1)]),
        ("sku;qty\nA1;2", [Counted("A1", 2)]),
        ("Kode,Jumlah\nA1,2", [Counted("A1", 2)]),
        ("A1,2,Kaos merah,12000", [Counted("A1", 2)]),
        ('"A1","1.200"', [Counted("A1", 1200)]),
        ("A1;12,00", [Counted("A1", 12)]),
        ("A 1  X;2", [Counted("A 1 X", 2)]),
        ("\x1b[31mA1\x1b[0m,2", [Counted("A1", 2)]),
    ],
)
def test_lines(text: str, lines: list[Counted]) -> None:
    assert read_lines(text) == lines


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("A1,two", "no whole number"),
        ("A1,-3", "no whole number"),
        ("A1;1,5", "no whole number"),
        ("A1,0", "from 1 to"),
        ("A1,1000000000000", "from 1 to"),
        ("A1,99999999999999999999999999", "no whole number"),
        (",3", "no code"),
        ("X" * (LONGEST_CODE + 1), "too long"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(text: str, why: str) -> None:
    (said,) = read_lines(f"{text}\n")
    assert isinstance(said, Unread)
    assert why in said.why


def test_a_bad_line_costs_that_line_only() -> None:
    good = Counted("A1", 2)
    assert [line for line in read_lines("A1,2\nB2,x\n,\nA1,2") if isinstance(line, Counted)] == [good, good]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A1", None),
        ("A1,4", Counted("A1", 4)),
        ("A1; 4", Counted("A1", 4)),
        ("A1,", None),
        (",4", None),
        ("A,B", None),
        ("A,B,2", Counted("A,B", 2)),
    ],
)
def test_typed_lines(text: str, said: Counted | None) -> None:
    assert read_typed(text) == said


def test_a_typed_quantity_that_is_none_is_told() -> None:
    assert isinstance(read_typed("A1,0"), Unread)


@given(quantities)
def test_quantities_may_be_grouped(quantity: int) -> None:
    assert read_quantity(f" {quantity} ") == quantity
    assert read_quantity(f"{quantity:,}") == quantity
    assert read_quantity(f"{quantity:,}".replace(",", ".")) == quantity
