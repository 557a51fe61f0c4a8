"""Opening one SQLite file so that it is private, of our version and sound, or else set aside."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from ngorder_tui import clock
from ngorder_tui.i18n import _

Synchronous = Literal["NORMAL", "FULL"]
"""NORMAL survives the death of the process; FULL the loss of power too."""

BUSY_SECONDS = 5.0
"""How long one process waits for another that writes to the same file."""

Identity = tuple[int, int]
"""Which file it is, whatever it is called: device and inode."""

_WAL_LIMIT = 4 * 1024 * 1024
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class Unfit(Exception):
    """The file cannot be used as it is, but the place is good: set it aside and begin a new one."""


class _Newer(Unfit):
    """The file was written by a newer version of this program."""


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the error says that the file itself is broken, rather than busy, full or out of reach."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def identity(path: Path) -> Identity | None:
    """Which file lies at the path; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def open_file(
    path: Path, migrations: Sequence[str], synchronous: Synchronous, condemned: Identity | None = None
) -> tuple[sqlite3.Connection, str | None]:
    """A connection to the file, made if it is not there, and a sentence if another file had to be set aside for it.

    `condemned` is a file that was found damaged in use: it is set aside, unless another process has already done so.
    Raises OSError or sqlite3.Error when nothing can be kept at this place.
    """
    make_private_directory(path.parent)
    with _alone_in(path.parent):
        explain = _damaged_notice
        if condemned is None or identity(path) != condemned:
            try:
                return _connect(path, migrations, synchronous), None
            except _Newer:
                explain = _newer_notice
            except Unfit:
                pass
        aside = _set_aside(path)
        return _connect(path, migrations, synchronous), explain(path, aside)


def open_memory(migrations: Sequence[str]) -> sqlite3.Connection:
    """A store that forgets everything when it is closed."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, migrations)
    return connection


def make_private_directory(directory: Path) -> None:
    """Make the directory and whatever is missing above it, each for this user alone (0700).

    A directory that is already there is left as its owner made it.
    """
    missing = [place for place in (directory, *directory.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)


def migrate(connection: sqlite3.Connection, migrations: Sequence[str]) -> None:
    """Bring the file to our version, all steps or none. Raises Unfit if it is of a newer version."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for script in _missing(connection, migrations):
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _connect(path: Path, migrations: Sequence[str], synchronous: Synchronous) -> sqlite3.Connection:
    _make_private_file(path)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        # Where shared memory does not work (some network disks) SQLite keeps its older, slower journal: still sound.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT}")
        if _version(connection) != len(migrations):
            migrate(connection, migrations)
        _look_over(connection, thorough=synchronous == "FULL")
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error) and is_damage(error):
            raise Unfit from error
        raise
    return connection


def _look_over(connection: sqlite3.Connection, *, thorough: bool) -> None:
    """Find damage now. The whole file is read only where its content could not be fetched again."""
    if not thorough:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    elif connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise Unfit


def _missing(connection: sqlite3.Connection, migrations: Sequence[str]) -> Sequence[str]:
    version = _version(connection)
    if version > len(migrations):
        raise _Newer
    return migrations[version:]


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """The statements of a script: `executescript` would commit before the first of them."""
    statement = ""
    for piece in script.split(";"):
        statement += piece
        if sqlite3.complete_statement(statement + ";"):
            yield statement.strip()
            statement = ""
        else:
            statement += ";"


def _make_private_file(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        # Not opened here: closing it again would give up the locks that SQLite holds on it for this process.
        for file in _with_companions(path):
            with suppress(FileNotFoundError):
                if file.stat().st_mode & 0o077:
                    file.chmod(0o600)


def _with_companions(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm"))


def _set_aside(path: Path) -> Path:
    stem = aside = path.with_name(f"{path.name}.damaged-{clock.now():%Y%m%dT%H%M%S}")
    count = 1
    while aside.exists():
        count += 1
        aside = stem.with_name(f"{stem.name}-{count}")
    for file, kept in zip(_with_companions(path), _with_companions(aside), strict=True):
        with suppress(FileNotFoundError):
            file.rename(kept)
    return aside


def _damaged_notice(path: Path, aside: Path) -> str:
    return _("{file} was damaged; it was set aside as {aside} and a new one was begun.").format(
        file=path.name, aside=aside
    )


def _newer_notice(path: Path, aside: Path) -> str:
    return _(
        "{file} was written by a newer version of this program; it was set aside as {aside} and a new one was begun."
    ).format(file=path.name, aside=aside)


@contextmanager
def _alone_in(directory: Path) -> Iterator[None]:
    """Let one process at a time open files here, so that no two set aside the same one.

    Best effort: where locks do not work, or a stopped process holds this one, opening goes on without.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        give_up = time.monotonic() + BUSY_SECONDS
        while time.monotonic() < give_up:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(0.005)
            except OSError:
                break
        yield
    finally:
        os.close(handle)
