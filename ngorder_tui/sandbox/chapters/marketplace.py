"""The marketplaces that order sources belong to."""

from __future__ import annotations

from ngorder_tui.sandbox.answering import Answer, Args, Shop, answers


@answers("marketplace.list")
def list_marketplaces(shop: Shop, _args: Args) -> Answer:
    rows = shop.rows("SELECT marketplace_id, marketplace_name FROM marketplace ORDER BY marketplace_id")
    return {"data": [dict(row) for row in rows]}
