"""What is in an order and what it comes to: lines, line discounts, order costs."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ngorder_tui.sandbox.world_book import Book, Deck
from ngorder_tui.sandbox.world_goods import Variation
from ngorder_tui.sandbox.world_people import DISCOUNT_ACCESS, WHOLESALE_ACCESS
from ngorder_tui.sandbox.world_shelf import MAIN, Shelf
from ngorder_tui.sandbox.world_shop import WAREHOUSES
from ngorder_tui.sandbox.world_trade import ORDER_COSTS


class Line(NamedTuple):
    """One line of an order."""

    variation: Variation
    quantity: int
    price: int
    discount_type: str | None
    discount_percentage: int
    discount_nominal: int
    discount_amount: int


class Basket(NamedTuple):
    """The lines of one order, all of one product type and from one warehouse (None for types R and PO)."""

    product_type: str
    warehouse_id: int | None
    lines: tuple[Line, ...]
    goods_amount: int
    """The goods' sum: of this percentages are taken."""
    cost_of_goods: int
    """What the shop paid for it."""
    weight: int
    """Grams of all pieces."""

    @property
    def title(self) -> str:
        """What a notification says was ordered."""
        return ", ".join(f"{line.variation.title} x {line.quantity}" for line in self.lines)


class CostLine(NamedTuple):
    """One discount, cost or insurance of an order."""

    category: str
    name: str
    type: str
    nominal: int
    percentage: int
    amount: int


class Costs(NamedTuple):
    """The order costs of one order."""

    lines: list[CostLine]
    discount: int
    """What the discounts come to."""
    other: int
    """What the added costs come to."""
    insurance: int


