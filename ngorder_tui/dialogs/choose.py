"""Pick one of a few: drafts to go on with, steps to take."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from ngorder_tui.dialogs.base import Dialog
from ngorder_tui.i18n import _


class Choose(Dialog[str]):
    """Answers the key of the line that was picked."""

    DEFAULT_CSS = """
    Choose OptionList { height: auto; max-height: 16; border: none; }
    """

    def __init__(self, title: str, options: Sequence[tuple[str, str]]) -> None:
        super().__init__(title)
        self._options = options

    def body(self) -> ComposeResult:
        """The lines."""
        yield OptionList(*(Option(text, id=key) for key, text in self._options), markup=False)
        yield Static(_("Enter Take   Esc Leave it"), classes="dialog--keys", markup=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the picked line's key."""
        self.dismiss(event.option_id)
