"""A line of text whose every key is handled in the order in which it was typed."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input
from typing_extensions import override

from ngorder_tui.api.text import clean
from ngorder_tui.widgets.keeping import KeysKept


class LineInput(KeysKept, Input, inherit_bindings=False):
    """An Input that keeps the order of keys, and leaves Enter, ↑, ↓, Tab and Esc to whoever holds it.

    Textual runs an Input's bindings (Backspace, Home …) only after the key has bubbled up to the App, when characters
    that came in the same read are in the text already: "ab⌫c" becomes "ab". Here they are run at once. Lines that are
    pasted are joined, not lost; the cursor does not blink; focus selects nothing, so that no key replaces everything.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in Input.BINDINGS if not (isinstance(binding, Binding) and binding.key == "enter")
    ]
    DEFAULT_CSS = """
    LineInput { height: 1; width: 1fr; background: $surface; &:focus { background: $panel; } }
    """

    def __init__(
        self, value: str = "", *, placeholder: str = "", password: bool = False, id: str | None = None
    ) -> None:
        super().__init__(value, placeholder=placeholder, password=password, select_on_focus=False, compact=True, id=id)
        self.cursor_blink = False

    async def _on_key(self, event: events.Key) -> None:
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return

    @override
    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert_lines(clean(event.text).split("\n"))

    def insert_lines(self, lines: list[str]) -> None:
        """Put pasted lines where the cursor is."""
        start, end = sorted(self.selection)
        self.replace(" ".join(stripped for line in lines if (stripped := line.strip())), start, end)
