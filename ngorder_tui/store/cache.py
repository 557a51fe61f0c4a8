"""What was read from the server, kept so that it can be shown at once: answers, and what each screen last showed."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ngorder_tui import clock
from ngorder_tui.store.database import Database, StoreError
from ngorder_tui.store.values import as_time, storable

LIMIT = 32 * 1024 * 1024
"""Bytes kept at most, unless told otherwise."""

_ROW_COST = 256
"""Bytes that a kept thing takes beside its key and body, about."""

_Kind = Literal["answer", "shown"]


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it came, and the moment it came."""

    key: str
    at: datetime
    body: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """The first rows that a screen last showed, ready to be painted.

    `key` is the key of the call they answer; `total` the number of rows of the whole list, None if the server does
    not tell it; a row is its key, the texts of its cells and its style.
    """

    key: str
    at: datetime
    total: int | None
    rows: tuple[tuple[str, tuple[str, ...], str], ...]


class Cache:
    """The cache of one user on one server.

    `scope` names both and is part of every key. A cache that cannot be read or written is a cache that holds
    nothing: only `wipe` raises. What was used longest ago goes first when `limit` bytes are passed.
    """

    def __init__(self, database: Database, scope: str, *, limit: int = LIMIT) -> None:
        self._database = database
        self._scope = storable(scope)
        self._limit = limit
        self._used: dict[tuple[_Kind, str], int] = {}

    async def get(self, key: str) -> Kept | None:
        """The answer kept under the key of its call."""
        found = await self._get("answer", key)
        return None if found is None else Kept(key, datetime.fromisoformat(found[0]), found[1])

    async def put(self, key: str, body: bytes, at: datetime) -> None:
        """Keep an answer in the place of an older one. One that is larger than the limit is not kept."""
        await self._put("answer", key, body, at)

    async def last_shown(self, screen: str) -> Shown | None:
        """What the screen last showed."""
        found = await self._get("shown", screen)
        return None if found is None else _shown(*found)

    def last_shown_now(self, screen: str) -> Shown | None:
        """The same, waiting here: for the first paint, before the event loop runs."""
        try:
            found = self._database.read_now(self._finder("shown", storable(screen)))
        except StoreError:
            return None
        return None if found is None else _shown(*found)

    async def show(self, screen: str, shown: Shown) -> None:
        """Keep what the screen shows now."""
        body = json.dumps({"key": shown.key, "total": shown.total, "rows": shown.rows}, separators=(",", ":"))
        await self._put("shown", screen, body.encode(), shown.at)

    async def size(self) -> int:
        """Bytes kept, of all users of this file. Raises StoreError."""
        return await self._database.read(_weight)

    async def wipe(self) -> None:
        """Forget everything, for all users of this file, leaving nothing readable in it. Raises StoreError."""
        self._used.clear()
        await self._database.run(_forget_all)
        await self._database.compact()

    async def _get(self, kind: _Kind, key: str) -> tuple[str, bytes] | None:
        key = storable(key)
        try:
            found = await self._database.read(self._finder(kind, key))
        except StoreError:
            return None
        if found is not None:
            # Written down with the next thing kept: a read must not wait for a disk.
            self._used[kind, key] = _microseconds(clock.now())
        return found

    def _finder(self, kind: _Kind, key: str) -> _Finder:
        return _Finder(self._scope, kind, key)

    async def _put(self, kind: _Kind, key: str, body: bytes, at: datetime) -> None:
        key, moment, now = storable(key), as_time(at), _microseconds(clock.now())
        scope, limit = self._scope, self._limit
        used, self._used = self._used, {}

        def keep(connection: sqlite3.Connection) -> None:
            connection.executemany(
                "UPDATE kept SET used_at = max(used_at, ?) WHERE scope = ? AND kind = ? AND key = ?",
                [(when, scope, *what) for what, when in used.items()],
            )
            old = connection.execute(
                "SELECT id FROM kept WHERE scope = ? AND kind = ? AND key = ?", (scope, kind, key)
            ).fetchall()
            _remove(connection, [number for (number,) in old])
            size = len(body) + len(key.encode()) + _ROW_COST
            if size > limit:
                return
            row = connection.execute(
                "INSERT INTO kept (scope, kind, key, at, used_at, size) VALUES (?, ?, ?, ?, ?, ?)",
                (scope, kind, key, moment, now, size),
            )
            connection.execute("INSERT INTO body (id, body) VALUES (?, ?)", (row.lastrowid, body))
            _make_room(connection, limit, spare=row.lastrowid)

        try:
            await self._database.run(keep)
        except StoreError:
            return


@dataclass(frozen=True, slots=True)
class _Finder:
    scope: str
    kind: _Kind
    key: str

    def __call__(self, connection: sqlite3.Connection) -> tuple[str, bytes] | None:
        found: tuple[str, bytes] | None = connection.execute(
            "SELECT at, body FROM kept JOIN body USING (id) WHERE scope = ? AND kind = ? AND key = ?",
            (self.scope, self.kind, self.key),
        ).fetchone()
        return found


def _shown(at: str, body: bytes) -> Shown | None:
    """What was shown; None when it was written in a way that is not ours."""
    try:
        value = json.loads(body)
        rows = tuple((str(key), tuple(str(cell) for cell in cells), str(style)) for key, cells, style in value["rows"])
        total = value["total"]
        return Shown(str(value["key"]), datetime.fromisoformat(at), None if total is None else int(total), rows)
    except (ValueError, TypeError, KeyError):
        return None


def _weight(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(sum(size), 0) FROM kept").fetchone()[0])


def _make_room(connection: sqlite3.Connection, limit: int, spare: int | None) -> None:
    excess = _weight(connection) - limit
    if excess <= 0:
        return
    going: list[int] = []
    oldest = connection.execute("SELECT id, size FROM kept WHERE id IS NOT ? ORDER BY used_at, id", (spare,))
    for number, size in oldest:
        if excess <= 0:
            break
        going.append(number)
        excess -= size
    oldest.close()
    _remove(connection, going)


def _remove(connection: sqlite3.Connection, numbers: list[int]) -> None:
    for table in ("kept", "body"):
        connection.executemany(f"DELETE FROM {table} WHERE id = ?", [(number,) for number in numbers])


def _forget_all(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM kept")
    connection.execute("DELETE FROM body")


def _microseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)
