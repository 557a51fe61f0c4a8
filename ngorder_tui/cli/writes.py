"""`ngorder-tui journal`: the writes whose end is not known, and what a person decides about them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from ngorder_tui.api.errors import AnswerUnknown, Invalid
from ngorder_tui.cli import output
from ngorder_tui.cli.api import json_of
from ngorder_tui.cli.calling import Caller, endpoint_named, refuse_writes, with_number
from ngorder_tui.cli.given import DONE, Given
from ngorder_tui.i18n import _

if TYPE_CHECKING:
    from ngorder_tui.session import Session
    from ngorder_tui.settings import Settings
    from ngorder_tui.store import Store
    from ngorder_tui.store.journal import Intent

T = TypeVar("T")
DECISIONS = ("as-done", "send-again", "drop")


def show(given: Given, *, as_json: bool) -> int:
    """The open writes, the oldest first."""
    settings = given.settings(with_key=False)
    found = asyncio.run(_with_store(settings, lambda store: store.journal.open_writes()))
    if as_json:
        output.result_json([_described(one) for one in found])
        return DONE
    if not found:
        output.say(_("No write is open: every one that was sent is known to be done or refused."))
        return DONE
    for one in found:
        output.result(
            f"{one.n}  {one.begun_at:%Y-%m-%d %H:%M}  {one.state}  {one.title}  [{one.endpoint_id}]  {one.note}"
        )
    output.say(_("Decide with: ngorder-tui journal resolve NUMBER as-done|send-again|drop"))
    return DONE


def _described(one: Intent) -> dict[str, object]:
    return {
        "number": one.n,
        "begun_at": one.begun_at.isoformat(),
        "state": one.state,
        "id": one.endpoint_id,
        "arguments": one.arguments,
        "title": one.title,
        "note": one.note,
    }


def resolve(given: Given, number: int, decision: str) -> int:
    """Settle one open write as a person decides. Raises ApiError, BadSettings."""
    if decision not in DECISIONS:
        raise Invalid(_("{word} is no decision: as-done, send-again or drop.").format(word=repr(decision)))
    settings = given.settings(with_key=decision == "send-again")
    if decision == "send-again":
        return asyncio.run(_send_again(Caller(given, settings), number))
    asyncio.run(_with_store(settings, lambda store: _settle(store, number, decision)))
    return DONE


async def _settle(store: Store, number: int, decision: str) -> None:
    from ngorder_tui.store.journal import IllegalStep

    intent = await _find(store, number)
    try:
        if decision == "as-done":
            await store.journal.settle(number, "done", _("A person knows that it was done."))
            output.say(_("Number {number} is done: {title}").format(number=number, title=intent.title))
        else:
            await store.journal.settle(number, "dropped", _("A person dropped it."))
            output.say(_("Number {number} is dropped: {title}").format(number=number, title=intent.title))
    except IllegalStep as error:
        raise _wrong_state(number, error.was) from None


async def _send_again(caller: Caller, number: int) -> int:
    from ngorder_tui.store.journal import IllegalStep

    async with caller:
        session = await caller.session()
        intent = await _find(session.store, number)
        if intent.state not in {"unknown", "queued", "draft"}:
            raise _wrong_state(number, intent.state)
        if "***" in intent.arguments.values():
            raise Invalid(_("Number {number} held a secret, which is never kept: make it anew.").format(number=number))
        endpoint = endpoint_named(intent.endpoint_id)
        refuse_writes(caller.settings, endpoint)
        call = endpoint.parse(intent.arguments)
        (await caller.client()).check_allowed(call.endpoint)
        try:
            if intent.state == "queued":
                await _refuse_unfit(session, number)
                receipt = await session.send_queued(number, call)
            else:
                receipt = await session.write_again(number, call)
        except IllegalStep as error:
            raise _wrong_state(number, error.was) from None
    if isinstance(receipt.error, AnswerUnknown):
        raise AnswerUnknown(with_number(receipt.error, number))
    if receipt.error is not None:
        raise receipt.error
    output.result_json(json_of(receipt.value), pretty=True)
    return DONE


async def _refuse_unfit(session: Session, number: int) -> None:
    """Raises Invalid for a held write that does not fit what is so now, ApiError where that cannot be told."""
    from ngorder_tui.outbox import check

    for one in await session.store.outbox.waiting():
        if one.intent.n == number and (why := await check(session, one)):
            raise Invalid(_("Number {number} is held, and was not sent: {why}").format(number=number, why=why))


async def _find(store: Store, number: int) -> Intent:
    from ngorder_tui.store.journal import NoSuchWrite

    try:
        return await store.journal.get(number)
    except NoSuchWrite:
        raise Invalid(_("There is no write number {number} in this profile's journal.").format(number=number)) from None


def _wrong_state(number: int, state: str) -> Invalid:
    return Invalid(
        _("Number {number} is {state}: nothing can be decided about it any more, or not now.").format(
            number=number, state=state
        )
    )


async def _with_store(settings: Settings, use: Callable[[Store], Awaitable[T]]) -> T:
    """Use the opened store; first, writes that a dead process was sending become unknown."""
    from ngorder_tui.start import open_store

    store = await asyncio.to_thread(open_store, settings)
    try:
        output.say(*store.notices)
        await store.journal.recover()
        return await use(store)
    finally:
        await store.close()
