"""Scans at machine speed, wrong codes, a line that is down: no scan is lost, none is moved, and it is said which."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest
from textual.app import App

from tests.desk import Desk, desk
from tests.journeys.order_steps import (
    MORE,
    SHIRT,
    SHIRT_2,
    Recorder,
    at_once,
    begin_order,
    drafts,
    focused_field,
    form_of,
    go_to,
    last_order,
    lines_of,
    open_form,
    scan,
    send,
    stocked,
    write,
)


@pytest.fixture
def shop(shop_db: sqlite3.Connection) -> sqlite3.Connection:
    return stocked(shop_db)


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The bell is the terminal's: here it is counted instead of heard."""
    rung: list[str] = []
    monkeypatch.setattr(App, "bell", lambda _app: rung.append("ding"))
    return rung


class Gate(Recorder):
    """A line on which lookups of goods wait until the gate is opened."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        super().__init__(inner)
        self.opened = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/product/variation"):
            await self.opened.wait()
        return await super().handle_async_request(request)


def shown(at: Desk) -> list[tuple[str, int, str]]:
    return [(line.code, line.quantity, line.state) for line in form_of(at).sheet.goods.shown_lines()]


async def test_a_burst_of_scans_while_lookups_are_on_the_way(shop: sqlite3.Connection, tmp_path: Path) -> None:
    gates: list[Gate] = []

    def gated(transport: httpx.AsyncBaseTransport) -> Gate:
        gates.append(Gate(transport))
        return gates[-1]

    async with desk(shop, tmp_path, wrap=gated) as at:
        await open_form(at)
        await go_to(at, "scan")
        codes = [f"MORE-{number:02}" for number in range(MORE)]
        burst = [*codes, SHIRT, "WRONG-1", f"12*{SHIRT_2}", SHIRT, codes[0], "WRONG-1", f"2*{SHIRT.lower()}"]
        await at_once(at, "".join(f"{code}\r" for code in burst))
        await at.until(lambda: form_of(at).sheet.goods.ledger.pieces == MORE + 1 + 1 + 12 + 1 + 1 + 1 + 2)
        assert all(state == "pending" for _code, _count, state in shown(at))
        (draft,) = await drafts(at)
        scans: Any = draft.content["fields"]["products"]["scans"]  # type: ignore[index,call-overload]
        assert [one["code"] for one in scans][:MORE] == codes, "on disk before any answer"

        gates[0].opened.set()
        await at.rest()
        expected = [(code, 2 if code == codes[0] else 1, "known") for code in codes]
        expected += [(SHIRT, 4, "known"), (SHIRT_2, 12, "known"), ("WRONG-1", 2, "unknown")]
        assert shown(at) == expected
        await at.sees("✗ not found: WRONG-1")
        assert focused_field(at) == "scan"
        await go_to(at, "products")
        await at.press(*["down"] * (MORE + 2))
        await at.sees("not found: WRONG-1 (2 scans)")


async def test_the_burst_is_what_is_sent(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await begin_order(at)
        await go_to(at, "scan")
        codes = [f"MORE-{number:02}" for number in range(MORE)]
        await write(at, "".join(f"{code}\r" for code in (*codes, *reversed(codes))))
        await at.until(lambda: form_of(at).sheet.goods.ledger.pieces == 1 + 2 * MORE)
        await at.rest()
        await send(at)
        lines = lines_of(at, last_order(at)["order_id"])
        assert [(sku, pieces) for sku, pieces, _price in lines] == [(SHIRT, 1), *((code, 2) for code in codes)]


async def test_a_scan_into_the_lines_goes_to_the_scan_box_whole(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await open_form(at)
        await scan(at, SHIRT)
        await go_to(at, "products")
        await write(at, f"{SHIRT_2}\r12*MORE-01\r")
        await at.rest()
        await at.until(lambda: len(shown(at)) == 3)
        assert shown(at) == [(SHIRT, 1, "known"), (SHIRT_2, 1, "known"), ("MORE-01", 12, "known")]
        assert focused_field(at) == "scan"


async def test_a_wrong_code_rings_and_is_listed_apart(
    shop: sqlite3.Connection, tmp_path: Path, bells: list[str]
) -> None:
    async with desk(shop, tmp_path) as at:
        await begin_order(at)
        for code in ("WRONG-1", "WRONG-1", SHIRT_2):
            await scan(at, code)
        await at.sees("not found: WRONG-1 (2 scans)")
        assert bells == ["ding", "ding"]
        await send(at)
        assert [sku for sku, *_rest in lines_of(at, last_order(at)["order_id"])] == [SHIRT, SHIRT_2]


async def test_the_review_says_what_is_not_in_the_order_and_delete_takes_it_off(
    shop: sqlite3.Connection, tmp_path: Path
) -> None:
    async with desk(shop, tmp_path) as at:
        await begin_order(at, SHIRT, "WRONG-1")
        await at.press("f10")
        await at.sees("y Send it")
        await at.press("pagedown")
        await at.sees("Not in this order:", "not found: WRONG-1")
        await at.press("escape")
        await go_to(at, "products")
        await at.press("end", "delete")
        assert shown(at) == [(SHIRT, 1, "known")]


async def test_the_bell_can_be_switched_off(shop: sqlite3.Connection, tmp_path: Path, bells: list[str]) -> None:
    async with desk(shop, tmp_path, bell=False) as at:
        await open_form(at)
        await scan(at, "WRONG-1", "0*X")
        await at.sees("not found: WRONG-1", "not read: 0*X")
        assert bells == []


@pytest.mark.parametrize("typed", ["0*CTH-HIJ-L", "1000000000000*CTH-HIJ-L", "-3*CTH-HIJ-L", "5*"])
async def test_a_quantity_that_cannot_be_is_listed_and_blocks_nothing(
    shop: sqlite3.Connection, tmp_path: Path, bells: list[str], typed: str
) -> None:
    async with desk(shop, tmp_path) as at:
        await open_form(at)
        await scan(at, typed, SHIRT)
        await at.sees(f"not read: {typed}")
        assert bells == ["ding"]
        assert shown(at) == [(SHIRT, 1, "known"), (typed, 0, "unread")]
        (draft,) = await drafts(at)
        assert typed in str(draft.content)


async def test_a_line_that_is_down_keeps_the_scans_waiting(shop: sqlite3.Connection, tmp_path: Path) -> None:
    lines: list[Recorder] = []

    def recorded(transport: httpx.AsyncBaseTransport) -> Recorder:
        lines.append(Recorder(transport))
        return lines[-1]

    async with desk(shop, tmp_path, wrap=recorded) as at:
        await begin_order(at, SHIRT)
        lines[0].is_down = True
        await scan(at, SHIRT_2, SHIRT_2)
        await at.sees("not looked up")
        assert shown(at) == [(SHIRT, 1, "known"), (SHIRT_2, 2, "pending")]
        await at.press("f10")
        await at.sees("1 code is not looked up yet.")
        lines[0].is_down = False
        await at.press("f5")
        await at.until(lambda: shown(at)[1] == (SHIRT_2, 2, "known"))
        await send(at)
        assert [one[:2] for one in lines_of(at, last_order(at)["order_id"])] == [(SHIRT, 1), (SHIRT_2, 2)]


async def test_a_line_that_comes_back_looks_up_what_waits(shop: sqlite3.Connection, tmp_path: Path) -> None:
    lines: list[Recorder] = []

    def recorded(transport: httpx.AsyncBaseTransport) -> Recorder:
        lines.append(Recorder(transport))
        return lines[-1]

    async with desk(shop, tmp_path, wrap=recorded) as at:
        await open_form(at)
        lines[0].is_down = True
        await scan(at, SHIRT)
        await at.sees("not looked up")
        lines[0].is_down = False
        await scan(at, SHIRT_2)
        await at.until(lambda: [state for *_rest, state in shown(at)] == ["known", "known"])


async def test_what_is_short_is_said_in_a_word(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await begin_order(at, f"41*{SHIRT}")
        await at.sees("short: 40")
        await send(at)
        await at.sees("1 line has a problem.", "holds only 40")
        assert focused_field(at) == "products"
        await at.press("minus")
        await at.sees("stock 40")
        await send(at)
        assert lines_of(at, last_order(at)["order_id"]) == [(SHIRT, 40, 61_000)]
