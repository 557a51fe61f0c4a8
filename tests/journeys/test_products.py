"""What the shop sells: found by keyword and filter, with every price, place and movement."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import httpx
import pytest

from ngorder_tui import formats
from ngorder_tui.screens.orders import OrdersScreen
from ngorder_tui.screens.products import ProductsScreen
from ngorder_tui.screens.variation_history import VariationHistoryScreen
from tests.desk import Desk, desk


async def open_products(at: Desk) -> None:
    await at.press("3")
    await at.sees("records", "Rp")


async def search(at: Desk, words: str) -> None:
    await at.press("slash")
    await at.type(words)
    await at.press("enter")
    await at.rest()


def busiest(db: sqlite3.Connection) -> sqlite3.Row:
    """The variation of own stock with the most movements."""
    found = db.execute(
        "SELECT variation.*, product.name FROM variation JOIN product ON product.id = product_id"
        " WHERE product.deleted_at IS NULL AND variation.deleted_at IS NULL AND product.is_archived = 0"
        " ORDER BY (SELECT count(*) FROM stock_history WHERE variation_id = variation.id) DESC, variation.id LIMIT 1"
    ).fetchone()
    assert isinstance(found, sqlite3.Row)
    return found


async def test_a_product_is_found_by_its_sku_and_shows_everything(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path, size=(120, 36)) as at:
        goods = busiest(at.db)
        await open_products(at)
        await search(at, goods["sku"])
        await at.sees(goods["name"], "1 record", goods["sku"])
        await at.press("enter")
        await at.rest()
        detail = at.app.screen
        assert isinstance(detail, ProductsScreen)
        text = detail.detail.plain()
        for price in ("price", "price_reseller", "price1", "price2", "price3", "price_buy"):
            assert formats.rupiah(goods[price]) in text
        for row in at.db.execute(
            "SELECT warehouse, stock FROM warehouse_stock JOIN warehouse ON warehouse.id = warehouse_id"
            " WHERE variation_id = ? AND stock > 0",
            (goods["id"],),
        ):
            assert f"{formats.number(row['stock'])}  {row['warehouse']}" in text
        for sku in at.db.execute("SELECT sku FROM variation WHERE product_id = ?", (goods["product_id"],)):
            assert sku[0] in text


async def test_filters_and_orders(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path) as at:
        await open_products(at)
        await at.press("f")
        await at.sees("Shop", "Category", "Type", "Price", "Channel", "Sort by")
        await at.press("tab")
        await at.type("ARCHIVED")
        await at.press("ctrl+s")
        await at.rest()
        hidden = at.one("SELECT count(*) FROM product WHERE is_archived = 1 AND deleted_at IS NULL")
        await at.sees(f"{hidden} records")
        await at.press("escape")
        await at.rest()
        shown = at.one("SELECT count(*) FROM product WHERE is_archived = 0 AND deleted_at IS NULL")
        await at.sees(f"{shown} records")


async def test_the_last_product_is_one_key_away(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path) as at:
        await open_products(at)
        await at.press("end")
        last = at.one(
            "SELECT name FROM product WHERE is_archived = 0 AND deleted_at IS NULL ORDER BY created_at, id LIMIT 1"
        )
        await at.until(lambda: at.app.screen.query_one("RecordTable") is not None and last in at.text().split("\n")[-2])


async def test_stock_is_asked_for_just_now(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path) as at:
        goods = busiest(at.db)
        await open_products(at)
        await search(at, goods["sku"])
        await at.press("c")
        skus = [
            row[0] for row in at.db.execute("SELECT sku FROM variation WHERE product_id = ?", (goods["product_id"],))
        ]
        if len(skus) > 1:
            await at.sees("Stock of which variant?", skus[0])
            await choose_line(at, goods["sku"])
        await at.sees(f"Stock: {formats.number(goods['stock_quantity'])}", formats.rupiah(goods["price"]))


async def choose_line(at: Desk, words: str) -> None:
    """Go down a list in a dialog to the line that begins with these words, and take it."""
    rows = [row for row in at.text().split("\n") if "│" in row]
    place = next(index for index, row in enumerate(rows) if f"│ {words}" in row) - 1
    await at.press(*["down"] * place, "enter")


async def open_history(at: Desk, goods: sqlite3.Row) -> None:
    await open_products(at)
    await search(at, goods["sku"])
    await at.press("h")
    if at.one("SELECT count(*) FROM variation WHERE product_id = ? AND deleted_at IS NULL", goods["product_id"]) > 1:
        await at.sees("History of which variant?")
        await choose_line(at, goods["sku"])
    await at.until(lambda: isinstance(at.app.screen, VariationHistoryScreen))
    await at.rest()


async def test_where_the_stock_went(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path) as at:
        goods = busiest(at.db)
        of_it = "SELECT count(*) FROM stock_history WHERE variation_id = ?"
        await open_history(at, goods)
        await at.sees(f"{at.one(of_it, goods['id'])} records", "In", "Out", "Left")

        await at.press("f")
        await at.sees("Warehouse", "From", "Until")
        await at.press("tab")
        await at.type("2026-13-01")
        await at.press("ctrl+s")
        await at.sees("yyyy-mm-dd", "2026-13-01")
        await at.press("ctrl+u")
        await at.type("2026-11-01")
        await at.press("ctrl+s")
        await at.rest()
        since = at.one(of_it + " AND at >= '2026-11-01'", goods["id"])
        await at.sees(f"{since} record", "2026-11-01")
        await at.press("escape")
        await at.rest()
        await at.press("q")
        await at.until(lambda: isinstance(at.app.screen, ProductsScreen))


async def test_from_a_movement_to_its_order(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path) as at:
        order = at.one(
            "SELECT orders.order_id FROM orders JOIN stock_history ON stock_history.order_id = orders.order_id"
            " WHERE order_status = 'ACCEPTED' ORDER BY order_date DESC, orders.order_id DESC LIMIT 1"
        )
        row = at.db.execute(
            "SELECT variation.*, product.name, (SELECT count(*) FROM stock_history AS later"
            " WHERE later.variation_id = variation.id AND later.id > moved.id) AS later"
            " FROM stock_history AS moved JOIN variation ON variation.id = variation_id"
            " JOIN product ON product.id = product_id WHERE order_id = ? LIMIT 1",
            (order,),
        ).fetchone()
        await open_history(at, row)
        await at.press(*["down"] * row["later"], "o")
        await at.until(lambda: isinstance(at.app.screen, OrdersScreen))
        await at.rest()
        assert isinstance(at.app.screen, OrdersScreen)
        assert at.app.screen.table.cursor_key == str(order)


class Gone(httpx.AsyncBaseTransport):
    """A line that is cut for some addresses."""

    def __init__(self, inner: httpx.AsyncBaseTransport, part: str) -> None:
        self.inner = inner
        self.part = part

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.part in request.url.path:
            raise httpx.ConnectError("no route", request=request)
        return await self.inner.handle_async_request(request)


@pytest.mark.parametrize("part", ["/product/history", "/product/check-stock"])
async def test_what_cannot_be_read_is_told_and_the_list_stays(
    shop_db: sqlite3.Connection, tmp_path: Path, part: str
) -> None:
    async with desk(shop_db, tmp_path, size=(120, 36), wrap=lambda inner: Gone(inner, part)) as at:
        goods = busiest(at.db)
        await open_products(at)
        await search(at, goods["sku"])
        if part == "/product/history":
            await at.sees("not complete")
        await at.press("c")
        if "which variant" in at.text():
            await at.press("enter")
        await at.hears("The stock cannot be asked for now")
        await at.sees(goods["name"])
