"""Command: what can be done, told once. Footer, help, palette and the user's keymap all read the same objects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType

from ngorder_tui.i18n import _


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done on a screen.

    `id` is what the user's keymap names ("orders.pay"); `key` one or more keys joined by commas; `action` the
    screen's action method without its prefix; `name` and `help` are marked with N_ and translated when shown. `footer`
    puts it in the footer's line; `on_record` offers it only while there is a record under the cursor.
    """

    id: str
    key: str
    action: str
    name: str
    help: str
    footer: bool = False
    on_record: bool = False

    @property
    def shown_name(self) -> str:
        """Its name, in the language in force."""
        return _(self.name)

    @property
    def shown_help(self) -> str:
        """What it does, in the language in force."""
        return _(self.help)

    def binding(self) -> Binding:
        """The key binding; its id lets a keymap move it."""
        return Binding(self.key, self.action, self.id, show=False, id=self.id)


def key_name(key: str) -> str:
    """How a key is written for people: the first of several, by the character it prints."""
    first = key.partition(",")[0].strip()
    names = {
        "slash": "/", "question_mark": "?", "colon": ":", "plus": "+", "minus": "-", "space": "space",
        "enter": "Enter", "escape": "Esc", "full_stop": ".", "delete": "Del", "up": "↑", "down": "↓",
    }  # fmt: skip
    return names.get(first, first)


class Commanded:
    """A screen with commands: its own and those of its bases become its bindings, once, when the class is made."""

    commands: ClassVar[tuple[Command, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init_subclass__(cls, **options: object) -> None:
        if "commands" in cls.__dict__:
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *(command.binding() for command in cls.commands)]
        super().__init_subclass__(**options)

    @classmethod
    def all_commands(cls) -> tuple[Command, ...]:
        """Its own commands first, then its bases'; one that is declared again under the same id replaces the base's."""
        return tuple(
            _first_of_each_id(command for base in cls.__mro__ for command in base.__dict__.get("commands", ()))
        )


def _first_of_each_id(commands: Iterable[Command]) -> Iterable[Command]:
    seen: set[str] = set()
    for command in commands:
        if command.id not in seen:
            seen.add(command.id)
            yield command
