"""What each screen looks like, in a small terminal and in a large one, at a moment that stands still."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from ngorder_tui.app import NgorderApp
from ngorder_tui.pictures import LINK, settle
from ngorder_tui.session import Session
from ngorder_tui.settings import DemoOptions
from ngorder_tui.start import demo_connector, demo_shop, open_store
from tests.desk import settings_in

SIZES = ((80, 24), (120, 36))


@dataclass(frozen=True, slots=True)
class Shot:
    """A screen: its name and the keys that lead to it."""

    name: str
    keys: tuple[str, ...] = ()
    changes: tuple[tuple[str, object], ...] = ()


SHOTS = (
    Shot("orders"),
    Shot("orders-light", changes=(("lite", True),)),
    Shot("orders-detail", ("enter",)),
    Shot("orders-filter", ("f",)),
    Shot("order-form", ("n",)),
    Shot("privor", ("2",)),
    Shot("privor-decide", ("2", "end", "A")),
    Shot("products", ("3",)),
    Shot("products-detail", ("3", "enter")),
    Shot("transfers", ("4",)),
    Shot("transfer-form", ("4", "n")),
    Shot("later", ("5",)),
    Shot("customers", ("6",)),
    Shot("customer-form", ("6", "n")),
    Shot("inbox", ("8",)),
    Shot("inbox-detail", ("8", "w", "enter")),
    Shot("suppliers", ("9",)),
    Shot("help", ("question_mark",)),
    Shot("palette", ("ctrl+p",)),
)

Compare = Callable[..., bool]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.name)
def test_a_screen_looks_as_it_did(
    shot: Shot, size: tuple[int, int], snap_compare: Compare, invented_shop: Path, tmp_path: Path
) -> None:
    settings = settings_in(tmp_path, **dict(shot.changes))
    options = DemoOptions()
    shop = demo_shop(settings, options)
    shop.parent.mkdir(parents=True)
    shutil.copy(invented_shop, shop)
    store = open_store(settings)
    session = Session(store, demo_connector(settings, options))
    app = NgorderApp(settings, session, is_sandbox=True)

    async def go(pilot: Pilot[Any]) -> None:
        await settle(app, pilot)
        for key in shot.keys:
            await pilot.press(key)
            await settle(app, pilot)
        app.link = LINK
        app.clear_notifications()
        await pilot.pause()

    try:
        assert snap_compare(app, run_before=go, terminal_size=size)
    finally:
        asyncio.run(store.close())
