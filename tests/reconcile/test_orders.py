"""Which order is the one that was sent: by receiver, goods, total, day and note."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ngorder_tui.api.chapters import order
from ngorder_tui.reconcile.desk import reconcile
from ngorder_tui.sandbox.faults import Faults
from tests.conftest import NOON
from tests.desk import change, session_in, settings_in, shop_of
from tests.reconcile.intents import CHANGES, new_order
from tests.reconcile.till import Till
from tests.sandbox.ordering import customer_of, goods_in_stock, line, payment


async def test_the_demos_own_commit_then_drop(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    session = session_in(settings_in(tmp_path), shop_of(shop_db, Faults(drop_after_commit=1.0)))
    receipt = await session.write(order.CREATE.parse(new_order(shop_db)), "pesanan")
    assert receipt.state == "unknown"
    evidence = await reconcile(session, receipt.number)
    made = shop_db.execute("SELECT * FROM orders ORDER BY order_id DESC").fetchone()
    assert (evidence.verdict, evidence.found) == ("landed", (str(made["order_id"]),))
    assert f"PO {made['po_number']}" in evidence.lines[1]
    assert made["receiver_name"] in evidence.lines[1]
    assert "24 Nov 2026 12:00" in evidence.lines[1]
    await session.close()


@pytest.mark.parametrize(
    "more",
    [
        {"order_cost": [{"name": "Diskon", "category": "DISCOUNT", "type": "PERCENTAGE", "percentage": 7}]},
        {"order_cost": [
            {"name": "Bungkus", "category": "OTHER COST", "type": "NOMINAL", "nominal": 3500},
            {"name": "Asuransi", "category": "INSURANCE", "type": "NOMINAL", "nominal": 1234},
        ]},
        {"note": "  titip   satpam "},
        {"expedition": {"id": 349, "rate": 9000, "name": "SAP", "auto_pickup": False, "discount_promo": 4000}},
        {"payment": payment("INSTALLMENT", 1000, date=NOON.date().isoformat())},
        {"order_date": (NOON.date() - timedelta(days=3)).isoformat()},
    ],
)  # fmt: skip
async def test_whatever_makes_the_total_it_is_found(till: Till, more: dict[str, Any]) -> None:
    number = await till.write("order.create", new_order(till.db, **more), "after")
    evidence = await till.look(number)
    assert evidence.verdict == "landed", evidence


async def test_discounts_of_lines_count(till: Till) -> None:
    goods = goods_in_stock(till.db, 40)
    for discount in (
        {"type": "PERCENTAGE", "percentage": 13},
        {"type": "NOMINAL", "nominal": 777},
    ):
        arguments = {**new_order(till.db), "products": [line(goods, 3, **discount)]}
        evidence = await till.look(await till.write("order.create", arguments, "after"))
        assert evidence.verdict == "landed", evidence


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        ("note = 'untuk orang lain'", "note"),
        ("total_amount = total_amount + 500", "total"),
        ("customer_sender_id = (SELECT max(id) FROM customer WHERE deleted_at IS NULL)", "sender"),
        ("order_date = '2026-11-20'", "date"),
    ],
)
async def test_an_order_that_differs_in_something_is_shown_and_not_taken_for_it(
    till: Till, sql: str, word: str
) -> None:
    number = await till.write("order.create", new_order(till.db, note="cepat"), "after")
    change(till.db, f"UPDATE orders SET {sql} WHERE order_id = (SELECT max(order_id) FROM orders)")
    evidence = await till.look(number)
    assert evidence.verdict == "ambiguous"
    assert any(f"(different: {word})" in line for line in evidence.lines)


async def test_other_goods_or_another_receiver_are_another_order(till: Till) -> None:
    await till.write("order.create", new_order(till.db, qty=3), "nothing")
    other = customer_of(till.db, "Y")
    await till.write("order.create", new_order(till.db, customer_receiver_id=other), "nothing")
    number = await till.write("order.create", new_order(till.db), "before")
    assert (await till.look(number)).verdict == "not seen"


@pytest.mark.parametrize(
    ("created_at", "verdict", "words"),
    [
        ("2026-11-24 11:30:00", "not seen", "there before"),
        ("2026-11-24 11:56:00", "landed", "It is there"),
        ("2026-11-24 12:40:00", "ambiguous", "long after"),
    ],
)
async def test_when_the_server_made_it_counts(till: Till, created_at: str, verdict: str, words: str) -> None:
    number = await till.write("order.create", new_order(till.db), "after")
    change(till.db, "UPDATE orders SET created_at = ? WHERE order_id = (SELECT max(order_id) FROM orders)", created_at)
    evidence = await till.look(number)
    assert evidence.verdict == verdict
    assert any(words in line for line in evidence.lines)


async def test_it_is_found_on_the_second_page_of_a_busy_day(till: Till) -> None:
    number = await till.write("order.create", new_order(till.db), "after")
    made = till.one("SELECT max(order_id) FROM orders")
    change(till.db, "UPDATE orders SET created_at = '2026-11-24 11:59:00' WHERE order_id = ?", made)
    others = "order_id IN (SELECT order_id FROM orders WHERE order_id <> ? ORDER BY order_id DESC LIMIT 130)"
    change(till.db, f"UPDATE orders SET created_at = '2026-11-24 12:00:00' WHERE {others}", made)
    evidence = await till.look(number)
    assert (evidence.verdict, evidence.found) == ("landed", (str(made),))


async def test_two_alike_but_for_their_notes_are_told_apart(till: Till) -> None:
    first = await till.write("order.create", new_order(till.db, note="meja 1"), "after")
    second = await till.write("order.create", new_order(till.db, note="meja 2"), "after")
    one, other = await till.look(first), await till.look(second)
    assert (one.verdict, other.verdict) == ("landed", "landed")
    assert one.found != other.found


async def test_an_update_is_told_by_what_the_order_is_now(till: Till) -> None:
    arguments = CHANGES["order.update"](till.db)
    number = await till.write("order.update", arguments, "before")
    evidence = await till.look(number)
    assert evidence.verdict == "not seen"
    assert "note" in evidence.lines[0]
    change(till.db, "UPDATE orders SET order_status = 'CANCELED' WHERE order_id = ?", arguments["order_id"])
    assert (await till.look(number)).verdict == "cannot tell"
