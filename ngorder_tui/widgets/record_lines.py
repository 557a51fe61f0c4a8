"""How the lines of a record table are drawn: titles, rows, and the sentence of an empty list."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from ngorder_tui.widgets.record_columns import Column, Slot, fit, lay_out, line, one_line
from ngorder_tui.widgets.record_pages import Row

CursorLook = Literal["highlight", "gutter"]
StyleOf = Callable[[str], Style]
"""The style of a name: "" for the ground, else one of STYLES."""

GUTTER = 2
"""Cells at the left of every row: one for the cursor, one for the mark of a marked row."""
ROW_STYLES = frozenset({"warn", "bad", "good", "dim"})
"""The looks that a row may ask for."""
STYLES = ROW_STYLES | {"header", "cursor", "marked", "stale", "message"}
_TEXTS_KEPT = 500

TABLE_CSS = """
RecordTable {
    height: 1fr;
    background: $background;
    color: $foreground;
    overflow-x: hidden;
    overflow-y: auto;
    scrollbar-gutter: stable;
    scrollbar-size-vertical: 1;
    &.-no-scrollbar { scrollbar-size: 0 0; }
    & > .record-table--header { text-style: bold; }
    & > .record-table--marked { text-style: bold; color: $text-accent; }
    & > .record-table--stale { text-style: dim; }
    & > .record-table--warn { color: $text-warning; }
    & > .record-table--bad { color: $text-error; }
    & > .record-table--good { color: $text-success; }
    & > .record-table--dim { text-style: dim; }
    & > .record-table--message { text-style: none; }
    & > .record-table--cursor {
        color: $block-cursor-blurred-foreground;
        background: $block-cursor-blurred-background;
        text-style: $block-cursor-blurred-text-style;
    }
    &:focus > .record-table--cursor {
        color: $block-cursor-foreground;
        background: $block-cursor-background;
        text-style: $block-cursor-text-style;
    }
}
"""


class Look(NamedTuple):
    """All that decides how the line of a row is drawn; `row` is None while it is not here."""

    row: Row | None
    stale: bool
    cursor: bool
    marked: bool

    def differs_only_in_gutter(self, other: Look, cursor_look: CursorLook) -> bool:
        """Whether drawing the gutter anew is enough to come from the one to the other."""
        same_cursor = self.cursor == other.cursor or cursor_look == "gutter"
        return self.row == other.row and self.stale == other.stale and same_cursor


class RecordLines:
    """Draws lines of one width; the composed texts of rows are kept until width or columns change."""

    def __init__(self, columns: Sequence[Column] = ()) -> None:
        self._columns = tuple(columns)
        self._width = -1
        self._slots: tuple[Slot, ...] = ()
        self._texts: dict[int, tuple[Row, str]] = {}

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, dropped ones included."""
        return self._columns

    @columns.setter
    def columns(self, columns: Sequence[Column]) -> None:
        self._columns = tuple(columns)
        self._width = -1

    def set_width(self, width: int) -> None:
        """Draw lines of this many cells from now on."""
        if width != self._width:
            self._width = width
            self._slots = lay_out(self._columns, max(0, width - GUTTER))
            self._texts.clear()

    def header(self, style_of: StyleOf) -> Strip:
        """The line of titles."""
        titles = line([column.title for column in self._columns], self._slots, self._width - GUTTER)
        return self._strip(Segment(" " * GUTTER + titles, style_of("header")))

    def row(self, index: int, look: Look, cursor_look: CursorLook, style_of: StyleOf) -> Strip:
        """The line of the row at place `index`."""
        text = self._text(index, look.row)
        mark = "*" if look.marked else " "
        if look.cursor and cursor_look == "highlight":
            return self._strip(Segment(f" {mark}{text}", style_of("cursor")))
        ground = style_of("")
        name = "stale" if look.stale else look.row.style if look.row is not None else ""
        style = style_of(name if name in STYLES else "")
        if cursor_look == "gutter":
            # No style of its own: every byte counts on a slow line.
            gutter = [Segment((">" if look.cursor else " ") + mark, ground)]
        elif look.marked:
            gutter = [Segment(" ", ground), Segment(mark, style_of("marked"))]
        elif style is ground:
            return self._strip(Segment(" " * GUTTER + text, ground))
        else:
            gutter = [Segment(" " * GUTTER, ground)]
        return self._strip(*gutter, Segment(text, style))

    def blank(self, style_of: StyleOf) -> Strip:
        """A line with nothing on it."""
        return Strip.blank(max(0, self._width), style_of(""))

    def sentence(self, message: str, y: int, height: int, style_of: StyleOf) -> Strip:
        """Line `y` of `height` lines that say a sentence, in the middle from above and at the left."""
        width = max(1, self._width - 2 * GUTTER)
        lines = textwrap.wrap(one_line(message), width) or [""]
        at = y - max(0, (height - len(lines)) // 2)
        if not 0 <= at < len(lines):
            return self.blank(style_of)
        return self._strip(Segment(" " * GUTTER + fit(lines[at], self._width - GUTTER), style_of("message")))

    def _text(self, index: int, row: Row | None) -> str:
        if row is None:
            return fit("…", self._width - GUTTER)
        kept = self._texts.get(index)
        if kept is not None and kept[0] is row:
            return kept[1]
        if len(self._texts) >= _TEXTS_KEPT:
            self._texts.clear()
        text = line(row.cells, self._slots, self._width - GUTTER)
        self._texts[index] = (row, text)
        return text

    def _strip(self, *segments: Segment) -> Strip:
        if self._width < GUTTER:
            return Strip(segments).crop(0, max(0, self._width))
        return Strip(segments, self._width)
