"""The meaning of a value, and every way the API may spell it (contract: "Numbers, ids and money", "Dates and times").

Readers are lenient in what they take and exact in what they hold: money is an int in rupiah, a time is aware, a
flag is a bool. What a reader cannot read raises ValueError; `Record` then keeps the raw value beside the fields.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, NewType, TypeVar, get_args, get_origin, get_type_hints

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    Strict,
    StringConstraints,
)

from ngorder_tui.clock import JAKARTA

T = TypeVar("T")

OrderId = NewType("OrderId", int)
PaymentId = NewType("PaymentId", int)
CustomerId = NewType("CustomerId", int)
ProductId = NewType("ProductId", int)
VariationId = NewType("VariationId", int)
WarehouseId = NewType("WarehouseId", int)
SupplierId = NewType("SupplierId", int)
CategoryId = NewType("CategoryId", int)
RootCategoryId = NewType("RootCategoryId", int)
CustomerCategoryId = NewType("CustomerCategoryId", int)
DistrictId = NewType("DistrictId", int)
BankId = NewType("BankId", int)
BankMasterId = NewType("BankMasterId", int)
XenditBankId = NewType("XenditBankId", int)
UserId = NewType("UserId", int)
ShopId = NewType("ShopId", int)
ServiceId = NewType("ServiceId", int)
RateId = NewType("RateId", int)
CourierNumber = NewType("CourierNumber", int)
OrderSourceId = NewType("OrderSourceId", int)
MarketplaceId = NewType("MarketplaceId", int)
OrderCostId = NewType("OrderCostId", str)
TransferId = NewType("TransferId", int)
OpnameId = NewType("OpnameId", int)
PromoId = NewType("PromoId", int)
ExpenseId = NewType("ExpenseId", int)
AdminFeeId = NewType("AdminFeeId", int)
CustomCourierId = NewType("CustomCourierId", int)
BillingId = NewType("BillingId", int)
InvoiceId = NewType("InvoiceId", str)
NotificationId = NewType("NotificationId", str)

_grouped = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,00)?|-?\d{1,3}(?:,\d{3})+(?:\.00)?|-?\d+(?:[.,]00?)?")


def read_rupiah(value: object) -> int:
    """ "Rp9.693.125", "Rp7800", "109900", 100000.0 and 100000 as whole rupiah. Raises ValueError for anything else."""
    if isinstance(value, bool) or value is None:
        raise ValueError("not an amount of rupiah")
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        text = re.sub(r"(?i)^(-?)\s*(?:rp|idr)\.?\s*", r"\1", value.strip()).replace(" ", "")
        if _grouped.fullmatch(text):
            return int(re.sub(r"[.,]", "", re.sub(r"(?<=\d)[.,]0{1,2}$", "", text)))
    raise ValueError("not an amount of rupiah")


def read_yes_no(value: object) -> bool:
    """Y, N, 1, 0, "1", "0", true and false as a flag. Raises ValueError for other words."""
    if isinstance(value, bool):
        return value
    match str(value).strip().casefold():
        case "y" | "1" | "true" | "yes" | "ya":
            return True
        case "n" | "0" | "false" | "no" | "tidak":
            return False
    raise ValueError("not a yes or no")


def whole(value: object) -> object:
    """Digits typed as text as an int, for a choice among numbers; anything else as it came, so that it is refused."""
    return int(value) if isinstance(value, str) and re.fullmatch(r"\s*-?\d{1,9}\s*", value) else value


def read_day(value: object) -> date:
    """A day: yyyy-mm-dd, or dd-mm-yyyy and dd/mm/yyyy as people here write it. Raises ValueError."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        text = value.strip().replace("/", "-")
        if re.fullmatch(r"\d{1,2}-\d{1,2}-\d{4}", text):
            text = "-".join(reversed(text.split("-")))
        if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
            return date(int(match[1]), int(match[2]), int(match[3]))
    raise ValueError("not a day (write it as yyyy-mm-dd)")


def read_when(value: object) -> date:
    """A day, or an aware time, in any of the API's seven spellings.

    A bare time is of Jakarta, a Z time of UTC. What has no time of day stays a day. Raises ValueError.
    """
    if isinstance(value, dict) and set(value) == {"$date"}:
        inner = value["$date"]
        return read_when(inner.get("$numberLong") if isinstance(inner, dict) else inner)
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=JAKARTA)
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if re.fullmatch(r"\d{12,14}", text):
        return datetime.fromtimestamp(int(text) / 1000, UTC).astimezone(JAKARTA)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text)
    if re.match(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}", text):
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=JAKARTA)).astimezone(JAKARTA)
    raise ValueError("not a day or time")


def _read_blank(value: object) -> None:
    if value in ([], {}) or (isinstance(value, str) and not value.strip()):
        return
    raise ValueError("not blank")