class Till:
    """Fills baskets and writes their lines."""

    def __init__(self, book: Book, goods: list[Variation], shelf: Shelf) -> None:
        self._book = book
        self._rng = book.rng
        self._shelf = shelf
        self._line_row = book.writer(
            "order_line",
            """order_id variation_id product_id category_id name sku color size product_status warehouse_id quantity
               price price_buy weight discount_type discount_percentage discount_nominal discount_amount""",
        )
        self._by_type: dict[str, list[Variation]] = {"R": [], "PO": []}
        for variation in goods:
            if variation.product_type != "S":
                self._by_type[variation.product_type].append(variation)
        self._types = Deck(book.rng, ("S", 16), ("R", 2), ("PO", 2))
        self._sizes = Deck(book.rng, (1, 9), (2, 6), (3, 3), (4, 1), (6, 1))
        others = [(warehouse, 1) for warehouse in WAREHOUSES if warehouse != MAIN]
        self._warehouses = Deck(book.rng, (MAIN, 4), *others)

    def fill(self, at: datetime, category_code: str) -> Basket:
        """Choose goods for a customer of this category; what is of type S is on the shelf afterwards."""
        product_type = self._types.draw()
        warehouse = self._warehouses.draw() if product_type == "S" else None
        goods = self._by_type[product_type] if warehouse is None else self._shelf.goods[warehouse]
        chosen: dict[int, Line] = {}
        for _ in range(self._sizes.draw()):
            variation = self._book.pick(goods)
            quantity = self._quantity(category_code)
            if warehouse is not None:
                # Some goods are never brought again once they are sold out.
                while variation.id % 4 == 0 and self._shelf.stock[variation.id, warehouse] < quantity:
                    variation = self._book.pick(goods)
            if variation.id in chosen:
                continue
            if warehouse is not None:
                self._shelf.need(variation.id, warehouse, at, quantity)
            chosen[variation.id] = self._line(variation, quantity, category_code)
        lines = tuple(chosen.values())
        return Basket(
            product_type,
            warehouse,
            lines,
            goods_amount=sum(line.quantity * line.price - line.discount_amount for line in lines),
            cost_of_goods=sum(line.quantity * line.variation.price_buy for line in lines),
            weight=sum(line.quantity * line.variation.weight for line in lines),
        )

    def _quantity(self, category_code: str) -> int:
        draw = self._rng.random()
        if WHOLESALE_ACCESS[category_code] and draw < 0.2:
            return self._rng.randint(6, 40) if draw < 0.05 else self._rng.randint(4, 12)
        return 1 if draw < 0.8 else self._rng.randint(2, 3)

    def _line(self, variation: Variation, quantity: int, category_code: str) -> Line:
        price = variation.price_for(category_code, quantity, WHOLESALE_ACCESS[category_code])
        if DISCOUNT_ACCESS[category_code] and variation.discount:
            nominal = variation.discount
            return Line(variation, quantity, price, "NOMINAL", 0, nominal, nominal)
        if self._rng.random() < 0.05:
            percentage = self._book.pick((5, 7, 10))
            return Line(variation, quantity, price, "PERCENTAGE", percentage, 0, quantity * price * percentage // 100)
        return Line(variation, quantity, price, None, 0, 0, 0)

    def costs(self, basket: Basket, order_category: str) -> Costs:
        """Choose order costs for this basket."""
        rng, goods = self._rng, basket.goods_amount
        lines: list[CostLine] = []
        if order_category == "SHOPEE" and rng.random() < 0.4:
            coins = rng.randint(300, 3000)
            lines.append(CostLine("DISCOUNT", "Koin marketplace", "NOMINAL", coins, 0, coins))
        for category, share in (("OTHER COST", 0.12), ("DISCOUNT", 0.16)):
            if rng.random() < share:
                _, name, kind, nominal, percentage = self._book.pick(
                    [cost for cost in ORDER_COSTS if cost[0] == category]
                )
                amount = goods * percentage // 100 if kind == "PERCENTAGE" else nominal
                if category == "OTHER COST" or amount <= goods // 2:
                    lines.append(CostLine(category, name, kind, nominal, percentage, amount))
        if rng.random() < 0.15:
            premium = max(500, goods * 3 // 1000)
            lines.append(CostLine("INSURANCE", "Asuransi kiriman", "NOMINAL", premium, 0, premium))
        sums = {"DISCOUNT": 0, "OTHER COST": 0, "INSURANCE": 0}
        for line in lines:
            sums[line.category] += line.amount
        return Costs(lines, sums["DISCOUNT"], sums["OTHER COST"], sums["INSURANCE"])

    def take(self, basket: Basket, order_id: int, po_number: int, at: datetime) -> None:
        """Take the goods off the shelf, where they have own stock."""
        if basket.warehouse_id is None:
            return
        for line in basket.lines:
            variation_id = line.variation.id
            self._shelf.need(variation_id, basket.warehouse_id, at, line.quantity)
            self._shelf.move(
                variation_id,
                basket.warehouse_id,
                at,
                -line.quantity,
                "order",
                f"Order PO#{po_number}",
                order_id=order_id,
            )

    def give_back(self, basket: Basket, order_id: int, po_number: int, at: datetime) -> None:
        """Put the goods of a canceled order back."""
        if basket.warehouse_id is None:
            return
        for line in basket.lines:
            self._shelf.move(
                line.variation.id,
                basket.warehouse_id,
                at,
                line.quantity,
                "cancel",
                f"Order PO#{po_number} dibatalkan",
                order_id=order_id,
            )

    def write_lines(self, basket: Basket, order_id: int) -> None:
        """Write the lines of an order."""
        for line in basket.lines:
            variation = line.variation
            self._line_row(
                order_id,
                variation.id,
                variation.product_id,
                variation.category_id,
                variation.name,
                variation.sku,
                variation.color,
                variation.size,
                variation.product_type,
                basket.warehouse_id,
                line.quantity,
                line.price,
                variation.price_buy,
                variation.weight,
                line.discount_type,
                line.discount_percentage,
                line.discount_nominal,
                line.discount_amount,
            )

    def write_costs(self, costs: Costs, order_id: int) -> None:
        """Write the order costs of an order."""
        for line in costs.lines:
            self._book.add("order_cost_line", {"order_id": order_id, **line._asdict()})
