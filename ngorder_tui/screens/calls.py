"""The few calls that the app itself makes; chapters are imported in a thread, on first use."""

from __future__ import annotations

import asyncio
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.notification import UnreadCount
    from ngorder_tui.api.chapters.shop import Shop
    from ngorder_tui.api.endpoint import Call
    from ngorder_tui.api.models import Page, Reply


async def chapter(name: str) -> ModuleType:
    """A chapter's module, imported off the event loop."""
    return await asyncio.to_thread(import_module, f"ngorder_tui.api.chapters.{name}")


async def unread_count() -> Call[Reply[UnreadCount]]:
    """How many notifications are unread."""
    await chapter("notification")
    from ngorder_tui.api.chapters import notification

    return notification.GET_UNREAD_COUNT()


async def shop() -> Call[Page[Shop]]:
    """The shop's own name and data."""
    await chapter("shop")
    from ngorder_tui.api.chapters import shop

    return shop.GET()
