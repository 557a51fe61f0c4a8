from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.reconcile.till import Till, till_at


@pytest.fixture
async def till(shop_db: sqlite3.Connection, tmp_path: Path) -> AsyncIterator[Till]:
    async with till_at(shop_db, tmp_path) as till:
        yield till
