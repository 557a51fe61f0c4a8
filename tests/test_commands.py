"""Commands: told once, with keys that every terminal sends and that never mean two things."""

from __future__ import annotations

import inspect
import pkgutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import ClassVar

import pytest
from textual.binding import Binding

from ngorder_tui import i18n, screens
from ngorder_tui.app import NgorderApp
from ngorder_tui.areas import AREAS
from ngorder_tui.commands import Command, Commanded, key_name
from ngorder_tui.screens.base import NgorderScreen
from ngorder_tui.screens.list_screen import ListScreen
from ngorder_tui.widgets.detail_pane import DetailPane
from ngorder_tui.widgets.record_table import RecordTable
from tests.desk import desk
from tests.line import Line

HAS_A_BUTTON = {"form.send", "order.review", "transfer.send"}
"""Sent by ctrl+s or F10, and by a button that Tab and Enter reach."""
NOT_ALONE = {"ctrl+s", "ctrl+q", *(f"f{number}" for number in range(1, 25))}
"""Keys that some terminals keep to themselves: fine beside another one."""
NEVER = {"ctrl+a", "ctrl+b", "ctrl+z", "ctrl+enter", "shift+enter"}


def _screens() -> Iterator[type[NgorderScreen[object]]]:
    for module in pkgutil.iter_modules(screens.__path__):
        found = import_module(f"{screens.__name__}.{module.name}")
        for _name, kind in inspect.getmembers(found, inspect.isclass):
            if issubclass(kind, NgorderScreen) and kind.__module__ == found.__name__:
                yield kind


SCREENS = tuple(_screens())
IDS = [kind.__name__ for kind in SCREENS]


def _keys(command: Command) -> list[str]:
    return [key.strip() for key in command.key.split(",")]


def _bound(widget: type[RecordTable] | type[DetailPane]) -> list[str]:
    return [
        key.strip() for binding in widget.BINDINGS if isinstance(binding, Binding) for key in binding.key.split(",")
    ]


def test_every_area_has_a_screen_with_commands_or_says_that_it_is_to_come() -> None:
    opened = {type(area.open()) for area in AREAS}
    assert opened <= set(SCREENS)
    assert len(opened) > 5


@pytest.mark.parametrize("kind", SCREENS, ids=IDS)
def test_ids_are_unique_and_no_key_means_two_things(kind: type[NgorderScreen[object]]) -> None:
    own = Counter(command.id for command in kind.__dict__.get("commands", ()))
    assert not [name for name, count in own.items() if count > 1]

    keys = Counter(key for command in (*kind.all_commands(), *NgorderApp.all_commands()) for key in _keys(command))
    keys.update(area.key for area in AREAS)
    if issubclass(kind, ListScreen):
        # Enter opens the record, in the table's words and in the list's.
        keys.update(set(_bound(RecordTable)) - {"enter"} | set(_bound(DetailPane)))
    assert not [key for key, count in keys.items() if count > 1]


@pytest.mark.parametrize("kind", [*SCREENS, NgorderApp], ids=(*IDS, "NgorderApp"))
def test_every_command_can_be_given_from_every_terminal(kind: type[Commanded]) -> None:
    for command in kind.all_commands():
        keys = set(_keys(command))
        assert not keys & NEVER, command.id
        assert not [key for key in keys if "alt+" in key or "super+" in key or "meta+" in key], command.id
        assert keys - NOT_ALONE or command.id in HAS_A_BUTTON, command.id


@pytest.mark.parametrize("kind", [*SCREENS, NgorderApp], ids=(*IDS, "NgorderApp"))
def test_every_command_has_an_action_a_name_and_a_help(kind: type[Commanded]) -> None:
    for command in kind.all_commands():
        action = command.action.partition("(")[0]
        assert hasattr(kind, f"action_{action}"), command.id
        assert 0 < len(command.name) <= 16, command.id
        assert 0 < len(command.help) <= 60, command.id
        assert command.help[0].isupper(), command.id
        assert not command.help.endswith("."), command.id


def test_what_a_screen_declares_again_replaces_what_its_base_declared() -> None:
    class Base(Commanded):
        commands: ClassVar[tuple[Command, ...]] = (
            Command("a.one", "a", "one", "One", "One"),
            Command("a.two", "b", "two", "Two", "Two"),
        )

    class Own(Base):
        commands: ClassVar[tuple[Command, ...]] = (Command("a.two", "c", "two", "Zwei", "Zwei"),)

    class Silent(Own):
        pass

    assert [(command.id, command.key) for command in Own.all_commands()] == [("a.two", "c"), ("a.one", "a")]
    assert Silent.all_commands() == Own.all_commands()
    assert [binding.key for binding in Own.BINDINGS if isinstance(binding, Binding)] == ["c"]


def test_a_key_is_written_as_people_know_it() -> None:
    assert key_name("slash") == "/"
    assert key_name("q,escape") == "q"
    assert key_name("escape") == "Esc"
    assert key_name("ctrl+s,f10") == "ctrl+s"
    assert key_name("question_mark") == "?"


def test_a_name_is_told_in_the_language_in_force() -> None:
    command = Command("a.one", "a", "one", "Help", "What can be done on this screen")
    i18n.use("en")
    assert (command.shown_name, command.shown_help) == ("Help", "What can be done on this screen")


async def test_the_users_keymap_moves_a_key_and_everything_says_so(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    line = Line()
    keymap = {"list.refresh": "t", "list.filter": "v,ctrl+f", "area.privor": "f2", "app.palette": "z"}
    async with desk(shop_db, tmp_path, wrap=line, keymap=keymap) as at:
        asked = len(line.to("/order"))
        await at.press("r")
        assert len(line.to("/order")) == asked
        await at.press("t")
        assert len(line.to("/order")) == asked + 1
        assert " v Filter" in at.text()

        await at.press("f")
        assert not at.asks()
        await at.press("ctrl+f")
        await at.until(at.focused)
        await at.press("escape", "question_mark")
        await at.sees("t  Ask the server again, now", "v  Filter this list", "z  Find a screen")
        await at.press("escape", "2")
        assert at.app.current_mode == "orders"
        await at.press("f2")
        await at.until(lambda: at.app.current_mode == "privor")
        await at.press("z")
        await at.type("refr")
        await at.sees("t  Refresh")
