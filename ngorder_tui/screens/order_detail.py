"""An order's page: parties, lines, costs, totals, payments, parcel, put together from four calls of the API.

There is no published way to read one order by its id (contract: "Requests"): its page is its row, its place among the
details of its day, its payments and its parcel's way.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from ngorder_tui import formats
from ngorder_tui.i18n import _
from ngorder_tui.widgets.detail_pane import Section, section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ngorder_tui.api.chapters.expedition import Parcel
    from ngorder_tui.api.chapters.order import PaymentRow
    from ngorder_tui.api.chapters.order_details import DetailedItem, OrderDetail, Party
    from ngorder_tui.api.chapters.order_rows import OrderRow
    from ngorder_tui.session import Session

MINUTES = 60.0
MOST_PAGES = 20
"""Pages of 100 orders of one day that are looked through for an order's detail."""


async def detail_of(session: Session, row: OrderRow) -> OrderDetail | None:
    """The order's detail, found among the orders of the day it was made, or None. Raises ApiError."""
    from ngorder_tui.api.chapters import order

    made = _day(row.created_at) or _day(row.order_date)
    if made is None:
        return None
    for page in range(1, MOST_PAGES + 1):
        call = order.LIST_DETAILS.parse(
            {"create_from": made.isoformat(), "create_to": made.isoformat(), "per_page": 100, "pagination_offset": page}
        )
        answer = await session.recent(call, 2 * MINUTES)
        for detail in answer.readable():
            if detail.order_id == row.order_id:
                return detail
        if answer.is_last:
            return None
    return None


async def payments_of(session: Session, row: OrderRow) -> Sequence[PaymentRow]:
    """The payments made on the order. Raises ApiError."""
    from ngorder_tui.api.chapters import order

    call = order.LIST_PAYMENT_HISTORY.parse({"id": row.order_id, "status": "ORDER"})
    return (await session.recent(call, MINUTES)).readable()


async def parcel_of(session: Session, row: OrderRow, detail: OrderDetail) -> Parcel | None:
    """Where the order's parcel is; None where it has no waybill yet. Raises ApiError."""
    from ngorder_tui.api.chapters import expedition

    number = row.awb_number or (detail.awb.number if detail.awb else None)
    if not number or detail.shipping is None or detail.shipping.id is None:
        return None
    call = expedition.TRACK.parse({"awb_number": number, "expedition_id": detail.shipping.id, "order_id": row.order_id})
    return (await session.recent(call, 5 * MINUTES)).data


def _day(value: date | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def row_sections(row: OrderRow) -> list[Section]:
    """As far as the list's row tells."""
    return [
        _head(row),
        section(_("Sender"), ("", row.sender_name), ("", row.sender_address)),
        section(_("Receiver"), ("", row.receiver_name), ("", row.receiver_address)),
        section(
            _("Goods"),
            *((f"{item.quantity or 0} x", f"{item.name or ''}  {_money(item.price)}") for item in row.products or ()),
        ),
        _parcel_head(row),
        section("", (_("Note"), row.note)),
    ]


def full_sections(row: OrderRow, detail: OrderDetail, payments: Sequence[PaymentRow]) -> list[Section]:
    """The whole page, but for the parcel's way."""
    return [
        _head(row),
        _party(_("Buyer"), detail.customer),
        _party(_("Dropshipper"), detail.dropshipper),
        _party(_("Receiver"), detail.receiver),
        section(_("Goods"), *(pair for item in detail.products or () for pair in _item_lines(item))),
        _money_section(row, detail, payments),
        section(
            _("Payments"),
            *((formats.shown(payment.paid_at, "day"), _payment_words(payment)) for payment in payments),
        ),
        _parcel_head(row),
        section(
            "",
            (_("From"), "\n".join(part for part in (row.origin_name, row.origin_address) if part)),
            (_("Note"), row.note),
            (_("Order source"), row.order_source or detail.order_source),
            (_("Printed"), None if detail.is_printed is None else formats.shown(detail.is_printed)),
            (_("Made"), _by(row.created_at, row.created_by_name)),
            (_("Changed"), _by(row.updated_at, row.updated_by_name)),
        ),
    ]


def parcel_sections(parcel: Parcel) -> list[Section]:
    """The parcel's way, the newest first."""
    steps = sorted(parcel.history or (), key=lambda step: str(step.date or ""), reverse=True)
    head = section(_("Parcel"), (_("State"), parcel.status), (_("Taken by"), parcel.consignees_name))
    way = section("", *((formats.shown(step.date), f"{step.location or ''} ({step.desc or ''})") for step in steps))
    return [head, way]


def _head(row: OrderRow) -> Section:
    return section(
        f"PO {row.po_number}",
        (_("Order"), str(row.order_id)),
        (_("Date"), formats.shown(row.order_date)),
        (_("Total"), _money(row.total_amount)),
        (_("Payment"), " ".join(part for part in (row.payment_status, formats.shown(row.payment_date)) if part)),
        (_("Progress"), row.order_progress_status),
        (_("State"), " ".join(part for part in (row.order_status, row.order_category) if part)),
    )


def _party(title: str, party: Party | None) -> Section:
    if party is None or not (party.name or party.phone):
        return Section("", ())
    place = ", ".join(part for part in (party.district, party.city, party.province, party.postal_code) if part)
    return section(title, ("", party.name), ("", party.phone), ("", party.address), ("", place))


def _item_lines(item: DetailedItem) -> list[tuple[str, str]]:
    count, price = item.quantity or 0, item.price or 0
    text = (
        f"{item.name or ''}  {formats.rupiah(price)}  = {formats.rupiah(count * price - (item.discount_nominal or 0))}"
    )
    if item.discount_nominal:
        text += "  " + _("less {amount}").format(amount=formats.rupiah(item.discount_nominal))
    return [(f"{count} x", text)]


def _money_section(row: OrderRow, detail: OrderDetail, payments: Sequence[PaymentRow]) -> Section:
    goods = sum(
        (item.quantity or 0) * (item.price or 0) - (item.discount_nominal or 0) for item in detail.products or ()
    )
    shipping = detail.shipping.cost if detail.shipping else None
    paid = sum(payment.nominal or 0 for payment in payments)
    owed = (row.total_amount or 0) - paid
    costs = [(cost.description or cost.category or "", _money(cost.nominal)) for cost in detail.order_cost or ()]
    return section(
        _("Money"),
        (_("Goods"), _money(goods)),
        (_("Shipping"), _money(shipping)),
        *costs,
        (_("Total"), _money(row.total_amount)),
        (_("Paid"), _money(paid) if payments else None),
        (_("Remains"), _money(owed) if payments and owed else None),
    )


def _payment_words(payment: PaymentRow) -> str:
    parts = (_money(payment.nominal), payment.bank_name, payment.account_number)
    return "  ".join(part for part in parts if part)


def _parcel_head(row: OrderRow) -> Section:
    courier = " ".join(part for part in (row.shipping_logistic, row.shipping_rate) if part)
    weight = None if row.weight is None else f"{formats.number(row.weight)} kg"
    return section(_("Shipping"), (_("Courier"), courier), (_("AWB"), row.awb_number), (_("Weight"), weight))


def _money(amount: int | None) -> str:
    return "" if amount is None else formats.rupiah(amount)


def _by(when: date | None, who: str | None) -> str:
    return "  ".join(part for part in (formats.shown(when), who) if part)
