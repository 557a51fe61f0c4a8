"""Ask before something is done: by a key for what can be undone, by a typed word for what cannot."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ngorder_tui.dialogs.base import Dialog
from ngorder_tui.i18n import _
from ngorder_tui.widgets.line_input import LineInput


class Confirm(Dialog[bool]):
    """Yes by `y`, no by `n` or Esc. Enter does nothing: scanners send Enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", show=False),
        Binding("n", "answer(False)", show=False),
    ]

    def __init__(self, title: str, lines: str) -> None:
        super().__init__(title)
        self._lines = lines

    def body(self) -> ComposeResult:
        """What will happen, and the keys."""
        yield Static(self._lines, markup=False)
        yield Static(_("y Yes   n No"), classes="dialog--keys", markup=False)

    def action_answer(self, yes: bool) -> None:
        """Answer and close."""
        self.dismiss(yes)


class ConfirmByWord(Dialog[bool]):
    """Says what will happen and wants a short word typed, then Enter; a scanned code is never that word."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "answer", show=False)]

    def __init__(self, title: str, lines: str, word: str) -> None:
        super().__init__(title)
        self._lines = lines
        self._word = word

    def body(self) -> ComposeResult:
        """What will happen, and where the word is typed."""
        yield Static(self._lines, markup=False)
        yield Static(
            _("Type {word} and Enter.  Esc: leave it").format(word=self._word), classes="dialog--keys", markup=False
        )
        yield LineInput()
        yield Static("", classes="dialog--problem", markup=False)

    def action_answer(self) -> None:
        """Right word: yes. Any other: say so and wait."""
        field = self.query_one(LineInput)
        if field.value.strip().casefold() == self._word.casefold():
            self.dismiss(True)
            return
        field.value = ""
        self.query_one(".dialog--problem", Static).update(_("That is not the word: nothing was done."))
