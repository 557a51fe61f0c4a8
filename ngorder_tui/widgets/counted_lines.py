"""Lines that say a code and how many pieces of it: typed, pasted, or read from a CSV file. Pure."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ngorder_tui import formats
from ngorder_tui.api.text import clean
from ngorder_tui.i18n import _
from ngorder_tui.widgets.scan_box import LONGEST_CODE, MOST_PIECES

SEPARATORS = "\t;,"
"""What may stand between code and quantity; a file's first line tells which of them it uses, the first here wins."""
_HEADINGS = frozenset({"sku", "code", "kode", "barcode", "kode sku", "kode barang"})
_grouped = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+")
_whole = re.compile(r"[0-9]{1,15}(?:[.,]0{1,2})?")


@dataclass(frozen=True, slots=True)
class Counted:
    """So many pieces of a code."""

    code: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that says no code and quantity, and why, as a sentence for the user."""

    text: str
    why: str


def read_quantity(text: str) -> int:
    """Pieces: 12, 1.200 or 12,00. Raises ValueError with a sentence for the user."""
    text = text.strip()
    if _grouped.fullmatch(text):
        text = re.sub("[.,]", "", text)
    if not _whole.fullmatch(text):
        raise ValueError(_("The quantity is no whole number."))
    quantity = int(re.split("[.,]", text)[0])
    if not 1 <= quantity <= MOST_PIECES:
        raise ValueError(_("The quantity must be from 1 to {most}.").format(most=formats.number(MOST_PIECES)))
    return quantity


def read_cells(cells: Sequence[str], text: str) -> Counted | Unread | None:
    """A line's cells: code, quantity (one where there is none), what follows is passed over. None for a blank line."""
    words = [" ".join(cell.split()) for cell in cells]
    if not any(words):
        return None
    code, count = words[0], words[1] if len(words) > 1 else ""
    if not code:
        return Unread(text, _("There is no code before the quantity."))
    if len(code) > LONGEST_CODE:
        return Unread(text, _("That is too long for a code."))
    try:
        return Counted(code, read_quantity(count) if count else 1)
    except ValueError as error:
        return Unread(text, str(error))


def read_lines(text: str) -> list[Counted | Unread]:
    """Every line of a text: SKU and quantity, a tab, semicolon or comma between. A heading is passed over."""
    lines = [line for line in clean(text).split("\n") if line.strip()]
    if not lines:
        return []
    separator = next((mark for mark in SEPARATORS if mark in lines[0]), SEPARATORS[-1])
    cells = [_cells(line, separator) for line in lines]
    if cells[0] and " ".join(cells[0][0].split()).casefold() in _HEADINGS:
        lines, cells = lines[1:], cells[1:]
    return [said for line, row in zip(lines, cells, strict=True) if (said := read_cells(row, _short(line))) is not None]


def read_typed(text: str) -> Counted | Unread | None:
    """A typed line that says a quantity after a separator; None for one that does not, which is a code as it stands."""
    for mark in SEPARATORS:
        code, found, count = text.rpartition(mark)
        if found and code.strip() and re.fullmatch(r"\s*[0-9]+\s*", count):
            return read_cells((code, count), _short(text))
    return None


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return [line]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_CODE else text[: LONGEST_CODE - 1] + "…"
