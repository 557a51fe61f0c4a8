"""A scan box that also takes a table of lines that is pasted into it: code and quantity, one a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from typing_extensions import override

from ngorder_tui.api.text import clean
from ngorder_tui.widgets.counted_lines import Counted, Unread, read_lines, read_typed
from ngorder_tui.widgets.scan_box import ScanBox

Take = Callable[[Sequence[Counted | Unread]], None]
"""Takes what was scanned, typed or pasted, in its order."""


class LinesScanBox(ScanBox):
    """As ScanBox; but what is scanned is taken inside the box's key handling, so that it is on disk before the next
    key, and several pasted lines are taken, and kept, all at once. `SKU,12` is twelve pieces too.
    """

    def __init__(self, take: Take, placeholder: str = "", *, id: str | None = None) -> None:
        super().__init__(placeholder, id=id)
        self._take = take

    @override
    def scan(self, line: str) -> None:
        text = " ".join(clean(line).split())
        if not text:
            return
        match self._read(text):
            case ScanBox.Scanned(code=code, quantity=quantity):
                said = read_typed(code) if quantity == 1 and code == text else None
                self._take([said or Counted(code, quantity)])
            case ScanBox.Unreadable(text=unread, why=why):
                self._take([Unread(unread, why)])
            case _:
                pass

    @override
    def insert_lines(self, lines: list[str]) -> None:
        """One line is put where the cursor is; several are taken as they are."""
        if len(lines) == 1:
            # A tab between code and quantity would read as a blank.
            super().insert_lines([lines[0].strip().replace("\t", ";")])
            return
        start, end = sorted(self.selection)
        text = self.value[:start] + lines[0] + self.value[end:]
        self.value = ""
        self._take(read_lines("\n".join([text, *lines[1:]])))

    @override
    def keeps_after(self, event: events.Event) -> bool:
        # A scanner's burst is one change: its characters alone are worth nothing, its Enter is.
        is_scan = isinstance(event, events.Key) and event.key in {"enter", "ctrl+j"}
        return is_scan or isinstance(event, events.Paste) or self.message_queue_size == 0
