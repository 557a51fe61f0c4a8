"""From the bytes of a request to its arguments as plain nested values, before anyone asks what they mean."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import NoReturn
from urllib.parse import parse_qsl

from ngorder_tui.sandbox.refusals import Refused

LARGEST_BODY = 4 * 1024 * 1024
"""Bytes of a request body; what is larger is refused."""

MOST_PAIRS = 2000
DEEPEST = 6

_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_KEY = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent in a form."""

    name: str
    content_type: str
    content: bytes


def query_arguments(query: bytes) -> dict[str, object]:
    """The arguments of a query or of a simple form; `lines[0][qty]=2` is a list of objects."""
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_PAIRS)
    except ValueError:
        raise Refused("The query cannot be read.") from None
    return nested(pairs)


def body_arguments(content_type: str, body: bytes) -> dict[str, object]:
    """The arguments of a body: a JSON object or a form. Raises Refused for anything else."""
    if not body.strip():
        return {}
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return nested(_form_pairs(content_type, body))
    if kind == "application/x-www-form-urlencoded":
        return query_arguments(body)
    if kind in ("", "application/json") or kind.endswith("+json"):
        return _json_object(body)
    raise Refused("The body must be JSON or a form; its Content-Type says something else.")


def nested(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Names in brackets unfolded; of a name that comes twice the later value holds."""
    tree: dict[str, object] = {}
    for name, value in pairs:
        match = _NAME.fullmatch(name)
        keys = [match[1], *_KEY.findall(match[2])] if match else [name]
        if len(keys) > DEEPEST:
            raise Refused({name[:80]: ["Nested too deeply."]})
        place = tree
        for key in keys[:-1]:
            child = place.get(_free(place, key))
            if not isinstance(child, dict):
                child = place[_free(place, key)] = {}
            place = child
        place[_free(place, keys[-1])] = value
    return {name: _lists(value) for name, value in tree.items()}


def _free(place: Mapping[str, object], key: str) -> str:
    return key if key != "" else str(len(place))


def _lists(value: object) -> object:
    if not isinstance(value, dict):
        return value
    inner = {key: _lists(child) for key, child in value.items()}
    if inner and all(key.isascii() and key.isdigit() and len(key) < 7 for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner


def _json_object(body: bytes) -> dict[str, object]:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("The body is not UTF-8 text.") from None
    try:
        value: object = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused("The body is not JSON.") from None
    if not isinstance(value, dict):
        raise Refused("The body must be a JSON object.")
    return {str(name): inner for name, inner in value.items()}


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)


def _form_pairs(content_type: str, body: bytes) -> list[tuple[str, object]]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=HTTP.clone(raise_on_defect=False)).parsebytes(head + body)
    if not message.is_multipart():
        raise Refused("The form cannot be read.")
    pairs: list[tuple[str, object]] = []
    for part in message.iter_parts():
        pairs.append(_form_pair(part))
        if len(pairs) > MOST_PAIRS:
            raise Refused("The form has too many fields.")
    return pairs


def _form_pair(part: Message) -> tuple[str, object]:
    name = part.get_param("name", header="content-disposition")
    content = part.get_payload(decode=True)
    if not isinstance(name, str) or not isinstance(content, bytes):
        raise Refused("The form has a part without a name or a content.")
    if (filename := part.get_filename()) is not None:
        return name, Upload(filename, part.get_content_type(), content)
    try:
        return name, content.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused({name[:80]: ["Not UTF-8 text."]}) from None
