"""Which looker looks for the effect of which write. A room is imported when one of its lookers is first wanted."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from ngorder_tui.i18n import _
from ngorder_tui.reconcile.evidence import Looker

_LOOKERS = {
    "order.create": "orders:created",
    "order.update": "orders:updated",
    "order.add_awb": "order_steps:awb_added",
    "order.update_payment": "order_steps:paid",
    "order.delete_installment_history": "order_steps:installments_deleted",
    "order_cancel.create": "order_steps:canceled",
    "order_cancel.restore": "order_steps:restored",
    "order_cancel.delete": "order_steps:deleted",
    "storefront.confirm_orders": "privor:decided",
    "product.update_stock": "stock:updated",
    "product.sync_stock": "stock:synced",
    "stock_transfer.create": "stock_papers:transferred",
    "stock_opname.create": "stock_papers:counted",
    "customer.create": "simple:made",
    "customer.update": "simple:changed",
    "supplier.create": "simple:made",
    "supplier.update": "simple:changed",
    "warehouse.create": "simple:made",
    "warehouse.update": "simple:changed",
    "warehouse.delete": "simple:gone",
    "customer_category.create": "simple:made",
    "customer_category.update": "simple:changed",
    "product_category.create": "simple:made",
    "product_category.update": "simple:changed",
    "product_category.delete": "simple:gone",
    "root_category.update": "simple:changed",
    "bank.create": "simple:made",
    "bank.update": "simple:changed",
    "bank.delete": "simple:gone",
    "order_source.create": "simple:made",
    "order_source.update": "simple:changed",
    "order_cost.create": "simple:made",
    "order_cost.update": "simple:changed",
    "order_cost.delete": "simple:gone",
    "expense.create": "simple:made",
    "expense.update": "simple:changed",
}
"""Endpoint id → module of this package and function in it."""


def look_for(endpoint_id: str) -> Looker | None:
    """The looker for writes to this endpoint; None where nothing shows whether such a write was done."""
    place = _LOOKERS.get(endpoint_id)
    if place is None:
        return None
    module, _colon, name = place.partition(":")
    return cast(Looker, getattr(import_module(f"ngorder_tui.reconcile.{module}"), name))


def why_none(endpoint_id: str) -> str:
    """Why nothing can be looked for, in words."""
    match endpoint_id.partition(".")[0]:
        case "woowa_order" | "woowa_customer":
            return _("Messages leave no trace that could be looked for here: see in WhatsApp whether it was sent.")
        case "payment":
            return _("A payout cannot be told from another of the same amount: see in the account whether it came.")
    return _("The service shows nothing that tells whether this was done.")
