from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from ngorder_tui.store import schema
from ngorder_tui.store.database import Database

OpenState = Callable[[], Awaitable[Database]]


@pytest_asyncio.fixture
async def open_state(tmp_path: Path) -> AsyncIterator[OpenState]:
    """Opens the same state file, as often as asked; closes what is open at the end."""
    opened: list[Database] = []

    async def open_one() -> Database:
        opened.append(await Database.open(tmp_path / "state" / "state.sqlite", schema.STATE, synchronous="FULL"))
        return opened[-1]

    yield open_one
    for database in opened:
        await database.close()


@pytest_asyncio.fixture
async def state(open_state: OpenState) -> Database:
    return await open_state()


@pytest.fixture
def here() -> Path:
    """The directory that holds the packages, for processes that the tests start."""
    return Path(__file__).parents[2]
