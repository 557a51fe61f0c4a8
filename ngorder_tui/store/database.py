"""One SQLite file and the one thread that touches it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from ngorder_tui.i18n import _
from ngorder_tui.store import opening
from ngorder_tui.store.opening import Synchronous

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]


class StoreError(Exception):
    """What was to be kept or looked up could not be: nothing of it happened. The text is a sentence for the user."""


class Database:
    """A file of the store. Everything asked of it runs in its own thread, in the order it was asked.

    Whatever was asked is carried through, also when the task that waits for it is cancelled. Where no file can be
    kept the database lives in memory: everything works, and is forgotten at the end.
    """

    notice: str | None
    """A sentence for the user about this file: it was set aside, or nothing can be kept. None: all is well."""

    closed: bool
    """Whether `close` was called: from then on everything asked is refused with StoreError."""

    def __init__(self, path: Path, migrations: Sequence[str], synchronous: Synchronous) -> None:
        """Not for callers: `open` and `open_now` also open the file."""
        self.path = path
        self.synchronous = synchronous
        self.notice = None
        self.closed = False
        self._migrations = tuple(migrations)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"store {path.name}")
        self._connection: sqlite3.Connection | None = None
        self._file: opening.Identity | None = None

    @classmethod
    async def open(cls, path: Path, migrations: Sequence[str], *, synchronous: Synchronous = "NORMAL") -> Database:
        """Open the file, making it and its directory if need be, without holding up the event loop.

        A file that is damaged, or of a newer version, is renamed to `<name>.damaged-<time>` and a new one begun;
        see `notice`. Never raises for what it finds on the disk.
        """
        database = cls(path, migrations, synchronous)
        await _outcome(database._thread.submit(database._open))
        return database

    @classmethod
    def open_now(cls, path: Path, migrations: Sequence[str], *, synchronous: Synchronous = "NORMAL") -> Database:
        """The same, for use before the event loop runs."""
        database = cls(path, migrations, synchronous)
        database._thread.submit(database._open).result()
        return database

    @property
    def persistent(self) -> bool:
        """Whether what is written here is still there after the program has ended."""
        return self._file is not None

    async def run(self, function: Work[T]) -> T:
        """What the function gives, run in the thread within one transaction that may write.

        It is committed when the function returns and undone when it raises. If the file turns out to be damaged, it
        is set aside, and the function is run a second time on a new one. Raises StoreError when the disk is full,
        another process holds the file too long, or the database is closed.
        """
        return await _outcome(self._submit(function, "BEGIN IMMEDIATE"))

    async def read(self, function: Work[T]) -> T:
        """The same for a function that only reads: it waits for no other process."""
        return await _outcome(self._submit(function, "BEGIN"))

    def run_now(self, function: Work[T]) -> T:
        """The same as `run`, waiting here: for use before the event loop runs."""
        return self._submit(function, "BEGIN IMMEDIATE").result()

    def read_now(self, function: Work[T]) -> T:
        """The same as `read`, waiting here: for use before the event loop runs."""
        return self._submit(function, "BEGIN").result()

    async def compact(self) -> None:
        """Give the room of what was deleted back to the disk, so that nothing of it can be read there.

        Raises StoreError.
        """
        await _outcome(self._submit(_compact, None))

    async def close(self) -> None:
        """Finish what was asked, then close the file. A second close does nothing."""
        if (closing := self._closing()) is not None:
            await _outcome(closing)

    def close_now(self) -> None:
        """The same, for use when no event loop runs."""
        if (closing := self._closing()) is not None:
            closing.result()

    def _closing(self) -> Future[None] | None:
        if self.closed:
            return None
        self.closed = True
        future = self._thread.submit(self._close)
        self._thread.shutdown(wait=False)
        return future

    def _submit(self, function: Work[T], begin: str | None) -> Future[T]:
        if self.closed:
            raise StoreError(_("The store is closed."))
        return self._thread.submit(self._answer, function, begin)

    def _open(self, condemned: opening.Identity | None = None) -> None:
        try:
            self._connection, notice = opening.open_file(self.path, self._migrations, self.synchronous, condemned)
            self._file = opening.identity(self.path)
            self.notice = notice or self.notice
        except (OSError, sqlite3.Error, opening.Unfit) as error:
            self._connection = opening.open_memory(self._migrations)
            self._file = None
            self.notice = _("Nothing can be kept on this machine: {reason}").format(reason=_reason(error))

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _answer(self, function: Work[T], begin: str | None) -> T:
        try:
            if self.persistent and opening.identity(self.path) != self._file:
                # Another process set the file aside, or someone removed it: what is written must be where it is sought.
                self._reopen()
            try:
                return self._attempt(function, begin)
            except sqlite3.DatabaseError as error:
                if not opening.is_damage(error) or not self.persistent:
                    raise
            self._reopen(condemned=self._file)
            return self._attempt(function, begin)
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.OperationalError) and not opening.is_damage(error):
                raise
            raise StoreError(_("{file} could not be used: {reason}").format(file=self.path, reason=error)) from error

    def _attempt(self, function: Work[T], begin: str | None) -> T:
        connection = self._connection
        if connection is None:
            raise StoreError(_("The store is closed."))
        if begin is None:
            return function(connection)
        connection.execute(begin)
        try:
            result = function(connection)
            connection.execute("COMMIT")
        except BaseException:
            # A full disk ends the transaction by itself.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return result

    def _reopen(self, condemned: opening.Identity | None = None) -> None:
        self._close()
        self._open(condemned)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error)


def _compact(connection: sqlite3.Connection) -> None:
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


async def _outcome(future: Future[T]) -> T:
    """Wait for the thread without ever taking back what it was asked."""
    import asyncio

    return await asyncio.shield(asyncio.wrap_future(future))
