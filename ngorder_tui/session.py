"""Two verbs for everything on screen: read (what is kept, then what is fresh) and write (journalled first)."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from ngorder_tui.asking import Asking, off_the_loop
from ngorder_tui.clock import now
from ngorder_tui.i18n import _
from ngorder_tui.link import Link
from ngorder_tui.standing_in import current
from ngorder_tui.store import Store

if TYPE_CHECKING:
    from ngorder_tui.api.client import Client, Exchange
    from ngorder_tui.api.endpoint import Call
    from ngorder_tui.api.errors import ApiError
    from ngorder_tui.reconcile.evidence import Evidence
    from ngorder_tui.store.journal import State

log = logging.getLogger(__name__)
Out = TypeVar("Out")


@dataclass(frozen=True, slots=True)
class Kept(Generic[Out]):
    """An answer as a screen gets it: `at` is when the server gave it, `fresh` whether that was just now.

    `body` is what is kept, as it came.
    """

    value: Out
    at: datetime
    fresh: bool
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Receipt(Generic[Out]):
    """What became of a write.

    done: `value` is the answer. refused: nothing was done, `error` says why. unsent: it never left this machine.
    held: nor did it, and it waits in the outbox under its number. unknown: it left and may have happened; a person
    decides. `body` is the answer as it came.
    """

    number: int
    state: Literal["done", "refused", "unsent", "held", "unknown"]
    value: Out | None = None
    error: ApiError | None = None
    body: bytes = b""


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
        self._asking = Asking(self.client, store.cache)
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
        if (client := self._made_client()) is not None:
            client.consented |= {endpoint_id}

    def _made_client(self) -> Client | None:
        """The client, if it is made."""
        task = self._client
        if task is None or not task.done() or task.cancelled() or task.exception() is not None:
            return None
        return task.result()

    async def read(self, call: Call[Out], *, max_age: float = 0.0) -> AsyncIterator[Kept[Out]]:
        """What the store has, then the fresh answer where it differs. Raises ApiError after the kept answer.

        A kept answer younger than `max_age` seconds is not asked for again. The same question asked by two screens
        is sent once. Within `standing_in`, a kept answer stands in for a server that is gone.
        """
        from ngorder_tui.api.errors import ApiError

        stand_in = current()
        kept = await self.kept(call)
        if kept is not None:
            yield kept
            if (now() - kept.at).total_seconds() < max_age or (stand_in is not None and stand_in.spares(kept.at)):
                return
        try:
            fresh = await self._asking.ask(call)
        except ApiError as error:
            if kept is not None and stand_in is not None and stand_in.takes(error, kept.at):
                return
            raise
        if kept is None or kept.body != fresh.body:
            yield Kept(fresh.value, now(), fresh=True)

    async def kept(self, call: Call[Out]) -> Kept[Out] | None:
        """What the store has; nothing is asked."""
        if (found := await self.store.cache.get(call.key)) is None:
            return None
        try:
            value = await off_the_loop(found.body, lambda: call.endpoint.read(found.body))
        except ValueError:
            # This version cannot read it any more.
            return None
        return Kept(value, found.at, fresh=False, body=found.body)

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
        return (await self._asking.ask(call)).value

    async def write(self, call: Call[Out], title: str, *, draft: tuple[str, str] | None = None) -> Receipt[Out]:
        """Send a write and say what became of it; `title` is how the journal names it to a person.

        The intent is in the journal before the first byte leaves. A cancelled caller does not cancel the write.
        `draft` is the form that it is made from: what is done needs no draft any more.
        """
        return await asyncio.shield(self._own(self._write(call, title, draft)))

    def _own(self, work: Coroutine[Any, Any, Receipt[Out]]) -> asyncio.Task[Receipt[Out]]:
        task = asyncio.create_task(work)
        self._writes.add(task)
        task.add_done_callback(self._writes.discard)
        return task

    async def _write(self, call: Call[Out], title: str, draft: tuple[str, str] | None) -> Receipt[Out]:
        from ngorder_tui.api.errors import ApiError, Invalid, NotAllowedHere
        from ngorder_tui.store.database import StoreError

        try:
            client = await self.client()
            client.check_allowed(call.endpoint)
        except ApiError as error:
            return Receipt(0, "refused" if isinstance(error, NotAllowedHere) else "unsent", error=error)
        try:
            number = await self.store.journal.begin(call.endpoint.id, call.noted(), title, draft=draft)
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
        client.check_allowed(call.endpoint)
        if was_unknown := (await self.store.journal.get(number)).state == "unknown":
            await self._settle(number, "queued", "")
        await self._settle(number, "sending", "")
        if was_unknown:
            # That it did not leave this time, or was refused, says nothing of the time before.
            return await self._carry(client, number, call, unsent="unknown", refused="unknown")
        return await self._carry(client, number, call, unsent="queued")

    async def send_queued(self, number: int, call: Call[Out]) -> Receipt[Out]:
        """Send a write that waits in the outbox; it waits on if it does not leave.

        Raises IllegalStep for one that waits no more: somebody else has taken it, or decided on it. StoreError,
        ApiError: nothing was sent.
        """
        return await asyncio.shield(self._own(self._send_queued(number, call)))

    async def _send_queued(self, number: int, call: Call[Out]) -> Receipt[Out]:
        client = await self.client()
        client.check_allowed(call.endpoint)
        await self._settle(number, "sending", "")
        return await self._carry(client, number, call, unsent="queued")

    async def send_again(self, number: int) -> Receipt[Any]:
        """Send a write again as the journal holds it, because a person wants it so; it keeps its number.

        Raises Invalid where it cannot be sent from there (a secret is not kept; read-only), IllegalStep, NoSuchWrite.
        """
        from ngorder_tui.reconcile.again import call_of

        return await self.write_again(number, call_of(await self.store.journal.get(number)))

    async def decide(self, number: int, decision: Literal["as-done", "drop"]) -> None:
        """A person's word on a write that is not finished. Raises IllegalStep, NoSuchWrite, StoreError."""
        if decision == "as-done":
            await self._settle(number, "done", _("A person knows that it was done."))
        else:
            await self._settle(number, "dropped", _("A person dropped it."))

    async def evidence(self, number: int) -> Evidence:
        """What the server shows of a write whose answer is unknown; "not seen" takes half a minute to be said.

        Raises NoSuchWrite, StoreError.
        """
        from ngorder_tui.reconcile.desk import reconcile

        return await reconcile(self, number)

    async def _carry(
        self, client: Client, number: int, call: Call[Out], *, unsent: State = "dropped", refused: State = "refused"
    ) -> Receipt[Out]:
        """Send what the journal holds as being sent, and note what became of it.

        `unsent` and `refused` are what it is noted as if it does not leave, and if the server says no.
        """
        from ngorder_tui.api.errors import AnswerUnknown, ApiError, Invalid, Throttled, Unreachable
        from ngorder_tui.api.models import as_json

        await self.count()
        try:
            answer = await client.fetch(call)
            value = client.read(call, answer)
        except (AnswerUnknown, asyncio.CancelledError) as error:
            await self._note(number, "unknown", str(error))
            if isinstance(error, asyncio.CancelledError):
                raise
            return Receipt(number, "unknown", error=error)
        except (Unreachable, Throttled, Invalid) as error:
            await self._note(number, unsent, str(error))
            return Receipt(number, "refused" if isinstance(error, Invalid) else "unsent", error=error)
        except ApiError as error:
            await self._note(number, refused, str(error))
            return Receipt(number, "refused", error=error)
        except BaseException as error:
            await self._note(number, "unknown", type(error).__name__)
            raise
        kept = None if call.endpoint.holds_secret else json.dumps(as_json(value), ensure_ascii=False).encode()
        await self._note(number, "done", "", kept)
        return Receipt(number, "done", value, body=answer.body)

    async def _note(self, number: int, state: State, note: str, answer: bytes | None = None) -> None:
        """Note what became of a write that was sent: known even where it cannot be noted.

        A write without its end is unknown at the next start, and a person decides, as one may have decided meanwhile.
        """
        from ngorder_tui.store.database import StoreError
        from ngorder_tui.store.journal import IllegalStep

        try:
            await self._settle(number, state, note, answer)
        except (StoreError, IllegalStep):
            log.exception("write %d is %s, which could not be noted", number, state)

    async def _settle(self, number: int, state: State, note: str, answer: bytes | None = None) -> None:
        await self.store.journal.settle(number, state, note, answer)
        await self.count()

    async def count(self) -> None:
        """Count the unsettled writes anew, and tell of it."""
        from ngorder_tui.store.database import StoreError

        with contextlib.suppress(StoreError):
            self.unsettled = await self.store.journal.count_open()
        self._tell()

    async def start(self) -> None:
        """Look at what the last run left behind: a write found in the middle of being sent is unknown now."""
        await self.store.journal.recover()
        await self.count()

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
        self._asking.cancel()
        if (client := self._made_client()) is not None:
            await client.close()
        elif self._client is not None:
            self._client.cancel()
        await self.store.close()

    def saw(self, exchange: Exchange) -> None:
        """The client's report of an attempt: keeps the state of the line."""
        self.link = self.link.after(exchange)
        self._tell()

    async def poll(
        self,
        source: Callable[[], Awaitable[Call[Out]]],
        every: float,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> AsyncIterator[Out]:
        """Ask the same question again and again: every so many seconds, five times as rarely on a slow line.

        While the line is down nothing is asked: whatever a person does next finds out whether it is back. `sleep`
        stands in for waiting in tests.
        """
        from ngorder_tui.api.errors import ApiError

        while True:
            if self.link.state != "offline":
                answer: Out | None = None
                with contextlib.suppress(ApiError):
                    answer = await self.latest(await source())
                if answer is not None:
                    yield answer
            await sleep(every * (5 if self.link.state == "slow" else 1))
