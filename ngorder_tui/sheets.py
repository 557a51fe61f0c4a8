"""Tables as files that spreadsheets open: CSV, and XLSX written by hand. Text in them is never taken for a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO, Protocol
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from ngorder_tui.api.text import clean

Cell = None | bool | int | float | str
MOST_ROWS = 1_048_576
"""Rows of a sheet, the heading among them: what the XLSX format holds."""
LONGEST_TEXT = 32_767
"""Characters of a cell: what the XLSX format holds."""
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class TakesText(Protocol):
    """Whatever text can be written to."""

    def write(self, text: str, /) -> object:
        """Take the text."""


class TooManyRows(ValueError):
    """More rows than a sheet holds."""


def harmless(text: str) -> str:
    """The text as a CSV cell that no spreadsheet takes for a formula: an apostrophe before what would begin one."""
    text = clean(text)
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def write_csv(file: TakesText, heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """The table as CSV (RFC 4180, but lines end in LF): numbers as they are, flags as true and false."""
    writer = csv.writer(file, lineterminator="\n")
    if heading:
        writer.writerow([harmless(name) for name in heading])
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in row])


def _csv_cell(cell: Cell) -> str | int | float:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case str():
            return harmless(cell)
        case number:
            return number


def write_xlsx(file: BinaryIO, heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """The table as a workbook of one sheet: text as text, numbers as numbers. Raises TooManyRows."""
    with ZipFile(file, "w", ZIP_DEFLATED) as book:
        for name, content in _PARTS.items():
            book.writestr(name, content)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(_SHEET_BEGINS)
            sheet.write(_xlsx_row(1, list(heading)))
            for number, row in enumerate(rows, 2):
                if number > MOST_ROWS:
                    raise TooManyRows
                sheet.write(_xlsx_row(number, row))
            sheet.write(b"</sheetData></worksheet>")


def _xlsx_row(number: int, cells: Sequence[Cell]) -> bytes:
    inner = "".join(_xlsx_cell(f"{_column(index)}{number}", cell) for index, cell in enumerate(cells))
    return f'<row r="{number}">{inner}</row>'.encode()


def _xlsx_cell(place: str, cell: Cell) -> str:
    match cell:
        case None | "":
            return ""
        case bool():
            return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
        case int() | float() if abs(cell) < 10**15:
            return f'<c r="{place}"><v>{cell}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{_xml_text(str(cell))}</t></is></c>'


def _xml_text(text: str) -> str:
    text = re.sub(r"[\ufffe\uffff]", "", clean(text))
    # "_x0041_" is how this format spells a character by its number: meant as text, its underline is spelled so itself.
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return escape(text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…")


def _column(index: int) -> str:
    """0 as A, 25 as Z, 26 as AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XLSX_TYPE = f"{_TYPE}.sheet"
"""The content type of a workbook."""

_PARTS = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Ngorder" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
_SHEET_BEGINS = (
    f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
).encode()
