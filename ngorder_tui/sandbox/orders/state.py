"""What state an order is in: always worked out from its payments, its waybill and its delivery, in one place."""

from __future__ import annotations

import secrets
import sqlite3

from ngorder_tui.sandbox.answering import Args, Refused, Shop
from ngorder_tui.sandbox.spelling import stored


def active_order(shop: Shop, args: Args, name: str, order_id: int) -> sqlite3.Row:
    """The order that an argument names. Raises Refused if it is unknown or no longer (or not yet) active."""
    order = shop.row("SELECT * FROM orders WHERE order_id = ?", order_id)
    if order is None:
        raise args.unknown(name)
    if order["order_status"] != "ACCEPTED":
        word = order["order_status"]
        args.refuse(
            name,
            f"Order {order['po_number']} is not active: it is {word}.",
            f"Order {order['po_number']} tidak aktif: statusnya {word}.",
        )
        raise Refused(args.errors)
    return order


def remaining(order: sqlite3.Row) -> int:
    """Rupiah still owed."""
    return int(order["total_amount"] - order["paid_amount"])


def settle(shop: Shop, order_id: int, *, again: bool = False) -> sqlite3.Row:
    """Bring an order's state in line with its payments and its waybill, and note who changed it.

    A parcel becomes ready to ship when its order has just been paid, or has become active `again`. Answers the order
    as it is then.
    """
    order = shop.need("", "", "SELECT * FROM orders WHERE order_id = ?", order_id)
    paid = shop.number("SELECT sum(nominal) FROM order_payment WHERE order_id = ?", order_id)
    last = shop.row(
        "SELECT paid_at, order_payment.bank_id, bank_name FROM order_payment JOIN bank USING (bank_id)"
        " WHERE order_id = ? ORDER BY order_payment.id DESC",
        order_id,
    )
    total = order["total_amount"]
    payment_status = "PAID" if paid >= total else "INSTALLMENT" if paid else "UNPAID"
    released = payment_status == "PAID" or bool(order["is_cod"])
    now = stored(shop.now())
    changes: dict[str, object] = {
        "paid_amount": paid,
        "payment_status": payment_status,
        "payment_date": last and last["paid_at"],
        "bank_id": last and last["bank_id"],
        "bank_name": last and last["bank_name"],
        "cod_amount": total - paid if order["is_cod"] else 0,
        "order_progress_status": _progress(order, released, payment_status),
        **_shipment(shop, order, released, again or order["payment_status"] != payment_status, now),
        "updated_by": shop.user_id,
        "updated_by_name": user_name(shop),
        "updated_at": now,
    }
    sets = ", ".join(f"{name} = ?" for name in changes)
    shop.run(f"UPDATE orders SET {sets} WHERE order_id = ?", *changes.values(), order_id)
    return shop.need("", "", "SELECT * FROM orders WHERE order_id = ?", order_id)


def user_name(shop: Shop) -> str:
    """The name of who asks."""
    return str(shop.need("", "", "SELECT name FROM user WHERE id = ?", shop.user_id)["name"])


def _progress(order: sqlite3.Row, released: bool, payment_status: str) -> str:
    if not released:
        return payment_status
    if order["delivered_at"]:
        return "DELIVERED"
    return "ON PROCESS" if order["awb_number"] else "NO AWB"


def _shipment(shop: Shop, order: sqlite3.Row, released: bool, changed: bool, now: str) -> dict[str, object]:
    """What changes for the parcel; couriers 98 and 99 and the marketplace's own parcels are never listed."""
    listed = order["expedition_id"] is not None and order["order_category"] != "SHOPEE"
    status = order["shipment_status"]
    if order["order_status"] != "ACCEPTED" or not listed or (not released and status == "READY_TO_SHIP"):
        return {"shipment_status": None}
    if status == "READY_TO_SHIP" and order["awb_number"]:
        return {"shipment_status": "ON_PROCESS"}
    if status is not None or not released or not changed:
        return {}
    if order["delivered_at"] or order["awb_number"]:
        return {"shipment_status": "DELIVERED" if order["delivered_at"] else "ON_PROCESS"}
    fetched = shop.row(
        "SELECT 1 FROM expedition WHERE id = ? AND pickup_available = 'AVAILABLE'", order["expedition_id"]
    )
    if not order["auto_pickup"] or fetched is None:
        return {"shipment_status": "READY_TO_SHIP"}
    return {
        "shipment_status": "PICKUP_REQUEST",
        "shipment_service": "PICKUP",
        "request_date": now,
        "shipper_tracking": secrets.token_hex(5).upper(),
    }
