"""How a list is read: pages as they are looked at, what the store has before what is fresh, the question in force."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.binding import BindingType

from ngorder_tui import formats
from ngorder_tui.api.errors import ApiError, Invalid
from ngorder_tui.clock import now
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.screens.base import NgorderScreen
from ngorder_tui.screens.list_source import ListEndpoints
from ngorder_tui.store.cache import Shown
from ngorder_tui.widgets.query_line import QueryLine
from ngorder_tui.widgets.record_columns import Column
from ngorder_tui.widgets.record_messages import CursorLost, MarksChanged, PageWanted
from ngorder_tui.widgets.record_table import RecordTable, Row

if TYPE_CHECKING:
    from ngorder_tui.api.models import Page, Unreadable
    from ngorder_tui.session import Kept

RowT = TypeVar("RowT")
RECORDS_HELD = 2000
"""Typed records that are kept beside the table's texts; older ones are read again when they are needed."""


class ListReading(NgorderScreen[None], Generic[RowT]):
    """The reading half of a list screen: its table, its records, its question."""

    BINDINGS: ClassVar[list[BindingType]] = []
    name_of_list: ClassVar[str] = ""
    """The store's name for what was last shown; a list without one is not kept for the next start."""
    per_page: ClassVar[int] = 25

    def __init__(self) -> None:
        super().__init__()
        self.question: dict[str, object] = {}
        self.question_words = ""
        """How the filter in force reads to a person."""
        self.records: dict[str, RowT] = {}
        self.note = ""
        """What is to be known about the list as it stands: its age, or why it could not be read."""
        self.endpoints: ListEndpoints[RowT] | None = None
        """The endpoints, once their chapter is imported."""
        self._sought: str | None = None
        self._shown_at: datetime | None = None
        self._is_failing = False

    def columns(self) -> tuple[Column, ...]:
        """The columns, in the language in force."""
        raise NotImplementedError

    def chapter(self) -> ListEndpoints[RowT]:
        """The endpoints. Called once, in a thread, after the first paint: import chapters here, nowhere else."""
        raise NotImplementedError

    def cells(self, row: RowT) -> tuple[str, ...]:
        """The texts of a row: by default each column's field, shown by its kind."""
        return tuple(formats.shown(_dig(row, column.field), column.kind) for column in self.columns())

    def row_style(self, _row: RowT) -> str:
        """How the row stands out: "", "warn", "bad", "good" or "dim"; never the only sign of a state."""
        return ""

    def empty_sentence(self) -> str:
        """Why the list is empty, and which key changes that."""
        if self.question:
            return _("Nothing fits this question. Esc clears the keyword, f changes the filter.")
        return _("There is nothing here yet.")

    @property
    def standing_question(self) -> Mapping[str, object]:
        """Arguments that every question of this list carries and no filter changes."""
        return {}

    def period(self) -> str:
        """The period that is in force when no filter says another; lists that hide old rows tell it here."""
        return ""

    @property
    def table(self) -> RecordTable:
        """The list's table."""
        return self.query_one(RecordTable)

    @property
    def current(self) -> RowT | None:
        """The record under the cursor, if it is here."""
        return self.records.get(self.table.cursor_key or "")

    def begin(self) -> None:
        """Show what was last shown, then ask."""
        if (last := self.session.store.cache.last_shown_now(self.name_of_list)) is not None:
            rows = [Row(key, tuple(cells), style) for key, cells, style in last.rows]
            self.table.put(0, rows, last.total, remembered=True)
            self.note = _as_of(last.at) if rows else ""
            self._shown_at = last.at if rows else None
        self.table.set_message(_("Asking the server…"))
        self.tell_query()
        self.call_after_refresh(self.table.ask_again)

    def rows_changed(self) -> None:
        """Rows came in: a chance for what follows them."""

    async def source(self) -> ListEndpoints[RowT]:
        """The endpoints, their chapter imported in a thread on first use."""
        if self.endpoints is None:
            self.endpoints = await asyncio.to_thread(self.chapter)
            self.offer_commands()
        return self.endpoints

    def on_record_table_page_wanted(self, event: PageWanted) -> None:
        """A page is looked at: read it."""
        event.stop()
        self.run_worker(self.load(event.page, event.epoch), group="pages", exit_on_error=False)

    async def load(self, page: int, epoch: int) -> None:
        """Read one page: what the store has, then what is fresh."""
        last: Kept[Page[RowT]] | None = None
        try:
            source = await self.source()
            call = source.page({**self.standing_question, **self.question}, page, self.per_page)
            async for kept in self.session.read(call):
                last = kept
                self.put_page(source, page, kept, epoch, remembered=not kept.fresh)
        except ApiError as error:
            self.table.page_failed(page)
            self.failed(error)
            return
        if last is None:
            self.table.page_failed(page)
            return
        if not last.fresh:
            self.put_page(source, page, last, epoch, remembered=False)
        await self.loaded(last.value.total, is_first=page == 1)

    async def loaded(self, total: int | None, *, is_first: bool) -> None:
        """A fresh answer is shown: say no age any more, and keep the texts for the next start's first paint."""
        self.note, self._is_failing = "", False
        self.tell_query()
        if self._sought is not None:
            self.say(_("Number {n} is not among the records shown here.").format(n=self._sought), bad=True)
            self._sought = None
        if is_first and not self.question and self.name_of_list:
            rows = tuple((row.key, row.cells, row.style) for row in self.table.held_rows()[: self.per_page])
            shown = Shown(key=self.name_of_list, at=now(), total=total, rows=rows)
            await self.session.store.cache.show(self.name_of_list, shown)

    def put_page(
        self, source: ListEndpoints[RowT], page: int, kept: Kept[Page[RowT]], epoch: int, *, remembered: bool
    ) -> None:
        """Show the rows of one page."""
        first = (page - 1) * self._size_of_page(source, kept.value) if source.is_paged else 0
        rows = self.rows_of(source, kept.value.data, first)
        total = kept.value.total
        if total is None and (kept.value.is_last or not source.is_paged):
            total = first + len(rows)
        self.put_rows(first, rows, total, epoch, remembered=remembered)
        self._shown_at = kept.at
        if remembered:
            self.note = _as_of(kept.at)
            self.tell_query()

    def _size_of_page(self, source: ListEndpoints[RowT], page: Page[RowT]) -> int:
        """Rows on a page: as asked for, or as the server says where it cannot be asked for."""
        told = page.meta.pagination.per_page if page.meta and page.meta.pagination else None
        if "per_page" in source.read.takes.model_fields or not told:
            return self.per_page
        self.table.per_page = told
        return told

    def rows_of(self, source: ListEndpoints[RowT], records: Sequence[RowT | Unreadable], first: int) -> list[Row]:
        """Records as table rows; what cannot be read costs its own row only. The records are held for the actions."""
        from ngorder_tui.api.models import Unreadable

        rows: list[Row] = []
        for index, record in enumerate(records, first):
            if isinstance(record, Unreadable):
                rows.append(Row(f"?{index}", self._unreadable(), "bad"))
                continue
            key = source.row_key(record)
            self._hold(key, record)
            rows.append(Row(key, self.cells(record), self.row_style(record)))
        return rows

    def _unreadable(self) -> tuple[str, ...]:
        """The cells of a row that cannot be read: said in the column with the most room."""
        columns = self.columns()
        widest = max(columns, key=lambda column: (not column.drop, column.grow, column.width))
        return tuple(_("unreadable") if column is widest else "" for column in columns)

    def put_rows(self, first: int, rows: Sequence[Row], total: int | None, epoch: int, *, remembered: bool) -> None:
        """Show rows, or why there are none."""
        self.table.put(first, rows, total, epoch, remembered=remembered)
        if total == 0:
            self.table.set_message(self.empty_sentence())
        elif self._sought is not None and self.table.select(self._sought):
            self._sought = None
        self.tell_query()
        self.rows_changed()

    def seek(self, key: str) -> None:
        """Put the cursor on this record: now, or as soon as it comes in from the server."""
        self._sought = None if self.table.select(key) else key
        if self._sought is not None and self.endpoints is not None:
            self.action_refresh_list()

    def _hold(self, key: str, record: RowT) -> None:
        self.records.pop(key, None)
        self.records[key] = record
        while len(self.records) > RECORDS_HELD:
            del self.records[next(iter(self.records))]

    def failed(self, error: ApiError) -> None:
        """The list could not be read; what is shown stays."""
        if isinstance(error, Invalid):
            self.say(_("This filter cannot be asked: {why}").format(why=error), bad=True)
        if not self.table.row_count:
            self.table.set_message(_("{why} r tries again.").format(why=error))
        elif not self._is_failing:
            self.say(_("Not refreshed: {why} r tries again.").format(why=error), bad=True)
        self._is_failing = True
        self.note = _("not refreshed")
        if self.table.row_count and self._shown_at is not None and (now() - self._shown_at).total_seconds() >= 60:
            self.note = _("not refreshed, {age} old").format(age=formats.age(self._shown_at))
        self.tell_query()

    def tell_query(self) -> None:
        """Show in the query line what is asked, how old it is, and how many there are."""
        parts = [self.question_words if self.question else "", self.period()]
        parts.append(self.note)
        total = self.table.total
        marked = len(self.table.rows_marked)
        count = "" if total is None else ngettext("{n} record", "{n} records", total).format(n=formats.number(total))
        if marked:
            count = _("{n} marked of {count}").format(n=marked, count=count)
        self.query_one(QueryLine).tell(" · ".join(part for part in parts if part), count)

    def restart(self) -> None:
        """Another list is to be shown: forget this one and ask."""
        self.workers.cancel_group(self, "pages")
        self.records.clear()
        self.table.reset()
        self.table.set_message(_("Asking the server…"))
        self.tell_query()

    def action_refresh_list(self) -> None:
        """Ask again; what is shown stays until the answer differs."""
        self.note = _("asking…")
        self.tell_query()
        self.table.ask_again()

    def on_record_table_marks_changed(self, event: MarksChanged) -> None:
        """Tell how many are marked."""
        event.stop()
        self.tell_query()

    def on_record_table_cursor_lost(self, event: CursorLost) -> None:
        """The record moved out of sight while the list changed."""
        event.stop()
        self.note = _("the list changed; the record under the cursor is elsewhere now")
        self.tell_query()


def _as_of(moment: datetime) -> str:
    seconds = (now() - moment).total_seconds()
    return _("as of just now") if seconds < 60 else _("as of {age} ago").format(age=formats.age(moment))


def _dig(record: object, path: str) -> object:
    for name in path.split("."):
        record = getattr(record, name, None)
    return record
