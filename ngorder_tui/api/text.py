"""Text from the server is data: nothing in it may steer a terminal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import overload

_UNSAFE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls
    "\u2028\u2029\ufeff\ufff9-\ufffb"  # line separators, byte order mark, annotations
    "\ud800-\udfff"  # lone surrogates cannot be encoded
)
_unsafe = re.compile(f"[{_UNSAFE}]")
_sequence = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"  # OSC, DCS, SOS, PM, APC
    r"|\x1b[ -/]*[0-~]"
)
_line_end = re.compile(r"\r\n?")


def clean(text: str) -> str:
    """The text without terminal sequences, control, bidi and surrogate characters; tabs and newlines stay."""
    if not _unsafe.search(text):
        return text
    return _unsafe.sub("", _sequence.sub("", _line_end.sub("\n", text)))


def drop_controls(text: str) -> str:
    """The text without unsafe characters, and with everything else: for text with a syntax, such as JSON or CSV.

    `clean` takes a whole terminal sequence out, and with it may go what follows a stray control character.
    """
    return _unsafe.sub("", text)


@overload
def clean_all(value: str) -> str: ...
@overload
def clean_all(value: object) -> object: ...
def clean_all(value: object) -> object:
    """The same JSON value with every string and every key in it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(str(key)): clean_all(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [clean_all(item) for item in value]
    return value


_raw_unsafe = re.compile(
    rf"[{_UNSAFE}]|\\u(?:00[01][0-9a-f]|00[89][0-9a-f]|007f|061c|20[02][0-9a-f]|206[0-9a-f]|feff|fff[9ab]|d[89a-f][0-9a-f]{{2}})|\\[bfr]",
    re.IGNORECASE,
)


def may_be_unsafe(json_text: str) -> bool:
    """Whether a JSON text could hold, raw or escaped, a character that `clean` would drop: a quick look."""
    return _raw_unsafe.search(json_text) is not None
