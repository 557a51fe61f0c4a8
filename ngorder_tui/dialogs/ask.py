"""Ask for one line of text: a quantity, a file. What cannot be taken is told in the dialog, and stays as typed."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.widgets import Input, Static

from ngorder_tui.dialogs.base import Dialog
from ngorder_tui.i18n import _


class Ask(Dialog[str]):
    """Answers what was typed once `check` has no complaint; Enter takes it, Esc answers None."""

    def __init__(
        self, title: str, lines: str, text: str = "", *, check: Callable[[str], str] = lambda _text: ""
    ) -> None:
        super().__init__(title)
        self._lines = lines
        self._text = text
        self._check = check

    def body(self) -> ComposeResult:
        """What is asked, the line, what is wrong with it, the keys."""
        yield Static(self._lines, markup=False)
        field = Input(self._text, compact=True, select_on_focus=False)
        field.cursor_blink = False
        yield field
        yield Static("", classes="dialog--problem", markup=False)
        yield Static(_("Enter Take   Esc Leave it"), classes="dialog--keys", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take it, or tell what is wrong."""
        event.stop()
        text = event.value.strip()
        complaint = self._check(text)
        self.query_one(".dialog--problem", Static).update(complaint)
        if text and not complaint:
            self.dismiss(text)
