"""The outbox: writes that could not leave and were held; sent in order, one at a time, once the line is back.

Before one is sent it is held against fresh data (`outbox_checks`): what does not fit any more is kept, with a sentence,
and never sent by itself. Which process sends a write is decided by the journal alone: the one that takes it from queued
to sending.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from ngorder_tui.clock import now
from ngorder_tui.i18n import _
from ngorder_tui.store.journal import OPEN
from ngorder_tui.store.outbox import Waiting

if TYPE_CHECKING:
    from ngorder_tui.api.endpoint import Call
    from ngorder_tui.api.errors import ApiError
    from ngorder_tui.session import Receipt, Session

REST = timedelta(seconds=30)
"""How long the rest waits after an attempt that did not go well though the line is there."""
LOOK_AGAIN = timedelta(seconds=5)
"""When to look again while another process sends."""
Fate = Literal["done", "refused", "unknown", "waits", "held", "gone"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt to send a held write; `why` in words.

    waits: nothing was done, and it waits on. held: it does not fit any more, or cannot be sent: a person decides.
    gone: it waits no more, for another process has taken it or a person has decided on it.
    """

    n: int
    title: str
    fate: Fate
    why: str = ""

    @property
    def sentence(self) -> str:
        """What happened, and what it means."""
        match self.fate:
            case "done":
                text = _("Sent from the outbox, done: {title}")
            case "refused":
                text = _("Refused, nothing was done: {title}. {why} Its form is still among the drafts.")
            case "unknown":
                text = _("Sent from the outbox, answer unknown: {title}. It is no. {n}; it is not sent again.")
            case "waits":
                text = _("Not sent, it waits on: {title}. {why}")
            case "held":
                text = _("Held, not sent: {title}. {why}")
            case "gone":
                text = _("It waits no more: {title}.")
        return text.format(title=self.title, why=self.why, n=self.n)


