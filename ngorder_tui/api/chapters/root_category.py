"""Root product category: the categories that all shops share."""

from __future__ import annotations

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import CategoryId, Opt, RootCategoryId, Text
from ngorder_tui.api.models import Page, Query, Record, Reply


class UpdateRoot(Query):
    """Which of the shop's own categories gets which root category."""

    id: CategoryId
    root_categories_id: RootCategoryId


class RootCategoryRow(Record):
    """A root category; `categories` is its name."""

    id: RootCategoryId
    categories: Opt[Text]


class SavedRoot(Record):
    """Which of the shop's own categories has which root category now."""

    id: Opt[CategoryId]
    root_categories_id: Opt[RootCategoryId]


LIST = Endpoint(
    "root_category.list",
    "GET",
    "/master-product-category",
    Query,
    Page[RootCategoryRow],
    "Lists the categories that all shops share.",
)
UPDATE = Endpoint(
    "root_category.update",
    "PATCH",
    "/master-product-category",
    UpdateRoot,
    Reply[SavedRoot],
    "Gives the products of one of the shop's own categories a root category.",
)
