"""Looking for orders: search, filter, the very last one, its page; while others make new ones."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ngorder_tui.api.chapters import order
from ngorder_tui.api.chapters.order_rows import OrderRow
from ngorder_tui.screens.list_screen import ListScreen
from ngorder_tui.widgets.detail_pane import DetailPane
from tests.conftest import NOON
from tests.desk import Desk, desk
from tests.line import Line
from tests.sandbox.calls import paid_with

SHOWN = "FROM orders WHERE order_status = 'ACCEPTED' AND order_date >= '2026-10-25' AND order_date <= '2026-11-24'"
NEWEST_FIRST = "ORDER BY order_date DESC, order_id DESC"


@pytest.fixture
def line() -> Line:
    return Line()


def screen(at: Desk) -> ListScreen[OrderRow]:
    assert isinstance(at.app.screen, ListScreen)
    return at.app.screen


def detail(at: Desk) -> str:
    return screen(at).query_one(DetailPane).plain()


def _key(at: Desk, index: int) -> str:
    return str(at.one(f"SELECT order_id {SHOWN} {NEWEST_FIRST} LIMIT 1 OFFSET ?", index))


async def test_searching_clearing_and_going_to_the_very_last_order(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        total = at.one(f"SELECT count(*) {SHOWN}")
        await at.sees(f"{total} records", "last 30 days")
        table = screen(at).table
        assert table.cursor_key == _key(at, 0)

        await at.press("end")
        await at.until(lambda: table.cursor_key == _key(at, total - 1))
        assert table.cursor_index == total - 1
        last_page = (total - 1) // 25 + 1
        pages = {int(asked.query["pagination_offset"]) for asked in line.to("/order")}
        assert {1, last_page} <= pages <= {1, last_page - 1, last_page}
        await at.press("g")
        assert table.cursor_key == _key(at, 0)
        await at.burst("j", "j", "k")
        assert table.cursor_key == _key(at, 1)

        name = at.one(f"SELECT receiver_name {SHOWN} {NEWEST_FIRST} LIMIT 1 OFFSET 30")
        await at.press("slash")
        # Letters and digits that are commands elsewhere are text here.
        await at.type(name)
        assert screen(at) is at.app.screen
        await at.press("enter")
        found = at.one(f"SELECT count(*) {SHOWN} AND (receiver_name LIKE ? OR sender_name LIKE ?)", name, name)
        await at.sees(f"{found} record")
        assert line.to("/order")[-1].query["keyword"] == name
        assert at.app.focused is screen(at).table

        await at.press("escape")
        await at.sees(f"{total} records")
        assert "keyword" not in line.to("/order")[-1].query

        await at.press("slash")
        await at.type("tidak ada 123")
        await at.press("enter")
        await at.sees("Nothing fits this question.")
        assert table.row_count == 0
        await at.press("enter", "y", "e")
        assert not at.asks()
        await at.press("slash", "escape")
        await at.sees(f"{total} records")


async def test_every_filter_of_the_api_is_in_the_form_and_is_sent(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    typed = {
        "order_source_id": "#3", "start_date": "01/11/2026", "end_date": "2026-11-20", "user_id": "#1",
        "bank_id": "#2", "warehouse_id": "#0", "customer_category_code": "N",
    }  # fmt: skip
    sent = {
        "payment_status": "UNPAID", "order_progress_status": "UNPAID", "order_category": "APP", "order_source_id": "3",
        "type": "ORDER_ID", "order_by": "ORDER_DATE", "start_date": "2026-11-01", "end_date": "2026-11-20",
        "user_id": "1", "bank_id": "2", "warehouse_id": "0", "customer_category_code": "N", "expedition_id": "1",
        "pickup": "0", "print_status": "Y", "product_type": "S",
    }  # fmt: skip
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.press("f")
        await at.until(at.focused)
        for name in sent:
            assert at.focused() == name
            if name in typed:
                await at.type(typed[name])
            else:
                await at.burst("right")
            if name != "product_type":
                await at.burst("tab")
        await at.press("ctrl+s")
        await at.rest()

        asked = line.to("/order")[-1].query
        assert asked == sent | {"per_page": "25", "pagination_offset": "1"}
        known = set(order.OrderQuery.model_fields) - {"keyword"}
        assert set(asked) == known, "a filter that the API has cannot be reached"
        await at.sees("Nothing fits this question.")

        # The form comes back as it was left, and a wrong day is told on its line without losing the rest.
        await at.press("f")
        await at.until(at.focused)
        await at.burst(*["tab"] * list(sent).index("start_date"), "end", *["backspace"] * 10, *"31/02/2026", "ctrl+s")
        await at.sees("Write a day as yyyy-mm-dd or dd/mm/yyyy.")
        assert at.focused() == "start_date"
        assert at.asks()
        before = len(line.to("/order"))
        await at.press("escape")
        assert len(line.to("/order")) == before

        await at.press("escape")
        total = at.one(f"SELECT count(*) {SHOWN}")
        await at.sees(f"{total} records")
        assert set(line.to("/order")[-1].query) == {"per_page", "pagination_offset"}

        # A keyword afterwards tells nothing of the filter that is gone.
        await at.press("slash")
        await at.type("a")
        await at.press("enter")
        await at.rest()
        assert "UNPAID ·" not in at.text()
        assert set(line.to("/order")[-1].query) == {"keyword", "per_page", "pagination_offset"}


async def test_where_it_is_wide_the_detail_follows_the_cursor_and_never_holds_it(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, size=(120, 36), wrap=line) as at:
        first, second, third = (
            at.one(f"SELECT po_number {SHOWN} {NEWEST_FIRST} LIMIT 1 OFFSET ?", index) for index in range(3)
        )
        await at.until(lambda: f"PO {first}" in detail(at) and "Receiver" in detail(at))
        assert "Money" in detail(at)

        line.hold("/order/detail", "/order/payment/history")
        await at.pilot.press("j", "j")
        assert screen(at).table.cursor_key == _key(at, 2)
        await at.until(lambda: f"PO {third}" in detail(at))
        line.release()
        await at.rest()
        assert f"PO {second}" not in detail(at)

        line.is_down = True
        await at.press("G")
        await at.sees("offline")
        assert screen(at).table.cursor_index > 200
        line.is_down = False
        await at.press("r")
        await at.until(lambda: screen(at).table.cursor_key is not None)


async def test_the_page_of_an_order_tells_all_there_is_and_its_values_can_be_copied(
    shop_db: sqlite3.Connection, tmp_path: Path
) -> None:
    chosen = shop_db.execute(
        f"SELECT * {SHOWN} AND awb_number IS NOT NULL AND payment_status = 'PAID' AND is_dropship = 1"
        f" AND EXISTS (SELECT 1 FROM tracking WHERE tracking.order_id = orders.order_id) {NEWEST_FIRST}"
    ).fetchone()
    async with desk(shop_db, tmp_path) as at:
        await at.press("slash")
        await at.type(str(chosen["po_number"]))
        await at.press("enter")
        await at.until(lambda: screen(at).table.cursor_key == str(chosen["order_id"]))
        await at.press("enter")
        await at.until(lambda: "Parcel" in detail(at))
        text = detail(at)
        for words in (
            f"PO {chosen['po_number']}",
            chosen["receiver_name"],
            chosen["receiver_phone"],
            chosen["sender_name"],
            chosen["awb_number"],
            chosen["shipping_logistic"],
            "Goods",
            "Money",
            "Payments",
            "Made",
        ):
            assert words in text, words
        assert "Rp" + f"{chosen['total_amount']:,}".replace(",", ".") in text
        for name, quantity in shop_db.execute(
            "SELECT name, quantity FROM order_line WHERE order_id = ?", (chosen["order_id"],)
        ):
            assert name.strip() in text
            assert f"{quantity} x" in text

        await at.press("pagedown", "y")
        await at.sees("Copy", f"AWB: {chosen['awb_number']}")
        await at.press("down", "enter")
        await at.hears(f"Sent to the terminal: {chosen['awb_number']}")
        assert at.app.clipboard == chosen["awb_number"]

        await at.press("escape")
        assert at.app.focused is screen(at).table
        await at.press("escape")
        await at.sees(f"{at.one(f'SELECT count(*) {SHOWN}')} records")


async def test_the_cursor_stays_on_its_order_while_somebody_else_makes_new_ones(
    shop_db: sqlite3.Connection, tmp_path: Path
) -> None:
    async with desk(shop_db, tmp_path) as at:
        total = at.one(f"SELECT count(*) {SHOWN}")
        await at.press("down", "down", "down")
        table = screen(at).table
        mine = table.cursor_key
        assert mine == _key(at, 3)

        await at.press("r")
        assert (table.cursor_key, table.cursor_index) == (mine, 3)

        for _again in range(2):
            await at.somebody_else(order.CREATE.parse(paid_with(shop_db, order_date=NOON.date().isoformat())))
        await at.press("r")
        await at.sees(f"{total + 2} records")
        assert (table.cursor_key, table.cursor_index) == (mine, 5)
        assert table.cursor_key == _key(at, 5)
        assert str(at.one(f"SELECT po_number {SHOWN} {NEWEST_FIRST}")) in at.text()

        await at.press("enter")
        await at.until(lambda: f"{mine}\n" in detail(at))
