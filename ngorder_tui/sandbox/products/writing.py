"""Keeping products: what was read is written, and what lies on the shelves follows."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from ngorder_tui.sandbox import stock
from ngorder_tui.sandbox.answering import Shop
from ngorder_tui.sandbox.chapters.warehouse import MAIN
from ngorder_tui.sandbox.products.form import ProductForm, Step
from ngorder_tui.sandbox.products.naming import picture_of
from ngorder_tui.sandbox.products.variation_form import VariationForm
from ngorder_tui.sandbox.spelling import stored


def create(shop: Shop, form: ProductForm) -> int:
    """Write a new product. Answers its id."""
    now = stored(shop.now())
    product_id = shop.insert("product", **form.columns, created_at=now, updated_at=now)
    _write_steps(shop, product_id, form.steps)
    text = f"Stok awal {shop.today().isoformat()}"
    for variation in form.variations:
        _write_stock(shop, _insert(shop, product_id, variation), variation, "initial", text)
    _picture(shop, product_id)
    return product_id


def update(shop: Shop, product_id: int, form: ProductForm) -> None:
    """Change a product, and its variations one by one."""
    _set(shop, "product", product_id, {**form.columns, "updated_at": stored(shop.now())})
    _write_steps(shop, product_id, form.steps)
    for variation in form.variations:
        if variation.id is not None and variation.is_gone:
            delete_variation(shop, variation.id)
        elif variation.id is not None:
            # Two variations may exchange their SKUs: for a moment none has either.
            _set(shop, "variation", variation.id, {"sku": ""})
    for variation in form.variations:
        if variation.is_gone:
            continue
        if variation.id is None:
            variation_id = _insert(shop, product_id, variation)
        else:
            variation_id = variation.id
            _set(shop, "variation", variation_id, variation.columns)
        _write_stock(shop, variation_id, variation, "manual", "Produk diubah")
    _picture(shop, product_id)


def delete_variation(shop: Shop, variation_id: int) -> None:
    """Take a variation away; what was left of it is written off."""
    rows = shop.rows("SELECT warehouse_id, stock FROM warehouse_stock WHERE variation_id = ?", variation_id)
    for row in rows:
        stock.move(shop, variation_id, row["warehouse_id"], -row["stock"], "manual", "Variasi dihapus")
    shop.update("variation", {"id": variation_id}, {"deleted_at": stored(shop.now())})


def delete(shop: Shop, product_id: int) -> None:
    """Take a product away with all its variations."""
    for row in live_variations(shop, product_id):
        delete_variation(shop, row["id"])
    shop.update("product", {"id": product_id}, {"deleted_at": stored(shop.now())})


def live_variations(shop: Shop, product_id: int) -> list[sqlite3.Row]:
    """The variations of a product that are not deleted, oldest first."""
    return shop.rows("SELECT * FROM variation WHERE product_id = ? AND deleted_at IS NULL ORDER BY id", product_id)


def set_total(shop: Shop, variation_id: int, wanted: int, reason: stock.Reason, text: str) -> None:
    """Bring a variation's stock to this many pieces in all.

    The main warehouse takes the difference; if it holds too little, the other warehouses give the rest in turn.
    """
    change = wanted - shop.number("SELECT stock_quantity FROM variation WHERE id = ?", variation_id)
    if change > 0:
        stock.move(shop, variation_id, MAIN, change, reason, text)
        return
    rows = shop.rows(
        "SELECT warehouse_id, stock FROM warehouse_stock WHERE variation_id = ? ORDER BY warehouse_id <> ?, 1",
        variation_id,
        MAIN,
    )
    for row in rows:
        taken = min(-change, row["stock"])
        stock.move(shop, variation_id, row["warehouse_id"], -taken, reason, text)
        change += taken


def _insert(shop: Shop, product_id: int, variation: VariationForm) -> int:
    return shop.insert("variation", product_id=product_id, **variation.columns)


def _write_stock(shop: Shop, variation_id: int, variation: VariationForm, reason: stock.Reason, text: str) -> None:
    for warehouse_id, pieces in variation.stock.items():
        change = pieces - stock.held(shop, variation_id, warehouse_id)
        stock.move(shop, variation_id, warehouse_id, change, reason, text)
    if variation.total is not None:
        set_total(shop, variation_id, variation.total, reason, text)


def _write_steps(shop: Shop, product_id: int, steps: list[Step] | None) -> None:
    if steps is None:
        return
    had = {row["id"] for row in shop.rows("SELECT id FROM wholesale WHERE product_id = ?", product_id)}
    for step in steps:
        columns = {"from_quantity": step.from_quantity, "to_quantity": step.to_quantity, "price": step.price}
        if step.id is None:
            shop.insert("wholesale", product_id=product_id, **columns)
        else:
            _set(shop, "wholesale", step.id, columns)
    for gone in had - {step.id for step in steps}:
        shop.run("DELETE FROM wholesale WHERE id = ?", gone)


def _picture(shop: Shop, product_id: int) -> None:
    """A product without a picture of its own shows the first that a variation has; one whose picture no variation
    has any more does likewise."""
    pictures = [picture for row in live_variations(shop, product_id) if (picture := picture_of(row))]
    old = shop.need("", "", "SELECT image FROM product WHERE id = ?", product_id)["image"]
    if pictures and old not in pictures:
        _set(shop, "product", product_id, {"image": pictures[0], "thumbnail": pictures[0]})


def _set(shop: Shop, table: str, row_id: int, columns: Mapping[str, object]) -> None:
    """Write these columns, empty values too."""
    sets = ", ".join(f"{name} = ?" for name in columns)
    shop.run(f"UPDATE {table} SET {sets} WHERE id = ?", *columns.values(), row_id)
