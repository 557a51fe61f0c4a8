"""The shop's own product categories."""

from __future__ import annotations

import sqlite3

from ngorder_tui.sandbox.answering import Answer, Args, Shop, answers
from ngorder_tui.sandbox.chapters.root_category import check_root
from ngorder_tui.sandbox.spelling import stored, zulu

_SELECT = (
    "SELECT product_category.*, coalesce(categories, '') AS root_categories_name FROM product_category"
    " LEFT JOIN root_category ON root_category.id = root_categories_id"
)


@answers("product_category.create")
def create_category(shop: Shop, args: Args) -> Answer:
    name = args.text("name", required=True, maximum=100)
    root_id = args.integer("root_categories_id", required=True)
    check_root(shop, args, root_id)
    args.check()
    category_id = shop.insert("product_category", name=name, root_categories_id=root_id, updated_at=stored(shop.now()))
    return {
        "response": "sukses",
        "message": "Data berhasil disimpan",
        "data": _saved(_found(shop, category_id)),
    }


@answers("product_category.list")
def list_categories(shop: Shop, _args: Args) -> Answer:
    rows = shop.rows(f"{_SELECT} ORDER BY name COLLATE NOCASE, product_category.id")
    return {"data": [_shown(row) for row in rows]}


@answers("product_category.get")
def get_category(shop: Shop, args: Args) -> Answer:
    return {"response": "Sukses", "data": _shown(_found(shop, args.integer("id", required=True)))}


@answers("product_category.update")
def update_category(shop: Shop, args: Args) -> Answer:
    category_id = args.integer("id", required=True)
    name = args.text("name", required=True, maximum=100)
    root_id = args.integer("root_categories_id", required=True)
    all_products = args.choice("update_all_product", ("Y",))
    check_root(shop, args, root_id)
    if shop.row("SELECT 1 FROM product_category WHERE id = ?", category_id) is None:
        raise args.unknown("id")
    args.check()
    changes = {"name": name, "root_categories_id": root_id, "updated_at": stored(shop.now())}
    shop.update("product_category", {"id": category_id}, changes)
    if all_products == "Y":
        shop.run("UPDATE product SET root_categories_id = ? WHERE category_id = ?", root_id, category_id)
    return {
        "response": "sukses",
        "message": "Data berhasil disimpan",
        "data": _saved(_found(shop, category_id)),
    }


@answers("product_category.delete")
def delete_category(shop: Shop, args: Args) -> Answer:
    category_id = args.integer("id", required=True)
    args.check()
    _found(shop, category_id)
    shop.run("UPDATE product SET category_id = 0 WHERE category_id = ?", category_id)
    shop.run("DELETE FROM product_category WHERE id = ?", category_id)
    return {"response": "Sukses", "message": "Data berhasil dihapus", "data": None}


def _found(shop: Shop, category_id: int) -> sqlite3.Row:
    return shop.need(
        "There is no such product category.",
        "Kategori produk tidak ada.",
        f"{_SELECT} WHERE product_category.id = ?",
        category_id,
    )


def _shown(row: sqlite3.Row) -> dict[str, object]:
    return {
        "id": row["id"],
        "name": row["name"],
        "root_categories_id": row["root_categories_id"],
        "root_categories_name": row["root_categories_name"],
        "updated_at": row["updated_at"],
    }


def _saved(row: sqlite3.Row) -> dict[str, object]:
    return {**_shown(row), "updated_at": zulu(row["updated_at"])}