class Outbox:
    """The held writes of a session. `is_read_only`: nothing is ever sent from it."""

    def __init__(self, session: Session, *, is_read_only: bool = False) -> None:
        self.session = session
        self.is_read_only = is_read_only
        self.count = 0
        """Writes that wait, as last seen."""
        self._sending = asyncio.Lock()
        self._rest_until: datetime | None = None
        self._listeners: list[Callable[[Outcome], None]] = []

    def listen(self, listener: Callable[[Outcome], None]) -> None:
        """Be told what becomes of every attempt."""
        self._listeners.append(listener)

    async def hold(
        self,
        call: Call[Any],
        title: str,
        *,
        draft: tuple[str, str] | None = None,
        facts: Mapping[str, object] | None = None,
        error: ApiError | None = None,
    ) -> int:
        """Keep a write that was not done; its number. `error` is why it was not; `facts` are what it was made on.

        Raises Invalid for one that holds a secret, StoreError.
        """
        from ngorder_tui.api.errors import Invalid

        if not can_hold(call):
            raise Invalid(_("It holds a secret, which is never kept: it cannot be held in the outbox."))
        number = await self.session.store.journal.begin(
            call.endpoint.id, call.noted(), title, state="queued", draft=draft
        )
        await self.session.store.outbox.put(
            number, not_before=_not_before(error), why="" if error is None else str(error), facts=facts
        )
        await self._changed()
        return number

    async def waiting(self) -> tuple[Waiting, ...]:
        """What waits, in order; what is being sent from here is among it. Raises StoreError."""
        found = await self.session.store.outbox.waiting()
        self.count = sum(one.intent.state == "queued" for one in found)
        return found

    async def open_writes(self) -> tuple[Waiting, ...]:
        """All that is not settled: unknown ones first, then what is being sent, then what waits, in its order."""
        waiting = await self.waiting()
        known = {one.intent.n for one in waiting}
        others = [one for one in await self.session.store.journal.open_writes() if one.n not in known]
        unknown = [Waiting(one, is_held=True) for one in others if one.state == "unknown"]
        return (*unknown, *(Waiting(one, is_held=True) for one in others if one.state == "sending"), *waiting)

    async def settled(self, limit: int) -> tuple[Waiting, ...]:
        """The settled ones among the writes begun last, the newest first."""
        settled = [one for one in await self.session.store.journal.history(4 * limit) if one.state not in OPEN]
        return tuple(Waiting(one, is_held=True) for one in settled[:limit])

    async def is_by_hand(self) -> bool:
        """Whether nothing is sent by itself: so a person said, or the session is read-only."""
        return self.is_read_only or await self.session.store.outbox.is_by_hand()

    async def set_by_hand(self, by_hand: bool) -> None:
        """A person's word on whether anything is sent by itself."""
        await self.session.store.outbox.set_by_hand(by_hand)

    async def set_held(self, n: int, is_held: bool) -> None:
        """A person's word on whether this one is sent by itself."""
        await self.session.store.outbox.keep(n, why="", is_held=is_held)
        await self._changed()

    async def move(self, n: int, step: int) -> bool:
        """Let one change places with the one before it (-1) or after it (1); False where there is none."""
        return await self.session.store.outbox.move(n, step)

    async def drop(self, n: int) -> None:
        """Give up one that waits; its form's draft stays. Raises IllegalStep, NoSuchWrite, StoreError."""
        await self.session.store.journal.settle(n, "dropped", _("A person took it out of the outbox."))
        await self._changed()

    async def _changed(self) -> None:
        await self.waiting()
        await self.session.count()

    async def send_due(self) -> datetime | None:
        """Send what is due, in order, as far as it goes.

        Gives the moment at which to call this again; None where only something new changes what can be sent. Raises
        StoreError.
        """
        async with self._sending:
            if await self.is_by_hand():
                await self.waiting()
                return None
            while True:
                found = await self.waiting()
                if any(one.intent.state == "sending" for one in found):
                    # Another process is at it, or has died at it.
                    await self.session.store.journal.recover()
                    return now() + LOOK_AGAIN
                first = next((one for one in found if not one.is_held), None)
                if first is None:
                    return None
                due = max((moment for moment in (first.not_before, self._rest_until) if moment), default=now())
                if due > now():
                    return due
                outcome = await self._attempt(first)
                if outcome.fate in {"waits", "unknown"}:
                    if self.session.link.state == "offline":
                        return None
                    self._rest_until = now() + REST

    async def send_now(self, n: int) -> Outcome:
        """Send this one, whatever its place and whoever holds it, because a person says so; it is looked at first."""
        async with self._sending:
            one = next((one for one in await self.waiting() if one.intent.n == n), None)
            if one is None or one.intent.state != "queued":
                return Outcome(n, "" if one is None else one.intent.title, "gone")
            if self.is_read_only:
                return Outcome(n, one.intent.title, "waits", _("This session is read-only: nothing was sent."))
            return await self._attempt(one)

    async def _attempt(self, one: Waiting) -> Outcome:
        intent = one.intent
        fate, why = await self._send(one)
        await self._changed()
        outcome = Outcome(intent.n, intent.title, fate, why)
        for listener in self._listeners:
            listener(outcome)
        return outcome

    async def _send(self, one: Waiting) -> tuple[Fate, str]:
        from ngorder_tui.api.errors import ApiError, ServerFault, Throttled, Unreachable
        from ngorder_tui.store.journal import IllegalStep

        keep, n = self.session.store.outbox.keep, one.intent.n
        try:
            call = await self._checked_call(one)
            receipt = await self.session.send_queued(n, call)
        except IllegalStep:
            return "gone", ""
        except (Unreachable, Throttled, ServerFault) as error:
            await keep(n, why=str(error), is_held=one.is_held, not_before=_not_before(error))
            return "waits", str(error)
        except (ApiError, DoesNotFit) as error:
            await keep(n, why=str(error), is_held=True)
            return "held", str(error)
        return await self._ended(one, receipt)

    async def _checked_call(self, one: Waiting) -> Call[Any]:
        """The call again. Raises DoesNotFit where fresh data speak against it, ApiError where that cannot be told."""
        from ngorder_tui.reconcile.again import call_of

        call = call_of(one.intent)
        if why := await check(self.session, one):
            raise DoesNotFit(why)
        return call

    async def _ended(self, one: Waiting, receipt: Receipt[Any]) -> tuple[Fate, str]:
        from ngorder_tui.api.errors import Invalid

        why = "" if receipt.error is None else str(receipt.error)
        match receipt.state:
            case "done" | "unknown":
                return receipt.state, why
            case "refused" if not isinstance(receipt.error, Invalid):
                return "refused", why
        # What cannot be built from what is on this machine never leaves: it is still queued.
        is_held = one.is_held or receipt.state == "refused"
        await self.session.store.outbox.keep(
            one.intent.n, why=why, is_held=is_held, not_before=_not_before(receipt.error)
        )
        return ("held" if receipt.state == "refused" else "waits"), why


class DoesNotFit(Exception):
    """Fresh data speak against a held write; the text is a sentence for the user."""


async def check(session: Session, one: Waiting) -> str:
    """What fresh data say against a held write, as a sentence; empty where nothing does. Raises ApiError."""
    from ngorder_tui.outbox_checks import check_for
    from ngorder_tui.reconcile.evidence import NotReadable

    checker = await asyncio.to_thread(check_for, one.intent.endpoint_id)
    if checker is None:
        return ""
    try:
        return await checker(one.intent, one.facts, session.latest)
    except NotReadable:
        return _("It was noted by another version of this program and cannot be read.")


def can_hold(call: Call[Any]) -> bool:
    """Whether a write may be kept: one that holds a secret may not."""
    return call.noted() == call.given()


def _not_before(error: ApiError | None) -> datetime | None:
    """When the server may be asked again, where it said so."""
    from ngorder_tui.api.errors import Throttled

    if not isinstance(error, Throttled):
        return None
    return now() + (REST if error.retry_after is None else timedelta(seconds=error.retry_after))
