"""Two verbs for everything on screen: read (what is kept, then what is fresh) and write (journalled first)."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from ngorder_tui.clock import now

if TYPE_CHECKING:
    from ngorder_tui.api.client import Client, Exchange
    from ngorder_tui.api.endpoint import Call
    from ngorder_tui.api.errors import ApiError
    from ngorder_tui.store.cache import Cache
    from ngorder_tui.store.database import Database
    from ngorder_tui.store.drafts import Drafts
    from ngorder_tui.store.journal import Journal, State
    from ngorder_tui.store.seen import Seen

Out = TypeVar("Out")
SLOW_SECONDS = 1.5
"""An answer that takes longer than this makes the line a slow one."""
DECODE_ON_LOOP = 40_000
"""Bytes: a longer body is read in a thread, so that the event loop is not held."""


@dataclass(frozen=True, slots=True)
class Kept(Generic[Out]):
    """An answer as a screen gets it: `at` is when the server gave it, `fresh` whether that was just now."""

    value: Out
    at: datetime
    fresh: bool


@dataclass(frozen=True, slots=True)
class Receipt(Generic[Out]):
    """What became of a write.

    done: `value` is the answer. refused: nothing was done, `error` says why. unsent: it never left this machine.
    unknown: it left and may have happened; a person decides. `body` is the answer as it came.
    """

    number: int
    state: Literal["done", "refused", "unsent", "unknown"]
    value: Out | None = None
    error: ApiError | None = None
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Link:
    """The line as last seen. `latency` in seconds, `since` when it became what it is, bytes since the start."""

    state: Literal["untried", "online", "slow", "offline"] = "untried"
    latency: float | None = None
    since: datetime | None = None
    bytes_in: int = 0
    bytes_out: int = 0
    requests: int = 0


@dataclass(slots=True)
class Store:
    """The profile's two files, opened: what was read, and what was typed and sent."""

    cache: Cache
    drafts: Drafts
    journal: Journal
    seen: Seen
    notices: list[str] = field(default_factory=list)
    databases: tuple[Database, ...] = ()

    async def close(self) -> None:
        """Close both files."""
        for database in self.databases:
            await database.close()


