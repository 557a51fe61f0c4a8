"""What all tests share: a clock that stands still, a shop that is invented once, and an app at that shop."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from ngorder_tui import clock, i18n
from ngorder_tui.sandbox.database import open_shop

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=clock.JAKARTA)


@pytest.fixture(autouse=True)
def _still_clock() -> Iterator[None]:
    clock.stop_at(NOON)
    yield
    clock.stop_at(None)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture(scope="session")
def invented_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop file that no test writes to: copies are made of it."""
    path = tmp_path_factory.mktemp("shop") / "shop.sqlite"
    open_shop(path, seed=1, orders=500, today=NOON.date()).close()
    return path


@pytest.fixture
def shop_db(invented_shop: Path) -> Iterator[sqlite3.Connection]:
    """A shop in memory, the same for every test, as if it had just been invented."""
    db = sqlite3.connect(":memory:", check_same_thread=False)
    source = sqlite3.connect(invented_shop)
    source.backup(db)
    source.close()
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA foreign_keys=ON")
    yield db
    db.close()
