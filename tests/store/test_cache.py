from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from ngorder_tui import clock
from ngorder_tui.store import schema
from ngorder_tui.store.cache import Cache, Kept, Shown
from ngorder_tui.store.database import Database

NOON = datetime(2025, 3, 4, 12, 0, 0, tzinfo=clock.JAKARTA)
ROWS = (("order 0", ("A-0", "Rp 1.000", "Bandung 💐"), ""), ("order 1", ("A-1", "Rp 0", "x\ud800y"), "dim"))
SHOWN = Shown("order.list {}", NOON, 1234, ROWS)


@pytest.fixture(autouse=True)
def _stopped_clock() -> Iterator[None]:
    clock.stop_at(NOON)
    yield
    clock.stop_at(None)


def pass_time(**passed: float) -> None:
    clock.stop_at(clock.now() + timedelta(**passed))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "cache.sqlite"


@pytest_asyncio.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    database = await Database.open(path, schema.CACHE)
    yield database
    await database.close()


async def test_an_answer_comes_back_as_it_went_in_with_its_time(database: Database) -> None:
    cache = Cache(database, "shop.example/1")
    assert await cache.get("order.list {}") is None
    body = bytes(range(256))
    await cache.put("order.list {}", body, datetime(2025, 3, 4, 5, 0, 0, 123456, tzinfo=UTC))
    kept = await cache.get("order.list {}")
    assert kept == Kept("order.list {}", NOON.replace(microsecond=123456), body)
    assert kept.at.tzinfo is not None


async def test_a_newer_answer_takes_the_place_of_the_older(database: Database) -> None:
    cache = Cache(database, "shop.example/1")
    await cache.put("k", b"a long one, and older", NOON)
    size = await cache.size()
    await cache.put("k", b"a short one", NOON + timedelta(hours=1))
    assert await cache.get("k") == Kept("k", NOON + timedelta(hours=1), b"a short one")
    assert await cache.size() == size - 10


async def test_users_and_servers_do_not_see_each_other(database: Database) -> None:
    mine, theirs = Cache(database, "shop.example/1"), Cache(database, "shop.example/2")
    await mine.put("k", b"mine", NOON)
    await mine.show("orders", SHOWN)
    assert await theirs.get("k") is None
    assert await theirs.last_shown("orders") is None
    await theirs.put("k", b"theirs", NOON)
    kept = await mine.get("k")
    assert kept is not None
    assert kept.body == b"mine"


async def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        await Cache(database, "s").put("k", b"", datetime(2025, 3, 4))


async def test_keys_with_odd_characters_are_keys(database: Database) -> None:
    cache = Cache(database, "s\udcff")
    for key in ("", "a\0b", "a\0c", "\ud800", "💐", "' OR 1=1"):
        await cache.put(key, key.encode("utf-8", "backslashreplace"), NOON)
    for key in ("", "a\0b", "a\0c", "\ud800", "💐", "' OR 1=1"):
        assert await cache.get(key) == Kept(key, NOON, key.encode("utf-8", "backslashreplace"))


async def test_a_screen_finds_what_it_showed_also_before_the_loop_runs(database: Database) -> None:
    cache = Cache(database, "s")
    assert cache.last_shown_now("orders") is None
    await cache.show("orders", Shown("old", NOON, None, ()))
    await cache.show("orders", SHOWN)
    await cache.show("customers", Shown("customer.list {}", NOON, None, ()))
    assert await cache.last_shown("orders") == SHOWN
    assert cache.last_shown_now("orders") == SHOWN
    assert cache.last_shown_now("customers") == Shown("customer.list {}", NOON, None, ())


@pytest.mark.parametrize("body", ["", "[]", "null", '{"rows": [[1]]}', '{"key": "k", "total": "many", "rows": []}'])
async def test_something_shown_that_is_not_ours_is_nothing(database: Database, body: str) -> None:
    cache = Cache(database, "s")
    await cache.show("orders", SHOWN)
    await database.run(lambda connection: connection.execute("UPDATE body SET body = ?", (body.encode(),)))
    assert cache.last_shown_now("orders") is None


async def test_what_was_used_longest_ago_goes_first(database: Database) -> None:
    cache = Cache(database, "s", limit=10_000)
    for key in ("a", "b", "c"):
        pass_time(seconds=1)
        await cache.put(key, b"x" * 2_500, NOON)
    pass_time(seconds=1)
    assert await cache.get("a") is not None
    pass_time(seconds=1)
    await cache.put("d", b"x" * 2_500, NOON)
    assert [key for key in "abcd" if await cache.get(key)] == ["a", "c", "d"]


async def test_it_never_passes_its_limit_whatever_goes_in(database: Database, path: Path) -> None:
    limit = 200_000
    cache = Cache(database, "s", limit=limit)
    for n in range(300):
        pass_time(seconds=1)
        await cache.put(f"k{n}", b"x" * (n * 7919 % 30_000), NOON)
        if n % 10 == 0:
            await cache.show(f"screen {n}", SHOWN)
        assert await cache.size() <= limit
    assert await cache.size() > limit / 2
    assert await cache.get("k299") is not None
    assert await database.read(strays) == 0
    await database.close()
    assert size_of(path) < 2 * limit


def size_of(path: Path) -> int:
    return path.stat().st_size


def strays(connection: sqlite3.Connection) -> int:
    query = "SELECT count(*) FROM body WHERE id NOT IN (SELECT id FROM kept)"
    return int(connection.execute(query).fetchone()[0])


async def test_what_is_larger_than_the_limit_is_not_kept_and_nothing_goes_for_it(database: Database) -> None:
    cache = Cache(database, "s", limit=5_000)
    await cache.put("small", b"x", NOON)
    await cache.put("large", b"once small", NOON)
    await cache.put("large", b"x" * 5_000, NOON)
    assert await cache.get("large") is None
    assert await cache.get("small") is not None


async def test_wiping_leaves_nothing_in_any_file(database: Database, path: Path) -> None:
    cache, other = Cache(database, "s"), Cache(database, "t")
    for n in range(50):
        await cache.put(f"k{n}", b"phone of a customer " * 100, NOON)
    await other.put("k", b"phone of a customer", NOON)
    await cache.show("orders", SHOWN)
    await cache.wipe()
    assert await cache.get("k1") is None
    assert await other.get("k") is None
    assert cache.last_shown_now("orders") is None
    assert await cache.size() == 0
    left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"customer" not in left
    assert b"Bandung" not in left
    assert len(left) < 200_000


async def test_a_closed_cache_holds_nothing_and_does_not_fail(database: Database) -> None:
    cache = Cache(database, "s")
    await cache.put("k", b"x", NOON)
    await database.close()
    await cache.put("k", b"y", NOON)
    assert await cache.get("k") is None
    assert cache.last_shown_now("orders") is None
