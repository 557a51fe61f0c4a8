"""Stock opname: counting what a warehouse really holds."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ngorder_tui.api.chapters.warehouse_stock import FoundVariations, Maker, VariationSearch, WarehouseName
from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import Day, OpnameId, Opt, Text, Upload, UserId, VariationId, WarehouseId, When, Words
from ngorder_tui.api.models import FileReply, Page, Paged, Query, Record, Reply


class CountedLine(Query):
    """How many pieces of a variation were counted."""

    variation_id: VariationId
    warehouse_stock: Annotated[int, Field(ge=0, le=1_000_000)]


class CreateOpname(Query):
    """What was counted in a warehouse; 0 is the main one."""

    warehouse_id: WarehouseId
    description: Words
    stock_adjustment: tuple[CountedLine, ...]


class ImportOpname(Query):
    """The filled-in Excel template: 2 MB at most."""

    file: Upload


class TemplateQuery(Query):
    """The warehouse that the template is for."""

    warehouse_id: WarehouseId


class OpnameQuery(Paged):
    """Which stock opnames are listed; without a start date those of the last 30 days."""

    start_date: Day | None = None
    end_date: Day | None = None
    warehouse_id: WarehouseId | None = None
    user_id: UserId | None = None


class OneOpname(Query):
    """Which stock opname."""

    id: OpnameId


class OpnameLinesQuery(Paged, OneOpname):
    """Which stock opname's lines are listed."""


class OpnameRow(Record):
    """A stock opname as listed."""

    id: OpnameId
    description: Opt[Text]
    variation_total: Opt[int]
    progress_status: Opt[Text]
    warehouse: Opt[WarehouseName]
    created_at: Opt[When]


class Opname(OpnameRow):
    """A stock opname whole: how far it has got, and who made it."""

    processed: Opt[int]
    created_by: Opt[Maker]


class Adjustment(Record):
    """What was counted, what the system held, and the difference."""

    warehouse_stock: Opt[int]
    system_stock: Opt[int]
    changed_stock: Opt[int]


class CountedVariation(Record):
    """A variation that was counted."""

    id: int
    variation_id: Opt[VariationId]
    full_name: Opt[Text]
    thumbnail_url: Opt[Text]
    sku: Opt[Text]
    stock_adjustment: Opt[Adjustment]


CREATE = Endpoint(
    "stock_opname.create",
    "POST",
    "/stock-opname",
    CreateOpname,
    Reply[OpnameRow],
    "Puts counted quantities in the place of the system's; long counts go on in the background.",
)
IMPORT_FILE = Endpoint(
    "stock_opname.import_file",
    "POST",
    "/stock-opname/import",
    ImportOpname,
    Reply[object],
    "Starts a stock opname from a filled-in Excel template, in the background.",
)
DOWNLOAD_TEMPLATE = Endpoint(
    "stock_opname.download_template",
    "GET",
    "/stock-opname/import",
    TemplateQuery,
    FileReply,
    "Downloads a warehouse's Excel template for a stock opname.",
    sends_file=True,
)
LIST = Endpoint("stock_opname.list", "GET", "/stock-opname", OpnameQuery, Page[OpnameRow], "Lists the stock opnames.")
GET = Endpoint(
    "stock_opname.get",
    "GET",
    "/stock-opname/{id}/detail",
    OneOpname,
    Reply[Opname],
    "Shows one stock opname and how far it has got.",
)
LIST_TRANSACTIONS = Endpoint(
    "stock_opname.list_transactions",
    "GET",
    "/stock-opname/transaction",
    OpnameLinesQuery,
    Page[CountedVariation],
    "Lists the variations that a stock opname changed.",
)
SEARCH_VARIATIONS = Endpoint(
    "stock_opname.search_variations",
    "GET",
    "/stock-opname/variation",
    VariationSearch,
    FoundVariations,
    "Finds the variations of a warehouse to count.",
)
