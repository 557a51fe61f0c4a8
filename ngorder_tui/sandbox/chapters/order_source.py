"""Order sources: the sales channels, a marketplace and a note."""

from __future__ import annotations

from ngorder_tui.sandbox.answering import Answer, Args, Shop, Where, answers

_STATES = {"Y": "ACTIVE", "N": "NON ACTIVE"}


@answers("order_source.create")
def create_source(shop: Shop, args: Args) -> Answer:
    marketplace_id = args.integer("marketplace_id", required=True)
    note = args.text("note", required=True, maximum=200)
    _check_marketplace(shop, args, marketplace_id)
    args.check()
    source_id = shop.insert("order_source", marketplace_id=marketplace_id, note=note)
    return {"response": "Success", "data": {"order_source_id": source_id, "note": note}}


@answers("order_source.list")
def list_sources(shop: Shop, args: Args) -> Answer:
    status = args.choice("status", _STATES)
    args.check()
    where = Where().given("status = ?", _STATES[status] if status else None)
    rows = shop.rows(
        "SELECT id, marketplace_id, marketplace_name, note, status FROM order_source"
        f" JOIN marketplace USING (marketplace_id){where.sql} ORDER BY id",
        *where.values,
    )
    return {"data": [dict(row) for row in rows]}


@answers("order_source.update")
def update_source(shop: Shop, args: Args) -> Answer:
    source_id = args.integer("order_source_id", required=True)
    marketplace_id = args.integer("marketplace_id")
    note = args.text("note", maximum=200)
    status = args.choice("status", _STATES)
    _check_marketplace(shop, args, marketplace_id)
    found = shop.row("SELECT note FROM order_source WHERE id = ?", source_id)
    if found is None:
        raise args.unknown("order_source_id")
    args.check()
    changes = {"marketplace_id": marketplace_id, "note": note, "status": _STATES[status] if status else None}
    shop.update("order_source", {"id": source_id}, changes)
    return {
        "response": "Success",
        "data": {"order_source_id": source_id, "note": found["note"] if note is None else note},
    }


def _check_marketplace(shop: Shop, args: Args, marketplace_id: int | None) -> None:
    known = "SELECT 1 FROM marketplace WHERE marketplace_id = ?"
    if marketplace_id is not None and shop.row(known, marketplace_id) is None:
        args.unknown("marketplace_id")
