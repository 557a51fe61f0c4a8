"""A decision on a web store's payment: told by where each of its orders stands."""

from __future__ import annotations

from tests.desk import change
from tests.reconcile.intents import decided
from tests.reconcile.till import Till

CONFIRM = "storefront.confirm_orders"


async def test_rejections_land_among_the_rejected(till: Till) -> None:
    arguments = decided(till.db, "REJECT")
    number = await till.write(CONFIRM, arguments, "after")
    evidence = await till.look(number)
    assert evidence.verdict == "landed"
    assert evidence.found == tuple(str(order["id"]) for order in arguments["orders"])
    assert "not in the queue any more" in evidence.lines[0]
    assert "rejected" in evidence.lines[1]


async def test_while_they_wait_nothing_was_decided(till: Till) -> None:
    number = await till.write(CONFIRM, decided(till.db, "ACCEPT"), "before")
    evidence = await till.look(number)
    assert evidence.verdict == "not seen"
    assert "still in the queue" in evidence.lines[0]
    assert "still waits" in evidence.lines[1]


async def test_what_somebody_else_decided_otherwise_is_said(till: Till) -> None:
    number = await till.write(CONFIRM, decided(till.db, "ACCEPT"), "before")
    await till.write(CONFIRM, decided(till.db, "REJECT"), "nothing")
    evidence = await till.look(number)
    assert (evidence.verdict, evidence.found) == ("ambiguous", ())
    assert "not what was decided here" in evidence.lines[1]


async def test_a_decision_done_in_part_is_left_to_a_person(till: Till) -> None:
    payment_id = till.one(
        "SELECT privor_payment_id FROM orders JOIN privor_payment ON payment_id = privor_payment_id"
        " WHERE decided_at IS NULL AND payment_status_code = 3 GROUP BY 1 HAVING count(*) > 1"
    )
    ids = [row[0] for row in till.db.execute("SELECT order_id FROM orders WHERE privor_payment_id = ?", (payment_id,))]
    both = {"id": payment_id, "orders": [{"id": order_id, "action": "REJECT"} for order_id in ids]}
    number = await till.write(CONFIRM, both, "before")
    await till.write(CONFIRM, {**both, "orders": both["orders"][:1]}, "nothing")
    evidence = await till.look(number)
    assert (evidence.verdict, evidence.found) == ("ambiguous", (str(ids[0]),))


async def test_orders_that_are_nowhere_tell_nothing(till: Till) -> None:
    arguments = decided(till.db, "ACCEPT")
    number = await till.write(CONFIRM, arguments, "before")
    for order in arguments["orders"]:
        change(till.db, "UPDATE orders SET order_status = 'EXPIRED' WHERE order_id = ?", order["id"])
    assert (await till.look(number)).verdict == "cannot tell"
