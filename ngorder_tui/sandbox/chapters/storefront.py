"""Payments from the shop's own web stores, Privor and Storefront, and the shop's word on each of their orders.

Assumed where the reference is silent: the shop decides only what the buyer has confirmed; a payment that was not
confirmed in time stays in the list (the example shows such a row) but can no longer be decided; orders that are
left out of a request stay undecided, and with them their payment.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from html import escape

from ngorder_tui.sandbox.answering import Answer, Args, Shop, Where, answers, paged
from ngorder_tui.sandbox.orders import goods
from ngorder_tui.sandbox.orders.payments import add_payment
from ngorder_tui.sandbox.orders.rows import lines_by_order, title
from ngorder_tui.sandbox.orders.state import settle, user_name
from ngorder_tui.sandbox.spelling import rupiah, stored
from ngorder_tui.sandbox.stock import ShortStock

CONFIRMED, WAITING = 3, 4
STATES = {"CONFIRM": CONFIRMED, "UNPAID": WAITING, "ALL": None}
REFUND_FEE = 5500
"""Rupiah that a rejection costs the shop when the buyer has paid through Xendit."""


@answers("storefront.list_orders")
def list_payments(shop: Shop, args: Args) -> Answer:
    keyword = (args.text("keyword", maximum=100) or "").strip()
    category = args.choice("customer_category", ("MEMBER", "GUEST"))
    state = args.choice("payment_status", STATES, default="CONFIRM")
    window = args.page(10, 50)
    args.check()
    where = Where().add("decided_at IS NULL").given("payment_status_code = ?", STATES[state])
    where.given("is_member = ?", None if category is None else int(category == "MEMBER"))
    if keyword:
        name = keyword.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        number = keyword.removeprefix("#")
        where.add(
            r"customer.name LIKE ? ESCAPE '\' OR EXISTS (SELECT 1 FROM orders WHERE privor_payment_id = payment_id"
            " AND order_status = 'WAITING' AND CAST(po_number AS TEXT) = ?)",
            f"%{name}%",
            number,
        )
    source = f" FROM privor_payment JOIN customer ON customer.id = customer_id{where.sql}"
    rows = shop.rows(
        "SELECT privor_payment.*, customer.name AS customer_name, customer.phone AS customer_phone,"
        " (SELECT bank_name FROM bank WHERE bank.bank_id = privor_payment.bank_id) AS bank_name"
        f"{source} ORDER BY privor_payment.created_at DESC, payment_id DESC LIMIT ? OFFSET ?",
        *where.values,
        window.size,
        window.offset,
    )
    total = shop.number(f"SELECT count(*){source}", *where.values)
    return paged(shop, window, _listed(shop, rows), total, kept=f"per_page={window.size}&")


@answers("storefront.get_order")
def get_payment(shop: Shop, args: Args) -> Answer:
    payment = _payment(shop, args, "payment_id", args.integer("payment_id", required=True))
    bank = shop.need("", "", "SELECT * FROM bank WHERE bank_id = ?", payment["bank_id"])
    through_xendit = payment["pg_provider"] == "xendit"
    paid_at = payment["paid_at"] or payment["confirmed_at"]
    asked = payment["nominal_invoice"] + payment["nominal_unique"]
    fee = shop.say(
        f"An order rejection will be subject to an admin fee of IDR {REFUND_FEE:,} for a refund to the customer",
        f"Penolakan order dikenai biaya admin {rupiah(REFUND_FEE)} untuk pengembalian dana ke pembeli",
    )
    return {
        "data": {
            "payment_id": payment["payment_id"],
            "bill_total": payment["nominal_invoice"],
            "unique_code ": payment["nominal_unique"],
            "transfer_total": asked if payment["nominal_transfer"] is None else payment["nominal_transfer"],
            "payment_date": paid_at or payment["created_at"],
            "holder_name": payment["holder_name"],
            "pg_provider": payment["pg_provider"],
            "is_manual_payment": payment["is_manual_payment"],
            "bank": {
                "id": bank["bank_id"],
                "bank": bank["bank_name"],
                "holder_name": bank["holder_name"] if bank["account_number"] else None,
                "bank_number": bank["account_number"],
                "image": bank["image"],
            },
            "transfer_image": payment["transfer_image"],
            "note": payment["note"],
            "paid_at": paid_at,
            "confirmation_status": payment["payment_status_code"] == CONFIRMED,
            "payment_status_code": payment["payment_status_code"],
            "payment_status": payment["payment_status"],
            "is_installment": bool(payment["is_installment"]),
            "installment_transferred": payment["installment_transferred"],
            "payment_fee": payment["payment_fee"],
            "virtual_account": payment["va_no"],
            "is_xendit_pay": through_xendit,
            "xendit_message": fee if through_xendit else "",
            "orders": _orders_in_full(shop, payment),
        }
    }


@answers("storefront.confirm_orders", refusal_id=True)
def confirm_orders(shop: Shop, args: Args) -> Answer:
    payment = _payment(shop, args, "id", args.integer("id", required=True))
    decisions = [
        (item, item.integer("id", required=True), item.choice("action", ("ACCEPT", "REJECT"), required=True))
        for item in args.objects("orders", required=True)
    ]
    args.check()
    _check_open(shop, args, payment)
    args.check()
    waiting = {order["order_id"]: order for order in _orders(shop, payment["payment_id"])}
    decided: list[tuple[Args, sqlite3.Row, bool]] = []
    seen: set[int] = set()
    for item, order_id, action in decisions:
        order = waiting.get(order_id)
        if order is None:
            item.refuse("id", "This order is not one of the payment's.", "Order ini bukan bagian dari pembayaran ini.")
        elif order["order_status"] != "WAITING":
            item.refuse("id", "This order has been decided already.", "Order ini sudah diputuskan.")
        elif order_id in seen:
            item.refuse("id", "This order stands here twice.", "Order ini tercantum dua kali.")
        else:
            decided.append((item, order, action == "ACCEPT"))
        seen.add(order_id)
    args.check()
    for item, order, accepted in decided:
        if accepted:
            _accept(shop, item, payment, order)
        else:
            _reject(shop, payment, order)
    args.check()
    if not _orders(shop, payment["payment_id"], waiting_only=True):
        changes = {"decided_at": stored(shop.now()), "updated_at": stored(shop.now()), "updated_by": shop.user_id}
        shop.update("privor_payment", {"payment_id": payment["payment_id"]}, changes)
    _notify(shop, payment, [(order, accepted) for _, order, accepted in decided])
    return {
        "request_id": shop.request_id,
        "response": "Success",
        "message": shop.say("Orders have been confirmed", "Order telah dikonfirmasi"),
        "data": {
            "payment_id": payment["payment_id"],
            "orders": [
                {"id": order["order_id"], "action": "ACCEPT" if accepted else "REJECT"}
                for _, order, accepted in decided
            ],
        },
    }


def _payment(shop: Shop, args: Args, name: str, payment_id: int) -> sqlite3.Row:
    found = shop.row("SELECT * FROM privor_payment WHERE payment_id = ?", payment_id)
    if found is None:
        raise args.unknown(name)
    return found


def _check_open(shop: Shop, args: Args, payment: sqlite3.Row) -> None:
    if payment["decided_at"] is not None:
        args.refuse("id", "This payment has been decided already.", "Pembayaran ini sudah diputuskan.")
    elif payment["payment_status_code"] == CONFIRMED:
        return
    elif payment["expired_at"] <= stored(shop.now()):
        args.refuse(
            "id",
            f"This payment expired at {payment['expired_at']} without having been confirmed.",
            f"Pembayaran ini kedaluwarsa pada {payment['expired_at']} tanpa dikonfirmasi.",
        )
    else:
        args.refuse(
            "id", "The buyer has not confirmed this payment yet.", "Pembeli belum mengonfirmasi pembayaran ini."
        )


def _accept(shop: Shop, item: Args, payment: sqlite3.Row, order: sqlite3.Row) -> None:
    """Make an order active and paid, or paid in part where the buyer pays by instalments."""
    try:
        goods.take(shop, order, "order", f"Order PO#{order['po_number']}")
    except ShortStock as short:
        item.refuse("action", short.sentence, short.sentence)
        return
    shop.update("orders", {"order_id": order["order_id"]}, {"order_status": "ACCEPTED"})
    total = order["total_amount"]
    nominal = total
    if payment["is_installment"]:
        share = total * (payment["installment_transferred"] or 0) // max(1, payment["nominal_invoice"])
        nominal = min(share, total)
    paid_at = date.fromisoformat((payment["paid_at"] or payment["confirmed_at"])[:10])
    add_payment(shop, order, nominal, payment["bank_id"], paid_at, web=payment)
    if payment["pg_provider"] and nominal:
        text = f"Pembayaran order #{order['po_number']} lewat {payment['pg_provider']}"
        _enter(shop, payment, order, 1, "Pembayaran Order", text, nominal)
    settle(shop, order["order_id"])


def _reject(shop: Shop, payment: sqlite3.Row, order: sqlite3.Row) -> None:
    """Turn an order down. It has taken no goods yet, so none come back."""
    now = stored(shop.now())
    changes = {
        "order_status": "REJECTED",
        "payment_status": "REFUND_REJECTED",
        "canceled_at": now,
        "canceled_by": shop.user_id,
        "updated_by": shop.user_id,
        "updated_by_name": user_name(shop),
        "updated_at": now,
    }
    shop.update("orders", {"order_id": order["order_id"]}, changes)
    if payment["pg_provider"] == "xendit":
        text = f"Biaya pengembalian dana order #{order['po_number']}"
        _enter(shop, payment, order, 3, "Pengembalian Dana", text, -REFUND_FEE)


def _enter(
    shop: Shop, payment: sqlite3.Row, order: sqlite3.Row, type_id: int, name: str, text: str, nominal: int
) -> None:
    """Write money into the balance, or out of it where it is negative."""
    shop.insert(
        "payment",
        payment_type="ORDER_PAY" if payment["pg_provider"] == "saldo" else "PAYMENT_GATEWAY",
        type_id=type_id,
        direction="+" if nominal > 0 else "-",
        at=stored(shop.now()),
        title=name,
        description=text,
        nominal=abs(nominal),
        on_hold=int(nominal > 0),
        order_id=order["order_id"],
    )


def _notify(shop: Shop, payment: sqlite3.Row, decisions: list[tuple[sqlite3.Row, bool]]) -> None:
    buyer = shop.need("", "", "SELECT name FROM customer WHERE id = ?", payment["customer_id"])["name"]
    words = ", ".join(f"PO#{order['po_number']} {'diterima' if yes else 'ditolak'}" for order, yes in decisions)
    shop.insert(
        "notification",
        id=str(uuid.uuid4()),
        kind="ACTIVITY",
        title=f"Order {payment['payment_from']} dikonfirmasi",
        content=f"Pesanan <strong>{escape(buyer)}</strong>: {words}",
        body=f"Pesanan {buyer}: {words}",
        icon="https://gambar.example/icon/storefront.png",
        created_at=stored(shop.now()),
    )


def _orders(shop: Shop, payment_id: int, *, waiting_only: bool = False) -> list[sqlite3.Row]:
    where = Where().add("privor_payment_id = ?", payment_id)
    if waiting_only:
        where.add("order_status = 'WAITING'")
    return shop.rows(
        "SELECT orders.*, courier.logo_url FROM orders JOIN courier ON courier.number = courier_number"
        f"{where.sql} ORDER BY order_id",
        *where.values,
    )


def _listed(shop: Shop, payments: list[sqlite3.Row]) -> list[dict[str, object]]:
    """Rows of the list; each tells of the orders that still wait for a decision."""
    orders: dict[int, list[int]] = defaultdict(list)
    numbers: dict[int, str] = {}
    for row in shop.rows(
        "SELECT privor_payment_id, order_id, po_number FROM orders WHERE order_status = 'WAITING'"
        " AND privor_payment_id IN (SELECT value FROM json_each(?)) ORDER BY order_id",
        json.dumps([payment["payment_id"] for payment in payments]),
    ):
        orders[row["privor_payment_id"]].append(row["order_id"])
        numbers[row["order_id"]] = str(row["po_number"])
    lines = lines_by_order(shop, numbers)
    rows = []
    for payment in payments:
        ids = orders[payment["payment_id"]]
        rows.append(
            {
                **{name: payment[name] for name in _PLAIN},
                "shop_id": shop.number("SELECT id FROM shop"),
                "is_installment": bool(payment["is_installment"]),
                "customer": {
                    "id": payment["customer_id"],
                    "name": payment["customer_name"],
                    "phone": payment["customer_phone"],
                },
                "bank": {"id": str(payment["bank_id"]), "name": payment["bank_name"]},
                "orders": [{"po_number": numbers[order_id], "order_id": str(order_id)} for order_id in ids],
                "products": [_product(line) for order_id in ids for line in lines[order_id]],
            }
        )
    return rows


_PLAIN = (
    "payment_id", "nominal_invoice", "nominal_unique", "nominal_transfer", "payment_from", "payment_status",
    "payment_type", "payment_fee", "pg_provider", "xendit_id", "va_no", "created_by", "updated_by", "created_at",
    "updated_at", "confirmed_at", "expired_at", "old_payment_id", "description", "payment_status_code",
)  # fmt: skip


def _product(line: sqlite3.Row) -> dict[str, object]:
    return {
        # The name ends in a space where the variation has no name of its own: so the service has it.
        "name": f"{line['name']} {' '.join(part for part in (line['color'], line['size']) if part)}",
        "quantity": line["quantity"],
        "product_meta_id": str(line["variation_id"]),
        "product_id": str(line["product_id"]),
    }


def _orders_in_full(shop: Shop, payment: sqlite3.Row) -> list[dict[str, object]]:
    """The orders that wait for a decision; of a decided payment, all."""
    orders = _orders(shop, payment["payment_id"], waiting_only=payment["decided_at"] is None)
    lines = lines_by_order(shop, (order["order_id"] for order in orders))
    return [_in_full(order, lines[order["order_id"]]) for order in orders]


def _in_full(order: sqlite3.Row, lines: Iterable[sqlite3.Row]) -> dict[str, object]:
    is_dropship = bool(order["is_dropship"])
    warehouse = next((line["warehouse"] for line in lines if line["warehouse"]), None)
    service = order["courier_number"] if order["expedition_id"] is None else order["expedition_id"]
    return {
        "order_id": order["order_id"],
        "po_number": order["po_number"],
        "note": order["note"],
        "reseller": order["sender_name"],
        "is_dropshipper": is_dropship,
        "dropshipper": {
            "name": order["sender_name"] if is_dropship else None,
            "phone": order["sender_phone"] if is_dropship else None,
        },
        "customer": {
            "name": order["receiver_name"],
            "address": order["receiver_address"],
            "phone": order["receiver_phone"],
        },
        "products": [f"{title(line)} X {line['quantity']}" for line in lines],
        "total_amount": order["total_amount"],
        "is_warehouse": warehouse is not None,
        "warehouse_name": warehouse,
        "shipping_id": str(service),
        "shipping_rate": order["shipping_rate"],
        "shipping_logistic": order["shipping_logistic"],
        "shipping_cost": order["shipping_cost"],
        "shipping_logo_url": order["logo_url"],
    }
