"""What is ordered, as plain data: a variation with its prices and stock, and what a person changed about its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.product import VariationRow

ORDINARY = "N"
"""The category of a customer who is nothing in particular: whoever has no price of their own pays this one's."""
DROPSHIPPER = "D"
OWN, OTHERS = "S", "R"
"""Types of goods: own stock; from another supplier, so that the cost of goods is asked."""
_PRICES = {"N": "price", "Y": "price_reseller", "1": "price1", "2": "price2", "3": "price3"}


@dataclass(frozen=True, slots=True)
class Promo:
    """A promo on a variation: rupiah off each piece."""

    promo_id: int
    title: str
    discount: int


@dataclass(frozen=True, slots=True)
class Item:
    """A variation as it was found.

    `prices` in rupiah by customer category; `weight` in grams; `stock` in pieces by warehouse, `total` in all of them,
    None where the server does not say. `promos` are those for the sender; `details` are they as they came.
    """

    variation_id: int
    sku: str
    name: str
    kind: str = ""
    product_id: int | None = None
    origin: str = OWN
    weight: int = 0
    prices: Mapping[str, int] = field(default_factory=dict)
    stock: Mapping[int, int] = field(default_factory=dict)
    total: int | None = None
    has_wholesale: bool = False
    promos: tuple[Promo, ...] = ()
    details: tuple[Mapping[str, object], ...] = ()

    @property
    def title(self) -> str:
        """Name, colour and size."""
        return f"{self.name} {self.kind}".strip()

    def price_for(self, category: str) -> int | None:
        """Rupiah for one piece, for this category; None for one whose price the variation list does not tell."""
        if category == DROPSHIPPER:
            return self.prices.get(DROPSHIPPER)
        return self.prices.get(category) or self.prices.get(ORDINARY)

    def stock_in(self, warehouse_id: int | None) -> int | None:
        """Pieces in a warehouse, of own stock; without a warehouse, in all. None where nobody says."""
        if self.origin != OWN:
            return None
        if warehouse_id is None or not self.stock:
            return self.total
        return self.stock.get(warehouse_id, 0)

    def is_called(self, code: str) -> bool:
        """Whether this is its SKU."""
        return self.sku.casefold() == code.strip().casefold()


def item_of(row: VariationRow) -> Item:
    """The variation of a row of product.list_variations."""
    prices = {code: amount for code, name in _PRICES.items() if (amount := getattr(row, name))}
    details = tuple(one for one in _sequence(row.promo) if isinstance(one, Mapping))
    return Item(
        variation_id=row.variation_id,
        sku=row.sku or "",
        name=row.name or "",
        kind=" ".join(part for part in (row.color, row.size) if part),
        product_id=row.product_id,
        origin=row.product_type or OWN,
        weight=round(row.weight or 0),
        prices=prices,
        stock={place.warehouse_id: place.stock or 0 for place in row.warehouse_stock or ()},
        total=row.stock_quantity,
        has_wholesale=bool(row.wholesale_status),
        promos=tuple(promo for one in details if (promo := _promo_of(one)) is not None),
        details=details,
    )


def _promo_of(given: Mapping[str, object]) -> Promo | None:
    """A promo, if it is told as far as an order needs it; the reference shows none, so that its keys are a guess."""
    promo_id, discount = given.get("promo_id", given.get("id")), given.get("discount_promo")
    if not isinstance(promo_id, int) or not isinstance(discount, int):
        return None
    return Promo(promo_id, str(given.get("title") or ""), discount)


def write_item(item: Item) -> dict[str, object]:
    """The item as JSON values, for a draft."""
    return {
        "variation_id": item.variation_id,
        "sku": item.sku,
        "name": item.name,
        "kind": item.kind,
        "product_id": item.product_id,
        "origin": item.origin,
        "weight": item.weight,
        "total": item.total,
        "has_wholesale": item.has_wholesale,
        "prices": dict(item.prices),
        "stock": {str(warehouse_id): pieces for warehouse_id, pieces in item.stock.items()},
        "promos": [
            {"promo_id": promo.promo_id, "title": promo.title, "discount": promo.discount} for promo in item.promos
        ],
        "details": [dict(one) for one in item.details],
    }


def read_item(content: object) -> Item | None:
    """The item that `write_item` wrote; None for what is none."""
    if not isinstance(content, Mapping):
        return None
    variation_id, sku, name = content.get("variation_id"), content.get("sku"), content.get("name")
    if not isinstance(variation_id, int) or not isinstance(sku, str) or not isinstance(name, str):
        return None
    product_id, total = content.get("product_id"), content.get("total")
    return Item(
        variation_id=variation_id,
        sku=sku,
        name=name,
        kind=str(content.get("kind") or ""),
        product_id=product_id if isinstance(product_id, int) else None,
        origin=str(content.get("origin") or OWN),
        weight=_whole(content.get("weight")),
        prices={str(code): _whole(amount) for code, amount in _mapping(content.get("prices")).items()},
        stock={int(key): _whole(value) for key, value in _mapping(content.get("stock")).items() if _is_id(key)},
        total=total if isinstance(total, int) else None,
        has_wholesale=content.get("has_wholesale") is True,
        promos=tuple(promo for one in _sequence(content.get("promos")) if (promo := _read_promo(one)) is not None),
        details=tuple(one for one in _sequence(content.get("details")) if isinstance(one, Mapping)),
    )


def _read_promo(content: object) -> Promo | None:
    given = _mapping(content)
    promo_id = given.get("promo_id")
    if not isinstance(promo_id, int):
        return None
    return Promo(promo_id, str(given.get("title") or ""), _whole(given.get("discount")))


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _is_id(key: object) -> bool:
    return str(key).removeprefix("-").isdecimal()


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


Change = Mapping[str, object]
"""What a person set on a line beside its quantity, under the names of the order's line: warehouse, discount, promo."""


def warehouse_of(item: Item, change: Change, usual: int | None) -> int | None:
    """The warehouse that a line's goods leave: own stock alone has one, the line's own before the order's."""
    if item.origin != OWN:
        return None
    own = change.get("warehouse_id")
    return own if isinstance(own, int) else usual


def line_arguments(item: Item, quantity: int, change: Change, usual: int | None) -> dict[str, object]:
    """The line as order.create takes it."""
    line: dict[str, object] = {"id": item.variation_id, "qty": quantity, "product_status": item.origin}
    if (warehouse_id := warehouse_of(item, change, usual)) is not None:
        line["warehouse_id"] = warehouse_id
    return line | {name: value for name, value in change.items() if name not in {*line, "warehouse_id"}}
