from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from ngorder_tui import clock
from ngorder_tui.store.database import Database

from .notes import ONE, TWO, add, texts


def fill(path: Path, count: int) -> None:
    database = Database.open_now(path, ONE)
    database.run_now(
        lambda connection: connection.executemany(
            "INSERT INTO note (text) VALUES (?)", [(f"{n} " + "x" * 500,) for n in range(count)]
        )
    )
    database.close_now()


def break_pages(path: Path) -> None:
    """Overwrite every page but the first, which holds the schema."""
    content = path.read_bytes()
    path.write_bytes(content[:4096] + random.Random(1).randbytes(len(content) - 4096))


def set_aside_of(path: Path) -> list[Path]:
    return sorted(file for file in path.parent.glob(f"{path.name}.damaged-*") if file.name[-4:] not in ("-wal", "-shm"))


@pytest.mark.parametrize(
    "content", [b"this is no database, but a letter to the bank. " * 200, b"SQLite format 3\0" * 9]
)
async def test_what_is_no_database_is_set_aside(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.sqlite"
    path.write_bytes(content)
    clock.stop_at(datetime(2025, 3, 4, 12, 0, 0, tzinfo=UTC))
    try:
        database = await Database.open(path, ONE)
    finally:
        clock.stop_at(None)
    aside = tmp_path / "notes.sqlite.damaged-20250304T120000"
    assert aside.read_bytes() == content
    assert database.notice is not None
    assert str(aside) in database.notice
    await database.run(partial(add, "fresh"))
    assert await database.read(texts) == ["fresh"]
    await database.close()


async def test_an_empty_file_is_simply_begun(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    path.touch()
    database = await Database.open(path, ONE)
    assert database.notice is None
    assert await database.read(texts) == []
    await database.close()


async def test_damage_deep_in_a_file_that_matters_is_found_at_opening(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    fill(path, 100)
    break_pages(path)
    database = await Database.open(path, ONE, synchronous="FULL")
    assert database.notice is not None
    assert "damaged" in database.notice
    assert len(set_aside_of(path)) == 1
    assert await database.read(texts) == []
    await database.close()


async def test_damage_found_in_use_sets_the_file_aside_and_the_work_is_done_on_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    fill(path, 100)
    break_pages(path)
    database = await Database.open(path, ONE)
    assert set_aside_of(path) == []
    assert await database.read(texts) == []
    assert database.notice is not None
    assert len(set_aside_of(path)) == 1
    await database.run(partial(add, "fresh"))
    await database.close()
    again = await Database.open(path, ONE, synchronous="FULL")
    assert again.notice is None
    assert await again.read(texts) == ["fresh"]
    await again.close()


async def test_a_newer_file_is_set_aside_whole_and_said_to_be_newer(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    newer = await Database.open(path, TWO)
    await newer.run(partial(add, "from the future"))
    await newer.close()
    database = await Database.open(path, ONE)
    assert database.notice is not None
    assert "newer" in database.notice
    assert await database.read(texts) == []
    await database.close()
    (aside,) = set_aside_of(path)
    kept = await Database.open(aside, TWO)
    assert await kept.read(texts) == ["from the future"]
    await kept.close()


async def test_a_newer_file_in_use_keeps_its_unmerged_log_when_it_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    newer = await Database.open(path, TWO)
    await newer.run(partial(add, "still in the log"))
    older = await Database.open(path, ONE)
    await older.run(partial(add, "older"))
    (aside,) = set_aside_of(path)
    assert aside.with_name(aside.name + "-wal").stat().st_size > 0
    await newer.close()
    assert await older.read(texts) == ["older"]
    await older.close()
    kept = await Database.open(aside, TWO, synchronous="FULL")
    assert await kept.read(texts) == ["still in the log"]
    again = await Database.open(path, ONE, synchronous="FULL")
    assert again.notice is None
    assert await again.read(texts) == ["older"]
    await kept.close()
    await again.close()


async def test_files_set_aside_in_the_same_second_do_not_overwrite_each_other(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    clock.stop_at(datetime(2025, 3, 4, 12, 0, 0, tzinfo=UTC))
    try:
        for content in (b"first, and no database at all", b"second, and no database at all"):
            path.write_bytes(content * 100)
            await (await Database.open(path, ONE)).close()
    finally:
        clock.stop_at(None)
    assert [file.read_bytes()[:5] for file in set_aside_of(path)] == [b"first", b"secon"]


def test_of_many_that_find_the_same_damaged_file_one_sets_it_aside(tmp_path: Path) -> None:
    for turn in range(10):
        path = tmp_path / str(turn) / "notes.sqlite"
        path.parent.mkdir()
        path.write_bytes(b"this is no database " * 1000)
        together = threading.Barrier(4)

        def open_and_add(n: int, path: Path = path, together: threading.Barrier = together) -> Database:
            together.wait(30)
            database = Database.open_now(path, ONE)
            database.run_now(partial(add, str(n)))
            return database

        with ThreadPoolExecutor(4) as threads:
            databases = list(threads.map(open_and_add, range(4)))
        assert len(set_aside_of(path)) == 1
        assert sorted(databases[0].read_now(texts)) == ["0", "1", "2", "3"]
        for database in databases:
            database.close_now()


async def test_who_has_the_file_open_follows_when_another_sets_it_aside(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    first = await Database.open(path, ONE)
    await first.run(partial(add, "before"))
    path.rename(tmp_path / "elsewhere.sqlite")
    second = await Database.open(path, ONE)
    await first.run(partial(add, "after"))
    assert await second.read(texts) == ["after"]
    await first.close()
    await second.close()


@pytest.mark.parametrize("place", ["file/in/the/way", "file"])
async def test_where_nothing_can_be_kept_it_works_and_says_so(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("not a directory")
    database = await Database.open(tmp_path / place / "notes.sqlite", ONE)
    assert not database.persistent
    assert database.notice is not None
    assert database.notice.startswith("Nothing can be kept on this machine: ")
    await database.run(partial(add, "for now"))
    assert await database.read(texts) == ["for now"]
    await database.compact()
    await database.close()


async def test_a_directory_in_the_place_of_the_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite"
    path.mkdir()
    database = await Database.open(path, ONE)
    assert not database.persistent
    assert path.is_dir()
    await database.close()


async def test_a_directory_that_vanishes_in_use_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "state" / "notes.sqlite"
    database = await Database.open(path, ONE)
    for file in path.parent.iterdir():
        file.unlink()
    path.parent.rmdir()
    await database.run(partial(add, "again"))
    await database.close()
    again = await Database.open(path, ONE)
    assert await again.read(texts) == ["again"]
    await again.close()
