"""Money on an order: what may be paid, and the payments as they are written."""

from __future__ import annotations

import sqlite3
from datetime import date

from ngorder_tui.sandbox.answering import Args, Shop
from ngorder_tui.sandbox.spelling import stored


def read_bank(shop: Shop, args: Args) -> int:
    """The account that `bank_id` names; noted as wrong if it is unknown."""
    bank_id = args.integer("bank_id", required=True)
    known = shop.row("SELECT 1 FROM bank WHERE bank_id = ? AND deleted_at IS NULL", bank_id)
    if known is None and args.has("bank_id"):
        args.unknown("bank_id")
    return bank_id


def add_payment(
    shop: Shop,
    order: sqlite3.Row,
    nominal: int,
    bank_id: int,
    paid_at: date,
    *,
    web: sqlite3.Row | None = None,
) -> None:
    """Write a payment of `nominal` rupiah, which may not be more than remains; `web` is the Privor or Storefront
    payment that it is a part of. The order's state has to be settled afterwards."""
    if nominal <= 0:
        return
    before = shop.number("SELECT sum(nominal) FROM order_payment WHERE order_id = ?", order["order_id"])
    shop.insert(
        "order_payment",
        order_id=order["order_id"],
        privor_payment_id=web and web["payment_id"],
        bank_id=bank_id,
        nominal=nominal,
        status="PAID" if before + nominal >= order["total_amount"] else "INSTALLMENT",
        description=f"Pembayaran order PO#{order['po_number']}",
        pg_provider=web and web["pg_provider"],
        va_no=web and web["va_no"],
        paid_at=paid_at.isoformat(),
        created_by=shop.user_id,
        created_at=stored(shop.now()),
    )
