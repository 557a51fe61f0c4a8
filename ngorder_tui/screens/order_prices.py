"""What a piece costs the buyer: the category's price, or the wholesale step's, which the server is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ngorder_tui.api.errors import ApiError
from ngorder_tui.screens.order_items import DROPSHIPPER, Item

if TYPE_CHECKING:
    from ngorder_tui.session import Session

RECENT = 300.0
"""Seconds for which a price is recent enough."""


class Prices:
    """The prices that were learnt so far. What is not learnt yet, or cannot be, is the category's price as listed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._has_access: dict[str, bool] = {}
        self._minimum: dict[int, int | None] = {}
        self._steps: dict[tuple[int, int], int] = {}
        self._dropship: dict[int, int] = {}

    def of(self, item: Item, quantity: int, category: str) -> int | None:
        """Rupiah for one of so many pieces; None while it is not known."""
        if self._reaches_wholesale(item, quantity, category):
            step = self._steps.get((item.variation_id, quantity))
            if step is not None:
                return step
        return self._dropship.get(item.variation_id) if category == DROPSHIPPER else item.price_for(category)

    def _reaches_wholesale(self, item: Item, quantity: int, category: str) -> bool:
        if not item.has_wholesale or item.product_id is None or not self._has_access.get(category):
            return False
        minimum = self._minimum.get(item.product_id)
        return minimum is not None and quantity >= minimum

    async def learn(self, lines: Iterable[tuple[Item, int]], category: str) -> str:
        """Ask for what is not known about these lines. Answers why something could not be learnt, else nothing."""
        from ngorder_tui.screens.calls import chapter

        await chapter("order")
        await chapter("product")
        why = ""
        for item, quantity in lines:
            try:
                await self._learn_one(item, quantity, category)
            except ApiError as error:
                why = str(error)
        return why

    async def _learn_one(self, item: Item, quantity: int, category: str) -> None:
        from ngorder_tui.api.chapters import order, product

        if category == DROPSHIPPER and item.variation_id not in self._dropship:
            asked = product.CHECK_STOCK.parse({"variation_id": item.variation_id})
            found = (await self._session.recent(asked, RECENT)).data
            price = (found.price_dropship or found.price) if found else None
            if price is not None:
                self._dropship[item.variation_id] = price
        if not item.has_wholesale or item.product_id is None:
            return
        if category not in self._has_access:
            access = await self._session.recent(
                order.GET_PRICE_ACCESS.parse({"customer_category_code": category}), RECENT
            )
            self._has_access[category] = bool(access.data and access.data.wholesale_access)
        if self._has_access[category] and item.product_id not in self._minimum:
            least = await self._session.recent(
                product.GET_WHOLESALE_MINIMUM.parse({"product_id": item.product_id}), RECENT
            )
            self._minimum[item.product_id] = least.data.minimum_quantity if least.data else None
        key = (item.variation_id, quantity)
        if self._reaches_wholesale(item, quantity, category) and key not in self._steps:
            step = await self._session.recent(
                order.GET_WHOLESALE_PRICE.parse({"variation_id": item.variation_id, "qty": quantity}), RECENT
            )
            if step.data is not None and step.data.price is not None:
                self._steps[key] = step.data.price
