"""What an order comes to, in whole rupiah: an estimate until the server has answered.

Total = sum(quantity x price - line discount) + courier rate - courier discount + other costs + insurance - discounts.
Percentages are of the goods' sum (a line's: of the line's) and rounded down to a rupiah; so we assume.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DISCOUNT, OTHER_COST, INSURANCE = "DISCOUNT", "OTHER COST", "INSURANCE"
NOMINAL, PERCENTAGE = "NOMINAL", "PERCENTAGE"
GRAMS = 1000


@dataclass(frozen=True, slots=True)
class Goods:
    """A line's figures: rupiah a piece (None while it is not known) and rupiah off the whole line; grams a piece."""

    quantity: int
    price: int | None
    discount: int = 0
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Cost:
    """A discount, an added cost or insurance: rupiah, or percent of the goods' sum, as its type says."""

    category: str
    type: str
    nominal: int = 0
    percentage: int = 0

    def amount(self, goods: int) -> int:
        """What it comes to."""
        return goods * self.percentage // 100 if self.type == PERCENTAGE else self.nominal


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums in rupiah, pieces, and grams. `unpriced` lines are counted as nothing."""

    goods: int = 0
    courier: int = 0
    other_costs: int = 0
    insurance: int = 0
    discounts: int = 0
    pieces: int = 0
    grams: int = 0
    unpriced: int = 0

    @property
    def total(self) -> int:
        """What is to be paid."""
        return self.goods + self.courier + self.other_costs + self.insurance - self.discounts

    @property
    def kilograms(self) -> int:
        """What a courier is asked for: begun kilograms, at least one."""
        return max(1, -(-self.grams // GRAMS))


def line_discount(quantity: int, price: int | None, change: Mapping[str, object]) -> int:
    """Rupiah off a whole line; a promo, which is rupiah off each piece, replaces the line's own discount."""
    if promo := _number(change.get("discount_promo")):
        return quantity * promo
    if change.get("type") == PERCENTAGE:
        return quantity * (price or 0) * _number(change.get("percentage")) // 100
    return _number(change.get("nominal"))


def cost_of(given: Mapping[str, object]) -> Cost:
    """A cost as far as it is typed; what cannot be read yet counts as nothing."""
    return Cost(
        category=str(given.get("category") or ""),
        type=str(given.get("type") or ""),
        nominal=_number(given.get("nominal")),
        percentage=_number(given.get("percentage")),
    )


def add_up(lines: Iterable[Goods], costs: Iterable[Cost] = (), rate: int = 0, rate_discount: int = 0) -> Totals:
    """The sums of an order."""
    every = tuple(lines)
    goods = sum(line.quantity * line.price - line.discount for line in every if line.price is not None)
    of = {DISCOUNT: 0, OTHER_COST: 0, INSURANCE: 0}
    for cost in costs:
        if cost.category in of:
            of[cost.category] += cost.amount(goods)
    return Totals(
        goods=goods,
        courier=rate - rate_discount,
        other_costs=of[OTHER_COST],
        insurance=of[INSURANCE],
        discounts=of[DISCOUNT],
        pieces=sum(line.quantity for line in every),
        grams=sum(line.quantity * line.weight for line in every),
        unpriced=sum(line.price is None for line in every),
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
