"""Customer: who sends and who receives."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import (
    CustomerId,
    Day,
    Digits,
    DistrictId,
    Month,
    Opt,
    OrderId,
    Phone,
    Rupiah,
    Text,
    When,
    Words,
)
from ngorder_tui.api.models import FileReply, Page, Paged, Query, Record, Reply, spelled

ActiveState = Literal["Y", "N", "R", "T"]
"""Y active, N not active, R asked to join, T Storefront e-mail not confirmed yet."""


class CreateCustomer(Query):
    """A new customer; `category` is N customer, Y reseller, D dropshipper or a custom code."""

    name: Words
    phone: Phone
    district_id: DistrictId
    address: Words
    postal_code: Digits | None = None
    category: Words
    line: Words | None = None
    email: Words | None = None
    other: Words | None = None
    is_active: ActiveState


class PrivorActivation(Query):
    """Whether a customer may use the Storefront, and what else shall be different about them."""

    id: CustomerId
    active: bool
    email: Words
    name: Words | None = None
    phone: Phone | None = None


class CustomerQuery(Paged):
    """Which customers: status 0 is not registered, 1 registered, 4 blocked, T not active, R asked to join."""

    keyword: Annotated[Words, Field(max_length=50)] | None = None
    type: Literal["NAME", "EMAIL", "PHONE", "ADDRESS"] | None = None
    create_from: Day | None = None
    create_to: Day | None = None
    category: Words | None = None
    registration_status: Literal["0", "1", "4", "T", "R"] | None = None
    order_by: Literal["LATEST_CUSTOMER", "LAST_ORDER"] | None = None
    per_page: Annotated[int, Field(ge=1, le=100)] | None = None


class OrderHistoryQuery(Paged):
    """Whose orders, and of which period."""

    id: CustomerId
    start_date: Day | None = None
    end_date: Day | None = None
    per_page: Annotated[int, Field(ge=1, le=100)] | None = None


class CustomerDownload(Query):
    """The month in which the customers were added."""

    date: Month | None = None


class ActivationStatus(Query):
    """What happens to a customer: 0 refuse, 1 accept, 2 activate, 4 block, 5 delete, 6 unblock."""

    id: CustomerId
    status: Literal["0", "1", "2", "4", "5", "6"]
    category: Words | None = None


class UpdateCustomer(Query):
    """What shall be different about a customer."""

    customer_id: CustomerId
    name: Words | None = None
    phone: Phone | None = None
    district_id: DistrictId | None = None
    address: Words | None = None
    postal_code: Digits | None = None
    category: Words | None = None
    line: Words | None = None
    email: Words | None = None
    other: Words | None = None
    is_active: ActiveState | None = None


class SavedCustomer(Record):
    """The customer that was made or changed."""

    customer_id: Opt[CustomerId]
    name: Opt[Text]


class CustomerRow(Record):
    """A customer as listed; `category` is the word for `category_code`."""

    id: CustomerId
    name: Opt[Text]
    name_initial: Opt[Text]
    phone: Opt[Text]
    address: Opt[Text]
    postal_code: Opt[Text]
    district: Opt[Text]
    city: Opt[Text]
    province: Opt[Text]
    email: Opt[Text]
    line: Opt[Text]
    other: Opt[Text]
    category_code: Opt[Text]
    category: Opt[Text]


class BoughtItem(Record):
    """How many of a product an order had."""

    product_name: Opt[Text]
    total: Opt[int]


class CustomerOrder(Record):
    """An order of the customer."""

    order_id: OrderId
    po_number: Opt[int]
    date: Opt[When]
    total_price: Opt[Rupiah]
    product_status: Opt[Text]
    order_detail: Opt[list[BoughtItem]]
    items: Opt[int]


class CustomerTotals(Record):
    """How much the customer bought in all."""

    items: Opt[int]
    orders: Opt[int]


class CustomerOrders(Page[CustomerOrder]):
    """A page of a customer's orders; `totals` is of all pages."""

    totals: Opt[CustomerTotals] = spelled("total")


class CustomersOfMonth(Record):
    """How many customers were added in a month, yyyy-mm."""

    total: Opt[int]
    date: Opt[Text]


class CustomersPerMonth(Page[CustomersOfMonth]):
    """The months, newest first."""

    response: Opt[Text]


CREATE = Endpoint(
    "customer.create", "POST", "/customer/create", CreateCustomer, Reply[SavedCustomer], "Adds a customer."
)
UPDATE_PRIVOR_ACTIVATION = Endpoint(
    "customer.update_privor_activation",
    "POST",
    "/customer/privor-activation",
    PrivorActivation,
    Reply[object],
    "Turns a customer's Storefront account on or off.",
)
LIST = Endpoint("customer.list", "GET", "/customer", CustomerQuery, Page[CustomerRow], "Lists customers, page by page.")
LIST_ORDER_HISTORY = Endpoint(
    "customer.list_order_history",
    "GET",
    "/customer/order-history",
    OrderHistoryQuery,
    CustomerOrders,
    "Lists one customer's orders, page by page, with totals.",
    unconfirmed=True,
)
COUNT_PER_MONTH = Endpoint(
    "customer.count_per_month",
    "GET",
    "/customer/per-month",
    Query,
    CustomersPerMonth,
    "Counts the customers added in each month.",
)
DOWNLOAD = Endpoint(
    "customer.download",
    "GET",
    "/customer/download",
    CustomerDownload,
    FileReply,
    "Has the customer list e-mailed as an Excel file.",
    sends_file=True,
)
UPDATE_ACTIVATION_STATUS = Endpoint(
    "customer.update_activation_status",
    "PATCH",
    "/customer/activation-status",
    ActivationStatus,
    Reply[SavedCustomer],
    "Refuses, accepts, activates, blocks, deletes or unblocks a customer.",
)
UPDATE = Endpoint(
    "customer.update", "PATCH", "/customer/update", UpdateCustomer, Reply[SavedCustomer], "Changes a customer."
)
