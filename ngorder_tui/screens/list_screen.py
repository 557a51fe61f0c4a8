"""What all lists share: table, paging, search, filter form, detail, refresh, errors and empty states."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import get_current_worker

from ngorder_tui import formats
from ngorder_tui.api.errors import ApiError
from ngorder_tui.commands import Command
from ngorder_tui.dialogs.choose import Choose
from ngorder_tui.i18n import N_, _
from ngorder_tui.screens.list_reading import ListReading
from ngorder_tui.screens.list_source import ListEndpoints
from ngorder_tui.standing_in import StandIn, standing_in
from ngorder_tui.widgets.detail_pane import DetailPane, Section
from ngorder_tui.widgets.query_line import KeywordInput, QueryLine
from ngorder_tui.widgets.record_messages import Highlighted, Opened
from ngorder_tui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from ngorder_tui.screens.filter_screen import Filter

RowT = TypeVar("RowT")
DETAIL_PAUSE = 0.12
"""Seconds that the cursor rests before the detail follows it."""


class ListScreen(ListReading[RowT], Generic[RowT]):
    """A list with its detail. A subclass declares columns and endpoints; what is its own work it adds."""

    BINDINGS: ClassVar[list[BindingType]] = []
    searches: ClassVar[bool] = True
    """Whether the API can search this list for a keyword."""
    commands: ClassVar[tuple[Command, ...]] = (
        Command("list.search", "slash", "search", N_("Search"), N_("Search this list for a keyword")),
        Command("list.filter", "f", "filter", N_("Filter"), N_("Filter this list"), footer=True),
        Command("list.open", "enter", "open", N_("Open"), N_("Open the record under the cursor"), on_record=True),
        Command("list.new", "n", "new", N_("New"), N_("Make a new one"), footer=True),
        Command("list.edit", "e", "edit", N_("Edit"), N_("Change the one under the cursor"), on_record=True),
        Command("list.copy", "y", "copy", N_("Copy"), N_("Copy a value to the clipboard"), on_record=True),
        Command("list.refresh", "r", "refresh_list", N_("Refresh"), N_("Ask the server again, now")),
    )

    def __init__(self) -> None:
        super().__init__()
        self._pause: Timer | None = None
        self._set: Filter | None = None

    async def sections(self, row: RowT) -> AsyncIterator[Sequence[Section]]:
        """The detail, first as far as the row tells, then richer. By default: every field of the row."""
        yield [Section("", tuple(_all_fields(row)))]

    def copyables(self, row: RowT) -> Sequence[tuple[str, str]]:
        """What `y` offers: (label, text). By default every field that has a short text."""
        return [(label, text) for label, text in _all_fields(row) if text and len(text) < 120]

    @property
    def detail(self) -> DetailPane:
        """The detail pane: at the right where it is wide, over the list where it is narrow."""
        return self.query_one(DetailPane)

    def body(self) -> ComposeResult:
        """Query line, table, detail."""
        yield QueryLine(searches=self.searches)
        with Horizontal(classes="list--panes"):
            table = RecordTable(self.columns(), per_page=self.per_page)
            if self.ngorder.is_light:
                table.cursor_look = "gutter"
                table.show_scrollbar = False
            yield table
            yield DetailPane()

    def on_mount(self) -> None:
        """Show what was last shown, then ask."""
        super().on_mount()
        self.begin()
        self.focus_on(self.table)

    def rows_changed(self) -> None:
        """The detail follows its record."""
        if self.table.total == 0:
            self.detail.show(None, ())
        self._follow_cursor()

    def on_record_table_highlighted(self, event: Highlighted) -> None:
        """The detail follows the cursor, once it rests."""
        event.stop()
        self.offer_commands()
        self._follow_cursor()

    async def on_record_table_opened(self, event: Opened) -> None:
        """Enter on a row."""
        event.stop()
        await self.action_open()

    @property
    def detail_is_shown(self) -> bool:
        """Whether there is room for the detail beside the list, or it was opened over it.

        On a light line it never stands beside the list: drawing it at every move costs fifty times the move itself.
        """
        return (self.has_class("-wide") and not self.ngorder.is_light) or self.has_class("-detail")

    def _follow_cursor(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        if self.detail_is_shown:
            self._pause = self.set_timer(DETAIL_PAUSE, self.show_detail)

    def show_detail(self) -> None:
        """Show the record under the cursor; a newer one cancels the reading of an older one."""
        self.run_worker(self._show_detail(), group="detail", exclusive=True, exit_on_error=False)

    async def _show_detail(self) -> None:
        key, record = self.table.cursor_key, self.current
        if key is None or record is None:
            self.detail.show(None, ())
            return
        # While the server is gone, what is kept is shown at once; only then is it found out whether it is back.
        is_gone = self.session.link.state == "offline"
        if is_gone and not await self._show_sections(key, record, kept_only=True):
            return
        await self._show_sections(key, record, is_shown=is_gone)

    async def _show_sections(self, key: str, record: RowT, *, kept_only: bool = False, is_shown: bool = False) -> bool:
        """Show the detail as it comes, or where it `is_shown` already, once it is whole; False where it fails."""
        shown: Sequence[Section] = ()
        with standing_in(kept_only=kept_only) as kept:
            try:
                async for shown in self.sections(record):
                    if not is_shown:
                        self._put_detail(key, shown, _as_of(kept))
            except ApiError as error:
                if not is_shown:
                    why = _("not complete: {why}").format(why=error)
                    self._put_detail(key, shown, f"{_as_of(kept)} · {why}" if kept.oldest else why)
                return False
        self._put_detail(key, shown, _as_of(kept))
        return True

    def _put_detail(self, key: str, shown: Sequence[Section], note: str) -> None:
        if not get_current_worker().is_cancelled and self.table.cursor_key == key:
            self.detail.show(key, shown, note)

    def can_use(self, command: Command) -> bool:
        """A command on a record wants one under the cursor; making and changing want an endpoint."""
        if command.on_record and self.table.cursor_key is None:
            return False
        if command.id == "list.search":
            return bool(self.query(KeywordInput))
        if command.id == "list.new" and type(self).action_new is ListScreen.action_new:
            return self.endpoints is not None and self.endpoints.create is not None
        if command.id == "list.edit" and type(self).action_edit is ListScreen.action_edit:
            return self.endpoints is not None and self.endpoints.edit is not None
        if command.id == "list.filter":
            return self.endpoints is None or bool(self._filters(self.endpoints))
        return super().can_use(command)

    def action_search(self) -> None:
        """Put the cursor in the search field."""
        for field in self.query(KeywordInput):
            self.focus_on(field)

    def on_query_line_searched(self, event: QueryLine.Searched) -> None:
        """Another keyword: another list."""
        event.stop()
        self.focus_on(self.table)
        self.ask({**{k: v for k, v in self.question.items() if k != "keyword"}, **_keyword(event.keyword)})

    def ask(self, question: Mapping[str, object]) -> None:
        """Show another question's list; a question that is the same is only asked again."""
        if dict(question) == self.question:
            self.action_refresh_list()
            return
        self.question = dict(question)
        self.query_one(QueryLine).set_keyword(str(question.get("keyword", "")))
        self.restart()

    def action_filter(self) -> None:
        """Open the filter form: exactly the filters that the API has for this list."""
        self.run_worker(self._filter(), group="dialog", exclusive=True, exit_on_error=False)

    async def _filter(self) -> None:
        source = await self.source()
        names = self._filters(source)
        if not names:
            self.say(_("The API has no filter for this list."))
            return
        from ngorder_tui.screens.filter_screen import FilterScreen

        form = FilterScreen(source.read, names, self._set, self.session, self.standing_question)
        if (wanted := await self.app.push_screen_wait(form)) is not None:
            self._set, self.question_words = wanted, wanted.words
            self.ask({**{k: v for k, v in self.question.items() if k == "keyword"}, **wanted.question})

    def _filters(self, source: ListEndpoints[RowT]) -> list[str]:
        return [name for name in source.filters() if name not in self.standing_question]

    async def action_open(self) -> None:
        """Open the detail: over the list where it is narrow, with the focus in it where it is wide."""
        self.add_class("-detail")
        self.focus_on(self.detail)
        self.show_detail()

    def action_back(self) -> None:
        """Close the detail, then clear the question, then leave."""
        if self.has_class("-detail"):
            self.remove_class("-detail")
            self.focus_on(self.table)
        elif self.question:
            self._set, self.question_words = None, ""
            self.ask({})
        else:
            super().action_back()

    def action_new(self) -> None:
        """Make a new one, in a form of the create endpoint."""
        if self.endpoints is not None and self.endpoints.create is not None:
            self.open_form(self.endpoints.create, {}, _("New: {list}").format(list=self.heading))

    def action_edit(self) -> None:
        """Change the one under the cursor, in a form of the edit endpoint."""
        source, record = self.endpoints, self.current
        if source is not None and source.edit is not None and record is not None:
            initial = source.initial(record) if source.initial else _initial(source, record)
            title = _("Change: {list}").format(list=self.heading)
            self.open_form(source.edit, initial, title, record=source.row_key(record))

    def open_form(self, endpoint: Any, initial: Mapping[str, object], title: str, *, record: str = "") -> None:
        """Open a form of an endpoint's input model; the list is asked again when it was sent.

        `record` is the key of the one that is changed.
        """
        self.run_worker(
            self._form(endpoint, initial, title, record), group="dialog", exclusive=True, exit_on_error=False
        )

    async def _form(self, endpoint: Any, initial: Mapping[str, object], title: str, record: str) -> None:
        from ngorder_tui.screens.form_screen import FormScreen

        form = FormScreen(endpoint, initial, area=self.area, title=title, record=record)
        if await self.app.push_screen_wait(form) is not None:
            self.action_refresh_list()

    def action_copy(self) -> None:
        """Choose a value and send it to the terminal's clipboard."""
        self.run_worker(self._copy(), group="dialog", exclusive=True, exit_on_error=False)

    async def _copy(self) -> None:
        if (record := self.current) is None:
            return
        values = self.copyables(record)
        options = [(str(index), f"{label}: {text}") for index, (label, text) in enumerate(values)]
        if (picked := await self.app.push_screen_wait(Choose(_("Copy"), options))) is not None:
            self.app.copy_to_clipboard(values[int(picked)][1])
            self.say(_("Sent to the terminal: {text}").format(text=values[int(picked)][1]))

    def focus_on(self, widget: Widget) -> None:
        """Give the focus to this widget."""
        super().focus_on(widget)
        self.offer_commands()


def _as_of(kept: StandIn) -> str:
    """How old a detail is where what was kept stands in for the server; empty where nothing did."""
    if kept.oldest is None:
        return ""
    note = _("not refreshed, as of {moment}").format(moment=formats.moment(kept.oldest))
    return note if kept.error is None else f"{note}: {kept.error}"


def _keyword(keyword: str) -> dict[str, object]:
    return {"keyword": keyword} if keyword else {}


def _all_fields(record: object) -> list[tuple[str, str]]:
    from ngorder_tui.widgets.labels import label

    fields = cast("Mapping[str, object]", getattr(type(record), "model_fields", {}))
    pairs = [(label(name), getattr(record, name, None)) for name in fields]
    return [(name, formats.shown(value)) for name, value in pairs if isinstance(value, str | int | float | datetime)]


def _initial(source: ListEndpoints[RowT], record: RowT) -> dict[str, object]:
    names = source.edit.takes.model_fields if source.edit is not None else {}
    return {name: value for name in names if (value := getattr(record, name, None)) is not None}
