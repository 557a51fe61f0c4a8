"""The shape of a form: what an input model asks for, field by field, under the names that the API knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args, get_origin

from pydantic.fields import FieldInfo

from ngorder_tui.api.fields import Kind, Meaning, meaning, meanings
from ngorder_tui.api.models import Query


@dataclass(frozen=True, slots=True)
class FieldShape:
    """A field of a form.

    `item` is the kind of each of several values, `model` the model of a nested object; `may_be_blank` tells that empty
    words, or a list of nothing, are taken.
    """

    name: str
    kind: Kind
    required: bool
    choices: tuple[object, ...] = ()
    id_type: str = ""
    item: Kind = "text"
    model: type[Query] | None = None
    may_be_blank: bool = False


def shape_of(model: type[Query]) -> tuple[FieldShape, ...]:
    """The fields of a model in its order."""
    known = meanings(model)
    return tuple(_shape(name, field, known[name]) for name, field in model.model_fields.items())


def _shape(name: str, field: FieldInfo, known: Meaning) -> FieldShape:
    model = known.model if isinstance(known.model, type) and issubclass(known.model, Query) else None
    parts = tuple(_parts(field.annotation))
    return FieldShape(
        field.validation_alias if isinstance(field.validation_alias, str) else name,
        # An int or a float is read by meaning() as its first part, a whole number.
        "number" if known.kind == "whole" and float in parts else known.kind,
        field.is_required(),
        known.choices,
        known.id_type,
        _item_kind(parts) if known.kind == "values" else "text",
        model,
        known.kind in {"text", "values", "objects"}
        and not any(getattr(part, "min_length", None) for part in field.metadata),
    )


def _parts(annotation: object) -> Iterator[object]:
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


def _item_kind(parts: Iterable[object]) -> Kind:
    """The kind of a tuple's items, through the unions around the tuple."""
    items = (get_args(part)[0] for part in parts if get_origin(part) is tuple)
    return next((meaning(item).kind for item in items), "text")
