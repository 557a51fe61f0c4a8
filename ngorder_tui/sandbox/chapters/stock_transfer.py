"""Stock transfers: pieces that move from one warehouse to another, all or none."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import timedelta

from ngorder_tui.sandbox import stock
from ngorder_tui.sandbox.answering import Answer, Args, Shop, Where, answers, paged
from ngorder_tui.sandbox.products.form import MOST_PIECES
from ngorder_tui.sandbox.products.naming import look, thumbnail_of
from ngorder_tui.sandbox.products.search import LIVE, found_in_warehouse
from ngorder_tui.sandbox.products.shown import VARIATION
from ngorder_tui.sandbox.spelling import stored, zulu

MOST_VARIATIONS = 100
_SELECT = (
    "SELECT stock_transfer.*, origin.warehouse AS origin, destination.warehouse AS destination FROM stock_transfer"
    " JOIN warehouse AS origin ON origin.id = origin_warehouse_id"
    " JOIN warehouse AS destination ON destination.id = destination_warehouse_id"
)


@answers("stock_transfer.create")
def create_transfer(shop: Shop, args: Args) -> Answer:
    origin_id = args.integer("origin_warehouse_id", required=True)
    destination_id = args.integer("destination_warehouse_id", required=True)
    description = args.text("description", required=True, maximum=500)
    sent = args.objects("stock_adjustment", required=True, maximum=MOST_VARIATIONS)
    _check_warehouses(shop, args, origin_id, destination_id)
    lines = _lines(shop, args, origin_id, sent)
    args.check()
    transfer_id = shop.insert(
        "stock_transfer",
        description=description,
        origin_warehouse_id=origin_id,
        destination_warehouse_id=destination_id,
        processed=len(lines),
        created_by=shop.user_id,
        created_at=stored(shop.now()),
    )
    text = f"Transfer stok #{transfer_id}: {description}"
    for variation_id, pieces in lines:
        shop.insert(
            "stock_transfer_line",
            stock_transfer_id=transfer_id,
            variation_id=variation_id,
            transfered_stock=pieces,
        )
        for warehouse_id, change in ((origin_id, -pieces), (destination_id, pieces)):
            stock.move(shop, variation_id, warehouse_id, change, "transfer", text, stock_transfer_id=transfer_id)
    made = shop.need("", "", f"{_SELECT} WHERE stock_transfer.id = ?", transfer_id)
    return {"response": "Sukses", "data": _in_list(made)}


@answers("stock_transfer.list")
def list_transfers(shop: Shop, args: Args) -> Answer:
    first, last = args.period(shop.today() - timedelta(days=30), shop.today())
    where = Where().add("created_at BETWEEN ? AND ? || ' 23:59:59'", first.isoformat(), last.isoformat())
    where.given("origin_warehouse_id = ?", args.integer("origin_warehouse_id"))
    where.given("destination_warehouse_id = ?", args.integer("destination_warehouse_id"))
    where.given("created_by = ?", args.integer("user_id"))
    window = args.page(20, 100)
    args.check()
    rows = shop.rows(
        f"{_SELECT}{where.sql} ORDER BY created_at DESC, stock_transfer.id DESC LIMIT ? OFFSET ?",
        *where.values,
        window.size,
        window.offset,
    )
    total = shop.number(f"SELECT count(*) FROM stock_transfer{where.sql}", *where.values)
    return paged(shop, window, [_in_list(row) for row in rows], total, kept=f"per_page={window.size}&")


@answers("stock_transfer.get")
def get_transfer(shop: Shop, args: Args) -> Answer:
    """The reference shows one warehouse here, where two are to be expected: both ways are answered, and the one is
    the destination."""
    transfer_id = args.integer("id", required=True)
    args.check()
    found = shop.need(
        "There is no such stock transfer.",
        "Transfer stok tidak ada.",
        f"{_SELECT} WHERE stock_transfer.id = ?",
        transfer_id,
    )
    user = shop.need("", "", "SELECT id, email, name FROM user WHERE id = ?", found["created_by"])
    lines = shop.number("SELECT count(*) FROM stock_transfer_line WHERE stock_transfer_id = ?", transfer_id)
    row = _in_list(found)
    return {
        "data": {
            **row,
            "progress_status": found["progress_status"],
            "variation_total": lines,
            "processed": found["processed"],
            "warehouse": row["destination_warehouse"],
            "created_by": {"id": str(user["id"]), "email": user["email"], "name": user["name"]},
            "created_at": zulu(found["created_at"]),
        }
    }


@answers("stock_transfer.list_transactions", reads_body=True)
def list_transactions(shop: Shop, args: Args) -> Answer:
    transfer_id = args.integer("id", required=True)
    window = args.page(50, 100)
    if shop.row("SELECT 1 FROM stock_transfer WHERE id = ?", transfer_id) is None:
        raise args.unknown("id")
    args.check()
    rows = shop.rows(
        "SELECT stock_transfer_line.id AS line_id, transfered_stock, variation.*, product.name,"
        " product.image AS product_image, product.thumbnail AS product_thumbnail FROM stock_transfer_line"
        " JOIN variation ON variation.id = variation_id JOIN product ON product.id = product_id"
        " WHERE stock_transfer_id = ? ORDER BY stock_transfer_line.id LIMIT ? OFFSET ?",
        transfer_id,
        window.size,
        window.offset,
    )
    total = shop.number("SELECT count(*) FROM stock_transfer_line WHERE stock_transfer_id = ?", transfer_id)
    kept = f"id={transfer_id}&per_page={window.size}&"
    return paged(shop, window, [_line(row) for row in rows], total, kept=kept)


@answers("stock_transfer.search_variations", reads_body=True)
def search_variations(shop: Shop, args: Args) -> Answer:
    return found_in_warehouse(shop, args)


def _check_warehouses(shop: Shop, args: Args, origin_id: int, destination_id: int) -> None:
    for name, warehouse_id in (("origin_warehouse_id", origin_id), ("destination_warehouse_id", destination_id)):
        found = shop.row("SELECT is_active FROM warehouse WHERE id = ? AND deleted_at IS NULL", warehouse_id)
        if found is None:
            if args.has(name):
                args.unknown(name)
        elif name == "destination_warehouse_id" and not found["is_active"]:
            args.refuse(name, "This warehouse is not in use.", "Gudang ini tidak dipakai.")
    if origin_id == destination_id and args.has("origin_warehouse_id"):
        args.refuse(
            "destination_warehouse_id",
            "The destination must be another warehouse than the origin.",
            "Gudang tujuan harus berbeda dari gudang asal.",
        )


def _lines(shop: Shop, args: Args, origin_id: int, sent: Sequence[Args]) -> list[tuple[int, int]]:
    """Variations and pieces; what cannot be moved is noted under `stock_adjustment.N`."""
    has_origin = args.has("origin_warehouse_id") and "origin_warehouse_id" not in args.errors
    lines: list[tuple[int, int]] = []
    seen: set[int] = set()
    for item in sent:
        variation_id = item.integer("variation_id", required=True)
        pieces = item.integer("transfer_stock", required=True, minimum=1, maximum=MOST_PIECES)
        lines.append((variation_id, pieces))
        if not item.has("variation_id"):
            continue
        if shop.row(f"{VARIATION} WHERE {LIVE} AND variation.id = ?", variation_id) is None:
            item.unknown("variation_id")
            continue
        if variation_id in seen:
            item.refuse("variation_id", "This variation is named twice.", "Variasi ini disebut dua kali.")
        seen.add(variation_id)
        held = stock.held(shop, variation_id, origin_id)
        if has_origin and pieces > held:
            sentence = stock.short(shop, variation_id, origin_id, held).sentence
            item.refuse("transfer_stock", sentence, sentence)
    return lines


def _in_list(row: sqlite3.Row) -> dict[str, object]:
    return {
        "id": row["id"],
        "description": row["description"],
        "origin_warehouse": {"id": row["origin_warehouse_id"], "name": row["origin"]},
        "destination_warehouse": {"id": row["destination_warehouse_id"], "name": row["destination"]},
        "created_at": row["created_at"],
    }


def _line(row: sqlite3.Row) -> dict[str, object]:
    return {
        "id": row["line_id"],
        "variation_id": row["id"],
        "product_name": row["name"],
        "variant_name": look(row) or "-",
        "thumbnail_url": thumbnail_of(row) or "",
        "sku": row["sku"],
        "transfered_stock": row["transfered_stock"],
    }
