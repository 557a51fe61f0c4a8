"""The two commands that are typed all day, `ngorder-tui` and `ngorder-tui demo`, read without the parser of the others.

That parser imports more than the app's first paint does. Whatever is not plainly right here goes to it: help, mistakes
and every other command.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ngorder_tui.settings import DemoOptions, Options

Read = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Start:
    """What is to be started: the app, or the demo where `demo` is not None."""

    options: Options
    debug: bool = False
    demo: DemoOptions | None = None


def _whole(least: int, most: int) -> Read:
    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,9}", text) or not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return read


def _share(text: str) -> float:
    if not re.fullmatch(r"\d?\.?\d{1,9}", text) or not 0.0 <= float(text) <= 1.0:
        raise ValueError(text)
    return float(text)


def read_rate(text: str) -> int:
    """ "60/min" or "60" as 60. Raises ValueError."""
    if (match := re.fullmatch(r"([1-9]\d{0,8})(?:/min)?", text)) is None:
        raise ValueError(text)
    return int(match[1])


COMMON_FLAGS: dict[str, tuple[str, bool]] = {
    "--lite": ("lite", True),
    "--no-lite": ("lite", False),
    "--read-only": ("read_only", True),
    "--no-mouse": ("mouse", False),
    "--ascii": ("ascii", True),
    "--plain-driver": ("plain_driver", True),
}
COMMON_VALUES = {"--profile": "profile", "--lang": "language", "--theme": "theme"}
_demo_values: dict[str, tuple[str, Read]] = {
    "--seed": ("seed", _whole(0, 10**9)),
    "--orders": ("orders", _whole(0, 1_000_000)),
    "--latency": ("latency_ms", _whole(0, 600_000)),
    "--kbps": ("kbps", _whole(1, 10**9)),
    "--error-rate": ("error_rate", _share),
    "--drop-after-commit": ("drop_after_commit", _share),
    "--rate-limit": ("rate_limit", read_rate),
}


def read_start(arguments: Sequence[str]) -> Start | None:
    """What is to be started, or None where the other parser shall look."""
    options: dict[str, Any] = {}
    demo: dict[str, Any] = {}
    wants_demo = debug = False
    waiting = list(arguments)
    while waiting:
        name, sign, value = waiting.pop(0).partition("=")
        if name in COMMON_FLAGS and not sign:
            options[COMMON_FLAGS[name][0]] = COMMON_FLAGS[name][1]
        elif name == "--debug" and not sign:
            debug = True
        elif name == "demo" and not sign and not wants_demo:
            wants_demo = True
        elif name == "--fresh" and not sign:
            demo["fresh"] = True
        elif name in COMMON_VALUES or name in _demo_values:
            if not sign and not waiting:
                return None
            value = value if sign else waiting.pop(0)
            if name in COMMON_VALUES:
                options[COMMON_VALUES[name]] = value
                continue
            field, read = _demo_values[name]
            try:
                demo[field] = read(value)
            except ValueError:
                return None
        else:
            return None
    if demo and not wants_demo:
        return None
    return Start(Options(**options), debug, replace(DemoOptions(), **demo) if wants_demo else None)
