"""From cell texts to one line of a table: which columns fit, how wide each is, and texts of exactly that many cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rich.cells import cell_len, set_cell_size

from ngorder_tui.api.text import clean

_RIGHT_KINDS = frozenset({"money", "number"})
_TO_SPACES = str.maketrans("\t\n\r\v\f", "     ")
# A hostile cell may hold thousands of combining marks that together are one cell wide.
_CHARACTERS_PER_CELL = 8


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a record table. All widths are terminal cells.

    `field` and `kind` say where a cell's text comes from and what it means; the table draws only the text.
    """

    title: str
    field: str
    kind: str = "text"
    width: int = 10
    """The fewest cells the column is drawn with."""
    grow: int = 0
    """Its share of the width that is left over; 0 stays at `width`."""
    drop: int = 0
    """The column with the highest number goes first when the terminal is narrow; 0 is never dropped."""
    align: Literal["left", "right"] | None = None
    """None: right for money and numbers, left for all else."""

    @property
    def to_right(self) -> bool:
        """Whether texts stand at the right edge of the column."""
        return self.align == "right" if self.align else self.kind in _RIGHT_KINDS


class Slot(NamedTuple):
    """A column as it is drawn: its place among the row's cells, its width in cells, its alignment."""

    cell: int
    width: int
    to_right: bool


def lay_out(columns: Sequence[Column], width: int) -> tuple[Slot, ...]:
    """The columns that fit into `width` cells, with one cell between two columns.

    Columns are dropped, highest `drop` first (of equals the rightmost), until the rest fits; what is left over is
    shared out by `grow`. If only columns that are never dropped remain and they still do not fit, the widest give way.
    """
    kept = list(range(len(columns)))

    def needed() -> int:
        return sum(columns[at].width for at in kept) + len(kept) - 1

    while kept and needed() > width:
        last = max(kept, key=lambda at: (columns[at].drop, at))
        if columns[last].drop == 0:
            break
        kept.remove(last)
    widths = {at: columns[at].width for at in kept}
    _narrow(widths, width - (len(kept) - 1))
    _widen(widths, columns, width - (len(kept) - 1))
    return tuple(Slot(at, widths[at], columns[at].to_right) for at in kept)


def _narrow(widths: dict[int, int], room: int) -> None:
    while sum(widths.values()) > room:
        widest = max(widths, key=lambda at: widths[at])
        if widths[widest] <= 1:
            return
        widths[widest] -= 1


def _widen(widths: dict[int, int], columns: Sequence[Column], room: int) -> None:
    free = room - sum(widths.values())
    shares = sum(columns[at].grow for at in widths)
    if free <= 0 or not shares:
        return
    for at in widths:
        # Sharing what remains among the shares that remain gives away every cell, without a rounding rest.
        grow = columns[at].grow
        if not grow:
            continue
        part = free * grow // shares
        widths[at] += part
        free -= part
        shares -= grow


def one_line(text: str) -> str:
    """The text as it may stand in a cell: no control characters, no line ends, no leading combining marks."""
    if not text.isprintable():
        text = clean(text).translate(_TO_SPACES)
    start = 0
    while start < len(text) and not cell_len(text[start]):
        start += 1
    return text[start:]


def fit(text: str, width: int, to_right: bool = False) -> str:
    """The text in exactly `width` cells: padded with spaces, or cut with `…`."""
    if width <= 0:
        return ""
    most = width * _CHARACTERS_PER_CELL
    too_long = len(text) > most
    text = one_line(text[:most])
    size = cell_len(text)
    if too_long or size > width:
        if size >= width:
            text = set_cell_size(text, width - 1) if width > 1 else ""
        text = text.rstrip() + "…"
        size = cell_len(text)
    padding = " " * (width - size)
    return padding + text if to_right else text + padding


def line(cells: Sequence[str], slots: Sequence[Slot], width: int) -> str:
    """A row's cells as one text of exactly `width` cells; a cell that the row does not have is empty."""
    texts = [fit(cells[slot.cell] if slot.cell < len(cells) else "", slot.width, slot.to_right) for slot in slots]
    return set_cell_size(" ".join(texts), width)
