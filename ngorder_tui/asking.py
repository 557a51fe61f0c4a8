"""Questions to the server: one request for all who ask the same at once, its answer kept for the next time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ngorder_tui.clock import now

if TYPE_CHECKING:
    from ngorder_tui.api.client import Client
    from ngorder_tui.api.endpoint import Call
    from ngorder_tui.store.cache import Cache

Out = TypeVar("Out")
DECODE_ON_LOOP = 40_000
"""Bytes: a longer body is read in a thread, so that the event loop is not held."""


@dataclass(frozen=True, slots=True)
class Fresh(Generic[Out]):
    """An answer that was just given, and its body as it came."""

    body: bytes
    value: Out


@dataclass(slots=True)
class _Shared:
    task: asyncio.Task[Fresh[Any]]
    waiting: int = 0


class Asking:
    """Asks by the client that `connect` gives; a request lives as long as somebody waits for it."""

    def __init__(self, connect: Callable[[], Awaitable[Client]], cache: Cache) -> None:
        self._connect = connect
        self._cache = cache
        self._asked: dict[str, _Shared] = {}

    async def ask(self, call: Call[Out]) -> Fresh[Out]:
        """The fresh answer. Raises ApiError."""
        key = call.key
        shared = self._asked.get(key)
        if shared is None:
            shared = self._asked[key] = _Shared(asyncio.create_task(self._fetch(call)))
            shared.task.add_done_callback(lambda task: self._forget(key, task))
        shared.waiting += 1
        try:
            return await asyncio.shield(shared.task)
        finally:
            shared.waiting -= 1
            if not shared.waiting and not shared.task.done():
                self._forget(key, shared.task)
                shared.task.cancel()

    def _forget(self, key: str, task: asyncio.Task[Fresh[Any]]) -> None:
        # By the time a cancelled request has ended, somebody may have asked the same anew.
        if key in self._asked and self._asked[key].task is task:
            del self._asked[key]

    async def _fetch(self, call: Call[Out]) -> Fresh[Out]:
        client = await self._connect()
        answer = await client.fetch(call)
        value = await off_the_loop(answer.body, lambda: client.read(call, answer))
        if not call.endpoint.holds_secret:
            await self._cache.put(call.key, answer.body, now())
        return Fresh(answer.body, value)

    def cancel(self) -> None:
        """Drop the requests under way."""
        for shared in list(self._asked.values()):
            shared.task.cancel()


async def off_the_loop(body: bytes, read: Callable[[], Out]) -> Out:
    """What `read` gives, in a thread where the body is long."""
    return await asyncio.to_thread(read) if len(body) > DECODE_ON_LOOP else read()
