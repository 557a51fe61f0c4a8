"""What one piece costs whom: the category's price, the wholesale step, the promo."""

from __future__ import annotations

import sqlite3

from ngorder_tui.sandbox.answering import Shop

_COLUMNS = {"N": "price", "Y": "price_reseller", "D": "price_dropship", "1": "price1", "2": "price2", "3": "price3"}


def wholesale_price(shop: Shop, product_id: int, quantity: int) -> int | None:
    """The price of the wholesale step that this quantity reaches, or None."""
    step = shop.row(
        "SELECT wholesale.price FROM wholesale JOIN product ON product.id = product_id AND wholesale_status = 'Y'"
        " WHERE product_id = ? AND ? BETWEEN from_quantity AND to_quantity ORDER BY from_quantity DESC",
        product_id,
        quantity,
    )
    return None if step is None else int(step["price"])


def price_of(shop: Shop, variation: sqlite3.Row, category_code: str, quantity: int) -> int:
    """Rupiah for one piece when a customer of this category takes so many; promos come off as a discount."""
    has_access = shop.number("SELECT wholesale_access FROM customer_category WHERE code = ?", category_code)
    if has_access and (wholesale := wholesale_price(shop, variation["product_id"], quantity)) is not None:
        return wholesale
    return int(variation[_COLUMNS.get(category_code, "price")] or variation["price"])


def promo_in_force(shop: Shop, promo_id: int, product_id: int, category_code: str, day: str) -> sqlite3.Row | None:
    """The promo, if it is for this product and this category of customer on this day."""
    return shop.row(
        "SELECT * FROM promo WHERE id = ? AND product_id = ? AND coalesce(category_code, ?) = ?"
        " AND ? BETWEEN start_date AND end_date",
        promo_id,
        product_id,
        category_code,
        category_code,
        day,
    )
