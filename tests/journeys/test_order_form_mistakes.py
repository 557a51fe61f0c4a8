"""Mistakes in a new order: a clear sentence on the very field, the focus there, nothing typed lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.desk import desk
from tests.journeys.order_steps import (
    BAG,
    SHIRT,
    begin_order,
    choose_courier,
    choose_origin,
    choose_receiver,
    focused_field,
    form_of,
    go_to,
    last_order,
    open_form,
    orders_made,
    pick,
    scan,
    send,
    stocked,
    write,
)


@pytest.fixture
def shop(shop_db: sqlite3.Connection) -> sqlite3.Connection:
    return stocked(shop_db)


async def test_an_empty_order_says_what_it_wants(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await open_form(at)
        await at.press("f10")
        assert focused_field(at) == "customer_receiver_id"
        await at.sees("is required", "Scan what is ordered.")


async def test_text_in_a_number(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await begin_order(at)
        await go_to(at, "expedition.rate")
        await write(at, "12ribu")
        await at.press("f10")
        await at.sees("Write whole rupiah")
        assert focused_field(at) == "expedition.rate"
        assert form_of(at).sheet.text_of("expedition.rate") == "012ribu"


async def test_a_day_that_there_is_not_is_unfolded(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        form = await begin_order(at)
        await go_to(at, "fold.more")
        await at.press("space", "tab", *["backspace"] * 10)
        await write(at, "31/02/2026")
        await at.press("shift+tab", "space")
        assert form.sheet.fold.is_folded
        await at.press("f10")
        await at.sees("Write a day as yyyy-mm-dd", "31/02/2026")
        assert focused_field(at) == "order_date"


async def test_a_name_that_nobody_picked(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await begin_order(at)
        await go_to(at, "customer_sender_id")
        await write(at, "Dara")
        await at.rest()
        await at.press("f10")
        await at.sees("Nothing is chosen")
        assert focused_field(at) == "customer_sender_id"


async def test_a_code_that_was_typed_and_not_entered(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await begin_order(at)
        await go_to(at, "scan")
        await write(at, "CTH")
        await at.rest()
        await at.press("f10")
        await at.sees("This is not scanned yet")
        assert focused_field(at) == "scan"


async def test_a_payment_wants_day_account_and_amount(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await begin_order(at)
        await go_to(at, "payment")
        await at.press("space", "tab", "p", "f10")
        await at.sees("This goes with a payment that was made.")
        assert focused_field(at) == "payment.date"


async def test_the_server_refuses_an_amount_and_the_focus_goes_there(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        before = orders_made(at)
        await begin_order(at)
        await go_to(at, "payment")
        await at.press("space", "tab", "p", "tab")
        await write(at, "24/11/2026")
        await at.press("tab")
        await pick(at, "BCA")
        await go_to(at, "payment.amount")
        await write(at, "1000")
        await send(at)
        await at.sees("The amount must be the total")
        assert focused_field(at) == "payment.amount"
        assert orders_made(at) == before
        await at.press("backspace", "backspace", "backspace", "backspace")
        await write(at, "63000")
        await send(at)
        assert orders_made(at) == before + 1


async def test_another_suppliers_goods_ask_what_they_cost(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        form = await open_form(at)
        await choose_receiver(at)
        await choose_origin(at)
        await scan(at, SHIRT)
        assert not form.sheet.payment.cost_of_goods.display
        await scan(at, BAG)
        await at.sees("from another supplier")
        await choose_courier(at, "Pick-up")
        await at.press("f10")
        await at.sees("A line is another supplier's: say what the goods")
        assert focused_field(at) == "payment.cost_of_goods_sales"
        await write(at, "40000")
        await send(at)
        assert last_order(at)["cost_of_goods_sales"] == 40_000


async def test_a_line_problem_of_the_server_stands_below_its_line(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await begin_order(at, "MORE-01", SHIRT)
        shop.execute("UPDATE variation SET deleted_at = '2026-11-24 11:00:00' WHERE sku = ?", (SHIRT,))
        shop.commit()
        await send(at)
        form = form_of(at)
        problems = [line.problem for line in form.sheet.goods.shown_lines()]
        assert problems[0] == ""
        assert problems[1]
        assert form.sheet.goods.view.cursor_key == SHIRT
        assert focused_field(at) == "products"


async def test_rates_need_to_know_where_from(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await open_form(at)
        await go_to(at, "expedition.id")
        await at.rest()
        await at.sees("For the rates, choose the supplier", "Pick-up at the shop", "Manual input")


async def test_a_rate_that_is_no_longer_right_is_said(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        form = await open_form(at)
        await choose_receiver(at)
        await choose_origin(at)
        await scan(at, SHIRT)
        await choose_courier(at, "JNE REG")
        taken = form.sheet.courier.amounts[0]
        await scan(at, f"11*{SHIRT}")
        await at.sees("The rate is Rp")
        assert form.sheet.courier.amounts[0] == taken, "what was taken stays until a person takes another"
