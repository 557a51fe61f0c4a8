"""The line above a list: the keyword search, what else is asked, and how many records there are."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from ngorder_tui.i18n import _
from ngorder_tui.widgets.line_input import LineInput


class KeywordInput(LineInput):
    """Enter searches; Esc clears and leaves; ↓ leaves to the list."""

    async def _on_key(self, event: events.Key) -> None:
        match event.key:
            case "enter" | "down":
                self.post_message(QueryLine.Searched(self.value.strip()))
            case "escape":
                self.value = ""
                self.post_message(QueryLine.Searched(""))
            case _:
                await super()._on_key(event)
                return
        event.stop()
        event.prevent_default()


class QueryLine(Horizontal):
    """Keyword, filters, total: one line."""

    DEFAULT_CSS = """
    QueryLine {
        height: 1;
        & > KeywordInput { width: 24; background: $background; &:focus { background: $surface; } }
        & > .query--filters { width: 1fr; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        & > .query--total { width: auto; padding: 0 1; }
    }
    """

    class Searched(Message):
        """This keyword is to be looked for; empty: no keyword."""

        def __init__(self, keyword: str) -> None:
            super().__init__()
            self.keyword = keyword

    def __init__(self, *, searches: bool = True) -> None:
        super().__init__()
        self._searches = searches

    def compose(self) -> ComposeResult:
        """The search field (where the API can search), the filters, the total."""
        if self._searches:
            yield KeywordInput(placeholder="/ " + _("keyword…"))
        yield Static("", classes="query--filters", markup=False)
        yield Static("", classes="query--total", markup=False)

    def tell(self, filters: str, total: str) -> None:
        """Show what is asked and how many there are."""
        self.query_one(".query--filters", Static).update(f" {filters}")
        self.query_one(".query--total", Static).update(total)

    def set_keyword(self, keyword: str) -> None:
        """Show this keyword as typed."""
        for field in self.query(KeywordInput):
            field.value = keyword
