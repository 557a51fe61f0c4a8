"""A lookup among few: its list opens by itself, so that nothing need be typed to see what there is."""

from __future__ import annotations

from textual import events
from typing_extensions import override

from ngorder_tui.widgets.lookup import LookupInput


class PickInput(LookupInput):
    """As LookupInput; but while it is empty and the focus is in it, everything that there is stands below it.

    ↓ and Enter that are pressed while the list is still on its way hold for it when it comes.
    """

    _steps_ahead = 0
    _takes_ahead = False

    def edited(self) -> None:
        """An emptied field shows its list again."""
        super().edited()
        self._open()

    @override
    def wants(self, key: str) -> bool:
        """↓ too, while the list is on its way."""
        return super().wants(key) or (key == "down" and self._searching)

    def _arrive(self) -> None:
        super()._arrive()
        self._open()

    def _open(self) -> None:
        if self._finder is not None and self.is_here and not self.text.strip() and not self._searching:
            self._search(self._finder)

    def _close(self) -> None:
        self._steps_ahead, self._takes_ahead = 0, False
        super()._close()

    async def _on_key(self, event: events.Key) -> None:
        if not self._searching or event.key not in {"down", "enter"}:
            return
        if event.key == "down":
            self._steps_ahead += 1
        elif self._steps_ahead:
            self._takes_ahead = True
        else:
            return
        event.stop()
        event.prevent_default()

    def _show_all(self) -> None:
        if self._steps_ahead and self._suggestions:
            at = min(self._steps_ahead, len(self._suggestions)) - 1
            takes = self._takes_ahead
            self._steps_ahead, self._takes_ahead = 0, False
            self._at = at
            if takes:
                self._take(self._suggestions[at])
                return
        super()._show_all()
