"""A table on a screen, over the list of a server, for the tests of RecordTable."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.pilot import Pilot

from ngorder_tui.widgets.record_table import Column, CursorLook, RecordTable, Row

COLUMNS = (
    Column("PO", "order_id", "number", width=7),
    Column("Receiver", "receiver", width=16, grow=1),
    Column("Courier", "courier", width=14, drop=2),
    Column("Total", "total", "money", width=12),
    Column("Status", "status", width=10),
    Column("Note", "note", width=30, drop=1),
)
NARROW, WIDE = (80, 24), (120, 36)


def row(number: int, receiver: str = "", style: str = "") -> Row:
    cells = (str(number), receiver or f"Receiver {number}", "Lion", f"Rp{number}.000", "UNPAID", f"note {number}")
    return Row(f"order {number}", cells, style)


class WatchedTable(RecordTable):
    """Writes down the regions it is asked to repaint."""

    def __init__(self, columns: Sequence[Column], per_page: int) -> None:
        super().__init__(columns, per_page=per_page)
        self.repainted: list[tuple[Region, ...]] = []

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> WatchedTable:
        if repaint or layout:
            self.repainted.append(regions)
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self


class Desk(App[None]):
    """One table over a list of a server that answers as soon as it is asked, unless it is to be silent."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        total: int = 100,
        *,
        silent: bool = False,
        tells_total: bool = True,
        look: CursorLook = "highlight",
        per_page: int = 25,
    ) -> None:
        super().__init__()
        self.server = [row(number) for number in range(total)]
        self.silent = silent
        self.tells_total = tells_total
        self.table = WatchedTable(COLUMNS, per_page)
        self.table.cursor_look = look
        self.heard: list[Message] = []
        self.asked: list[int] = []
        self.last_page_asked = asyncio.Event()

    def compose(self) -> ComposeResult:
        yield self.table

    def answer(self, page: int, epoch: int | None = None) -> None:
        first = (page - 1) * self.table.per_page
        total = len(self.server) if self.tells_total else None
        self.table.put(first, self.server[first : first + self.table.per_page], total, epoch)

    def on_record_table_page_wanted(self, message: RecordTable.PageWanted) -> None:
        self.asked.append(message.page)
        if message.page == 9:
            self.last_page_asked.set()
        assert message.first == (message.page - 1) * message.count
        if not self.silent:
            self.answer(message.page, message.epoch)

    def on_record_table_highlighted(self, message: RecordTable.Highlighted) -> None:
        self.heard.append(message)

    def on_record_table_opened(self, message: RecordTable.Opened) -> None:
        self.heard.append(message)

    def on_record_table_marks_changed(self, message: RecordTable.MarksChanged) -> None:
        self.heard.append(message)

    def on_record_table_cursor_lost(self, message: RecordTable.CursorLost) -> None:
        self.heard.append(message)

    def highlighted(self) -> list[str | None]:
        return [message.key for message in self.heard if isinstance(message, RecordTable.Highlighted)]

    def lines(self) -> list[str]:
        """The table as it stands on the screen."""
        return [strip.text for strip in self.screen._compositor.render_strips()]


async def still(pilot: Pilot[None]) -> None:
    """Wait until everything that was caused has happened."""
    for _round in range(4):
        await pilot.pause()


def body(app: Desk) -> list[str]:
    """The rows on the screen, without the scrollbar's cell."""
    return [line[:-1].rstrip() for line in app.lines()[1:]]


def gutters(app: Desk) -> list[str]:
    return [line[:2] for line in app.lines()[1:]]
