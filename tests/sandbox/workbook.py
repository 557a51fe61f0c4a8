"""Reading back an Excel file."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

_NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def cells(content: bytes) -> list[list[object]]:
    """The rows of the first sheet: whole numbers, text and None."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    return [[_value(cell) for cell in row.findall("m:c", _NS)] for row in sheet.iterfind(".//m:row", _NS)]


def _value(cell: ET.Element) -> object:
    if (text := cell.find("m:is/m:t", _NS)) is not None:
        return text.text or ""
    number = cell.find("m:v", _NS)
    return None if number is None else int(number.text or "")
