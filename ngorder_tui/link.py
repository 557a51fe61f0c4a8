"""The line to the server, as it was last seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from ngorder_tui.clock import now

if TYPE_CHECKING:
    from ngorder_tui.api.client import Exchange

SLOW_SECONDS = 1.5
"""An answer that takes longer than this makes the line a slow one."""


@dataclass(frozen=True, slots=True)
class Link:
    """The line as last seen. `latency` in seconds, `since` when it became what it is, bytes since the start."""

    state: Literal["untried", "online", "slow", "offline"] = "untried"
    latency: float | None = None
    since: datetime | None = None
    bytes_in: int = 0
    bytes_out: int = 0
    requests: int = 0

    def after(self, exchange: Exchange) -> Link:
        """The line after an attempt."""
        if exchange.status is None:
            state: Literal["online", "slow", "offline"] = "offline"
        else:
            state = "slow" if exchange.seconds > SLOW_SECONDS else "online"
        return replace(
            self,
            state=state,
            latency=self.latency if exchange.status is None else exchange.seconds,
            since=self.since if self.state == state else now(),
            bytes_in=self.bytes_in + exchange.bytes_in,
            bytes_out=self.bytes_out + exchange.bytes_out,
            requests=self.requests + 1,
        )
