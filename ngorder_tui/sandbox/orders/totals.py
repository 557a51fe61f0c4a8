"""What an order comes to.

Percentages are of the goods' sum and are rounded down to a rupiah: the reference does not say.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order, as it is kept: what it shows of the product was copied when it was made."""

    variation_id: int
    product_id: int
    category_id: int
    name: str
    sku: str
    color: str
    size: str
    product_status: str
    warehouse_id: int | None
    quantity: int
    price: int
    price_buy: int
    weight: int
    discount_type: str | None
    discount_percentage: int
    discount_nominal: int
    discount_promo: int
    """Rupiah off one piece; it replaces the line's own discount."""
    promo_id: int | None

    @property
    def gross(self) -> int:
        """Before any discount."""
        return self.quantity * self.price

    @property
    def discount_amount(self) -> int:
        """What the whole line's discount comes to."""
        if self.discount_promo:
            return self.quantity * self.discount_promo
        if self.discount_type == "PERCENTAGE":
            return self.gross * self.discount_percentage // 100
        return self.discount_nominal if self.discount_type == "NOMINAL" else 0

    @classmethod
    def kept(cls, row: sqlite3.Row) -> Line:
        """The line of an order that has been written."""
        return cls(**{name: row[name] for name in cls.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class Cost:
    """One discount, added cost or insurance."""

    category: str
    name: str
    type: str
    nominal: int
    percentage: int

    def amount(self, goods_amount: int) -> int:
        """What it comes to in an order with goods of this sum."""
        return goods_amount * self.percentage // 100 if self.type == "PERCENTAGE" else self.nominal

    @classmethod
    def kept(cls, row: sqlite3.Row) -> Cost:
        """The cost of an order that has been written."""
        return cls(**{name: row[name] for name in cls.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of an order, in rupiah, and its weight in grams."""

    goods_amount: int
    discount_amount: int
    other_cost_amount: int
    insurance_amount: int
    total_amount: int
    cost_of_goods_sold: int
    weight: int


def add_up(lines: Sequence[Line], costs: Sequence[Cost], shipping_cost: int, shipping_discount: int) -> Totals:
    """Total = goods - line discounts + courier - courier discount + other costs + insurance - discounts."""
    goods = sum(line.gross - line.discount_amount for line in lines)
    of = {"DISCOUNT": 0, "OTHER COST": 0, "INSURANCE": 0}
    for cost in costs:
        of[cost.category] += cost.amount(goods)
    return Totals(
        goods_amount=goods,
        discount_amount=of["DISCOUNT"],
        other_cost_amount=of["OTHER COST"],
        insurance_amount=of["INSURANCE"],
        total_amount=goods + shipping_cost - shipping_discount + of["OTHER COST"] + of["INSURANCE"] - of["DISCOUNT"],
        cost_of_goods_sold=sum(line.quantity * line.price_buy for line in lines if line.product_status != "R"),
        weight=sum(line.quantity * line.weight for line in lines),
    )
