"""How a form finds the thing behind an id: one finder for each id type, on the session."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ngorder_tui.widgets.lookup import Choice, Finder

if TYPE_CHECKING:
    from ngorder_tui.api.endpoint import Call
    from ngorder_tui.api.models import Page
    from ngorder_tui.session import Session

RowT = TypeVar("RowT")
MINUTES = 60.0
SHOWN = 12
"""Suggestions that are offered at most."""


def finders(session: Session) -> Mapping[str, Finder]:
    """A finder for every id type that people look up, by the id type's name."""
    return {
        "CustomerId": _search(session, _customers, _customer_choice),
        "DistrictId": _search(session, _regions, _region_choice),
        "VariationId": _search(session, _variations, _variation_choice),
        "ProductId": _search(session, _products, _product_choice),
        "SupplierId": _pick(session, _suppliers, _supplier_choice),
        "WarehouseId": _pick(session, _warehouses, _warehouse_choice),
        "BankId": _pick(session, _banks, _bank_choice),
        "OrderSourceId": _pick(session, _order_sources, _order_source_choice),
        "UserId": _pick(session, _users, _user_choice),
        "CategoryId": _pick(session, _categories, _category_choice),
    }


def _search(
    session: Session, call: Callable[[str], Call[Page[RowT]]], choice: Callable[[RowT], Choice]
) -> Callable[[str], Awaitable[Sequence[Choice]]]:
    """The server looks for the words."""

    async def find(words: str) -> Sequence[Choice]:
        question = await asyncio.to_thread(call, words)
        page = await session.recent(question, 5 * MINUTES)
        return [choice(row) for row in page.readable()][:SHOWN]

    return find


def _pick(
    session: Session, call: Callable[[], Call[Any]], choice: Callable[[RowT], Choice]
) -> Callable[[str], Awaitable[Sequence[Choice]]]:
    """A short list, read once and looked through here."""

    async def find(words: str) -> Sequence[Choice]:
        question = await asyncio.to_thread(call)
        page = await session.recent(question, 10 * MINUTES)
        return list(_fitting((choice(row) for row in page.readable()), words))[:SHOWN]

    return find


def _fitting(choices: Iterable[Choice], words: str) -> Iterable[Choice]:
    wanted = words.casefold().split()
    return (one for one in choices if all(word in f"{one.label} {one.detail}".casefold() for word in wanted))


def _customers(words: str) -> Call[Page[CustomerRow]]:
    from ngorder_tui.api.chapters import customer

    return customer.LIST.parse({"keyword": words, "per_page": SHOWN})


def _customer_choice(row: CustomerRow) -> Choice:
    where = ", ".join(part for part in (row.district, row.city) if part)
    return Choice(str(row.id), row.name or "", "  ".join(part for part in (row.phone, where, row.category) if part))


def _regions(words: str) -> Call[Page[RegionRow]]:
    from ngorder_tui.api.chapters import region

    return region.LIST.parse({"keyword": words, "per_page": SHOWN})


def _region_choice(row: RegionRow) -> Choice:
    return Choice(str(row.id), row.fullname or row.subdistrict or "", " ".join(row.postal_code or ()))


def _variations(words: str) -> Call[Page[VariationRow]]:
    from ngorder_tui.api.chapters import product

    return product.LIST_VARIATIONS.parse({"keyword": words, "per_page": SHOWN})


def _variation_choice(row: VariationRow) -> Choice:
    kind = " ".join(part for part in (row.color, row.size) if part)
    return Choice(str(row.variation_id), row.name or "", "  ".join(part for part in (row.sku, kind) if part))


def _products(words: str) -> Call[Page[ProductRow]]:
    from ngorder_tui.api.chapters import product

    return product.LIST.parse({"keyword": words})


def _product_choice(row: ProductRow) -> Choice:
    return Choice(str(row.id), row.name or "", row.category_name or "")


def _suppliers() -> Call[Page[SupplierRow]]:
    from ngorder_tui.api.chapters import supplier

    return supplier.LIST()


def _supplier_choice(row: SupplierRow) -> Choice:
    return Choice(str(row.id), row.name or "", row.location or "")


def _warehouses() -> Call[Page[WarehouseRow]]:
    from ngorder_tui.api.chapters import warehouse

    return warehouse.LIST.parse({"with_main_warehouse": True})


def _warehouse_choice(row: WarehouseRow) -> Choice:
    return Choice(str(row.id), row.warehouse or "", row.address or "")


def _banks() -> Call[Page[BankAccount]]:
    from ngorder_tui.api.chapters import bank

    return bank.LIST.parse({"type": "BANK"})


def _bank_choice(row: BankAccount) -> Choice:
    return Choice(
        str(row.bank_id), row.bank_name or "", "  ".join(part for part in (row.account_number, row.holder_name) if part)
    )


def _order_sources() -> Call[Page[OrderSourceRow]]:
    from ngorder_tui.api.chapters import order_source

    return order_source.LIST()


def _order_source_choice(row: OrderSourceRow) -> Choice:
    return Choice(str(row.id), row.marketplace_name or row.note or "", row.note or "")


def _users() -> Call[Users]:
    from ngorder_tui.api.chapters import user

    return user.LIST()


def _user_choice(row: UserRow) -> Choice:
    return Choice(str(row.id), row.name or "", row.email or "")


def _categories() -> Call[Page[CategoryRow]]:
    from ngorder_tui.api.chapters import product_category

    return product_category.LIST()


def _category_choice(row: CategoryRow) -> Choice:
    return Choice(str(row.id), row.name or "", "")


if TYPE_CHECKING:
    from ngorder_tui.api.chapters.bank import BankAccount
    from ngorder_tui.api.chapters.customer import CustomerRow
    from ngorder_tui.api.chapters.order_source import OrderSourceRow
    from ngorder_tui.api.chapters.product import ProductRow, VariationRow
    from ngorder_tui.api.chapters.product_category import CategoryRow
    from ngorder_tui.api.chapters.region import RegionRow
    from ngorder_tui.api.chapters.supplier import SupplierRow
    from ngorder_tui.api.chapters.user import UserRow, Users
    from ngorder_tui.api.chapters.warehouse import WarehouseRow
