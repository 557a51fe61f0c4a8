"""Notifications: both kinds, what was read, and the way from one to its payment."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ngorder_tui.screens.inbox import InboxScreen
from ngorder_tui.screens.privor import PrivorScreen
from ngorder_tui.widgets.detail_pane import DetailPane
from tests.desk import Desk, desk
from tests.line import Line

READ = "/notification/read"


@pytest.fixture
def line() -> Line:
    return Line()


def screen(at: Desk) -> InboxScreen:
    assert isinstance(at.app.screen, InboxScreen)
    return at.app.screen


def unread(at: Desk, kind: str = "%") -> int:
    return int(at.one("SELECT count(*) FROM notification WHERE read_at IS NULL AND kind LIKE ?", kind))


def new_here(at: Desk) -> int:
    """How many of the rows that are held have the mark of a new one."""
    return sum(row.cells[0] == "*" for row in screen(at).table.held_rows())


async def test_reading_notifications_one_by_one_and_all_at_once(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        badge, activity, news = unread(at), unread(at, "ACTIVITY"), unread(at, "NEWS")
        assert activity
        assert news
        await at.sees(f"✉ {badge}")
        await at.press("8")
        total = at.one("SELECT count(*) FROM notification WHERE kind = 'ACTIVITY'")
        await at.sees("Activity", f"{total} records")
        # The API cannot search notifications, and has no filter but the kind.
        await at.press("slash", "f")
        assert at.app.focused is screen(at).table
        assert not at.asks()

        first = screen(at).table.cursor_key
        before = new_here(at)
        was_unread = at.one("SELECT read_at IS NULL FROM notification WHERE id = ?", first)
        await at.press("m")
        await at.until(lambda: at.one("SELECT read_at FROM notification WHERE id = ?", first) is not None)
        await at.rest()
        assert new_here(at) == before - 1
        assert unread(at) == badge - was_unread
        assert line.to(READ)[-1].body == {"id": first}
        await at.press("m")
        assert len(line.to(READ)) == 1

        await at.press("w")
        await at.sees("News")
        total_news = at.one("SELECT count(*) FROM notification WHERE kind = 'NEWS'")
        await at.sees(f"{total_news} records")
        row = screen(at).current
        assert row is not None
        assert row.title is not None
        await at.press("enter")
        await at.until(lambda: screen(at).query_one(DetailPane).plain())
        text = screen(at).query_one(DetailPane).plain()
        assert row.title in text
        assert "<" not in text
        await at.press("escape", "w")
        await at.sees(f"{total} records")

        await at.press("M")
        await at.sees("Mark all as read", "also those on")
        await at.press("enter")
        assert at.asks()
        await at.press("n")
        assert unread(at, "ACTIVITY")
        await at.press("M")
        await at.sees("Mark all as read")
        await at.press("y")
        await at.until(lambda: unread(at, "ACTIVITY") == 0)
        await at.sees(f"✉ {unread(at, 'NEWS')}")
        assert unread(at, "NEWS")
        await at.press("end")
        await at.until(lambda: screen(at).table.cursor_index == total - 1)
        await at.rest()
        assert new_here(at) == 0

    # What was read here is remembered here, and the next start begins with activity.
    async with desk(shop_db, tmp_path) as at:
        await at.press("8")
        await at.sees(f"{total} records")
        assert new_here(at) == 0


async def test_enter_opens_the_payment_that_a_notification_is_about(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.press("8")
        await at.rest()
        rows = [(row.id, row.action.data_id) for row in screen(at).records.values() if row.action is not None]
        waiting = [
            (row, payment)
            for row, payment in rows
            if at.one(
                "SELECT 1 FROM privor_payment WHERE payment_id = ? AND decided_at IS NULL AND payment_status_code = 3",
                payment,
            )
        ]
        (first, payment), (second, other) = waiting[:2]
        screen(at).table.select(str(first))
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, PrivorScreen))
        privor = at.app.screen
        assert isinstance(privor, PrivorScreen)
        await at.until(lambda: privor.table.cursor_key == str(payment))
        await at.until(lambda: at.one("SELECT read_at FROM notification WHERE id = ?", first) is not None)

        # A payment that came in after the queue was read is found as well.
        at.change("UPDATE privor_payment SET payment_status_code = 4 WHERE payment_id = ?", other)
        await at.press("r")
        assert privor.table.row(str(other)) is None
        at.change("UPDATE privor_payment SET payment_status_code = 3 WHERE payment_id = ?", other)
        await at.press("8")
        screen(at).table.select(str(second))
        await at.press("o")
        await at.until(lambda: privor.table.cursor_key == str(other))

        # One that is decided is told to be gone.
        at.change("UPDATE privor_payment SET decided_at = '2026-11-24 11:00:00' WHERE payment_id = ?", payment)
        await at.press("r", "8")
        screen(at).table.select(str(first))
        await at.press("enter")
        await at.hears(f"Number {payment} is not among the records shown here.")

        # One that leads nowhere says so.
        plain = at.one("SELECT id FROM notification WHERE kind = 'ACTIVITY' AND type IS NULL ORDER BY created_at DESC")
        await at.press("8")
        screen(at).table.select(str(plain))
        await at.press("o")
        await at.hears("leads nowhere")


async def test_without_a_server_what_was_kept_is_shown_and_reading_it_loses_nothing(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path) as at:
        await at.press("8")
        await at.rest()
        titles = [row.cells[2] for row in screen(at).table.held_rows()][:3]

    line.is_down = True
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.press("8")
        await at.sees("offline", "not refreshed")
        assert [row.cells[2] for row in screen(at).table.held_rows()][:3] == titles
        before = unread(at)
        await at.press("m")
        await at.rest()
        assert unread(at) == before
        assert line.to(READ) == []
        await at.press("w")
        await at.sees("r tries again.")
        line.is_down = False
        await at.press("r")
        total = at.one("SELECT count(*) FROM notification WHERE kind = 'NEWS'")
        await at.sees(f"{total} records")
