"""From a number of the journal to the evidence about it. Reads only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from ngorder_tui.i18n import _
from ngorder_tui.reconcile.evidence import Evidence, NotReadable
from ngorder_tui.reconcile.lookers import look_for, why_none

if TYPE_CHECKING:
    from ngorder_tui.api.endpoint import Call
    from ngorder_tui.session import Session
    from ngorder_tui.store.journal import Intent

Out = TypeVar("Out")
Sleep = Callable[[float], Awaitable[object]]
ASK_AGAIN_AFTER = 30.0
"""Seconds after which "not seen" is asked again: a slow server may still be at it."""
_NEIGHBOURS = 200
"""Writes before an intent in the journal among which others to the same endpoint are sought."""
_MAY_BE_DONE = frozenset({"done", "unknown", "sending"})


async def reconcile(
    session: Session, n: int, *, ask_again_after: float = ASK_AGAIN_AFTER, sleep: Sleep = asyncio.sleep
) -> Evidence:
    """What the server shows of write `n`. "Not seen" is said only after a second look, `ask_again_after` seconds later.

    Sends nothing but questions. Where they cannot be answered, the verdict is "cannot tell" and says why. `sleep`
    stands in for waiting in tests. Raises NoSuchWrite, StoreError.
    """
    async for evidence in looks(session, n, ask_again_after=ask_again_after, sleep=sleep):
        last = evidence
    return last


async def looks(
    session: Session, n: int, *, ask_again_after: float = ASK_AGAIN_AFTER, sleep: Sleep = asyncio.sleep
) -> AsyncIterator[Evidence]:
    """As `reconcile`, giving the first look at once: for a screen that shows it while it waits for the second."""
    evidence = await _look(session, n)
    yield evidence
    if evidence.verdict == "not seen":
        await sleep(ask_again_after)
        yield await _look(session, n)


async def _look(session: Session, n: int) -> Evidence:
    from ngorder_tui.api.errors import ApiError

    intent = await session.store.journal.get(n)
    if intent.state != "unknown":
        return Evidence("cannot tell", (_words_of_state(intent),))
    look = look_for(intent.endpoint_id)
    if look is None:
        return Evidence("cannot tell", (why_none(intent.endpoint_id), _("A person decides.")))
    try:
        return await look(intent, _QuestionsOnly(session), await _others(session, intent))
    except NotReadable:
        return Evidence("cannot tell", (_("It was noted by another version of this program and cannot be read."),))
    except ApiError as error:
        return Evidence("cannot tell", (_("It could not be looked for: {why}").format(why=error),))


class _QuestionsOnly:
    """Asks through the session, and only what changes nothing."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def __call__(self, call: Call[Out]) -> Out:
        if call.endpoint.method != "GET":
            raise ValueError(f"{call.endpoint.id} is no question: reconciling sends no writes")
        return await self._session.latest(call)


async def _others(session: Session, intent: Intent) -> tuple[Intent, ...]:
    """The other writes to the endpoint that were or may have been done, around and after this one."""
    newest = await session.store.journal.history(1)
    after = newest[0].n - intent.n if newest else 0
    return tuple(
        one
        for one in await session.store.journal.history(after + _NEIGHBOURS)
        if one.endpoint_id == intent.endpoint_id and one.n != intent.n and one.state in _MAY_BE_DONE
    )


def _words_of_state(intent: Intent) -> str:
    match intent.state:
        case "done":
            sentence = _("Number {number} is done: there is nothing to look for.")
        case "refused":
            sentence = _("Number {number} was refused: the server did nothing.")
        case "dropped":
            sentence = _("Number {number} was dropped.")
        case "sending":
            sentence = _("Number {number} is being sent.")
        case _:
            sentence = _("Number {number} has not been sent.")
    return sentence.format(number=intent.n)
