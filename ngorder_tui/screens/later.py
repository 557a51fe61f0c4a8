"""An area that is still to come: it says so and pretends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from ngorder_tui.i18n import _
from ngorder_tui.screens.base import NgorderScreen

if TYPE_CHECKING:
    from ngorder_tui.areas import Area


class LaterScreen(NgorderScreen[None]):
    """One line about an area that has no screen yet."""

    def __init__(self, area: Area) -> None:
        super().__init__()
        self._area = area

    @property
    def here(self) -> str:
        """The area."""
        return self._area.name

    @property
    def heading(self) -> str:
        """The area's title."""
        return self._area.title()

    def body(self) -> ComposeResult:
        """What is missing, and how to get at it all the same."""
        yield Static(
            " "
            + _(
                "{area} has no screen in this version yet. Its calls work from the shell: ngorder-tui api --list"
            ).format(area=self._area.title()),
            markup=False,
        )
