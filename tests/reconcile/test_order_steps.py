"""What is done to an order: its waybill, payments, end and return."""

from __future__ import annotations

import pytest

from tests.desk import change
from tests.reconcile.intents import CHANGES, TODAY, active, installment
from tests.reconcile.till import Till


async def test_another_waybill_number_is_named(till: Till) -> None:
    arguments = CHANGES["order.add_awb"](till.db)
    number = await till.write("order.add_awb", arguments, "before")
    assert "has no air waybill number" in (await till.look(number)).lines[0]
    change(till.db, "UPDATE orders SET awb_number = 'LAIN-7' WHERE order_id = ?", arguments["id"])
    evidence = await till.look(number)
    assert evidence.verdict == "not seen"
    assert "LAIN-7" in evidence.lines[0]


@pytest.mark.parametrize("id", ["order.add_awb", "order_cancel.create", "order_cancel.restore"])
async def test_an_order_that_is_in_no_list_tells_nothing(till: Till, id: str) -> None:
    arguments = CHANGES[id](till.db)
    number = await till.write(id, arguments, "before")
    change(till.db, "UPDATE orders SET order_status = 'REJECTED' WHERE order_id = ?", arguments["id"])
    assert (await till.look(number)).verdict == "cannot tell"


async def test_a_payment_of_all_that_was_left(till: Till) -> None:
    order_id = active(till.db, "payment_status = 'UNPAID' AND product_status = 'S'")
    arguments = {"id": order_id, "payment": {"status": "PAID", "date": TODAY, "bank_id": 11}}
    number = await till.write("order.update_payment", arguments, "after")
    evidence = await till.look(number)
    assert evidence.verdict == "landed"
    assert evidence.found == (str(till.one("SELECT max(id) FROM order_payment")),)


async def test_a_payment_from_before_or_of_another_amount_is_not_it(till: Till) -> None:
    await till.write("order.update_payment", installment(till.db), "nothing")
    order_id = till.one("SELECT order_id FROM order_payment ORDER BY id DESC")
    change(till.db, "UPDATE order_payment SET created_at = '2026-11-24 09:00:00' WHERE order_id = ?", order_id)
    sent = {"id": order_id, "payment": {"status": "INSTALLMENT", "date": TODAY, "bank_id": 11}}
    for amount in (1000, 1500):
        arguments = {**sent, "payment": {**sent["payment"], "amount": amount}}
        number = await till.write("order.update_payment", arguments, "before")
        assert (await till.look(number)).verdict == "not seen"


async def test_a_payment_to_another_account_is_shown(till: Till) -> None:
    number = await till.write("order.update_payment", installment(till.db), "after")
    other = till.one("SELECT max(bank_id) FROM bank WHERE bank_id <> 11")
    change(
        till.db,
        "UPDATE order_payment SET bank_id = ?, paid_at = '2026-11-20' WHERE id = (SELECT max(id) FROM order_payment)",
        other,
    )
    evidence = await till.look(number)
    assert evidence.verdict == "ambiguous"
    assert any("different: account, day" in line for line in evidence.lines)


async def test_payments_that_came_after_a_deletion_leave_it_open(till: Till) -> None:
    arguments = CHANGES["order.delete_installment_history"](till.db)
    number = await till.write("order.delete_installment_history", arguments, "before")
    change(
        till.db,
        "UPDATE order_payment SET created_at = '2026-11-24 12:01:00' WHERE order_id = ?",
        arguments["order_id"],
    )
    assert (await till.look(number)).verdict == "ambiguous"


async def test_a_canceled_order_is_found_however_many_there_are(till: Till) -> None:
    arguments = CHANGES["order_cancel.create"](till.db)
    change(
        till.db,
        "UPDATE orders SET order_status = 'CANCELED' WHERE order_id IN"
        " (SELECT order_id FROM orders WHERE order_id <> ? ORDER BY order_id DESC LIMIT 120)",
        arguments["id"],
    )
    change(till.db, "UPDATE orders SET order_date = '2026-01-01' WHERE order_id = ?", arguments["id"])
    number = await till.write("order_cancel.create", arguments, "after")
    assert (await till.look(number)).verdict == "landed"
