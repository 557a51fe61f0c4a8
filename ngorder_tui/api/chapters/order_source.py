"""Order Source: the shop's sales channels."""

from __future__ import annotations

from typing import Literal

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import MarketplaceId, Opt, OrderSourceId, Text, Words
from ngorder_tui.api.models import Page, Query, Record, Reply


class CreateOrderSource(Query):
    """A new sales channel; `note` is its name."""

    marketplace_id: MarketplaceId
    note: Words


class OrderSourceQuery(Query):
    """Active channels, or those that are not."""

    status: Literal["Y", "N"] | None = None


class UpdateOrderSource(Query):
    """What shall be different about a sales channel."""

    order_source_id: OrderSourceId
    marketplace_id: MarketplaceId | None = None
    note: Words | None = None
    status: Literal["Y", "N"] | None = None


class SavedOrderSource(Record):
    """The sales channel that was made or changed."""

    order_source_id: Opt[OrderSourceId]
    note: Opt[Text]


class OrderSourceRow(Record):
    """A sales channel; `note` is its name."""

    id: OrderSourceId
    marketplace_id: Opt[MarketplaceId]
    marketplace_name: Opt[Text]
    note: Opt[Text]
    status: Opt[Text]


CREATE = Endpoint(
    "order_source.create",
    "POST",
    "/order-source/create",
    CreateOrderSource,
    Reply[SavedOrderSource],
    "Adds an order source (sales channel).",
)
LIST = Endpoint(
    "order_source.list",
    "GET",
    "/order-source",
    OrderSourceQuery,
    Page[OrderSourceRow],
    "Lists the order sources.",
    unconfirmed=True,
)
UPDATE = Endpoint(
    "order_source.update",
    "PATCH",
    "/order-source/update",
    UpdateOrderSource,
    Reply[SavedOrderSource],
    "Changes an order source.",
)
