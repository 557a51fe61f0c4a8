"""Privor and Storefront payments: decided when their orders are active or rejected and no longer wait in the queue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ngorder_tui.api.chapters import storefront
from ngorder_tui.api.chapters.storefront import ConfirmOrders, StorefrontQuery
from ngorder_tui.i18n import _
from ngorder_tui.reconcile.evidence import Ask, Evidence
from ngorder_tui.reconcile.order_steps import place_words
from ngorder_tui.reconcile.reading import Standing, gather, meant, standing

if TYPE_CHECKING:
    from ngorder_tui.store.journal import Intent

_ACTIVE_WORDS = frozenset({"ACCEPTED", "ACCEPT"})
_MEANT = {"ACCEPT": "ACTIVE", "REJECT": "REJECTED"}


async def decided(intent: Intent, ask: Ask, _others: Sequence[Intent] = ()) -> Evidence:
    """storefront.confirm_orders: whether each order stands where it was decided that it shall."""
    wanted = meant(ConfirmOrders, intent)
    query = StorefrontQuery(payment_status="ALL")
    queue = await gather(ask, storefront.LIST_ORDERS(query), lambda row: row.payment_id == wanted.id, enough=1)
    waiting = {one.order_id for row in queue.rows for one in row.orders or ()}
    lines = [
        _("Payment {id} is still in the queue.").format(id=wanted.id)
        if queue.rows
        else _("Payment {id} is not in the queue any more.").format(id=wanted.id)
    ]
    done: list[str] = []
    still = otherwise = 0
    for decision in wanted.orders:
        where = _where(await standing(ask, decision.id, "REJECTED"))
        if where == _MEANT[decision.action]:
            done.append(str(decision.id))
            lines.append(place_words(decision.id, where))
        elif where:
            otherwise += 1
            lines.append(_("{where} That is not what was decided here.").format(where=place_words(decision.id, where)))
        elif decision.id in waiting:
            still += 1
            lines.append(_("Order {id} still waits for a decision.").format(id=decision.id))
        else:
            lines.append(place_words(decision.id, ""))
    if len(done) == len(wanted.orders):
        return Evidence("landed", tuple(lines), tuple(done))
    if still == len(wanted.orders):
        return Evidence("not seen", tuple(lines))
    return Evidence("ambiguous" if done or still or otherwise else "cannot tell", tuple(lines), tuple(done))


def _where(at: Standing) -> str:
    """Active only by the server's word for it: a list may show orders that still wait."""
    word = at.row.order_status if at.row is not None else None
    return "" if at.where == "ACTIVE" and word is not None and word.upper() not in _ACTIVE_WORDS else at.where
