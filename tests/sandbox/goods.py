"""Products and stock as they are sent to the sandbox."""

from __future__ import annotations

import sqlite3


def wanted_product(db: sqlite3.Connection) -> dict[str, object]:
    """A product as it is sent."""
    user = _one(db, "SELECT min(id) FROM user WHERE id > 0")
    return {
        "name": "Topi Uji",
        "product_type": "S",
        "category_id": _one(db, "SELECT min(id) FROM product_category"),
        "description": "Barang uji",
        "discount": 0,
        "weight": 100,
        "wholesale_status": "N",
        "shop_id": _one(db, "SELECT id FROM shop"),
        "user_id": user,
        "is_warehouse": "0",
        "publish_status": "Y",
        "show_stock": "Y",
        "has_variation": "Y",
        "variations": [wanted_variation("UJI-MRH", color="merah"), wanted_variation("UJI-PTH", color="putih")],
    }


def wanted_variation(sku: str, **changes: object) -> dict[str, object]:
    """A variation as it is sent with its product."""
    prices = {"price": 20000, "price_reseller": 17000, "price1": 19000, "price2": 18000, "price3": 16000}
    sent = {"sku": sku, "images": None, "primary_image": None, "image": None, "size": None, "color": None}
    stock = {"is_warehouse": False, "stock_quantity": 5, "stock": "Y", "warehouse_stock": []}
    return {**sent, **stock, **prices, "price_buy": 12000, **changes}


def own_variation(db: sqlite3.Connection) -> dict[str, object]:
    """A variation of the shop's own stock in a warehouse that holds more than a few."""
    found = db.execute(
        "SELECT variation_id, warehouse_id FROM warehouse_stock JOIN variation ON variation.id = variation_id"
        " JOIN product ON product.id = product_id WHERE product_type = 'S' AND is_warehouse = 1 AND"
        " warehouse_stock.stock > 8 AND warehouse_id > 0 ORDER BY 1, 2"
    ).fetchone()
    return dict(found)


def counted_variation(db: sqlite3.Connection) -> dict[str, object]:
    """A stock opname's line in a variation's history, alone on its page."""
    found = db.execute(
        "SELECT variation_id AS id, warehouse_id, substr(at, 1, 10) AS start_date, substr(at, 1, 10) AS end_date"
        " FROM stock_history GROUP BY 1, 2, 3 HAVING count(*) = 1 AND max(reason) = 'opname' ORDER BY 1, 2, 3"
    ).fetchone()
    return dict(found)


def kept_product(db: sqlite3.Connection) -> dict[str, object]:
    """An own product as it is, to be sent again."""
    product = _one(db, "SELECT min(id) FROM product WHERE product_type = 'S' AND deleted_at IS NULL")
    sent = wanted_product(db)
    del sent["variations"]
    return {**sent, "id": product}


def one_moved(db: sqlite3.Connection) -> dict[str, object]:
    """A stock transfer of one variation."""
    line = own_variation(db)
    return {
        "origin_warehouse_id": line["warehouse_id"],
        "destination_warehouse_id": 0,
        "description": "Isi ulang",
        "stock_adjustment": [{"variation_id": line["variation_id"], "transfer_stock": 3}],
    }


def _one(db: sqlite3.Connection, sql: str) -> object:
    return db.execute(sql).fetchone()[0]
