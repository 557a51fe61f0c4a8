"""What is done to an order that exists: its waybill, its payments, its end and its return. Told by reading it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from ngorder_tui import formats
from ngorder_tui.api.chapters import order
from ngorder_tui.api.chapters.order import (
    AddAwb,
    NewPayment,
    PaymentHistory,
    PaymentHistoryQuery,
    PaymentRow,
    UpdatePayment,
    WhichOrder,
)
from ngorder_tui.api.chapters.order_cancel import CancelOrder, DeleteCanceledOrder, RestoreOrder
from ngorder_tui.api.chapters.order_rows import OrderRow
from ngorder_tui.api.endpoint import Call
from ngorder_tui.api.fields import OrderId
from ngorder_tui.i18n import _
from ngorder_tui.reconcile.effects import Effect, Search, Span, Window, judge
from ngorder_tui.reconcile.evidence import Ask, Evidence
from ngorder_tui.reconcile.reading import ENDED, active_order, gather, meant, same_arguments, same_text, standing

if TYPE_CHECKING:
    from ngorder_tui.store.journal import Intent


async def awb_added(intent: Intent, ask: Ask, _others: Sequence[Intent] = ()) -> Evidence:
    """order.add_awb: whether the order has that number."""
    wanted = meant(AddAwb, intent)
    row = (await active_order(ask, wanted.id)).row
    if row is None:
        return Evidence("cannot tell", (_("Order {id} is not among the active orders.").format(id=wanted.id),))
    if same_text(row.awb_number, wanted.awb_number):
        sentence = _("Order {what} has this air waybill number.").format(what=_named(row))
        return Evidence("landed", (sentence,), (str(row.order_id),))
    if row.awb_number:
        sentence = _("Order {what} has another air waybill number: {number}.").format(
            what=_named(row), number=row.awb_number
        )
    else:
        sentence = _("Order {what} has no air waybill number.").format(what=_named(row))
    return Evidence("not seen", (sentence,))


async def paid(intent: Intent, ask: Ask, others: Sequence[Intent] = ()) -> Evidence:
    """order.update_payment: a payment on the order, noted then, with that amount, account and day."""
    wanted = meant(UpdatePayment, intent)
    found = await gather(ask, _payments(wanted.id), lambda row: _is_payment(wanted.payment, row))
    effects = [
        Effect(str(row.payment_id), payment_words(row), Span.at(row.created_at), _different(wanted.payment, row))
        for row in found.rows
    ]
    search = Search(
        _("Looked through the payments on order {id}.").format(id=wanted.id),
        whole=found.whole,
        same=same_arguments(intent, "id", "payment"),
    )
    return judge(intent, effects, others, search)


async def installments_deleted(intent: Intent, ask: Ask, _others: Sequence[Intent] = ()) -> Evidence:
    """order.delete_installment_history: whether the payments from before are gone."""
    wanted = meant(WhichOrder, intent)
    found = await gather(ask, _payments(wanted.order_id))
    if not found.rows and found.whole:
        return Evidence(
            "landed", (_("Order {id} has no payments.").format(id=wanted.order_id),), (str(wanted.order_id),)
        )
    window = Window.of(intent)
    lines = (
        _("Order {id} has these payments:").format(id=wanted.order_id),
        *(payment_words(row) for row in found.rows),
    )
    if any(Span.at(row.created_at).place(window) == "before" for row in found.rows):
        return Evidence("not seen", lines)
    ids = tuple(str(row.payment_id) for row in found.rows)
    return Evidence("ambiguous", (*lines, _("They may have been made since.")), ids)


async def canceled(intent: Intent, ask: Ask, _others: Sequence[Intent] = ()) -> Evidence:
    """order_cancel.create: whether the order is among the canceled ones."""
    return await _moved(meant(CancelOrder, intent).id, ask, to="CANCEL")


async def restored(intent: Intent, ask: Ask, _others: Sequence[Intent] = ()) -> Evidence:
    """order_cancel.restore: whether the order is among the active ones."""
    return await _moved(meant(RestoreOrder, intent).id, ask, to="ACTIVE")


async def deleted(intent: Intent, ask: Ask, _others: Sequence[Intent] = ()) -> Evidence:
    """order_cancel.delete: whether the order is in no list any more."""
    wanted = meant(DeleteCanceledOrder, intent)
    at = await standing(ask, wanted.order_id, *ENDED)
    if at.where:
        return Evidence("not seen", (place_words(wanted.order_id, at.where),))
    if at.whole:
        return Evidence("landed", (place_words(wanted.order_id, ""),), (str(wanted.order_id),))
    return Evidence("cannot tell", (_("Not all that is there could be read."),))


async def _moved(order_id: OrderId, ask: Ask, *, to: str) -> Evidence:
    at = await standing(ask, order_id, "CANCEL")
    lines = (place_words(order_id, at.where),)
    if at.where == to:
        return Evidence("landed", lines, (str(order_id),))
    return Evidence("not seen" if at.where else "cannot tell", lines)


def place_words(order_id: int, where: str) -> str:
    """Where an order stands, as a sentence."""
    match where:
        case "ACTIVE":
            return _("Order {id} is among the active orders.").format(id=order_id)
        case "CANCEL":
            return _("Order {id} is among the canceled orders.").format(id=order_id)
        case "REJECTED":
            return _("Order {id} is among the rejected orders.").format(id=order_id)
        case "EXPIRED":
            return _("Order {id} is among the expired orders.").format(id=order_id)
    return _("Order {id} is in none of the lists that were looked through.").format(id=order_id)


def payment_words(row: PaymentRow) -> str:
    """A payment in a line: its amount, day and account, and when it was noted."""
    noted = formats.shown(row.created_at, "when")
    parts = (
        None if row.nominal is None else formats.rupiah(row.nominal),
        formats.shown(row.paid_at, "day").strip(),
        row.bank_name,
        _("noted {when}").format(when=noted) if noted else None,
    )
    return "  ".join(part for part in parts if part)


def _payments(order_id: OrderId) -> Call[PaymentHistory]:
    return order.LIST_PAYMENT_HISTORY(PaymentHistoryQuery(id=order_id, status="ORDER"))


def _is_payment(wanted: NewPayment, row: PaymentRow) -> bool:
    """Whether it can be that payment: by its amount, or where none was given, by its account."""
    if wanted.amount is not None:
        return row.nominal in {None, wanted.amount}
    return row.bank_id in {None, wanted.bank_id}


def _different(wanted: NewPayment, row: PaymentRow) -> tuple[str, ...]:
    day = row.paid_at.date() if isinstance(row.paid_at, datetime) else row.paid_at
    told = (
        (_("amount"), wanted.amount is None or row.nominal == wanted.amount),
        (_("account"), row.bank_id in {None, wanted.bank_id}),
        (_("day"), day in {None, wanted.date}),
    )
    return tuple(name for name, is_same in told if not is_same)


def _named(row: OrderRow) -> str:
    number = f"PO {row.po_number}" if row.po_number is not None else f"#{row.order_id}"
    return f"{number} {row.receiver_name or ''}".strip()
