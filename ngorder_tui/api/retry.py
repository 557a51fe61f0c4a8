"""Pure decisions: whether a failed attempt may be made again, and after how long."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from random import Random

from ngorder_tui.api.errors import ApiError, Garbled, ServerFault, Throttled, Unreachable
from ngorder_tui.clock import now


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on trying. Seconds.

    `total` bounds all attempts and waits of one call; `base` and `cap` shape the growing wait between attempts.
    """

    total: float = 20.0
    base: float = 0.25
    cap: float = 5.0


def next_wait(
    error: ApiError, *, is_write: bool, attempt: int, elapsed: float, patience: Patience, random: Random
) -> float | None:
    """Seconds to wait before the next attempt, or None to give up.

    A read is tried again after any passing failure; a write only where nothing was done: it never left, or the
    server asked to wait. `attempt` counts from 1. The wait has full jitter, so that many clients do not return at once.
    """
    passing = (Unreachable, Throttled) if is_write else (Unreachable, Throttled, ServerFault)
    if not isinstance(error, passing) or (isinstance(error, Garbled) and attempt >= 3):
        return None
    wait = random.uniform(0.0, min(patience.cap, patience.base * 2 ** min(attempt, 30)))
    if isinstance(error, Throttled) and error.retry_after is not None:
        # A server that says "now" again and again is not to be asked in a tight loop.
        wait = max(wait, error.retry_after)
    return wait if elapsed + wait < patience.total else None


def retry_after(header: str | None) -> float | None:
    """Seconds to wait as a Retry-After header says, which may name a moment; None where it says nothing readable."""
    if header is None:
        return None
    if re.fullmatch(r"\d{1,6}(\.\d+)?", header.strip()):
        return float(header)
    with contextlib.suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(header) - now()).total_seconds())
    return None
