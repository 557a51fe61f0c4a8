"""What did not leave this machine may be held in the outbox; by default it is left where it was typed."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ngorder_tui.dialogs.base import Dialog
from ngorder_tui.i18n import _


class Hold(Dialog[bool]):
    """Yes by `h`; Esc leaves it. Enter does nothing: scanners send Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("h", "hold", show=False)]

    def __init__(self, title: str, lines: str) -> None:
        super().__init__(title)
        self._lines = lines

    def body(self) -> ComposeResult:
        """Why it was not sent, what holding means, the keys."""
        yield Static(self._lines, markup=False)
        yield Static(_("h Hold it in the outbox   Esc Leave it"), classes="dialog--keys", markup=False)

    def action_hold(self) -> None:
        """Hold it."""
        self.dismiss(True)
