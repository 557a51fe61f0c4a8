"""Writes that the invented shop accepts, by endpoint id: what is sent, as a function of the shop's database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from tests.conftest import NOON
from tests.sandbox.ordering import goods_in_stock, line, order_of

TODAY = NOON.date().isoformat()
Arguments = dict[str, Any]


def one(db: sqlite3.Connection, sql: str, *values: object) -> Any:
    row = db.execute(sql, values).fetchone()
    assert row is not None, sql
    return row[0]


def new_order(db: sqlite3.Connection, qty: int = 2, **changes: object) -> Arguments:
    return order_of(db, line(goods_in_stock(db, 40), qty), **{"order_date": TODAY, **changes})


def active(db: sqlite3.Connection, condition: str) -> int:
    """The newest active order of this kind."""
    sql = f"SELECT order_id FROM orders WHERE order_status = 'ACCEPTED' AND {condition} ORDER BY order_id DESC"
    return int(one(db, sql))


def _changed_order(db: sqlite3.Connection) -> Arguments:
    """An order made in the shop's database just now, with another note and one piece more."""
    order_id = active(db, "order_category = 'APP' AND payment_status = 'UNPAID' AND product_status = 'S'")
    row = db.execute("SELECT * FROM orders WHERE order_id = ?", (order_id,)).fetchone()
    lines = db.execute("SELECT * FROM order_line WHERE order_id = ?", (order_id,)).fetchall()
    return {
        "order_id": order_id,
        "customer_sender_id": row["customer_sender_id"],
        "customer_receiver_id": row["customer_receiver_id"],
        "supplier_id": row["supplier_id"],
        "note": "titip satpam",
        "is_print": False,
        "products": [
            {
                "id": each["variation_id"],
                "qty": each["quantity"],
                "product_status": "S",
                "warehouse_id": each["warehouse_id"],
            }
            for each in lines
        ],
        "expedition": {"id": 349, "rate": 11000, "name": "SAP", "auto_pickup": False},
        "payment": {"status": "UNPAID"},
        "source": "WEB",
    }


def installment(db: sqlite3.Connection, amount: int = 1000) -> Arguments:
    order_id = active(db, "payment_status = 'UNPAID' AND product_status = 'S' AND total_amount > 10000")
    return {"id": order_id, "payment": {"status": "INSTALLMENT", "date": TODAY, "bank_id": 11, "amount": amount}}


def decided(db: sqlite3.Connection, action: str) -> Arguments:
    payment_id = one(
        db, "SELECT min(payment_id) FROM privor_payment WHERE decided_at IS NULL AND payment_status_code = 3"
    )
    orders = db.execute("SELECT order_id FROM orders WHERE privor_payment_id = ?", (payment_id,)).fetchall()
    return {"id": payment_id, "orders": [{"id": row[0], "action": action} for row in orders]}


def added(db: sqlite3.Connection, amount: int = 3) -> Arguments:
    goods = goods_in_stock(db)
    change = {"amount": amount, "status": "ADD", "warehouse_id": goods.warehouse_id}
    return {"variation_id": goods.variation_id, "stock": [change], "description": "ketemu di rak"}


def transfer(db: sqlite3.Connection, pieces: int = 1) -> Arguments:
    goods = goods_in_stock(db)
    other = one(db, "SELECT id FROM warehouse WHERE is_active = 1 AND id <> ? ORDER BY id", goods.warehouse_id)
    return {
        "origin_warehouse_id": goods.warehouse_id,
        "destination_warehouse_id": other,
        "description": "isi rak depan",
        "stock_adjustment": [{"variation_id": goods.variation_id, "transfer_stock": pieces}],
    }


def _district(db: sqlite3.Connection) -> int:
    return int(one(db, "SELECT min(id) FROM district"))


def _free_category(db: sqlite3.Connection) -> Arguments:
    db.execute("UPDATE customer SET category_code = 'N' WHERE category_code IN ('1', '2', '3')")
    db.execute("UPDATE admin_fee SET category_code = 'N' WHERE category_code IN ('1', '2', '3')")
    db.execute("DELETE FROM customer_category WHERE code IN ('1', '2', '3')")
    db.commit()
    return {"category_name": "Warung Uji", "discount_access": True}


def _unused_warehouse(db: sqlite3.Connection) -> Arguments:
    made = db.execute(
        "INSERT INTO warehouse (warehouse, supplier_id, is_active) SELECT 'Gudang Kosong', min(id), 1 FROM supplier"
    )
    db.commit()
    return {"id": made.lastrowid}


