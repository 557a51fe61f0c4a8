"""Marketplace: where an order source may be."""

from __future__ import annotations

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import MarketplaceId, Opt, Text
from ngorder_tui.api.models import Page, Query, Record


class MarketplaceRow(Record):
    """A marketplace."""

    marketplace_id: MarketplaceId
    marketplace_name: Opt[Text]


LIST = Endpoint(
    "marketplace.list",
    "GET",
    "/marketplace",
    Query,
    Page[MarketplaceRow],
    "Lists the marketplaces an order source may belong to.",
)
