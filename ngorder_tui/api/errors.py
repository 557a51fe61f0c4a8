"""What can go wrong, told apart by what it means for the user's data. `str(error)` is a sentence for the user."""

from __future__ import annotations

from collections.abc import Mapping


class ApiError(Exception):
    """A call that did not end in a usable answer."""

    @property
    def kind(self) -> str:
        """The error's one word: what `ngorder-tui api --batch` prints as kind."""
        return type(self).__name__

    @property
    def fields(self) -> Mapping[str, tuple[str, ...]]:
        """Reasons by the field (a dotted path such as products.0.qty) that they belong to."""
        return {}


class Invalid(ApiError):
    """The arguments cannot be sent as they are: found on this machine, nothing was sent."""

    def __init__(self, message: str, fields: Mapping[str, tuple[str, ...]] | None = None) -> None:
        super().__init__(message)
        self._fields = dict(fields or {})

    @property
    def fields(self) -> Mapping[str, tuple[str, ...]]:
        """Reasons by field."""
        return self._fields


class NotAllowedHere(Invalid):
    """A write that this profile does not send: read-only, or a path that is only our guess and not consented to."""


class Unreachable(ApiError):
    """The request never left this machine: safe to send again."""


class Throttled(ApiError):
    """The server asked to wait (429): nothing was done. `retry_after` is in seconds, None where it did not say."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Refused(ApiError):
    """The server said no, with its reasons per field: nothing was done."""

    def __init__(self, message: str, fields: Mapping[str, tuple[str, ...]] | None = None, status: int = 0) -> None:
        super().__init__(message)
        self._fields = dict(fields or {})
        self.status = status

    @property
    def fields(self) -> Mapping[str, tuple[str, ...]]:
        """Reasons by field."""
        return self._fields


class Missing(Refused):
    """What was asked for is not there, or not any more (404, 410)."""


class Unauthorized(ApiError):
    """The key is wrong or has expired (401): nothing was done."""


class Forbidden(ApiError):
    """This user may not do that (403): nothing was done."""


class AnswerUnknown(ApiError):
    """A write left this machine and no usable answer came: it may have happened. No machine sends it again."""


class ServerFault(ApiError):
    """A read failed at the other end."""


class Garbled(ServerFault):
    """A read was answered with something that cannot be read, or that points elsewhere: trying on rarely helps."""
