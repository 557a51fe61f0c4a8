"""Warehouse: where stock lies."""

from __future__ import annotations

from typing import Literal

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import Opt, SupplierId, Text, UserId, WarehouseId, Words
from ngorder_tui.api.models import Page, Query, Record, Reply


class CreateWarehouse(Query):
    """A new warehouse: its name, whose address it has, and who may manage it."""

    warehouse: Words
    supplier_id: SupplierId
    user_id: tuple[UserId, ...]
    is_active: bool


class WarehouseQuery(Query):
    """Which warehouses are listed. The main one, id 0, must be asked for."""

    with_main_warehouse: bool | None = None
    admin_permission: bool | None = None
    is_active: Literal["ALL", "ACTIVE", "NON_ACTIVE"] | None = None


class OneWarehouse(Query):
    """Which warehouse."""

    id: WarehouseId


class UpdateWarehouse(Query):
    """A warehouse as it shall be."""

    id: WarehouseId
    warehouse: Words
    supplier_id: SupplierId
    user_id: tuple[UserId, ...]
    is_active: bool


class WarehouseRow(Record):
    """A warehouse: its name and the address of the supplier that stands for it."""

    id: WarehouseId
    warehouse: Opt[Text]
    supplier_id: Opt[SupplierId]
    address: Opt[Text]


class SavedWarehouse(Record):
    """What is answered when a warehouse was made or changed."""

    id: Opt[WarehouseId]
    name: Opt[Text]


CREATE = Endpoint("warehouse.create", "POST", "/warehouse", CreateWarehouse, Reply[SavedWarehouse], "Adds a warehouse.")
LIST = Endpoint("warehouse.list", "GET", "/warehouse", WarehouseQuery, Page[WarehouseRow], "Lists the warehouses.")
GET = Endpoint("warehouse.get", "GET", "/warehouse/{id}", OneWarehouse, Reply[WarehouseRow], "Shows one warehouse.")
UPDATE = Endpoint(
    "warehouse.update", "PATCH", "/warehouse", UpdateWarehouse, Reply[SavedWarehouse], "Changes a warehouse."
)
DELETE = Endpoint(
    "warehouse.delete", "DELETE", "/warehouse/{id}", OneWarehouse, Reply[WarehouseRow], "Deletes a warehouse."
)
