"""What was kept stands in for a server that is gone: a record is shown as far as it is known, with its age.

Within `standing_in` a read whose kept answer was given does not fail because the server is gone; once one has, what is
kept is not asked for again, for each attempt costs the patience of a dead line.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ngorder_tui.api.errors import ApiError


@dataclass(slots=True)
class StandIn:
    """`kept_only`: what is kept is not asked for. `oldest` is when the oldest answer that stood in was given."""

    kept_only: bool
    oldest: datetime | None = None
    error: ApiError | None = None

    def spares(self, at: datetime) -> bool:
        """Whether the answer that was kept at this moment is taken without asking."""
        if self.kept_only:
            self._took(at)
        return self.kept_only

    def takes(self, error: ApiError, at: datetime) -> bool:
        """Whether the answer that was kept at this moment stands in for one that failed so."""
        from ngorder_tui.api.errors import ServerFault, Throttled, Unreachable

        if not isinstance(error, Unreachable | Throttled | ServerFault):
            return False
        self.kept_only, self.error = True, error
        self._took(at)
        return True

    def _took(self, at: datetime) -> None:
        self.oldest = at if self.oldest is None else min(self.oldest, at)


_current: ContextVar[StandIn | None] = ContextVar("stand_in", default=None)


def current() -> StandIn | None:
    """The one that is in force for who asks now."""
    return _current.get()


@contextmanager
def standing_in(*, kept_only: bool = False) -> Iterator[StandIn]:
    """Let what is kept stand in for all that is read within."""
    made = StandIn(kept_only)
    token = _current.set(made)
    try:
        yield made
    finally:
        _current.reset(token)
