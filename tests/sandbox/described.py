"""The sandbox's description of itself, held tighter: by the documented shapes, and by the records of a shop."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.sandbox.shapes import Shape

Schema = dict[str, Any]

IDS = {
    "BankId": "SELECT bank_id FROM bank",
    "CategoryId": "SELECT id FROM product_category",
    "CustomerCategoryId": "SELECT id FROM customer_category",
    "CustomerId": "SELECT id FROM customer",
    "DistrictId": "SELECT id FROM district",
    "MarketplaceId": "SELECT marketplace_id FROM marketplace",
    "NotificationId": "SELECT id FROM notification",
    "OpnameId": "SELECT id FROM stock_opname",
    "OrderCostId": "SELECT order_cost_id FROM order_cost",
    "OrderId": "SELECT order_id FROM orders",
    "OrderSourceId": "SELECT id FROM order_source",
    "PaymentId": "SELECT payment_id FROM privor_payment",
    "ProductId": "SELECT id FROM product",
    "PromoId": "SELECT id FROM promo",
    "RateId": "SELECT rate_id FROM expedition",
    "RootCategoryId": "SELECT id FROM root_category",
    "ServiceId": "SELECT id FROM expedition",
    "ShopId": "SELECT id FROM shop",
    "SupplierId": "SELECT id FROM supplier",
    "TransferId": "SELECT id FROM stock_transfer",
    "UserId": "SELECT id FROM user",
    "VariationId": "SELECT id FROM variation",
    "WarehouseId": "SELECT id FROM warehouse",
}
"""Where the records of each id are: random numbers alone would never meet one."""
_LINKS: Schema = {
    "type": ["array", "object"],
    "maxItems": 0,
    "properties": {"previous": {"type": "string"}, "next": {"type": "string"}},
    "additionalProperties": False,
}
"""Which of the links there are depends on the page; an example shows one page."""
_SAID_NO: Schema = {"not": {"required": ["response"], "properties": {"response": {"const": "Failed"}}}}


@dataclass
class _Place:
    """A path of a shape, with the paths below it."""

    types: frozenset[str]
    keys: dict[str, _Place] = field(default_factory=dict)
    element: _Place | None = None
    free: bool = False

    def schema(self) -> Schema:
        """Of these types or null, with these keys and no others. An empty list tells nothing of its elements."""
        if self.free or self.types == {"null"}:
            return {}
        told: Schema = {"type": sorted(self.types | {"null"})}
        if self.element is not None:
            told["items"] = self.element.schema()
        if "object" in self.types:
            told["properties"] = {key: _LINKS if key == "links" else place.schema() for key, place in self.keys.items()}
            told["required"] = [key for key, place in self.keys.items() if not place.free]
            told["additionalProperties"] = False
        return told


def schema_of(shape: Shape, free: Iterable[str] = ()) -> Schema:
    """The schema of a documented shape; `free` are paths that may be anything, or be missing."""
    root = _Place(shape[""])
    free = frozenset(free)
    for path, types in (dict(shape) | {path: shape.get(path, frozenset()) for path in free}).items():
        *above, last = path.split("/")[1:] or [""]
        place = root
        for step in above:
            place = place.element if step == "*" and place.element is not None else place.keys[step]
        if last == "*":
            place.element = _Place(types, free=path in free)
        elif path:
            place.keys[last] = _Place(types, free=path in free)
    return root.schema()


def hold_to_shapes(document: Schema, shapes: Mapping[str, Shape], free: Mapping[str, Iterable[str]]) -> None:
    """Let every answer of success be no "Failed", and be as its documented shape too where there is one."""
    for operation in operations(document):
        content = operation["responses"]["200"]["content"]["application/json"]
        also = [_SAID_NO]
        if shape := shapes.get(operation["operationId"]):
            also.append(schema_of(shape, free.get(operation["operationId"], ())))
        content["schema"] = {"allOf": [content["schema"], *also]}


def offer_records(document: Schema, db: sqlite3.Connection) -> None:
    """Let each id that is asked for be one of this shop's records, or any number."""
    known = {name: [row[0] for row in db.execute(f"{sql} LIMIT 40")] for name, sql in IDS.items()}

    def offer(value: object) -> None:
        if isinstance(value, list):
            for inner in value:
                offer(inner)
        elif isinstance(value, dict):
            if isinstance(kind := value.get("title"), str):
                anything = dict(value)
                value.clear()
                value["anyOf"] = [{"enum": known[kind]}, anything]
                return
            for inner in value.values():
                offer(inner)

    offer(document["paths"])
    offer(document["components"]["schemas"])


def places(operation: Schema) -> dict[str, str]:
    """Where each argument of an operation goes: path, query or body."""
    inside = operation.get("requestBody", {"content": {}})["content"].values()
    named = {name: "body" for media in inside for name in media["schema"]["properties"]}
    return named | {parameter["name"]: parameter["in"] for parameter in operation["parameters"]}


def operations(document: Schema) -> list[Schema]:
    """All operations."""
    return [operation for methods in document["paths"].values() for operation in methods.values()]


def copy_of(document: Schema) -> Schema:
    """A document that can be changed."""
    copied: Schema = json.loads(json.dumps(document))
    return copied
