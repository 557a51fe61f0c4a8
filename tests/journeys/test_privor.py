"""Confirming Privor payments: two keys each, nothing sent on old news."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from ngorder_tui import clock
from ngorder_tui.api.chapters import storefront
from ngorder_tui.dialogs.decide import Decide
from ngorder_tui.screens.privor import PrivorScreen
from tests.conftest import NOON
from tests.desk import Desk, desk
from tests.line import Asked, Line

CONFIRM = "/order/confirm"
WAITING = (
    "FROM privor_payment WHERE decided_at IS NULL AND payment_status_code = 3"
    " AND (SELECT count(*) FROM orders WHERE privor_payment_id = payment_id AND order_status = 'WAITING')"
)


@pytest.fixture
def line() -> Line:
    return Line()


def screen(at: Desk) -> PrivorScreen:
    assert isinstance(at.app.screen, PrivorScreen)
    return at.app.screen


def queue(at: Desk) -> list[int]:
    rows = at.db.execute(f"SELECT payment_id {WAITING} > 0 ORDER BY created_at, payment_id").fetchall()
    return [row[0] for row in rows]


def orders_of(at: Desk, payment: int) -> list[sqlite3.Row]:
    return at.db.execute("SELECT * FROM orders WHERE privor_payment_id = ? ORDER BY order_id", (payment,)).fetchall()


def states(at: Desk, payment: int) -> list[str]:
    return [row["order_status"] for row in orders_of(at, payment)]


async def stand_on(at: Desk, payment: int) -> None:
    screen(at).seek(str(payment))
    await at.rest()
    assert screen(at).table.cursor_key == str(payment)


async def ask(at: Desk, key: str) -> Decide:
    """Press a key of the list, and wait until the question is there."""
    await at.press(key)
    await at.rest()
    assert isinstance(at.app.screen, Decide)
    return at.app.screen


async def test_two_keys_a_payment_and_the_next_is_under_the_cursor(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        single = [n for n in queue(at) if len(orders_of(at, n)) == 1][:3]
        await at.press("2")
        waiting = queue(at)
        await at.sees(f"{len(waiting)} records", "confirmed by the buyer")
        assert screen(at).table.cursor_key == str(waiting[0])
        assert [row.key for row in screen(at).table.held_rows()] == [str(n) for n in waiting]

        for payment in single:
            await stand_on(at, payment)
            before = queue(at)
            (shown,) = orders_of(at, payment)
            dialog = await ask(at, "a")
            await at.sees(f"Payment {payment}", f"PO {shown['po_number']}", "✓ accept", "y Send it")
            # A scanner's Enter confirms nothing.
            await at.press("enter")
            assert at.app.screen is dialog
            await at.press("y")
            await at.hears(f"Done: payment {payment}: 1 accepted, 0 rejected")
            assert states(at, payment) == ["ACCEPTED"]
            assert at.one("SELECT decided_at FROM privor_payment WHERE payment_id = ?", payment) is not None
            assert at.one("SELECT payment_status FROM orders WHERE order_id = ?", shown["order_id"]) in {
                "PAID",
                "INSTALLMENT",
            }
            place = before.index(payment)
            following = before[place + 1 :] or before[:place]
            assert screen(at).table.cursor_key == str(following[0])
            await at.sees(f"{len(before) - 1} records")
        sent = [asked.body for asked in line.to(CONFIRM)]
        assert [body["id"] for body in sent] == single
        assert all(set(body) == {"id", "orders"} for body in sent)
        assert at.requests("storefront.confirm_orders") == 3

        # Keys that come in one read go to the dialog, not to the list behind it.
        line.hold(f"/order/unconfirmed-privor/{queue(at)[0]}")
        await at.press("g")
        await at.burst("a", "y", "y")
        assert isinstance(at.app.screen, Decide)
        await at.sees("Asking the server…")
        line.release()
        await at.rest()
        assert at.requests("storefront.confirm_orders") == 3
        await at.press("escape")


async def test_several_orders_are_decided_one_by_one_or_all_at_once(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        several = [n for n in queue(at) if len(orders_of(at, n)) > 1]
        first, second, third = several[:3]
        await at.press("2")
        await stand_on(at, first)
        orders = orders_of(at, first)
        await ask(at, "a")
        await at.sees(*(f"PO {row['po_number']}" for row in orders))
        assert "y Send it" not in at.text()
        await at.press("y", "enter")
        assert isinstance(at.app.screen, Decide)
        # All rejected, then the first accepted after all.
        await at.press(*["x"] * len(orders), *["up"] * len(orders), "a")
        assert at.text().count("✗ reject") == len(orders) - 1
        await at.sees("y Send it")
        await at.press("y")
        await at.hears(f"payment {first}: 1 accepted, {len(orders) - 1} rejected")
        assert states(at, first) == ["ACCEPTED"] + ["REJECTED"] * (len(orders) - 1)
        assert line.to(CONFIRM)[-1].body == {
            "id": first,
            "orders": [{"id": row["order_id"], "action": "ACCEPT" if row is orders[0] else "REJECT"} for row in orders],
        }

        await stand_on(at, second)
        await ask(at, "A")
        assert at.text().count("✓ accept") == len(orders_of(at, second))
        await at.press("y")
        await at.hears(f"payment {second}: {len(orders_of(at, second))} accepted, 0 rejected")
        assert set(states(at, second)) == {"ACCEPTED"}

        await stand_on(at, third)
        await ask(at, "x")
        await at.press("x", "x", "escape")
        assert isinstance(at.app.screen, PrivorScreen)
        assert set(states(at, third)) == {"WAITING"}
        assert len(line.to(CONFIRM)) == 2


async def test_the_fee_of_a_xendit_rejection_stands_in_the_question(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        xendit = at.one(f"SELECT payment_id {WAITING} = 1 AND pg_provider = 'xendit' ORDER BY created_at")
        transfer = at.one(f"SELECT payment_id {WAITING} = 1 AND pg_provider IS NULL ORDER BY created_at")
        await at.press("2")
        await stand_on(at, xendit)
        await ask(at, "x")
        await at.sees("✗ reject", "admin fee of IDR 5,500")
        assert not line.to(CONFIRM)
        await at.press("a")
        assert "admin fee" not in at.text()
        before = at.one("SELECT count(*) FROM payment WHERE abs(nominal) = 5500")
        await at.press("x", "y")
        await at.hears("0 accepted, 1 rejected")
        assert states(at, xendit) == ["REJECTED"]
        paid_out = at.one("SELECT count(*) FROM payment WHERE abs(nominal) = 5500")
        assert paid_out == before + 1

        await stand_on(at, transfer)
        await ask(at, "x")
        assert "admin fee" not in at.text()
        await at.press("escape")
        assert states(at, transfer) == ["WAITING"]


async def test_what_somebody_else_has_decided_meanwhile_is_told_and_nothing_is_sent(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        first, second, third = [n for n in queue(at) if len(orders_of(at, n)) == 1][:3]
        await at.press("2")
        await stand_on(at, first)
        await ask(at, "a")
        (waiting,) = orders_of(at, first)
        await at.somebody_else(
            storefront.CONFIRM_ORDERS.parse({"id": first, "orders": [{"id": waiting["order_id"], "action": "REJECT"}]})
        )
        await at.press("y")
        await at.hears(f"Payment {first} is not waiting any more", "Nothing was sent")
        await at.rest()
        assert states(at, first) == ["REJECTED"]
        assert screen(at).table.row(str(first)) is None

        # The amount has changed since it was shown.
        await stand_on(at, second)
        await ask(at, "a")
        at.change("UPDATE privor_payment SET nominal_transfer = 1000 WHERE payment_id = ?", second)
        await at.press("y")
        await at.hears(f"Payment {second} has changed since it was shown")
        assert states(at, second) == ["WAITING"]

        # Gone altogether.
        await stand_on(at, third)
        await ask(at, "a")
        line.meets(f"/order/unconfirmed-privor/{third}", httpx.Response(404, json={}))
        await at.press("y")
        await at.hears(f"Payment {third} is not waiting any more")
        assert states(at, third) == ["WAITING"]
        assert not line.to(CONFIRM)


async def test_a_payment_that_expires_meanwhile_is_not_sent(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        unpaid = at.one(
            "SELECT payment_id FROM privor_payment WHERE decided_at IS NULL AND payment_status_code = 4"
            " AND expired_at > '2026-11-24 12:00:00' ORDER BY expired_at"
        )
        await at.press("2", "f")
        await at.until(at.focused)
        while at.focused() != "payment_status":
            await at.burst("tab")
        await at.burst("u", "ctrl+s")
        await at.rest()
        await at.sees("waiting")
        await stand_on(at, unpaid)
        await ask(at, "A")
        clock.stop_at(NOON + timedelta(days=2))
        await at.press("y")
        await at.hears(f"Payment {unpaid} has expired meanwhile. Nothing was sent.")
        assert set(states(at, unpaid)) == {"WAITING"}
        assert not line.to(CONFIRM)
        await at.rest()
        await at.sees("expired")


async def test_a_line_that_breaks_between_leaves_the_payment_in_the_queue(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        first, second = [n for n in queue(at) if len(orders_of(at, n)) == 1][:2]
        await at.press("2")
        await stand_on(at, first)

        line.is_down = True
        await ask(at, "a")
        await at.sees("The payment cannot be read, nothing was sent")
        await at.press("y", "a", "escape")
        line.is_down = False

        await ask(at, "a")
        line.is_down = True
        await at.press("y")
        await at.hears("cannot be read again, so nothing was sent")
        await at.press("escape")
        assert screen(at).table.cursor_key == str(first)
        line.is_down = False
        assert not line.to(CONFIRM)

        # Down exactly between the second look and the write.
        async def gone(_asked: Asked) -> httpx.Response:
            raise httpx.ConnectError("nobody is there")

        line.meets(CONFIRM, gone)
        await ask(at, "a")
        await at.press("y")
        await at.hears("Not sent: payment")
        await at.press("escape")
        assert screen(at).table.row(str(first)) is not None
        assert states(at, first) == ["WAITING"]

        # Done, but the answer was lost: told as unknown, never sent twice, and the second look finds it done.
        line.meets(CONFIRM, httpx.ReadError)
        await ask(at, "a")
        await at.press("y")
        await at.hears("Sent, answer unknown: payment")
        await at.sees("1 unsent")
        line.clears(CONFIRM)

        # While one is being sent, its own key is told to wait and the next can be decided.
        line.hold(CONFIRM)
        await stand_on(at, second)
        await ask(at, "a")
        await at.burst("y")
        await at.until(lambda: len(line.to(CONFIRM)) > 2)
        await at.burst("a")
        await at.hears(f"Payment {second} is being sent")
        assert isinstance(at.app.screen, PrivorScreen)
        line.release()
        await at.hears(f"Done: payment {second}")
        assert states(at, second) == ["ACCEPTED"]
