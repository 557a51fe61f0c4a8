"""An order whole, as order.list_details shows it: nested, with the document store's dates and numbers as text."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from ngorder_tui.sandbox.answering import Shop
from ngorder_tui.sandbox.orders.form_people import whole_address
from ngorder_tui.sandbox.orders.rows import lines_by_order, title
from ngorder_tui.sandbox.spelling import moment, zulu

SELECT = """
SELECT orders.*,
       sender.district_id AS sender_district_id, sender_district.name AS sender_district,
       sender.postal_code AS sender_postal_code, sender.line AS sender_line, sender.email AS sender_email,
       sender_city.id AS sender_city_id, sender_city.name AS sender_city,
       sender_province.id AS sender_province_id, sender_province.name AS sender_province,
       receiver_category.category_name AS receiver_category,
       receiver_district.name AS receiver_district, receiver.line AS receiver_line, receiver.email AS receiver_email,
       receiver_city.id AS receiver_city_id, receiver_city.name AS receiver_city,
       receiver_province.id AS receiver_province_id, receiver_province.name AS receiver_province,
       origin_district.name AS origin_district, origin_city.id AS origin_city_id, origin_city.name AS origin_city,
       creator.email AS creator_email, editor.email AS editor_email
  FROM orders
  JOIN customer AS sender ON sender.id = customer_sender_id
  JOIN district AS sender_district ON sender_district.id = sender.district_id
  JOIN city AS sender_city ON sender_city.id = sender_district.city_id
  JOIN province AS sender_province ON sender_province.id = sender_city.province_id
  JOIN customer AS receiver ON receiver.id = customer_receiver_id
  JOIN customer_category AS receiver_category ON receiver_category.code = receiver.category_code
  JOIN district AS receiver_district ON receiver_district.id = receiver_district_id
  JOIN city AS receiver_city ON receiver_city.id = receiver_district.city_id
  JOIN province AS receiver_province ON receiver_province.id = receiver_city.province_id
  JOIN supplier ON supplier.id = orders.supplier_id
  JOIN district AS origin_district ON origin_district.id = supplier.district_id
  JOIN city AS origin_city ON origin_city.id = origin_district.city_id
  LEFT JOIN user AS creator ON creator.id = orders.created_by
  LEFT JOIN user AS editor ON editor.id = orders.updated_by
