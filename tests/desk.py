"""A desk: the real app at the real sandbox, worked by keys alone, as a person would."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from textual.pilot import Pilot

from ngorder_tui.api.client import Client, Exchange, Wire
from ngorder_tui.app import NgorderApp
from ngorder_tui.sandbox.app import create_app
from ngorder_tui.sandbox.faults import Faults
from ngorder_tui.sandbox.transport import EmbeddedTransport
from ngorder_tui.session import Session
from ngorder_tui.settings import Settings
from ngorder_tui.start import DEMO_KEY, DEMO_URL, open_store

PATIENCE = 20.0
"""Seconds after which a wait for something on screen has failed."""


class Desk:
    """What a journey does and looks at."""

    def __init__(self, app: NgorderApp, pilot: Pilot[None], db: sqlite3.Connection) -> None:
        self.app = app
        self.pilot = pilot
        self.db = db

    async def press(self, *keys: str) -> None:
        """Press keys, one after another, and let the app come to rest."""
        for key in keys:
            await self.pilot.press(key)
        await self.rest()

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.pilot.press(*(_key(char) for char in text))
        await self.pilot.pause()

    async def rest(self) -> None:
        """Wait until nothing is being read, written or looked up."""
        await self.until(lambda: not self._busy(), "the app does not come to rest")

    def _busy(self) -> bool:
        waiting = [
            worker for worker in self.app.workers if worker.group not in {"unread", "dialog"} and not worker.is_finished
        ]
        return bool(waiting) or bool(self.app.session.writes_under_way())

    async def until(self, fact: Callable[[], object], sentence: str = "it never came true") -> None:
        """Wait until something is so; fails with what is on screen."""
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        await self.pilot.pause()
        while not fact():
            assert loop.time() < end, f"{sentence}\n{self.text()}"
            await self.pilot.pause(0.01)
        await self.pilot.pause()

    async def sees(self, *texts: str) -> None:
        """Wait until all these texts are on screen."""
        for text in texts:
            await self.until(lambda text=text: text in self.text(), f"{text!r} is not on screen")  # type: ignore[misc]

    def text(self) -> str:
        """What is on screen, as text."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)

    def one(self, sql: str, *values: object) -> Any:
        """The single value that a query of the shop's database gives."""
        row = self.db.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def requests(self, endpoint_id: str) -> int:
        """How often the sandbox was asked this."""
        return int(self.one("SELECT count(*) FROM request_log WHERE endpoint_id = ?", endpoint_id))


def _key(char: str) -> str:
    names = {" ": "space", "*": "asterisk", "-": "minus", "+": "plus", ".": "full_stop", "/": "slash", "#": "number_sign",
             ":": "colon", "@": "at", ",": "comma", "?": "question_mark", "_": "underscore", "(": "left_parenthesis",
             ")": "right_parenthesis"}  # fmt: skip
    return names.get(char, char)


def settings_in(folder: Path, **changes: Any) -> Settings:
    """Settings whose files all lie in this folder."""
    return Settings(
        profile="test",
        config_file=folder / "config.toml",
        state_dir=folder / "state",
        cache_dir=folder / "cache",
        downloads=folder / "downloads",
        **changes,
    )


@asynccontextmanager
async def desk(
    db: sqlite3.Connection,
    folder: Path,
    *,
    size: tuple[int, int] = (80, 24),
    faults: Faults | None = None,
    key: str = DEMO_KEY,
    wrap: Callable[[httpx.AsyncBaseTransport], httpx.AsyncBaseTransport] = lambda transport: transport,
    **changes: Any,
) -> AsyncIterator[Desk]:
    """The app at a shop. `wrap` may put a transport of the test's own between client and sandbox."""
    settings = settings_in(folder, **changes)
    transport = wrap(EmbeddedTransport(create_app(db, faults=faults)))

    async def connect(watch: Callable[[Exchange], None]) -> Client:
        wire = Wire(
            base_url=DEMO_URL, language=settings.language, read_only=settings.read_only, timeout=settings.timeout
        )
        return Client(
            key, wire, transport=transport, consented=settings.consented, downloads=settings.downloads, watch=watch
        )

    session = Session(open_store(settings), connect)
    app = NgorderApp(settings, session, is_sandbox=True)
    async with app.run_test(size=size) as pilot:
        at = Desk(app, pilot, db)
        await at.rest()
        yield at
    await session.drain()
    await session.close()
