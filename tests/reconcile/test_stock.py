"""Changes of stock: told by the history's reasons, pieces and warehouses, as closely as its sentences tell the time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ngorder_tui import clock
from tests.conftest import NOON
from tests.desk import change
from tests.reconcile.intents import added, transfer
from tests.reconcile.till import Till
from tests.sandbox.ordering import goods_in_stock

UPDATE = "product.update_stock"
LAST = "id = (SELECT max(id) FROM stock_history)"


def _two_warehouses(till: Till, **more: Any) -> dict[str, Any]:
    goods = goods_in_stock(till.db)
    other = till.one("SELECT id FROM warehouse WHERE is_active = 1 AND id <> ? ORDER BY id", goods.warehouse_id)
    stock = [
        {"amount": 2, "status": "SUB", "warehouse_id": goods.warehouse_id},
        {"amount": 2, "status": "ADD", "warehouse_id": other},
    ]
    return {"variation_id": goods.variation_id, "stock": stock, "description": "dibagi dua", **more}


async def test_what_was_taken_is_told_from_what_was_added(till: Till) -> None:
    taken = added(till.db)
    taken["stock"][0]["status"] = "SUB"
    await till.write(UPDATE, taken, "nothing")
    put = await till.write(UPDATE, added(till.db), "before")
    assert (await till.look(put)).verdict == "not seen"


@pytest.mark.parametrize("more", [{}, {"move_warehouse_stock": True}])
async def test_a_change_of_two_warehouses_is_found_whole(till: Till, more: dict[str, Any]) -> None:
    arguments = _two_warehouses(till, **more)
    number = await till.write(UPDATE, arguments, "after")
    evidence = await till.look(number)
    assert (evidence.verdict, evidence.found) == ("landed", (str(arguments["variation_id"]),))
    assert "+2" in evidence.lines[1]
    assert "-2" in evidence.lines[1]


async def test_a_half_of_it_is_shown_as_that(till: Till) -> None:
    number = await till.write(UPDATE, _two_warehouses(till), "after")
    change(till.db, f"UPDATE stock_history SET description = 'lain' WHERE {LAST}")
    evidence = await till.look(number)
    assert evidence.verdict == "ambiguous"
    assert any("only a part of it" in line for line in evidence.lines)


async def test_the_same_change_of_this_morning_is_not_it(till: Till) -> None:
    await till.write(UPDATE, {**added(till.db), "description": "salah hitung"}, "nothing")
    change(till.db, f"UPDATE stock_history SET at = '2026-11-24 09:00:00', description = 'ketemu di rak' WHERE {LAST}")
    number = await till.write(UPDATE, added(till.db), "before")
    evidence = await till.look(number)
    assert evidence.verdict == "not seen"
    assert "there before" in evidence.lines[-1]
    assert "3 jam yang lalu" in evidence.lines[-1]


async def test_hours_later_the_history_is_too_coarse(till: Till) -> None:
    number = await till.write(UPDATE, added(till.db), "after")
    clock.stop_at(NOON + timedelta(minutes=90))
    evidence = await till.look(number)
    assert evidence.verdict == "ambiguous"
    assert any("not told closely enough" in line for line in evidence.lines)


async def test_another_reason_is_another_change(till: Till) -> None:
    await till.write(UPDATE, {**added(till.db), "description": "retur"}, "nothing")
    number = await till.write(UPDATE, added(till.db), "before")
    assert (await till.look(number)).verdict == "not seen"


async def test_a_set_stock_that_has_moved_since_leaves_it_open(till: Till) -> None:
    goods = goods_in_stock(till.db)
    number = await till.write("product.sync_stock", {"variation_id": goods.variation_id, "amount": 50}, "after")
    await till.write(UPDATE, added(till.db), "nothing")
    evidence = await till.look(number)
    assert evidence.verdict == "ambiguous"
    assert "has 53 in stock; it was set to 50" in evidence.lines[0]
    assert any("ketemu di rak" in line for line in evidence.lines)


async def test_a_transfer_with_other_lines_or_another_description_is_another(till: Till) -> None:
    await till.write("stock_transfer.create", transfer(till.db, 2), "nothing")
    await till.write("stock_transfer.create", {**transfer(till.db), "description": "lain"}, "nothing")
    number = await till.write("stock_transfer.create", transfer(till.db), "before")
    assert (await till.look(number)).verdict == "not seen"


async def test_a_transfer_from_before_is_shown_and_not_taken_for_it(till: Till) -> None:
    number = await till.write("stock_transfer.create", transfer(till.db), "after")
    change(
        till.db,
        "UPDATE stock_transfer SET created_at = '2026-11-24 10:00:00' WHERE id = (SELECT max(id) FROM stock_transfer)",
    )
    evidence = await till.look(number)
    assert evidence.verdict == "not seen"
    assert "isi rak depan" in evidence.lines[-1]