"""
_STATUS = {"ACCEPTED": "ACCEPT"}


def in_full(shop: Shop, orders: Sequence[sqlite3.Row]) -> list[dict[str, object]]:
    """Rows of order.list_details; `orders` come from SELECT."""
    ids = [order["order_id"] for order in orders]
    lines = lines_by_order(shop, ids)
    costs = _by_order(shop, "SELECT * FROM order_cost_line", ids)
    payments = _by_order(
        shop,
        "SELECT order_payment.*, bank.bank_name, privor_payment.holder_name AS sent_by, transfer_image"
        " FROM order_payment JOIN bank ON bank.bank_id = order_payment.bank_id"
        " LEFT JOIN privor_payment ON privor_payment.payment_id = privor_payment_id",
        ids,
    )
    return [
        _whole(order, lines[order["order_id"]], costs[order["order_id"]], payments[order["order_id"]])
        for order in orders
    ]


def _by_order(shop: Shop, select: str, ids: list[int]) -> dict[int, list[sqlite3.Row]]:
    found: dict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in shop.rows(f"{select} WHERE order_id IN (SELECT value FROM json_each(?)) ORDER BY id", json.dumps(ids)):
        found[row["order_id"]].append(row)
    return found


def _whole(
    order: sqlite3.Row, lines: list[sqlite3.Row], costs: list[sqlite3.Row], payments: list[sqlite3.Row]
) -> dict[str, object]:
    sender = _party(order, "sender", order["sender_category"])
    # Of the sender the street alone was copied.
    sender["address"] = whole_address(
        *(order[f"sender_{part}"] for part in ("address", "district", "city", "postal_code", "province"))
    )
    service = order["courier_number"] if order["expedition_id"] is None else order["expedition_id"]
    return {
        "_id": order["object_id"],
        **{name: order[name] for name in ("order_id", "po_number", "shop_id", "order_date")},
        "customer": sender,
        "dropshipper": sender if order["is_dropship"] else None,
        "receiver": _party(order, "receiver", order["receiver_category"]),
        "total_amount": order["total_amount"],
        "shipping": {
            "id": str(service),
            "rate_name": order["shipping_rate"],
            "logistic_name": order["shipping_logistic"],
            "cost": order["shipping_cost"],
        },
        "weight": order["weight"] / 1000,
        "note": order["note"],
        "origin": {
            "id": order["supplier_id"],
            "name": order["origin_name"],
            "location": f"{order['origin_district']}, {order['origin_city']}",
            "phone": order["origin_phone"],
            "address": order["origin_address"],
            "note": order["origin_name"],
            "is_shipper_active": "semua dari sini",
            "city_id": order["origin_city_id"],
        },
        "payment": {"payment_histoy": [_payment(payment) for payment in payments]},
        "cost_of_goods_sold": order["cost_of_goods_sold"],
        "order_source": order["order_source"] or None,
        "order_cost": [_cost(cost) for cost in costs] + _escrow(order),
        "awb": {"update_at": _mongo(order["awb_updated_at"]), "number": order["awb_number"]},
        "discount_amount": order["discount_amount"],
        "order_cost_amount": order["other_cost_amount"] + order["insurance_amount"],
        "coupon": order["coupon"],
        "is_printed": bool(order["is_printed"]),
        "is_shipper_order": order["shipment_service"] is not None,
        "is_note_print": bool(order["is_note_print"]),
        "order_progress_status": order["order_progress_status"],
        "order_status": _STATUS.get(order["order_status"], order["order_status"]),
        "order_category": _category(order),
        "payment_status": order["payment_status"],
        "is_private_order": False,
        "payment_date": order["payment_date"],
        "products": [_product(line) for line in lines],
        "shopee": json.loads(order["shopee"]) if order["shopee"] else None,
        "created_by": _author(order["created_by"], order["created_by_name"], order["creator_email"]),
        "updated_by": _author(order["updated_by"], order["updated_by_name"], order["editor_email"]),
        "updated_at": zulu(order["updated_at"]),
        "created_at": zulu(order["created_at"]),
    }


def _party(order: sqlite3.Row, role: str, category: str) -> dict[str, object]:
    return {
        "id": order[f"customer_{role}_id"],
        "name": order[f"{role}_name"],
        "phone": order[f"{role}_phone"],
        "district": order[f"{role}_district"],
        "city": order[f"{role}_city"],
        "province": order[f"{role}_province"],
        "district_id": order[f"{role}_district_id"],
        "city_id": order[f"{role}_city_id"],
        "province_id": order[f"{role}_province_id"],
        "postal_code": order[f"{role}_postal_code"],
        "address": order[f"{role}_address"],
        "line": order[f"{role}_line"],
        "email": order[f"{role}_email"],
        "type": category,
    }


def _payment(payment: sqlite3.Row) -> dict[str, object]:
    # The day of payment counts; the time of day is known only of what was written on that day.
    at = payment["created_at"] if payment["created_at"].startswith(payment["paid_at"]) else payment["paid_at"]
    return {
        "id": payment["id"],
        "payment_id": payment["privor_payment_id"],
        "order_id": payment["order_id"],
        "description": payment["description"],
        "nominal": payment["nominal"],
        "payment_fee": payment["payment_fee"],
        "bank": {
            "origin": {
                "id": None,
                "account_name": payment["sent_by"],
                "account_number": None,
                "transfer_image": payment["transfer_image"],
            },
            "destination": {"id": payment["bank_id"], "bank_name": payment["bank_name"]},
        },
        **{name: payment[name] for name in ("note", "pg_provider", "va_no", "is_confirmed", "type")},
        "is_installment_first": None,
        "created_by": payment["created_by"],
        "updated_by": None,
        "paid_at": _mongo(at),
    }


def _mongo(text: str | None) -> dict[str, object] | None:
    """Milliseconds since 1970 as text, as the document store writes them."""
    return None if text is None else {"$date": {"$numberLong": str(int(moment(text).timestamp() * 1000))}}


def _cost(cost: sqlite3.Row) -> dict[str, object]:
    return {
        "category": cost["category"],
        "description": cost["name"],
        "nominal": cost["amount"],
        "percentage": cost["percentage"],
        "is_percentage": cost["type"] == "PERCENTAGE",
    }


def _escrow(order: sqlite3.Row) -> list[dict[str, object]]:
    """What the marketplace adds to the costs of its own orders; the fee it keeps comes as a minus."""
    if not order["shopee"]:
        return []
    sale = json.loads(order["shopee"])
    total, escrow = int(sale["total_amount"]), int(sale["total_escrow"])
    entries = (
        ("ESCROW PLUS", "Buyer Total Amount", total),
        ("ESCROW MINUS", "Commission Fee", total - escrow),
        ("ESCROW PLUS", "Final Shipping Fee", -order["shipping_discount"]),
    )
    return [
        {"category": category, "description": text, "nominal": nominal, "percentage": 0, "is_percentage": False}
        for category, text, nominal in entries
    ]


def _category(order: sqlite3.Row) -> str:
    """The web store's orders are told apart by who ordered: other words than order.list's."""
    if order["order_category"] == "STORE_FRONT":
        return "SF_MEMBER" if order["is_member"] else "SF_GUEST"
    return str(order["order_category"])


def _product(line: sqlite3.Row) -> dict[str, object]:
    return {
        "product_meta_id": line["variation_id"],
        "name": title(line),
        "category": {"id": line["category_id"], "name": line["category"] or ""},
        "description": line["description"],
        "product_status": line["product_status"],
        "price": str(line["price"]),
        "cost_of_goods_sold": str(line["price_buy"]),
        "quantity": str(line["quantity"]),
        "discount_nominal": str(line["discount_amount"]),
        "discount_percentage": line["discount_percentage"],
        "is_warehouse": bool(line["is_warehouse"]),
    }


def _author(user_id: int | None, name: str, email: str | None) -> dict[str, object]:
    return {"id": user_id or 0, "name": name, "email": email or ""}
