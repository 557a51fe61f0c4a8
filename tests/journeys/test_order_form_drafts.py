"""A new order on disk: whatever ends the program, the order goes on where it was, and is never sent twice unasked."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import httpx
import pytest

from ngorder_tui.api.chapters import order
from ngorder_tui.sandbox.faults import Faults
from ngorder_tui.screens.order_form import OrderForm, open_order_form
from ngorder_tui.screens.orders import OrdersScreen
from tests.desk import desk
from tests.journeys.order_steps import (
    BUYER,
    SHIRT,
    SHIRT_2,
    Recorder,
    begin_order,
    choose_courier,
    choose_receiver,
    drafts,
    focused_field,
    form_of,
    go_to,
    last_order,
    lines_of,
    open_form,
    orders_made,
    pick,
    review,
    scan,
    send,
    stocked,
    write,
)


@pytest.fixture
def shop(shop_db: sqlite3.Connection) -> sqlite3.Connection:
    return stocked(shop_db)


async def test_every_key_is_on_disk_before_the_next(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await open_form(at)
        assert await drafts(at) == (), "an order that nobody has touched is no draft"
        await go_to(at, "note")
        for typed in ("a", "ab", "abc"):
            await at.pilot.press(typed[-1])
            (draft,) = await drafts(at)
            assert draft.content["fields"] == {"note": typed}
            assert draft.focus == "note"


async def test_the_draft_is_offered_and_goes_on_at_the_same_field(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await open_form(at)
        await choose_receiver(at)
        await scan(at, f"3*{SHIRT}", "WRONG-1", "0*X")
        await go_to(at, "expedition.rate")
        await write(at, "12x")
        before = form_of(at).sheet.content()
    async with desk(shop, tmp_path) as at:
        await at.press("n")
        await at.sees("Go on with a draft?", f"{BUYER} · 2 lines · now")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, OrderForm))
        await at.rest()
        form = form_of(at)
        assert form.sheet.content()["fields"] == before["fields"]
        assert focused_field(at) == "expedition.rate"
        assert form.sheet.text_of("expedition.rate") == "12x"
        await at.sees(BUYER, SHIRT, "not found: WRONG-1", "not read: 0*X", "Rp189.000")


async def test_several_drafts_are_parked_and_one_is_thrown_away(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        for words in ("one", "two"):
            await at.press("n")
            if words == "two":
                await at.sees("A new order")
                await at.press("down", "enter")
            await at.until(lambda: isinstance(at.app.screen, OrderForm))
            await go_to(at, "note")
            await write(at, words)
            await at.press("escape")
            await at.hears("Your draft is kept")
        assert [draft.content["fields"] for draft in await drafts(at)] == [{"note": "two"}, {"note": "one"}]
        await at.press("n")
        await at.sees("Throw a draft away…")
        await at.press("end", "enter")
        await at.sees("Which draft is thrown away?")
        await at.press("enter")
        await at.sees("Throw this draft away?")
        await at.press("y")
        await at.sees("Go on with a draft?")
        assert [draft.content["fields"] for draft in await drafts(at)] == [{"note": "one"}]
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, OrderForm))
        assert form_of(at).sheet.text_of("note") == "one"


async def test_no_answer_means_the_draft_is_marked_and_not_sent_again_unasked(
    shop: sqlite3.Connection, tmp_path: Path
) -> None:
    async with desk(shop, tmp_path, faults=Faults(drop_after_commit=1.0)) as at:
        before = orders_made(at)
        await begin_order(at, SHIRT_2)
        await send(at)
        await at.hears("Sent, answer unknown")
        await at.sees("no. 1 of the journal, answer unknown", "Look for it in the list of orders")
        assert orders_made(at) == before + 1
    async with desk(shop, tmp_path) as at:
        await at.press("n")
        await at.sees("sent, answer unknown")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, OrderForm))
        await at.sees("no. 1 of the journal, answer unknown")
        await review(at)
        await at.press("y")
        await at.sees("Send it again?")
        await at.press("enter")
        await write(at, "no")
        await at.press("enter", "escape")
        assert orders_made(at) == before + 1
        await review(at)
        await at.press("y")
        await at.sees("Send it again?")
        await write(at, "again")
        await at.press("enter")
        await at.rest()
        assert orders_made(at) == before + 2
        assert await drafts(at) == ()


async def test_an_order_that_never_left_is_kept_and_can_be_sent_again(shop: sqlite3.Connection, tmp_path: Path) -> None:
    lines: list[Recorder] = []

    def recorded(transport: httpx.AsyncBaseTransport) -> Recorder:
        lines.append(Recorder(transport))
        return lines[-1]

    async with desk(shop, tmp_path, wrap=recorded) as at:
        before = orders_made(at)
        await begin_order(at)
        lines[0].is_down = True
        await send(at)
        await at.hears("Not sent")
        await at.press("escape")
        (draft,) = await drafts(at)
        assert "sent" not in draft.content
        lines[0].is_down = False
        await send(at)
        assert orders_made(at) == before + 1


class SlowOrders(Recorder):
    """A line on which an order's answer waits until somebody lets it go."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        super().__init__(inner)
        self.may_go = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await super().handle_async_request(request)
        if request.method == "POST":
            await self.may_go.wait()
        return answer


