"""The ways in which the sandbox says no. Raised anywhere in a handler; the app makes the `Failed` body of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Message = str | Mapping[str, Sequence[object]]
"""One sentence, or sentences for each argument under its dotted path (`products.0.qty`)."""


class NotAnswered(Exception):
    """The request was understood to the point where it is known that it will not be done."""

    status = 400

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class Refused(NotAnswered):
    """Arguments that cannot be right, or a rule of the trade that stands against them."""


class Unauthorized(NotAnswered):
    """No key, or not the right one."""

    status = 401


class Forbidden(NotAnswered):
    """Hidden from this user: for administrators only."""

    status = 403


class Missing(NotAnswered):
    """There is no such record, or no such path."""

    status = 404


class WrongMethod(NotAnswered):
    """The path is known, but not for this method."""

    status = 405

    def __init__(self, message: Message, allowed: Sequence[str]) -> None:
        super().__init__(message)
        self.allowed = tuple(allowed)


class TooLarge(NotAnswered):
    """The body is larger than the sandbox reads."""

    status = 413
