"""Stock that was added, taken or set: told by the variation's history, whose times are sentences.

The history says how long ago a movement was, in whole minutes, hours or days: so closely, and no closer, is it known
whether it was before the write. A sentence that cannot be read leaves it open, and the verdict with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from ngorder_tui import clock
from ngorder_tui.api.chapters import product
from ngorder_tui.api.chapters.product import HistoryRow
from ngorder_tui.api.chapters.product_queries import (
    CheckStock,
    StockChange,
    SyncStock,
    UpdateStock,
    VariationHistoryQuery,
)
from ngorder_tui.api.fields import VariationId
from ngorder_tui.i18n import _
from ngorder_tui.reconcile.effects import Effect, Search, Span, Window, judge
from ngorder_tui.reconcile.evidence import Ask, Evidence
from ngorder_tui.reconcile.reading import Rows, gather, meant, same_arguments, same_text

if TYPE_CHECKING:
    from ngorder_tui.store.journal import Intent

_STEPS = {
    timedelta(seconds=1): ("detik", "second", "seconds"),
    timedelta(minutes=1): ("menit", "minute", "minutes"),
    timedelta(hours=1): ("jam", "hour", "hours"),
    timedelta(days=1): ("hari", "day", "days"),
    timedelta(weeks=1): ("minggu", "week", "weeks"),
}
_STEP_OF = {word: step for step, words in _STEPS.items() for word in words}


async def updated(intent: Intent, ask: Ask, others: Sequence[Intent] = ()) -> Evidence:
    """product.update_stock: movements since then with the same reason, warehouses and pieces."""
    wanted = meant(UpdateStock, intent)
    found = await _history(ask, wanted.variation_id, Window.of(intent))
    effects = list(_bundles(wanted, found.rows))
    search = Search(
        _("Looked through the stock movements of variation {id}.").format(id=wanted.variation_id),
        whole=found.whole,
        same=same_arguments(intent, "variation_id", "stock", "description", "move_warehouse_stock"),
    )
    return judge(intent, effects, others, search)


async def synced(intent: Intent, ask: Ask, _others: Sequence[Intent] = ()) -> Evidence:
    """product.sync_stock: whether the stock is what it was set to, or has moved since."""
    wanted = meant(SyncStock, intent)
    window = Window.of(intent)
    now = (await ask(product.CHECK_STOCK(CheckStock(variation_id=wanted.variation_id)))).data
    held = None if now is None else now.stock
    if held is None:
        return Evidence("cannot tell", (_("The server does not tell the stock."),))
    line = _("Variation {id} has {held} in stock; it was set to {amount}.").format(
        id=wanted.variation_id, held=held, amount=wanted.amount
    )
    if held == wanted.amount:
        return Evidence("landed", (line,), (str(wanted.variation_id),))
    found = await _history(ask, wanted.variation_id, window)
    moved = [row for row in found.rows if _span(row).place(window) != "before"]
    if moved or not found.whole:
        return Evidence("ambiguous", (line, _("It has moved since:"), *(movement_words(row) for row in moved)))
    return Evidence("not seen", (line, _("It has not moved since.")))


async def _history(ask: Ask, variation_id: VariationId, window: Window) -> Rows[HistoryRow]:
    first, last = window.days()
    query = VariationHistoryQuery(id=variation_id, start_date=first, end_date=last)
    # Walked once: its rows have no id, and "2 minutes ago" is another row a minute later.
    return await gather(ask, product.LIST_VARIATION_HISTORY(query), walks=1)


def _bundles(wanted: UpdateStock, rows: Sequence[HistoryRow]) -> Iterator[Effect]:
    """The movements that together make the whole change, as often as they are there; or a part of it."""
    is_move = bool(wanted.move_warehouse_stock)
    needed = Counter(wanted.stock)
    fitting = {
        change: [row for row in rows if _is_change(change, row, wanted.description, is_move)] for change in needed
    }
    whole = min(len(fitting[change]) // count for change, count in needed.items())
    for number in range(whole):
        parts = [
            row for change, count in needed.items() for row in fitting[change][number * count : (number + 1) * count]
        ]
        yield _effect(wanted.variation_id, parts)
    if not whole and any(fitting.values()):
        yield _effect(wanted.variation_id, [row for found in fitting.values() for row in found], _("only a part of it"))


def _effect(variation_id: VariationId, rows: Sequence[HistoryRow], *differs: str) -> Effect:
    spans = [_span(row) for row in rows]
    starts = [span.earliest for span in spans if span.earliest is not None]
    ends = [span.latest for span in spans if span.latest is not None]
    is_told = len(starts) == len(ends) == len(spans)
    span = Span(min(starts), max(ends)) if is_told else Span()
    return Effect(str(variation_id), "; ".join(movement_words(row) for row in rows), span, differs)


def _is_change(change: StockChange, row: HistoryRow, reason: str, is_move: bool) -> bool:
    """Whether a movement is that change. A move says in the first change what leaves, so either way counts there."""
    if row.stock is None or not same_text(row.detail.description if row.detail else None, reason):
        return False
    place = row.warehouse.id if row.warehouse else None
    came, went = row.stock.in_ or 0, row.stock.out or 0
    pieces = (change.amount, 0) if change.status == "ADD" else (0, change.amount)
    fits = (came, went) == pieces or (is_move and change.amount in {came, went})
    return fits and place in {None, change.warehouse_id}


def _span(row: HistoryRow) -> Span:
    """When a movement was, by its "5 jam yang lalu" and this machine's clock."""
    told = re.match(r"\s*(\d+)\s+(\w+)", row.time_ago or "")
    step = _STEP_OF.get(told[2].casefold()) if told else None
    if told is None or step is None:
        return Span()
    latest = clock.now() - int(told[1]) * step
    return Span(latest - step, latest)


def movement_words(row: HistoryRow) -> str:
    """A movement in a line: day, pieces, warehouse, reason, user."""
    came, went = (row.stock.in_ or 0, row.stock.out or 0) if row.stock else (0, 0)
    parts = (
        row.date,
        f"+{came}" if came else f"-{went}",
        row.warehouse.name if row.warehouse else None,
        row.detail.description if row.detail else None,
        row.user,
        row.time_ago,
    )
    return "  ".join(part for part in parts if part)
