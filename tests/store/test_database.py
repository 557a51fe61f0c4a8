from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

from ngorder_tui.store import schema
from ngorder_tui.store.database import Database, StoreError

from .notes import ONE, TWO, add, texts, write_notes


async def test_what_was_written_is_there_after_closing(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "notes.sqlite"
    database = await Database.open(path, ONE)
    await database.run(partial(add, "kept"))
    await database.close()
    again = await Database.open(path, ONE)
    assert await again.read(texts) == ["kept"]
    assert again.persistent
    assert again.notice is None
    await again.close()


def test_it_can_be_asked_before_a_loop_runs_and_in_one_afterwards(tmp_path: Path) -> None:
    database = Database.open_now(tmp_path / "notes.sqlite", ONE)
    database.run_now(partial(add, "early"))
    assert database.read_now(texts) == ["early"]
    assert asyncio.run(database.read(texts)) == ["early"]
    database.close_now()


async def test_files_are_for_the_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "profile" / "notes.sqlite"
    before = os.umask(0)
    try:
        database = await Database.open(path, ONE)
        await database.run(partial(add, "private"))
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"notes.sqlite": 0o600, "notes.sqlite-wal": 0o600, "notes.sqlite-shm": 0o600}
    assert [stat.S_IMODE(place.stat().st_mode) for place in (path.parent, path.parent.parent)] == [0o700, 0o700]
    await database.close()


