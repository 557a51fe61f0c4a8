"""The lines of a form that are no fields: they begin an object or a row, switch an object, add a row."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.content import Content
from textual.message import Message
from typing_extensions import override

from ngorder_tui.i18n import _, ngettext
from ngorder_tui.widgets.field_input import FieldInput
from ngorder_tui.widgets.record_columns import fit


class Heading(FieldInput):
    """The line that an object begins with."""

    is_focusable = False


class PressableLine(FieldInput, can_focus=True):
    """A line that does something to its part when space is pressed, or when it is clicked."""

    class Pressed(Message):
        """Do what this line is for."""

        def __init__(self, line: PressableLine) -> None:
            super().__init__()
            self.line = line

    def on_click(self, event: events.Click) -> None:
        """As space does."""
        event.stop()
        self.post_message(self.Pressed(self))


class SwitchLine(PressableLine):
    """Whether an optional object is present: at first it is absent."""

    is_on = False

    def said(self, width: int) -> Content:
        """Its state, and which key changes it."""
        state = _("present; space takes it out") if self.is_on else _("absent; space adds it")
        return Content(fit(state, width))


class AddLine(PressableLine):
    """The end of a list: how many rows there are, and the key for one more."""

    count = 0

    def said(self, width: int) -> Content:
        """The count and the key."""
        rows = ngettext("{count} row", "{count} rows", self.count).format(count=self.count)
        return Content(fit(_("{rows}; space adds one").format(rows=rows), width))


class RowLine(FieldInput, can_focus=True):
    """The first line of a row: Delete removes the row, pressed twice where something is typed in it."""

    class Removed(Message):
        """Take the row out."""

        def __init__(self, line: RowLine) -> None:
            super().__init__()
            self.line = line

    is_asking = False
    holds_something: Callable[[], bool] = staticmethod(lambda: False)
    """Whether anything is typed in the row."""

    def said(self, width: int) -> Content:
        """The key."""
        words = _("Delete again takes it out with all that it says") if self.is_asking else _("Delete takes it out")
        return Content(fit(words, width) if self.is_here else "")

    async def _on_key(self, event: events.Key) -> None:
        if event.key not in {"delete", "backspace"}:
            return
        event.stop()
        event.prevent_default()
        if self.is_asking or not self.holds_something():
            self.post_message(self.Removed(self))
        else:
            self.is_asking = True
            self.redraw()

    @override
    def _leave(self) -> None:
        self.is_asking = False
        super()._leave()