CREATES: dict[str, Callable[[sqlite3.Connection], Arguments]] = {
    "order.create": new_order,
    "order.update_payment": installment,
    "product.update_stock": added,
    "stock_transfer.create": transfer,
    "customer.create": lambda db: {
        "name": "Warung Uji Coba", "phone": "081100000002", "district_id": _district(db), "address": "Jl. Uji 1",
        "category": "N", "is_active": "Y",
    },
    "supplier.create": lambda db: {
        "name": "Gudang Uji", "district_id": _district(db), "addess": "Jl. Uji 1", "phone": "081100000001",
        "description": "-",
    },
    "warehouse.create": lambda db: {
        "warehouse": "Gudang Uji", "supplier_id": one(db, "SELECT min(id) FROM supplier"),
        "user_id": [one(db, "SELECT min(id) FROM user WHERE id > 0")], "is_active": False,
    },
    "customer_category.create": _free_category,
    "product_category.create": lambda db: {
        "name": "Kategori Uji", "root_categories_id": one(db, "SELECT min(id) FROM root_category"),
    },
    "bank.create": lambda db: {
        "bank_type": one(db, "SELECT bank_type FROM bank_master WHERE is_business = 0"),
        "account_number": "0001112223", "holder_name": "Pemilik Uji", "branch": "Uji", "pin": "123456",
    },
    "order_source.create": lambda db: {
        "marketplace_id": one(db, "SELECT min(marketplace_id) FROM marketplace"), "note": "Toko Uji",
    },
    "order_cost.create": lambda _db: {
        "category": "DISCOUNT", "name": "Potongan Uji", "type": "PERCENTAGE", "percentage": 5,
    },
}  # fmt: skip
"""Writes that do the same again when they are sent again: their effects can be twins."""

CHANGES: dict[str, Callable[[sqlite3.Connection], Arguments]] = {
    "order.update": _changed_order,
    "order.add_awb": lambda db: {
        "id": active(db, "awb_number IS NULL AND payment_status = 'PAID'"), "awb_number": "UJI-0001",
    },
    "order.delete_installment_history": lambda db: {"order_id": active(db, "payment_status = 'PAID'")},
    "order_cancel.create": lambda db: {"id": active(db, "product_status = 'S'")},
    "order_cancel.restore": lambda db: {
        "id": one(db, "SELECT max(order_id) FROM orders WHERE order_status = 'CANCELED' AND product_status <> 'S'"),
    },
    "order_cancel.delete": lambda db: {
        "order_id": one(db, "SELECT max(order_id) FROM orders WHERE order_status = 'CANCELED'"),
    },
    "storefront.confirm_orders": lambda db: decided(db, "ACCEPT"),
    "product.sync_stock": lambda db: {"variation_id": goods_in_stock(db).variation_id, "amount": 4321},
    "customer.update": lambda db: {
        "customer_id": one(db, "SELECT min(id) FROM customer WHERE deleted_at IS NULL"), "name": "Nama Baru Uji",
    },
    "supplier.update": lambda db: {
        "supplier_id": one(db, "SELECT min(id) FROM supplier"), "description": "pintu belakang",
    },
    "warehouse.update": lambda db: {
        "id": one(db, "SELECT max(id) FROM warehouse WHERE deleted_at IS NULL AND is_active = 1"),
        "warehouse": "Gudang Baru Uji", "supplier_id": one(db, "SELECT min(id) FROM supplier"),
        "user_id": [one(db, "SELECT min(id) FROM user WHERE id > 0")],
        "is_active": True,
    },
    "warehouse.delete": _unused_warehouse,
    "customer_category.update": lambda db: {
        "id": one(db, "SELECT id FROM customer_category WHERE code = 'D'"), "code": "D", "category_name": "Uji",
        "wholesale_access": True,
    },
    "product_category.update": lambda db: {
        "id": one(db, "SELECT min(id) FROM product_category WHERE id > 0"), "name": "Kategori Baru Uji",
        "root_categories_id": one(db, "SELECT min(id) FROM root_category"),
    },
    "product_category.delete": lambda db: {"id": one(db, "SELECT max(id) FROM product_category")},
    "root_category.update": lambda db: {
        "id": one(db, "SELECT min(id) FROM product_category WHERE id > 0"),
        "root_categories_id": one(
            db, "SELECT max(id) FROM root_category WHERE id NOT IN (SELECT coalesce(root_categories_id, 0)"
            " FROM product_category)",
        ),
    },
    "bank.update": lambda db: {
        "bank_id": one(db, "SELECT min(bank_id) FROM bank WHERE type = 'BANK' AND deleted_at IS NULL"),
        "bank_type": one(db, "SELECT bank_type FROM bank_master WHERE is_business = 0"), "holder_name": "Pemilik Uji",
    },
    "bank.delete": lambda db: {
        "bank_id": one(db, "SELECT max(bank_id) FROM bank WHERE type = 'BANK' AND deleted_at IS NULL"),
    },
    "order_source.update": lambda db: {
        "order_source_id": one(db, "SELECT min(id) FROM order_source WHERE status = 'ACTIVE'"), "status": "N",
    },
    "order_cost.update": lambda db: {
        "order_cost_id": one(db, "SELECT min(order_cost_id) FROM order_cost"), "type": "NOMINAL", "nominal": 4321,
    },
    "order_cost.delete": lambda db: {"order_cost_id": one(db, "SELECT min(order_cost_id) FROM order_cost")},
}  # fmt: skip
"""Writes after which something that is there is otherwise, or gone."""
