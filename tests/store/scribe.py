"""A process to be killed: writes drafts and intents for ever and tells each one that is on disk."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from ngorder_tui.store import schema
from ngorder_tui.store.database import Database
from ngorder_tui.store.drafts import Drafts
from ngorder_tui.store.journal import Journal


async def main(path: Path, life: str) -> None:
    database = await Database.open(path, schema.STATE, synchronous="FULL")
    drafts, journal = Drafts(database), Journal(database)
    count = 0
    while True:
        await drafts.save("scan", life, {"scanned": list(range(count + 1))}, str(count))
        print("draft", count, flush=True)
        if count % 5 == 0:
            n = await journal.begin("order.create", {"life": life, "count": count}, "Order")
            print("begun", n, flush=True)
            if count % 2 == 0:
                await journal.settle(n, "done")
                print("done", n, flush=True)
        count += 1


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