def _no_control(text: str) -> str:
    if any(ord(char) < 32 and char not in "\n\t" for char in text):
        raise ValueError("holds control characters")
    return text


Rupiah = Annotated[
    Annotated[int, Strict()] | Annotated[int, BeforeValidator(read_rupiah)], Field(union_mode="left_to_right")
]
"""Whole rupiah."""
YesNo = Annotated[bool, PlainValidator(read_yes_no)]
"""A flag, however it is spelled."""
When = Annotated[date, PlainValidator(read_when)]
"""A day, or an aware datetime where the server gave a time of day."""
Number = int | float
"""A count or weight that may have decimals: an int stays an int."""
Text = str
"""Words of the server's, cleaned of control characters by the reader."""

Day = Annotated[date, PlainValidator(read_day), PlainSerializer(date.isoformat, return_type=str)]
"""A day that is asked for; sent as yyyy-mm-dd."""
Quantity = Annotated[int, Field(ge=1, le=1_000_000)]
"""How many pieces."""
Percent = Annotated[int, Field(ge=0, le=100)]
"""Whole percent."""
Amount = Annotated[Rupiah, Field(ge=0, le=10**12)]
"""Whole rupiah that is sent: never negative."""
Words = Annotated[str, StringConstraints(min_length=1), AfterValidator(_no_control)]
"""Text that is sent: not empty, no control characters."""
MaybeBlank = Annotated[str, AfterValidator(_no_control)]
"""Text that is sent and may be empty, which says that there is none."""
Phone = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\+?[0-9][0-9 ()\-]{4,23}$")]
"""A telephone number: text, so that its leading zero stays."""
Digits = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9]+$")]
"""A postal code or account number: text, so that its leading zeros stay."""
Secret = Annotated[str, Field(min_length=1, json_schema_extra={"secret": True})]
"""A password, PIN or key: never shown (`Query` masks it in its repr), logged or kept."""
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
"""A month that is asked for, yyyy-mm."""
Upload = Annotated[Path, PlainValidator(lambda value: Path(str(value)).expanduser())]
"""A file that is sent; makes the request multipart."""

_Blank = Annotated[None, BeforeValidator(_read_blank)]
Opt = Annotated[None | T | _Blank, Field(default=None, union_mode="left_to_right")]
"""A key of an answer: may be missing, null, blank, or a T. Its default is None."""

Kind = Literal[
    "rupiah", "quantity", "percent", "whole", "number", "day", "month", "text", "phone", "digits", "secret",
    "flag", "choice", "id", "file", "object", "objects", "values",
]  # fmt: skip


class Meaning:
    """What kind of value a field of an input model takes: picks its input widget, its help and its clear error."""

    __slots__ = ("choices", "id_type", "kind", "model")

    def __init__(
        self,
        kind: Kind,
        *,
        choices: tuple[object, ...] = (),
        id_type: str = "",
        model: type[Any] | None = None,
    ) -> None:
        self.kind = kind
        self.choices = choices
        self.id_type = id_type
        self.model = model


_aliases: dict[object, Kind] = {
    Rupiah: "rupiah", Amount: "rupiah", YesNo: "flag", Day: "day", Quantity: "quantity", Percent: "percent",
    Phone: "phone", Digits: "digits", Secret: "secret", Month: "month", Upload: "file", Words: "text",
    MaybeBlank: "text",
}  # fmt: skip


@lru_cache(256)
def meanings(model: type[Any]) -> Mapping[str, Meaning]:
    """The meaning of every field of an input model, by name.

    Read from the annotations as written: FieldInfo has lost the name of a required field's type.
    """
    hints = get_type_hints(model, include_extras=True)
    return {name: meaning(hints[name]) for name in model.model_fields}


def meaning(annotation: Any) -> Meaning:
    """The meaning of a field's annotation; unions with None are unwrapped, since they hide it from FieldInfo."""
    if (kind := _aliases.get(annotation)) is not None:
        return Meaning(kind)
    if isinstance(annotation, NewType):
        return Meaning("id", id_type=annotation.__name__ or "")
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return Meaning("choice", choices=args)
    if origin is tuple:
        inner = meaning(args[0])
        return (
            Meaning("objects", model=inner.model)
            if inner.kind == "object"
            else Meaning("values", choices=inner.choices)
        )
    if origin is Annotated:
        return meaning(Annotated[args[:-1]] if len(args) > 2 else args[0])
    if args:
        rest = [arg for arg in args if arg is not type(None)]
        return meaning(rest[0])
    if isinstance(annotation, type):
        if hasattr(annotation, "model_fields"):
            return Meaning("object", model=annotation)
        if issubclass(annotation, bool):
            return Meaning("flag")
        if issubclass(annotation, int):
            return Meaning("whole")
        if issubclass(annotation, float):
            return Meaning("number")
    return Meaning("text")
