"""The frame around all screens: areas, help, the line, the key, hostile text, small windows, leaving."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import timedelta
from functools import partial
from pathlib import Path

import httpx
import pytest

from ngorder_tui import clock
from ngorder_tui.areas import AREAS
from ngorder_tui.screens.list_screen import ListScreen
from ngorder_tui.widgets.detail_pane import DetailPane
from tests.conftest import NOON
from tests.desk import Desk, desk
from tests.line import Line

READ = "/notification/read"
HOSTILE = "a[/x]\x1b[31m\x1b]52;c;aGFsbG8=\x07\x9b2J\u202eb\u0000[red]\u200fc\r\nd"
SHOWN = "a[/x]b[red]c"
"""What is left of it on one line, up to the line's end."""


@pytest.fixture
def line() -> Line:
    return Line()


def _is_in(at: Desk, area: str) -> bool:
    return at.app.current_mode == area


def top(at: Desk) -> str:
    return at.text().splitlines()[0]


async def test_digits_lead_to_every_area_and_help_tells_what_can_be_done_now(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        for area in (*AREAS, AREAS[0]):
            await at.press(area.key)
            await at.until(partial(_is_in, at, area.name))
            if not area.screen:
                await at.sees(f"{area.title()} has no screen in this version yet.")
                await at.burst("escape", "q", "enter")

        await at.press("slash")
        await at.burst(*"2 q?:")
        assert at.app.current_mode == "orders"
        assert not at.asks()
        await at.press("escape")

        await at.press("question_mark")
        await at.sees("Keys: Orders", "/  Search this list", "Enter  Open the record under the cursor", "Everywhere")
        # No digit acts behind a dialog.
        await at.press("2")
        assert at.app.current_mode == "orders"
        await at.press("question_mark")
        assert not at.asks()
        await at.press("2", "question_mark")
        await at.sees("a  Accept its orders", "x  Reject its orders", "A  Accept all its orders")
        await at.press("q", "slash")
        await at.type("tidak ada")
        await at.press("enter")
        await at.sees("Nothing fits this question.")
        await at.press("question_mark")
        await at.sees("Keys: Privor payments")
        assert "Accept its orders" not in at.text()
        await at.burst("escape")
        await at.burst("ctrl+l", "a", "x", "A", "y", "enter")
        assert not at.asks()


async def test_the_top_line_tells_the_state_of_the_line(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        shop = at.one("SELECT shop_name FROM shop")
        assert shop in top(at)
        assert "● " in top(at)
        assert " ms sandbox" in top(at)
        clock.stop_at(NOON + timedelta(minutes=122))
        line.is_down = True
        await at.press("r")
        await at.sees("○ offline since 14:02", "not refreshed")
        await at.hears("Not refreshed: The server cannot be reached. Nothing was sent. r tries again.")
        # The rows stay, and the screen works on.
        assert "UNPAID" in at.text() or "PAID" in at.text()
        await at.press("down", "2")
        await at.sees("The server cannot be reached. Nothing was sent. r tries again.")
        line.is_down = False
        await at.press("r")
        await at.sees(" records")
        assert "offline" not in top(at)
        await at.press("1")
        assert "offline" not in at.text()


async def test_a_wrong_key_is_told_once_and_the_program_keeps_running(
    shop_db: sqlite3.Connection, tmp_path: Path
) -> None:
    async with desk(shop_db, tmp_path, key="bukan-kunci") as at:
        await at.sees("The key is missing or not known.", "r tries again.")
        refused = at.one("SELECT count(*) FROM request_log")
        for key in ("2", "8"):
            await at.press(key)
            await at.sees("The key is missing or not known.")
        assert at.one("SELECT count(*) FROM request_log") - refused <= 2
        await at.press("1")
        await at.burst("enter", "y")
        await at.press("r")
        await at.sees("The key is missing or not known.")
        assert at.one("SELECT count(*) FROM request_log WHERE status <> 401") == 0


async def test_hostile_text_of_the_server_is_text(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    for table, column in (
        ("orders", "receiver_name"),
        ("orders", "note"),
        ("orders", "receiver_address"),
        ("order_line", "name"),
        ("customer", "name"),
        ("supplier", "name"),
        ("supplier", "address"),
        ("product", "name"),
        ("notification", "title"),
        ("notification", "content"),
        ("notification", "body"),
        ("shop", "shop_name"),
        ("privor_payment", "note"),
    ):
        shop_db.execute(f"UPDATE {table} SET {column} = ?", (HOSTILE,))
    shop_db.commit()
    async with desk(shop_db, tmp_path, size=(120, 36), notifications=True) as at:
        await at.until(lambda: SHOWN in top(at))
        for key in ("1", "2", "3", "8", "9", "6"):
            await at.press(key)
            # In the list and, beside it, in the detail.
            await at.until(lambda: at.text().count(SHOWN) > 3)
            _check_harmless(at)
        await at.press("y")
        await at.sees("Copy")
        _check_harmless(at)
        await at.press("enter", "enter")
        await at.sees("Sent to the terminal")
        _check_harmless(at)
        await at.press("e")
        await at.rest()
        await at.burst(*" x", "ctrl+s")
        await at.sees("Send: Change", "[/x]")
        _check_harmless(at)
        await at.press("y")
        await at.sees("Done: Change")
        await at.press("2", "a")
        await at.sees("Payment ", "PO ")
        _check_harmless(at)


def _check_harmless(at: Desk) -> None:
    lines = at.app.screen._compositor.render_strips()
    drawn = "".join(segment.text for strip in lines for segment in strip)
    foreign = {char for char in drawn if not char.isprintable()}
    assert not foreign, foreign


async def test_with_the_server_gone_at_the_start_what_was_last_shown_is_shown_with_its_age(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    line.is_down = True
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.sees("The server cannot be reached. Nothing was sent. r tries again.", "offline")
        line.is_down = False
        await at.press("r")
        await at.sees("last 30 days")
        rows = at.text().splitlines()[4:20]
        await at.press("enter")
        await at.until(lambda: "Money" in at.app.screen.query_one(DetailPane).plain())

    line.is_down = True
    clock.stop_at(NOON + timedelta(hours=5))
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.sees("offline", "not refreshed")
        assert at.text().splitlines()[4:20] == rows
        assert isinstance(at.app.screen, ListScreen)
        # Rows that are only remembered have no record to act on, or the kept one: no key may fail.
        await at.press("enter", "escape", "y", "escape")
        await at.burst("end", "home", "e")
        await at.rest()
        line.is_down = False
        await at.press("r")
        await at.rest()
        assert "not refreshed" not in at.text()


async def test_leaving_waits_for_what_is_being_sent(shop_db: sqlite3.Connection, tmp_path: Path, line: Line) -> None:
    unread = "SELECT count(*) FROM notification WHERE read_at IS NULL"
    async with desk(shop_db, tmp_path, wrap=line) as at:
        before = at.one(unread)
        await at.press("8")
        line.hold(READ)
        await at.burst("m")
        await at.until(lambda: line.to(READ))
        await at.sees("1 unsent")
        asyncio.get_running_loop().call_later(0.2, line.release)
        await at.leave()
    assert at.one(unread) == before - 1

    # What does not come back in time is unknown, and the next start tells so.
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.press("8", "down")
        line.hold(READ)
        await at.burst("m")
        await at.until(lambda: len(line.to(READ)) == 2)
        await at.leave()
    async with desk(shop_db, tmp_path) as at:
        await at.sees("1 unsent")
        assert at.one(unread) == before - 1


async def test_no_window_is_too_small_and_none_crashes_it(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path, size=(40, 10)) as at:
        await at.sees("Rp")
        for size in ((120, 36), (79, 23), (30, 6), (3, 2), (1, 1), (80, 24)):
            await at.pilot.resize_terminal(*size)
            await at.press("down")
        await at.sees("records", "Rp")
        for key in ("2", "5", "8"):
            await at.press(key)
            await at.pilot.resize_terminal(20, 5)
            await at.press("down", "enter")
            await at.pilot.resize_terminal(80, 24)
            await at.sees("Ngorder")

        # The field that the cursor is in stays on view.
        await at.press("6", "n")
        await at.until(at.focused)
        await at.pilot.resize_terminal(60, 8)
        for _field in range(9):
            await at.burst("tab")
        assert at.focused() == "is_active"
        await at.sees("Active*")
        await at.pilot.resize_terminal(34, 6)
        await at.sees("Active*")


async def test_a_read_only_session_sends_nothing_and_says_so(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line, read_only=True) as at:
        await at.press("2", "A")
        await at.sees("y Send it")
        await at.press("y")
        await at.hears("read-only: nothing was sent")
        await at.press("6", "e")
        await at.until(at.focused)
        await at.burst(*" x", "ctrl+s")
        await at.sees("Send: Change")
        await at.press("y")
        await at.rest()
        assert len([said for said in at.heard() if "read-only" in said]) == 2
        await at.press("escape", "8", "m")
        await at.rest()
        assert {asked.method for asked in line.asked} == {"GET"}


async def test_what_was_set_aside_at_the_start_is_told(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path):
        pass
    (tmp_path / "cache" / "cache.sqlite").write_bytes(b"not a database at all" * 300)
    async with desk(shop_db, tmp_path) as at:
        await at.hears("cache.sqlite was damaged")
        await at.sees("records")


async def test_a_fault_at_the_other_end_is_told_and_r_tries_again(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    line.meets("/order", httpx.Response(500, text="<html>"))
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.sees("The server could not answer (500). r tries again.")
        asked = len(line.to("/order"))
        await at.rest()
        line.meets("/order", httpx.Response(200, json={"data": [{"order_id": "x"}, {"order_id": 7}], "meta": None}))
        assert len(line.to("/order")) == asked
        await at.press("r")
        # One row that cannot be read costs that row.
        await at.sees("unreadable", "2 records")
