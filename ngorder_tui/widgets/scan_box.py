"""The scan box: a barcode scanner types a code and Enter at machine speed, and every scan comes out, in order."""

from __future__ import annotations

import re

from textual import events
from textual.message import Message
from typing_extensions import override

from ngorder_tui.api.text import clean
from ngorder_tui.i18n import _
from ngorder_tui.widgets.line_input import LineInput

MOST_PIECES = 1_000_000
"""The greatest quantity of one scan."""
LONGEST_CODE = 128
"""Characters of the longest code that is taken for one."""
_times = re.compile(r"([+-]?[0-9]+)\s*\*\s*(.*)")


class ScanBox(LineInput):
    """Reads scans: `SKU⏎` is one piece, `12*SKU⏎` twelve; several pasted lines are several scans.

    Enter is handled in the box's own key handler, in the queue that the characters come through, so that no scan can
    overtake another. Printable keys are only text here; ↑, ↓, Tab and Esc go to whoever holds the box.
    """

    class Scanned(Message):
        """A code was scanned or typed, so many pieces of it."""

        def __init__(self, scan_box: ScanBox, code: str, quantity: int) -> None:
            super().__init__()
            self.scan_box = scan_box
            self.code = code
            self.quantity = quantity

        @property
        def control(self) -> ScanBox:
            """The box."""
            return self.scan_box

    class Unreadable(Message):
        """A line that is no scan, and why, as a sentence for the user."""

        def __init__(self, scan_box: ScanBox, text: str, why: str) -> None:
            super().__init__()
            self.scan_box = scan_box
            self.text = text
            self.why = why

        @property
        def control(self) -> ScanBox:
            """The box."""
            return self.scan_box

    def __init__(self, placeholder: str = "", *, most: int = MOST_PIECES, id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, id=id)
        self._most = most

    def scan(self, line: str) -> None:
        """Take a line as if it had been scanned; a blank one is nothing."""
        if text := " ".join(clean(line).split()):
            self.post_message(self._read(text))

    def _read(self, text: str) -> Message:
        match = _times.fullmatch(text)
        count, code = (match[1], match[2]) if match else ("1", text)
        if not code:
            return self.Unreadable(self, text, _("There is no code after the quantity."))
        if len(code) > LONGEST_CODE:
            return self.Unreadable(self, text, _("That is too long for a code."))
        # Digits are counted first: Python refuses to read very long ones.
        quantity = int(count) if len(count.lstrip("+-0")) <= 9 else self._most + 1
        if not 1 <= quantity <= self._most:
            return self.Unreadable(self, text, _("The quantity must be from 1 to {most}.").format(most=self._most))
        return self.Scanned(self, code, quantity)

    async def _on_key(self, event: events.Key) -> None:
        # Some scanners end a code with a line feed (ctrl+j), some with both.
        if event.key in {"enter", "ctrl+j"}:
            event.stop()
            event.prevent_default()
            self._scan_what_is_typed()

    def _scan_what_is_typed(self) -> None:
        line, self.value = self.value, ""
        self.scan(line)

    @override
    def insert_lines(self, lines: list[str]) -> None:
        """Put a pasted line where the cursor is; of several lines each is a scan."""
        first, *more = lines
        start, end = sorted(self.selection)
        self.replace(first, start, end)
        if more:
            self._scan_what_is_typed()
        for line in more:
            self.scan(line)
