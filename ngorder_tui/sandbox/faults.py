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
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PIECE = 1024
_DROP = 64
"""Bytes of a piece of an answer that drips."""
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
    lost: float = 0.0
    truncated: float = 0.0
    error_after_commit: float = 0.0
    drip_ms: int = 0

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
        lost, truncated, spoilt = self._luck.random(), self._luck.random(), self._luck.random()
        half = self._faults.latency_ms / 2000
        if half:
            await self._sleep(half)
        send = self._returning(send, half)
        if lost < self._faults.lost:
            # A server can cut a connection only in the middle of an answer.
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
            raise Cut("the connection was cut before the request arrived")
        if (wait := self._must_wait()) is not None:
            await _answer(send, 429, _failed("Too many requests."), {b"retry-after": str(wait).encode()})
        elif fails < self._faults.error_rate:
            await self._fail(which, send)
        elif scope["method"] == "GET":
            await self._app(scope, self._arriving(receive), send)
        elif drops < self._faults.drop_after_commit:
            await self._spoil(scope, self._arriving(receive), send, self._drop)
        elif truncated < self._faults.truncated:
            await self._spoil(scope, self._arriving(receive), send, partial(self._truncate, which == 0))
        elif spoilt < self._faults.error_after_commit:
            await self._spoil(scope, self._arriving(receive), send, lambda _started, send: self._fail(which, send))
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

    async def _spoil(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        how: Callable[[list[Message], Send], Awaitable[None]],
    ) -> None:
        """Have the request done; spoil its answer, unless it is a refusal: then there is nothing to hide."""
        answer: list[Message] = []

        async def swallow(message: Message) -> None:
            answer.append(message)

        await self._app(scope, receive, swallow)
        if answer and answer[0]["status"] < 400:
            await how(answer, send)
            return
        for message in answer:
            await send(message)

    async def _drop(self, answer: list[Message], send: Send) -> None:
        # A begun answer without its body: the server can then do nothing but close the connection.
        await send(answer[0])
        raise Cut("the connection was cut after the request was done")

    async def _truncate(self, looks_whole: bool, answer: list[Message], send: Send) -> None:
        start, body = answer[0], b"".join(message.get("body", b"") for message in answer[1:])
        left = body[: len(body) // 2]
        if looks_whole:
            headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
            start = {**start, "headers": [*headers, (b"content-length", str(len(left)).encode())]}
        await send(start)
        await send({"type": "http.response.body", "body": left, "more_body": not looks_whole})
        if not looks_whole:
            raise Cut("the connection was cut in the middle of the answer")

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
            for number, piece in enumerate(pieces := self._pieces(body), 1):
                if self._faults.drip_ms:
                    await self._sleep(self._faults.drip_ms / 1000)
                await self._carry(len(piece))
                await send({"type": "http.response.body", "body": piece, "more_body": more or number < len(pieces)})

        return slow

    def _pieces(self, body: bytes) -> list[bytes]:
        size = _DROP if self._faults.drip_ms else len(body) if self._faults.kbps is None else _PIECE
        return [body[start : start + size] for start in range(0, len(body), size or 1)] or [b""]

    async def _carry(self, size: int) -> None:
        if self._faults.kbps is not None and size:
            await self._sleep(size * 8 / (self._faults.kbps * 1000))


async def _answer(send: Send, status: int, body: bytes, headers: dict[bytes, bytes]) -> None:
    head = {b"content-type": b"application/json", b"content-length": str(len(body)).encode()} | headers
    await send({"type": "http.response.start", "status": status, "headers": list(head.items())})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _failed(sentence: str) -> bytes:
    return json.dumps({"response": "Failed", "message": sentence, "data": None}).encode()
