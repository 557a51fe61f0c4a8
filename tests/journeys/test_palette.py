"""The palette reaches every area, every command of the screen, and the shop's own things by number or name."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from textual.command import CommandList, CommandPalette

from ngorder_tui.screens.list_screen import ListScreen
from tests.desk import Desk, desk
from tests.line import Line


@pytest.fixture
def line() -> Line:
    return Line()


def heading(at: Desk) -> str:
    return at.text().splitlines()[0]


async def choose(at: Desk, key: str, words: str, offered: str) -> None:
    """Open the palette, type, and take what is offered first."""
    await at.press(key)
    await at.until(lambda: isinstance(at.app.screen, CommandPalette))
    await at.type(words)
    await at.sees(offered)
    await at.until(lambda: offered in _first_hit(at))
    await at.press("enter")
    await at.until(lambda: not isinstance(at.app.screen, CommandPalette))
    await at.rest()


def _first_hit(at: Desk) -> str:
    hits = at.app.screen.query_one(CommandList)
    return str(hits.get_option_at_index(0).prompt) if hits.option_count else ""


async def test_the_palette_goes_to_areas_runs_commands_and_searches(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.press("ctrl+p")
        await at.until(lambda: isinstance(at.app.screen, CommandPalette))
        await at.sees("1  Orders", "Go to this area")
        # Digits and letters are what is looked for, not commands.
        await at.type("6")
        await at.sees("6  Customers")
        assert isinstance(at.app.screen, CommandPalette)
        await at.press("escape", "escape")
        await at.until(lambda: isinstance(at.app.screen, ListScreen))

        await choose(at, "ctrl+p", "Privor", "2  Privor")
        assert "Privor payments" in heading(at)
        asked = len(line.to("/order/unconfirmed-privor"))
        await choose(at, "colon", "refresh", "r  Refresh")
        assert len(line.to("/order/unconfirmed-privor")) == asked + 1

        number = at.one("SELECT po_number FROM orders WHERE order_status = 'ACCEPTED' ORDER BY order_date DESC")
        await choose(at, "colon", str(number), f"Orders: {number}")
        await at.sees("1 record", str(number))
        assert "Orders" in heading(at)
        assert line.to("/order")[-1].query["keyword"] == str(number)

        # What looks like markup is text to look for.
        await choose(at, "colon", "[/x] [b", "Orders: [/x] [b")
        assert line.to("/order")[-1].query["keyword"] == "[/x] [b"
        await at.sees("Nothing fits this question.")

        name = at.one("SELECT name FROM customer ORDER BY id DESC")
        await at.press("ctrl+p")
        await at.until(lambda: isinstance(at.app.screen, CommandPalette))
        await at.type(name)
        await at.sees(f"Customers: {name}")
        while f"Customers: {name}" not in _highlighted(at):
            await at.press("down")
        await at.press("enter")
        await at.until(lambda: "Customers" in heading(at))
        await at.rest()
        assert line.to("/customer")[-1].query["keyword"] == name
        await at.sees(name[:20])
        # The words stand in the search field, and Esc takes them away again.
        await at.press("escape")
        await at.sees("800 records")


def _highlighted(at: Desk) -> str:
    hits = at.app.screen.query_one(CommandList)
    if hits.highlighted is None:
        return ""
    return str(hits.get_option_at_index(hits.highlighted).prompt)
