"""A text to read or copy: help, an error, what was sent to the terminal's clipboard."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from ngorder_tui.dialogs.base import Dialog
from ngorder_tui.i18n import _


class TextDialog(Dialog[None]):
    """Shows a text; any of Esc, q and ? closes it."""

    DEFAULT_CSS = """
    TextDialog VerticalScroll { height: auto; max-height: 24; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,question_mark", "leave", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title)
        self.text = text

    def body(self) -> ComposeResult:
        """The text, scrolled where it is long."""
        with VerticalScroll():
            yield Static(self.text, markup=False)
        yield Static(_("Esc Close"), classes="dialog--keys", markup=False)

    def action_scroll(self, lines: int) -> None:
        """Move the text."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
