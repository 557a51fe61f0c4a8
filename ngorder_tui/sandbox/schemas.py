"""JSON Schemas of the registry's models: what is asked exactly, what is answered in every spelling that is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

from pydantic import AliasChoices, BaseModel, PlainSerializer
from pydantic.fields import FieldInfo

from ngorder_tui.api import fields
from ngorder_tui.api.models import Query, Record, Unreadable

Schema = dict[str, Any]

_SPOKEN = r"^[^\x00-\x08\x0b-\x1f]*$"
_ASKED: Mapping[object, Schema] = {
    fields.Rupiah: {"type": "integer"},
    fields.Day: {"type": "string", "format": "date"},
    fields.YesNo: {"type": "boolean"},
    fields.Upload: {"type": "string", "format": "binary"},
    fields.Words: {"type": "string", "minLength": 1, "pattern": _SPOKEN},
    fields.MaybeBlank: {"type": "string", "pattern": _SPOKEN},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
}

_WHOLE = r"^\s*[+-]?[0-9]+\s*$"
_ANSWERED: Mapping[object, Schema] = {
    get_args(fields.Rupiah)[0]: {
        "type": ["integer", "number", "string"],
        "pattern": r"^-?([Rr][Pp]|IDR)?\.?\s*-?[0-9]+([.,][0-9]{3})*([.,]0{1,2})?$",
    },
    fields.YesNo: {"enum": ["Y", "N", "y", "n", "1", "0", 1, 0, True, False]},
    fields.When: {
        "anyOf": [
            {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}.*)?$"},
            {"type": "object", "properties": {"$date": {}}, "required": ["$date"], "additionalProperties": False},
        ]
    },
    bool: {"type": "boolean"},
    int: {"type": ["integer", "string"], "pattern": _WHOLE},
    float: {"type": ["number", "string"], "pattern": r"^\s*[+-]?[0-9]+(\.[0-9]+)?\s*$"},
    str: {"type": ["string", "number"]},
    object: {},
    NoneType: {"type": "null"},
}
BLANK: Schema = {"enum": [None, "", [], {}], "description": "The spellings in which a value is left out."}


class Schemas:
    """Makes schemas; a model of a name is described once, in `components`, and referred to."""

    def __init__(self) -> None:
        self.components: dict[str, Schema] = {"Blank": BLANK}

    def asked(self, model: type[Query]) -> Schema:
        """The schema of an input model: the arguments as the client sends them."""
        return self._component(model, self._asked_object)

    def arguments(self, model: type[Query]) -> dict[str, tuple[Schema, bool]]:
        """Each argument of an input model under the name that the API knows: its schema, and if it must be sent."""
        hints = get_type_hints(model, include_extras=True)
        found: dict[str, tuple[Schema, bool]] = {}
        for name, field in model.model_fields.items():
            schema = self._asked(hints[name])
            if field.is_required() and NoneType in get_args(field.annotation):
                schema = {"anyOf": [schema, {"type": "null"}]}
            found[field.serialization_alias or name] = schema, field.is_required()
        return found

    def answered(self, annotation: object) -> Schema:
        """The schema of an output model, or of the annotation of one of its fields."""
        if (known := _known(_ANSWERED, annotation)) is not None:
            return known
        origin, args = get_origin(annotation), get_args(annotation)
        if isinstance(annotation, NewType):
            return self.answered(annotation.__supertype__)
        if origin is Annotated:
            # The second way in which Opt reads None takes the blanks.
            return {"$ref": "#/components/schemas/Blank"} if args[0] is NoneType else self.answered(args[0])
        if origin in (Union, UnionType):
            return _any_of(self.answered(arg) for arg in args if arg is not Unreadable)
        if origin is list:
            return {"type": "array", "items": self.answered(args[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.answered(args[1])}
        if isinstance(annotation, type) and issubclass(annotation, Record):
            if annotation.__pydantic_generic_metadata__["args"]:
                return self._answered_object(annotation)
            return self._component(annotation, self._answered_object)
        raise TypeError(f"no schema is known for {annotation!r}")

    def _component(self, model: type[BaseModel], make: Any) -> Schema:
        name = f"{model.__module__.rpartition('.')[2]}.{model.__name__}"
        if name not in self.components:
            self.components[name] = {}
            self.components[name] = make(model)
        return {"$ref": f"#/components/schemas/{name}"}

    def _asked_object(self, model: type[Query]) -> Schema:
        arguments = self.arguments(model)
        open_ended = model.model_config.get("extra") == "allow"
        return {
            "type": "object",
            **_described(model),
            "properties": {name: schema for name, (schema, _) in arguments.items()},
            "required": [name for name, (_, required) in arguments.items() if required],
            "additionalProperties": open_ended,
        }

    def _asked(self, annotation: object) -> Schema:
        if (known := _known(_ASKED, annotation)) is not None:
            return known
        origin, args = get_origin(annotation), get_args(annotation)
        if isinstance(annotation, NewType):
            return {**self._asked(annotation.__supertype__), "title": annotation.__name__}
        if origin is Literal:
            return {"enum": list(args)}
        if origin is tuple:
            return {"type": "array", "items": self._asked(args[0])}
        if origin is Annotated:
            return self._limited(args[0], args[1:])
        if origin in (Union, UnionType):
            return _any_of(self._asked(arg) for arg in args if arg is not NoneType)
        if isinstance(annotation, type) and issubclass(annotation, Query):
            return self.asked(annotation)
        raise TypeError(f"no schema is known for {annotation!r}")

    def _limited(self, annotation: object, notes: Iterable[object]) -> Schema:
        """A schema within the limits noted beside its annotation."""
        schema: Schema | None = None
        for note in notes:
            if isinstance(note, PlainSerializer) and annotation is bool:
                spell: Any = note.func
                schema = {"enum": [spell(True), spell(False)]}
        schema = self._asked(annotation) if schema is None else schema
        size = "Items" if schema.get("type") == "array" else "Length"
        words = {"ge": "minimum", "le": "maximum", "min_length": f"min{size}", "max_length": f"max{size}"}
        for note in notes:
            for limit in note.metadata if isinstance(note, FieldInfo) else (note,):
                for attribute, word in (words | {"pattern": "pattern"}).items():
                    if (value := getattr(limit, attribute, None)) is not None:
                        schema[word] = value
        return schema

    def _answered_object(self, model: type[Record]) -> Schema:
        properties: dict[str, Schema] = {}
        required: list[str] = []
        for name, field in model.model_fields.items():
            schema = self.answered(_whole_annotation(field))
            spellings = _spellings(name, field)
            properties |= dict.fromkeys(spellings, schema)
            if field.is_required() or name in model.must_be_read:
                required += spellings[:1]
        return {"type": "object", **_described(model), "properties": properties, "required": required}


def _known(table: Mapping[object, Schema], annotation: object) -> Schema | None:
    try:
        found = table.get(annotation)
    except TypeError:  # what holds a list of metadata has no hash
        return None
    return None if found is None else dict(found)


def _any_of(schemas: Iterable[Schema]) -> Schema:
    """One of these; what a blank includes is not said twice."""
    found = [schema for schema in schemas if schema != {"type": "null"}]
    different = [schema for place, schema in enumerate(found) if schema not in found[:place]]
    if {} in different:
        return {}
    return different[0] if len(different) == 1 else {"anyOf": different}


def _whole_annotation(field: FieldInfo) -> object:
    """A field's annotation with the validators that pydantic has put beside it."""
    validators = tuple(note for note in field.metadata if hasattr(note, "func"))
    return Annotated[(field.annotation, *validators)] if validators else field.annotation


def _spellings(name: str, field: FieldInfo) -> list[str]:
    if isinstance(field.validation_alias, AliasChoices):
        return [str(spelling) for spelling in field.validation_alias.choices]
    return [field.serialization_alias or name]


def _described(model: type[BaseModel]) -> Schema:
    own = "__doc__" in vars(model) and bool(model.__doc__)
    generic = bool(model.__pydantic_generic_metadata__["origin"])
    return {"description": " ".join((model.__doc__ or "").split())} if own and not generic else {}