class Session:
    """Answers the screens' calls from the store, the network or both. Owns the writes: no screen can cancel one.

    `connect` makes the client, once, when it is first needed: httpx and pydantic are not imported before.
    """

    def __init__(self, store: Store, connect: Callable[[Callable[[Exchange], None]], Awaitable[Client]]) -> None:
        self.store = store
        self.link = Link()
        self.unsettled = 0
        self._connect = connect
        self._consented: frozenset[str] = frozenset()
        self._client: asyncio.Task[Client] | None = None
        self._asked: dict[str, _Shared] = {}
        self._writes: set[asyncio.Task[Any]] = set()
        self._listeners: list[Callable[[], None]] = []

    def listen(self, listener: Callable[[], None]) -> None:
        """Be told when the link or the number of unsettled writes changes."""
        self._listeners.append(listener)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    async def client(self) -> Client:
        """The client, made on first use."""
        if self._client is None or (self._client.done() and self._client.exception() is not None):
            self._client = asyncio.create_task(self._make_client())
        return await asyncio.shield(self._client)

    async def _make_client(self) -> Client:
        client = await self._connect(self.saw)
        client.consented |= self._consented
        return client

    def consent(self, endpoint_id: str) -> None:
        """The user agrees to send this write to a path that is our guess."""
        self._consented |= {endpoint_id}
        if self._client is not None and self._client.done() and not self._client.cancelled():
            self._client.result().consented |= {endpoint_id}

    async def read(self, call: Call[Out], *, max_age: float = 0.0) -> AsyncIterator[Kept[Out]]:
        """What the store has, then the fresh answer where it differs. Raises ApiError after the kept answer.

        A kept answer younger than `max_age` seconds is not asked for again. The same question asked by two screens
        is sent once.
        """
        kept = await self.store.cache.get(call.key)
        if kept is not None:
            value = await self._decode(call, kept.body)
            if value is not None:
                yield Kept(value, kept.at, fresh=False)
                if (now() - kept.at).total_seconds() < max_age:
                    return
        body = await self._ask(call)
        if kept is not None and kept.body == body:
            return
        value = await self._decode(call, body)
        if value is not None:
            yield Kept(value, now(), fresh=True)

    async def recent(self, call: Call[Out], max_age: float) -> Out:
        """The newest answer to be had: a kept one younger than `max_age` seconds, else the fresh one.

        While the server cannot be reached, the kept one whatever its age. Raises ApiError where there is none.
        """
        from ngorder_tui.api.errors import ApiError

        found: Kept[Out] | None = None
        try:
            async for kept in self.read(call, max_age=max_age):
                found = kept
        except ApiError:
            if found is None:
                raise
        if found is None:
            return await self.latest(call)
        return found.value

    async def latest(self, call: Call[Out]) -> Out:
        """The fresh answer only: for what must not be decided on old news. Raises ApiError."""
        body = await self._ask(call)
        value = await self._decode(call, body)
        if value is None:
            from ngorder_tui.api.errors import Garbled

            raise Garbled("The server's answer cannot be read.")
        return value

    async def _decode(self, call: Call[Out], body: bytes) -> Out | None:
        try:
            if len(body) > DECODE_ON_LOOP:
                return await asyncio.to_thread(call.endpoint.read, body)
            return call.endpoint.read(body)
        except ValueError:
            return None

    async def _ask(self, call: Call[Any]) -> bytes:
        """The body of the fresh answer: one request for all who ask the same at once, while any of them still waits."""
        shared = self._asked.get(call.key)
        if shared is None:
            shared = self._asked[call.key] = _Shared(asyncio.create_task(self._fetch(call)))
            shared.task.add_done_callback(lambda _: self._asked.pop(call.key, None))
        shared.waiting += 1
        try:
            return await asyncio.shield(shared.task)
        finally:
            shared.waiting -= 1
            if not shared.waiting and not shared.task.done():
                self._asked.pop(call.key, None)
                shared.task.cancel()

    async def _fetch(self, call: Call[Any]) -> bytes:
        client = await self.client()
        answer = await client.fetch(call)
        client.read(call, answer)
        if not call.endpoint.holds_secret:
            await self.store.cache.put(call.key, answer.body, now())
        return answer.body

    async def write(self, call: Call[Out], title: str) -> Receipt[Out]:
        """Send a write and say what became of it; `title` is how the journal names it to a person.

        The intent is in the journal before the first byte leaves. A cancelled caller does not cancel the write.
        """
        task = self._own(self._write(call, title))
        return await asyncio.shield(task)

    def _own(self, work: Coroutine[Any, Any, Receipt[Out]]) -> asyncio.Task[Receipt[Out]]:
        task = asyncio.create_task(work)
        self._writes.add(task)
        task.add_done_callback(self._writes.discard)
        return task

    async def _write(self, call: Call[Out], title: str) -> Receipt[Out]:
        from ngorder_tui.api.errors import ApiError, Invalid
        from ngorder_tui.store.database import StoreError

        try:
            client = await self.client()
        except ApiError as error:
            return Receipt(0, "unsent", error=error)
        try:
            number = await self.store.journal.begin(call.endpoint.id, call.noted(), title)
        except StoreError as error:
            return Receipt(0, "unsent", error=Invalid(f"It cannot be noted on this machine before it is sent: {error}"))
        return await self._carry(client, number, call)

    async def write_again(self, number: int, call: Call[Out]) -> Receipt[Out]:
        """Send a write of the journal that a person wants sent again; it keeps its number.

        Raises IllegalStep for one that is finished or being sent by someone else, StoreError.
        """
        return await asyncio.shield(self._own(self._write_again(number, call)))

    async def _write_again(self, number: int, call: Call[Out]) -> Receipt[Out]:
        client = await self.client()
        if (await self.store.journal.get(number)).state == "unknown":
            await self._settle(number, "queued", "")
        await self._settle(number, "sending", "")
        return await self._carry(client, number, call)

    async def _carry(self, client: Client, number: int, call: Call[Out]) -> Receipt[Out]:
        """Send what the journal holds as being sent, and note what became of it."""
        from ngorder_tui.api.errors import AnswerUnknown, ApiError, Invalid, Throttled, Unreachable
        from ngorder_tui.api.models import as_json

        await self._count()
        try:
            answer = await client.fetch(call)
            value = client.read(call, answer)
        except (AnswerUnknown, asyncio.CancelledError) as error:
            await self._settle(number, "unknown", str(error))
            if isinstance(error, asyncio.CancelledError):
                raise
            return Receipt(number, "unknown", error=error)
        except (Unreachable, Throttled, Invalid) as error:
            await self._settle(number, "refused", f"not sent: {error}")
            return Receipt(number, "refused" if isinstance(error, Invalid) else "unsent", error=error)
        except ApiError as error:
            await self._settle(number, "refused", str(error))
            return Receipt(number, "refused", error=error)
        except BaseException as error:
            await self._settle(number, "unknown", type(error).__name__)
            raise
        kept = None if call.endpoint.holds_secret else json.dumps(as_json(value), ensure_ascii=False).encode()
        await self._settle(number, "done", "", kept)
        return Receipt(number, "done", value, body=answer.body)

    async def _settle(self, number: int, state: State, note: str, answer: bytes | None = None) -> None:
        await self.store.journal.settle(number, state, note, answer)
        await self._count()

    async def _count(self) -> None:
        self.unsettled = await self.store.journal.count_open()
        self._tell()

    async def start(self) -> None:
        """Look at what the last run left behind: a write found in the middle of being sent is unknown now."""
        await self.store.journal.recover()
        await self._count()

    def writes_under_way(self) -> int:
        """How many writes wait for their answer."""
        return len(self._writes)

    async def drain(self, seconds: float | None = None) -> None:
        """Wait for the writes under way; what is still open after `seconds` is journalled as unknown."""
        if self._writes:
            _, open_ = await asyncio.wait(set(self._writes), timeout=seconds)
            for task in open_:
                task.cancel()
            await asyncio.gather(*open_, return_exceptions=True)

    async def close(self) -> None:
        """Drop the reads under way and close the connections. Writes are drained before, by `drain`."""
        for shared in list(self._asked.values()):
            shared.task.cancel()
        if self._client is not None:
            if self._client.done() and not self._client.cancelled() and self._client.exception() is None:
                await self._client.result().close()
            else:
                self._client.cancel()
        await self.store.close()

    def saw(self, exchange: Exchange) -> None:
        """The client's report of an attempt: keeps the state of the line."""
        was = self.link
        if exchange.status is None:
            state: Literal["online", "slow", "offline"] = "offline"
        else:
            state = "slow" if exchange.seconds > SLOW_SECONDS else "online"
        self.link = replace(
            was,
            state=state,
            latency=exchange.seconds if exchange.status is not None else was.latency,
            since=was.since if was.state == state else now(),
            bytes_in=was.bytes_in + exchange.bytes_in,
            bytes_out=was.bytes_out + exchange.bytes_out,
            requests=was.requests + 1,
        )
        self._tell()

    async def poll(self, source: Callable[[], Awaitable[Call[Out]]], every: float) -> AsyncIterator[Out]:
        """Ask the same question again and again: every so many seconds, five times as rarely on a slow line.

        While the line is down nothing is asked: whatever a person does next finds out whether it is back.
        """
        from ngorder_tui.api.errors import ApiError

        while True:
            if self.link.state != "offline":
                answer: Out | None = None
                with contextlib.suppress(ApiError):
                    answer = await self.latest(await source())
                if answer is not None:
                    yield answer
            await asyncio.sleep(every * (5 if self.link.state == "slow" else 1))


@dataclass(slots=True)
class _Shared:
    task: asyncio.Task[bytes]
    waiting: int = 0
