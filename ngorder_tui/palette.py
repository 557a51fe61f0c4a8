"""The palette: every area, every command of the screen, and any order, product or customer by number, SKU or name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from ngorder_tui.areas import AREAS
from ngorder_tui.i18n import _
from ngorder_tui.screens.base import NgorderScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ngorder_tui.app import NgorderApp


class Everything(Provider):
    """What the palette offers. Searches of the shop's own things begin after three characters."""

    @property
    def _app(self) -> NgorderApp:
        return cast("NgorderApp", self.app)

    def _entries(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        for area in AREAS:
            yield f"{area.key}  {area.title()}", _("Go to this area"), partial(self._app.action_area, area.name)
        if isinstance(self.screen, NgorderScreen):
            for command in self.screen.usable_commands():
                run = partial(self.screen.run_action, command.action)
                yield f"{self._app.key_of(command)}  {command.shown_name}", command.shown_help, run
        for command in self._app.all_commands():
            if command.id != "app.palette":
                yield (
                    f"{self._app.key_of(command)}  {command.shown_name}",
                    command.shown_help,
                    partial(self._app.run_action, command.action),
                )

    async def discover(self) -> Hits:
        """Everything that can be done, before anything is typed."""
        for text, help_, run in self._entries():
            yield DiscoveryHit(text, run, help=help_)

    async def search(self, query: str) -> Hits:
        """What fits the words: commands first, then lists searched for them."""
        matcher = self.matcher(query)
        for text, help_, run in self._entries():
            if (score := matcher.match(text)) > 0:
                yield Hit(score, matcher.highlight(text), run, help=help_)
        words = query.strip()
        if len(words) >= 3:
            for name, title in (("orders", _("Orders")), ("products", _("Products")), ("customers", _("Customers"))):
                text = _("{list}: {words}").format(list=title, words=words)
                found = partial(self._app.action_find_in, name, words)
                # What is typed is no markup: a plain string here would be read as such.
                yield Hit(0.01, Content(text), found, help=_("Search this list"), text=text)
