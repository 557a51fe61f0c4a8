"""A product as its detail shows it: facts, variants with SKU and prices, stock by warehouse, wholesale, preorder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ngorder_tui import formats
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.widgets.detail_pane import Section, section
from ngorder_tui.widgets.html_text import html_plain

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.product import (
        Product,
        ProductRow,
        ProductVariation,
        StockAndPrices,
        WarehouseStockRow,
        WholesalePrice,
    )

StockBy = Mapping[int, Sequence["WarehouseStockRow"]]
"""What lies in which warehouse, by variation."""


def variations_of(product: ProductRow) -> Sequence[ProductVariation]:
    """Its variants; also one without variants has one."""
    return product.variations or ()


def type_word(product: ProductRow) -> str:
    """Where its stock comes from, in words."""
    words = {"S": _("own stock"), "R": _("another supplier's"), "PO": _("preorder")}
    return words.get(product.product_type or "", product.type_description or product.product_type or "")


def look_of(variation: ProductVariation) -> str:
    """What tells it from the others: colour and size."""
    return " ".join(part for part in (variation.color, variation.size) if part)


def name_of(variation: ProductVariation) -> str:
    """SKU, then colour and size."""
    return "  ".join(part for part in (variation.sku, look_of(variation)) if part) or f"#{variation.id}"


def skus_text(product: ProductRow) -> str:
    """The SKU; of several the count."""
    variations = variations_of(product)
    if len(variations) == 1:
        return variations[0].sku or ""
    return ngettext("{n} variant", "{n} variants", len(variations)).format(n=len(variations))


def price_text(product: ProductRow) -> str:
    """What a customer pays; where variants differ the lowest price with a + behind it."""
    prices = sorted({variation.price for variation in variations_of(product) if variation.price is not None})
    if not prices:
        return ""
    return formats.rupiah(prices[0]) + ("+" if len(prices) > 1 else "")


def stock_text(product: ProductRow) -> str:
    """Pieces in all; what is not of one's own stock is there, or not."""
    if product.product_type in {"S", None}:
        return "" if product.total_stock is None else formats.number(product.total_stock)
    return _("can be had") if any(variation.stock for variation in variations_of(product)) else _("none")


def state_word(product: ProductRow) -> str:
    """Whether buyers see it."""
    if product.publish_status is None:
        return ""
    return _("published") if product.publish_status else _("hidden")


def facts(product: ProductRow, minimum: int | None = None) -> Section:
    """The product itself; `minimum` is the quantity that wholesale prices begin at."""
    wholesale = _said(product.wholesale_status)
    if product.wholesale_status and minimum is not None:
        wholesale = _("yes, from {n} pieces").format(n=formats.number(minimum))
    return section(
        product.name or f"#{product.id}",
        (_("Type"), type_word(product)),
        (_("Preorder"), _preorder(product)),
        (_("Category"), product.category_name),
        (_("Root category"), getattr(product, "root_categories_name", None)),
        (_("State"), state_word(product)),
        (_("Stock"), stock_text(product)),
        (_("Stock is shown"), _said(product.show_stock)),
        (_("Weight"), _("{n} g").format(n=formats.number(product.weight)) if product.weight else None),
        (_("Discount"), formats.rupiah(product.discount) if product.discount else None),
        (_("Wholesale"), wholesale),
        (_("Warehouses"), ", ".join(found.name for found in product.warehouse or () if found.name)),
        (_("Number"), str(product.id)),
        (_("Description"), html_plain(product.description or "")),
    )


def _preorder(product: ProductRow) -> str | None:
    terms = getattr(product, "preorder_setting", None)
    if product.product_type != "PO" or terms is None or terms.number is None:
        return None
    if terms.type == "week":
        return ngettext("{n} week", "{n} weeks", terms.number).format(n=terms.number)
    return ngettext("{n} day", "{n} days", terms.number).format(n=terms.number)


def wholesale(product: ProductRow) -> Section | None:
    """The steps of its wholesale prices; none where it has none."""
    whole: Sequence[WholesalePrice] = getattr(product, "wholesale_prices", None) or product.wholesales or ()
    if not whole:
        return None
    return Section(_("Wholesale prices"), tuple((_steps(step), _money(step.price) or "") for step in whole))


def _steps(step: WholesalePrice) -> str:
    return _("{first} to {last} pieces").format(
        first="" if step.from_ is None else formats.number(step.from_),
        last="…" if step.to is None else formats.number(step.to),
    )


def variant(variation: ProductVariation, is_own_stock: bool, stock: Sequence[WarehouseStockRow] | None) -> Section:
    """A variant with every price; `stock` is what lies where, None while nobody has asked."""
    held = None if variation.stock_quantity is None else formats.number(variation.stock_quantity)
    if not is_own_stock:
        held = _("can be had") if variation.stock else _("none")
    return section(
        name_of(variation),
        (_("Stock"), held),
        (_("By warehouse"), _by_warehouse(stock)),
        (_("Price"), _money(variation.price)),
        (_("Reseller"), _money(variation.price_reseller)),
        (_("Price 1"), _money(variation.price1)),
        (_("Price 2"), _money(variation.price2)),
        (_("Price 3"), _money(variation.price3)),
        (_("Purchase"), _money(variation.price_buy)),
        (_("Weight"), _("{n} g").format(n=formats.number(variation.weight)) if variation.weight else None),
    )


def _by_warehouse(stock: Sequence[WarehouseStockRow] | None) -> str | None:
    if stock is None:
        return None
    return "\n".join(f"{formats.number(row.stock or 0):>6}  {row.name or row.warehouse_id}" for row in stock) or _(
        "none"
    )


def sections_of(product: Product | ProductRow, stock: StockBy, minimum: int | None = None) -> list[Section]:
    """All of it."""
    steps = wholesale(product)
    is_own_stock = product.product_type in {"S", None}
    variants = [variant(variation, is_own_stock, stock.get(variation.id)) for variation in variations_of(product)]
    return [facts(product, minimum), *([steps] if steps is not None else ()), *variants]


def stock_now(now: StockAndPrices, stock: Sequence[WarehouseStockRow]) -> str:
    """What there is of a variant and what it costs, as lines of text."""
    lines = [_("Stock: {n}").format(n="?" if now.stock is None else formats.number(now.stock))]
    lines += [f"{formats.number(row.stock or 0):>8}  {row.name or row.warehouse_id}" for row in stock]
    prices = (
        (_("Price"), now.price),
        (_("Reseller"), now.price_dropship),
        (_("Price 1"), now.price1),
        (_("Price 2"), now.price2),
        (_("Price 3"), now.price3),
    )
    lines += ["", *(f"{label}: {formats.rupiah(price)}" for label, price in prices if price is not None)]
    return "\n".join(lines)


def _money(amount: int | None) -> str | None:
    return None if amount is None else formats.rupiah(amount)


def _said(flag: bool | None) -> str | None:
    return None if flag is None else formats.shown(flag)
