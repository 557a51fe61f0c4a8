"""Products and variations as the three readers of them show them; each has its own words for none."""

from __future__ import annotations

import json
import sqlite3

from ngorder_tui.sandbox.answering import Shop
from ngorder_tui.sandbox.chapters.warehouse import MAIN
from ngorder_tui.sandbox.products.naming import picture_of, thumbnail_of
from ngorder_tui.sandbox.products.search import TOTAL_STOCK
from ngorder_tui.sandbox.spelling import offset

PRODUCT = (
    "SELECT product.*, coalesce(product_category.name, '') AS category_name,"
    f" coalesce(root_category.categories, '') AS root_categories_name, {TOTAL_STOCK} AS total_stock FROM product"
    " LEFT JOIN product_category ON product_category.id = product.category_id"
    " LEFT JOIN root_category ON root_category.id = product.root_categories_id"
)
"""The question for products; a condition and an order may follow."""
VARIATION = (
    "SELECT variation.*, product.name, product.product_type, product.preorder_type, product.preorder_number,"
    " product.publish_status, product.discount, product.category_id, product.wholesale_status, product.is_warehouse,"
    " product.shop_id, product.created_at, product.image AS product_image, product.thumbnail AS product_thumbnail"
    " FROM variation JOIN product ON product.id = product_id"
)
"""The question for variations with what their product says of them."""
PRICES = ("price_buy", "price", "price_reseller", "price1", "price2", "price3")
_TYPES = {"S": "Stok Sendiri", "R": "Stok Supplier Lain", "PO": "Pre Order"}
_PERIODS = {"day": "Hari", "week": "Minggu"}
_COLUMNS = (
    "id", "name", "product_type", "category_id", "category_name", "description", "discount", "weight",
    "publish_status", "shop_id", "user_id", "show_stock", "total_stock", "wholesale_status", "has_variation", "image",
    "thumbnail",
)  # fmt: skip


def in_list(shop: Shop, product: sqlite3.Row) -> dict[str, object]:
    """A row of product.list."""
    return {
        **_shared(product),
        "is_warehouse": bool(product["is_warehouse"]),
        "wholesales": _steps(shop, product["id"]),
        "variations": [
            {**_variation(row), "image": picture_of(row) or "", "thumbnail": thumbnail_of(row) or ""}
            for row in _variations(shop, product["id"])
        ],
        "update_access": True,
        "warehouse": [{"name": row["warehouse"], "id": row["id"]} for row in _warehouses(shop, product)],
    }


def whole(shop: Shop, product: sqlite3.Row) -> dict[str, object]:
    """The data of product.get."""
    return {
        **_shared(product),
        "preorder_setting": {"number": product["preorder_number"], "type": product["preorder_type"]},
        "root_categories_id": product["root_categories_id"],
        "root_categories_name": product["root_categories_name"],
        "is_empty_root_category": product["root_categories_id"] is None,
        "is_warehouse": True if product["is_warehouse"] else None,
        "variations": [_pictured(row) for row in _variations(shop, product["id"])],
        "wholesale_prices": _steps(shop, product["id"]),
    }


def flat(shop: Shop, row: sqlite3.Row, category_code: str | None) -> dict[str, object]:
    """A row of product.list_variations, with the promos for a customer of this category."""
    return {
        "variation_id": row["id"],
        "product_id": row["product_id"],
        "name": row["name"],
        "product_type": row["product_type"],
        "type_description": _TYPES[row["product_type"]],
        "preorder_title": _preorder_title(row),
        "image": picture_of(row) or "",
        "thumbnail": thumbnail_of(row) or "",
        **{name: row[name] for name in ("publish_status", "stock_quantity", "sku", "discount", "color", "size")},
        **{name: row[name] for name in ("weight", "category_id", "wholesale_status", "is_warehouse", *PRICES)},
        "created_at": offset(row["created_at"]),
        "warehouse_stock": stock_by_warehouse(shop, row) if row["is_warehouse"] else None,
        "promo": [] if category_code is None else _promos(shop, row["product_id"], category_code),
    }


def stock_by_warehouse(shop: Shop, variation: sqlite3.Row) -> list[dict[str, object]]:
    """What each warehouse holds of a variation: all warehouses where stock is kept per warehouse, else the main one
    and those that hold some."""
    rows = shop.rows(
        "SELECT warehouse.id AS warehouse_id, warehouse AS name, coalesce(warehouse_stock.stock, 0) AS stock"
        " FROM warehouse LEFT JOIN warehouse_stock ON warehouse_id = warehouse.id AND variation_id = ?"
        " WHERE deleted_at IS NULL AND ((? AND (warehouse.id = ? OR (? AND is_active))) OR warehouse_stock.stock > 0)"
        " ORDER BY warehouse.id",
        variation["id"],
        variation["product_type"] == "S",
        MAIN,
        variation["is_warehouse"],
    )
    return [dict(row) for row in rows]


def _shared(product: sqlite3.Row) -> dict[str, object]:
    return {
        **{name: product[name] for name in _COLUMNS},
        "type_description": _TYPES[product["product_type"]],
    }


def _variations(shop: Shop, product_id: int) -> list[sqlite3.Row]:
    return shop.rows(f"{VARIATION} WHERE product_id = ? AND variation.deleted_at IS NULL ORDER BY 1", product_id)


def _variation(row: sqlite3.Row) -> dict[str, object]:
    names = ("id", "sku", "weight", "size", "color", *PRICES, "stock_quantity", "stock")
    return {name: row[name] for name in names}


def _pictured(row: sqlite3.Row) -> dict[str, object]:
    images: list[str] = json.loads(row["images"])
    thumbnail = thumbnail_of(row)
    return {
        **_variation(row),
        "primary_image": row["primary_image"],
        "image": picture_of(row),
        "images": images or None,
        "thumbnail": thumbnail,
        "thumbnails": [thumbnail] if thumbnail else [],
    }


def _steps(shop: Shop, product_id: int) -> list[dict[str, object]]:
    rows = shop.rows(
        'SELECT id, from_quantity AS "from", to_quantity AS "to", price FROM wholesale WHERE product_id = ?'
        " ORDER BY from_quantity, id",
        product_id,
    )
    return [dict(row) for row in rows]


def _warehouses(shop: Shop, product: sqlite3.Row) -> list[sqlite3.Row]:
    return shop.rows(
        "SELECT id, warehouse FROM warehouse WHERE deleted_at IS NULL AND (id = ? AND ? OR id IN"
        " (SELECT warehouse_id FROM warehouse_stock JOIN variation ON variation.id = variation_id"
        "  WHERE product_id = ? AND variation.deleted_at IS NULL AND (warehouse_stock.stock > 0 OR ?))) ORDER BY id",
        MAIN,
        product["product_type"] == "S",
        product["id"],
        product["is_warehouse"],
    )


def _promos(shop: Shop, product_id: int, category_code: str) -> list[dict[str, object]]:
    rows = shop.rows(
        "SELECT id AS promo_id, title, discount_promo, start_date, end_date FROM promo WHERE product_id = ?"
        " AND coalesce(category_code, ?) = ? AND ? BETWEEN start_date AND end_date ORDER BY id",
        product_id,
        category_code,
        category_code,
        shop.today().isoformat(),
    )
    return [dict(row) for row in rows]


def _preorder_title(row: sqlite3.Row) -> str | None:
    if row["product_type"] != "PO" or row["preorder_number"] is None:
        return None
    return f"Pre Order {row['preorder_number']} {_PERIODS[row['preorder_type']]}"
