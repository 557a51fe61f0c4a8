"""The lines of an order as they are sent: new ones, changed ones, deleted ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ngorder_tui.sandbox import stock
from ngorder_tui.sandbox.answering import Args, Shop
from ngorder_tui.sandbox.orders import goods
from ngorder_tui.sandbox.orders.prices import price_of, promo_in_force
from ngorder_tui.sandbox.orders.totals import Line
from ngorder_tui.sandbox.spelling import rupiah

FLAGS = ("EDIT", "NEW", "DELETE")
TYPES = ("S", "R", "PO")
COUNTED_AS = ("NOMINAL", "PERCENTAGE")
MAIN = 0
MOST_PIECES = 100_000
_VARIATION = (
    "SELECT variation.*, product.name, product.product_type, product.category_id,"
    " (product.deleted_at IS NOT NULL OR variation.deleted_at IS NOT NULL) AS is_gone"
    " FROM variation JOIN product ON product.id = product_id WHERE variation.id = ?"
)


@dataclass(frozen=True, slots=True)
class _Buyer:
    """Whose prices count, and on which day; `is_other`: not the category that the order had before."""

    category_code: str
    day: date
    is_other: bool


@dataclass(frozen=True, slots=True)
class _Discount:
    type: str | None = None
    percentage: int = 0
    nominal: int = 0
    promo: int = 0
    promo_id: int | None = None

    @classmethod
    def of(cls, line: Line) -> _Discount:
        return cls(
            line.discount_type, line.discount_percentage, line.discount_nominal, line.discount_promo, line.promo_id
        )


def read_lines(
    shop: Shop, args: Args, category_code: str, day: date, old: Sequence[Line], old_category: str
) -> list[Line]:
    """The lines that the order has after this, `old` being those it had.

    A line without a flag changes the old one of its variation, or is new where there is none; an old line that is
    not mentioned stays as it is. What is wrong is noted under `products.N`.
    """
    buyer = _Buyer(category_code, day, category_code != old_category)
    slots: list[Line | None] = list(old)
    untouched = list(range(len(old)))
    places: dict[int, int] = {}
    for place, item in enumerate(args.objects("products", required=True, maximum=200)):
        flag = item.choice("flag", FLAGS)
        slot = None if flag == "NEW" else _match(item, slots, untouched)
        if slot is None and flag in ("EDIT", "DELETE"):
            item.refuse("id", "The order has no such line.", "Order tidak mempunyai baris ini.")
        if slot is None:
            before, slot = None, len(slots)
            slots.append(None)
        else:
            before = slots[slot]
            untouched.remove(slot)
        slots[slot] = None if flag == "DELETE" else _read_line(shop, item, place, buyer, before)
        places[slot] = place
    lines = [line for line in slots if line is not None]
    _check_stock(shop, args, goods.wanted(old), slots, places)
    if not lines and not args.errors:
        args.refuse("products", "An order has at least one line.", "Order mempunyai sedikitnya satu baris.")
    return lines


def _match(item: Args, slots: Sequence[Line | None], untouched: Sequence[int]) -> int | None:
    """The old line that is meant: of the warehouse that was sent, if there is one."""
    variation_id, warehouse_id = item.integer("id", required=True), item.integer("warehouse_id")
    found: int | None = None
    for slot in untouched:
        line = slots[slot]
        if line is not None and line.variation_id == variation_id:
            if line.warehouse_id == warehouse_id:
                return slot
            found = slot if found is None else found
    return found


def _read_line(shop: Shop, item: Args, place: int, buyer: _Buyer, before: Line | None) -> Line | None:
    variation = _variation(shop, item, place, before)
    quantity = item.integer("qty", required=True, minimum=1, maximum=MOST_PIECES)
    discount = _discount(shop, item, variation, buyer, before)
    if variation is None:
        return None
    kind = variation["product_type"]
    kept_price = before is not None and before.quantity == quantity and not buyer.is_other
    line = Line(
        variation_id=variation["id"],
        product_id=variation["product_id"],
        category_id=variation["category_id"],
        name=variation["name"],
        sku=variation["sku"],
        color=variation["color"],
        size=variation["size"],
        product_status=kind,
        warehouse_id=_warehouse(shop, item, before) if kind == "S" else None,
        quantity=quantity,
        price=before.price if before and kept_price else price_of(shop, variation, buyer.category_code, quantity),
        price_buy=before.price_buy if before else variation["price_buy"],
        weight=variation["weight"],
        discount_type=discount.type,
        discount_percentage=discount.percentage,
        discount_nominal=discount.nominal,
        discount_promo=discount.promo,
        promo_id=discount.promo_id,
    )
    if line.discount_amount > line.gross:
        item.refuse(
            "discount_promo" if discount.promo else "nominal",
            f"The discount exceeds the line's {rupiah(line.gross)}.",
            f"Diskon melebihi nilai baris ini, {rupiah(line.gross)}.",
        )
    return line


def _variation(shop: Shop, item: Args, place: int, before: Line | None) -> sqlite3.Row | None:
    variation_id = item.integer("id", required=True)
    status = item.choice("product_status", TYPES, required=True)
    variation = shop.row(_VARIATION, variation_id)
    if variation is None or (variation["is_gone"] and before is None):
        if item.has("id"):
            item.unknown("id")
        return None
    kind = variation["product_type"]
    if item.has("product_status") and status != kind:
        item.refuse(
            "product_status",
            f"The products.{place}.product_status must be one of the following value : {kind}",
            f"Isian products.{place}.product_status harus salah satu dari : {kind}",
        )
    if kind != "S" and variation["stock"] == "N" and before is None:
        item.refuse("qty", "This is sold out.", "Barang ini habis.")
    return variation


def _warehouse(shop: Shop, item: Args, before: Line | None) -> int:
    usual = MAIN if before is None or before.warehouse_id is None else before.warehouse_id
    warehouse_id = item.integer("warehouse_id", default=usual)
    found = shop.row("SELECT is_active FROM warehouse WHERE id = ? AND deleted_at IS NULL", warehouse_id)
    if found is None:
        item.unknown("warehouse_id")
    elif not found["is_active"] and (before is None or warehouse_id != usual):
        item.refuse("warehouse_id", "This warehouse is not in use.", "Gudang ini tidak dipakai.")
    return warehouse_id


def _discount(shop: Shop, item: Args, variation: sqlite3.Row | None, buyer: _Buyer, before: Line | None) -> _Discount:
    """The line's discount or promo; a changed line for which neither is sent keeps what it had."""
    kind = item.choice("type", COUNTED_AS)
    percentage = item.integer("percentage", required=kind == "PERCENTAGE", minimum=0, maximum=100)
    nominal = item.integer("nominal", required=kind == "NOMINAL", minimum=0)
    promo = item.integer("discount_promo", minimum=0)
    promo_id = item.integer("promo_id")
    if before is not None and (kind, percentage, nominal, promo, promo_id) == (None,) * 5:
        return _Discount.of(before)
    if promo_id is not None and variation is not None:
        found = promo_in_force(shop, promo_id, variation["product_id"], buyer.category_code, buyer.day.isoformat())
        if found is None:
            item.refuse(
                "promo_id",
                "This promo is not for this product, customer and day.",
                "Promo ini tidak berlaku untuk produk, pelanggan dan tanggal ini.",
            )
        elif promo is not None and promo != found["discount_promo"]:
            given = rupiah(found["discount_promo"])
            item.refuse("discount_promo", f"This promo gives {given} a piece.", f"Promo ini memberi {given} per buah.")
        else:
            promo = found["discount_promo"]
    if promo:
        return _Discount(promo=promo, promo_id=promo_id)
    if kind == "PERCENTAGE":
        return _Discount(kind, percentage=percentage or 0)
    return _Discount("NOMINAL", nominal=nominal) if nominal else _Discount()


def _check_stock(
    shop: Shop, args: Args, before: goods.Pieces, slots: Sequence[Line | None], places: dict[int, int]
) -> None:
    short = goods.missing(shop, before, goods.wanted(line for line in slots if line is not None))
    for slot, place in places.items():
        line = slots[slot]
        if line is None or line.warehouse_id is None:
            continue
        there = short.get((line.variation_id, line.warehouse_id))
        if there is not None:
            sentence = stock.short(shop, line.variation_id, line.warehouse_id, there).sentence
            args.refuse(f"products.{place}.qty", sentence, sentence)
