"""What time it is, asked in one place so that tests and pictures can stop it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

JAKARTA = timezone(timedelta(hours=7), "WIB")
"""The zone of every day and of every time that the API gives without one."""

_source: Callable[[], datetime] = lambda: datetime.now(JAKARTA)  # noqa: E731


def now() -> datetime:
    """This moment, aware, in Jakarta."""
    return _source()


def today() -> date:
    """This day in Jakarta."""
    return now().date()


def stop_at(moment: datetime | None) -> None:
    """Stand still at this aware moment; None lets the clock run again."""
    global _source  # noqa: PLW0603
    _source = (lambda: datetime.now(JAKARTA)) if moment is None else (lambda: moment)
