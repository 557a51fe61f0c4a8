"""Order costs: the discounts and extra costs that the shop keeps ready."""

from __future__ import annotations

import secrets
import sqlite3

from ngorder_tui.sandbox.answering import Answer, Args, Shop, answers

CATEGORIES = ("DISCOUNT", "OTHER COST")
TYPES = ("NOMINAL", "PERCENTAGE")


@answers("order_cost.create")
def create_cost(shop: Shop, args: Args) -> Answer:
    category = args.choice("category", CATEGORIES, required=True)
    name = args.text("name", required=True, maximum=100)
    kind = args.choice("type", TYPES, required=True)
    nominal, percentage = _amounts(args, kind if args.has("type") else None)
    args.check()
    cost_id = secrets.token_hex(12)
    shop.insert(
        "order_cost",
        order_cost_id=cost_id,
        category=category,
        name=name,
        type=kind,
        nominal=nominal or 0,
        percentage=percentage or 0,
    )
    return {"response": "Success", "data": {"order_cost_id": cost_id, "name": name}}


@answers("order_cost.list")
def list_costs(shop: Shop, _args: Args) -> Answer:
    # The title is the same for costs and discounts: so the service has it.
    rows = shop.rows(
        "SELECT order_cost_id, 'Diskon Order' AS title, category, type, name, percentage, nominal"
        " FROM order_cost ORDER BY name COLLATE NOCASE, order_cost_id"
    )
    return {"data": [dict(row) for row in rows]}


@answers("order_cost.update")
def update_cost(shop: Shop, args: Args) -> Answer:
    cost_id = args.text("order_cost_id", required=True)
    category = args.choice("category", CATEGORIES)
    name = args.text("name", maximum=100)
    kind = args.choice("type", TYPES)
    if kind is None and (args.has("nominal") or args.has("percentage")):
        args.refuse(
            "type",
            "The type is required with a nominal or a percentage.",
            "Isian type wajib jika ada nominal atau percentage.",
        )
    nominal, percentage = _amounts(args, kind)
    found = _cost(shop, cost_id)
    if found is None:
        raise args.unknown("order_cost_id")
    args.check()
    changes = {
        "category": category,
        "name": name or None,
        "type": kind,
        "nominal": nominal,
        "percentage": percentage,
    }
    shop.update("order_cost", {"order_cost_id": cost_id}, changes)
    return {"response": "Success", "data": {"order_cost_id": cost_id, "name": name or found["name"]}}


@answers("order_cost.delete")
def delete_cost(shop: Shop, args: Args) -> Answer:
    cost_id = args.text("order_cost_id", required=True)
    args.check()
    found = shop.need(
        "There is no such order cost.",
        "Biaya order tidak ada.",
        "SELECT name FROM order_cost WHERE order_cost_id = ?",
        cost_id,
    )
    shop.run("DELETE FROM order_cost WHERE order_cost_id = ?", cost_id)
    return {"response": "Success", "data": {"order_cost_id": cost_id, "name": found["name"]}}


def _amounts(args: Args, kind: str | None) -> tuple[int | None, int | None]:
    if kind == "NOMINAL":
        return args.integer("nominal", required=True, minimum=0), args.integer("percentage", minimum=0, maximum=100)
    if kind == "PERCENTAGE":
        return args.integer("nominal", minimum=0), args.integer("percentage", required=True, minimum=0, maximum=100)
    return args.integer("nominal", minimum=0), args.integer("percentage", minimum=0, maximum=100)


def _cost(shop: Shop, cost_id: str) -> sqlite3.Row | None:
    return shop.row("SELECT name FROM order_cost WHERE order_cost_id = ?", cost_id)
