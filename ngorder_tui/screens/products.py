"""Products: what the shop sells, with every variant, price and place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from ngorder_tui.api.errors import ApiError
from ngorder_tui.commands import Command
from ngorder_tui.dialogs.choose import Choose
from ngorder_tui.dialogs.text import TextDialog
from ngorder_tui.i18n import N_, _
from ngorder_tui.screens import product_detail
from ngorder_tui.screens.list_screen import ListScreen
from ngorder_tui.screens.list_source import ListEndpoints
from ngorder_tui.widgets.detail_pane import Section
from ngorder_tui.widgets.record_columns import Column

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.product import Product, ProductRow, ProductVariation, WarehouseStockRow

AT_ONCE = 4
"""Variants whose stock by warehouse is asked for at the same time."""
STOCK_AGE = 30.0
"""Seconds: stock by warehouse that is younger is not asked for again while the cursor wanders."""


class ProductsScreen(ListScreen["ProductRow"]):
    """The products."""

    area: ClassVar[str] = "products"
    name_of_list: ClassVar[str] = "products"
    per_page: ClassVar[int] = 10
    commands: ClassVar[tuple[Command, ...]] = (
        Command("products.history", "h", "history", N_("History"), N_("Where a variant's stock went"), True, True),
        Command("products.stock", "c", "check_stock", N_("Check stock"), N_("A variant's stock, just now"), True, True),
    )

    @property
    def heading(self) -> str:
        """The screen's name."""
        return _("Products")

    def columns(self) -> tuple[Column, ...]:
        """Name, price and stock are always there."""
        return (
            Column(_("Name"), "name", width=20, grow=4),
            Column(_("SKU"), "skus", width=14, grow=1, drop=2),
            Column(_("Type"), "type", width=10, grow=1, drop=4),
            Column(_("Price"), "price", kind="money", width=12),
            Column(_("Stock"), "total_stock", kind="number", width=10),
            Column(_("Category"), "category_name", width=12, grow=1, drop=3),
            Column(_("State"), "publish_status", width=9, drop=1),
        )

    def chapter(self) -> ListEndpoints[ProductRow]:
        """The product chapter."""
        from ngorder_tui.api.chapters import product

        return ListEndpoints(read=product.LIST)

    def cells(self, row: ProductRow) -> tuple[str, ...]:
        """One price and one SKU stand for several."""
        return (
            row.name or "",
            product_detail.skus_text(row),
            product_detail.type_word(row),
            product_detail.price_text(row),
            product_detail.stock_text(row),
            row.category_name or "",
            product_detail.state_word(row),
        )

    def row_style(self, row: ProductRow) -> str:
        """Own stock that has run out; the number says so too."""
        if row.product_type == "S" and row.total_stock is not None and row.total_stock <= 0:
            return "warn"
        return "" if row.publish_status is not False else "dim"

    def copyables(self, row: ProductRow) -> Sequence[tuple[str, str]]:
        """The name and every SKU."""
        skus = [(_("SKU"), variation.sku) for variation in product_detail.variations_of(row) if variation.sku]
        return [(_("Name"), row.name or ""), (_("Number"), str(row.id)), *skus]

    async def sections(self, row: ProductRow) -> AsyncIterator[Sequence[Section]]:
        """The product from its row, then whole, then with its stock by warehouse."""
        from ngorder_tui.api.chapters import product

        stock: dict[int, Sequence[WarehouseStockRow]] = {}
        whole: ProductRow | Product = row
        minimum: int | None = None
        yield product_detail.sections_of(whole, stock)
        async for kept in self.session.read(product.GET.parse({"product_id": row.id})):
            if kept.value.data is not None:
                whole = _filled_up(kept.value.data, row)
                yield product_detail.sections_of(whole, stock)
        if whole.wholesale_status:
            question = product.GET_WHOLESALE_MINIMUM.parse({"product_id": row.id})
            if (answer := (await self.session.recent(question, STOCK_AGE)).data) is not None:
                minimum = answer.minimum_quantity
        if whole.product_type in {"S", None}:
            variations = product_detail.variations_of(whole)
            for start in range(0, len(variations), AT_ONCE):
                asked = [variation.id for variation in variations[start : start + AT_ONCE]]
                rows = await asyncio.gather(*(self._stock_of(number, STOCK_AGE) for number in asked))
                stock.update(zip(asked, rows, strict=True))
                yield product_detail.sections_of(whole, stock, minimum)
        yield product_detail.sections_of(whole, stock, minimum)

    async def _stock_of(self, variation_id: int, max_age: float) -> Sequence[WarehouseStockRow]:
        from ngorder_tui.api.chapters import product

        call = product.LIST_WAREHOUSE_STOCK.parse({"variation_id": variation_id})
        return (await self.session.recent(call, max_age)).readable()

    def action_history(self) -> None:
        """Show where the stock of a variant went."""
        self._with_variation(_("History of which variant?"), self._history)

    def action_check_stock(self) -> None:
        """Ask for a variant's stock, just now."""
        self._with_variation(_("Stock of which variant?"), self._check_stock)

    def _with_variation(self, title: str, work: Callable[[ProductRow, ProductVariation], Awaitable[None]]) -> None:
        if (row := self.current) is not None:
            self.run_worker(self._choose(row, title, work), group="dialog", exclusive=True, exit_on_error=False)

    async def _choose(
        self, row: ProductRow, title: str, work: Callable[[ProductRow, ProductVariation], Awaitable[None]]
    ) -> None:
        variations = product_detail.variations_of(row)
        if not variations:
            self.say(_("This product has no variants."))
            return
        picked: str | None = "0"
        if len(variations) > 1:
            options = [(str(index), product_detail.name_of(one)) for index, one in enumerate(variations)]
            picked = await self.app.push_screen_wait(Choose(title, options))
        if picked is not None:
            await work(row, variations[int(picked)])

    async def _history(self, row: ProductRow, variation: ProductVariation) -> None:
        from ngorder_tui.screens.variation_history import VariationHistoryScreen

        name = "  ".join(part for part in (row.name, product_detail.name_of(variation)) if part)
        self.app.push_screen(VariationHistoryScreen(variation.id, name))

    async def _check_stock(self, row: ProductRow, variation: ProductVariation) -> None:
        from ngorder_tui.api.chapters import product

        name = "  ".join(part for part in (row.name, product_detail.name_of(variation)) if part)
        try:
            answer, stock = await asyncio.gather(
                self.session.latest(product.CHECK_STOCK.parse({"variation_id": variation.id})),
                self._stock_of(variation.id, 0.0),
            )
        except ApiError as error:
            self.say(_("The stock cannot be asked for now: {why}").format(why=error), bad=True)
            return
        if answer.data is not None:
            await self.app.push_screen_wait(TextDialog(name, product_detail.stock_now(answer.data, stock)))


def _filled_up(whole: Product, row: ProductRow) -> Product:
    """The whole product; what its answer leaves blank the row may have."""
    return whole.model_copy(
        update={name: getattr(row, name) for name in ("warehouse", "category_name") if not getattr(whole, name)}
    )
