"""How the writes that wait in the outbox stand: in which order, since when not before, and which a person holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ngorder_tui.store.database import Database
from ngorder_tui.store.journal import COLUMNS, Intent, intents
from ngorder_tui.store.values import Json, as_json, as_time, from_json, storable

_STANDS = "is_held, not_before, why, facts"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A write of the outbox and how it waits.

    `is_held`: it is not sent by itself. `not_before`: nor before this moment, for the server asked to wait. `why` says
    in words what keeps it; `facts` are what it was made on, to be held against fresh data.
    """

    intent: Intent
    is_held: bool
    not_before: datetime | None = None
    why: str = ""
    facts: Mapping[str, Json] = field(default_factory=dict)


class OutboxRows:
    """The outbox of a profile, in the same file as its journal. Every method raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(
        self, n: int, *, not_before: datetime | None = None, why: str = "", facts: Mapping[str, object] | None = None
    ) -> None:
        """Put a queued write at the end of the outbox."""
        row = (n, _time(not_before), storable(why), as_json(facts or {}))

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(
                "INSERT OR REPLACE INTO outbox (n, place, not_before, why, facts)"
                " VALUES (?1, (SELECT coalesce(max(place), 0) + 1 FROM outbox), ?2, ?3, ?4)",
                row,
            )

        await self._database.run(write)

    async def waiting(self) -> tuple[Waiting, ...]:
        """What waits, in the order in which it is sent; what is being sent from here is among it.

        A queued write that nobody put here is held, and stands last.
        """
        return await self._database.read(_waiting)

    async def keep(self, n: int, *, why: str, is_held: bool, not_before: datetime | None = None) -> None:
        """Say what keeps a write. One that nobody put here gets a place at the end."""
        row = (n, int(is_held), _time(not_before), storable(why))

        def write(connection: sqlite3.Connection) -> None:
            if connection.execute("SELECT 1 FROM intent WHERE n = ? AND state = 'queued'", (n,)).fetchone() is None:
                return
            connection.execute(
                "INSERT INTO outbox (n, place, is_held, not_before, why)"
                " VALUES (?1, (SELECT coalesce(max(place), 0) + 1 FROM outbox), ?2, ?3, ?4)"
                " ON CONFLICT (n) DO UPDATE SET is_held = ?2, not_before = ?3, why = ?4",
                row,
            )

        await self._database.run(write)

    async def move(self, n: int, step: int) -> bool:
        """Let a write change places with the one before it (-1) or after it (1); False where there is none."""

        def swap(connection: sqlite3.Connection) -> bool:
            order = [one.intent.n for one in _waiting(connection) if one.intent.state == "queued"]
            at = order.index(n) if n in order else -1
            if at < 0 or not 0 <= at + step < len(order):
                return False
            order[at], order[at + step] = order[at + step], order[at]
            for place, number in enumerate(order, 1):
                connection.execute(
                    "INSERT INTO outbox (n, place, is_held) VALUES (?1, ?2, 1)"
                    " ON CONFLICT (n) DO UPDATE SET place = ?2",
                    (number, place),
                )
            return True

        return await self._database.run(swap)

    async def is_by_hand(self) -> bool:
        """Whether nothing of it is sent by itself."""

        def find(connection: sqlite3.Connection) -> bool:
            row = connection.execute("SELECT by_hand FROM outbox_mode").fetchone()
            return row is not None and bool(row[0])

        return await self._database.read(find)

    async def set_by_hand(self, by_hand: bool) -> None:
        """Say whether nothing of it is to be sent by itself, now and at later starts."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT OR REPLACE INTO outbox_mode (id, by_hand) VALUES (1, ?)", (int(by_hand),))

        await self._database.run(write)


def _waiting(connection: sqlite3.Connection) -> tuple[Waiting, ...]:
    rows = connection.execute(
        f"SELECT {COLUMNS}, outbox.n IS NULL, {_STANDS} FROM intent LEFT JOIN outbox USING (n)"
        " WHERE state = 'queued' OR (state = 'sending' AND outbox.n IS NOT NULL)"
        " ORDER BY outbox.n IS NULL, place, n"
    ).fetchall()
    found: list[Waiting] = []
    for *row, is_nowhere, is_held, not_before, why, facts in rows:
        (intent,) = intents([tuple(row)])
        moment = None if not_before is None else datetime.fromisoformat(not_before)
        found.append(
            Waiting(intent, True)
            if is_nowhere
            else Waiting(intent, bool(is_held), moment, str(why), from_json(str(facts)))
        )
    return tuple(found)


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else as_time(moment)
