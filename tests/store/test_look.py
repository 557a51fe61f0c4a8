"""Looking at a file changes nothing about it, whatever state it is in."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ngorder_tui.store import schema
from ngorder_tui.store.database import Database
from ngorder_tui.store.look import look


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "folder of 100% #1?" / "state.sqlite"
    database = Database.open_now(path, schema.STATE, synchronous="FULL")
    database.run_now(lambda db: db.execute("INSERT INTO draft VALUES ('a', 'b', '{}', '', '2026-01-01', 1)"))
    database.close_now()
    return path


def test_a_sound_file_open_or_closed(file: Path) -> None:
    looked = look(file, schema.STATE)
    assert (looked.condition, looked.mode, looked.why, looked.aside) == ("sound", 0o600, "", ())
    assert looked.size >= file.stat().st_size
    database = Database.open_now(file, schema.STATE, synchronous="FULL")
    database.run_now(lambda db: db.execute("DELETE FROM draft"))
    assert look(file, schema.STATE).condition == "sound"
    database.close_now()


def test_no_file(tmp_path: Path) -> None:
    assert look(tmp_path / "nowhere" / "state.sqlite", schema.STATE).condition == "missing"
    assert list(tmp_path.iterdir()) == []


def test_a_newer_file(file: Path) -> None:
    db = sqlite3.connect(file)
    db.execute(f"PRAGMA user_version = {len(schema.STATE) + 1}")
    db.close()
    assert look(file, schema.STATE).condition == "newer"


@pytest.mark.parametrize("damage", ["no database", "a page", "short"])
def test_a_damaged_file_stays_where_it_is(file: Path, damage: str) -> None:
    content = file.read_bytes()
    if damage == "no database":
        content = b"not a database at all" * 400
    elif damage == "a page":
        content = content[:4096] + b"\xff" * 4096 + content[8192:]
    else:
        content = content[: len(content) // 2]
    file.write_bytes(content)
    looked = look(file, schema.STATE)
    assert looked.condition == "damaged"
    assert looked.why
    assert file.read_bytes() == content


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").mkdir()
    assert look(tmp_path / "state.sqlite", schema.STATE).condition == "unreadable"
    (tmp_path / "file").touch()
    assert look(tmp_path / "file" / "state.sqlite", schema.STATE).condition == "unreadable"


def test_what_was_set_aside_is_named(file: Path) -> None:
    aside = file.with_name("state.sqlite.damaged-20260101T000000")
    for name in (aside.name, f"{aside.name}-wal", "cache.sqlite.damaged-20260101T000000"):
        file.with_name(name).touch()
    assert look(file, schema.STATE).aside == (aside,)
