"""The outbox: held writes are sent in order, once, by one sender, and only as long as they fit what is so now."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from ngorder_tui import clock
from ngorder_tui.api.chapters import bank, order, stock_transfer, storefront, supplier
from ngorder_tui.api.endpoint import Call
from ngorder_tui.api.errors import Invalid, Throttled
from ngorder_tui.api.models import Reply
from ngorder_tui.outbox import LOOK_AGAIN, REST, Outbox, Outcome
from ngorder_tui.session import Session
from ngorder_tui.store.journal import IllegalStep, State
from tests.conftest import NOON
from tests.desk import change, eventually, session_at, session_in, settings_in, shop_of
from tests.line import Asked, Line
from tests.reconcile.intents import installment, new_order, transfer
from tests.sandbox.ordering import Goods, goods_in_stock

CREATE = "/supplier/create"


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
async def session(shop_db: sqlite3.Connection, tmp_path: Path, line: Line) -> AsyncIterator[Session]:
    async with session_at(shop_db, tmp_path, wrap=line) as session:
        yield session


@pytest.fixture
def outbox(session: Session) -> Outbox:
    return Outbox(session)


def supplier_named(db: sqlite3.Connection, name: str) -> Call[Reply[supplier.SavedSupplier]]:
    district = db.execute("SELECT min(id) FROM district").fetchone()[0]
    return supplier.CREATE.parse(
        {"name": name, "district_id": district, "addess": "Jl. Uji 1", "phone": "081100000001", "description": "-"}
    )


def made(db: sqlite3.Connection) -> list[str]:
    return [row[0] for row in db.execute("SELECT name FROM supplier WHERE name LIKE 'Uji %' ORDER BY id")]


async def hold(outbox: Outbox, db: sqlite3.Connection, *names: str) -> list[int]:
    return [await outbox.hold(supplier_named(db, name), name) for name in names]


async def state(session: Session, n: int) -> State:
    return (await session.store.journal.get(n)).state


async def test_what_is_held_is_on_disk_and_sent_in_the_order_that_a_person_gave_it(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with session_at(shop_db, tmp_path, wrap=line) as before:
        first, second, third = await hold(Outbox(before), shop_db, "Uji 1", "Uji 2", "Uji 3")
        assert before.unsettled == 3
    assert line.asked == []

    async with session_at(shop_db, tmp_path, wrap=line) as session:
        outbox = Outbox(session)
        assert [one.intent.n for one in await outbox.waiting()] == [first, second, third]
        assert await outbox.move(third, -1)
        assert await outbox.move(third, -1)
        assert not await outbox.move(third, -1)
        assert await outbox.move(first, 1)
        assert not await outbox.move(first, 1)
        assert [one.intent.n for one in await outbox.waiting()] == [third, second, first]
        assert await outbox.send_due() is None
        assert made(shop_db) == ["Uji 3", "Uji 2", "Uji 1"]
        assert await outbox.waiting() == ()
        assert (outbox.count, session.unsettled) == (0, 0)
        assert await outbox.send_due() is None
        assert len(line.to(CREATE)) == 3


async def test_a_dead_line_stops_at_the_first_and_nothing_is_lost(
    session: Session, outbox: Outbox, shop_db: sqlite3.Connection, line: Line
) -> None:
    numbers = await hold(outbox, shop_db, "Uji 1", "Uji 2")
    line.is_down = True
    # Without a line there is no moment to come back at: the line's return says so.
    assert await outbox.send_due() is None
    assert [await state(session, n) for n in numbers] == ["queued", "queued"]
    first, second = await outbox.waiting()
    assert ("cannot be reached" in first.why, second.why) == (True, "")
    line.is_down = False
    await outbox.send_due()
    assert made(shop_db) == ["Uji 1", "Uji 2"]


async def test_a_busy_server_is_asked_again_when_it_said_and_the_order_is_kept(
    session: Session, outbox: Outbox, shop_db: sqlite3.Connection, line: Line
) -> None:
    first, second = await hold(outbox, shop_db, "Uji 1", "Uji 2")
    line.meets(CREATE, httpx.Response(429, headers={"Retry-After": "45"}))
    assert await outbox.send_due() == NOON + timedelta(seconds=45)
    assert [one.not_before for one in await outbox.waiting()] == [NOON + timedelta(seconds=45), None]
    line.clears(CREATE)
    asked = len(line.asked)

    clock.stop_at(NOON + timedelta(seconds=44))
    assert await outbox.send_due() == NOON + timedelta(seconds=45)
    assert (len(line.asked), made(shop_db)) == (asked, [])
    clock.stop_at(NOON + timedelta(seconds=45))
    assert await outbox.send_due() is None
    assert made(shop_db) == ["Uji 1", "Uji 2"]
    assert [await state(session, n) for n in (first, second)] == ["done", "done"]


async def test_what_is_held_after_429_waits_as_long_as_the_server_said(
    outbox: Outbox, shop_db: sqlite3.Connection, line: Line
) -> None:
    number = await outbox.hold(supplier_named(shop_db, "Uji 1"), "Uji 1", error=Throttled("busy", 90.0))
    assert await outbox.send_due() == NOON + timedelta(seconds=90)
    assert line.asked == []
    # A person may try sooner: nothing is done twice by that.
    assert (await outbox.send_now(number)).fate == "done"


async def test_two_sessions_on_one_journal_send_each_write_once(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    settings = settings_in(tmp_path)
    sessions = [session_in(settings, shop_of(shop_db), wrap=line) for _ in range(2)]
    boxes = [Outbox(session) for session in sessions]
    names = [f"Uji {number}" for number in range(6)]
    await hold(boxes[0], shop_db, *names)
    for _turn in range(8):
        await asyncio.gather(*(box.send_due() for box in boxes))
    assert made(shop_db) == names
    assert len(line.to(CREATE)) == len(names)

    # While one has it, the other looks again later and takes nothing, and a person's key does not double it.
    (number, _later) = await hold(boxes[0], shop_db, "Uji 7", "Uji 8")
    line.hold(CREATE)
    sending = asyncio.create_task(boxes[0].send_due())
    await eventually(lambda: len(line.to(CREATE)) == len(names) + 1)
    assert await boxes[1].send_due() == NOON + LOOK_AGAIN
    assert (await boxes[1].send_now(number)).fate == "gone"
    line.release()
    await sending
    assert made(shop_db) == [*names, "Uji 7", "Uji 8"]
    for session in sessions:
        await session.close()


async def test_taken_by_somebody_else_after_the_look_it_is_not_sent(
    session: Session, outbox: Outbox, shop_db: sqlite3.Connection, line: Line
) -> None:
    (number,) = await hold(outbox, shop_db, "Uji 1")
    call = supplier_named(shop_db, "Uji 1")
    await session.store.journal.settle(number, "sending")
    await session.store.journal.settle(number, "unknown")
    with pytest.raises(IllegalStep):
        await session.send_queued(number, call)
    assert (await outbox.send_now(number)).fate == "gone"
    assert (line.to(CREATE), await state(session, number)) == ([], "unknown")


async def test_dropped_it_is_never_sent(outbox: Outbox, shop_db: sqlite3.Connection, line: Line) -> None:
    first, _second = await hold(outbox, shop_db, "Uji 1", "Uji 2")
    await outbox.drop(first)
    await outbox.send_due()
    assert made(shop_db) == ["Uji 2"]
    assert len(line.to(CREATE)) == 1


async def test_held_by_a_person_it_waits_while_the_others_go(outbox: Outbox, shop_db: sqlite3.Connection) -> None:
    first, second = await hold(outbox, shop_db, "Uji 1", "Uji 2")
    await outbox.set_held(first, True)
    await outbox.send_due()
    assert made(shop_db) == ["Uji 2"]
    await outbox.set_held(first, False)
    await outbox.send_due()
    assert made(shop_db) == ["Uji 2", "Uji 1"]
    assert second > first


async def test_by_hand_nothing_goes_by_itself_at_this_start_and_the_next(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with session_at(shop_db, tmp_path, wrap=line) as session:
        outbox = Outbox(session)
        first, _second = await hold(outbox, shop_db, "Uji 1", "Uji 2")
        await outbox.set_by_hand(True)
        assert await outbox.send_due() is None
    async with session_at(shop_db, tmp_path, wrap=line) as session:
        outbox = Outbox(session)
        assert await outbox.send_due() is None
        assert line.to(CREATE) == []
        assert (await outbox.send_now(first)).fate == "done"
        assert made(shop_db) == ["Uji 1"]
        await outbox.set_by_hand(False)
        await outbox.send_due()
        assert made(shop_db) == ["Uji 1", "Uji 2"]


async def test_a_read_only_session_sends_nothing_at_all(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with session_at(shop_db, tmp_path, wrap=line) as session:
        (number,) = await hold(Outbox(session), shop_db, "Uji 1")
    async with session_at(shop_db, tmp_path, wrap=line, read_only=True) as session:
        outbox = Outbox(session, is_read_only=True)
        assert await outbox.send_due() is None
        outcome = await outbox.send_now(number)
        assert (outcome.fate, "read-only" in outcome.sentence) == ("waits", True)
        assert await state(session, number) == "queued"
    assert line.asked == []


async def test_a_secret_is_not_held(outbox: Outbox, session: Session) -> None:
    given = {"bank_type": "BCA", "account_number": "0001112223", "holder_name": "Pemilik Uji", "branch": "Uji"}
    call = bank.CREATE.parse({**given, "username": "masuk-uji", "pin": "pin-5150"})
    with pytest.raises(Invalid, match="secret"):
        await outbox.hold(call, "rekening")
    assert await session.store.journal.history(5) == ()


async def test_an_unknown_answer_stops_the_rest_for_a_while_and_is_not_sent_again(
    session: Session, outbox: Outbox, shop_db: sqlite3.Connection, line: Line
) -> None:
    told: list[Outcome] = []
    outbox.listen(told.append)
    first, second = await hold(outbox, shop_db, "Uji 1", "Uji 2")
    line.meets(CREATE, httpx.Response(500))
    assert await outbox.send_due() == NOON + REST
    assert [await state(session, n) for n in (first, second)] == ["unknown", "queued"]
    line.clears(CREATE)
    clock.stop_at(NOON + REST)
    assert await outbox.send_due() is None
    assert made(shop_db) == ["Uji 2"]
    assert await state(session, first) == "unknown"
    assert [(one.n, one.fate) for one in told] == [(first, "unknown"), (second, "done")]
    assert f"no. {first}" in told[0].sentence


async def test_refused_it_leaves_the_outbox_and_the_next_goes(
    session: Session, outbox: Outbox, shop_db: sqlite3.Connection, line: Line
) -> None:
    first, _second = await hold(outbox, shop_db, "Uji 1", "Uji 2")

    async def refuse_one(asked: Asked) -> httpx.Response | None:
        return httpx.Response(422, json={"message": {"name": ["is taken"]}}) if asked.body["name"] == "Uji 1" else None

    line.meets(CREATE, refuse_one)
    await outbox.send_due()
    assert await state(session, first) == "refused"
    assert made(shop_db) == ["Uji 2"]


async def test_killed_in_the_middle_it_is_unknown_and_not_sent_by_itself(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    settings = settings_in(tmp_path)
    session = session_in(settings, shop_of(shop_db), wrap=line)
    (number,) = await hold(Outbox(session), shop_db, "Uji 1")
    await session.store.journal.settle(number, "sending")
    await session.close()

    async with session_at(shop_db, tmp_path, wrap=line) as session:
        await session.start()
        outbox = Outbox(session)
        assert await outbox.send_due() is None
        assert (await state(session, number), outbox.count, session.unsettled) == ("unknown", 0, 1)
        assert [one.intent.n for one in await outbox.open_writes()] == [number]
    assert line.to(CREATE) == []


async def test_cut_off_by_draining_it_is_unknown(
    session: Session, outbox: Outbox, shop_db: sqlite3.Connection, line: Line
) -> None:
    (number,) = await hold(outbox, shop_db, "Uji 1")
    line.hold(CREATE)
    sending = asyncio.create_task(outbox.send_due())
    await eventually(lambda: line.to(CREATE))
    await session.drain(0.01)
    await asyncio.gather(sending, return_exceptions=True)
    assert await state(session, number) == "unknown"


async def test_a_write_that_a_person_sends_again_is_no_ones_to_send_by_itself(
    session: Session, outbox: Outbox, shop_db: sqlite3.Connection, line: Line
) -> None:
    """Between unknown and sending it is queued for a moment: no outbox may take it from there."""
    (number,) = await hold(outbox, shop_db, "Uji 1")
    for step in ("sending", "unknown", "queued"):
        await session.store.journal.settle(number, step)
    (one,) = await outbox.waiting()
    assert one.is_held
    assert await outbox.send_due() is None
    assert line.to(CREATE) == []


async def test_the_draft_goes_when_it_is_done_and_not_before(
    session: Session, outbox: Outbox, shop_db: sqlite3.Connection, line: Line
) -> None:
    drafts = session.store.drafts
    await drafts.save("supplier.create", "d1", {"name": "Uji 1"}, "name")
    await drafts.save("supplier.create", "d2", {"name": "Uji 2"}, "name")
    for name, draft in (("Uji 1", "d1"), ("Uji 2", "d2")):
        await outbox.hold(supplier_named(shop_db, name), name, draft=("supplier.create", draft))
    line.meets(CREATE, httpx.ReadTimeout)
    await outbox.send_due()
    assert len(await drafts.list("supplier.create")) == 2
    line.clears(CREATE)
    clock.stop_at(NOON + REST)
    await outbox.send_due()
    (left,) = await drafts.list("supplier.create")
    assert left.draft_id == "d1"
    unknown = await session.store.journal.latest_of(("supplier.create", "d1"))
    assert unknown is not None
    await session.decide(unknown.n, "as-done")
    assert await drafts.list("supplier.create") == ()


def sku_of(db: sqlite3.Connection, goods: Goods) -> str:
    return str(db.execute("SELECT sku FROM variation WHERE id = ?", (goods.variation_id,)).fetchone()[0])


def put(db: sqlite3.Connection, goods: Goods, pieces: int) -> None:
    """Somebody else puts so many pieces there, or takes them."""
    db.execute(
        "INSERT INTO stock_history (variation_id, warehouse_id, at, user_id, reason, description, stock_in, stock_out)"
        " VALUES (?, ?, '2026-11-24 11:00:00', 0, 'manual', 'uji', ?, ?)",
        (goods.variation_id, goods.warehouse_id, max(0, pieces), max(0, -pieces)),
    )
    db.commit()


async def test_a_transfer_is_held_when_its_stock_was_taken_meanwhile(
    session: Session, outbox: Outbox, shop_db: sqlite3.Connection, line: Line
) -> None:
    goods = goods_in_stock(shop_db)
    stock, sku = goods.stock, sku_of(shop_db, goods)
    call = stock_transfer.CREATE.parse(transfer(shop_db, stock))
    held = await outbox.hold(call, "pindah", facts={"names": {str(goods.variation_id): sku}})
    (other,) = await hold(outbox, shop_db, "Uji 1")
    put(shop_db, goods, -2)
    assert await outbox.send_due() is None
    (one,) = await outbox.waiting()
    assert (one.intent.n, one.is_held) == (held, True)
    assert one.why == f"More is asked for than there is now: {sku}: {stock} of {stock - 2}."
    assert line.to("/stock-transfer") == []
    # What does not fit blocks nothing else.
    assert await state(session, other) == "done"
    # Nor does a person's word send it: it is looked at all the same.
    assert (await outbox.send_now(held)).fate == "held"
    assert line.to("/stock-transfer") == []
    put(shop_db, goods, 2)
    assert (await outbox.send_now(held)).fate == "done"


async def test_an_order_is_held_when_stock_or_price_is_another(
    session: Session, outbox: Outbox, shop_db: sqlite3.Connection, line: Line
) -> None:
    goods = goods_in_stock(shop_db, 40)
    sku, key = sku_of(shop_db, goods), str(goods.variation_id)
    facts = {"names": {key: sku}, "prices": {key: goods.price}}

    async def held(quantity: int = 1) -> int:
        return await outbox.hold(order.CREATE.parse(new_order(shop_db, quantity)), "pesanan", facts=facts)

    orders = shop_db.execute("SELECT count(*) FROM orders").fetchone()[0]
    fits, short = await held(), await held(goods.stock)
    assert await outbox.send_due() is None
    assert [await state(session, n) for n in (fits, short)] == ["done", "queued"]
    (one,) = await outbox.waiting()
    assert one.why == f"More is asked for than there is now: {sku}: {goods.stock} of {goods.stock - 1}."

    dearer = await held()
    change(shop_db, "UPDATE variation SET price = price + 500 WHERE id = ?", goods.variation_id)
    await outbox.send_due()
    assert f"The price has changed: {sku}" in (await outbox.waiting())[-1].why
    gone = await held()
    change(shop_db, "UPDATE variation SET deleted_at = '2026-11-24 11:00:00' WHERE id = ?", goods.variation_id)
    await outbox.send_due()
    assert (await outbox.waiting())[-1].why == f"Not there any more: {sku}."
    assert [await state(session, n) for n in (dearer, gone)] == ["queued", "queued"]
    assert shop_db.execute("SELECT count(*) FROM orders").fetchone()[0] == orders + 1


async def test_a_payment_is_held_when_less_remains(
    session: Session, outbox: Outbox, shop_db: sqlite3.Connection, line: Line
) -> None:
    order_id = installment(shop_db)["id"]
    total = shop_db.execute("SELECT total_amount FROM orders WHERE order_id = ?", (order_id,)).fetchone()[0]

    def paying(amount: int) -> Call[Reply[order.PaidOrder]]:
        return order.UPDATE_PAYMENT.parse(installment(shop_db, amount) | {"id": order_id})

    assert total > 5000
    part = await outbox.hold(paying(5000), "bayar")
    whole = await outbox.hold(paying(total), "bayar")
    await outbox.send_due()
    assert [await state(session, n) for n in (part, whole)] == ["done", "queued"]
    (one,) = await outbox.waiting()
    assert "remain to be paid" in one.why
    assert len(line.to("/order/quick-payment")) == 1

    rest = await outbox.hold(paying(total - 5000), "bayar")
    await outbox.send_due()
    assert await state(session, rest) == "done"
    assert "paid already" in (await outbox.send_now(whole)).why
    assert len(line.to("/order/quick-payment")) == 2


async def test_a_decision_is_held_when_the_payment_is_another_or_gone(
    session: Session, outbox: Outbox, shop_db: sqlite3.Connection, line: Line
) -> None:
    rows = shop_db.execute(
        "SELECT payment_id, min(order_id) FROM privor_payment JOIN orders ON privor_payment_id = payment_id"
        " WHERE decided_at IS NULL AND payment_status_code = 3 AND order_status = 'WAITING'"
        " GROUP BY payment_id HAVING count(*) = 1 ORDER BY payment_id LIMIT 3"
    ).fetchall()
    numbers = []
    for payment_id, order_id in rows:
        call = storefront.CONFIRM_ORDERS.parse({"id": payment_id, "orders": [{"id": order_id, "action": "ACCEPT"}]})
        payment = (await session.latest(storefront.GET_ORDER.parse({"payment_id": payment_id}))).data
        assert payment is not None
        facts = {"transfer_total": payment.transfer_total, "payment_status_code": payment.payment_status_code}
        if payment_id == rows[1][0]:
            facts["transfer_total"] = 1
        numbers.append(await outbox.hold(call, "privor", facts=facts))
    await session.write(
        storefront.CONFIRM_ORDERS.parse({"id": rows[2][0], "orders": [{"id": rows[2][1], "action": "REJECT"}]}), "lain"
    )
    await outbox.send_due()
    assert [await state(session, n) for n in numbers] == ["done", "queued", "queued"]
    changed, gone = await outbox.waiting()
    assert changed.why == f"Payment {rows[1][0]} has changed since it was decided on."
    assert gone.why == f"Payment {rows[2][0]} is not waiting any more: somebody else has decided on it."
    assert len(line.to("/order/confirm")) == 2


async def test_what_cannot_be_looked_at_is_not_sent(
    outbox: Outbox, session: Session, shop_db: sqlite3.Connection, line: Line
) -> None:
    number = await outbox.hold(order.CREATE.parse(new_order(shop_db)), "pesanan")
    line.meets("/product/check-stock", httpx.Response(500))
    assert await outbox.send_due() == NOON + REST
    (one,) = await outbox.waiting()
    assert (one.is_held, bool(one.why)) == (False, True)
    clock.stop_at(NOON + REST)
    line.meets("/product/check-stock", httpx.Response(403, json={}))
    await outbox.send_due()
    (one,) = await outbox.waiting()
    assert (one.is_held, await state(session, number)) == (True, "queued")
    assert line.to("/order") == []


async def test_what_another_version_noted_is_held_with_a_sentence(outbox: Outbox, session: Session) -> None:
    number = await session.store.journal.begin("order.create", {"receiver": "Budi"}, "pesanan", state="queued")
    await session.store.outbox.put(number)
    await outbox.send_due()
    (one,) = await outbox.waiting()
    assert one.is_held
    assert one.why
