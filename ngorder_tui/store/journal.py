"""Every write to the server, on disk before its first byte leaves, and what became of it.

    draft ──► queued ──► sending ──► done      the server said yes
                                ├──► refused   the server said no
                                ├──► unknown   it left, and no usable answer came: it may have happened
                                ├──► dropped   given up: it never left, or a person decided so
                                └──► queued    not done (the server is busy, no line): back in the outbox

A write that has not left may skip the outbox and may be dropped. Out of `unknown` a late answer, found evidence or a
person leads to done, refused or dropped; to be sent again it goes back to `queued`, never straight to `sending`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import uuid4
from weakref import WeakValueDictionary

from ngorder_tui import clock
from ngorder_tui.i18n import _
from ngorder_tui.store import process
from ngorder_tui.store.database import Database
from ngorder_tui.store.values import Json, as_json, as_time, from_json, storable

State = Literal["draft", "queued", "sending", "done", "refused", "unknown", "dropped"]
Beginning = Literal["draft", "queued", "sending"]

STEPS: Mapping[State, frozenset[State]] = {
    "draft": frozenset({"queued", "sending", "dropped"}),
    "queued": frozenset({"sending", "dropped"}),
    "sending": frozenset({"done", "refused", "unknown", "dropped", "queued"}),
    "unknown": frozenset({"done", "refused", "dropped", "queued"}),
    "done": frozenset(),
    "refused": frozenset(),
    "dropped": frozenset(),
}
"""Where a write may go from each state."""

OPEN: tuple[State, ...] = tuple(state for state, steps in STEPS.items() if steps)
"""The states of a write that is not finished."""

COLUMNS = "n, endpoint, arguments, title, state, note, answer, begun_at, changed_at, draft_kind, draft_id"
"""What `intents` reads of a row."""
_Row = tuple[int, str, str, str, State, str, bytes | None, str, str, str | None, str | None]

_here: WeakValueDictionary[str, Journal] = WeakValueDictionary()
"""The journals of this process by token: one whose database was closed sends nothing any more."""


class IllegalStep(Exception):
    """A write cannot go from the state it is in to the one it was told to go to."""

    def __init__(self, n: int, was: State, wanted: State) -> None:
        self.n, self.was, self.wanted = n, was, wanted
        super().__init__(f"write {n} is {was} and cannot become {wanted}")


class NoSuchWrite(LookupError):
    """No write with this number is in the journal."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One write: what was meant, for people in `title`, and what became of it, for people in `note`.

    `answer` is what the server said, as it came; `changed_at` is when it got into the state it is in; `draft` names
    the form that it was made from, by kind and id.
    """

    n: int
    endpoint_id: str
    arguments: dict[str, Json]
    title: str
    state: State
    note: str
    answer: bytes | None
    begun_at: datetime
    changed_at: datetime
    draft: tuple[str, str] | None = None


class Journal:
    """The writes of a profile, kept by every process that works with it.

    Its database is opened with synchronous="FULL" (ValueError otherwise). Secrets never enter it: `arguments`,
    `title`, `note` and `answer` come here already without them. Every method raises StoreError when the disk cannot
    be used; a write whose `begin` raised must not be sent.
    """

    def __init__(self, database: Database) -> None:
        if database.synchronous != "FULL":
            raise ValueError("a journal must outlive a loss of power: open its database with synchronous=FULL")
        self._database = database
        self._owner = (os.getpid(), process.start_of(os.getpid()), uuid4().hex)
        _here[self._owner[2]] = self

    async def begin(
        self,
        endpoint_id: str,
        arguments: Mapping[str, object],
        title: str,
        *,
        state: Beginning = "sending",
        draft: tuple[str, str] | None = None,
    ) -> int:
        """Put a write on disk and give its number. Send nothing before this has returned.

        `state` is "sending" for one that leaves now, "queued" for one held in the outbox. `draft` is the form that it
        is made from: it is forgotten once the write is known to be done. The arguments are read before this first
        waits. Raises TypeError or ValueError for arguments that JSON does not have.
        """
        now = as_time(clock.now())
        kind, draft_id = (None, None) if draft is None else map(storable, draft)
        row = (endpoint_id, as_json(arguments), storable(title), state, now, now, *self._owner, kind, draft_id)

        def write(connection: sqlite3.Connection) -> int:
            cursor = connection.execute(
                "INSERT INTO intent (endpoint, arguments, title, state, begun_at, changed_at, "
                "owner_pid, owner_start, owner_token, draft_kind, draft_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
            return int(cursor.lastrowid or 0)

        return await self._database.run(write)

    async def settle(self, n: int, state: State, note: str = "", answer: bytes | None = None) -> Intent:
        """Bring a write into a new state; from now on it is this process that answers for it.

        Of two processes that take the same queued write to "sending" one gets IllegalStep. An answer that is not
        given leaves the one before. Whatever is no longer to be sent has no place in the outbox, and the form that a
        write was made from goes with the news that it is done. Raises IllegalStep, NoSuchWrite.
        """
        now, note = as_time(clock.now()), storable(note)

        def step(connection: sqlite3.Connection) -> Intent:
            was = find(connection, n).state
            if state not in STEPS[was]:
                raise IllegalStep(n, was, state)
            connection.execute(
                "UPDATE intent SET state = ?, note = ?, answer = coalesce(?, answer), changed_at = ?, "
                "owner_pid = ?, owner_start = ?, owner_token = ? WHERE n = ?",
                (state, note, answer, now, *self._owner, n),
            )
            _follow(connection, n, state)
            return find(connection, n)

        return await self._database.run(step)

    async def recover(self) -> tuple[Intent, ...]:
        """Make unknown what a process that no longer lives was sending; give those writes.

        To be called at start; calling it at other times does no harm. What another living process is sending is left
        to it.
        """
        now, note = as_time(clock.now()), _("The program ended before an answer came.")

        def find_orphans(connection: sqlite3.Connection) -> tuple[Intent, ...]:
            sending = connection.execute(
                "SELECT n, owner_pid, owner_start, owner_token FROM intent WHERE state = 'sending' ORDER BY n"
            ).fetchall()
            orphans = [n for n, pid, start, token in sending if not self._lives(pid, start, token)]
            connection.executemany(
                "UPDATE intent SET state = 'unknown', note = ?, changed_at = ? WHERE n = ?",
                [(note, now, n) for n in orphans],
            )
            for n in orphans:
                _follow(connection, n, "unknown")
            return tuple(find(connection, n) for n in orphans)

        return await self._database.run(find_orphans)

    async def get(self, n: int) -> Intent:
        """One write. Raises NoSuchWrite."""
        return await self._database.read(lambda connection: find(connection, n))

    async def open_writes(self) -> tuple[Intent, ...]:
        """The writes that are not finished, unknown ones among them, in the order in which they were begun."""
        return await self._in_states(OPEN)

    async def unknown(self) -> tuple[Intent, ...]:
        """The writes of which nobody knows whether they happened, in the order in which they were begun."""
        return await self._in_states(("unknown",))

    async def count_open(self) -> int:
        """How many writes are not finished."""
        marks = _marks(OPEN)

        def count(connection: sqlite3.Connection) -> int:
            return int(connection.execute(f"SELECT count(*) FROM intent WHERE state IN ({marks})", OPEN).fetchone()[0])

        return await self._database.read(count)

    async def latest_of(self, draft: tuple[str, str]) -> Intent | None:
        """The write that was last made from this form; None where none was."""
        names = tuple(map(storable, draft))
        query = f"SELECT {COLUMNS} FROM intent WHERE draft_kind = ? AND draft_id = ? ORDER BY n DESC LIMIT 1"
        return await self._database.read(lambda connection: next(iter(intents(connection.execute(query, names))), None))

    async def history(self, limit: int) -> tuple[Intent, ...]:
        """The writes begun last, the newest first."""
        return await self._database.read(
            lambda connection: intents(
                connection.execute(f"SELECT {COLUMNS} FROM intent ORDER BY n DESC LIMIT ?", (limit,))
            )
        )

    async def forget(self, before: datetime) -> int:
        """Delete the finished writes that have been so since before this moment; give their number.

        Nothing else ever deletes a write, and one that is not finished stays.
        """
        moment = as_time(before)

        def delete(connection: sqlite3.Connection) -> int:
            return connection.execute(
                f"DELETE FROM intent WHERE state NOT IN ({_marks(OPEN)}) AND julianday(changed_at) < julianday(?)",
                (*OPEN, moment),
            ).rowcount

        return await self._database.run(delete)

    async def _in_states(self, states: tuple[State, ...]) -> tuple[Intent, ...]:
        query = f"SELECT {COLUMNS} FROM intent WHERE state IN ({_marks(states)}) ORDER BY n"
        return await self._database.read(lambda connection: intents(connection.execute(query, states)))

    def _lives(self, pid: int, start: str, token: str) -> bool:
        if (pid, start) == self._owner[:2]:
            owner = _here.get(token)
            return owner is not None and not owner._database.closed
        return process.lives(pid, start)


def _follow(connection: sqlite3.Connection, n: int, state: State) -> None:
    """What goes with a write that got into this state."""
    if state not in {"queued", "sending"}:
        connection.execute("DELETE FROM outbox WHERE n = ?", (n,))
    if state == "done":
        connection.execute(
            "DELETE FROM draft WHERE (kind, draft_id) IN (SELECT draft_kind, draft_id FROM intent WHERE n = ?)", (n,)
        )


def find(connection: sqlite3.Connection, n: int) -> Intent:
    """One write. Raises NoSuchWrite."""
    for intent in intents(connection.execute(f"SELECT {COLUMNS} FROM intent WHERE n = ?", (n,))):
        return intent
    raise NoSuchWrite(n)


def intents(rows: Iterable[_Row]) -> tuple[Intent, ...]:
    """The writes of rows of COLUMNS."""
    return tuple(
        Intent(
            n,
            endpoint_id,
            from_json(arguments),
            title,
            state,
            note,
            answer,
            datetime.fromisoformat(begun_at),
            datetime.fromisoformat(changed_at),
            None if kind is None or draft_id is None else (kind, draft_id),
        )
        for n, endpoint_id, arguments, title, state, note, answer, begun_at, changed_at, kind, draft_id in rows
    )


def _marks(states: tuple[State, ...]) -> str:
    return ", ".join("?" * len(states))
