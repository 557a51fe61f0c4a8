from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator

import pytest

from ngorder_tui.sandbox.database import open_shop
from tests.sandbox.asking import NOW, Asker


@pytest.fixture(scope="session")
def invented_shop() -> Iterator[sqlite3.Connection]:
    """One shop, invented once; tests take copies of it."""
    db = open_shop(None, seed=7, orders=300, today=NOW.date())
    yield db
    db.close()


@pytest.fixture
def db(invented_shop: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    invented_shop.backup(copy)
    copy.execute("PRAGMA foreign_keys=ON")
    copy.row_factory = sqlite3.Row
    yield copy
    copy.close()


@pytest.fixture
async def shop(db: sqlite3.Connection) -> AsyncIterator[Asker]:
    asker = Asker(db)
    async with asker.http:
        yield asker
