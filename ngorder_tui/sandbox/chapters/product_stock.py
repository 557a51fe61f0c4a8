"""The stock of products: what lies where, how it came there, and changing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ngorder_tui.sandbox import stock
from ngorder_tui.sandbox.answering import Answer, Args, Missing, Shop, Where, answers, paged
from ngorder_tui.sandbox.products.form import MOST_PIECES
from ngorder_tui.sandbox.products.naming import look
from ngorder_tui.sandbox.products.search import LIVE
from ngorder_tui.sandbox.products.shown import VARIATION, stock_by_warehouse
from ngorder_tui.sandbox.products.writing import set_total
from ngorder_tui.sandbox.spelling import long_day, stored, time_ago, zulu

_EVER = (date(1900, 1, 1), date(2999, 12, 31))


@answers("product.check_stock")
def check_stock(shop: Shop, args: Args) -> Answer:
    variation = _variation(shop, args, "variation_id", args.integer("variation_id", required=True))
    warehouse_id = args.integer("warehouse_id")
    if warehouse_id is not None:
        _warehouse(shop, args, warehouse_id)
    args.check()
    pieces = variation["stock_quantity"] if warehouse_id is None else stock.held(shop, variation["id"], warehouse_id)
    prices = {name: variation[name] for name in ("price", "price_dropship", "price1", "price2", "price3")}
    return {"response": "Success", "data": {"stock": pieces, **prices}}


@answers("product.list_warehouse_stock")
def list_warehouse_stock(shop: Shop, args: Args) -> Answer:
    variation_id = args.integer("variation_id", required=True)
    args.check()
    found = shop.row(f"{VARIATION} WHERE {LIVE} AND variation.id = ?", variation_id)
    if found is None:
        raise Missing(shop.say("There is no such variation.", "Variasi tidak ada."))
    return {"data": stock_by_warehouse(shop, found)}


@answers("product.list_variation_history")
def list_variation_history(shop: Shop, args: Args) -> Answer:
    variation = _variation(shop, args, "id", args.integer("id", required=True))
    warehouse_id = args.integer("warehouse_id")
    if warehouse_id is not None:
        _warehouse(shop, args, warehouse_id)
    first, last = args.period(*_EVER)
    window = args.page(10, 100)
    args.check()
    where = Where().add("variation_id = ?", variation["id"]).given("warehouse_id = ?", warehouse_id)
    where.add("at BETWEEN ? AND ? || ' 23:59:59'", first.isoformat(), last.isoformat())
    rows = shop.rows(
        "SELECT stock_history.*, warehouse, email FROM stock_history"
        " JOIN warehouse ON warehouse.id = warehouse_id LEFT JOIN user ON user.id = user_id"
        f"{where.sql} ORDER BY at DESC, stock_history.id DESC LIMIT ? OFFSET ?",
        *where.values,
        window.size,
        window.offset,
    )
    total = shop.number(f"SELECT count(*) FROM stock_history{where.sql}", *where.values)
    title = {
        "product_id": variation["product_id"],
        "variation_id": variation["id"],
        "product_name": variation["name"],
        # Size, a space, colour: the space stays where there is no size.
        "variation_name": f"{variation['size']} {variation['color']}",
    }
    kept = f"id={variation['id']}&per_page={window.size}&"
    return {"title": title, **paged(shop, window, [_movement(shop, row) for row in rows], total, kept=kept)}


def _movement(shop: Shop, row: sqlite3.Row) -> dict[str, object]:
    return {
        "date": long_day(row["at"]),
        "time_ago": time_ago(row["at"], shop.now()),
        "user": row["email"] or "",
        "detail": {
            "description": row["description"],
            "id_order": row["order_id"],
            "stock_opname_id": row["stock_opname_id"],
        },
        "warehouse": {"id": row["warehouse_id"], "name": row["warehouse"]},
        "stock": {"in": row["stock_in"], "out": row["stock_out"], "last": row["last"]},
        "old": row["old"],
    }


@dataclass(frozen=True, slots=True)
class _Change:
    """Pieces that are put into a warehouse, or taken out of it."""

    amount: int
    is_added: bool
    warehouse_id: int

    @property
    def pieces(self) -> int:
        return self.amount if self.is_added else -self.amount


@answers("product.update_stock")
def update_stock(shop: Shop, args: Args) -> Answer:
    """Changes are relative. With move_warehouse_stock, as much must leave as comes; if nothing is said to leave, the
    first warehouse gives: the reference's example is sent and answered that way."""
    variation_id = args.integer("variation_id", required=True)
    is_move = args.flag("move_warehouse_stock", default=False)
    description = args.text("description", required=True, maximum=500)
    sent = args.objects("stock", required=True, maximum=100)
    changes = [_change(shop, item) for item in sent]
    variation = _own_stock(shop, args, variation_id)
    args.check()
    if is_move:
        changes = _moved(args, changes)
    _check_pieces(shop, variation_id, changes, sent)
    args.check()
    for change in changes:
        reason: stock.Reason = "transfer" if is_move else "manual"
        stock.move(shop, variation_id, change.warehouse_id, change.pieces, reason, description)
    return {
        "response": "Success",
        "data": {
            "date": zulu(stored(shop.now())),
            "variation_id": variation_id,
            "stock": [
                {
                    "amount": change.amount,
                    "status": "add" if change.is_added else "sub",
                    "warehouse_id": change.warehouse_id,
                }
                for change in changes
            ],
            "shop_id": variation["shop_id"],
            "description": description,
            "total_stock": _total(shop, variation_id),
        },
    }


