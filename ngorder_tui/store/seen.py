"""What was read here: the service's notifications carry no mark of their own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from ngorder_tui import clock
from ngorder_tui.store.database import Database
from ngorder_tui.store.values import as_time, storable

KEPT = 5000
"""Marks of a kind that are kept; the oldest go first."""


class Seen:
    """Marks on things that a person has looked at, by kind and key. Every method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def mark(self, kind: str, keys: Iterable[str]) -> None:
        """These were looked at."""
        rows = [(kind, storable(key), as_time(clock.now())) for key in keys]

        def keep(connection: sqlite3.Connection) -> None:
            connection.executemany("INSERT OR IGNORE INTO seen (kind, key, at) VALUES (?, ?, ?)", rows)
            connection.execute(
                "DELETE FROM seen WHERE kind = ? AND id NOT IN "
                "(SELECT id FROM seen WHERE kind = ? ORDER BY id DESC LIMIT ?)",
                (kind, kind, KEPT),
            )

        await self._database.run(keep)

    async def all(self, kind: str) -> frozenset[str]:
        """The keys of this kind that were looked at."""

        def find(connection: sqlite3.Connection) -> frozenset[str]:
            return frozenset(key for (key,) in connection.execute("SELECT key FROM seen WHERE kind = ?", (kind,)))

        return await self._database.read(find)
