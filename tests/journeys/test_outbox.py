"""Writes that could not leave, and writes without an answer: held, looked for, sent once, settled by a person."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from ngorder_tui import clock, outbox_watch
from ngorder_tui.api.chapters import order, supplier
from ngorder_tui.api.endpoint import Call
from ngorder_tui.api.models import Reply
from ngorder_tui.screens.order_form import OrderForm
from ngorder_tui.screens.orders import OrdersScreen
from ngorder_tui.screens.outbox import OutboxScreen
from ngorder_tui.screens.transfer_form import TransferForm
from ngorder_tui.store.journal import Intent
from tests.conftest import NOON
from tests.desk import Desk, desk, session_at
from tests.journeys import order_steps, test_forms, test_privor, test_transfers
from tests.journeys.order_steps import SHIRT, begin_order, drafts, last_order, lines_of, orders_made
from tests.line import Line
from tests.reconcile.intents import new_order
from tests.reconcile.till import Cutter, Till

ORDER = "/order"
SUPPLIER = "/supplier/create"


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def shop(shop_db: sqlite3.Connection) -> sqlite3.Connection:
    return order_steps.stocked(shop_db)


def posts(line: Line) -> int:
    return len([asked for asked in line.to(ORDER) if asked.method == "POST"])


def listed(at: Desk) -> list[str]:
    """The titles in the outbox, from top to bottom."""
    assert isinstance(at.app.screen, OutboxScreen)
    return [row.cells[2] for row in at.app.screen.table.held_rows()]


async def open_outbox(at: Desk) -> None:
    await at.press("ctrl+t")
    await at.until(lambda: isinstance(at.app.screen, OutboxScreen))
    await at.rest()


async def hold_order(at: Desk, line: Line) -> None:
    """An order that is sent while nobody is there, and held."""
    await begin_order(at)
    line.is_down = True
    await order_steps.send(at)
    await at.sees("h Hold it in the outbox")
    await at.press("h")
    await at.hears("Held in the outbox as no.")
    await at.rest()


async def intents(at: Desk) -> list[Intent]:
    return list(reversed(await at.app.session.store.journal.history(20)))


def supplier_named(db: sqlite3.Connection, name: str) -> Call[Reply[supplier.SavedSupplier]]:
    district = db.execute("SELECT min(id) FROM district").fetchone()[0]
    return supplier.CREATE.parse(
        {"name": name, "district_id": district, "addess": "Jl. Uji 1", "phone": "081100000001", "description": "-"}
    )


async def held_before(db: sqlite3.Connection, folder: Path, *names: str) -> list[int]:
    """Writes that an earlier run of the program has held."""
    from ngorder_tui.outbox import Outbox

    async with session_at(db, folder) as session:
        return [await Outbox(session).hold(supplier_named(db, name), name) for name in names]


def made(at: Desk) -> list[str]:
    return [row[0] for row in at.db.execute("SELECT name FROM supplier WHERE name LIKE 'Uji %' ORDER BY id")]


async def test_an_order_is_held_while_the_server_is_gone_and_sent_once_when_it_is_back(
    shop: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop, tmp_path, wrap=line) as at:
        before = orders_made(at)
        await hold_order(at, line)
        assert isinstance(at.app.screen, OrdersScreen), "the next order can be begun"
        await at.sees("offline since 12:00", "1 unsent ctrl+t")
        (draft,) = await drafts(at)
        assert "sent" not in draft.content

        await open_outbox(at)
        await at.sees("1 waits", "new order for Sinta Contohbeli")
        await at.press("enter")
        await at.sees("The server cannot be reached. Nothing was sent.", "What it sends", "990011")
        await at.press("escape", "escape")
        assert isinstance(at.app.screen, OrdersScreen)

        # Any answer tells that the line is back.
        line.is_down = False
        await at.press("r")
        await at.hears("Sent from the outbox, done: new order for Sinta Contohbeli")
        assert orders_made(at) == before + 1
        made = last_order(at)
        assert (made["customer_receiver_id"], lines_of(at, made["order_id"])) == (990001, [(SHIRT, 1, 63000)])
        assert await drafts(at) == ()
        assert "unsent" not in at.text()
        await at.press("r", "2", "1")
        assert (posts(line), orders_made(at)) == (1, before + 1)

        await open_outbox(at)
        await at.sees("Nothing waits, and no answer is unknown.")
        await at.press("w")
        await at.sees("The last 50 settled", "done", "given up")


async def test_esc_leaves_it_in_the_form_and_enter_decides_nothing(
    shop: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop, tmp_path, wrap=line) as at:
        await begin_order(at)
        line.is_down = True
        await order_steps.send(at)
        await at.sees("h Hold it in the outbox")
        await at.press("enter")
        assert at.asks()
        await at.press("escape")
        assert isinstance(at.app.screen, OrderForm)
        assert "unsent" not in at.text()
        assert [intent.state for intent in await intents(at)] == ["dropped"]


async def test_a_held_order_is_not_sent_a_second_time_from_its_draft(
    shop: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop, tmp_path, wrap=line) as at:
        before = orders_made(at)
        await hold_order(at, line)
        await at.press("n")
        await at.sees("Go on with a draft?", "held in the outbox")
        await at.press("enter")
        await at.sees("It is held in the outbox as no. 2. To change it")
        await at.press("n")
        await at.rest()
        assert isinstance(at.app.screen, OrdersScreen)
        assert [intent.state for intent in await intents(at)] == ["dropped", "queued"]

        await at.press("n", "enter")
        await at.sees("It is held in the outbox as no. 2. To change it")
        await at.press("y")
        await at.until(lambda: isinstance(at.app.screen, OrderForm))
        await at.rest()
        assert [intent.state for intent in await intents(at)] == ["dropped", "dropped"]
        assert "unsent" not in at.text()
        line.is_down = False
        await order_steps.scan(at, SHIRT)
        await order_steps.send(at)
        assert orders_made(at) == before + 1
        assert lines_of(at, last_order(at)["order_id"]) == [(SHIRT, 2, 63000)]


async def test_a_held_transfer_whose_stock_was_taken_meanwhile_is_not_sent(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        (goods,) = test_transfers.held(at.db, 1)
        was = test_transfers.transfers(at)
        await test_transfers.begin(at)
        await test_transfers.scan(at, f"{goods.stock}*{goods.sku}")
        line.is_down = True
        await test_transfers.send(at)
        await at.sees("h Hold it in the outbox")
        await at.press("h")
        await at.sees("held in the outbox as no. 2; it is sent from there.")
        assert test_transfers.lines(at) == []

        # Its lines are not sent a second time from the form: they are in the outbox.
        await at.press("ctrl+s")
        await at.hears("There is nothing to send yet")
        at.db.execute(
            "INSERT INTO stock_history (variation_id, warehouse_id, at, user_id, reason, description, stock_out)"
            " VALUES (?, 0, '2026-11-24 11:00:00', 0, 'manual', 'diambil', 3)",
            (goods.number,),
        )
        at.db.commit()
        line.is_down = False
        await at.press("escape", "r")
        sentence = f"More is asked for than there is now: {goods.sku}: {goods.stock} of {goods.stock - 3}."
        await at.hears("Held, not sent: stock transfer")
        await at.hears(sentence)
        assert line.to("/stock-transfer") == [asked for asked in line.to("/stock-transfer") if asked.method == "GET"]
        assert test_transfers.transfers(at) == was

        await open_outbox(at)
        await at.sees("held")
        # Nor by a person's word, as long as it does not fit.
        await at.press("t")
        await at.sees("Send now: stock transfer", "More is asked for")
        await at.press("y")
        await at.rest()
        assert test_transfers.transfers(at) == was

        # Its lines are got back in the form, changed there, and sent.
        await at.press("escape", "n")
        await at.sees("Go on with a draft?")
        await at.press("enter")
        await at.sees("held in the outbox as no. 2")
        assert isinstance(at.app.screen, TransferForm)
        await at.press("tab", "down", "p")
        await at.sees("Take it out: put its lines back")
        await at.press("down", "enter")
        await at.rest()
        assert test_transfers.lines(at) == [(goods.sku, goods.stock)]
        assert [intent.state for intent in await intents(at)] == ["dropped", "dropped"]
        await at.press("minus", "minus", "minus")
        await test_transfers.send(at)
        (made_now,) = set(test_transfers.transfers(at)) - set(was)
        assert test_transfers.moved(at, made_now) == [(goods.number, goods.stock - 3)]


async def test_a_part_that_was_sent_from_the_outbox_is_gone_from_its_form(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        (goods,) = test_transfers.held(at.db, 1)
        was = test_transfers.transfers(at)
        await test_transfers.begin(at)
        await test_transfers.scan(at, goods.sku)
        line.is_down = True
        await test_transfers.send(at)
        await at.press("h")
        await at.sees("held in the outbox as no. 2")
        await at.press("escape")
        line.is_down = False
        await at.press("r")
        await at.hears("Sent from the outbox, done: stock transfer")
        assert len(test_transfers.transfers(at)) == len(was) + 1
        await at.press("n")
        await at.sees("Go on with a draft?")
        await at.press("enter")
        await at.rest()
        assert test_transfers.lines(at) == []
        assert "held in the outbox" not in at.text()


async def test_done_but_not_answered_it_is_shown_as_landed_and_settled_by_a_person(
    shop: sqlite3.Connection, tmp_path: Path
) -> None:
    cutter = Cutter()
    async with desk(shop, tmp_path, wrap=cutter) as at:
        before = orders_made(at)
        await begin_order(at)
        cutter.cuts = "after"
        await order_steps.send(at)
        cutter.cuts = "nothing"
        await at.hears("Sent, answer unknown: new order", "ctrl+t looks for it.")
        number = last_order(at)["po_number"]
        await at.press("escape")
        await open_outbox(at)
        await at.sees("1 answer unknown", "answer unknown")
        await at.press("enter")
        await at.sees("What the server shows", "✓ It was done.", f"PO {number}", "What it sent")
        written = cutter.written
        # Enter settles nothing: a scanner sends Enter.
        await at.press("a")
        await at.sees("Was it done?", f"PO {number}")
        await at.press("enter")
        assert at.asks()
        await at.press("y")
        await at.hears("is done: new order")
        await at.sees("Nothing waits")
        assert [(intent.state, intent.note) for intent in await intents(at)] == [
            ("done", "A person knows that it was done.")
        ]
        assert await drafts(at) == ()
        assert (orders_made(at), cutter.written) == (before + 1, written)


async def test_not_seen_is_looked_for_again_and_sent_again_only_by_a_word(
    shop: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OutboxScreen, "ask_again_after", 3600.0)
    cutter = Cutter()
    async with desk(shop, tmp_path, wrap=cutter) as at:
        before = orders_made(at)
        till = Till(at.app.session, at.db, cutter)
        await till.write("order.create", new_order(at.db), "before")
        await open_outbox(at)
        await at.press("enter")
        await at.sees("Not seen.", "it is looked for again in 30 s.")
        await at.press("escape", "escape")

        monkeypatch.setattr(OutboxScreen, "ask_again_after", 0.01)
        await open_outbox(at)
        await at.press("enter")
        await at.sees("✗ Not seen, looked for twice, 30 s apart.")
        assert orders_made(at) == before

        await at.press("t")
        await at.sees("Send again: order.create", "does it a second time")
        await at.type("yes")
        await at.press("enter")
        await at.sees("That is not the word")
        assert (orders_made(at), cutter.written) == (before, 1)
        await at.type("again")
        await at.press("enter")
        await at.hears("Done: order.create")
        await at.rest()
        assert (orders_made(at), cutter.written) == (before + 1, 2)
        assert "unsent" not in at.text()


async def test_dropped_by_a_word_it_is_forgotten(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    await held_before(shop_db, tmp_path, "Uji 1")
    async with desk(shop_db, tmp_path, read_only=False) as at:
        await at.app.outbox.waiting()
    await held_before(shop_db, tmp_path, "Uji 2")
    async with session_at(shop_db, tmp_path) as session:
        await session.store.outbox.set_by_hand(True)
    async with desk(shop_db, tmp_path) as at:
        await open_outbox(at)
        await at.press("d", "enter")
        await at.sees("That is not the word")
        await at.type("drop")
        await at.press("enter")
        await at.sees("Nothing waits")
        assert made(at) == ["Uji 1"]
        assert [intent.state for intent in await intents(at)] == ["done", "dropped"]


async def test_what_waits_at_the_start_is_told_once_and_sent_when_the_line_is_there(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    await held_before(shop_db, tmp_path, "Uji 1", "Uji 2")
    async with session_at(shop_db, tmp_path) as session:
        number = await session.store.journal.begin("notification.mark_read", {}, "terbaca")
        await session.store.journal.settle(number, "unknown")
    line.is_down = True
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.hears("2 writes wait to be sent. 1 write was sent and has no known answer. ctrl+t shows them.")
        await at.sees("3 unsent ctrl+t")
        await open_outbox(at)
        assert listed(at) == ["terbaca", "Uji 1", "Uji 2"]
        await at.press("enter")
        await at.sees("? It cannot be told whether it was done.", "A person decides.")
        await at.press("escape", "down", "down", "K")
        await at.until(lambda: listed(at) == ["terbaca", "Uji 2", "Uji 1"])
        await at.press("J", "K")
        await at.until(lambda: listed(at) == ["terbaca", "Uji 2", "Uji 1"])
        line.is_down = False
        await at.press("r")
        await at.until(lambda: made(at) == ["Uji 2", "Uji 1"])
        await at.until(lambda: listed(at) == ["terbaca"])
        assert len(line.to(SUPPLIER)) == 2


async def test_a_busy_server_is_shown_with_a_countdown_and_asked_when_it_said(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    await held_before(shop_db, tmp_path, "Uji 1")
    line.meets(SUPPLIER, httpx.Response(429, headers={"Retry-After": "95"}))
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await open_outbox(at)
        await at.sees("waits", "in 1:35 min")
        clock.stop_at(NOON + timedelta(seconds=60))
        await at.press("r")
        await at.sees("in 35 s")
        line.clears(SUPPLIER)
        asked = len(line.to(SUPPLIER))
        await at.rest()
        assert len(line.to(SUPPLIER)) == asked
        clock.stop_at(NOON + timedelta(seconds=95))
        await at.press("r")
        await at.until(lambda: made(at) == ["Uji 1"])


async def test_held_by_key_nothing_goes_until_a_person_lets_it(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    await held_before(shop_db, tmp_path, "Uji 1", "Uji 2")
    line.is_down = True
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await open_outbox(at)
        await at.press("H")
        await at.sees("2 wait · nothing is sent by itself")
        line.is_down = False
        await at.press("r")
        await at.rest()
        assert line.to(SUPPLIER) == []
        await at.press("down", "t")
        await at.sees("Send now: Uji 2")
        await at.press("y")
        await at.until(lambda: made(at) == ["Uji 2"])
        await at.press("h")
        await at.sees("held")
        await at.press("H", "r")
        await at.rest()
        assert made(at) == ["Uji 2"]
        await at.press("h")
        await at.until(lambda: made(at) == ["Uji 2", "Uji 1"])


async def test_a_read_only_session_sends_nothing_from_the_outbox(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    await held_before(shop_db, tmp_path, "Uji 1")
    async with desk(shop_db, tmp_path, wrap=line, read_only=True) as at:
        await open_outbox(at)
        await at.sees("1 waits · read-only: nothing is sent")
        await at.press("t", "y")
        await at.hears("This session is read-only: nothing was sent.")
        await at.press("r")
        await at.rest()
        assert {asked.method for asked in line.asked} == {"GET"}
        assert [intent.state for intent in await intents(at)] == ["queued"]


async def test_while_something_waits_the_line_is_tried_lightly_and_never_else(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox_watch, "PROBE_SECONDS", 0.02)
    tried: list[str] = []

    class Dead(Line):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            tried.append(request.url.path)
            return await super().handle_async_request(request)

    dead = Dead()
    dead.is_down = True
    async with desk(shop_db, tmp_path / "nothing", wrap=dead) as at:
        await at.sees("offline")
        await at.rest()
        count = len(tried)
        await at.pilot.pause(0.2)
        assert len(tried) == count

    tried.clear()
    await held_before(shop_db, tmp_path, "Uji 1")
    async with desk(shop_db, tmp_path, wrap=dead) as at:
        await at.sees("offline")
        count = len(tried)
        await at.until(lambda: len(tried) > count + 3)
        assert all(path.endswith("/notification/unread") for path in tried[count:])
        dead.is_down = False
        await at.until(lambda: made(at) == ["Uji 1"])
        await at.sees("●")


async def test_a_decision_is_held_when_the_line_breaks_and_checked_before_it_goes(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        first, second = [n for n in test_privor.queue(at) if len(test_privor.orders_of(at, n)) == 1][:2]
        await at.press("2")
        for payment in (first, second):
            await test_privor.stand_on(at, payment)
            await test_privor.ask(at, "a")
            line.is_down = True
            await at.press("y")
            await at.sees("h Hold it in the outbox")
            await at.press("h")
            await at.hears(f"Held in the outbox as no. {1 if payment == first else 2}")
            line.is_down = payment == second
            await at.rest()
            if payment == first:
                assert test_privor.states(at, first) == ["WAITING"]
                await at.press("r")
                await at.hears(f"Sent from the outbox, done: payment {first}")
                assert test_privor.states(at, first) == ["ACCEPTED"]
        at.change("UPDATE orders SET order_status = 'REJECTED' WHERE privor_payment_id = ?", second)
        at.change("UPDATE privor_payment SET decided_at = '2026-11-24 11:59:00' WHERE payment_id = ?", second)
        line.is_down = False
        await at.press("r")
        await at.hears(f"Payment {second} is not waiting any more: somebody else has decided on it.")
        assert len(line.to("/order/confirm")) == 1


async def test_a_form_with_a_secret_cannot_be_held_and_says_so(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    from ngorder_tui.api.chapters import bank
    from ngorder_tui.api.errors import Unreachable
    from ngorder_tui.screens.base import NgorderScreen
    from ngorder_tui.screens.sending import offer_hold

    given = {"bank_type": "BCA", "account_number": "0001112223", "holder_name": "Pemilik Uji", "branch": "Uji"}
    async with desk(shop_db, tmp_path, wrap=line) as at:
        assert isinstance(at.app.screen, NgorderScreen)
        call = bank.CREATE.parse({**given, "pin": "pin-5150"})
        assert await offer_hold(at.app.screen, call, "rekening", Unreachable("nobody is there")) is None
        await at.hears("It holds a secret, which is never kept")
        assert await intents(at) == []


async def test_an_edit_that_is_held_is_not_opened_twice(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.press("6")
        await test_forms.opened(at, "n")
        await at.burst(*"Calon Uji", "tab", *"081234000002", "tab", *"#2105", "tab", *"Jl. Uji", "tab", "tab", *"N")
        await at.burst(*["tab"] * 4, "right")
        line.is_down = True
        await at.burst("ctrl+s")
        await at.sees("Send: New")
        await at.press("y")
        await at.sees("h Hold it in the outbox")
        await at.press("h")
        await test_forms.left(at)
        await at.press("n")
        await at.sees("Go on with a draft?", "held in the outbox")
        await at.press("escape", "escape")
        await test_forms.left(at)
        line.is_down = False
        await at.press("r")
        await at.hears("Sent from the outbox, done: New: Customers")
        assert at.one("SELECT count(*) FROM customer WHERE name = 'Calon Uji'") == 1
        assert await at.app.session.store.drafts.list("customer.create") == ()
        assert order.CREATE.id not in {intent.endpoint_id for intent in await intents(at)}
