"""What was typed into a form and not sent yet, on disk before the next key is handled."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ngorder_tui import clock
from ngorder_tui.store.database import Database
from ngorder_tui.store.values import Json, as_json, as_time, from_json, storable

_Row = tuple[str, str, str, str, str]
_COLUMNS = "kind, draft_id, content, focus, updated_at"


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was left. `kind` names the form, `focus` the field the cursor was in."""

    kind: str
    draft_id: str
    content: dict[str, Json]
    focus: str
    updated_at: datetime


class Drafts:
    """The parked forms of a profile; several of a kind may be parked.

    When `save` has returned the draft is on disk, and outlives the process. Every method raises StoreError when the
    disk cannot be used: tell the user, for then nothing is safe.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, kind: str, draft_id: str, content: Mapping[str, object], focus: str) -> Draft:
        """Keep the form as it is now, in the place of what was kept of it before.

        The content is read before this first waits, so that a later change cannot slip in. Raises TypeError or
        ValueError for content that JSON does not have.
        """
        now, text = clock.now(), as_json(content)
        row = (storable(kind), storable(draft_id), text, storable(focus), as_time(now))

        def keep(connection: sqlite3.Connection) -> None:
            connection.execute(
                f"INSERT INTO draft ({_COLUMNS}, turn) "
                "VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(turn), 0) + 1 FROM draft)) "
                "ON CONFLICT (kind, draft_id) DO UPDATE SET content = excluded.content, focus = excluded.focus, "
                "updated_at = excluded.updated_at, turn = excluded.turn",
                row,
            )

        await self._database.run(keep)
        return _draft(row)

    async def list(self, kind: str) -> tuple[Draft, ...]:
        """The parked forms of this kind, the one saved last first."""
        name = storable(kind)

        def find(connection: sqlite3.Connection) -> tuple[_Row, ...]:
            return tuple(connection.execute(f"SELECT {_COLUMNS} FROM draft WHERE kind = ? ORDER BY turn DESC", (name,)))

        return tuple(_draft(row) for row in await self._database.read(find))

    async def count(self) -> int:
        """How many forms are parked, of all kinds."""

        def count(connection: sqlite3.Connection) -> int:
            return int(connection.execute("SELECT count(*) FROM draft").fetchone()[0])

        return await self._database.read(count)

    async def get(self, kind: str, draft_id: str) -> Draft | None:
        """One form as it was kept; None if it was dropped or never saved."""
        name = (storable(kind), storable(draft_id))

        def find(connection: sqlite3.Connection) -> _Row | None:
            found: _Row | None = connection.execute(
                f"SELECT {_COLUMNS} FROM draft WHERE kind = ? AND draft_id = ?", name
            ).fetchone()
            return found

        row = await self._database.read(find)
        return None if row is None else _draft(row)

    async def drop(self, kind: str, draft_id: str) -> None:
        """Forget a form, because it was sent or thrown away. One that is not there stays so."""
        name = (storable(kind), storable(draft_id))

        def forget(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM draft WHERE kind = ? AND draft_id = ?", name)

        await self._database.run(forget)


def _draft(row: _Row) -> Draft:
    kind, draft_id, content, focus, updated_at = row
    return Draft(kind, draft_id, from_json(content), focus, datetime.fromisoformat(updated_at))