async def test_a_file_that_others_could_read_is_made_private(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    write_notes(path, "old")
    path.chmod(0o644)
    database = await Database.open(path, ONE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert await database.read(texts) == ["old"]
    await database.close()


def test_a_directory_that_was_there_is_left_as_it_was(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    database = Database.open_now(tmp_path / "notes.sqlite", ONE)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    database.close_now()


async def test_it_writes_ahead_and_as_safely_as_asked(tmp_path: Path) -> None:
    def pragmas(connection: sqlite3.Connection) -> tuple[str, int]:
        mode: str = connection.execute("PRAGMA journal_mode").fetchone()[0]
        level: int = connection.execute("PRAGMA synchronous").fetchone()[0]
        return mode, level

    normal = await Database.open(tmp_path / "cache.sqlite", ONE)
    full = await Database.open(tmp_path / "state.sqlite", ONE, synchronous="FULL")
    assert await normal.read(pragmas) == ("wal", 1)
    assert await full.read(pragmas) == ("wal", 2)
    await normal.close()
    await full.close()


async def test_a_function_that_raises_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        add("half", connection)
        raise LookupError("no")

    database = await Database.open(tmp_path / "notes.sqlite", ONE)
    with pytest.raises(LookupError, match="no"):
        await database.run(fail)
    assert await database.read(texts) == []
    await database.close()


async def test_migrations_bring_an_older_file_forward_and_keep_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    write_notes(path, "old")
    database = await Database.open(path, TWO)
    await database.run(partial(add, "new"))
    assert await database.read(lambda connection: connection.execute("SELECT text, seen FROM note").fetchall()) == [
        ("old", 0),
        ("new", 0),
    ]
    assert await database.read(lambda connection: connection.execute("SELECT n FROM log").fetchall()) == [(2,)]
    assert await database.read(lambda connection: connection.execute("PRAGMA user_version").fetchone()) == (2,)
    assert database.notice is None
    await database.close()


def test_a_migration_that_fails_halfway_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    write_notes(path, "twin", "twin")
    failing = (*ONE, "CREATE TABLE half (n INTEGER); CREATE UNIQUE INDEX one_of_each ON note (text);")
    database = Database.open_now(path, failing)
    assert not database.persistent
    assert database.notice is not None
    database.close_now()
    again = Database.open_now(path, (*ONE, "CREATE TABLE half (n INTEGER);"))
    assert again.read_now(texts) == ["twin", "twin"]
    assert again.persistent
    again.close_now()


async def test_the_event_loop_runs_while_the_thread_is_held(tmp_path: Path) -> None:
    held, gate = threading.Event(), threading.Event()

    def slow(connection: sqlite3.Connection) -> str:
        held.set()
        return "done" if gate.wait(30) else "never let go"

    database = await Database.open(tmp_path / "notes.sqlite", ONE)
    first = asyncio.create_task(database.run(slow))
    second = asyncio.create_task(database.read(texts))
    loop = asyncio.get_running_loop()
    assert await loop.run_in_executor(None, held.wait, 30)
    for _ in range(100):
        turned = asyncio.Event()
        loop.call_soon(turned.set)
        await turned.wait()
    assert not first.done()
    assert not second.done()
    gate.set()
    assert await first == "done"
    assert await second == []
    await database.close()


async def test_opening_is_done_off_the_loop(tmp_path: Path) -> None:
    """Another process holds the lock on the directory: the loop turns all the same."""
    import fcntl

    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    opening = asyncio.create_task(Database.open(tmp_path / "notes.sqlite", ONE))
    for _ in range(100):
        turned = asyncio.Event()
        asyncio.get_running_loop().call_soon(turned.set)
        await turned.wait()
    assert not opening.done()
    os.close(handle)
    database = await opening
    assert database.persistent
    await database.close()


async def test_what_was_asked_is_done_though_nobody_waits_any_more(tmp_path: Path) -> None:
    held, gate = threading.Event(), threading.Event()

    def slow(connection: sqlite3.Connection) -> None:
        held.set()
        gate.wait(30)
        add("running", connection)

    database = await Database.open(tmp_path / "notes.sqlite", ONE)
    running = asyncio.create_task(database.run(slow))
    waiting = asyncio.create_task(database.run(partial(add, "waiting")))
    assert await asyncio.get_running_loop().run_in_executor(None, held.wait, 30)
    running.cancel()
    waiting.cancel()
    assert [type(error) for error in await asyncio.gather(running, waiting, return_exceptions=True)] == [
        asyncio.CancelledError,
        asyncio.CancelledError,
    ]
    gate.set()
    assert await database.read(texts) == ["running", "waiting"]
    await database.close()


async def test_closing_finishes_what_was_asked_and_refuses_the_rest(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "notes.sqlite", ONE)
    writes = [asyncio.create_task(database.run(partial(add, "last"))) for _ in range(20)]
    turned = asyncio.Event()
    asyncio.get_running_loop().call_soon(turned.set)
    await turned.wait()
    await database.close()
    await asyncio.gather(*writes)
    await database.close()
    with pytest.raises(StoreError):
        await database.run(texts)
    again = await Database.open(tmp_path / "notes.sqlite", ONE)
    assert await again.read(texts) == ["last"] * 20
    await again.close()


async def test_a_full_disk_is_told_and_nothing_is_half_written(tmp_path: Path) -> None:
    def add_much(connection: sqlite3.Connection) -> None:
        for _ in range(100):
            add("x" * 4000, connection)

    database = await Database.open(tmp_path / "notes.sqlite", ONE)
    await database.run(partial(add, "small"))
    pages = await database.read(lambda connection: int(connection.execute("PRAGMA page_count").fetchone()[0]))
    await database.read(lambda connection: connection.execute(f"PRAGMA max_page_count = {pages + 3}").fetchone())
    with pytest.raises(StoreError, match="full"):
        await database.run(add_much)
    assert await database.read(texts) == ["small"]
    await database.close()


async def test_our_own_mistakes_are_not_called_a_fault_of_the_disk(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "notes.sqlite", ONE)
    with pytest.raises(sqlite3.IntegrityError):
        await database.run(lambda connection: connection.execute("INSERT INTO note (text) VALUES (NULL)"))
    await database.close()


async def test_reading_does_not_wait_for_another_process_that_writes(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    database = await Database.open(path, ONE)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert await database.read(texts) == []
    other.execute("COMMIT")
    other.close()
    await database.close()


WRITER = """
import sys
from pathlib import Path
from ngorder_tui.store.database import Database
from tests.store.notes import ONE, add
database = Database.open_now(Path(sys.argv[1]), ONE, synchronous="FULL")
print("open", flush=True)
sys.stdin.readline()
for n in range(100):
    database.run_now(lambda connection: add(f"{sys.argv[2]} {n}", connection))
assert database.persistent and database.notice is None, database.notice
database.close_now()
"""


def test_two_processes_open_and_write_at_once(tmp_path: Path, here: Path) -> None:
    path = tmp_path / "fresh" / "notes.sqlite"
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), name], cwd=here, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for name in ("one", "two")
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"open\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=120)
        assert writer.returncode == 0
    database = Database.open_now(path, ONE, synchronous="FULL")
    found = database.read_now(texts)
    assert [text for text in found if text.startswith("one")] == [f"one {n}" for n in range(100)]
    assert [text for text in found if text.startswith("two")] == [f"two {n}" for n in range(100)]
    database.close_now()


def test_the_store_imports_nothing_heavy(here: Path) -> None:
    script = (
        "import sys; before = set(sys.modules)\n"
        "from ngorder_tui.store import cache, database, drafts, journal, schema\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(new - set(sys.stdlib_module_names)), 'asyncio' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", script], cwd=here, capture_output=True, text=True, check=True)
    assert told.stdout == "['ngorder_tui'] False\n"


@pytest.mark.parametrize("migrations", [schema.STATE, schema.CACHE])
def test_our_own_tables_can_be_made(tmp_path: Path, migrations: tuple[str, ...]) -> None:
    database = Database.open_now(tmp_path / "own.sqlite", migrations, synchronous="FULL")
    assert database.persistent
    assert database.notice is None
    database.close_now()
