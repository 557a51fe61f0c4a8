"""Products with their variations; what concerns their stock stands in `product_stock`."""

from __future__ import annotations

import sqlite3

from ngorder_tui.sandbox.answering import Answer, Args, Shop, Where, Window, answers, paged
from ngorder_tui.sandbox.products import writing
from ngorder_tui.sandbox.products.form import read_product
from ngorder_tui.sandbox.products.naming import look, new_sku
from ngorder_tui.sandbox.products.search import LIVE, asked_products, by_words
from ngorder_tui.sandbox.products.shown import PRODUCT, VARIATION, flat, in_list, whole

PAGE_SIZE = 10
"""Rows of a page of product.list, which nobody can change."""


@answers("product.generate_sku", reads_body=True)
def generate_sku(shop: Shop, args: Args) -> Answer:
    wanted = [
        {name: item.text(name, required=name == "name", maximum=200) or "" for name in ("name", "color", "size")}
        | {"old_sku": item.text("old_sku", maximum=100) or ""}
        for item in args.objects("products", required=True, maximum=200)
    ]
    args.check()
    taken = {row["sku"] for row in shop.rows("SELECT sku FROM variation WHERE deleted_at IS NULL")}
    made: list[dict[str, str]] = []
    for item in wanted:
        sku = new_sku(item["name"], item["color"], item["size"], taken)
        taken.add(sku)
        made.append({"name": item["name"], "color": item["color"], "size": item["size"], "sku": sku})
        made[-1]["old_sku"] = item["old_sku"]
    return {"response": "Success", "data": made}


@answers("product.validate_sku")
def validate_sku(shop: Shop, args: Args) -> Answer:
    """Whether the variation may have this SKU; otherwise which variation of which product has it. Number 0 is a
    variation that is yet to be made."""
    sku = args.text("sku", required=True, maximum=100).strip()
    variation_id = args.integer("product_meta_id", required=True)
    asked = shop.row(f"{VARIATION} WHERE {LIVE} AND variation.id = ?", variation_id)
    if asked is None and variation_id != 0:
        raise args.unknown("product_meta_id")
    args.check()
    holder = shop.row(f"{VARIATION} WHERE {LIVE} AND sku = ? AND variation.id <> ?", sku, variation_id)
    named = holder or asked
    return {
        "response": "Success",
        "data": {
            "status": holder is None,
            "variation": "" if named is None else look(named),
            "product_id": "" if holder is None else str(holder["product_id"]),
        },
    }


@answers("product.create")
def create_product(shop: Shop, args: Args) -> Answer:
    form = read_product(shop, args, None)
    args.check()
    return _saved(shop, writing.create(shop, form))


@answers("product.list")
def list_products(shop: Shop, args: Args) -> Answer:
    where, order = asked_products(args)
    window = Window(args.integer("pagination_offset", default=1, minimum=1, maximum=1_000_000), PAGE_SIZE)
    args.check()
    rows = shop.rows(
        f"{PRODUCT}{where.sql} ORDER BY {order} LIMIT ? OFFSET ?", *where.values, window.size, window.offset
    )
    total = shop.number(f"SELECT count(*) FROM product{where.sql}", *where.values)
    return paged(shop, window, [in_list(shop, row) for row in rows], total, empty_links="{}")


@answers("product.get")
def get_product(shop: Shop, args: Args) -> Answer:
    product_id = args.integer("product_id", required=True)
    args.check()
    found = shop.need(
        "There is no such product.",
        "Produk tidak ada.",
        f"{PRODUCT} WHERE product.id = ? AND product.deleted_at IS NULL",
        product_id,
    )
    return {"response": "Success", "data": whole(shop, found)}


