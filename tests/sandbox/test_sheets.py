from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

from ngorder_tui.sandbox.sheets import XLSX, Cell, sheet
from tests.sandbox.workbook import cells


def test_numbers_stay_numbers_and_text_stays_text() -> None:
    rows: list[list[Cell]] = [[1, "001", None], ["<b> & \"'", " spaces ", "naïve 日本"], [-5, "", "a\x00\x1b\x0bb"]]
    file = sheet("Daftar & isi", ("no", "kode", "isi"), rows)
    assert (file.name, file.content_type) == ("Daftar & isi.xlsx", XLSX)
    assert cells(file.content) == [["no", "kode", "isi"], rows[0], rows[1], [-5, "", "ab"]]


def test_the_parts_are_there_and_are_xml() -> None:
    with zipfile.ZipFile(io.BytesIO(sheet("A" * 40, ("a",), []).content)) as book:
        assert book.testzip() is None
        assert book.namelist()[0] == "[Content_Types].xml"
        for name in book.namelist():
            ET.fromstring(book.read(name))
        assert b'name="' + b"A" * 31 + b'"' in book.read("xl/workbook.xml")


def test_the_same_rows_are_the_same_bytes() -> None:
    assert sheet("a", ("x",), [[1]]).content == sheet("a", ("x",), [[1]]).content
