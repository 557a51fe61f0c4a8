"""The platform's own categories, above those of the shop."""

from __future__ import annotations

from ngorder_tui.sandbox.answering import Answer, Args, Shop, answers
from ngorder_tui.sandbox.spelling import stored


@answers("root_category.list")
def list_root_categories(shop: Shop, _args: Args) -> Answer:
    return {"data": [dict(row) for row in shop.rows("SELECT id, categories FROM root_category ORDER BY categories")]}


@answers("root_category.update")
def update_root_category(shop: Shop, args: Args) -> Answer:
    category_id = args.integer("id", required=True)
    root_id = args.integer("root_categories_id", required=True)
    if shop.row("SELECT 1 FROM product_category WHERE id = ?", category_id) is None:
        args.unknown("id")
    check_root(shop, args, root_id)
    args.check()
    shop.update(
        "product_category",
        {"id": category_id},
        {"root_categories_id": root_id, "updated_at": stored(shop.now())},
    )
    return {"response": "success", "data": {"id": category_id, "root_categories_id": root_id}}


def check_root(shop: Shop, args: Args, root_id: int) -> None:
    """Note on root_categories_id that there is no such root category."""
    if shop.row("SELECT 1 FROM root_category WHERE id = ?", root_id) is None:
        args.unknown("root_categories_id")
