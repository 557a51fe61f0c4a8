"""Records of short lists: told by their values, each in the list's own spelling."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ngorder_tui.api.endpoint import find
from ngorder_tui.reconcile.desk import reconcile
from ngorder_tui.session import Session
from tests.desk import session_at
from tests.line import Line
from tests.reconcile.intents import CREATES
from tests.reconcile.till import Till

LUNCH = {"title": "Makan", "nominal": 45000, "note": "tiga orang", "qty": 3, "date": "2026-11-23"}


async def _no_wait(_seconds: float) -> None:
    return


async def test_the_one_with_the_same_name_and_phone_is_shown_though_something_differs(till: Till) -> None:
    arguments = CREATES["supplier.create"](till.db)
    await till.write("supplier.create", {**arguments, "addess": "Jl. Lain 9", "description": "lama"}, "nothing")
    till.db.execute("UPDATE supplier SET id = id + 1000 WHERE name = 'Gudang Uji'")
    till.db.commit()
    number = await till.write("supplier.create", arguments, "before")
    evidence = await till.look(number)
    assert evidence.verdict == "ambiguous"
    assert any("different: address" in line for line in evidence.lines)


async def test_a_customer_of_before_is_not_the_new_one(till: Till) -> None:
    arguments = CREATES["customer.create"](till.db)
    await till.write("customer.create", arguments, "nothing")
    till.db.execute(
        "UPDATE customer SET id = id + 1000, created_at = '2026-11-01 08:00:00' WHERE name = 'Warung Uji Coba'"
    )
    till.db.commit()
    number = await till.write("customer.create", arguments, "before")
    assert (await till.look(number)).verdict == "not seen"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"phone": "081100000077"}, "landed"),
        ({"email": "uji@contoh.example"}, "landed"),
        ({"is_active": "N"}, "cannot tell"),
    ],
)
async def test_whatever_was_changed_about_a_customer(till: Till, changes: dict[str, Any], verdict: str) -> None:
    customer = till.one("SELECT max(id) FROM customer WHERE deleted_at IS NULL")
    number = await till.write("customer.update", {"customer_id": customer, **changes}, "after")
    assert (await till.look(number)).verdict == verdict


async def test_a_record_that_is_gone_meanwhile_tells_nothing(till: Till) -> None:
    cost = till.one("SELECT min(order_cost_id) FROM order_cost")
    number = await till.write("order_cost.update", {"order_cost_id": cost, "name": "Baru"}, "before")
    await till.write("order_cost.delete", {"order_cost_id": cost}, "nothing")
    assert (await till.look(number)).verdict == "cannot tell"


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
async def session(shop_db: sqlite3.Connection, tmp_path: Path, line: Line) -> AsyncIterator[Session]:
    async with session_at(shop_db, tmp_path, wrap=line) as session:
        yield session


@pytest.mark.parametrize(
    ("shown", "verdict"),
    [
        ([{**LUNCH, "id": 4, "nominal": "Rp45.000", "date": "2026-11-23 08:00:00"}], "landed"),
        ([{**LUNCH, "id": 4}, {**LUNCH, "id": 5}], "ambiguous"),
        ([{**LUNCH, "id": 4, "nominal": 46000}], "not seen"),
        ([], "not seen"),
    ],
)
async def test_an_expense_is_sought_among_those_of_its_day(
    session: Session, line: Line, shown: list[dict[str, Any]], verdict: str
) -> None:
    line.meets("/expense", httpx.ReadError)
    number = (await session.write(find("expense.create").parse(LUNCH), "makan")).number
    line.meets("/expense", httpx.Response(200, json={"data": shown}))
    evidence = await reconcile(session, number, sleep=_no_wait)
    assert evidence.verdict == verdict
    assert line.asked[-1].query["start_date"] == line.asked[-1].query["end_date"] == "2026-11-23"


async def test_an_expense_that_was_changed(session: Session, line: Line) -> None:
    line.meets("/expense", httpx.ReadError)
    number = (await session.write(find("expense.update").parse({**LUNCH, "id": 4}), "makan")).number
    for title, verdict in (("Makan", "landed"), ("Minum", "not seen")):
        line.meets("/expense", httpx.Response(200, json={"data": [{**LUNCH, "id": 4, "title": title}]}))
        assert (await reconcile(session, number, sleep=_no_wait)).verdict == verdict


async def test_a_row_that_cannot_be_read_may_be_the_one(session: Session, line: Line) -> None:
    call = find("order_cost.create").parse({"category": "DISCOUNT", "name": "Uji", "type": "NOMINAL", "nominal": 1})
    line.meets("/order-cost/create", httpx.ReadError)
    number = (await session.write(call, "potongan")).number
    line.meets("/order-cost", httpx.Response(200, json={"data": [{"name": "tanpa id"}]}))
    evidence = await reconcile(session, number, sleep=_no_wait)
    assert evidence.verdict == "cannot tell"
    assert evidence.lines[-1] == "Not all that is there could be read."
