"""What a scanned code or a typed name is: looked for on the server, a few at a time, each once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ngorder_tui import formats
from ngorder_tui.api.errors import Refused
from ngorder_tui.screens.order_items import Item, item_of
from ngorder_tui.screens.order_scan import Found
from ngorder_tui.widgets.lookup import Choice

if TYPE_CHECKING:
    from ngorder_tui.session import Session

AT_ONCE = 4
"""Codes that are looked up at the same time; the others wait for their turn."""
SHOWN = 12
"""Finds that are offered at most."""
SEARCHED = 50
"""Rows among which a SKU is looked for: a keyword may fit many."""
RECENT = 60.0
"""Seconds for which a variation's price and stock are recent enough."""


class Lookup:
    """Finds variations, as they are for the sender (`customer_id`), whose promos come with them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def rows(self, words: str, customer_id: int | None, most: int = SEARCHED) -> list[Item]:
        """The variations that the words fit. Raises ApiError."""
        from ngorder_tui.screens.calls import chapter

        await chapter("product")
        from ngorder_tui.api.chapters import product

        asked: dict[str, object] = {"keyword": words, "per_page": most}
        for_whom = {} if customer_id is None else {"customer_id": customer_id}
        async with self._turns:
            try:
                page = await self._session.recent(product.LIST_VARIATIONS.parse(asked | for_whom), RECENT)
            except Refused as error:
                # A sender whose number is not known costs his promos, not the goods.
                if "customer_id" not in error.fields:
                    raise
                page = await self._session.recent(product.LIST_VARIATIONS.parse(asked), RECENT)
        return [item_of(row) for row in page.readable()]

    async def by_code(self, code: str, customer_id: int | None) -> tuple[Item | None, list[Item]]:
        """The variation with exactly this SKU, and all that the code fits somehow. Raises ApiError."""
        items = await self.rows(code, customer_id)
        return next((item for item in items if item.is_called(code)), None), items

    async def again(self, item: Item, customer_id: int | None) -> Item | None:
        """The same variation as it is now; None where it is not found any more. Raises ApiError."""
        items = await self.rows(item.sku or item.name, customer_id)
        return next((one for one in items if one.variation_id == item.variation_id), None)


def finds(items: Sequence[Item], category: str, warehouse_id: int | None) -> list[Found]:
    """How variations are offered: name, SKU, this category's price, stock."""
    return [Found(_choice(item, category, warehouse_id), item) for item in items[:SHOWN]]


def _choice(item: Item, category: str, warehouse_id: int | None) -> Choice:
    price, stock = item.price_for(category), item.stock_in(warehouse_id)
    parts = (
        item.sku,
        formats.rupiah(price) if price is not None else "",
        formats.number(stock) if stock is not None else "",
    )
    return Choice(str(item.variation_id), item.title, "  ".join(part for part in parts if part))
