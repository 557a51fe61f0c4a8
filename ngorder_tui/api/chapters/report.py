"""Report: sales, profit, costs and stock of a period."""

from __future__ import annotations

from typing import Literal

from ngorder_tui.api.chapters.period import Period
from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import BankId, Number, Opt, Rupiah, Text, UserId, YesNo
from ngorder_tui.api.models import Page, Query, Record, Reply, spelled


class GroupQuery(Query):
    """Which figure is broken down, and of which period."""

    group: Literal["gross-sales", "net-sales", "gross-profit"]


class GroupReportQuery(Period, GroupQuery):
    """Which figure is broken down, and of which period."""


class Figure(Record):
    """Rupiah, and the change in percent."""

    nominal: Opt[Rupiah]
    percentage: Opt[Number]


class GrossSales(Record):
    """Rupiah, and what of it is unpaid."""

    nominal: Opt[Rupiah]
    unpaid: Opt[Rupiah]


class StockFigures(Record):
    """Pieces in stock and what they are worth in rupiah."""

    total_stock: Opt[int]
    assets: Opt[Rupiah]


class ShopeeFigures(Record):
    """Rupiah of orders at Shopee; all null where there are none."""

    escrow_expense: Opt[Rupiah]
    escrow_revenue: Opt[Rupiah]
    total_amount: Opt[Rupiah]
    total_escrow: Opt[Rupiah]


class SupplierPay(Record):
    """Rupiah owed to suppliers, and whether it is to be shown."""

    show: Opt[YesNo]
    nominal: Opt[Rupiah]


class Report(Record):
    """The figures of a period."""

    net_sales: Opt[Figure]
    gross_profit: Opt[Figure]
    gross_sales: Opt[GrossSales]
    net_profit: Opt[Figure]
    expense: Opt[Figure]
    discount: Opt[Rupiah]
    postage: Opt[Rupiah]
    order_cost: Opt[Rupiah]
    product: Opt[StockFigures]
    shopee_active: Opt[YesNo]
    shopee: Opt[ShopeeFigures]
    supplier_pay: Opt[SupplierPay]


class SourceShare(Record):
    """Rupiah that came through one source."""

    name: Opt[Text]
    value: Opt[Rupiah]


class AdminShare(SourceShare):
    """Rupiah that came through one user; 0 is nobody's."""

    user_id: Opt[UserId]


class GroupReport(Record):
    """A figure by source and by user."""

    by_source: Opt[list[SourceShare]]
    by_admin: Opt[list[AdminShare]]


class BankRow(Record):
    """Rupiah that came in at a bank account; `idr` says the same as `nominal`."""

    id: BankId
    bank: Opt[Text]
    holder_name: Opt[Text]
    bank_number: Opt[Text]
    image: Opt[Text]
    nominal: Opt[Rupiah]
    idr: Opt[Rupiah]


class SalesPoint(Record):
    """Rupiah of a day: `date` is the day of the month."""

    date: Opt[Text]
    amount: Opt[Rupiah]


class ProfitPoint(Record):
    """Rupiah of a day: `date` is the day of the month."""

    date: Opt[Text]
    net_sales: Opt[Rupiah]
    gross_profit: Opt[Rupiah]


class CourierCost(Record):
    """Rupiah that went to a courier."""

    expedition_name: Opt[Text]
    amount: Opt[Rupiah]


class CourierCosts(Page[CourierCost]):
    """Rupiah by courier and in all."""

    total_amount: Opt[Rupiah] = spelled("total")


GET = Endpoint(
    "report.get", "GET", "/report", Period, Reply[Report], "Shows the figures of sales, profit, costs and stock."
)
GET_GROUP = Endpoint(
    "report.get_group",
    "GET",
    "/report/{group}",
    GroupReportQuery,
    GroupReport,
    "Breaks gross sales, net sales or gross profit down by source and by user.",
)
LIST_BANKS = Endpoint(
    "report.list_banks", "GET", "/report/bank", Period, Page[BankRow], "Shows the money that came in by bank account."
)
GET_SALES_CHART = Endpoint(
    "report.get_sales_chart", "GET", "/report/chart/sales", Period, Page[SalesPoint], "Shows the sales day by day."
)
GET_PROFIT_CHART = Endpoint(
    "report.get_profit_chart",
    "GET",
    "/report/chart/profit",
    Period,
    Page[ProfitPoint],
    "Shows net sales and gross profit day by day.",
)
GET_EXPEDITION_CHART = Endpoint(
    "report.get_expedition_chart",
    "GET",
    "/report/chart/expedition",
    Period,
    CourierCosts,
    "Shows what was spent on shipping by courier.",
)
