from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import httpx
import pytest

from ngorder_tui.sandbox.faults import Cut, Faults
from tests.sandbox.asking import Asker

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

BODY = bytes(5000)


class Waiting:
    """A clock that is moved by waiting."""

    def __init__(self) -> None:
        self.time = 0.0
        self.waits: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds

    def tick(self) -> float:
        return self.time


class Server:
    """An application that counts what it has done."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.done = 0

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        self.done += 1
        headers = [(b"content-length", str(len(BODY)).encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": BODY})


def caller(faults: Faults, server: Server, clock: Waiting) -> Callable[[str], Awaitable[httpx.Response]]:
    transport = httpx.ASGITransport(faults.wrap(server, sleep=clock.sleep, tick=clock.tick))

    async def call(method: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://sandbox") as client:
            return await client.request(method, "/", content=bytes(1000))

    return call


async def test_without_faults_nothing_changes() -> None:
    clock, server = Waiting(), Server()
    response = await caller(Faults(), server, clock)("POST")
    assert (response.status_code, response.content, clock.waits) == (200, BODY, [])


async def test_latency_is_half_on_the_way_there_and_half_on_the_way_back() -> None:
    clock, server = Waiting(), Server()
    await caller(Faults(latency_ms=300), server, clock)("GET")
    assert clock.waits == [0.15, 0.15]


async def test_bandwidth_counts_both_ways() -> None:
    clock, server = Waiting(), Server()
    response = await caller(Faults(kbps=32), server, clock)("POST")
    assert response.content == BODY
    head = len("content-length") + len("5000") + 4
    assert clock.time == pytest.approx((1000 + head + len(BODY)) * 8 / 32_000)
    assert max(clock.waits) == pytest.approx(1024 * 8 / 32_000)


async def test_errors_come_in_three_kinds_and_nothing_is_done() -> None:
    clock, server = Waiting(), Server()
    call = caller(Faults(error_rate=0.5, seed=3), server, clock)
    answers = [await call("POST") for _ in range(200)]
    statuses = Counter(answer.status_code for answer in answers)
    assert set(statuses) == {200, 500, 502, 503}
    assert 70 < statuses[200] < 130
    assert server.done == statuses[200]
    for answer in answers:
        if answer.status_code == 502:
            assert answer.headers["Content-Type"].startswith("text/html")
        elif answer.status_code >= 500:
            assert answer.json()["response"] == "Failed"


async def test_the_same_seed_has_the_same_luck() -> None:
    async def statuses(seed: int) -> list[int]:
        call = caller(Faults(error_rate=0.5, seed=seed), Server(), Waiting())
        return [(await call("GET")).status_code for _ in range(30)]

    assert await statuses(1) == await statuses(1)
    assert await statuses(1) != await statuses(2)


async def test_a_dropped_write_is_done_and_not_answered() -> None:
    server = Server()
    call = caller(Faults(drop_after_commit=1.0), server, Waiting())
    with pytest.raises(Cut):
        await call("PATCH")
    assert server.done == 1
    assert (await call("GET")).status_code == 200


async def test_a_refused_write_is_answered_even_so() -> None:
    call = caller(Faults(drop_after_commit=1.0), Server(status=400), Waiting())
    assert (await call("POST")).status_code == 400


async def test_more_requests_than_a_minute_takes_are_turned_away() -> None:
    clock, server = Waiting(), Server()
    call = caller(Faults(rate_limit=2), server, clock)
    assert (await call("GET")).status_code == 200
    clock.time = 30.0
    assert (await call("GET")).status_code == 200
    clock.time = 45.5
    turned_away = await call("GET")
    assert turned_away.status_code == 429
    assert turned_away.headers["Retry-After"] == "15"
    assert server.done == 2
    clock.time += 15
    assert (await call("GET")).status_code == 200


async def test_a_dropped_write_stays_in_the_shop(db: sqlite3.Connection) -> None:
    shop = Asker(db, faults=Faults(drop_after_commit=1.0))
    with pytest.raises(Cut):
        await shop.ask("order_source.create", marketplace_id=1, note="Kanal Uji")
    assert [row["note"] for row in await shop.rows("order_source.list")].count("Kanal Uji") == 1


async def test_what_is_lost_never_arrives() -> None:
    server = Server()
    call = caller(Faults(lost=1.0), server, Waiting())
    for method in ("GET", "POST"):
        with pytest.raises(Cut):
            await call(method)
    assert server.done == 0


async def test_a_truncated_answer_is_half_of_it_with_the_connection_or_as_if_it_were_whole() -> None:
    server = Server()
    call = caller(Faults(truncated=1.0), server, Waiting())
    lengths: Counter[int] = Counter()
    for _ in range(30):
        try:
            response = await call("POST")
        except Cut:
            lengths[0] += 1
        else:
            assert response.headers["Content-Length"] == str(len(response.content))
            lengths[len(response.content)] += 1
    assert set(lengths) == {0, len(BODY) // 2}
    assert server.done == 30
    assert (await call("GET")).content == BODY


async def test_an_error_after_commit_is_told_of_what_was_done() -> None:
    server = Server()
    call = caller(Faults(error_after_commit=1.0), server, Waiting())
    assert {(await call("POST")).status_code for _ in range(30)} == {500, 502, 503}
    assert server.done == 30
    assert (await call("GET")).status_code == 200


@pytest.mark.parametrize("faults", [Faults(truncated=1.0), Faults(error_after_commit=1.0)])
async def test_a_refusal_is_never_spoilt(faults: Faults) -> None:
    response = await caller(faults, Server(status=400), Waiting())("POST")
    assert (response.status_code, response.content) == (400, BODY)


async def test_an_answer_that_drips_comes_whole_after_many_silences() -> None:
    clock, server = Waiting(), Server()
    response = await caller(Faults(drip_ms=100), server, clock)("GET")
    assert response.content == BODY
    assert set(clock.waits) == {0.1}
    assert len(clock.waits) == -(-len(BODY) // 64)
