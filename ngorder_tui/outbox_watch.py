"""When the outbox is worked: the line came back, a countdown has ended, a person said so. And whether it is back.

While the line is down something is asked only if a write waits or is unknown, and then only the unread count.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from ngorder_tui.clock import now
from ngorder_tui.widgets.working import begin

if TYPE_CHECKING:
    from textual.timer import Timer

    from ngorder_tui.app import NgorderApp

log = logging.getLogger(__name__)
PROBE_SECONDS = 30.0
"""How often the line is tried while it is down."""


class OutboxWatch:
    """Follows the line for one app; its workers are of the groups "outbox" and "probe"."""

    def __init__(self, app: NgorderApp) -> None:
        self._app = app
        self._is_working = False
        self._wanted = False
        self._countdown: Timer | None = None
        self._probing: Timer | None = None

    def follow(self) -> None:
        """The line was seen, or the writes are others: do what follows from it."""
        if not self._app.is_running:
            return
        match self._app.session.link.state:
            case "online" | "slow":
                if self._probing is not None:
                    self._probing.stop()
                    self._probing = None
                if self._app.outbox.count:
                    self.wake()
            case "offline" if self._app.session.unsettled and self._probing is None:
                self._probing = self._app.set_timer(PROBE_SECONDS, self._probe)

    def wake(self) -> None:
        """Send what is due."""
        self._wanted = True
        if not self._is_working:
            self._is_working = True
            begin(self._app, self._work, "outbox")

    async def _work(self) -> None:
        from ngorder_tui.store.database import StoreError

        due: datetime | None = None
        try:
            while self._wanted:
                self._wanted = False
                due = await self._app.outbox.send_due()
        except StoreError as error:
            log.warning("the outbox cannot be read: %s", error)
        finally:
            self._is_working = False
        self._count_down(due)

    def _count_down(self, due: datetime | None) -> None:
        if self._countdown is not None:
            self._countdown.stop()
            self._countdown = None
        if due is not None and self._app.is_running:
            self._countdown = self._app.set_timer(max(1.0, (due - now()).total_seconds()), self.wake)

    def try_the_line(self) -> None:
        """Ask the least there is to ask: its answer tells whether the line is back."""
        begin(self._app, self._ask, "probe", exclusive=True)

    def _probe(self) -> None:
        self._probing = None
        if self._app.session.link.state == "offline" and self._app.session.unsettled:
            self.try_the_line()

    async def _ask(self) -> None:
        from ngorder_tui.api.errors import ApiError

        try:
            await self._app.count_unread()
        except ApiError as error:
            log.info("the line is not back: %s", error)
            self.follow()
