"""The contract as our own fixture has it, and sample arguments made from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Parameter:
    """One parameter. `parent` is the list or object that it is a field of; `closed` whether no other values exist."""

    name: str
    place: str
    type: str
    required: bool
    values: tuple[str | int, ...]
    closed: bool
    parent: str | None


@dataclass(frozen=True)
class Expected:
    """One endpoint as the contract has it."""

    id: str
    method: str
    path: str
    unconfirmed: bool
    paginated: bool
    parameters: tuple[Parameter, ...]

    def fields_of(self, parent: str | None) -> tuple[Parameter, ...]:
        """The parameters that stand directly in this list or object; None: those of the call itself."""
        return tuple(each for each in self.parameters if each.parent == parent)

    def sample(self, parent: str | None = None, *, required_only: bool = False) -> dict[str, Any]:
        """Arguments of the documented types, for every parameter or for the required ones."""
        return {
            each.name: self._value(each, required_only)
            for each in self.fields_of(parent)
            if each.required or not required_only
        }

    def _value(self, parameter: Parameter, required_only: bool) -> Any:
        if parameter.type == "object":
            return self.sample(parameter.name, required_only=required_only)
        if parameter.type == "array[object]":
            return [self.sample(parameter.name, required_only=required_only)]
        return sample_value(self.id, parameter)


def sample_value(id: str, parameter: Parameter) -> Any:
    """A value that fits the documented type, and the documented form where the type alone does not tell it."""
    if parameter.values:
        return parameter.values[0]
    if (known := _by_endpoint.get((id, parameter.name), _by_name.get(parameter.name))) is not None:
        return known
    match parameter.type:
        case "string":
            return f"some {parameter.name}"
        case "integer" | "numeric":
            return 3
        case "boolean":
            return True
        case "array[integer]":
            return [3, 4]
        case "array[string]":
            return ["3", "4"]
        case "file":
            return "/somewhere/picture.png"
        case other:
            raise AssertionError(other)


_by_name: dict[str, Any] = {
    "start_date": "2021-01-30",
    "end_date": "2021-02-28",
    "create_from": "2021-01-30",
    "create_to": "2021-02-28",
    "order_date": "2021-02-03",
    "date": "2021-02-04",
    "phone": "081200000001",
    "phone_number": "081200000002",
    "account_number": "0000123",
    "postal_code": "00123",
}
_by_endpoint: dict[tuple[str, str], Any] = {
    ("customer.download", "date"): "2021-02",
    ("customer_category.update", "discount_access"): "1",
    ("customer_category.update", "wholesale_access"): "0",
    ("payment.withdraw", "nominal"): 50_000,
    ("storefront_courier.update", "id"): "3",
}


@cache
def expected() -> tuple[Expected, ...]:
    """All endpoints, in the reference's order."""
    return tuple(_read(json.loads((HERE / "contract.json").read_text())))


def _read(endpoints: list[dict[str, Any]]) -> Iterator[Expected]:
    for each in endpoints:
        parameters = tuple(
            Parameter(
                name=one["name"],
                place=one["in"],
                type=one["type"],
                required=one["required"],
                values=tuple(one.get("values", ())),
                closed=not one.get("open", False),
                parent=one.get("item_of"),
            )
            for one in each.pop("params")
        )
        yield Expected(**each, parameters=parameters)
