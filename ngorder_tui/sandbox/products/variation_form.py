"""The variations of a product as they are sent: new ones, changed ones, deleted ones."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field

from ngorder_tui.sandbox.answering import Args, Shop

MOST_VARIATIONS = 200
MOST_PICTURES = 5
MOST_PIECES = 1_000_000
_PRICES = ("price_buy", "price", "price_reseller", "price1", "price2", "price3")


@dataclass(frozen=True, slots=True)
class VariationForm:
    """What was sent of one variation; without `id` it is a new one."""

    id: int | None = None
    is_gone: bool = False
    columns: dict[str, object] = field(default_factory=dict)
    total: int | None = None
    """Pieces that there shall be in all; None leaves them as they are."""
    stock: dict[int, int] = field(default_factory=dict)
    """Pieces that each of these warehouses shall hold; it goes before the total."""


def read_variations(
    shop: Shop, args: Args, product_type: str, usual_weight: int, before: sqlite3.Row | None
) -> list[VariationForm]:
    """The variations that were sent, `before` being the product as it was; what is wrong is noted."""
    had: set[int] = set()
    if before is not None:
        rows = shop.rows("SELECT id FROM variation WHERE product_id = ? AND deleted_at IS NULL", before["id"])
        had = {row["id"] for row in rows}
    read: list[VariationForm] = []
    sent = args.objects("variations", required=before is None, maximum=MOST_VARIATIONS)
    for item in sent:
        variation_id = item.integer("id") if before is not None else None
        if variation_id is not None and variation_id not in had:
            item.unknown("id")
        had.discard(-1 if variation_id is None else variation_id)
        if item.choice("flag", ("DELETE",)) is not None and before is not None:
            if variation_id is None:
                item.refuse("id", "Say which variation goes.", "Sebutkan variasi yang dihapus.")
            read.append(VariationForm(variation_id, is_gone=True))
        else:
            read.append(_variation(shop, item, variation_id, product_type, usual_weight))
    _check_skus(shop, sent, read)
    return read


def _variation(shop: Shop, item: Args, variation_id: int | None, product_type: str, usual_weight: int) -> VariationForm:
    is_new = variation_id is None
    weight = item.integer("weight", minimum=0, maximum=10_000_000)
    prices = {name: item.integer(name, required=True, minimum=0) for name in _PRICES}
    dropship = item.integer("price_dropship", minimum=0)
    if is_new:
        # Nothing in the reference sends a dropshippers' price: a new variation's is the resellers'.
        dropship = prices["price_reseller"] if dropship is None else dropship
        weight = usual_weight if weight is None else weight
    available = item.choice("stock", ("Y", "N"), required=is_new and product_type != "S")
    item.flag("is_warehouse")
    columns: dict[str, object] = {
        "sku": item.text("sku", required=True, maximum=100).strip(),
        "size": (item.text("size", maximum=100) or "").strip(),
        "color": (item.text("color", maximum=100) or "").strip(),
        **prices,
        **_pictures(item, is_new),
        **({} if dropship is None else {"price_dropship": dropship}),
        **({} if weight is None else {"weight": weight}),
        **({} if available is None else {"stock": available}),
    }
    if product_type != "S":
        return VariationForm(variation_id, columns=columns)
    places = _places(shop, item)
    total = item.integer("stock_quantity", required=is_new and not places, minimum=0, maximum=MOST_PIECES)
    return VariationForm(variation_id, columns=columns, total=None if places else total, stock=places)


def _pictures(item: Args, is_new: bool) -> dict[str, object]:
    """The pictures sent; a changed variation for which none are sent keeps its own."""
    images = item.texts("images", maximum=1000, most=MOST_PICTURES)
    single = (item.text("image", maximum=1000) or "").strip()
    primary = item.integer("primary_image", minimum=0, maximum=MOST_PICTURES - 1)
    if not images and single:
        images = [single]
    if primary is not None and primary >= len(images) and (images or item.has("images")):
        item.refuse("primary_image", "There is no such picture.", "Gambar itu tidak ada.")
    if not (is_new or images or item.has("images")):
        return {}
    return {"images": json.dumps(images), "primary_image": (primary or 0) if images else None}


def _places(shop: Shop, item: Args) -> dict[int, int]:
    places: dict[int, int] = {}
    for place in item.objects("warehouse_stock", maximum=100):
        warehouse_id = place.integer("warehouse_id", required=True)
        pieces = place.integer("stock", required=True, minimum=0, maximum=MOST_PIECES)
        if shop.row("SELECT 1 FROM warehouse WHERE id = ? AND deleted_at IS NULL", warehouse_id) is None:
            if place.has("warehouse_id"):
                place.unknown("warehouse_id")
        elif warehouse_id in places:
            place.refuse("warehouse_id", "This warehouse is named twice.", "Gudang ini disebut dua kali.")
        places[warehouse_id] = pieces
    return places


def _check_skus(shop: Shop, sent: list[Args], read: list[VariationForm]) -> None:
    """No two variations of the shop share a SKU once all this is done."""
    changed = json.dumps([variation.id for variation in read if variation.id is not None])
    seen: set[object] = set()
    for item, variation in zip(sent, read, strict=True):
        sku = variation.columns.get("sku")
        if not sku:
            continue
        holder = shop.row(
            "SELECT product.name FROM variation JOIN product ON product.id = product_id WHERE sku = ?"
            " AND variation.deleted_at IS NULL AND variation.id NOT IN (SELECT value FROM json_each(?))",
            sku,
            changed,
        )
        if holder is not None:
            name = holder["name"]
            item.refuse("sku", f"{name} has this SKU already.", f"SKU ini sudah dipakai {name}.")
        elif sku in seen:
            item.refuse("sku", "Another variation here has this SKU.", "Variasi lain di sini memakai SKU ini.")
        seen.add(sku)
