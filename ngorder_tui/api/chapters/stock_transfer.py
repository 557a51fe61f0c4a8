"""Stock transfer: moving stock from one warehouse to another."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ngorder_tui.api.chapters.warehouse_stock import FoundVariations, Maker, VariationSearch, WarehouseName
from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import (
    Day,
    Opt,
    Quantity,
    Text,
    TransferId,
    UserId,
    VariationId,
    WarehouseId,
    When,
    Words,
)
from ngorder_tui.api.models import Page, Paged, Query, Record, Reply, spelled


class TransferLine(Query):
    """How many pieces of a variation move."""

    variation_id: VariationId
    transfer_stock: Quantity


class CreateTransfer(Query):
    """What moves from where to where: at most 100 variations at a time."""

    origin_warehouse_id: WarehouseId
    destination_warehouse_id: WarehouseId
    description: Words
    stock_adjustment: Annotated[tuple[TransferLine, ...], Field(max_length=100)]


class TransferQuery(Paged):
    """Which stock transfers are listed; without a start date those of the last 30 days."""

    start_date: Day | None = None
    end_date: Day | None = None
    origin_warehouse_id: WarehouseId | None = None
    destination_warehouse_id: WarehouseId | None = None
    user_id: UserId | None = None


class OneTransfer(Query):
    """Which stock transfer."""

    id: TransferId


class TransferLinesQuery(Paged, OneTransfer):
    """Which stock transfer's lines are listed."""


class TransferRow(Record):
    """A stock transfer as listed."""

    id: TransferId
    description: Opt[Text]
    origin_warehouse: Opt[WarehouseName]
    destination_warehouse: Opt[WarehouseName]
    created_at: Opt[When]


class Transfer(TransferRow):
    """A stock transfer whole. The reference shows a stock opname's keys here, so both kinds are read."""

    progress_status: Opt[Text]
    variation_total: Opt[int]
    processed: Opt[int]
    warehouse: Opt[WarehouseName]
    created_by: Opt[Maker]


class MovedVariation(Record):
    """A variation that was moved; "-" as its variant name means that it has none."""

    id: int
    variation_id: Opt[VariationId]
    product_name: Opt[Text]
    variant_name: Opt[Text]
    thumbnail_url: Opt[Text]
    sku: Opt[Text]
    transferred_stock: Opt[int] = spelled("transfered_stock", "transferred_stock")


CREATE = Endpoint(
    "stock_transfer.create",
    "POST",
    "/stock-transfer",
    CreateTransfer,
    Reply[TransferRow],
    "Moves stock from one warehouse to another.",
)
LIST = Endpoint(
    "stock_transfer.list", "GET", "/stock-transfer", TransferQuery, Page[TransferRow], "Lists the stock transfers."
)
GET = Endpoint(
    "stock_transfer.get",
    "GET",
    "/stock-transfer/{id}/detail",
    OneTransfer,
    Reply[Transfer],
    "Shows one stock transfer.",
)
LIST_TRANSACTIONS = Endpoint(
    "stock_transfer.list_transactions",
    "GET",
    "/stock-transfer/transaction",
    TransferLinesQuery,
    Page[MovedVariation],
    "Lists the variations that a stock transfer moved.",
)
SEARCH_VARIATIONS = Endpoint(
    "stock_transfer.search_variations",
    "GET",
    "/stock-transfer/variation",
    VariationSearch,
    FoundVariations,
    "Finds the variations of a warehouse to move.",
)
