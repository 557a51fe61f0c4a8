"""A desk: the real app at the real sandbox, worked by keys alone, as a person would."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import httpx
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from ngorder_tui.api.client import Client, Exchange, Wire
from ngorder_tui.api.endpoint import Call
from ngorder_tui.api.retry import Patience
from ngorder_tui.app import NgorderApp
from ngorder_tui.sandbox.app import create_app
from ngorder_tui.sandbox.faults import Faults
from ngorder_tui.sandbox.transport import EmbeddedTransport
from ngorder_tui.session import Session
from ngorder_tui.settings import Settings
from ngorder_tui.start import DEMO_KEY, DEMO_URL, DRAIN_SECONDS, open_store
from ngorder_tui.widgets.field_input import FieldInput

PATIENCE = 60.0
"""Seconds after which a wait for something on screen has failed."""
SHORT = Patience(total=0.2, base=0.05)
"""The client's patience in tests: a line that is down is found to be so at once."""
Out = TypeVar("Out")
Wrap = Callable[[httpx.AsyncBaseTransport], httpx.AsyncBaseTransport]


async def eventually(fact: Callable[[], object]) -> None:
    """Wait until something is so, where there is no screen to wait for."""
    async with asyncio.timeout(PATIENCE):
        while not fact():
            await _turn()


_turn = partial(asyncio.sleep, 0.001)


def change(db: sqlite3.Connection, sql: str, *values: object) -> None:
    """What somebody else does in the shop meanwhile; fails where it changes nothing."""
    changed = db.execute(sql, values)
    db.commit()
    assert changed.rowcount > 0, sql


def files_with(folder: Path, secret: str) -> list[Path]:
    """The files below this folder that hold this text; fails where there is no file at all."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path for path in files if secret.encode() in path.read_bytes()]


class Desk:
    """What a journey does and looks at."""

    def __init__(
        self, app: NgorderApp, pilot: Pilot[None], db: sqlite3.Connection, shop: httpx.AsyncBaseTransport
    ) -> None:
        self.app = app
        self.pilot = pilot
        self.db = db
        self._shop = shop

    async def press(self, *keys: str) -> None:
        """Press keys, one after another, and let the app come to rest."""
        for key in keys:
            await self.pilot.press(key)
        await self.rest()

    async def type(self, text: str) -> None:
        """Type a text, as fast as a scanner does."""
        await self.burst(*text)

    async def leave(self) -> None:
        """Quit by key; leave the desk right after."""
        self.app.post_message(events.Key("ctrl+q", None))
        while self.app.is_running and self.app.return_value is None and not self.app._exit:
            await _turn()

    async def burst(self, *keys: str) -> None:
        """Keys that arrive in one read, printable ones as themselves: none waits for what the one before it does."""
        for key in keys:
            name = key if len(key) > 1 or key.isalnum() else _character_to_key(key)
            character = key if len(key) == 1 else None
            self.app.post_message(events.Key(name, character))
        await self.pilot.pause()

    def asks(self) -> bool:
        """Whether a dialog is open."""
        return self.app.screen.is_modal

    def focused(self) -> str:
        """The form's field that the cursor is in, by its path."""
        focused = self.app.focused
        nodes = () if focused is None else focused.ancestors_with_self
        return next((node.field for node in nodes if isinstance(node, FieldInput)), "")

    async def rest(self) -> None:
        """Wait until nothing is being read, written or looked up."""
        await self.until(lambda: not self._busy(), "the app does not come to rest")

    def _busy(self) -> bool:
        # What is sent may wait for an answer to a question that is open.
        idle = {"unread", "probe", "dialog", "sending"} if self.asks() else {"unread", "probe", "dialog"}
        waiting = [worker for worker in self.app.workers if worker.group not in idle and not worker.is_finished]
        return bool(waiting) or bool(self.app.session.writes_under_way())

    async def until(self, fact: Callable[[], object], sentence: str = "it never came true") -> None:
        """Wait until something is so; fails with what is on screen."""
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        await self.pilot.pause()
        if fact():
            return
        while not fact():
            assert loop.time() < end, f"{sentence}\n{self.text()}"
            await self.pilot.pause(0.02)
        await self.pilot.pause()

    async def sees(self, *texts: str) -> None:
        """Wait until all these texts are on screen."""
        for text in texts:
            await self.until(partial(self._shows, text), f"{text!r} is not on screen")

    def _shows(self, text: str) -> bool:
        return text in self.text()

    def heard(self) -> list[str]:
        """What was said in passing and is still to be read."""
        return [notification.message for notification in self.app._notifications]

    async def hears(self, *texts: str) -> None:
        """Wait until all these texts have been said in passing."""
        for text in texts:
            await self.until(partial(self._was_told, text), f"{text!r} was not said")

    def _was_told(self, text: str) -> bool:
        return any(text in said for said in self.heard())

    def text(self) -> str:
        """What is on screen, as text."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)

    def one(self, sql: str, *values: object) -> Any:
        """The single value that a query of the shop's database gives."""
        row = self.db.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def change(self, sql: str, *values: object) -> None:
        """What somebody else does in the shop meanwhile."""
        change(self.db, sql, *values)

    async def somebody_else(self, call: Call[Out]) -> Out:
        """What another client of the shop does meanwhile, by its own line."""
        # Not closed: that would close the shop's transport under the desk.
        return await Client(DEMO_KEY, Wire(base_url=DEMO_URL), transport=self._shop).send(call)

    def requests(self, endpoint_id: str) -> int:
        """How often the sandbox was asked this."""
        return int(self.one("SELECT count(*) FROM request_log WHERE endpoint_id = ?", endpoint_id))


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


