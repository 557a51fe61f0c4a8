"""The pictures of the README: real screens of the app at an invented shop, at a moment that stands still."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from ngorder_tui import clock, i18n
from ngorder_tui.app import NgorderApp
from ngorder_tui.link import Link
from ngorder_tui.session import Session
from ngorder_tui.settings import DemoOptions, Settings
from ngorder_tui.start import demo_connector, open_store

MOMENT = datetime(2026, 11, 24, 12, 0, tzinfo=clock.JAKARTA)
"""When all pictures are taken."""
LINK = Link(state="online", latency=0.084, since=MOMENT)
"""The line as it is shown: the real one differs from run to run."""
PATIENCE = 60.0
"""Seconds after which a screen that does not come to rest is a fault."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen: its file's name, the keys that lead to it, the terminal's size."""

    name: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (120, 36)


PICTURES = (
    Picture("orders"),
    Picture("orders-80x24", size=(80, 24)),
    Picture("new-order", ("n",), (80, 24)),
    Picture("privor", ("2",)),
    Picture("products", ("3",)),
    Picture("transfer", ("4", "n"), (80, 24)),
    Picture("inbox", ("8",), (80, 24)),
    Picture("help", ("question_mark",), (80, 24)),
)


def draw(folder: Path) -> list[Path]:
    """Draw every picture as an SVG into the folder, which is made if need be; their paths. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    clock.stop_at(MOMENT)
    i18n.use("en")
    try:
        with tempfile.TemporaryDirectory() as scratch:
            return [asyncio.run(_draw(picture, folder, Path(scratch))) for picture in PICTURES]
    finally:
        clock.stop_at(None)


async def _draw(picture: Picture, folder: Path, scratch: Path) -> Path:
    settings = Settings(
        profile="demo",
        config_file=scratch / "config.toml",
        state_dir=scratch / "state",
        cache_dir=scratch / picture.name,
        downloads=scratch,
    )
    session = Session(open_store(settings), demo_connector(settings, DemoOptions()))
    app = NgorderApp(settings, session, is_sandbox=True)
    target = folder / f"{picture.name}.svg"
    async with app.run_test(size=picture.size, notifications=False) as pilot:
        await settle(app, pilot)
        for key in picture.keys:
            await pilot.press(key)
            await settle(app, pilot)
        app.link = LINK
        await pilot.pause()
        target.write_text(app.export_screenshot(title="ngorder-tui demo"), encoding="utf-8")
    await session.drain()
    await session.close()
    return target


async def settle(app: NgorderApp, pilot: Pilot[Any]) -> None:
    """Wait until nothing is read, drawn or looked up any more."""
    async with asyncio.timeout(PATIENCE):
        quiet = 0
        while quiet < 3:
            await pilot.pause(0.05)
            quiet = quiet + 1 if at_rest(app) else 0


def at_rest(app: NgorderApp) -> bool:
    """Whether the app waits for nothing but the user and the next look at the unread badge."""
    waiting = [worker for worker in app.workers if worker.group not in {"unread", "dialog"} and not worker.is_finished]
    return not waiting and not app.session.writes_under_way() and bool(app.unread or app.link.state != "untried")
