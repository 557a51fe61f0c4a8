"""Orders as a caller sends them, and the laws that every order keeps."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from tests.sandbox.asking import NOW, Asker

TODAY = NOW.date().isoformat()
BANK = 11


@dataclass(frozen=True, slots=True)
class Goods:
    """A variation with stock in a warehouse."""

    variation_id: int
    warehouse_id: int
    stock: int
    price: int


def goods_in_stock(db: sqlite3.Connection, least: int = 5) -> Goods:
    """Own goods without wholesale steps, `least` or more pieces of them in one warehouse."""
    row = db.execute(
        "SELECT variation_id, warehouse_id, warehouse_stock.stock, variation.price FROM warehouse_stock"
        " JOIN variation ON variation.id = variation_id JOIN product ON product.id = product_id"
        " WHERE warehouse_stock.stock >= ? AND variation.price > 0 AND wholesale_status = 'N' ORDER BY 1, 2",
        (least,),
    ).fetchone()
    return Goods(*row)


def of_type(db: sqlite3.Connection, product_type: str) -> sqlite3.Row:
    """A variation of type R or PO that can be had."""
    row: sqlite3.Row = db.execute(
        "SELECT variation.* FROM variation JOIN product ON product.id = product_id"
        " WHERE product_type = ? AND variation.stock = 'Y' AND variation.price > 0 ORDER BY variation.id",
        (product_type,),
    ).fetchone()
    return row


def customer_of(db: sqlite3.Connection, category: str) -> int:
    """The first customer of a category."""
    sql = "SELECT min(id) FROM customer WHERE category_code = ? AND deleted_at IS NULL"
    return int(db.execute(sql, (category,)).fetchone()[0])


def line(goods: Goods, qty: int = 1, **more: object) -> dict[str, object]:
    """A line of these goods."""
    return {"id": goods.variation_id, "qty": qty, "product_status": "S", "warehouse_id": goods.warehouse_id, **more}


def payment(status: str, amount: int, **more: object) -> dict[str, object]:
    """A payment of today."""
    return {"status": status, "amount": amount, "date": TODAY, "bank_id": BANK, **more}


def order_of(db: sqlite3.Connection, *products: dict[str, object], **changes: object) -> dict[str, object]:
    """A new order of a usual customer, as it is sent; its courier costs 9.000."""
    buyer = customer_of(db, "N")
    return {
        "customer_sender_id": buyer,
        "customer_receiver_id": buyer,
        "supplier_id": 21,
        "order_date": TODAY,
        "is_print": False,
        "products": list(products),
        "expedition": {"id": 349, "rate": 9000, "name": "SAP", "auto_pickup": False},
        "payment": {"status": "UNPAID"},
        "source": "WEB",
        **changes,
    }


def change(db: sqlite3.Connection, order_id: int, *products: dict[str, object], **changes: object) -> dict[str, object]:
    """The change of an order, as it is sent."""
    sent = order_of(db, *products, **changes) | {"order_id": order_id}
    del sent["order_date"]
    return sent


async def ordered(shop: Asker, *products: dict[str, object], **changes: object) -> int:
    """Make an order; its id."""
    data = (await shop.done("order.create", **order_of(shop.db, *products, **changes)))["data"]
    assert isinstance(data, dict)
    return int(data["order_id"])


def kept(db: sqlite3.Connection, order_id: int) -> sqlite3.Row:
    """The order as the database has it."""
    row: sqlite3.Row = db.execute("SELECT * FROM orders WHERE order_id = ?", (order_id,)).fetchone()
    return row


def stock_of(db: sqlite3.Connection, goods: Goods) -> int:
    """Pieces of these goods in their warehouse now."""
    sql = "SELECT stock FROM warehouse_stock WHERE variation_id = ? AND warehouse_id = ?"
    return int(db.execute(sql, (goods.variation_id, goods.warehouse_id)).fetchone()[0])


_LAWS = {
    "a shelf holds what its history says": """
        SELECT variation_id, warehouse_id FROM warehouse_stock
        WHERE stock < 0 OR stock <> (SELECT sum(stock_in - stock_out) FROM stock_history
            WHERE stock_history.variation_id = warehouse_stock.variation_id
            AND stock_history.warehouse_id = warehouse_stock.warehouse_id)""",
    "a variation has what its shelves hold": """
        SELECT id FROM variation WHERE stock_quantity <>
        (SELECT coalesce(sum(warehouse_stock.stock), 0) FROM warehouse_stock WHERE variation_id = variation.id)""",
    "an active order has taken its own goods, another has not": """
        SELECT order_id, variation_id, warehouse_id FROM
        (SELECT order_line.order_id, variation_id, warehouse_id, quantity AS pieces FROM order_line
            JOIN orders USING (order_id) WHERE order_status = 'ACCEPTED' AND warehouse_id NOT NULL
         UNION ALL
         SELECT order_id, variation_id, warehouse_id, stock_in - stock_out FROM stock_history WHERE order_id NOT NULL)
        GROUP BY 1, 2, 3 HAVING sum(pieces) <> 0""",
    "no more is paid than is owed, and the order knows it": """
        SELECT order_id FROM orders WHERE paid_amount > total_amount OR paid_amount <>
        (SELECT coalesce(sum(nominal), 0) FROM order_payment WHERE order_payment.order_id = orders.order_id)""",
    "the payment status agrees with the sum": """
        SELECT order_id FROM orders WHERE order_status IN ('ACCEPTED', 'CANCELED') AND payment_status <>
        CASE WHEN paid_amount >= total_amount THEN 'PAID' WHEN paid_amount > 0 THEN 'INSTALLMENT' ELSE 'UNPAID' END""",
    "the total is what its parts come to": """
        SELECT order_id FROM orders WHERE total_amount <> goods_amount + shipping_cost - shipping_discount
            + other_cost_amount + insurance_amount - discount_amount
        OR goods_amount <> (SELECT sum(quantity * price - discount_amount) FROM order_line
            WHERE order_line.order_id = orders.order_id)
        OR other_cost_amount + insurance_amount - discount_amount <>
            (SELECT coalesce(sum(CASE category WHEN 'DISCOUNT' THEN -amount ELSE amount END), 0) FROM order_cost_line
            WHERE order_cost_line.order_id = orders.order_id)""",
    "an unpaid order is not ready to ship": """
        SELECT order_id FROM orders WHERE shipment_status = 'READY_TO_SHIP'
        AND NOT (order_status = 'ACCEPTED' AND (payment_status = 'PAID' OR is_cod))""",
}


def check_laws(db: sqlite3.Connection) -> None:
    """Assert that stock and money are conserved in the whole shop."""
    broken = {law: [tuple(row) for row in found] for law, sql in _LAWS.items() if (found := db.execute(sql).fetchall())}
    assert broken == {}
