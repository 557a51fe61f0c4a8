"""A bad day at the till, seeded: few different writes, often repeated, cut anywhere, the server's clock off.

Whatever is said with certainty must be so: "landed" of what was done, with its id; "not seen" of what was not.
"""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ngorder_tui import clock
from ngorder_tui.sandbox.app import create_app
from ngorder_tui.sandbox.transport import EmbeddedTransport
from tests.conftest import NOON
from tests.desk import session_in, settings_in
from tests.reconcile.intents import CREATES, added, new_order, transfer
from tests.reconcile.till import Cut, Cutter, Till

WRITES = 60
KINDS: dict[str, tuple[str, Callable[[sqlite3.Connection, int], dict[str, Any]]]] = {
    "order.create": ("SELECT max(order_id) FROM orders", lambda db, n: new_order(db, qty=1 + n)),
    "stock_transfer.create": ("SELECT max(id) FROM stock_transfer", lambda db, n: transfer(db, 1 + n)),
    "product.update_stock": ("SELECT max(variation_id) FROM stock_history", lambda db, n: added(db, 1 + n)),
    "supplier.create": (
        "SELECT max(id) FROM supplier", lambda db, n: {**CREATES["supplier.create"](db), "name": f"Gudang {n}"},
    ),
    "order_cost.create": (
        "SELECT order_cost_id FROM order_cost ORDER BY rowid DESC",
        lambda _db, n: {"category": "DISCOUNT", "name": f"Potongan {n}", "type": "NOMINAL", "nominal": 1000},
    ),
}  # fmt: skip


@pytest.mark.parametrize("skew", [-120, 120])
async def test_what_is_said_with_certainty_is_so(shop_db: sqlite3.Connection, tmp_path: Path, skew: int) -> None:
    luck = random.Random(20261124 + skew)
    cutter = Cutter()
    app = create_app(shop_db, now=lambda: clock.now() + timedelta(seconds=skew))
    session = session_in(settings_in(tmp_path), EmbeddedTransport(app), wrap=cutter)
    till = Till(session, shop_db, cutter)
    moment = NOON
    verdicts: Counter[str] = Counter()
    for _turn in range(WRITES):
        endpoint_id = luck.choice(list(KINDS))
        newest, make = KINDS[endpoint_id]
        cuts: Cut = luck.choice(("nothing", "before", "before", "after", "after"))
        number = await till.write(endpoint_id, make(shop_db, luck.randrange(3)), cuts)
        made = str(till.one(newest))
        moment += timedelta(seconds=luck.choice((0, 1, 20, 90, 400, 3000)))
        clock.stop_at(moment)
        if cuts == "nothing":
            continue
        evidence = await till.look(number)
        verdicts[evidence.verdict] += 1
        if evidence.verdict == "landed":
            assert cuts == "after", evidence
            if endpoint_id != "product.update_stock":
                assert evidence.found == (made,), evidence
            await session.decide(number, "as-done")
        elif evidence.verdict == "not seen":
            assert cuts == "before", evidence
            await session.decide(number, "drop")
        else:
            assert evidence.verdict == "ambiguous", evidence
    assert min(verdicts[verdict] for verdict in ("landed", "not seen", "ambiguous")) > 1, verdicts
    await session.close()
