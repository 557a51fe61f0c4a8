"""A scan box that also takes a table of lines that is pasted into it: code and quantity, one a line."""

from __future__ import annotations

from textual.message import Message
from typing_extensions import override

from ngorder_tui.widgets.scan_box import ScanBox


class LinesScanBox(ScanBox):
    """As ScanBox; but several pasted lines are one message, so that they are counted and kept all at once."""

    class Pasted(Message):
        """Several lines, as they were pasted; what stood in the box begins the first."""

        def __init__(self, scan_box: LinesScanBox, text: str) -> None:
            super().__init__()
            self.scan_box = scan_box
            self.text = text

        @property
        def control(self) -> LinesScanBox:
            """The box."""
            return self.scan_box

    @override
    def insert_lines(self, lines: list[str]) -> None:
        """One line is put where the cursor is; several are told as they are."""
        if len(lines) == 1:
            # A tab between code and quantity would read as a blank.
            super().insert_lines([lines[0].strip().replace("\t", ";")])
            return
        start, end = sorted(self.selection)
        text = self.value[:start] + lines[0] + self.value[end:]
        self.value = ""
        self.post_message(self.Pasted(self, "\n".join([text, *lines[1:]])))
