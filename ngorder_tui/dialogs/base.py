"""What all dialogs share: a box in the middle, Esc closes, text without markup."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None]):
    """A window with a title and a body; Esc answers None."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle; background: $background 0%;
        & > Vertical {
            width: 72; max-width: 96%; height: auto; max-height: 90%; padding: 0 1;
            border: solid $primary; background: $surface;
        }
        & .dialog--title { text-style: bold; height: auto; }
        & .dialog--keys { color: $text-muted; height: auto; }
        & .dialog--problem { color: $text-error; height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """Title, then the dialog's own body."""
        with Vertical():
            yield Static(self._title, classes="dialog--title", markup=False)
            yield from self.body()

    def body(self) -> ComposeResult:
        """The dialog's own widgets."""
        yield from ()

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
