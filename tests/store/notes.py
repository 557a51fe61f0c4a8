"""Notes: the smallest thing to keep, in one version and in the next."""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path

from ngorder_tui.store.database import Database

ONE = ("CREATE TABLE note (n INTEGER PRIMARY KEY, text TEXT NOT NULL);",)
TWO = (
    *ONE,
    "ALTER TABLE note ADD COLUMN seen INTEGER NOT NULL DEFAULT 0; CREATE TABLE log (n INTEGER);"
    "CREATE TRIGGER count_notes AFTER INSERT ON note BEGIN INSERT INTO log VALUES (new.n); END;",
)


def add(text: str, connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO note (text) VALUES (?)", (text,))


def texts(connection: sqlite3.Connection) -> list[str]:
    return [text for (text,) in connection.execute("SELECT text FROM note ORDER BY n")]


def write_notes(path: Path, *notes: str) -> None:
    database = Database.open_now(path, ONE)
    for note in notes:
        database.run_now(partial(add, note))
    database.close_now()
