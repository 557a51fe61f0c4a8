"""Looking for products and their variations: by words, by filters, in an order."""

from __future__ import annotations

import sqlite3

from ngorder_tui.sandbox.answering import Answer, Args, Shop, Where
from ngorder_tui.sandbox.chapters.warehouse import MAIN
from ngorder_tui.sandbox.products.naming import look, thumbnail_of

MOST_FOUND = 200
LIVE = "variation.deleted_at IS NULL AND product.deleted_at IS NULL"
_OWN = "FROM variation WHERE product_id = product.id AND deleted_at IS NULL"
TOTAL_STOCK = f"(SELECT coalesce(sum(stock_quantity), 0) {_OWN})"
"""Pieces of all variations of a `product`, as an expression."""
_SKUS = f"(SELECT group_concat(sku, char(10)) {_OWN})"
_PRICES = {
    "NON_SET_PRICE": f"EXISTS (SELECT 1 {_OWN} AND price = 0)",
    "NON_PROFIT": f"EXISTS (SELECT 1 {_OWN} AND price > 0 AND price <= price_buy)",
}
_ORDERS = {
    "NEWEST": "product.created_at DESC, product.id DESC",
    "LONGEST": "product.created_at, product.id",
    "CHEAPEST": f"(SELECT min(price) {_OWN}), product.id",
    "EXPENSIVE": f"(SELECT max(price) {_OWN}) DESC, product.id",
    "LEAST_STOCK": f"{TOTAL_STOCK}, product.id",
    "MOST_STOCK": f"{TOTAL_STOCK} DESC, product.id",
    "ASC": "product.name COLLATE NOCASE, product.id",
    "DESC": "product.name COLLATE NOCASE DESC, product.id DESC",
}
_WORDS = "product.name || ' ' || variation.size || ' ' || variation.color || ' ' || variation.sku"
# The whole keyword is compared by position, so that no letter of it is a wildcard.
_BEST_FIRST = (
    "CASE WHEN variation.sku = :k THEN 0 WHEN variation.sku = :k COLLATE NOCASE THEN 1"
    " WHEN instr(lower(variation.sku), lower(:k)) = 1 OR instr(lower(product.name), lower(:k)) = 1 THEN 2 ELSE 3 END"
).replace(":k", "?")
_PLACES_IN_BEST_FIRST = 4


def asked_products(args: Args) -> tuple[Where, str]:
    """The condition and the order of product.list and its download; a wrong argument is noted."""
    keyword = (args.text("keyword", maximum=100) or "").strip()
    category = (args.text("category", maximum=20) or "").strip()
    price = args.choice("price", _PRICES)
    order_by = args.choice("order_by", _ORDERS, default="NEWEST")
    where = Where().add("product.deleted_at IS NULL")
    where.contains(("product.name", _SKUS), keyword)
    where.given("product.shop_id = ?", args.integer("shop_id"))
    where.given("product.product_type = ?", args.choice("type", ("S", "R", "PO")))
    where.given("product.channel = ?", args.choice("channel", ("JURNAL", "SHOPEE")))
    if price is not None:
        where.add(_PRICES[price])
    # Archived products are shown only to those who ask for them.
    where.add("product.is_archived = ?", int(category.upper() == "ARCHIVED"))
    if category.upper() == "UNCATEGORIZED":
        where.add("product.category_id = 0")
    elif category and category.upper() != "ARCHIVED":
        where.add("product.category_id = ?", args.integer("category", minimum=0))
    return where, _ORDERS[order_by]


def by_words(where: Where, keyword: str) -> tuple[str, list[object]]:
    """Narrow down to variations that have every word in name, size, colour or SKU.

    Answers what to order by, with its values: first the variation with this very SKU, then those whose SKU or
    product's name begins like that.
    """
    for word in keyword.split():
        where.contains((_WORDS,), word)
    if not keyword:
        return "product.name COLLATE NOCASE, variation.id", []
    return (
        f"{_BEST_FIRST}, product.name COLLATE NOCASE, variation.id",
        [keyword] * _PLACES_IN_BEST_FIRST,
    )


def found_in_warehouse(shop: Shop, args: Args) -> Answer:
    """The answer to a search for the variations that a warehouse keeps, to count or to move them.

    Own stock alone is kept. The main warehouse keeps everything; the others what has ever been there, and the
    products whose stock is kept per warehouse.
    """
    warehouse_id = args.integer("warehouse_id", required=True)
    product_id = args.integer("product_id")
    keyword = (args.text("keyword", maximum=100) or "").strip()
    if shop.row("SELECT 1 FROM warehouse WHERE id = ? AND deleted_at IS NULL", warehouse_id) is None:
        args.unknown("warehouse_id")
    if product_id is None and not keyword:
        args.refuse("keyword", "Give a keyword or a product_id.", "Isi keyword atau product_id.")
    elif product_id is not None and keyword:
        args.refuse(
            "product_id",
            "Give either a keyword or a product_id, not both.",
            "Isi salah satu dari keyword atau product_id.",
        )
    args.check()
    where = Where().add(LIVE).add("product.product_type = 'S'")
    where.add("? = ? OR product.is_warehouse OR warehouse_stock.stock IS NOT NULL", warehouse_id, MAIN)
    where.given("product.id = ?", product_id)
    order, values = by_words(where, keyword)
    rows = shop.rows(
        "SELECT variation.*, product.name, product.image AS product_image, product.thumbnail AS product_thumbnail,"
        " coalesce(warehouse_stock.stock, 0) AS held FROM variation JOIN product ON product.id = product_id"
        " LEFT JOIN warehouse_stock ON variation_id = variation.id AND warehouse_id = ?"
        f"{where.sql} ORDER BY {order} LIMIT ?",
        warehouse_id,
        *where.values,
        *values,
        MOST_FOUND,
    )
    return {"warehouse_id": warehouse_id, "data": [_found(row) for row in rows]}


def _found(row: sqlite3.Row) -> dict[str, object]:
    kind = look(row)
    return {
        "variation_id": row["id"],
        "name": f"{row['name']} {kind}".strip(),
        "product_name": row["name"],
        "variation_name": kind,
        "sku": row["sku"],
        "thumbnail_url": thumbnail_of(row) or "",
        "system_stock": row["held"],
    }
