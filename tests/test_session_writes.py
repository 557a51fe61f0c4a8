"""Writes: in the journal before they leave, and what became of them told apart; no screen can cancel one."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from ngorder_tui.api.chapters import bank, payment_setting, supplier
from ngorder_tui.api.endpoint import Call
from ngorder_tui.api.models import Reply
from ngorder_tui.session import Receipt, Session
from ngorder_tui.store.journal import Intent
from tests.desk import eventually, files_with, session_at, session_in, settings_in, shop_of
from tests.line import Asked, Line

CREATE = "/supplier/create"


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
async def session(shop_db: sqlite3.Connection, tmp_path: Path, line: Line) -> AsyncIterator[Session]:
    async with session_at(shop_db, tmp_path, wrap=line) as session:
        yield session


def _new_supplier(shop_db: sqlite3.Connection, name: str = "Gudang Uji") -> Call[Reply[supplier.SavedSupplier]]:
    district = shop_db.execute("SELECT min(id) FROM district").fetchone()[0]
    return supplier.CREATE.parse(
        {"name": name, "district_id": district, "addess": "Jl. Uji 1", "phone": "081100000001", "description": "-"}
    )


def _made(shop_db: sqlite3.Connection, name: str = "Gudang Uji") -> int:
    return int(shop_db.execute("SELECT count(*) FROM supplier WHERE name = ?", (name,)).fetchone()[0])


async def _last(session: Session) -> Intent:
    (last,) = await session.store.journal.history(1)
    return last


async def test_a_write_is_in_the_journal_before_its_first_byte_leaves(
    session: Session, shop_db: sqlite3.Connection, line: Line
) -> None:
    found: list[tuple[Intent, ...]] = []
    told: list[int] = []

    async def look(_asked: Asked) -> None:
        found.append(await session.store.journal.open_writes())
        told.append(session.unsettled)

    line.meets(CREATE, look)
    call = _new_supplier(shop_db)
    receipt = await session.write(call, "pemasok baru")

    ((intent,),) = found
    assert (intent.endpoint_id, intent.state, intent.title) == ("supplier.create", "sending", "pemasok baru")
    assert intent.arguments == call.given()
    assert told == [1]

    assert receipt.state == "done"
    assert receipt.number == intent.n
    assert receipt.value is not None
    assert receipt.value.data is not None
    assert receipt.value.data.name == "Gudang Uji"
    assert _made(shop_db) == 1
    done = await _last(session)
    assert (done.state, session.unsettled) == ("done", 0)
    assert done.answer is not None
    assert b"Gudang Uji" in done.answer


async def test_what_became_of_a_write_is_told_by_what_the_line_did(
    session: Session, shop_db: sqlite3.Connection, line: Line
) -> None:
    call = _new_supplier(shop_db)

    async def commit_then_drop(asked: Asked) -> httpx.Response:
        raise httpx.ReadError("cut")

    seen = (
        (httpx.ConnectError, "unsent", "dropped"),
        (httpx.ConnectTimeout, "unsent", "dropped"),
        (httpx.PoolTimeout, "unsent", "dropped"),
        (httpx.Response(429, headers={"Retry-After": "3600"}), "unsent", "dropped"),
        (httpx.ReadTimeout, "unknown", "unknown"),
        (httpx.WriteTimeout, "unknown", "unknown"),
        (httpx.RemoteProtocolError, "unknown", "unknown"),
        (commit_then_drop, "unknown", "unknown"),
        (httpx.Response(500), "unknown", "unknown"),
        (httpx.Response(502, text="<html>"), "unknown", "unknown"),
        (httpx.Response(302, headers={"Location": "https://elsewhere.example"}), "unknown", "unknown"),
        (httpx.Response(200, text="<html>"), "unknown", "unknown"),
        (httpx.Response(422, json={"message": {"phone": ["is taken"]}}), "refused", "refused"),
        (httpx.Response(200, json={"response": "Failed", "message": "no"}), "refused", "refused"),
        (httpx.Response(401, json={}), "refused", "refused"),
        (httpx.Response(403, json={}), "refused", "refused"),
        (httpx.Response(404, json={}), "refused", "refused"),
    )
    for what, state, journalled in seen:
        line.meets(CREATE, what)
        receipt = await session.write(call, "pemasok baru")
        intent = await _last(session)
        assert (receipt.state, intent.state, intent.n) == (state, journalled, receipt.number), what
        assert receipt.value is None
        assert str(receipt.error)
        assert str(receipt.error) == intent.note
    unknown = sum(journalled == "unknown" for _what, _state, journalled in seen)
    assert session.unsettled == unknown
    assert len(await session.store.journal.unknown()) == unknown
    line.meets(CREATE, httpx.Response(422, json={"message": {"phone": ["is taken"]}}))
    receipt = await session.write(call, "pemasok baru")
    assert receipt.error is not None
    assert receipt.error.fields == {"phone": ("is taken",)}


async def test_what_may_have_happened_is_not_sent_a_second_time_by_itself(
    session: Session, shop_db: sqlite3.Connection, line: Line
) -> None:
    for what in (httpx.ReadTimeout, httpx.Response(503)):
        line.meets(CREATE, what)
        before = len(line.to(CREATE))
        assert (await session.write(_new_supplier(shop_db), "pemasok baru")).state == "unknown"
        assert len(line.to(CREATE)) == before + 1


async def test_who_stops_waiting_does_not_stop_the_write(
    session: Session, shop_db: sqlite3.Connection, line: Line
) -> None:
    line.hold(CREATE)
    caller = asyncio.create_task(session.write(_new_supplier(shop_db), "pemasok baru"))
    await eventually(lambda: line.to(CREATE))
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    assert caller.cancelled()
    assert (session.writes_under_way(), _made(shop_db)) == (1, 0)

    draining = asyncio.create_task(session.drain())
    line.release()
    await draining
    assert (session.writes_under_way(), _made(shop_db), session.unsettled) == (0, 1, 0)
    assert (await _last(session)).state == "done"


async def test_a_write_that_draining_cuts_off_is_unknown(
    session: Session, shop_db: sqlite3.Connection, line: Line
) -> None:
    line.hold(CREATE)
    caller = asyncio.create_task(session.write(_new_supplier(shop_db), "pemasok baru"))
    await eventually(lambda: line.to(CREATE))
    await session.drain(0.01)
    assert (session.writes_under_way(), line.cancelled) == (0, 1)
    assert ((await _last(session)).state, session.unsettled) == ("unknown", 1)
    with pytest.raises(asyncio.CancelledError):
        await caller


async def test_what_the_last_run_was_sending_is_unknown_at_the_next_start(
    shop_db: sqlite3.Connection, tmp_path: Path
) -> None:
    session = session_in(settings_in(tmp_path), shop_of(shop_db))
    number = await session.store.journal.begin("supplier.create", {"name": "Gudang Uji"}, "pemasok baru")
    await session.close()

    async with session_at(shop_db, tmp_path) as next_one:
        counted: list[int] = []
        next_one.listen(lambda: counted.append(next_one.unsettled))
        await next_one.start()
        assert (await next_one.store.journal.get(number)).state == "unknown"
        assert (next_one.unsettled, counted) == (1, [1])


async def test_a_person_may_send_an_unknown_write_again_under_its_number(
    session: Session, shop_db: sqlite3.Connection, line: Line
) -> None:
    call = _new_supplier(shop_db)
    line.meets(CREATE, httpx.ReadTimeout)
    unknown = await session.write(call, "pemasok baru")
    line.clears(CREATE)
    again = await session.write_again(unknown.number, call)
    assert (again.state, again.number, _made(shop_db)) == ("done", unknown.number, 1)
    assert [intent.state for intent in await session.store.journal.history(9)] == ["done"]


async def test_a_write_that_cannot_be_noted_first_is_not_sent(
    session: Session, shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    await session.latest(supplier.LIST())
    _ruin(tmp_path)
    receipt = await session.write(_new_supplier(shop_db), "pemasok baru")
    assert (receipt.state, receipt.number) == ("unsent", 0)
    assert "before it is sent" in str(receipt.error)
    assert (line.to(CREATE), _made(shop_db)) == ([], 0)


async def test_a_write_whose_end_cannot_be_noted_is_told_all_the_same(
    session: Session, shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async def ruin(_asked: Asked) -> None:
        await asyncio.to_thread(_ruin, tmp_path)

    line.meets(CREATE, ruin)
    receipt = await session.write(_new_supplier(shop_db), "pemasok baru")
    assert (receipt.state, _made(shop_db)) == ("done", 1)


def _ruin(folder: Path) -> None:
    """Make the journal unusable, as a full disk does."""
    (path,) = folder.rglob("state.sqlite")
    other = sqlite3.connect(path)
    other.execute("DROP TABLE intent")
    other.commit()
    other.close()


async def test_secrets_are_masked_in_the_journal_and_sent_as_they_are(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    line.meets("/bank/create", httpx.Response(200, json={"data": {}}))
    call = bank.CREATE.parse(
        {
            "bank_type": "BCA",
            "account_number": "0001112223",
            "holder_name": "Pemilik Uji",
            "branch": "Uji",
            "username": "masuk-uji",
            "pin": "pin-5150",
        }
    )
    async with session_at(shop_db, tmp_path, wrap=line) as session:
        session.consent(call.endpoint.id)
        receipt = await session.write(call, "rekening baru")
        assert receipt.state == "done"
        intent = await _last(session)
        assert (intent.arguments["pin"], intent.arguments["username"]) == ("***", "***")
        assert intent.arguments["holder_name"] == "Pemilik Uji"
    (asked,) = [one for one in line.asked if one.method == "POST"]
    assert asked.body["pin"] == "pin-5150"
    assert not files_with(tmp_path, "pin-5150")
    assert not files_with(tmp_path, "masuk-uji")


async def test_an_answer_that_holds_a_secret_is_not_in_the_journal(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    secret = "xnd-rahasia-5150"
    line.meets("/setting/payment/xendit", httpx.Response(200, json={"data": {"xendit_key": secret}}))
    async with session_at(shop_db, tmp_path, wrap=line) as session:
        session.consent("payment_setting.update_xendit_key")
        receipt = await session.write(payment_setting.UPDATE_XENDIT_KEY.parse({"xendit_key": secret}), "kunci")
        assert receipt.state == "done"
        assert ((await _last(session)).state, (await _last(session)).answer) == ("done", None)
    assert not files_with(tmp_path, secret)


async def test_a_guessed_address_is_written_to_only_with_consent(
    session: Session, shop_db: sqlite3.Connection, line: Line
) -> None:
    first = shop_db.execute("SELECT min(id) FROM supplier").fetchone()[0]
    call = supplier.UPDATE.parse({"supplier_id": first, "name": "Gudang Baru"})
    receipt: Receipt[object] = await session.write(call, "pemasok")
    assert receipt.state == "refused"
    assert "a guess" in str(receipt.error)
    assert (line.asked, _made(shop_db, "Gudang Baru")) == ([], 0)
    assert await session.store.journal.history(5) == ()

    session.consent("supplier.update")
    assert (await session.write(call, "pemasok")).state == "done"
    assert _made(shop_db, "Gudang Baru") == 1


async def test_consent_given_before_there_is_a_client_counts(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    first = shop_db.execute("SELECT min(id) FROM supplier").fetchone()[0]
    async with session_at(shop_db, tmp_path) as session:
        session.consent("supplier.update")
        call = supplier.UPDATE.parse({"supplier_id": first, "name": "Gudang Baru"})
        assert (await session.write(call, "pemasok")).state == "done"


async def test_a_read_only_session_writes_nothing(shop_db: sqlite3.Connection, tmp_path: Path, line: Line) -> None:
    async with session_at(shop_db, tmp_path, wrap=line, read_only=True) as session:
        receipt = await session.write(_new_supplier(shop_db), "pemasok baru")
        assert receipt.state == "refused"
        assert "read-only" in str(receipt.error)
        assert await session.store.journal.history(5) == ()
        assert (await session.latest(supplier.LIST())).readable()
    assert not line.to(CREATE)


async def test_without_a_client_nothing_is_sent_or_noted(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    session = session_in(settings_in(tmp_path), shop_of(shop_db), key="kein Schlüssel")
    receipt = await session.write(_new_supplier(shop_db), "pemasok baru")
    assert (receipt.state, receipt.number) == ("unsent", 0)
    assert await session.store.journal.history(5) == ()
    await session.close()
