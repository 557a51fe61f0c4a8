"""Customer Category: N customer, Y reseller, D dropshipper and the shop's own."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import PlainSerializer

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import CustomerCategoryId, Opt, Text, Words, YesNo
from ngorder_tui.api.models import Page, Query, Record, Reply

FlagAsText = Annotated[YesNo, PlainSerializer(lambda flag: "1" if flag else "0", return_type=str)]
"""A flag where the reference asks for text: sent as "1" or "0", as the answers spell it."""


class CreateCustomerCategory(Query):
    """A new customer category and the price cuts it gets."""

    category_name: Words
    discount_access: bool | None = None
    wholesale_access: bool | None = None


class CustomerCategoryQuery(Query):
    """Active categories, or those that are not."""

    status: Literal["N", "Y"] | None = None


class UpdateCustomerCategory(Query):
    """What shall be different about a customer category; its code goes with its id."""

    id: CustomerCategoryId
    code: Words
    category_name: Words | None = None
    status: Literal["Y", "N"] | None = None
    discount_access: FlagAsText | None = None
    wholesale_access: FlagAsText | None = None


class CustomerCategoryRow(Record):
    """A customer category; other calls name it by its code."""

    id: CustomerCategoryId
    code: Opt[Text]
    category_name: Opt[Text]
    status: Opt[Text]
    discount_access: Opt[YesNo]
    wholesale_access: Opt[YesNo]


CREATE = Endpoint(
    "customer_category.create",
    "POST",
    "/customer-category/create",
    CreateCustomerCategory,
    Reply[CustomerCategoryRow],
    "Adds a customer category.",
)
LIST = Endpoint(
    "customer_category.list",
    "GET",
    "/customer-category",
    CustomerCategoryQuery,
    Page[CustomerCategoryRow],
    "Lists the customer categories with their codes.",
)
UPDATE = Endpoint(
    "customer_category.update",
    "PATCH",
    "/customer-category/update",
    UpdateCustomerCategory,
    Reply[CustomerCategoryRow],
    "Changes a customer category.",
)
