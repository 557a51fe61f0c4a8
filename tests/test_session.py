"""Reads: what is kept first, then what is fresh; one request for all who ask the same."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from ngorder_tui import clock
from ngorder_tui.api.chapters import customer, payment_setting, supplier
from ngorder_tui.api.errors import Garbled, ServerFault, Unauthorized, Unreachable
from ngorder_tui.session import Kept, Session
from tests.conftest import NOON
from tests.desk import change, eventually, files_with, session_at, session_in, settings_in, shop_of
from tests.line import Line

SUPPLIERS = supplier.LIST()


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
async def session(shop_db: sqlite3.Connection, tmp_path: Path, line: Line) -> AsyncIterator[Session]:
    async with session_at(shop_db, tmp_path, wrap=line) as session:
        yield session


async def _all(session: Session, max_age: float = 0.0) -> list[Kept[object]]:
    return [Kept(kept.value, kept.at, kept.fresh) async for kept in session.read(SUPPLIERS, max_age=max_age)]


def _rename(shop_db: sqlite3.Connection) -> None:
    change(shop_db, "UPDATE supplier SET name = 'Gudang Lain' WHERE id = (SELECT min(id) FROM supplier)")


async def test_what_is_kept_comes_first_and_the_fresh_answer_only_where_it_differs(
    session: Session, shop_db: sqlite3.Connection, line: Line
) -> None:
    first = await _all(session)
    assert [(kept.fresh, kept.at) for kept in first] == [(True, NOON)]

    clock.stop_at(NOON + timedelta(minutes=5))
    again = await _all(session)
    assert [(kept.fresh, kept.at) for kept in again] == [(False, NOON)]
    assert again[0].value == first[0].value
    assert len(line.to("/supplier")) == 2

    _rename(shop_db)
    kept, fresh = await _all(session)
    assert (kept.fresh, kept.at) == (False, NOON + timedelta(minutes=5))
    assert fresh.fresh
    assert fresh.value != kept.value


async def test_a_kept_answer_that_is_young_enough_is_not_asked_for_again(session: Session, line: Line) -> None:
    await _all(session)
    clock.stop_at(NOON + timedelta(seconds=59))
    assert [kept.fresh for kept in await _all(session, max_age=60.0)] == [False]
    assert len(line.asked) == 1
    clock.stop_at(NOON + timedelta(seconds=200))
    assert [kept.fresh for kept in await _all(session, max_age=60.0)] == [False]
    assert len(line.asked) == 2


async def test_what_was_kept_outlives_the_session_and_a_failed_read_gives_it_before_it_raises(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with session_at(shop_db, tmp_path) as earlier:
        await earlier.latest(SUPPLIERS)
    line.is_down = True
    async with session_at(shop_db, tmp_path, wrap=line) as session:
        reading = aiter(session.read(SUPPLIERS))
        assert not (await anext(reading)).fresh
        with pytest.raises(Unreachable):
            await anext(reading)


async def test_a_kept_answer_that_cannot_be_read_counts_as_none(session: Session) -> None:
    good = await session.latest(SUPPLIERS)
    await session.store.cache.put(SUPPLIERS.key, b'["not a page"', clock.now())
    kept = await _all(session)
    assert [(one.value, one.fresh) for one in kept] == [(good, True)]


async def test_two_who_ask_the_same_at_once_share_one_request(
    session: Session, shop_db: sqlite3.Connection, line: Line
) -> None:
    line.hold("/supplier")
    asking = [asyncio.create_task(session.latest(SUPPLIERS)) for _ in range(3)]
    other = asyncio.create_task(session.latest(customer.LIST.parse({"keyword": "a", "per_page": 5})))
    await other
    line.release()
    first, second, third = await asyncio.gather(*asking)
    assert first == second == third
    logged = shop_db.execute("SELECT count(*) FROM request_log WHERE endpoint_id = 'supplier.list'").fetchone()[0]
    assert logged == 1


async def test_a_request_goes_on_while_anybody_waits_for_it_and_ends_with_the_last(
    session: Session, line: Line
) -> None:
    line.hold("/supplier")
    one, other = (asyncio.create_task(session.latest(SUPPLIERS)) for _ in range(2))
    await eventually(lambda: line.asked)
    one.cancel()
    await asyncio.gather(one, return_exceptions=True)
    line.release()
    assert (await other).readable()
    assert (len(line.asked), line.cancelled) == (1, 0)

    line.hold("/supplier")
    alone = asyncio.create_task(session.latest(SUPPLIERS))
    await eventually(lambda: len(line.asked) == 2)
    alone.cancel()
    await eventually(lambda: line.cancelled)
    assert line.answered == 1


async def test_who_asks_anew_while_a_cancelled_request_still_ends_shares_the_new_one(
    session: Session, line: Line
) -> None:
    line.hold("/supplier")

    async def again() -> list[object]:
        try:
            return [await session.latest(SUPPLIERS)]
        except asyncio.CancelledError:
            return list(await asyncio.gather(session.latest(SUPPLIERS), session.latest(SUPPLIERS)))

    asking = asyncio.create_task(again())
    await eventually(lambda: line.asked)
    asking.cancel()
    await eventually(lambda: line.cancelled and len(line.asked) == 2)
    late = asyncio.create_task(session.latest(SUPPLIERS))
    await asyncio.gather(*(asyncio.sleep(0) for _ in range(20)))
    line.release()
    assert await asking == [await late] * 2
    assert len(line.asked) == 2


async def test_recent_takes_the_kept_answer_when_the_server_is_gone_whatever_its_age(
    session: Session, shop_db: sqlite3.Connection, line: Line
) -> None:
    line.is_down = True
    with pytest.raises(Unreachable):
        await session.recent(SUPPLIERS, 60.0)
    line.is_down = False

    first = await session.recent(SUPPLIERS, 60.0)
    _rename(shop_db)
    assert await session.recent(SUPPLIERS, 60.0) == first
    clock.stop_at(NOON + timedelta(days=3))
    fresh = await session.recent(SUPPLIERS, 60.0)
    assert fresh != first

    clock.stop_at(NOON + timedelta(days=30))
    line.is_down = True
    assert await session.recent(SUPPLIERS, 60.0) == fresh


async def test_latest_is_never_old_news(session: Session, shop_db: sqlite3.Connection, line: Line) -> None:
    first = await session.latest(SUPPLIERS)
    _rename(shop_db)
    assert await session.latest(SUPPLIERS) != first
    line.is_down = True
    with pytest.raises(Unreachable):
        await session.latest(SUPPLIERS)


async def test_an_answer_that_cannot_be_used_is_told_and_not_kept(session: Session, line: Line) -> None:
    good = await session.latest(SUPPLIERS)
    bad: tuple[tuple[httpx.Response, type[Exception]], ...] = (
        (httpx.Response(200, text="<html>"), Garbled),
        (httpx.Response(200, json={"data": 5}), Garbled),
        (httpx.Response(500, json={}), ServerFault),
        (httpx.Response(401, json={}), Unauthorized),
    )
    for answer, kind in bad:
        line.meets("/supplier", answer)
        with pytest.raises(kind):
            await session.latest(SUPPLIERS)
    line.is_down = True
    assert await session.recent(SUPPLIERS, 0.0) == good


async def test_a_long_answer_is_read_like_a_short_one(session: Session, line: Line) -> None:
    rows = [{"id": number, "name": f"Gudang {number}", "address": "x" * 200} for number in range(500)]
    line.meets("/supplier", httpx.Response(200, json={"data": rows}))
    (fresh,) = await _all(session)
    (kept,) = await _all(session)
    assert kept.value == fresh.value
    assert len((await session.latest(SUPPLIERS)).readable()) == 500


async def test_an_answer_that_holds_a_secret_is_kept_nowhere(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    secret = "xnd-rahasia-5150"
    line.meets("/setting/payment/xendit", httpx.Response(200, json={"data": {"xendit_key": secret}}))
    call = payment_setting.GET_XENDIT()
    async with session_at(shop_db, tmp_path, wrap=line) as session:
        answer = await session.latest(call)
        assert answer.data is not None
        assert answer.data.xendit_key == secret
        assert await session.store.cache.get(call.key) is None
        line.is_down = True
        with pytest.raises(Unreachable):
            await session.recent(call, 3600.0)
    assert not files_with(tmp_path, secret)


async def test_a_client_that_could_not_be_made_is_made_anew_at_the_next_question(
    shop_db: sqlite3.Connection, tmp_path: Path
) -> None:
    session = session_in(settings_in(tmp_path), shop_of(shop_db), key="kein Schlüssel")
    try:
        with pytest.raises(Exception, match="characters that no key has"):
            await session.latest(SUPPLIERS)
        session.consent("supplier.update")
        with pytest.raises(Exception, match="characters that no key has"):
            await session.latest(SUPPLIERS)
    finally:
        await session.close()


async def test_closing_ends_the_reads_under_way(shop_db: sqlite3.Connection, tmp_path: Path, line: Line) -> None:
    session = session_in(settings_in(tmp_path), shop_of(shop_db), wrap=line)
    line.hold("/supplier")
    asking = asyncio.create_task(session.latest(SUPPLIERS))
    await eventually(lambda: line.asked)
    await session.close()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert line.cancelled == 1
