"""Products, their variations, prices and wholesale steps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from ngorder_tui.sandbox.names import COLORS, KINDS, SERIES, Kind
from ngorder_tui.sandbox.world_book import Book, Deck, Row, stamp
from ngorder_tui.sandbox.world_shop import SHOP_ID, USERS, Shop


class Step(NamedTuple):
    """A wholesale price and the quantities it is for."""

    from_quantity: int
    to_quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class Variation:
    """What is sold: one colour and size of a product."""

    id: int
    product_id: int
    category_id: int
    product_type: str
    name: str
    sku: str
    color: str
    size: str
    weight: int
    price_buy: int
    prices: dict[str, int]
    discount: int
    steps: tuple[Step, ...]
    is_warehouse: bool

    @property
    def title(self) -> str:
        """The product's name with colour and size, as a buyer would say it."""
        return " ".join(part for part in (self.name, self.color, self.size) if part)

    def price_for(self, category_code: str, quantity: int, wholesale_access: bool) -> int:
        """The price of one piece for a customer of this category who takes `quantity`."""
        if wholesale_access:
            for step in self.steps:
                if step.from_quantity <= quantity <= step.to_quantity:
                    return step.price
        return self.prices[category_code]


def stock_up(book: Book, shop: Shop, count: int) -> list[Variation]:
    """Write `count` products; give the variations that have a price and may be sold."""
    types = Deck(book.rng, ("S", 15), ("R", 3), ("PO", 2))
    wholesale = Deck(book.rng, (True, 1), (False, 3))
    variations: list[Variation] = []
    next_id = 60001
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        lap, place = divmod(number // len(KINDS), len(SERIES))
        name = f"{kind.name} {SERIES[place]}" + (f" {lap + 1}" if lap else "")
        made = _product(book, shop, kind, name, number, types.draw(), wholesale.draw(), next_id)
        next_id += len(made)
        variations += [variation for variation in made if variation.prices["N"] > variation.price_buy]
    _promos(book, variations)
    return variations


def _product(
    book: Book, shop: Shop, kind: Kind, name: str, number: int, product_type: str, wholesale: bool, first_id: int
) -> list[Variation]:
    rng = book.rng
    product_id = 4001 + number
    looks = _looks(book, kind)
    price_buy = rng.randrange(*kind.price_buy, 500)
    price = _round(price_buy * rng.randint(145, 210) // 100, 1000)
    odd = number % 97  # a few products without a price, and a few sold without profit
    if odd == 40:
        price = 0
    elif odd == 41:
        price = price_buy
    steps = _steps(price, price_buy) if wholesale and price > price_buy else ()
    discount = _round(price // 20, 500) if rng.random() < 0.1 else 0
    is_warehouse = product_type == "S" and rng.random() < 0.6
    category_id = 0 if number % 50 == 49 else shop.product_categories[kind.category]
    created = book.first - timedelta(days=rng.randrange(400), seconds=rng.randrange(36000))
    preorder: tuple[str | None, int | None] = (None, None)
    if product_type == "PO":
        preorder = rng.choice((("day", 7), ("day", 14), ("week", 2), ("week", 4)))
    picture = f"https://gambar.example/produk/{kind.code.lower()}{number + 1:03d}.jpg"
    book.add(
        "product",
        {
            "id": product_id,
            "name": name,
            "product_type": product_type,
            "preorder_type": preorder[0],
            "preorder_number": preorder[1],
            "category_id": category_id,
            "root_categories_id": shop.root_categories[kind.root] if category_id else None,
            "description": f"<p>{name}, barang rekaan.</p>" if number % 3 == 0 else f"{name}, barang rekaan",
            "discount": discount,
            "weight": kind.grams,
            "is_warehouse": int(is_warehouse),
            "publish_status": "N" if number % 20 == 7 else "Y",
            "show_stock": "N" if number % 9 == 4 else "Y",
            "wholesale_status": "Y" if steps else "N",
            "has_variation": "Y" if len(looks) > 1 else "N",
            "channel": "SHOPEE" if number % 4 == 1 else "JURNAL" if number % 25 == 2 else None,
            "is_archived": int(number % 60 == 59),
            "image": picture,
            "thumbnail": picture.replace(".jpg", "-kecil.jpg"),
            "shop_id": SHOP_ID,
            "user_id": rng.choice(USERS)[0],
            "created_at": stamp(created),
            "updated_at": stamp(created),
        },
    )
    for step in steps:
        book.add("wholesale", {"product_id": product_id, **step._asdict()})
    made = []
    for place, (color, color_code, size) in enumerate(looks):
        extra = 5000 if size in {"XXL", "3XL", "43", "500G", "500ML"} and price else 0
        prices = _prices(price + extra if price else 0, price_buy)
        sku = "-".join(part for part in (f"{kind.code}{number + 1:03d}", color_code, size) if part)
        variation = Variation(
            id=first_id + place,
            product_id=product_id,
            category_id=category_id,
            product_type=product_type,
            name=name,
            sku=sku,
            color=color,
            size=size,
            weight=kind.grams,
            price_buy=price_buy,
            prices=prices,
            discount=discount,
            steps=steps,
            is_warehouse=is_warehouse,
        )
        book.add("variation", _variation_row(variation, picture, sold_out=rng.random() < 0.08))
        made.append(variation)
    return made


def _looks(book: Book, kind: Kind) -> list[tuple[str, str, str]]:
    """Colours and sizes of one product: 1 to 12 of them."""
    rng = book.rng
    sizes = list(kind.sizes)
    if len(sizes) > 1 and rng.random() < 0.5:
        start = rng.randrange(len(sizes) - 1)
        sizes = sizes[start : start + rng.randint(1, 4)]
    most = 12 // len(sizes)
    colors = rng.sample(COLORS, rng.randint(1, min(most, len(COLORS)))) if kind.colored else [("", "")]
    return [(color, code, size) for color, code in colors for size in sizes]


def _variation_row(variation: Variation, picture: str, sold_out: bool) -> Row:
    prices = variation.prices
    pictures = [picture] if variation.id % 3 else []
    return {
        "id": variation.id,
        "product_id": variation.product_id,
        "sku": variation.sku,
        "color": variation.color,
        "size": variation.size,
        "weight": variation.weight,
        "price_buy": variation.price_buy,
        "price": prices["N"],
        "price_reseller": prices["Y"],
        "price_dropship": prices["D"],
        "price1": prices["1"],
        "price2": prices["2"],
        "price3": prices["3"],
        "stock": "N" if sold_out and variation.product_type != "S" else "Y",
        "images": json.dumps(pictures),
        "primary_image": 0 if pictures else None,
    }


def _prices(price: int, price_buy: int) -> dict[str, int]:
    """The price of each customer category; none but N's may be below what the shop pays."""

    def less(percent: int) -> int:
        return max(_round(price * (100 - percent) // 100, 500), min(price, price_buy))

    return {"N": price, "Y": less(12), "D": less(8), "1": less(4), "2": less(7), "3": less(15)}


def _steps(price: int, price_buy: int) -> tuple[Step, ...]:
    bounds = ((6, 11, 10), (12, 35, 15), (36, 9999, 20))
    return tuple(
        Step(low, high, max(_round(price * (100 - percent) // 100, 500), price_buy)) for low, high, percent in bounds
    )


def _round(rupiah: int, to: int) -> int:
    return max(to, rupiah // to * to)


def _promos(book: Book, variations: list[Variation]) -> None:
    products = sorted({variation.product_id for variation in variations})
    for number, product_id in enumerate(book.rng.sample(products, min(8, len(products)))):
        book.add(
            "promo",
            {
                "title": f"Promo Bambu {number + 1}",
                "product_id": product_id,
                "discount_promo": 2000 + 1000 * (number % 3),
                "category_code": ("Y", None)[number % 2],
                "start_date": (book.today - timedelta(days=5)).isoformat(),
                "end_date": (book.today + timedelta(days=20 if number < 6 else -1)).isoformat(),
            },
        )
