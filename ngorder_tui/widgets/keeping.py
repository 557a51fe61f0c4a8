"""Keys that are kept: what a key has changed is on disk before the widget looks at its next key."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual import events
from textual.message_pump import MessagePump
from textual.widget import Widget


@runtime_checkable
class Keeper(Protocol):
    """What holds fields and keeps what they say, such as a form screen with a draft."""

    async def keep(self) -> None:
        """Put what is typed on disk, if it differs from what is there."""


class KeysKept(MessagePump):
    """A widget that has its keeper, if it stands in one, keep what each key has changed.

    The widget waits for the disk inside its own key handling, so that the next key is not looked at before.
    """

    async def on_event(self, event: events.Event) -> None:
        """Handle the event; after a key or a paste, keep."""
        await super().on_event(event)
        if not isinstance(self, Widget) or not isinstance(event, events.Key | events.Paste) or not self.is_attached:
            return
        if self.keeps_after(event):
            for node in self.ancestors:
                if isinstance(node, Keeper):
                    await node.keep()
                    return

    def keeps_after(self, event: events.Event) -> bool:  # noqa: ARG002
        """Whether what this key or paste has changed is kept before the next one."""
        return True
