"""An order in short, as order.list, its download and the list of ended orders show it."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence

from ngorder_tui.sandbox.answering import Shop
from ngorder_tui.sandbox.rates import kilograms

_SHARED = (
    "order_id", "po_number", "shop_id", "order_date", "sender_name", "sender_address", "receiver_name",
    "receiver_address", "total_amount", "shipping_rate", "shipping_logistic", "note", "origin_name", "origin_address",
    "order_source", "other_cost_amount", "order_progress_status", "order_status", "order_category", "payment_status",
    "payment_date", "created_by_name", "created_at", "updated_by_name", "updated_at", "awb_number",
)  # fmt: skip


def lines_by_order(shop: Shop, order_ids: Iterable[int]) -> dict[int, list[sqlite3.Row]]:
    """The lines of some orders, with the product's picture and the warehouse's name."""
    ids = json.dumps(list(order_ids))
    found: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in shop.rows(
        "SELECT order_line.*, product.thumbnail, product.description, product.is_warehouse, warehouse.warehouse,"
        " product_category.name AS category FROM order_line JOIN product ON product.id = order_line.product_id"
        " LEFT JOIN warehouse ON warehouse.id = warehouse_id"
        " LEFT JOIN product_category ON product_category.id = order_line.category_id"
        " WHERE order_id IN (SELECT value FROM json_each(?)) ORDER BY order_line.id",
        ids,
    ):
        found[row["order_id"]].append(row)
    return found


def shared(order: sqlite3.Row) -> dict[str, object]:
    """What both short lists show of an order; `weight` is in begun kilograms."""
    return {
        **{name: order[name] for name in _SHARED},
        "weight": kilograms(order["weight"]),
        "shopee": json.loads(order["shopee"]) if order["shopee"] else None,
    }


def title(line: sqlite3.Row) -> str:
    """A line's goods as one would say them: the product with its colour and size."""
    return " ".join(part for part in (line["name"], line["color"], line["size"]) if part)


def in_short(shop: Shop, orders: Sequence[sqlite3.Row]) -> list[dict[str, object]]:
    """Rows of order.list."""
    lines = lines_by_order(shop, (order["order_id"] for order in orders))
    return [
        {
            **shared(order),
            "cost_of_goods_sold": order["cost_of_goods_sold"],
            "products": [
                {
                    "product_meta_id": line["variation_id"],
                    "name": title(line),
                    "price": line["price"],
                    "quantity": line["quantity"],
                }
                for line in lines[order["order_id"]]
            ],
        }
        for order in orders
    ]


def ended(shop: Shop, orders: Sequence[sqlite3.Row]) -> list[dict[str, object]]:
    """Rows of order_cancel.list; their odd spellings are the service's."""
    lines = lines_by_order(shop, (order["order_id"] for order in orders))
    username = shop.need("", "", "SELECT username FROM shop")["username"]
    return [_ended(order, lines[order["order_id"]], username) for order in orders]


def _ended(order: sqlite3.Row, lines: list[sqlite3.Row], username: str) -> dict[str, object]:
    day = order["order_date"]
    return {
        **shared(order),
        "username": username,
        "invoice": f"INV.{day.replace('-', '.')}.{order['po_number']}",
        "order_date": f"{day} {order['created_at'][11:]}",
        "sender_category": order["sender_category"].upper(),
        "sender_category_code": order["sender_category_code"],
        "receiver_phone": order["receiver_phone"],
        "remaining_amount": order["total_amount"] - order["paid_amount"],
        "shipping_id": order["courier_number"] if order["expedition_id"] is None else order["expedition_id"],
        "shipping_cost": order["shipping_cost"],
        # Filled even where nothing was paid.
        "payment_date": order["payment_date"] or day,
        "products": [
            {
                "product_meta_id": line["variation_id"],
                "sku": line["sku"] or None,
                "name": line["name"],
                "price": line["price"],
                "quantity": line["quantity"],
                "thumbnail_url": line["thumbnail"],
                "color": line["color"] or None,
                "size": line["size"] or None,
            }
            for line in lines
        ],
        "awb_number": order["awb_number"] or "",
        "product_status": order["product_status"],
        "cost_of_goods_sales": order["cost_of_goods_sales"],
        "order_cost": None,
        "bank_name": order["bank_name"] or order["bank"],
        "warehouse_name": next((line["warehouse"] for line in lines if line["warehouse"]), None),
        "cod_status": bool(order["is_cod"]),
    }