@answers("product.sync_stock")
def sync_stock(shop: Shop, args: Args) -> Answer:
    """The amount is what there shall be in all; the main warehouse takes the difference as far as it can."""
    variation_id = args.integer("variation_id", required=True)
    amount = args.integer("amount", required=True, minimum=0, maximum=MOST_PIECES)
    _own_stock(shop, args, variation_id)
    args.check()
    set_total(shop, variation_id, amount, "sync", "Sinkronisasi stok")
    return {
        "response": "Success",
        "data": {
            "variation_id": str(variation_id),
            "amount": str(_total(shop, variation_id)),
            "request_id": shop.request_id,
        },
    }


def _variation(shop: Shop, args: Args, name: str, variation_id: int) -> sqlite3.Row:
    found = shop.row(f"{VARIATION} WHERE {LIVE} AND variation.id = ?", variation_id)
    if found is None:
        raise args.unknown(name)
    return found


def _own_stock(shop: Shop, args: Args, variation_id: int) -> sqlite3.Row:
    """The variation; noted if it is not of the shop's own stock, of which alone pieces are counted."""
    found = _variation(shop, args, "variation_id", variation_id)
    if found["product_type"] != "S":
        name = f"{found['name']} {look(found)}".strip()
        args.refuse(
            "variation_id", f"{name} is not kept in stock by this shop.", f"{name} tidak disimpan sendiri oleh toko."
        )
    return found


def _warehouse(shop: Shop, args: Args, warehouse_id: int) -> sqlite3.Row | None:
    found = shop.row("SELECT * FROM warehouse WHERE id = ? AND deleted_at IS NULL", warehouse_id)
    if found is None and args.has("warehouse_id"):
        args.unknown("warehouse_id")
    return found


def _change(shop: Shop, item: Args) -> _Change:
    change = _Change(
        amount=item.integer("amount", required=True, minimum=1, maximum=MOST_PIECES),
        is_added=item.choice("status", ("ADD", "SUB"), required=True) == "ADD",
        warehouse_id=item.integer("warehouse_id", required=True),
    )
    found = _warehouse(shop, item, change.warehouse_id)
    if found is not None and change.is_added and not found["is_active"]:
        item.refuse("warehouse_id", "This warehouse is not in use.", "Gudang ini tidak dipakai.")
    return change


def _moved(args: Args, changes: list[_Change]) -> list[_Change]:
    if all(change.is_added for change in changes) and len(changes) > 1:
        changes = [replace(changes[0], is_added=False), *changes[1:]]
    if sum(change.pieces for change in changes):
        put = sum(change.amount for change in changes if change.is_added)
        taken = sum(change.amount for change in changes if not change.is_added)
        args.refuse(
            "stock",
            f"A move puts in as many pieces as it takes out; here it takes {taken} and puts {put}.",
            f"Pemindahan memasukkan sebanyak yang diambil; di sini diambil {taken} dan dimasukkan {put}.",
        )
    return changes


def _check_pieces(shop: Shop, variation_id: int, changes: Sequence[_Change], sent: Sequence[Args]) -> None:
    """Note where a warehouse would hold less than nothing, the changes being made one after the other."""
    levels: dict[int, int] = {}
    for change, item in zip(changes, sent, strict=True):
        held = levels.setdefault(change.warehouse_id, stock.held(shop, variation_id, change.warehouse_id))
        if held + change.pieces < 0:
            sentence = stock.short(shop, variation_id, change.warehouse_id, held).sentence
            item.refuse("amount", sentence, sentence)
        else:
            levels[change.warehouse_id] = held + change.pieces


def _total(shop: Shop, variation_id: int) -> int:
    return shop.number("SELECT stock_quantity FROM variation WHERE id = ?", variation_id)
