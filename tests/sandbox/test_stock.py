from __future__ import annotations

import sqlite3

import pytest

from ngorder_tui.sandbox import stock
from ngorder_tui.sandbox.answering import Shop
from tests.sandbox.asking import NOW
from tests.sandbox.ordering import Goods, check_laws, goods_in_stock, stock_of


@pytest.fixture
def desk(db: sqlite3.Connection) -> Shop:
    return Shop(db, now=lambda: NOW, user_id=8, language="en", url="http://sandbox", request_id="1")


def test_a_move_writes_its_line_of_history(desk: Shop) -> None:
    goods = goods_in_stock(desk.db)
    left = stock.move(desk, goods.variation_id, goods.warehouse_id, -2, "manual", "Rusak", stock_opname_id=7)
    assert (
        left == stock_of(desk.db, goods) == stock.held(desk, goods.variation_id, goods.warehouse_id) == goods.stock - 2
    )
    history = desk.need("", "", "SELECT * FROM stock_history ORDER BY id DESC")
    assert [history[name] for name in ("user_id", "reason", "description", "stock_in", "stock_out", "old", "last")] == [
        8, "manual", "Rusak", 0, 2, goods.stock, goods.stock - 2,
    ]  # fmt: skip
    assert (history["at"], history["stock_opname_id"], history["order_id"]) == ("2026-03-18 10:30:00", 7, None)
    check_laws(desk.db)


def test_a_first_move_to_a_warehouse(desk: Shop) -> None:
    goods = goods_in_stock(desk.db)
    desk.insert("warehouse", id=88, warehouse="Gudang Baru", supplier_id=21)
    assert stock.held(desk, goods.variation_id, 88) == 0
    assert stock.move(desk, goods.variation_id, 88, 4, "transfer", "Dari sana", stock_transfer_id=3) == 4
    check_laws(desk.db)


def test_nothing_goes_below_zero(desk: Shop) -> None:
    goods = goods_in_stock(desk.db)
    lines = desk.number("SELECT count(*) FROM stock_history")
    with pytest.raises(stock.ShortStock) as caught:
        stock.move(desk, goods.variation_id, goods.warehouse_id, -goods.stock - 1, "order", "Order")
    assert (caught.value.variation_id, caught.value.warehouse_id) == (goods.variation_id, goods.warehouse_id)
    assert caught.value.held == goods.stock
    assert caught.value.message == caught.value.sentence
    assert f"holds only {goods.stock} of" in caught.value.sentence
    assert desk.number("SELECT count(*) FROM stock_history") == lines
    assert stock.move(desk, goods.variation_id, goods.warehouse_id, -goods.stock, "order", "Order") == 0


def test_a_move_of_nothing_leaves_no_trace(desk: Shop) -> None:
    goods: Goods = goods_in_stock(desk.db)
    lines = desk.number("SELECT count(*) FROM stock_history")
    assert stock.move(desk, goods.variation_id, goods.warehouse_id, 0, "sync", "Sama") == goods.stock
    assert desk.number("SELECT count(*) FROM stock_history") == lines
