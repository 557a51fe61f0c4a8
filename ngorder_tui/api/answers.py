"""What the body of an answer says of success and failure: its status alone does not tell (contract: "Errors")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ngorder_tui.api.errors import (
    AnswerUnknown,
    ApiError,
    Forbidden,
    Garbled,
    Missing,
    Refused,
    ServerFault,
    Throttled,
    Unauthorized,
)

if TYPE_CHECKING:
    from ngorder_tui.api.endpoint import Endpoint

_sentences = {
    400: "The server did not accept it.",
    404: "It is not there.",
    405: "The server does not do that here.",
    406: "The server cannot answer in the form that was asked for.",
    410: "It is not there any more.",
}


def said_no(value: object) -> bool:
    """Whether an answer is a failure by its own word, whatever its status. No `response` key says nothing."""
    if not isinstance(value, Mapping):
        return False
    word = value.get("response")
    return isinstance(word, str) and word.strip().casefold() in {"failed", "fail", "gagal", "error"}


def failure_of(status: int, value: object, retry_after: float | None) -> ApiError:
    """The error that an answer of 4xx, or one that says no, stands for."""
    fields = reasons_of(value)
    said = sentence_of(value)
    match status:
        case 401:
            return Unauthorized(said or "The key is wrong or has expired. Nothing was done.")
        case 403:
            return Forbidden(said or "This user is not allowed to do that. Nothing was done.")
        case 429:
            return Throttled("The server asks to wait. Nothing was done.", retry_after)
        case 404 | 410:
            return Missing(said or _sentences[status], fields, status)
    return Refused(said or _sentences.get(status, "The server said no. Nothing was done."), fields, status)


def reasons_of(value: object) -> dict[str, tuple[str, ...]]:
    """Reasons by dotted field path; a reason may be a number (`maximum amount`)."""
    message = value.get("message") or value.get("errors") if isinstance(value, Mapping) else None
    if not isinstance(message, Mapping):
        return {}
    return {
        str(name): tuple(str(why) for why in reasons) if isinstance(reasons, list) else (str(reasons),)
        for name, reasons in message.items()
    }


def sentence_of(value: object) -> str:
    """What the answer says in words, as one text; empty where it says nothing."""
    message = value.get("message") if isinstance(value, Mapping) else None
    match message:
        case str(text):
            return text.strip()
        case list(lines):
            return " ".join(str(line) for line in lines)
        case Mapping():
            return " ".join(f"{name}: {' '.join(reasons)}" for name, reasons in reasons_of(value).items())
    return ""


def no_answer(endpoint: Endpoint[Any, Any]) -> ApiError:
    """The error that a broken line stands for."""
    if endpoint.is_write:
        return AnswerUnknown("It was sent, but the line broke before an answer came: it may have happened.")
    return ServerFault("The line broke before the answer was complete.")


def unreadable(endpoint: Endpoint[Any, Any]) -> ApiError:
    """The error that an answer which cannot be read stands for."""
    if endpoint.is_write:
        return AnswerUnknown("It was sent, but the answer cannot be read: it may have happened.")
    return Garbled("The server's answer cannot be read.")
