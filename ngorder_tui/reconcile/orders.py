"""Orders that were made or changed: the receiver, the lines and the total tell which order it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from ngorder_tui import clock, formats
from ngorder_tui.api.chapters import order
from ngorder_tui.api.chapters.order import CreateOrder, OrderDetailQuery, UpdateOrder
from ngorder_tui.api.chapters.order_details import DetailedItem, OrderDetail
from ngorder_tui.api.chapters.order_parts import OrderLine
from ngorder_tui.i18n import _
from ngorder_tui.reconcile.effects import Effect, Search, Span, Window, judge
from ngorder_tui.reconcile.evidence import Ask, Evidence
from ngorder_tui.reconcile.reading import active_order, gather, meant, same_arguments, same_text

if TYPE_CHECKING:
    from ngorder_tui.store.journal import Intent

Meant = CreateOrder | UpdateOrder
_TOLD = (
    "customer_sender_id", "customer_receiver_id", "order_date", "products", "expedition", "order_cost", "note",
)  # fmt: skip
"""The arguments that an order on the server shows."""


async def created(intent: Intent, ask: Ask, others: Sequence[Intent] = ()) -> Evidence:
    """order.create: an order made then with the same receiver, lines and total."""
    wanted = meant(CreateOrder, intent)
    first, last = Window.of(intent).days()
    call = order.LIST_DETAILS(OrderDetailQuery(create_from=first, create_to=last))
    found = await gather(ask, call, lambda one: is_alike(wanted, one))
    effects = [
        Effect(str(one.order_id), order_words(one), Span.at(one.created_at), _new_differences(wanted, one))
        for one in found.rows
    ]
    search = Search(
        _("Looked through the orders made from {first} to {last}.").format(
            first=formats.moment(first), last=formats.moment(last)
        ),
        whole=found.whole,
        answer_key="order_id",
        same=same_arguments(intent, *_TOLD),
    )
    return judge(intent, effects, others, search)


async def updated(intent: Intent, ask: Ask, _others: Sequence[Intent] = ()) -> Evidence:
    """order.update: whether the order is now as it was meant to be."""
    wanted = meant(UpdateOrder, intent)
    row = (await active_order(ask, wanted.order_id)).row
    made = None if row is None else row.created_at
    if row is None or made is None:
        sentence = _("Order {id} is not among the active orders.").format(id=wanted.order_id)
        return Evidence("cannot tell", (sentence,))
    day = made.astimezone(clock.JAKARTA).date() if isinstance(made, datetime) else made
    call = order.LIST_DETAILS(OrderDetailQuery(create_from=day, create_to=day))
    found = await gather(ask, call, lambda one: one.order_id == wanted.order_id, enough=1)
    if not found.rows:
        sentence = _("The details of order {id} were not found.").format(id=wanted.order_id)
        return Evidence("cannot tell", (sentence,))
    (detail,) = found.rows
    wrong = _update_differences(wanted, detail)
    if wrong:
        sentence = _("Order {what} is not as it was meant to be: {fields}.").format(
            what=order_words(detail), fields=", ".join(wrong)
        )
        return Evidence("not seen", (sentence,))
    sentence = _("Order {what} is as it was meant to be.").format(what=order_words(detail))
    return Evidence("landed", (sentence,), (str(detail.order_id),))


def order_words(one: OrderDetail) -> str:
    """An order in a line: number, when it was made, for whom, its total, and who made it."""
    parts = (
        f"PO {one.po_number}" if one.po_number is not None else f"#{one.order_id}",
        formats.shown(one.created_at, "when"),
        one.receiver.name if one.receiver else None,
        None if one.total_amount is None else formats.rupiah(one.total_amount),
        one.created_by.name if one.created_by else None,
    )
    return "  ".join(part for part in parts if part)


def is_alike(wanted: Meant, one: OrderDetail) -> bool:
    """Whether an order goes to the same receiver and has the same goods."""
    receiver = one.receiver.id if one.receiver else None
    return receiver in {None, wanted.customer_receiver_id} and _goods_of(one) == _goods_meant(wanted)


def differences(wanted: Meant, one: OrderDetail) -> tuple[str, ...]:
    """What is different about an order with the same goods, in words."""
    senders = {party.id for party in (one.customer, one.dropshipper) if party is not None and party.id is not None}
    total = total_of(wanted, one.products or ())
    # What an update leaves out may keep its value: the reference does not say.
    keeps = isinstance(wanted, UpdateOrder)
    told = (
        (_("receiver"), one.receiver is not None and one.receiver.id is not None),
        (_("sender"), not senders or wanted.customer_sender_id in senders),
        (_("total"), total is None or one.total_amount in {None, total} or (keeps and wanted.order_cost is None)),
        (_("note"), same_text(wanted.note, one.note) or (keeps and wanted.note is None)),
    )
    return tuple(name for name, is_same in told if not is_same)


def _new_differences(wanted: CreateOrder, one: OrderDetail) -> tuple[str, ...]:
    return differences(wanted, one) + (
        () if one.order_date is None or _day(one.order_date) == wanted.order_date else (_("date"),)
    )


def _update_differences(wanted: UpdateOrder, one: OrderDetail) -> tuple[str, ...]:
    if not is_alike(wanted, one):
        return (_("receiver or goods"),)
    payment = wanted.payment.status in {one.payment_status, None}
    number = wanted.awb_number is None or same_text(wanted.awb_number, one.awb.number if one.awb else None)
    rate = wanted.expedition.rate
    costs = {None, rate, rate - (wanted.expedition.discount_promo or 0)}
    told = (
        (_("courier's price"), (one.shipping.cost if one.shipping else None) in costs),
        (_("payment"), payment),
        (_("air waybill number"), number),
    )
    return differences(wanted, one) + tuple(name for name, is_same in told if not is_same)


def total_of(wanted: Meant, items: Sequence[DetailedItem]) -> int | None:
    """What the intent comes to at the prices that the order shows; None where a price is not told.

    The formula is the reference's as far as it gives one; percentages are taken as rounded down.
    """
    prices = {item.product_meta_id: item.price for item in items}
    if any(item.price is None or item.quantity is None for item in items):
        return None
    goods = sum((item.price or 0) * (item.quantity or 0) for item in items)
    goods -= sum(_off(line, prices.get(line.id) or 0) for line in wanted.products)
    of = {"DISCOUNT": 0, "OTHER COST": 0, "INSURANCE": 0}
    for cost in wanted.order_cost or ():
        percent = cost.type == "PERCENTAGE"
        of[cost.category] += goods * (cost.percentage or 0) // 100 if percent else cost.nominal or 0
    courier = wanted.expedition.rate - (wanted.expedition.discount_promo or 0)
    return goods + courier + of["OTHER COST"] + of["INSURANCE"] - of["DISCOUNT"]


def _off(line: OrderLine, price: int) -> int:
    if line.discount_promo:
        return line.qty * line.discount_promo
    if line.type == "PERCENTAGE":
        return line.qty * price * (line.percentage or 0) // 100
    return (line.nominal or 0) if line.type == "NOMINAL" else 0


def _goods_meant(wanted: Meant) -> Mapping[int | None, int]:
    goods: Counter[int | None] = Counter()
    for line in wanted.products:
        if getattr(line, "flag", None) != "DELETE":
            goods[line.id] += line.qty
    return goods


def _goods_of(one: OrderDetail) -> Mapping[int | None, int]:
    goods: Counter[int | None] = Counter()
    for item in one.products or ():
        goods[item.product_meta_id] += item.quantity or 0
    return goods


def _day(when: date) -> date:
    return when.date() if isinstance(when, datetime) else when
