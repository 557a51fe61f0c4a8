"""A bad line and a bad day at the other end, on purpose: for training and for tests."""

from __future__ import annotations

import asyncio
import json
import math
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PIECE = 1024
_WINDOW = 60.0
_PAGE = b"<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Bad gateway</h1></body></html>"


class Cut(Exception):
    """The connection was cut before a whole answer was through.

    Over a socket the server closes the connection; a caller in the same process gets this exception.
    """


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong, and how often.

    `latency_ms`: milliseconds on top of every answer, half on the way there and half on the way back. `kbps`: the
    line's bandwidth in 1000 bits a second, both ways; None is no limit. `error_rate`: share (0..1) of requests that
    are not done and answered with 500, 503 or a page of HTML. `drop_after_commit`: share of writes that are done,
    and then the connection is cut. `rate_limit`: requests in any 60 seconds; more get 429; None is no limit. The
    same `seed` gives the same luck.
    """

    latency_ms: int = 0
    kbps: int | None = None
    error_rate: float = 0.0
    drop_after_commit: float = 0.0
    rate_limit: int | None = None
    seed: int = 1

    def wrap(
        self,
        app: ASGIApp,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        tick: Callable[[], float] = time.monotonic,
    ) -> ASGIApp:
        """The application behind these faults. `sleep` and `tick` stand in for waiting and for the clock in tests."""
        return _Line(self, app, sleep, tick)


class _Line:
    def __init__(
        self,
        faults: Faults,
        app: ASGIApp,
        sleep: Callable[[float], Awaitable[None]],
        tick: Callable[[], float],
    ) -> None:
        self._faults = faults
        self._app = app
        self._sleep = sleep
        self._tick = tick
        self._luck = random.Random(faults.seed)
        self._asked: deque[float] = deque()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # Drawn for every request alike, so that one fault's share does not change another's luck.
        fails, drops, which = self._luck.random(), self._luck.random(), self._luck.randrange(3)
        half = self._faults.latency_ms / 2000
        if half:
            await self._sleep(half)
        send = self._returning(send, half)
        if (wait := self._must_wait()) is not None:
            await _answer(send, 429, _failed("Too many requests."), {b"retry-after": str(wait).encode()})
        elif fails < self._faults.error_rate:
            await self._fail(which, send)
        elif scope["method"] != "GET" and drops < self._faults.drop_after_commit:
            await self._drop(scope, self._arriving(receive), send)
        else:
            await self._app(scope, self._arriving(receive), send)

    def _must_wait(self) -> int | None:
        """Seconds until the next request is let in, or None if this one is."""
        if self._faults.rate_limit is None:
            return None
        now = self._tick()
        while self._asked and now - self._asked[0] >= _WINDOW:
            self._asked.popleft()
        if len(self._asked) < self._faults.rate_limit:
            self._asked.append(now)
            return None
        oldest = self._asked[0] if self._asked else now
        return max(1, math.ceil(_WINDOW - (now - oldest)))

    async def _fail(self, which: int, send: Send) -> None:
        if which == 0:
            await _answer(send, 500, _failed("Server error."), {})
        elif which == 1:
            await _answer(send, 503, _failed("The service is being maintained."), {})
        else:
            await _answer(send, 502, _PAGE, {b"content-type": b"text/html; charset=utf-8"})

    async def _drop(self, scope: Scope, receive: Receive, send: Send) -> None:
        started: list[Message] = []

        async def swallow(message: Message) -> None:
            started.append(message)

        await self._app(scope, receive, swallow)
        if started and started[0]["status"] < 400:
            # A begun answer without its body: the server can then do nothing but close the connection.
            await send(started[0])
            raise Cut("the connection was cut after the request was done")
        for message in started:
            await send(message)

    def _arriving(self, receive: Receive) -> Receive:
        if self._faults.kbps is None:
            return receive

        async def slow() -> Message:
            message = await receive()
            await self._carry(len(message.get("body", b"")))
            return message

        return slow

    def _returning(self, send: Send, half: float) -> Send:
        async def slow(message: Message) -> None:
            if message["type"] == "http.response.start":
                if half:
                    await self._sleep(half)
                await self._carry(sum(len(name) + len(value) + 4 for name, value in message.get("headers", ())))
                await send(message)
                return
            body, more = message.get("body", b""), message.get("more_body", False)
            pieces = [body] if self._faults.kbps is None else _pieces(body)
            for number, piece in enumerate(pieces, 1):
                await self._carry(len(piece))
                await send({"type": "http.response.body", "body": piece, "more_body": more or number < len(pieces)})

        return slow

    async def _carry(self, size: int) -> None:
        if self._faults.kbps is not None and size:
            await self._sleep(size * 8 / (self._faults.kbps * 1000))


def _pieces(body: bytes) -> list[bytes]:
    return [body[start : start + _PIECE] for start in range(0, len(body), _PIECE)] or [b""]


async def _answer(send: Send, status: int, body: bytes, headers: dict[bytes, bytes]) -> None:
    head = {b"content-type": b"application/json", b"content-length": str(len(body)).encode()} | headers
    await send({"type": "http.response.start", "status": status, "headers": list(head.items())})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _failed(sentence: str) -> bytes:
    return json.dumps({"response": "Failed", "message": sentence, "data": None}).encode()