@answers("product.list_variations")
def list_variations(shop: Shop, args: Args) -> Answer:
    keyword = (args.text("keyword", maximum=100) or "").strip()
    size = args.integer("per_page", default=PAGE_SIZE, minimum=1, maximum=1000)
    customer_id = args.integer("customer_id")
    customer = shop.row("SELECT category_code FROM customer WHERE id = ? AND deleted_at IS NULL", customer_id)
    if customer_id is not None and customer is None:
        raise args.unknown("customer_id")
    args.check()
    where = Where().add(LIVE).add("product.is_archived = 0")
    order, values = by_words(where, keyword)
    rows = shop.rows(f"{VARIATION}{where.sql} ORDER BY {order} LIMIT ?", *where.values, *values, size)
    category_code = None if customer is None else customer["category_code"]
    return {"data": [flat(shop, row, category_code) for row in rows]}


@answers("product.get_wholesale_minimum")
def get_wholesale_minimum(shop: Shop, args: Args) -> Answer:
    """The minimum is null where the product has no wholesale price."""
    product_id = args.integer("product_id", required=True)
    _product(shop, args, "product_id", product_id)
    args.check()
    least = shop.need(
        "",
        "",
        "SELECT min(from_quantity) AS quantity FROM wholesale JOIN product ON product.id = product_id"
        " WHERE product_id = ? AND wholesale_status = 'Y'",
        product_id,
    )
    return {"response": "success", "data": {"product_id": product_id, "minimum_quantity": least["quantity"]}}


@answers("product.update")
def update_product(shop: Shop, args: Args) -> Answer:
    product_id = args.integer("id", required=True)
    form = read_product(shop, args, _product(shop, args, "id", product_id))
    args.check()
    writing.update(shop, product_id, form)
    return _saved(shop, product_id)


@answers("product.download")
def download_products(shop: Shop, args: Args) -> Answer:
    asked_products(args)
    args.check()
    user = shop.need("", "", "SELECT email FROM user WHERE id = ?", shop.user_id)
    return {
        "response": "Success",
        "message": shop.say(
            f"Success, your product data will be sent to {user['email']} soon",
            f"Berhasil, data produk akan segera dikirim ke {user['email']}",
        ),
    }


@answers("product.delete_variations")
def delete_variations(shop: Shop, args: Args) -> Answer:
    ids = args.integers("id", required=True)
    left: dict[int, set[int]] = {}
    for place, variation_id in enumerate(ids):
        found = shop.row(f"{VARIATION} WHERE {LIVE} AND variation.id = ?", variation_id)
        if found is None:
            args.unknown(f"id.{place}")
            continue
        product_id = found["product_id"]
        others = left.setdefault(product_id, {row["id"] for row in writing.live_variations(shop, product_id)})
        others.discard(variation_id)
        if not others:
            args.refuse(
                f"id.{place}",
                f"{found['name']} would have no variation left; delete the product instead.",
                f"{found['name']} tidak akan mempunyai variasi lagi; hapus produknya.",
            )
    args.check()
    for variation_id in set(ids):
        writing.delete_variation(shop, variation_id)
    return _deleted(shop)


@answers("product.delete")
def delete_products(shop: Shop, args: Args) -> Answer:
    ids = args.integers("id", required=True)
    for place, product_id in enumerate(ids):
        if shop.row("SELECT 1 FROM product WHERE id = ? AND deleted_at IS NULL", product_id) is None:
            args.unknown(f"id.{place}")
    args.check()
    for product_id in set(ids):
        writing.delete(shop, product_id)
    return _deleted(shop)


def _product(shop: Shop, args: Args, name: str, product_id: int) -> sqlite3.Row:
    found = shop.row("SELECT * FROM product WHERE id = ? AND deleted_at IS NULL", product_id)
    if found is None:
        raise args.unknown(name)
    return found


def _saved(shop: Shop, product_id: int) -> Answer:
    variations = writing.live_variations(shop, product_id)
    return {
        "response": "Success",
        "message": shop.say("The product has been saved.", "Produk telah disimpan."),
        "data": {
            "product_id": product_id,
            "product_meta_id": [row["id"] for row in variations],
            "total_stock": sum(row["stock_quantity"] for row in variations),
        },
    }


def _deleted(shop: Shop) -> Answer:
    return {"response": "success", "message": shop.say("Deleted.", "Telah dihapus.")}
