"""What stock opname and stock transfer share: looking for the variations of a warehouse, and who did what where."""

from __future__ import annotations

from ngorder_tui.api.fields import Opt, ProductId, Text, UserId, VariationId, WarehouseId, Words
from ngorder_tui.api.models import Page, Query, Record


class VariationSearch(Query):
    """Which variations of a warehouse are looked for: by a keyword or by their product, not by both."""

    product_id: ProductId | None = None
    keyword: Words | None = None
    warehouse_id: WarehouseId


class FoundVariation(Record):
    """A variation with what the system holds of it in the warehouse."""

    variation_id: VariationId
    name: Opt[Text]
    product_name: Opt[Text]
    variation_name: Opt[Text]
    sku: Opt[Text]
    thumbnail_url: Opt[Text]
    system_stock: Opt[int]


class FoundVariations(Page[FoundVariation]):
    """What was found, and in which warehouse."""

    warehouse_id: Opt[WarehouseId]


class WarehouseName(Record):
    """A warehouse that something else speaks of; 0 is the main one, a null id is none."""

    id: Opt[WarehouseId]
    name: Opt[Text]


class Maker(Record):
    """The user who made it."""

    id: Opt[UserId]
    email: Opt[Text]
    name: Opt[Text]
