"""The one table of the app: a list of any length, of which only the pages that are looked at are loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from typing import ClassVar, TypeAlias

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive, var
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from ngorder_tui.i18n import _
from ngorder_tui.widgets import record_messages
from ngorder_tui.widgets.record_columns import Column
from ngorder_tui.widgets.record_cursor import RecordCursor
from ngorder_tui.widgets.record_lines import GUTTER, STYLES, TABLE_CSS, CursorLook, Look, RecordLines
from ngorder_tui.widgets.record_pages import WINDOW_ROWS, RecordPages, Row

__all__ = ["Column", "CursorLook", "RecordTable", "Row"]

HEADER = 1
"""Lines above the rows."""
LOOK_PAUSE = 0.08
"""Seconds that the view rests before more pages are asked for while others are awaited."""


class RecordTable(ScrollView, can_focus=True, inherit_bindings=False):
    """A table of records on Textual's Line API.

    It asks for pages with `PageWanted`; each is answered with `put`, or with `page_failed`. Rows not here yet are
    drawn as `…`. The cursor and the marks belong to records, by key, and stay with them while the list moves.
    """

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor_up", show=False, id="table.up"),
        Binding("down,j", "cursor_down", show=False, id="table.down"),
        Binding("pageup", "page_up", show=False, id="table.page_up"),
        Binding("pagedown", "page_down", show=False, id="table.page_down"),
        Binding("home,g", "first", show=False, id="table.first"),
        Binding("end,G", "last", show=False, id="table.last"),
        Binding("space", "mark", show=False, id="table.mark"),
        Binding("V", "mark_to_here", show=False, id="table.mark_to_here"),
        Binding("enter", "open", show=False, id="table.open"),
    ]

    COMPONENT_CLASSES = {f"record-table--{name}" for name in STYLES}

    DEFAULT_CSS = TABLE_CSS

    cursor_look: reactive[CursorLook] = reactive[CursorLook]("highlight")
    """A highlighted row, or (fewest bytes on the line) a plain `>` in the gutter."""
    show_scrollbar: var[bool] = var(True)
    """Whether a scrollbar of one cell stands at the right."""
    per_page: var[int] = var(25, init=False)
    """Rows on one page of the server's list."""

    PageWanted: TypeAlias = record_messages.PageWanted
    Highlighted: TypeAlias = record_messages.Highlighted
    Opened: TypeAlias = record_messages.Opened
    MarksChanged: TypeAlias = record_messages.MarksChanged
    CursorLost: TypeAlias = record_messages.CursorLost

    def __init__(
        self,
        columns: Sequence[Column] = (),
        *,
        per_page: int = 25,
        window: int = WINDOW_ROWS,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`window` is the number of rows that are kept, whatever the length of the list."""
        super().__init__(name=name, id=id, classes=classes)
        self.set_reactive(RecordTable.per_page, per_page)
        self._window = window
        self._pages = RecordPages(per_page, window)
        self._cursor = RecordCursor()
        self._told: str | None = None
        self._marks: frozenset[str] = frozenset()
        self._last_mark: str | None = None
        self._message = ""
        self._lines = RecordLines(columns)
        self._styles_of: dict[str, Style] = {}
        self._pause: Timer | None = None

    @property
    def epoch(self) -> int:
        """Grows whenever the list is found to be another than it was."""
        return self._pages.epoch

    @property
    def total(self) -> int | None:
        """Records in the whole list, as far as the server has told."""
        return self._pages.total

    @property
    def row_count(self) -> int:
        """Rows that the table shows, those not here yet included."""
        return self._pages.count

    @property
    def cursor_index(self) -> int:
        """The place of the cursor in the list, counted from 0. For display: actions go by `cursor_key`."""
        return self._cursor.index

    @property
    def cursor_key(self) -> str | None:
        """The key of the record under the cursor; None while it is not here."""
        return self._cursor.key

    @property
    def rows_marked(self) -> frozenset[str]:
        """The keys of the marked records, held or not."""
        return self._marks

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, dropped ones included."""
        return self._lines.columns

    def row(self, key: str) -> Row | None:
        """The row with this key, if it is held."""
        index = self._pages.index_of(key)
        return None if index is None else self._pages.row(index)

    def held_rows(self) -> list[Row]:
        """The rows that are held, in the order of the list."""
        return [row for _index, row in self._pages.held()]

    def put(
        self, first: int, rows: Sequence[Row], total: int | None, epoch: int | None = None, *, remembered: bool = False
    ) -> None:
        """Show rows from place `first` (counted from 0) on, of a list of `total` records (None: not told).

        `epoch` is that of the `PageWanted` this answers, None if nobody asked; one greater than `self.epoch` begins a
        new epoch. `remembered` rows (from the cache) only fill gaps: their pages are asked for all the same.
        """
        with self._changing():
            before, on_view = self._cursor.index, self._on_view(self._cursor.index)
            shift = self._pages.put(first, rows, total, epoch, remembered=remembered)
            lost = self._cursor.follow(self._pages, shift, remembered=remembered)
            # At the very top the newest record is what one wants to see: there nothing scrolls along.
            moved = self._cursor.index - before if self._top else 0
            self._scroll(self._top + moved, on_view)
            self._pages.trim(self._top + self._height // 2)
        if lost is not None:
            self.post_message(self.CursorLost(self, lost))

    def page_failed(self, page: int) -> None:
        """Page `page` (counted from 1) will not come now; it is asked for again when somebody next moves."""
        self._pages.failed(page)

    def ask_again(self) -> None:
        """Ask anew for what is on view, and for the rest when it is looked at; what is drawn stays until it differs."""
        self._pages.ask_again()
        self._look()

    def replace_row(self, row: Row) -> bool:
        """Draw another row for the same record, at once; False if it is not held."""
        with self._changing():
            return self._pages.replace(row)

    def forget(self, key: str) -> bool:
        """The record is gone by our own deed: the rows below move up, the cursor stands on the next one.

        False if it is not held; then only a fresh answer can tell.
        """
        index = self._pages.index_of(key)
        if index is None:
            return False
        with self._changing():
            self._pages.forget(key)
            self._cursor.forgotten(index, self._pages)
            self._scroll(self._top, on_view=True)
        self.mark(self._marks - {key})
        return True

    def select(self, key: str) -> bool:
        """Put the cursor on this record; False if it is not held."""
        index = self._pages.index_of(key)
        if index is None:
            return False
        self._go(index)
        return True

    def mark(self, keys: Iterable[str]) -> None:
        """Mark exactly these records."""
        marks = frozenset(keys)
        if marks != self._marks:
            with self._changing():
                self._marks = marks
            self.post_message(self.MarksChanged(self, marks))

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show these columns; held rows keep their cells, so put matching rows next."""
        self._lines.columns = tuple(columns)
        self.refresh()

    def reset(self) -> None:
        """Forget rows, marks and cursor: another list is to come, and its first page is wanted."""
        self._start_anew("", None)

    def clear(self, message: str = "") -> None:
        """Show that the list is empty, with a sentence that says why and which key changes that."""
        self._start_anew(message, 0)

    def set_message(self, message: str) -> None:
        """The sentence to show whenever the list has no rows, or none have come yet."""
        # Not by _changing: told after a failure, it must not ask for the failed page again.
        if message != self._message:
            self._message = message
            if not self._pages.count:
                self.refresh()

    def action_cursor_up(self) -> None:
        """To the row above."""
        self._go(self._cursor.index - 1)

    def action_cursor_down(self) -> None:
        """To the row below."""
        self._go(self._cursor.index + 1)

    def action_page_up(self) -> None:
        """Up by what is on view."""
        self._go(self._cursor.index - self._height, -self._height)

    def action_page_down(self) -> None:
        """Down by what is on view."""
        self._go(self._cursor.index + self._height, self._height)

    def action_first(self) -> None:
        """To the first record."""
        self._go(0)

    def action_last(self) -> None:
        """To the last record of the whole list."""
        self._go(self._pages.count - 1)

    def action_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        key = self._cursor.key
        if key is not None:
            self._last_mark = key
            self.mark(self._marks ^ {key})

    def action_mark_to_here(self) -> None:
        """Mark the held rows from the last one marked to the cursor."""
        start = None if self._last_mark is None else self._pages.index_of(self._last_mark)
        here = self._cursor.index
        start = here if start is None else start
        first, last = min(start, here), max(start, here)
        self._last_mark = self._cursor.key or self._last_mark
        self.mark(self._marks.union(row.key for index, row in self._pages.held() if first <= index <= last))

    def action_open(self) -> None:
        """Open the record under the cursor."""
        if self._cursor.key is not None:
            self.post_message(self.Opened(self, self._cursor.key))

    def on_click(self, event: events.Click) -> None:
        """Go to the row that was clicked; a click on the cursor's row opens it."""
        offset = event.get_content_offset(self)
        index = -1 if offset is None else offset.y - HEADER + self._top
        if offset is None or offset.y < HEADER or index >= self._pages.count:
            return
        event.stop()
        if index == self._cursor.index:
            self.action_open()
        else:
            self._go(index)

    def on_resize(self) -> None:
        """Keep the cursor on view, and ask for what came into view."""
        self._scroll(self._top, on_view=True)
        self._look()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for what came into view."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._look()

    def watch_show_scrollbar(self, show: bool) -> None:
        """Give the scrollbar's cell to the rows, or take it."""
        self.set_class(not show, "-no-scrollbar")

    def watch_per_page(self, per_page: int) -> None:
        """Count pages in the new size from now on."""
        self._pages.set_per_page(per_page)
        self._look()

    def notify_style_update(self) -> None:
        """Forget what was worked out from the former styles."""
        super().notify_style_update()
        self._styles_of.clear()

    def render_line(self, y: int) -> Strip:
        """Line `y` of the view: the titles, then rows."""
        self._lines.set_width(self.scrollable_content_region.width)
        if y < HEADER:
            return self._lines.header(self._style)
        index = y - HEADER + self._top
        if index < self._pages.count:
            return self._lines.row(index, self._look_of(index), self.cursor_look, self._style)
        if self._pages.count:
            return self._lines.blank(self._style)
        message = self._message or ("…" if self._pages.untold else _("There is nothing in this list."))
        return self._lines.sentence(message, y - HEADER, self._height, self._style)

    @property
    def _top(self) -> int:
        return self.scroll_offset.y

    @property
    def _height(self) -> int:
        return max(0, self.scrollable_content_region.height - HEADER)

    def _on_view(self, index: int) -> bool:
        return self._top <= index < self._top + self._height

    def _look_of(self, index: int) -> Look:
        row = self._pages.row(index)
        marked = row is not None and row.key in self._marks
        return Look(row, self._pages.is_stale(index), index == self._cursor.index, marked)

    def _style(self, name: str) -> Style:
        style = self._styles_of.get(name)
        if style is None:
            style = self.get_component_rich_style(f"record-table--{name}") if name else self.rich_style
            ground = (style.color, style.bgcolor)
            if not name and all(color is not None and color.is_default for color in ground):
                # The terminal's own colours need no saying.
                style = Style.null()
            self._styles_of[name] = style
        return style

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Repaint afterwards the lines that look other than before, and tell of another record under the cursor."""
        place, before, sentence = (self._top, self.virtual_size), self._view(), (self._pages.untold, self._message)
        yield
        self._fit_size()
        if self._pages.count == 0 and sentence != (self._pages.untold, self._message):
            self.refresh()
        elif place == (self._top, self.virtual_size):
            # Scrolling and another length repaint all by themselves.
            self._repaint(before, self._view())
        if self._cursor.key != self._told:
            self._told = self._cursor.key
            self.post_message(self.Highlighted(self, self._told))
        self._look()

    def _view(self) -> list[Look]:
        end = min(self._top + self._height, self._pages.count)
        return [self._look_of(index) for index in range(self._top, end)]

    def _repaint(self, before: Sequence[Look], after: Sequence[Look]) -> None:
        width = self.scrollable_content_region.width
        regions: list[Region] = []
        for y, (was, now) in enumerate(zip_longest(before, after), HEADER):
            if was == now:
                continue
            gutter = was is not None and now is not None and was.differs_only_in_gutter(now, self.cursor_look)
            regions.append(Region(0, y, GUTTER if gutter else width, 1))
        if regions:
            self.refresh(*regions)

    def _fit_size(self) -> None:
        size = Size(0, self._pages.count + HEADER)
        if size != self.virtual_size:
            self.virtual_size = size

    def _scroll(self, top: int, on_view: bool) -> None:
        """Have the row at place `top` as the first one shown, or near it: `on_view` keeps the cursor on view."""
        self._fit_size()
        if on_view and self._height:
            top = min(max(top, self._cursor.index - self._height + 1), self._cursor.index)
        top = max(0, min(top, self.max_scroll_y))
        if top != self._top:
            self.scroll_to(y=top, animate=False, force=True)

    def _go(self, index: int, by: int = 0) -> None:
        with self._changing():
            self._pages.touched()
            self._cursor.move(index, self._pages)
            self._scroll(self._top + by, on_view=True)

    def _start_anew(self, message: str, total: int | None) -> None:
        with self._changing():
            self._pages = RecordPages(self.per_page, self._window, epoch=self._pages.epoch + 1)
            if total is not None:
                self._pages.put(0, (), total)
            self._cursor = RecordCursor()
            self._message = message
            self._last_mark = None
            self._scroll(self._top, on_view=True)
        self.mark(())

    def _look(self) -> None:
        """Ask for what is on view and not here: at once, but while answers are awaited only when the view rests."""
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
        if not self._height:
            return
        if not self._pages.waits:
            self._ask()
        elif self._wanted():
            self._pause = self.set_timer(LOOK_PAUSE, self._ask)

    def _wanted(self) -> list[int]:
        pages = self._pages.wanted(self._top, self._top + self._height - 1)
        return pages + [page for page in self._cursor.wanted(self._pages) if page not in pages]

    def _ask(self) -> None:
        pages = self._wanted()
        self._pages.asked(pages)
        for page in pages:
            self.post_message(self.PageWanted(self, page, self.per_page, self._pages.epoch))
