"""What is kept on this machine: two SQLite files a profile, and what is in them.

The state file holds the drafts, the journal and the outbox (`schema.STATE`, opened with synchronous="FULL"), the cache
file what was read (`schema.CACHE`). `database` opens a file and gives it one writer thread; `cache`, `drafts`,
`journal` and `outbox` are what the session asks. Nothing here knows a screen, an endpoint or the network, and nothing
here imports more than the standard library: the cache is read before the first paint.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ngorder_tui.store.cache import Cache
    from ngorder_tui.store.database import Database
    from ngorder_tui.store.drafts import Drafts
    from ngorder_tui.store.journal import Journal
    from ngorder_tui.store.outbox import OutboxRows
    from ngorder_tui.store.seen import Seen


@dataclass(slots=True)
class Store:
    """The profile's two files, opened: what was read, and what was typed and sent."""

    cache: Cache
    drafts: Drafts
    journal: Journal
    outbox: OutboxRows
    seen: Seen
    notices: list[str] = field(default_factory=list)
    databases: tuple[Database, ...] = ()

    async def close(self) -> None:
        """Close both files."""
        for database in self.databases:
            await database.close()
