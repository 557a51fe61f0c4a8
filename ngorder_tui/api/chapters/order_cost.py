"""Order Cost: discounts and extra costs that are kept for use in orders."""

from __future__ import annotations

from typing import Literal

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import Amount, Number, Opt, OrderCostId, Percent, Rupiah, Text, Words
from ngorder_tui.api.models import Page, Query, Record, Reply

CostCategory = Literal["DISCOUNT", "OTHER COST"]
CountedAs = Literal["NOMINAL", "PERCENTAGE"]


class CreateOrderCost(Query):
    """A new discount or cost: in rupiah or in percent, as its type says."""

    category: CostCategory
    name: Words
    type: CountedAs
    nominal: Amount | None = None
    percentage: Percent | None = None


class UpdateOrderCost(Query):
    """What shall be different about a discount or cost; the type goes with its nominal or percentage."""

    order_cost_id: OrderCostId
    category: CostCategory | None = None
    name: Words | None = None
    nominal: Amount | None = None
    percentage: Percent | None = None
    type: CountedAs | None = None


class WhichOrderCost(Query):
    """The discount or cost, as a part of the path."""

    order_cost_id: OrderCostId


class SavedOrderCost(Record):
    """The discount or cost that was made, changed or deleted."""

    order_cost_id: Opt[OrderCostId]
    name: Opt[Text]


class OrderCostRow(Record):
    """A discount or cost; only `type` tells whether nominal or percentage counts."""

    order_cost_id: OrderCostId
    title: Opt[Text]
    category: Opt[Text]
    type: Opt[Text]
    name: Opt[Text]
    percentage: Opt[Number]
    nominal: Opt[Rupiah]


CREATE = Endpoint(
    "order_cost.create",
    "POST",
    "/order-cost/create",
    CreateOrderCost,
    Reply[SavedOrderCost],
    "Adds a reusable discount or extra cost.",
)
LIST = Endpoint(
    "order_cost.list",
    "GET",
    "/order-cost",
    Query,
    Page[OrderCostRow],
    "Lists the reusable discounts and extra costs.",
)
UPDATE = Endpoint(
    "order_cost.update",
    "PUT",
    "/order-cost/update",
    UpdateOrderCost,
    Reply[SavedOrderCost],
    "Changes a reusable discount or extra cost.",
)
DELETE = Endpoint(
    "order_cost.delete",
    "DELETE",
    "/order-cost/delete/{order_cost_id}",
    WhichOrderCost,
    Reply[SavedOrderCost],
    "Deletes a reusable discount or extra cost.",
    unconfirmed=True,
)
