"""What an order is made of when it is sent: lines, courier, payment, costs."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict

from ngorder_tui.api.fields import (
    Amount,
    BankId,
    Day,
    Percent,
    PromoId,
    Quantity,
    RateId,
    VariationId,
    WarehouseId,
    Words,
)
from ngorder_tui.api.models import Query

StockOrigin = Literal["S", "R", "PO"]
"""S own stock, R another supplier's, PO pre-order."""
CountedAs = Literal["NOMINAL", "PERCENTAGE"]


class OrderLine(Query):
    """A variation that is ordered; a promo's discount replaces the line's own."""

    id: VariationId
    qty: Quantity
    warehouse_id: WarehouseId | None = None
    product_status: StockOrigin
    type: CountedAs | None = None
    percentage: Percent | None = None
    nominal: Amount | None = None
    flag: Literal["EDIT", "NEW", "DELETE"] | None = None
    discount_promo: Amount | None = None
    promo_id: PromoId | None = None


class ShippingPromo(Query):
    """A promo's detail, sent back as the product list gave it: the reference does not name its keys."""

    model_config = ConfigDict(extra="allow")


class OrderExpedition(Query):
    """Courier service and cost, as `expedition.get_cost` gave them."""

    id: RateId
    rate: Amount
    name: Words
    auto_pickup: bool
    discount_promo: Amount | None = None
    promo: tuple[ShippingPromo, ...] | None = None


class OrderPayment(Query):
    """How the order is paid: day, bank and amount go with PAID and INSTALLMENT."""

    status: Literal["PAID", "INSTALLMENT", "UNPAID"]
    date: Day | None = None
    bank_id: BankId | None = None
    amount: Amount | None = None
    cost_of_goods_sales: Amount | None = None


class OrderCost(Query):
    """A discount or an added cost: in rupiah or in percent, as its type says."""

    name: Words
    category: Literal["DISCOUNT", "OTHER COST", "INSURANCE"]
    type: CountedAs
    percentage: Percent | None = None
    nominal: Amount | None = None
