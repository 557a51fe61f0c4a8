"""Reading while the server is gone: what was kept is shown with its age; the next action finds out when it is back."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from ngorder_tui import clock
from ngorder_tui.screens.list_screen import ListScreen
from ngorder_tui.screens.privor import PrivorScreen
from ngorder_tui.widgets.detail_pane import DetailPane
from tests.conftest import NOON
from tests.desk import Desk, desk
from tests.line import Line


@pytest.fixture
def line() -> Line:
    return Line()


def rows(at: Desk) -> list[tuple[str, ...]]:
    assert isinstance(at.app.screen, ListScreen)
    return [row.cells for row in at.app.screen.table.held_rows()]


def detail(at: Desk) -> str:
    return at.app.screen.query_one(DetailPane).plain()


@pytest.mark.parametrize(("key", "part"), [("1", "Goods"), ("3", "Stock"), ("4", "variant"), ("2", "1 order")])
async def test_a_list_and_a_detail_that_were_read_are_shown_with_their_age(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line, key: str, part: str
) -> None:
    async with desk(shop_db, tmp_path, size=(120, 36)) as at:
        await at.press(key)
        await at.rest()
        await at.until(lambda: part in detail(at))
        await at.rest()
        before, read = rows(at), detail(at)

    line.is_down = True
    clock.stop_at(NOON + timedelta(hours=3))
    async with desk(shop_db, tmp_path, size=(120, 36), wrap=line) as at:
        await at.press(key)
        await at.sees("offline since 15:00", "not refreshed, 3 h old")
        await at.until(lambda: part in detail(at))
        await at.rest()
        assert [cells[0] for cells in rows(at)] == [cells[0] for cells in before]
        note, _newline, rest = detail(at).partition("\n")
        assert note.startswith("not refreshed, as of 24 Nov 2026 12:00")
        assert rest.strip().split("\n")[0] == read.split("\n")[0]

        # The next action finds out that the line is back.
        line.is_down = False
        await at.press("r")
        await at.until(lambda: "not refreshed" not in at.text())
        assert "offline" not in at.text()


async def test_opening_a_record_finds_out_that_the_line_is_back(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.press("enter")
        await at.until(lambda: "Goods" in detail(at))
        await at.rest()
        await at.press("escape")
        clock.stop_at(NOON + timedelta(hours=1))
        line.is_down = True
        await at.press("r")
        await at.sees("offline since 13:00", "not refreshed, 1 h old")
        await at.press("enter")
        await at.until(lambda: "not refreshed, as of 24 Nov 2026 12:00" in detail(at))
        await at.rest()
        await at.press("escape")
        line.is_down = False
        await at.press("enter")
        await at.until(lambda: "offline" not in at.text())
        await at.until(lambda: "not refreshed" not in detail(at))
        assert "Goods" in detail(at)


async def test_what_was_never_read_says_so(shop_db: sqlite3.Connection, tmp_path: Path, line: Line) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        line.is_down = True
        await at.press("down", "enter")
        await at.until(lambda: "not complete: The server cannot be reached." in detail(at))
        await at.press("escape", "2")
        await at.sees("The server cannot be reached. Nothing was sent. r tries again.")


async def test_payments_can_be_looked_at_and_decided_on_while_the_server_is_gone(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.press("2", "enter")
        await at.until(lambda: "Account holder" in detail(at))
    line.is_down = True
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.press("2")
        await at.sees("not refreshed")
        await at.rest()
        screen = at.app.screen
        assert isinstance(screen, PrivorScreen)
        payment = screen.table.cursor_key
        await at.press("A")
        await at.sees("y Send it")
        await at.press("y")
        await at.sees("h Hold it in the outbox")
        await at.press("h")
        await at.hears("Held in the outbox as no. 1")
        line.is_down = False
        await at.press("r")
        await at.hears(f"Sent from the outbox, done: payment {payment}")
        assert at.one("SELECT decided_at FROM privor_payment WHERE payment_id = ?", payment) is not None
