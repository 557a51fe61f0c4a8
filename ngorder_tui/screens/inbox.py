"""Inbox: activity of the shop and news of the service, as the server orders them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from ngorder_tui.api.errors import ApiError
from ngorder_tui.commands import Command
from ngorder_tui.dialogs.confirm import Confirm
from ngorder_tui.i18n import N_, _
from ngorder_tui.screens.list_screen import ListScreen
from ngorder_tui.screens.list_source import ListEndpoints
from ngorder_tui.screens.sending import send
from ngorder_tui.widgets.detail_pane import Section, section
from ngorder_tui.widgets.html_text import html_plain
from ngorder_tui.widgets.record_columns import Column
from ngorder_tui.widgets.record_table import Row

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.notification import NotificationKind, NotificationRow

SEEN = "notification"
"""The store's name for notifications that were read here: rows carry no read flag of their own."""
MOST_PAGES = 25
"""Pages of notifications that are remembered as read here when all are marked."""


class InboxScreen(ListScreen["NotificationRow"]):
    """Two lists, Activity and News, one at a time."""

    area: ClassVar[str] = "inbox"
    name_of_list: ClassVar[str] = "inbox"
    searches: ClassVar[bool] = False
    per_page: ClassVar[int] = 20
    commands: ClassVar[tuple[Command, ...]] = (
        Command("inbox.kind", "w", "other_kind", N_("Activity/News"), N_("Activity, or news"), footer=True),
        Command("inbox.read", "m", "read", N_("Read"), N_("Mark this one as read"), footer=True, on_record=True),
        Command("inbox.read_all", "M", "read_all", N_("All read"), N_("Mark all of this kind as read"), footer=True),
        Command("inbox.linked", "o", "linked", N_("Go to"), N_("Open what the notification is about"), on_record=True),
    )

    def __init__(self) -> None:
        super().__init__()
        self.kind: NotificationKind = "ACTIVITY"
        self._seen: frozenset[str] = frozenset()

    @property
    def heading(self) -> str:
        """The screen's name."""
        return _("Inbox")

    def columns(self) -> tuple[Column, ...]:
        """Whether it is new here, what it is about, and how old."""
        return (
            Column("", "unread", width=1),
            Column("", "action.type", width=8, drop=2),
            Column(_("Title"), "title", width=24, grow=1),
            Column(_("Text"), "body", width=24, grow=3, drop=1),
            Column(_("Age"), "time_ago", width=16),
        )

    def chapter(self) -> ListEndpoints[NotificationRow]:
        """The notification chapter."""
        from ngorder_tui.api.chapters import notification

        return ListEndpoints(read=notification.LIST)

    @property
    def standing_question(self) -> Mapping[str, object]:
        """One kind at a time."""
        return {"type": self.kind}

    def period(self) -> str:
        """Which kind is shown."""
        return _("Activity") if self.kind == "ACTIVITY" else _("News")

    def cells(self, row: NotificationRow) -> tuple[str, ...]:
        """A new one has a mark, told by symbol."""
        return (
            "" if row.id in self._seen else "*",
            kind_word(row.action.type if row.action else None),
            row.title or "",
            row.body or html_plain(row.content or ""),
            row.time_ago or "",
        )

    async def load(self, page: int, epoch: int) -> None:
        """What was read here is looked up first."""
        self._seen = await self.session.store.seen.all(SEEN)
        await super().load(page, epoch)

    async def loaded(self, total: int | None, *, is_first: bool) -> None:
        """The next start begins with activity: news are not kept for it."""
        await super().loaded(total, is_first=is_first and self.kind == "ACTIVITY")

    async def sections(self, row: NotificationRow) -> AsyncIterator[Sequence[Section]]:
        """The whole text."""
        text = html_plain(row.content or "") or row.body or ""
        about = (
            _("o opens payment {n}").format(n=row.action.data_id)
            if _payment_of(row) is not None and row.action
            else None
        )
        yield [section(row.title or "", ("", text), ("", row.time_ago), ("", about))]

    async def action_open(self) -> None:
        """Enter: it is read now; what it is about is opened, else its text."""
        self.action_read()
        if self.current is not None and _payment_of(self.current) is not None:
            await self.action_linked()
        else:
            await super().action_open()

    async def action_linked(self) -> None:
        """Open the Privor payment that the notification is about."""
        if self.current is None:
            return
        if (payment := _payment_of(self.current)) is None:
            self.say(_("This notification leads nowhere; Enter shows its text."))
            return
        await self.ngorder.show_in("privor", str(payment))

    def action_other_kind(self) -> None:
        """Activity, or news."""
        self.kind = "NEWS" if self.kind == "ACTIVITY" else "ACTIVITY"
        self.restart()

    def action_read(self) -> None:
        """Mark the one under the cursor as read, here and there."""
        if (row := self.current) is not None and row.id not in self._seen:
            self.run_worker(self._read(row), group="read", exit_on_error=False)

    async def _read(self, row: NotificationRow) -> None:
        from ngorder_tui.api.chapters import notification

        self._seen |= {row.id}
        await self.session.store.seen.mark(SEEN, [row.id])
        self.table.replace_row(Row(str(row.id), self.cells(row), self.row_style(row)))
        receipt = await self.session.write(notification.MARK_READ.parse({"id": row.id}), _("notification read"))
        if receipt.state == "done":
            self.ngorder.unread = max(0, self.ngorder.unread - 1)

    def action_read_all(self) -> None:
        """Mark all of this kind as read, after asking."""
        self.run_worker(self._read_all(), group="dialog", exclusive=True, exit_on_error=False)

    async def _read_all(self) -> None:
        question = _("All notifications under {kind} are marked as read, also those on other pages.").format(
            kind=self.period()
        )
        if not await self.app.push_screen_wait(Confirm(_("Mark all as read"), question)):
            return
        source = await self.source()
        from ngorder_tui.api.chapters import notification

        receipt = await send(self, notification.MARK_READ.parse({"type": self.kind}), _("all notifications read"))
        if receipt is None or receipt.state != "done":
            return
        try:
            await self.session.store.seen.mark(SEEN, await self._ids_of_all(source))
            self.restart()
            await self.ngorder.count_unread()
        except ApiError as error:
            self.failed(error)

    async def _ids_of_all(self, source: ListEndpoints[NotificationRow]) -> list[str]:
        """The ids of this kind's notifications, as far back as anybody looks."""
        ids: list[str] = []
        for number in range(1, MOST_PAGES + 1):
            page = await self.session.latest(source.page(self.standing_question, number, self.per_page))
            ids.extend(source.row_key(row) for row in page.readable())
            if page.is_last:
                break
        return ids


def _payment_of(row: NotificationRow) -> int | None:
    if row.action is None or row.action.type != "confirm_order":
        return None
    return row.action.data_id


def kind_word(kind: str | None) -> str:
    """The kind of a notification in a word; an unknown one as the server names it."""
    return {"confirm_order": _("payment"), None: ""}.get(kind, kind or "")
