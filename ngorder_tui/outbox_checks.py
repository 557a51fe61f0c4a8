"""What a held write is held against before it is sent: fresh stock, prices, what remains to be paid, what still waits.

A checker reads and never writes. It answers a sentence where the write does not fit any more, else nothing.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ngorder_tui import clock, formats
from ngorder_tui.api.chapters import order, product, storefront
from ngorder_tui.api.chapters.order import CreateOrder, UpdatePayment
from ngorder_tui.api.chapters.stock_transfer import CreateTransfer
from ngorder_tui.api.chapters.storefront import ConfirmOrders, StorefrontQuery, StorefrontRow
from ngorder_tui.api.errors import Missing, Refused
from ngorder_tui.i18n import _
from ngorder_tui.reconcile.evidence import Ask
from ngorder_tui.reconcile.reading import active_order, gather, meant

if TYPE_CHECKING:
    from ngorder_tui.store.journal import Intent

AT_ONCE = 4
"""Questions that are asked side by side."""
SHOWN = 3
"""Goods that a sentence names at most."""
BUYER_CONFIRMED = 3
"""payment_status_code of a payment that the buyer has confirmed: it does not expire any more."""
Place = tuple[int, int | None]
"""A variation and the warehouse that it leaves."""


class Found(NamedTuple):
    """What there is of a variation, and what one costs an ordinary customer; None where it is not told."""

    stock: int | None
    price: int | None


class Checker(Protocol):
    """Holds one kind of write against fresh data. Raises ApiError, NotReadable."""

    async def __call__(self, intent: Intent, facts: Mapping[str, object], ask: Ask, /) -> str:
        """What speaks against it, as a sentence; empty where nothing does."""
        ...


def check_for(endpoint_id: str) -> Checker | None:
    """The checker of writes to this endpoint; None where there is nothing to look at."""
    return _CHECKERS.get(endpoint_id)


async def order_fits(intent: Intent, facts: Mapping[str, object], ask: Ask) -> str:
    """order.create: the stock of its own goods where they leave, and the prices that it was typed at."""
    wanted = meant(CreateOrder, intent)
    pieces: Counter[Place] = Counter()
    for line in wanted.products:
        pieces[line.id, line.warehouse_id if line.product_status == "S" else None] += line.qty
    own: set[int] = {line.id for line in wanted.products if line.product_status == "S"}
    return await _goods_fit(pieces, own, facts, ask)


async def transfer_fits(intent: Intent, facts: Mapping[str, object], ask: Ask) -> str:
    """stock_transfer.create: the stock at its origin."""
    wanted = meant(CreateTransfer, intent)
    pieces: Counter[Place] = Counter()
    for line in wanted.stock_adjustment:
        pieces[line.variation_id, wanted.origin_warehouse_id] += line.transfer_stock
    own = {variation_id for variation_id, _warehouse in pieces}
    return await _goods_fit(pieces, own, facts, ask)


async def payment_fits(intent: Intent, _facts: Mapping[str, object], ask: Ask) -> str:
    """order.update_payment: what remains to be paid."""
    wanted = meant(UpdatePayment, intent)
    at = await active_order(ask, wanted.id)
    if at.row is None:
        return _("Order {id} is not among the active orders any more.").format(id=wanted.id)
    if at.row.payment_status == "PAID":
        return _("The order is paid already.")
    found = await gather(ask, order.LIST_PAYMENT_HISTORY(order.PaymentHistoryQuery(id=wanted.id, status="ORDER")))
    amount = wanted.payment.amount
    if at.row.total_amount is None or amount is None or not found.whole:
        return ""
    remains = at.row.total_amount - sum(row.nominal or 0 for row in found.rows)
    if amount <= remains:
        return ""
    return _("Only {remains} of the order remain to be paid, not {amount}.").format(
        remains=formats.rupiah(max(0, remains)), amount=formats.rupiah(amount)
    )


async def decision_fits(intent: Intent, facts: Mapping[str, object], ask: Ask) -> str:
    """storefront.confirm_orders: the payment still waits, with the same orders, as it was when it was decided on."""
    wanted = meant(ConfirmOrders, intent)
    gone = _("Payment {n} is not waiting any more: somebody else has decided on it.").format(n=wanted.id)
    try:
        payment = (await ask(storefront.GET_ORDER(storefront.WhichPayment(payment_id=wanted.id)))).data
    except Missing:
        return gone
    query = StorefrontQuery(payment_status="ALL")
    queue = await gather(ask, storefront.LIST_ORDERS(query), lambda row: row.payment_id == wanted.id, enough=1)
    if payment is None or (not queue.rows and queue.whole):
        return gone
    if not queue.rows:
        return _("It cannot be told whether payment {n} still waits.").format(n=wanted.id)
    if _is_expired(queue.rows[0]):
        return _("Payment {n} has expired meanwhile.").format(n=wanted.id)
    fresh = {"transfer_total": payment.transfer_total, "payment_status_code": payment.payment_status_code}
    differs = any(name in facts and facts[name] != value for name, value in fresh.items())
    if differs or {one.order_id for one in payment.orders or ()} != {one.id for one in wanted.orders}:
        return _("Payment {n} has changed since it was decided on.").format(n=wanted.id)
    return ""


_CHECKERS: Mapping[str, Checker] = {
    "order.create": order_fits,
    "order.update_payment": payment_fits,
    "stock_transfer.create": transfer_fits,
    "storefront.confirm_orders": decision_fits,
}


def _is_expired(row: StorefrontRow) -> bool:
    if row.payment_status_code == BUYER_CONFIRMED:
        return False
    return isinstance(row.expired_at, datetime) and row.expired_at <= clock.now()


async def _goods_fit(pieces: Mapping[Place, int], own: set[int], facts: Mapping[str, object], ask: Ask) -> str:
    """Whether there are so many pieces of each, and each costs what it did."""
    places = list(pieces)
    found: list[Found | None] = []
    for start in range(0, len(places), AT_ONCE):
        found += await asyncio.gather(*(_stock(ask, place) for place in places[start : start + AT_ONCE]))
    names, prices = _mapping(facts.get("names")), _mapping(facts.get("prices"))
    gone: list[str] = []
    short: list[str] = []
    dearer: list[str] = []
    for place, fresh in zip(places, found, strict=True):
        variation_id, was = place[0], prices.get(str(place[0]))
        name = str(names.get(str(variation_id)) or f"#{variation_id}")
        if fresh is None:
            gone.append(name)
        elif variation_id in own and fresh.stock is not None and fresh.stock < pieces[place]:
            short.append(_("{name}: {n} of {stock}").format(
                name=name, n=formats.number(pieces[place]), stock=formats.number(fresh.stock)
            ))  # fmt: skip
        elif isinstance(was, int) and fresh.price is not None and fresh.price != was:
            dearer.append(_("{name}: {was}, now {price}").format(
                name=name, was=formats.rupiah(was), price=formats.rupiah(fresh.price)
            ))  # fmt: skip
    told = (
        (gone, _("Not there any more: {goods}.")),
        (short, _("More is asked for than there is now: {goods}.")),
        (dearer, _("The price has changed: {goods}.")),
    )
    return " ".join(sentence.format(goods=_some(goods)) for goods, sentence in told if goods)


async def _stock(ask: Ask, place: Place) -> Found | None:
    """What there is of a variation; None where it is not there any more."""
    variation_id, warehouse_id = place
    given = {"variation_id": variation_id} | ({} if warehouse_id is None else {"warehouse_id": warehouse_id})
    try:
        data = (await ask(product.CHECK_STOCK.parse(given))).data
    except Refused:
        return None
    return Found(None, None) if data is None else Found(data.stock, data.price)


def _some(goods: Sequence[str]) -> str:
    more = len(goods) - SHOWN
    return ", ".join(goods[:SHOWN]) + (_(" and {n} more").format(n=more) if more > 0 else "")


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
