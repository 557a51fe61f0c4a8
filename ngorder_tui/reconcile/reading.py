"""How lookers read: what was meant, whole lists, and an order wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from pydantic import ValidationError

from ngorder_tui import clock
from ngorder_tui.api.chapters import order, order_cancel
from ngorder_tui.api.chapters.order_rows import OrderRow
from ngorder_tui.api.models import Page, Query, Unreadable
from ngorder_tui.api.paging import Walk
from ngorder_tui.reconcile.evidence import Ask, NotReadable

if TYPE_CHECKING:
    from ngorder_tui.api.endpoint import Call
    from ngorder_tui.store.journal import Intent

T = TypeVar("T")
In = TypeVar("In", bound=Query)
MOST_ROWS = 5000
"""Rows of a list that are looked through; what is longer is not read to its end."""
BACK = timedelta(days=730)
AHEAD = timedelta(days=365)
"""Order dates around today among which an order is looked for by its id."""
Ended = Literal["CANCEL", "REJECTED", "EXPIRED"]
ENDED: tuple[Ended, ...] = ("CANCEL", "REJECTED", "EXPIRED")


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """The rows of a list that were asked for, and whether all of it was read."""

    rows: tuple[T, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an order stands: active, ended in one of three ways, or in none of the lists ("")."""

    where: Literal["ACTIVE", "CANCEL", "REJECTED", "EXPIRED", ""]
    row: OrderRow | None
    whole: bool


def meant(takes: type[In], intent: Intent) -> In:
    """The arguments of an intent as the endpoint takes them. Raises NotReadable."""
    try:
        return takes.model_validate(intent.arguments)
    except ValidationError as error:
        raise NotReadable(str(error)) from error


def same_text(one: str | None, other: str | None) -> bool:
    """Whether two texts say the same: white space at the ends and its amount do not count, nothing is empty."""
    return (one or "").split() == (other or "").split()


def same_arguments(intent: Intent, *names: str) -> Callable[[Intent], bool]:
    """A test of whether another intent has the same under these names."""
    wanted = _of(intent.arguments, names)
    return lambda other: _of(other.arguments, names) == wanted


def _of(arguments: Mapping[str, object], names: tuple[str, ...]) -> list[object]:
    return [arguments.get(name) for name in names]


async def gather(
    ask: Ask, call: Call[Page[T]], keep: Callable[[T], bool] = lambda _row: True, *, walks: int = 3, enough: int = 0
) -> Rows[T]:
    """The rows of a list to keep, of all its pages; `enough` ends the search at so many. Raises ApiError."""
    walk = Walk(ask, call, walks=walks)
    kept: list[T] = []
    read, whole = 0, True
    async for row in walk:
        read += 1
        if isinstance(row, Unreadable):
            whole = False
        elif keep(row):
            kept.append(row)
            if len(kept) == enough:
                return Rows(tuple(kept), whole)
        if read >= MOST_ROWS:
            return Rows(tuple(kept), whole=False)
    return Rows(tuple(kept), whole and walk.settled)


def _period() -> tuple[date, date]:
    return clock.today() - BACK, clock.today() + AHEAD


async def active_order(ask: Ask, order_id: int) -> Standing:
    """Whether an order stands among the active ones. Raises ApiError."""
    first, last = _period()
    query = order.OrderQuery(keyword=str(order_id), type="ORDER_ID", start_date=first, end_date=last)
    found = await gather(ask, order.LIST(query), lambda row: row.order_id == order_id, enough=1)
    return Standing("ACTIVE", found.rows[0], whole=True) if found.rows else Standing("", None, found.whole)


async def standing(ask: Ask, order_id: int, *kinds: Ended) -> Standing:
    """Where an order stands, among the active ones and those that ended in these ways. Raises ApiError."""
    active = await active_order(ask, order_id)
    if active.where:
        return active
    first, last = _period()
    whole = active.whole
    for kind in kinds:
        query = order_cancel.CanceledOrderQuery(type=kind, start_date=first, end_date=last)
        found = await gather(ask, order_cancel.LIST(query), lambda row: row.order_id == order_id, enough=1)
        if found.rows:
            return Standing(kind, found.rows[0], whole=True)
        whole = whole and found.whole
    return Standing("", None, whole)
