"""From settings to a running app: the store opened, the client made when first needed, the writes drained last."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ngorder_tui import clock
from ngorder_tui.keys import age_warning, credentials
from ngorder_tui.session import Session
from ngorder_tui.store import Store, schema
from ngorder_tui.store.cache import Cache
from ngorder_tui.store.database import Database
from ngorder_tui.store.drafts import Drafts
from ngorder_tui.store.journal import Journal
from ngorder_tui.store.outbox import OutboxRows
from ngorder_tui.store.seen import Seen

if TYPE_CHECKING:
    from ngorder_tui.api.client import Client, Exchange, Wire
    from ngorder_tui.settings import DemoOptions, Settings

DRAIN_SECONDS = 1.5
"""How long leaving waits for writes under way; what is open then is journalled as unknown."""
DEMO_KEY = "sandbox"
DEMO_URL = "http://localhost/api/open"

Watch = Callable[["Exchange"], None]
Connect = Callable[[Watch], Awaitable["Client"]]


def open_store(settings: Settings) -> Store:
    """The profile's two files, opened now: a few milliseconds, before any event loop runs."""
    state = Database.open_now(settings.state_dir / "state.sqlite", schema.STATE, synchronous="FULL")
    cache = Database.open_now(settings.cache_dir / "cache.sqlite", schema.CACHE)
    notices = [notice for notice in (state.notice, cache.notice) if notice]
    scope = f"{settings.base_url} {settings.profile}"
    return Store(
        Cache(cache, scope), Drafts(state), Journal(state), OutboxRows(state), Seen(state), notices, (state, cache)
    )


def connector(settings: Settings) -> Connect:
    """How the client to the real service is made; httpx is imported in a thread, when it is first needed."""

    async def connect(watch: Watch) -> Client:
        return await asyncio.to_thread(_make_client, settings, watch)

    return connect


def _make_client(settings: Settings, watch: Watch) -> Client:
    from ngorder_tui.api.client import Client

    return Client(
        credentials(settings),
        _wire(settings, settings.base_url),
        consented=settings.consented,
        downloads=settings.downloads,
        watch=watch,
    )


def _wire(settings: Settings, base_url: str) -> Wire:
    from ngorder_tui.api.client import Wire

    return Wire(
        base_url=base_url,
        language=settings.language,
        timeout=settings.timeout,
        paths=settings.paths,
        read_only=settings.read_only,
        ca_file=settings.ca_file,
    )


def demo_connector(settings: Settings, demo: DemoOptions) -> Connect:
    """How the client to the embedded shop is made: the shop is opened, or invented, in a thread, when first needed."""

    async def connect(watch: Watch) -> Client:
        return await asyncio.to_thread(_make_demo_client, settings, demo, watch)

    return connect


def demo_shop(settings: Settings, demo: DemoOptions) -> Path:
    """The file that holds the demo's shop: one for each seed and size."""
    return settings.state_dir / f"shop-{demo.seed}-{demo.orders}.sqlite"


def _make_demo_client(settings: Settings, demo: DemoOptions, watch: Watch) -> Client:
    from ngorder_tui.api.client import Client
    from ngorder_tui.sandbox.app import create_app
    from ngorder_tui.sandbox.database import open_shop
    from ngorder_tui.sandbox.faults import Faults
    from ngorder_tui.sandbox.transport import EmbeddedTransport

    db = open_shop(demo_shop(settings, demo), seed=demo.seed, orders=demo.orders, today=clock.today())
    faults = Faults(
        latency_ms=demo.latency_ms,
        kbps=demo.kbps,
        error_rate=demo.error_rate,
        drop_after_commit=demo.drop_after_commit,
        rate_limit=demo.rate_limit,
        seed=demo.seed,
    )
    return Client(
        DEMO_KEY,
        _wire(settings, DEMO_URL),
        transport=EmbeddedTransport(create_app(db, faults=faults)),
        consented=settings.consented,
        downloads=settings.downloads,
        watch=watch,
    )


def run_app(settings: Settings, demo: DemoOptions | None = None) -> int:
    """Run the app until it is left; its exit code."""
    from ngorder_tui import i18n

    i18n.use(settings.language)
    store = open_store(settings)
    if demo is not None and demo.fresh:
        _forget_demo(settings, demo, store)
    if (warning := age_warning(settings)) is not None:
        store.notices.append(warning)
    session = Session(store, connector(settings) if demo is None else demo_connector(settings, demo))
    return asyncio.run(_run(settings, session, is_sandbox=demo is not None))


def _forget_demo(settings: Settings, demo: DemoOptions, store: Store) -> None:
    path = demo_shop(settings, demo)
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    asyncio.run(store.cache.wipe())


async def _run(settings: Settings, session: Session, *, is_sandbox: bool) -> int:
    from ngorder_tui.app import NgorderApp

    app = NgorderApp(settings, session, is_sandbox=is_sandbox)
    loop = asyncio.get_running_loop()
    for name in ("SIGHUP", "SIGTERM"):
        if (number := getattr(signal, name, None)) is not None:
            with contextlib.suppress(NotImplementedError):
                loop.add_signal_handler(number, app.exit)
    await app.run_async(mouse=settings.mouse)
    await session.drain(DRAIN_SECONDS)
    await session.close()
    return app.return_code or 0
