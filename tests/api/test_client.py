"""The client: every way that a line and a server can fail, told apart by what it means for the user's data."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from ngorder_tui import clock as house_clock
from ngorder_tui.api.chapters import order_cost, stock_transfer, supplier
from ngorder_tui.api.client import Exchange, Wire
from ngorder_tui.api.endpoint import Call, every
from ngorder_tui.api.errors import (
    AnswerUnknown,
    ApiError,
    Forbidden,
    Garbled,
    Invalid,
    Missing,
    NotAllowedHere,
    Refused,
    ServerFault,
    Throttled,
    Unauthorized,
    Unreachable,
)
from ngorder_tui.api.fields import OrderCostId, SupplierId, TransferId
from ngorder_tui.api.models import Page
from ngorder_tui.api.retry import Patience
from tests.api.wire import BASE, KEY, READ, WRITE, Clock, Desk, answer, body_of, client_on, ok

NEVER_LEFT = [
    httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol,
]  # fmt: skip
MAY_HAVE_ARRIVED = [
    httpx.ReadError, httpx.ReadTimeout, httpx.WriteError, httpx.WriteTimeout, httpx.CloseError,
    httpx.RemoteProtocolError, httpx.LocalProtocolError, httpx.DecodingError, ConnectionResetError,
]  # fmt: skip


async def failure(desk: Desk, call: Call[Any], clock: Clock | None = None, **options: Any) -> ApiError:
    """The error that the call ends in."""
    async with client_on(desk, clock=clock, **options) as client:
        with pytest.raises(ApiError) as caught:
            await client.send(call)
    return caught.value


def test_every_transport_error_of_httpx_is_placed() -> None:
    def below(kind: type[Exception]) -> set[type[Exception]]:
        return {kind}.union(*(below(child) for child in kind.__subclasses__()))

    placed = {*NEVER_LEFT, *MAY_HAVE_ARRIVED}
    families = {httpx.TransportError, httpx.TimeoutException, httpx.NetworkError, httpx.ProtocolError}
    assert below(httpx.TransportError) - families <= placed


@pytest.mark.parametrize("kind", NEVER_LEFT)
@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
async def test_what_never_left_is_unreachable_and_tried_again(kind: type[Exception], call: Call[Any]) -> None:
    desk = Desk(kind, kind, ok())
    clock = Clock()
    async with client_on(desk, clock=clock) as client:
        await client.send(call)
    assert len(desk.requests) == 3
    assert len(clock.waits) == 2
    ended = await failure(Desk(kind), call, wire=Wire(base_url=BASE, patience=Patience(total=0.0)))
    assert type(ended) is Unreachable


@pytest.mark.parametrize("kind", MAY_HAVE_ARRIVED)
async def test_a_write_that_may_have_arrived_is_unknown_and_never_sent_again(kind: type[Exception]) -> None:
    desk = Desk(kind, ok())
    assert type(await failure(desk, WRITE)) is AnswerUnknown
    assert len(desk.requests) == 1


@pytest.mark.parametrize("kind", MAY_HAVE_ARRIVED)
async def test_a_read_that_broke_is_tried_again(kind: type[Exception]) -> None:
    desk = Desk(kind, ok())
    async with client_on(desk) as client:
        assert (await client.send(READ)).data == []
    assert len(desk.requests) == 2
    ended = await failure(Desk(kind), READ, wire=Wire(base_url=BASE, patience=Patience(total=0.0)))
    assert type(ended) is ServerFault


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599])
async def test_5xx(status: int) -> None:
    page = httpx.Response(status, html="<h1>Bad gateway</h1>")
    desk = Desk(page, ok())
    assert type(await failure(desk, WRITE)) is AnswerUnknown
    assert len(desk.requests) == 1
    desk = Desk(page, ok())
    async with client_on(desk) as client:
        await client.send(READ)
    assert len(desk.requests) == 2


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
async def test_3xx_is_never_followed(status: int, call: Call[Any]) -> None:
    desk = Desk(answer({"data": []}, status, Location="https://elsewhere.example.test/"))
    ended = await failure(desk, call)
    assert type(ended) is (AnswerUnknown if call is WRITE else Garbled)
    assert {request.url.host for request in desk.requests} == {"api.example.test"}
    assert len(desk.requests) <= 3


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Refused), (401, Unauthorized), (403, Forbidden), (404, Missing), (405, Refused), (406, Refused),
        (410, Missing), (418, Refused), (422, Refused),
    ],
)  # fmt: skip
@pytest.mark.parametrize("body", [b'{"message": "Tidak bisa."}', b"<html>no</html>", b"", b"[1]", b'"no"'])
@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
async def test_4xx_is_a_no_whatever_its_body(status: int, kind: type[ApiError], body: bytes, call: Call[Any]) -> None:
    desk = Desk(httpx.Response(status, content=body))
    ended = await failure(desk, call)
    assert type(ended) is kind
    assert len(desk.requests) == 1
    assert str(ended) == ("Tidak bisa." if body.startswith(b"{") else str(ended))
    assert str(ended)


@pytest.mark.parametrize("word", ["Failed", "failed", "FAILED", "gagal"])
@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
async def test_failed_with_200_is_a_refusal_with_its_reasons(word: str, call: Call[Any]) -> None:
    message = {"products.0.qty": ["must be 1 or more"], "maximum amount": [150000]}
    ended = await failure(Desk(answer({"response": word, "message": message, "data": None})), call)
    assert type(ended) is Refused
    assert dict(ended.fields) == {"products.0.qty": ("must be 1 or more",), "maximum amount": ("150000",)}


@pytest.mark.parametrize("word", ["Success", "success", "sukses", "Sukses", "Your data is on its way by e-mail."])
async def test_a_word_of_success_or_a_sentence_is_none(word: str) -> None:
    async with client_on(Desk(answer({"response": word, "data": []}))) as client:
        assert (await client.send(READ)).data == []


UNREADABLE = [
    b"<html><body>maintenance</body></html>",
    b'{"response": "Success", "data": [{"id": 1, "na',
    b"null",
    b"NaN",
    b"\xff\xfe\x00",
    b"[1, 2]",
    b"12",
    b"[" * 100_000,
    b'{"data": {"id": "not a list"}}',
]


@pytest.mark.parametrize("body", UNREADABLE, ids=range(len(UNREADABLE)))
async def test_garbage_with_200(body: bytes) -> None:
    desk = Desk(httpx.Response(200, content=body))
    assert type(await failure(desk, READ)) is Garbled
    assert len(desk.requests) <= 3


@pytest.mark.parametrize("body", UNREADABLE[:8], ids=range(8))
async def test_garbage_after_a_write_leaves_it_unknown(body: bytes) -> None:
    desk = Desk(httpx.Response(200, content=body))
    assert type(await failure(desk, WRITE)) is AnswerUnknown
    assert len(desk.requests) == 1


async def test_an_empty_answer_is_done_for_a_write_and_nothing_for_a_read() -> None:
    for empty in (httpx.Response(204), httpx.Response(200, headers={"Content-Length": "0"}, content=b"")):
        async with client_on(Desk(empty)) as client:
            reply = await client.send(WRITE)
            assert reply.data is None
    assert type(await failure(Desk(httpx.Response(200, content=b"")), READ)) is Garbled

    async def without_length() -> Any:
        yield b""

    streamed = await failure(Desk(lambda _: httpx.Response(200, content=without_length())), WRITE)
    assert type(streamed) is AnswerUnknown


@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
async def test_429_waits_the_seconds_it_was_told_reads_and_writes_alike(call: Call[Any]) -> None:
    clock = Clock()
    desk = Desk(answer({}, 429, Retry_After="7"), ok())
    async with client_on(desk, clock=clock) as client:
        await client.send(call)
    assert clock.waits == [7.0]
    assert len(desk.requests) == 2


async def test_429_waits_until_the_date_it_was_told() -> None:
    moment = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
    house_clock.stop_at(moment)
    try:
        clock = Clock()
        desk = Desk(answer({}, 429, Retry_After=format_datetime(moment + timedelta(seconds=9), usegmt=True)), ok())
        async with client_on(desk, clock=clock) as client:
            await client.send(READ)
    finally:
        house_clock.stop_at(None)
    assert clock.waits == [9.0]


@pytest.mark.parametrize(("header", "seconds"), [("3600", 3600.0), ("soon", None), ("-5", None), ("1e9", None)])
async def test_429_to_the_end_is_throttled(header: str, seconds: float | None) -> None:
    patience = Wire(base_url=BASE, patience=Patience(total=0.0))
    ended = await failure(Desk(answer({}, 429, Retry_After=header)), WRITE, wire=patience)
    assert isinstance(ended, Throttled)
    assert ended.retry_after == seconds


async def test_429_with_a_wait_of_zero_is_not_asked_in_a_tight_loop() -> None:
    clock = Clock()
    async with client_on(Desk(*[answer({}, 429, Retry_After="0")] * 3, ok()), clock=clock) as client:
        await client.send(READ)
    assert all(wait > 0 for wait in clock.waits)


async def test_what_is_sent() -> None:
    desk = Desk(ok())
    async with client_on(desk, wire=Wire(base_url=BASE + "/", language="id")) as client:
        await client.send(WRITE)
        client.language = "en"
        await client.send(READ)
    write, read = desk.requests
    assert (write.method, str(write.url)) == ("POST", f"{BASE}/supplier/create")
    assert write.headers["Authorization"] == f"Bearer {KEY}"
    assert [request.headers["Accept-Language"] for request in desk.requests] == ["id", "en"]
    assert "gzip" in write.headers["Accept-Encoding"]
    assert body_of(write) == {
        "name": "Gudang Contoh", "district_id": 17, "addess": "Jl. Contoh 1", "phone": "0800000001", "description": "-",
    }  # fmt: skip
    assert (read.method, str(read.url), read.content) == ("GET", f"{BASE}/supplier", b"")


@pytest.mark.parametrize("hostile", ["..", ".", "a/../b", "a/b?c#d", "%2e%2e", "é \\", "/", "//elsewhere.example.test"])
async def test_a_path_argument_cannot_lead_elsewhere(hostile: str) -> None:
    desk = Desk(ok())
    call = order_cost.DELETE(order_cost.WhichOrderCost(order_cost_id=OrderCostId(hostile)))
    async with client_on(desk, consented=frozenset({call.endpoint.id})) as client:
        if not hostile.strip("."):
            with pytest.raises(Invalid) as caught:
                await client.send(call)
            assert list(caught.value.fields) == ["order_cost_id"]
            assert desk.requests == []
        else:
            await client.send(call)
            assert re.fullmatch(rb"/api/open/order-cost/delete/[^/?#]+", desk.requests[0].url.raw_path)
            assert desk.requests[0].url.host == "api.example.test"


async def test_another_path_can_be_set_by_id() -> None:
    desk = Desk(ok())
    paths = {"stock_transfer.get": "/stock-transfer/one/{id}"}
    async with client_on(desk, wire=Wire(base_url=BASE, paths=paths)) as client:
        await client.send(stock_transfer.GET(stock_transfer.OneTransfer(id=TransferId(0))))
    assert desk.requests[0].url.path == "/api/open/stock-transfer/one/0"


async def test_an_unconfirmed_write_needs_consent_or_a_path_from_the_user() -> None:
    call = supplier.UPDATE(supplier.UpdateSupplier(supplier_id=SupplierId(0), name="Gudang"))
    desk = Desk(ok())
    ended = await failure(desk, call)
    assert isinstance(ended, NotAllowedHere)
    assert "supplier.update" in str(ended)
    assert desk.requests == []
    async with client_on(desk, consented=frozenset({"supplier.update"})) as client:
        await client.send(call)
    async with client_on(desk, wire=Wire(base_url=BASE, paths={"supplier.update": "/supplier/change"})) as client:
        await client.send(call)
    assert [request.url.path for request in desk.requests] == ["/api/open/supplier/update", "/api/open/supplier/change"]


async def test_read_only_sends_no_write() -> None:
    desk = Desk(ok())
    assert isinstance(await failure(desk, WRITE, wire=Wire(base_url=BASE, read_only=True)), NotAllowedHere)
    assert desk.requests == []
    async with client_on(desk, wire=Wire(base_url=BASE, read_only=True)) as client:
        await client.send(READ)
    assert len(desk.requests) == 1


async def test_links_next_is_never_followed() -> None:
    pagination = {
        "total": 30, "count": 10, "per_page": 10, "current_page": 1, "total_pages": 3,
        "links": {"next": "https://api.example.test/api/open?pagination_offset=2"},
    }  # fmt: skip
    desk = Desk(answer({"data": [{"id": 1}], "meta": {"pagination": pagination}}))
    async with client_on(desk) as client:
        page = await client.send(READ)
    assert isinstance(page, Page)
    assert not page.is_last
    assert len(desk.requests) == 1


async def test_gzip_is_read_and_an_answer_without_end_is_dropped() -> None:
    desk = Desk(lambda _: httpx.Response(200, headers={"Content-Encoding": "gzip"}, content=b"no gzip"))
    assert type(await failure(desk, WRITE)) is AnswerUnknown

    async def endless() -> Any:
        while True:
            yield b" " * (8 * 1024 * 1024)

    assert type(await failure(Desk(lambda _: httpx.Response(200, content=endless())), WRITE)) is AnswerUnknown


async def test_each_attempt_is_reported_to_the_watcher() -> None:
    seen: list[Exchange] = []
    async with client_on(Desk(httpx.ConnectError, answer({}, 500), ok()), watch=seen.append) as client:
        await client.send(READ)
        await client.send(WRITE)
    assert [exchange.status for exchange in seen] == [None, 500, 200, 200]
    assert [exchange.endpoint_id for exchange in seen] == ["supplier.list"] * 3 + ["supplier.create"]
    assert [exchange.bytes_out > 0 for exchange in seen] == [False, False, False, True]


async def test_a_cancelled_call_raises_nothing_else() -> None:
    started = asyncio.Event()

    async def hang(_: httpx.Request) -> httpx.Response:
        started.set()
        await asyncio.Event().wait()
        raise AssertionError

    async with client_on(Desk(hang)) as client:
        task = asyncio.create_task(client.send(WRITE))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


def test_only_reads_send_files_so_that_a_full_disk_leaves_no_doubt() -> None:
    assert [endpoint.id for endpoint in every() if endpoint.sends_file and endpoint.is_write] == []
