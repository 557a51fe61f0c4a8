"""How values lie in a text column: JSON, times, and text that SQLite takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def as_json(value: Mapping[str, object]) -> str:
    """The values as JSON. Raises TypeError or ValueError for what JSON does not have."""
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


def from_json(text: str) -> dict[str, Json]:
    """The values again."""
    value: dict[str, Json] = json.loads(text)
    return value


def as_time(moment: datetime) -> str:
    """A moment with its zone. Raises ValueError for one without."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.isoformat()


def storable(text: str) -> str:
    """The text, with half characters (lone surrogates), which cannot be stored, spelled out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
