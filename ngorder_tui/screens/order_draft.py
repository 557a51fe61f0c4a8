"""A new order as it is kept on disk: what the form says, and whether it was sent without an answer. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from ngorder_tui import clock, formats
from ngorder_tui.i18n import _, ngettext

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.order_details import OrderDetail, Party
    from ngorder_tui.store.drafts import Draft

KIND = "order.create"
"""How the store names drafts of new orders."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The order left this machine. "sending": the answer was waited for; "unknown": none came. It may have been made.

    `number` is the journal's, 0 where it is not known.
    """

    state: Literal["sending", "unknown"]
    at: datetime
    number: int = 0

    def sentence(self) -> str:
        """What that means for the user's data, and what to do."""
        when = formats.moment(self.at)
        if self.number:
            return _("Sent {when} as no. {n} of the journal, answer unknown: it may have been made.").format(
                when=when, n=self.number
            )
        return _("Sent {when}, answer unknown: it may have been made.").format(when=when)


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """What the form says, as its `content` gave it, and what became of sending it."""

    form: Mapping[str, object]
    sent: Sent | None = None

    def write(self) -> dict[str, object]:
        """As JSON values."""
        sent = self.sent
        if sent is None:
            return dict(self.form)
        return {**self.form, "sent": {"state": sent.state, "at": sent.at.isoformat(), "number": sent.number}}

    @classmethod
    def read(cls, content: Mapping[str, object]) -> OrderDraft:
        """What `write` wrote."""
        return cls({name: value for name, value in content.items() if name != "sent"}, _read_sent(content.get("sent")))


def _read_sent(content: object) -> Sent | None:
    if not isinstance(content, Mapping) or content.get("state") not in {"sending", "unknown"}:
        return None
    try:
        at = datetime.fromisoformat(str(content.get("at")))
    except ValueError:
        at = clock.now()
    if at.tzinfo is None:
        at = at.replace(tzinfo=clock.JAKARTA)
    number = content.get("number")
    return Sent(
        "unknown" if content.get("state") == "unknown" else "sending", at, number if isinstance(number, int) else 0
    )


def draft_title(draft: Draft) -> str:
    """How a parked draft is told from others: receiver, goods, age, and whether it may have been sent."""
    content = OrderDraft.read(draft.content)
    fields = _mapping(content.form.get("fields"))
    receiver = str(fields.get("customer_receiver_id") or "").partition(" ")[2] or _("no receiver")
    scans = _mapping(fields.get("products")).get("scans")
    count = len(scans) if isinstance(scans, list) else 0
    parts = [
        receiver,
        ngettext("{n} line", "{n} lines", count).format(n=count),
        formats.age(draft.updated_at),
    ]
    if content.sent is not None:
        parts.append(_("sent, answer unknown"))
    return " · ".join(parts)


def copy_of(order: OrderDetail) -> dict[str, object]:
    """The form of a new order that is like this one: people, origin, goods, costs, note; not its day, AWB or payment.

    The goods are looked up anew, by the name that the old order has for them, so that price and stock are today's.
    """
    receiver, sender = order.receiver or order.customer, order.customer
    fields: dict[str, object] = {"customer_receiver_id": _party(receiver), "note": order.note or ""}
    if sender is not None and receiver is not None and sender.id != receiver.id:
        fields["customer_sender_id"] = _party(sender)
    if order.origin is not None and order.origin.id is not None:
        fields["supplier_id"] = f"#{order.origin.id} {order.origin.name or ''}".strip()
    lines = [line for line in order.products or () if line.product_meta_id is not None and line.quantity]
    items = [
        {
            "code": f"#{line.product_meta_id}",
            "quantity": line.quantity,
            "key": str(line.product_meta_id),
            "item": {
                "variation_id": line.product_meta_id,
                "sku": "",
                "name": line.name or f"#{line.product_meta_id}",
                "origin": line.product_status or "S",
                "prices": {"N": line.price} if line.price is not None else {},
            },
        }
        for line in lines
    ]
    fields["products"] = {"scans": items}
    costs = [
        {
            "name": cost.description or "",
            "category": cost.category,
            "type": "PERCENTAGE" if cost.is_percentage else "NOMINAL",
            **(
                {"percentage": f"{cost.percentage:g}"}
                if cost.is_percentage and cost.percentage is not None
                else {"nominal": str(cost.nominal or 0)}
            ),
        }
        for cost in order.order_cost or ()
        if cost.category in {"DISCOUNT", "OTHER COST", "INSURANCE"}
    ]
    if costs:
        fields["order_cost"] = costs
    people = [_person(party) for party in (receiver, sender) if party is not None and party.id is not None]
    return {"fields": {name: value for name, value in fields.items() if value}, "people": people, "focus": "scan"}


def _party(party: Party | None) -> str:
    return "" if party is None or party.id is None else f"#{party.id} {party.name or ''}".strip()


def _person(party: Party) -> dict[str, object]:
    return {
        "key": str(party.id),
        "name": party.name or "",
        "phone": party.phone or "",
        "category_name": party.type or "",
        "district": party.district or "",
        "city": party.city or "",
        "province": party.province or "",
        "district_id": party.district_id,
    }


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