async def test_leaving_waits_for_the_answer_of_an_order_on_its_way(shop: sqlite3.Connection, tmp_path: Path) -> None:
    lines: list[SlowOrders] = []

    def slow(transport: httpx.AsyncBaseTransport) -> SlowOrders:
        lines.append(SlowOrders(transport))
        return lines[-1]

    async with desk(shop, tmp_path, wrap=slow) as at:
        await begin_order(at)
        form = form_of(at)
        await review(at)
        await at.pilot.press("y")
        await at.until(lambda: lines[0].orders)
        (draft,) = await drafts(at)
        assert "sending" in str(draft.content["sent"]), "whatever ends the program now, the draft says so"
        await at.pilot.press("escape", "f10")
        await at.hears("wait for the answer")
        assert at.app.screen is form
        lines[0].may_go.set()
        await at.until(lambda: at.app.screen is not form)
        assert await drafts(at) == ()
        assert len(lines[0].orders) == 1


async def test_a_copy_of_an_order_begins_with_its_people_and_goods(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await begin_order(at, f"2*{SHIRT}", f"12*{SHIRT_2}")
        await go_to(at, "note")
        await write(at, "catatan lama")
        await send(at)
        await at.until(lambda: isinstance(at.app.screen, OrdersScreen))
        first = last_order(at)
        listed = await at.app.session.latest(order.LIST_DETAILS())
        (detail,) = [one for one in listed.readable() if one.order_id == first["order_id"]]
        screen = at.app.screen
        assert isinstance(screen, OrdersScreen)
        screen.run_worker(open_order_form(screen, copied=detail), group="dialog", exit_on_error=False)
        await at.until(lambda: isinstance(at.app.screen, OrderForm))
        await at.rest()
        await at.until(lambda: form_of(at).sheet.totals().goods == first["goods_amount"])
        await at.sees(SHIRT, SHIRT_2, "stock 47", BUYER)
        await go_to(at, "warehouse")
        await pick(at, "Gudang Utama")
        await choose_courier(at, "Pick-up")
        await send(at)
        copy = last_order(at)
        assert copy["order_id"] != first["order_id"]
        assert lines_of(at, copy["order_id"]) == lines_of(at, first["order_id"])
        assert (copy["note"], copy["customer_receiver_id"]) == ("catatan lama", first["customer_receiver_id"])


async def test_a_customer_half_made_comes_back_with_the_draft(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await open_form(at)
        await at.press("ctrl+n")
        await at.sees("New customer")
        await write(at, "Rara Contoh")
        (draft,) = await drafts(at)
        assert "Rara Contoh" in str(draft.content)
    async with desk(shop, tmp_path) as at:
        await at.press("n")
        await at.sees("Go on with a draft?")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, OrderForm))
        await go_to(at, "customer_receiver_id")
        await at.press("ctrl+n")
        await at.sees("New customer", "Rara Contoh")


async def test_a_read_only_session_sends_nothing_and_keeps_everything(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path, read_only=True) as at:
        before = orders_made(at)
        await begin_order(at)
        await send(at)
        await at.hears("read-only")
        assert orders_made(at) == before
        (draft,) = await drafts(at)
        assert "sent" not in draft.content
