"""What `ngorder-tui doctor` finds, and the sources of settings in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ngorder_tui.i18n import N_, _
from ngorder_tui.settings import Origin

State = Literal["ok", "warn", "bad"]
ORIGINS: dict[Origin, str] = {
    "option": N_("an option"),
    "environment": N_("the environment"),
    "profile": N_("the config file"),
    "default": N_("default"),
    "file": N_("a file"),
    "keyring": N_("the keyring"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, and what to do where it is not well. `name` is the same in every language."""

    name: str
    state: State
    found: str
    do: str = ""


def origin_in_words(origin: Origin) -> str:
    """Where something comes from, for people."""
    return _(ORIGINS[origin])
