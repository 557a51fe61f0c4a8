"""The state of the line as the session sees it, and polling that follows it."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from ngorder_tui import clock
from ngorder_tui.api.chapters import notification, supplier
from ngorder_tui.api.client import Exchange
from ngorder_tui.api.endpoint import Call
from ngorder_tui.api.errors import Unreachable
from ngorder_tui.api.models import Reply
from tests.conftest import NOON
from tests.desk import session_at
from tests.line import Line

SLOW = Exchange("supplier.list", 200, 2.0, 10, 100)
QUICK = Exchange("supplier.list", 200, 0.08, 10, 100)
CUT = Exchange("supplier.list", None, 5.0, 10, 0)


async def test_the_state_of_the_line_follows_every_attempt(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    line = Line()
    async with session_at(shop_db, tmp_path, wrap=line) as session:
        told: list[str] = []
        session.listen(lambda: told.append(session.link.state))
        assert (session.link.state, session.link.latency, session.link.since) == ("untried", None, None)

        await session.latest(supplier.LIST())
        online = session.link
        assert (online.state, online.since, online.requests) == ("online", NOON, 1)
        assert online.latency is not None
        assert online.bytes_in > 0

        clock.stop_at(NOON + timedelta(minutes=2))
        line.meets("/supplier", httpx.Response(500))
        with pytest.raises(Exception, match="could not answer"):
            await session.latest(supplier.LIST())
        assert (session.link.state, session.link.since) == ("online", NOON)

        line.is_down = True
        with pytest.raises(Unreachable):
            await session.latest(supplier.LIST())
        offline = session.link
        assert (offline.state, offline.since) == ("offline", NOON + timedelta(minutes=2))
        assert offline.latency is not None

        clock.stop_at(NOON + timedelta(minutes=9))
        with pytest.raises(Unreachable):
            await session.latest(supplier.LIST())
        assert session.link.since == NOON + timedelta(minutes=2)

        session.saw(SLOW)
        assert (session.link.state, session.link.latency) == ("slow", 2.0)
        assert session.link.since == NOON + timedelta(minutes=9)
        session.saw(QUICK)
        assert session.link.state == "online"
        assert told[0] == "online"
        assert told[-3:] == ["offline", "slow", "online"]


async def test_polling_slows_on_a_slow_line_and_asks_nothing_while_it_is_down(
    shop_db: sqlite3.Connection, tmp_path: Path
) -> None:
    line = Line()
    waits: list[float] = []
    asked: list[int] = []

    async def source() -> Call[Reply[notification.UnreadCount]]:
        return notification.GET_UNREAD_COUNT()

    async with session_at(shop_db, tmp_path, wrap=line) as session:

        async def sleep(seconds: float) -> None:
            waits.append(seconds)
            asked.append(len(line.asked))
            match len(waits):
                case 2:
                    session.saw(CUT)
                case 4:
                    session.saw(QUICK)
                    line.meets("/notification/unread", httpx.Response(404))
                case 5:
                    line.clears("/notification/unread")
                case _:
                    pass

        answers: list[Reply[notification.UnreadCount]] = []
        async for answer in session.poll(source, 60.0, sleep=sleep):
            answers.append(answer)
            if len(answers) == 2:
                session.saw(SLOW)
            if len(answers) == 3:
                break

    # Well; slow; down for two turns; answered with an error; well again.
    assert waits == [60.0, 300.0, 60.0, 60.0, 60.0]
    assert asked == [1, 2, 2, 2, 3]
    assert len(line.asked) == 4
    assert all(answer.data is not None for answer in answers)
