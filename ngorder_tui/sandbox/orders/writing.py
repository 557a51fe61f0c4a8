"""Writing an order that has been read and found right."""

from __future__ import annotations

import secrets
import sqlite3
from collections import Counter
from dataclasses import asdict

from ngorder_tui.sandbox.answering import Shop
from ngorder_tui.sandbox.orders import goods
from ngorder_tui.sandbox.orders.form import OrderForm
from ngorder_tui.sandbox.orders.payments import add_payment
from ngorder_tui.sandbox.orders.state import settle, user_name
from ngorder_tui.sandbox.spelling import stored


def write_new(shop: Shop, form: OrderForm) -> sqlite3.Row:
    """Make the order: its lines, costs and payment, its goods off the shelf. Answers its row."""
    now, name = stored(shop.now()), user_name(shop)
    po_number = shop.number("SELECT max(po_number) FROM orders") + 1
    order_id = shop.insert(
        "orders",
        object_id=secrets.token_hex(12),
        po_number=po_number,
        shop_id=shop.number("SELECT id FROM shop"),
        order_status="ACCEPTED",
        order_category="APP",
        order_progress_status="UNPAID",
        payment_status="UNPAID",
        created_by=shop.user_id,
        created_by_name=name,
        created_at=now,
        updated_at=now,
        **_cells(shop, form, None),
    )
    _write_parts(shop, order_id, form)
    goods.shift(shop, order_id, "order", f"Order PO#{po_number}", Counter(), goods.wanted(form.lines))
    shop.run(
        "UPDATE customer SET last_order_at = ? WHERE id IN (?, ?)",
        now,
        form.cells["customer_sender_id"],
        form.cells["customer_receiver_id"],
    )
    return _pay_and_settle(shop, order_id, form)


def write_change(shop: Shop, order: sqlite3.Row, form: OrderForm) -> sqlite3.Row:
    """Change the order to what the form says; goods move by the difference. Answers its row."""
    order_id = order["order_id"]
    before = goods.wanted(goods.lines_of(shop, order_id))
    cells = _cells(shop, form, order["awb_number"])
    sets = ", ".join(f"{name} = ?" for name in cells)
    shop.run(f"UPDATE orders SET {sets} WHERE order_id = ?", *cells.values(), order_id)
    shop.run("DELETE FROM order_line WHERE order_id = ?", order_id)
    shop.run("DELETE FROM order_cost_line WHERE order_id = ?", order_id)
    _write_parts(shop, order_id, form)
    text = f"Order PO#{order['po_number']} diubah"
    goods.shift(shop, order_id, "edit", text, before, goods.wanted(form.lines))
    return _pay_and_settle(shop, order_id, form)


def _cells(shop: Shop, form: OrderForm, old_awb: str | None) -> dict[str, object]:
    cells = {**form.cells, **asdict(form.totals), "product_status": form.lines[0].product_status}
    if form.paying.cost_of_goods_sales is not None:
        cells["cost_of_goods_sales"] = form.paying.cost_of_goods_sales
    if form.cells.get("awb_number", old_awb) != old_awb:
        cells["awb_updated_at"] = stored(shop.now())
    return cells


def _write_parts(shop: Shop, order_id: int, form: OrderForm) -> None:
    for line in form.lines:
        shop.insert("order_line", order_id=order_id, discount_amount=line.discount_amount, **asdict(line))
    for cost in form.costs:
        amount = cost.amount(form.totals.goods_amount)
        shop.insert("order_cost_line", order_id=order_id, amount=amount, **asdict(cost))


def _pay_and_settle(shop: Shop, order_id: int, form: OrderForm) -> sqlite3.Row:
    """Record what was paid beyond the earlier payments; of a single payment, day and bank may be corrected."""
    order = shop.need("", "", "SELECT * FROM orders WHERE order_id = ?", order_id)
    paying = form.paying
    if paying.bank_id is not None and paying.day is not None:
        add_payment(shop, order, paying.amount - order["paid_amount"], paying.bank_id, paying.day)
        if shop.number("SELECT count(*) FROM order_payment WHERE order_id = ?", order_id) == 1:
            shop.run(
                "UPDATE order_payment SET bank_id = ?, paid_at = ? WHERE order_id = ?",
                paying.bank_id,
                paying.day.isoformat(),
                order_id,
            )
    return settle(shop, order_id)
