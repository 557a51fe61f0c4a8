"""Files for spreadsheets: whatever text comes in is text when it is opened."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ngorder_tui import sheets
from ngorder_tui.api.text import clean
from ngorder_tui.sheets import Cell, TooManyRows, harmless, write_csv, write_xlsx

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
cells = st.one_of(st.none(), st.booleans(), st.integers(-(10**18), 10**18), st.floats(-1e9, 1e9), st.text(max_size=40))


def read_xlsx(content: bytes) -> list[dict[str, tuple[str, str]]]:
    """Rows of (type, text) by column, as a spreadsheet reads them."""
    with ZipFile(io.BytesIO(content)) as book:
        assert book.testzip() is None
        for name in book.namelist():
            ElementTree.fromstring(book.read(name))
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.iter(f"{MAIN}row"):
        found = {}
        for cell in row:
            text = "".join(node.text or "" for node in cell.iter() if node.tag in {f"{MAIN}t", f"{MAIN}v"})
            found[cell.attrib["r"].rstrip("0123456789")] = (cell.attrib.get("t", "n"), text)
        rows.append(found)
    return rows


def written(rows: list[list[Cell]], heading: list[str]) -> bytes:
    file = io.BytesIO()
    write_xlsx(file, heading, rows)
    return file.getvalue()


@pytest.mark.parametrize("text", ["=1+1", "+62811", "-1", "@SUM(A1)", "\t=1", "＝1", "=cmd|' /C calc'!A0"])
def test_what_begins_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{clean(text)}"


def test_a_control_character_hides_no_formula() -> None:
    assert harmless("\x00=1+1") == "'=1+1"
    assert harmless("\x1b[31m=1+1") == "'=1+1"
    assert harmless("plain = text") == "plain = text"


@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=8))
def test_csv_is_read_back_and_nothing_in_it_is_a_formula(rows: list[list[Cell]]) -> None:
    file = io.StringIO(newline="")
    write_csv(file, ["a", "b"], rows)
    back = list(csv.reader(io.StringIO(file.getvalue(), newline="")))
    assert len(back) == len(rows) + 1
    for row, read in zip(rows, back[1:], strict=True):
        for cell, text in zip(row, read, strict=True):
            if isinstance(cell, str):
                assert not text.startswith(("=", "+", "-", "@", "\t", "\r"))
                assert text.removeprefix("'") == clean(cell).removeprefix("'")
            elif isinstance(cell, bool):
                assert text == str(cell).lower()
            elif cell is not None:
                assert float(text) == float(cell)


def test_xlsx_keeps_text_as_text_and_numbers_as_numbers() -> None:
    rows: list[list[Cell]] = [["081100000001", 100000, -2.5, True, None, "=1+1", 'a & <b>\n"c"', "_x0041_", 10**18]]
    heading, first = read_xlsx(written(rows, [f"c{number}" for number in range(9)]))
    assert heading["A"] == ("inlineStr", "c0")
    assert first == {
        "A": ("inlineStr", "081100000001"), "B": ("n", "100000"), "C": ("n", "-2.5"), "D": ("b", "1"),
        "F": ("inlineStr", "=1+1"), "G": ("inlineStr", 'a & <b>\n"c"'), "H": ("inlineStr", "_x005F_x0041_"),
        "I": ("inlineStr", str(10**18)),
    }  # fmt: skip


@given(st.lists(st.lists(cells, min_size=1, max_size=3), max_size=5))
def test_any_text_makes_a_workbook_that_opens(rows: list[list[Cell]]) -> None:
    assert len(read_xlsx(written(rows, ["a"]))) == len(rows) + 1


def test_columns_go_on_after_z() -> None:
    (heading,) = read_xlsx(written([], [str(number) for number in range(800)]))
    assert (heading["Z"][1], heading["AA"][1], heading["ZZ"][1], heading["ADT"][1]) == ("25", "26", "701", "799")


def test_a_sheet_is_not_made_longer_than_the_format_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    assert len(read_xlsx(written([["x"], ["y"]], ["a"]))) == 3
    with pytest.raises(TooManyRows):
        written([["x"], ["y"], ["z"]], ["a"])


def test_a_text_longer_than_a_cell_ends_in_an_ellipsis() -> None:
    (_, row) = read_xlsx(written([["x" * 40_000]], ["a"]))
    assert len(row["A"][1]) == sheets.LONGEST_TEXT
    assert row["A"][1].endswith("…")
