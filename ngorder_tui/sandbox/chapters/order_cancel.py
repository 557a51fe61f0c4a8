"""Orders that are over: canceled ones, which may come back, and those that were rejected or have expired."""

from __future__ import annotations

import sqlite3

from ngorder_tui.sandbox.answering import Answer, Args, Download, Refused, Shop, Where, answers, paged
from ngorder_tui.sandbox.chapters.order import SHEET_HEADINGS, sheet_row
from ngorder_tui.sandbox.orders import goods
from ngorder_tui.sandbox.orders.rows import ended
from ngorder_tui.sandbox.orders.state import active_order, settle
from ngorder_tui.sandbox.sheets import sheet
from ngorder_tui.sandbox.spelling import stored
from ngorder_tui.sandbox.stock import ShortStock

TYPES = {"CANCEL": "CANCELED", "REJECTED": "REJECTED", "EXPIRED": "EXPIRED"}
_SELECT = "SELECT orders.*, bank.bank_name AS bank FROM orders LEFT JOIN bank ON bank.bank_id = orders.bank_id"


@answers("order_cancel.create")
def cancel_order(shop: Shop, args: Args) -> Answer:
    order = active_order(shop, args, "id", args.integer("id", required=True))
    args.check()
    goods.give_back(shop, order, "cancel", f"Order PO#{order['po_number']} dibatalkan")
    changes = {"order_status": "CANCELED", "canceled_at": stored(shop.now()), "canceled_by": shop.user_id}
    shop.update("orders", {"order_id": order["order_id"]}, changes)
    settle(shop, order["order_id"])
    return _done(order, "success", shop.say("Order has been Canceled", "Order telah dibatalkan"))


@answers("order_cancel.list")
def list_ended(shop: Shop, args: Args) -> Answer:
    where, _kind = _filters(args)
    window = args.page(10, 50)
    args.check()
    rows = shop.rows(
        f"{_SELECT}{where.sql} ORDER BY order_date DESC, order_id DESC LIMIT ? OFFSET ?",
        *where.values,
        window.size,
        window.offset,
    )
    total = shop.number(f"SELECT count(*) FROM orders{where.sql}", *where.values)
    return paged(shop, window, ended(shop, rows), total, kept=f"per_page={window.size}&")


@answers("order_cancel.download")
def download_ended(shop: Shop, args: Args) -> Download:
    where, kind = _filters(args)
    args.check()
    rows = shop.rows(f"{_SELECT}{where.sql} ORDER BY order_date DESC, order_id DESC", *where.values)
    name = f"order-{kind.lower()}-{shop.today().isoformat()}"
    return sheet(name, SHEET_HEADINGS, (sheet_row(row) for row in ended(shop, rows)))


@answers("order_cancel.restore")
def restore_order(shop: Shop, args: Args) -> Answer:
    order = _ended_order(shop, args, "id", args.integer("id", required=True))
    if order["order_status"] != "CANCELED":
        word = order["order_status"]
        args.refuse(
            "id",
            f"Only a canceled order can be made active again; this one is {word}.",
            f"Hanya order yang dibatalkan yang dapat diaktifkan lagi; order ini {word}.",
        )
    args.check()
    try:
        goods.take(shop, order, "return", f"Order PO#{order['po_number']} diaktifkan kembali")
    except ShortStock as short:
        raise Refused({"id": [short.sentence]}) from short
    shop.run(
        "UPDATE orders SET order_status = 'ACCEPTED', canceled_at = NULL, canceled_by = NULL WHERE order_id = ?",
        order["order_id"],
    )
    settle(shop, order["order_id"], again=True)
    return _done(order, "Success", shop.say("Order has been returned", "Order telah diaktifkan kembali"))


@answers("order_cancel.delete")
def delete_order(shop: Shop, args: Args) -> Answer:
    order_id = args.integer("order_id", required=True)
    if args.integer("id", default=order_id) != order_id:
        args.refuse("id", "The id is not that of the address.", "Isian id berbeda dari alamatnya.")
    order = _ended_order(shop, args, "order_id", order_id)
    args.check()
    shop.run("DELETE FROM orders WHERE order_id = ?", order_id)
    return _done(order, "Success", shop.say("Order has been deleted", "Order telah dihapus"))


def _filters(args: Args) -> tuple[Where, str]:
    kind = args.choice("type", TYPES, default="CANCEL")
    first, last = args.day("start_date"), args.day("end_date")
    if first and last and last < first:
        args.refuse(
            "end_date",
            "The end_date may not be before the start_date.",
            "Isian end_date tidak boleh sebelum start_date.",
        )
    where = Where().add("order_status = ?", TYPES[kind])
    where.given("order_date >= ?", first and first.isoformat())
    where.given("order_date <= ?", last and last.isoformat())
    return where, kind


def _ended_order(shop: Shop, args: Args, name: str, order_id: int) -> sqlite3.Row:
    order = shop.row("SELECT * FROM orders WHERE order_id = ?", order_id)
    if order is None:
        raise args.unknown(name)
    if order["order_status"] not in TYPES.values():
        args.refuse(
            name,
            f"Order {order['po_number']} has not been canceled.",
            f"Order {order['po_number']} belum dibatalkan.",
        )
        raise Refused(args.errors)
    return order


def _done(order: sqlite3.Row, response: str, message: str) -> Answer:
    data = {"order_id": order["order_id"], "po_number": order["po_number"]}
    return {"response": response, "message": message, "data": data}
