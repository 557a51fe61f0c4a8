"""The line at the bottom: the commands that can be used here and now, by the live Commands."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from ngorder_tui.i18n import _
from ngorder_tui.widgets.record_columns import one_line


class KeyBar(Widget):
    """One line of "key Name"; what does not fit is left to the help behind `?`, which always stands at the end."""

    DEFAULT_CSS = """
    KeyBar { height: 1; background: $panel; color: $foreground; dock: bottom; }
    """

    entries: reactive[tuple[tuple[str, str], ...]] = reactive(())

    def offer(self, entries: Iterable[tuple[str, str]]) -> None:
        """Show these commands, each as (key, name)."""
        self.entries = tuple(entries)

    def render(self) -> RenderResult:
        """As many entries as fit."""
        end = "? " + _("Help")
        line = ""
        for key, name in self.entries:
            entry = one_line(f" {key} {name} ")
            if cell_len(line) + cell_len(entry) + len(end) + 1 > self.size.width:
                break
            line += entry
        return Content(f"{line} {end}")