def shop_of(db: sqlite3.Connection, faults: Faults | None = None) -> EmbeddedTransport:
    """The sandbox over this database."""
    return EmbeddedTransport(create_app(db, faults=faults))


def session_in(
    settings: Settings,
    shop: httpx.AsyncBaseTransport,
    *,
    key: str = DEMO_KEY,
    wrap: Wrap = lambda transport: transport,
    patience: Patience = SHORT,
) -> Session:
    """A session at a shop. `wrap` may put a transport of the test's own between client and sandbox."""
    transport = wrap(shop)

    async def connect(watch: Callable[[Exchange], None]) -> Client:
        wire = Wire(
            base_url=DEMO_URL,
            language=settings.language,
            read_only=settings.read_only,
            timeout=settings.timeout,
            patience=patience,
        )
        return Client(
            key, wire, transport=transport, consented=settings.consented, downloads=settings.downloads, watch=watch
        )

    return Session(open_store(settings), connect)


@asynccontextmanager
async def session_at(
    db: sqlite3.Connection, folder: Path, *, wrap: Wrap = lambda transport: transport, **changes: Any
) -> AsyncIterator[Session]:
    """A session at a shop without any screen."""
    session = session_in(settings_in(folder, **changes), shop_of(db), wrap=wrap)
    try:
        yield session
    finally:
        await session.drain(0.0)
        await session.close()


@asynccontextmanager
async def desk(
    db: sqlite3.Connection,
    folder: Path,
    *,
    size: tuple[int, int] = (80, 24),
    faults: Faults | None = None,
    key: str = DEMO_KEY,
    wrap: Wrap = lambda transport: transport,
    patience: Patience = SHORT,
    notifications: bool = False,
    **changes: Any,
) -> AsyncIterator[Desk]:
    """The app at a shop, with the profile that lies in this folder.

    What is said in passing is drawn over the screen with `notifications` only; `hears` knows it in any case.
    """
    settings = settings_in(folder, **changes)
    shop = shop_of(db, faults)
    session = session_in(settings, shop, key=key, wrap=wrap, patience=patience)
    app = NgorderApp(settings, session, is_sandbox=True)
    try:
        async with app.run_test(size=size, notifications=notifications) as pilot:
            at = Desk(app, pilot, db, shop)
            await at.rest()
            yield at
    finally:
        await session.drain(DRAIN_SECONDS)
        await session.close()
