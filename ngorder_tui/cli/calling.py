"""Sending the calls of a command: a read goes straight, a write goes through the journal."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from ngorder_tui.api.errors import AnswerUnknown, Invalid, NotAllowedHere, Unauthorized
from ngorder_tui.cli import output
from ngorder_tui.cli.given import Given, Interrupted
from ngorder_tui.i18n import _
from ngorder_tui.keys import no_key

if TYPE_CHECKING:
    from ngorder_tui.api.client import Client
    from ngorder_tui.api.endpoint import Call, Endpoint
    from ngorder_tui.session import Session
    from ngorder_tui.settings import Settings

Out = TypeVar("Out")


@dataclass(frozen=True, slots=True)
class Sent(Generic[Out]):
    """A typed answer and its body as it came."""

    value: Out
    body: bytes


class Caller:
    """Sends calls for one command: `async with Caller(given, settings) as caller`.

    The client is made when first needed, the store opened with the first write. Raises Unauthorized at once where
    there is no key.
    """

    def __init__(self, given: Given, settings: Settings) -> None:
        if not settings.has_key:
            raise Unauthorized(no_key(settings))
        self._connect = given.connect(settings)
        self.settings = settings
        self._made: Client | None = None
        self._session: Session | None = None

    async def __aenter__(self) -> Caller:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        under_way = 0
        if self._session is not None:
            under_way = self._session.writes_under_way()
            await self._session.drain(0.0)
            await self._session.close()
        if self._made is not None:
            await self._made.close()
        if under_way:
            raise Interrupted(
                _(
                    "Interrupted. A write was under way: it may have happened."
                    " It is in `ngorder-tui journal`, and is not sent again by itself."
                )
            )

    async def client(self) -> Client:
        """The client, made on first use."""
        if self._made is None:
            self._made = await self._connect(lambda _exchange: None)
        return self._made

    async def session(self) -> Session:
        """The session that journals the writes; the store is opened on first use."""
        if self._session is None:
            from ngorder_tui.session import Session
            from ngorder_tui.start import open_store

            store = await asyncio.to_thread(open_store, self.settings)
            output.say(*store.notices)
            self._session = Session(store, lambda _watch: self.client())
        return self._session

    async def send(self, call: Call[Out], *, save_to: Path | None = None) -> Sent[Out]:
        """The answer. Raises ApiError."""
        client = await self.client()
        client.check_allowed(call.endpoint)
        if call.endpoint.is_write:
            return await self._write(call)
        try:
            answer = await client.fetch(call, save_to=save_to, progress=output.counting)
        finally:
            if call.endpoint.sends_file:
                output.counted()
        return Sent(client.read(call, answer), answer.body)

    async def _write(self, call: Call[Out]) -> Sent[Out]:
        session = await self.session()
        try:
            receipt = await session.write(call, title_of(call))
        except Exception as error:
            # It may have left before this went wrong: whatever it was, the write counts as unknown.
            raise AnswerUnknown(
                _(
                    "It may have been sent, and what became of it cannot be told ({error}): see `ngorder-tui journal`."
                ).format(error=f"{type(error).__name__}: {error}")
            ) from error
        if receipt.error is not None:
            if isinstance(receipt.error, AnswerUnknown):
                raise AnswerUnknown(with_number(receipt.error, receipt.number))
            raise receipt.error
        # A receipt without an error is that of a write that was done, and so has its answer.
        return Sent(cast(Out, receipt.value), receipt.body)


def refuse_writes(settings: Settings, endpoint: Endpoint[Any, Any]) -> None:
    """Raises NotAllowedHere for a write of a read-only session: before it is built, whatever the key."""
    if settings.read_only and endpoint.is_write:
        raise NotAllowedHere(
            _("{id} is a write, and this session is read-only: nothing was sent.").format(id=endpoint.id)
        )


def with_number(error: AnswerUnknown, number: int) -> str:
    """The sentence for an unknown write, and where a person decides about it."""
    return _("{why} It is number {number} in `ngorder-tui journal`, and is not sent again by itself.").format(
        why=error, number=number
    )


def title_of(call: Call[Any]) -> str:
    """How the journal names a write to a person: what it does, and the first things that it was given."""
    plain = [f"{name}={value}" for name, value in call.noted().items() if isinstance(value, str | int)]
    return output.shortened(f"{call.endpoint.summary} {' '.join(plain[:3])}".strip())


def endpoint_named(name: str) -> Endpoint[Any, Any]:
    """The endpoint with that id. Raises Invalid, with the ids that look like it."""
    from ngorder_tui.api.endpoint import every, find

    try:
        return find(name)
    except KeyError:
        from difflib import get_close_matches

        near = get_close_matches(name, [endpoint.id for endpoint in every()], 3, 0.5)
    hint = _("Did you mean {names}?").format(names=", ".join(near)) if near else ""
    sentence = _("There is no endpoint {name}: `ngorder-tui api --list` shows them all.").format(name=repr(name))
    raise Invalid(f"{sentence} {hint}".strip())
