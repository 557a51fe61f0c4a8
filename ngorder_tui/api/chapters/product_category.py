"""Custom product category: the shop's own categories."""

from __future__ import annotations

from typing import Literal

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import CategoryId, Opt, RootCategoryId, Text, When, Words
from ngorder_tui.api.models import Page, Query, Record, Reply


class CreateCategory(Query):
    """A new category and its root category."""

    name: Words
    root_categories_id: RootCategoryId


class OneCategory(Query):
    """Which category."""

    id: CategoryId


class UpdateCategory(Query):
    """A category as it shall be; `update_all_product` Y moves its products to the new root category too."""

    id: CategoryId
    name: Words
    root_categories_id: RootCategoryId
    update_all_product: Literal["Y"] | None = None


class CategoryRow(Record):
    """One of the shop's own categories."""

    id: CategoryId
    name: Opt[Text]
    root_categories_id: Opt[RootCategoryId]
    root_categories_name: Opt[Text]
    updated_at: Opt[When]


CREATE = Endpoint(
    "product_category.create",
    "POST",
    "/product-category",
    CreateCategory,
    Reply[CategoryRow],
    "Adds a product category.",
)
LIST = Endpoint(
    "product_category.list", "GET", "/product-category", Query, Page[CategoryRow], "Lists the product categories."
)
GET = Endpoint(
    "product_category.get",
    "GET",
    "/product-category/{id}",
    OneCategory,
    Reply[CategoryRow],
    "Shows one product category.",
)
UPDATE = Endpoint(
    "product_category.update",
    "PATCH",
    "/product-category",
    UpdateCategory,
    Reply[CategoryRow],
    "Changes a product category and, if asked, its products' root category.",
)
DELETE = Endpoint(
    "product_category.delete",
    "DELETE",
    "/product-category/{id}",
    OneCategory,
    Reply[object],
    "Deletes a product category.",
)
