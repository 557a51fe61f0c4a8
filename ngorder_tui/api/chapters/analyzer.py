"""Analyzer: who buys, what sells, where and when."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ngorder_tui.api.chapters.period import Period
from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import Day, Number, Opt, Rupiah, Text, Words, whole
from ngorder_tui.api.models import Anything, FileReply, Page, Paged, Query, Record


class CustomerRanking(Period):
    """Which customers, in which order. `category` is N, Y, D or a code of the shop's; only the owner may sort."""

    category: Words | None = None
    order_by: Literal["TRANSACTION", "SOLD_ITEMS", "GROSS_SALES", "NET_SALES", "GROSS_PROFIT"] | None = None


class CustomerRankingQuery(Paged, CustomerRanking):
    """Which customers are listed."""


class Grouping(Query):
    """What the rows stand for: products if not said."""

    group_by: Literal["PRODUCT", "SKU", "CATEGORY"] | None = None


class SalesRanking(Period, Grouping):
    """What the rows stand for, and of which period."""


class SalesRankingQuery(Paged, SalesRanking):
    """Which sales are listed."""


class PagedPeriod(Paged, Period):
    """Which period."""


class SalesChannelQuery(Query):
    """Which period; `with_net_sales` 1 adds net sales."""

    start_date: Day | None = None
    end_date: Day | None = None
    per_page: Annotated[int, Field(ge=1)] | None = None
    with_net_sales: Annotated[Literal[1], BeforeValidator(whole)] | None = None


class CategoryOrders(Record):
    """How many orders a customer category made."""

    total_order: Opt[int]
    category: Opt[Text]
    category_name: Opt[Text]


class CustomerRow(CategoryOrders):
    """A customer and how many orders they made."""

    name: Opt[Text]
    email: Opt[Text]
    city: Opt[Text]
    address: Opt[Text]


class LocationRow(Record):
    """A city, how many orders went there, and its percentage of all."""

    city: Opt[Text]
    percentage: Opt[Number]
    order: Opt[int]


class SalesChannelRow(Record):
    """A sales channel, its net sales in rupiah and its number of orders."""

    title: Opt[Text]
    net_sales: Opt[Rupiah]
    total: Opt[int]


class WeekdayRow(Record):
    """How many orders a weekday brought; 1 is Sunday."""

    id: int
    day: Opt[Text]
    total: Opt[int]


LIST_CUSTOMERS = Endpoint(
    "analyzer.list_customers",
    "GET",
    "/analyzer/customer",
    CustomerRankingQuery,
    Page[CustomerRow],
    "Ranks the customers.",
)
LIST_SALES = Endpoint(
    "analyzer.list_sales",
    "GET",
    "/analyzer/sales",
    SalesRankingQuery,
    Page[Anything],
    "Ranks products, SKUs or categories by sales.",
)
LIST_LOCATIONS = Endpoint(
    "analyzer.list_locations",
    "GET",
    "/analyzer/location",
    Period,
    Page[LocationRow],
    "Ranks the cities by orders.",
    unconfirmed=True,
)
LIST_SALES_CHANNELS = Endpoint(
    "analyzer.list_sales_channels",
    "GET",
    "/analyzer/sales-channel",
    SalesChannelQuery,
    Page[SalesChannelRow],
    "Ranks the sales channels.",
)
GET_CUSTOMER_CHART = Endpoint(
    "analyzer.get_customer_chart",
    "GET",
    "/analyzer/customer/chart",
    CustomerRanking,
    Page[CategoryOrders],
    "Counts the orders by customer category.",
)
GET_CHART = Endpoint(
    "analyzer.get_chart",
    "GET",
    "/analyzer/chart",
    PagedPeriod,
    Page[WeekdayRow],
    "Counts the orders by weekday.",
    unconfirmed=True,
)
DOWNLOAD_SALES = Endpoint(
    "analyzer.download_sales",
    "GET",
    "/analyzer/sales/download",
    SalesRanking,
    FileReply,
    "Downloads the ranking of products, SKUs or categories.",
    sends_file=True,
)
DOWNLOAD_CUSTOMERS = Endpoint(
    "analyzer.download_customers",
    "GET",
    "/analyzer/customer/download",
    CustomerRanking,
    FileReply,
    "Downloads the ranking of customers as an Excel file.",
    sends_file=True,
)
