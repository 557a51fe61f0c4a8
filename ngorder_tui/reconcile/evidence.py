"""What was found out about a write whose answer is unknown, and what finds it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from ngorder_tui.api.endpoint import Call
    from ngorder_tui.store.journal import Intent

Verdict = Literal["landed", "not seen", "ambiguous", "cannot tell"]
Out = TypeVar("Out")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands beside the intent.

    landed: exactly one effect of it is there. not seen: none is, as yet. ambiguous: something is there that may be
    its effect or another's. cannot tell: nothing can be looked at that would show it, or not now. `lines` are
    sentences for a person; `found` holds the ids of what fits, as text.
    """

    verdict: Verdict
    lines: tuple[str, ...]
    found: tuple[str, ...] = ()


class Ask(Protocol):
    """Sends a question and gives the fresh typed answer. Raises ApiError."""

    async def __call__(self, call: Call[Out]) -> Out:
        """The answer."""
        ...


class Looker(Protocol):
    """Looks for the effect of one kind of write.

    `others` are the journal's other writes to the same endpoint that were or may have been done: what they caused is
    not this one's effect. Raises ApiError where it cannot read, NotReadable where the intent makes no sense.
    """

    async def __call__(self, intent: Intent, ask: Ask, others: Sequence[Intent] = (), /) -> Evidence:
        """What is found."""
        ...


class NotReadable(Exception):
    """The journal's arguments are not what the endpoint takes: written by another version of this program."""
