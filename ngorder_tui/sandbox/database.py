"""Opening the shop's database: in memory, or a file that is either whole or not there."""

from __future__ import annotations

import os
import sqlite3
from datetime import date
from importlib.resources import files
from pathlib import Path

from ngorder_tui.sandbox.world import invent

SCHEMA_VERSION = 2


class NotAShop(Exception):
    """The file holds something else, or a shop of another version of this program."""


def open_shop(path: Path | None, *, seed: int = 1, orders: int = 500, today: date) -> sqlite3.Connection:
    """Give a connection to the shop at `path`, inventing it first if there is no such file.

    None is a shop in memory. A file that already holds a shop is opened as it is: `seed`, `orders` and `today`
    count only for a new one (table `meta` tells what it was built with). The connection may be used from any
    thread, by one at a time; it commits only when told to. Raises NotAShop if the file holds no shop of this
    version, sqlite3.Error or OSError if it cannot be read or written.
    """
    if path is None:
        db = sqlite3.connect(":memory:", check_same_thread=False)
        _build(db, seed, orders, today)
    else:
        if not path.exists():
            _build_file(path, seed, orders, today)
        db = sqlite3.connect(path, check_same_thread=False)
        try:
            _check(db, path)
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=FULL")
        except BaseException:
            db.close()
            raise
    db.execute("PRAGMA foreign_keys=ON")
    db.row_factory = sqlite3.Row
    return db


def _check(db: sqlite3.Connection, path: Path) -> None:
    try:
        row = db.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    except sqlite3.DatabaseError as error:
        raise NotAShop(f"{path} holds no sandbox shop; name another file or move this one away.") from error
    if row is None or row[0] != str(SCHEMA_VERSION):
        raise NotAShop(f"{path} holds a shop of another version of this program; build it anew.")


def _build(db: sqlite3.Connection, seed: int, orders: int, today: date) -> None:
    db.executescript(files("ngorder_tui.sandbox").joinpath("schema.sql").read_text("utf-8"))
    # Indexes are made at the end: keeping them up row by row would take longer than all the rest.
    indexes = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    for name, _ in indexes:
        db.execute(f"DROP INDEX {name}")
    with db:
        invent(db, seed, orders, today)
        db.executemany(
            "INSERT INTO meta (key, value) VALUES (?, ?)",
            [
                ("schema_version", str(SCHEMA_VERSION)),
                ("seed", str(seed)),
                ("orders", str(orders)),
                ("built_day", today.isoformat()),
            ],
        )
        for _, sql in indexes:
            db.execute(sql)


def _build_file(path: Path, seed: int, orders: int, today: date) -> None:
    """Build beside `path` and rename: whatever interrupts this, `path` is a whole shop or is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.building")
    try:
        db = sqlite3.connect(unfinished)
        try:
            # Nobody opens the file before it is synced as a whole below.
            db.execute("PRAGMA journal_mode=MEMORY")
            db.execute("PRAGMA synchronous=OFF")
            _build(db, seed, orders, today)
        finally:
            db.close()
        _sync(unfinished, os.O_RDWR)
        _put(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    _sync(path.parent, os.O_RDONLY)


def _put(unfinished: Path, path: Path) -> None:
    """Give the finished file its name, unless another builder was first: its shop may be in use already."""
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        unfinished.replace(path)


def _sweep(path: Path) -> None:
    """Take away what builders left that were killed."""
    for left in path.parent.glob(f".{path.name}.*.building"):
        pid = left.name.rsplit(".", 2)[1]
        if pid.isdigit() and int(pid) != os.getpid() and _runs(int(pid)):
            continue
        left.unlink(missing_ok=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
