"""An endpoint is one declaration; calling it makes a value, the Call; only the client sends it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, cast
from urllib.parse import quote

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from ngorder_tui.api.errors import Invalid
from ngorder_tui.api.fields import meanings
from ngorder_tui.api.models import Query
from ngorder_tui.api.text import clean, clean_all, may_be_unsafe

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Method = Literal["GET", "POST", "PATCH", "PUT", "DELETE"]
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
In = TypeVar("In", bound=Query)
Out_co = TypeVar("Out_co", covariant=True)

CHAPTERS = (
    "user", "shop", "supplier", "warehouse", "root_category", "product_category", "product", "stock_opname",
    "stock_transfer", "customer_category", "region", "customer", "bank", "expedition", "marketplace", "order_source",
    "order_cost", "order", "order_cancel", "storefront", "storefront_courier", "shipment", "payment_setting", "payment",
    "expense", "report", "analyzer", "notification", "billing", "woowa_customer", "woowa_order",
)  # fmt: skip
"""The chapters of the reference, in its order; each is a module of ngorder_tui.api.chapters, imported on first use."""

_readers: dict[str, TypeAdapter[Any]] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Endpoint(Generic[In, Out_co]):
    """One way to ask the API one thing.

    `id` is "chapter.verb", as `ngorder-tui api` takes it; `path` is below the base URL, with {slots} for path
    arguments; `summary` is one sentence for people. `unconfirmed` marks a path that the reference leaves out and we
    guess; `sends_file` one whose answer may be a file; `holds_secret` one whose answer
    is kept nowhere; `harmless` a POST that changes nothing.
    """

    id: str
    method: Method
    path: str
    takes: type[In]
    gives: type[Out_co]
    summary: str
    unconfirmed: bool = False
    sends_file: bool = False
    holds_secret: bool = False
    harmless: bool = False

    def __call__(self, arguments: In | None = None) -> Call[Out_co]:
        """The question as a value. Without arguments: the input model's defaults."""
        return Call(self, self.takes() if arguments is None else arguments)

    @property
    def chapter(self) -> str:
        """The chapter's module name."""
        return self.id.partition(".")[0]

    @property
    def is_write(self) -> bool:
        """Whether it changes anything at the other end."""
        return self.method != "GET" and not self.harmless

    def parse(self, given: Mapping[str, object]) -> Call[Out_co]:
        """A call made of loose arguments: text is read as what the field means. Raises Invalid, reasons per field."""
        try:
            return Call(self, self.takes.model_validate(given))
        except ValidationError as error:
            reasons = reasons_by_field(error)
            raise Invalid("; ".join(f"{name}: {' '.join(why)}" for name, why in reasons.items()), reasons) from None

    def read(self, body: bytes) -> Out_co:
        """The typed answer. Raises ValueError (pydantic's is one) where even a lenient reader cannot."""
        return self.read_value(decode(body))

    def read_value(self, value: object) -> Out_co:
        """The typed answer from decoded, cleaned JSON. Raises ValueError."""
        if (reader := _readers.get(self.id)) is None:
            reader = _readers[self.id] = TypeAdapter(self.gives)
        return cast(Out_co, reader.validate_python(value))


def decode(body: bytes) -> object:
    """JSON as it came, its strings cleaned of anything that steers a terminal. Raises ValueError."""
    text = body.decode("utf-8", "replace")
    try:
        try:
            value: object = from_json(text, allow_inf_nan=False)
        except ValueError:
            # It may be only that a lone half of a character is in it, which `clean` drops.
            value = json.loads(text, parse_constant=_refuse_constant)
        return clean_all(value) if may_be_unsafe(text) else value
    except RecursionError:
        raise ValueError("nested too deep") from None


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON value")


@dataclass(frozen=True, slots=True)
class Parts:
    """What goes on the wire: the filled path and where each argument goes."""

    method: Method
    path: str
    query: tuple[tuple[str, str], ...]
    body: Mapping[str, Any] | None
    files: Mapping[str, Path]


@dataclass(frozen=True, slots=True)
class Call(Generic[Out_co]):
    """A question as a value: it can be cached, journalled, compared and sent."""

    endpoint: Endpoint[Any, Out_co]
    arguments: Query

    def given(self) -> dict[str, Any]:
        """The arguments that were given, as JSON values under the names of the reference."""
        dumped = self.arguments.model_dump(mode="json", exclude_unset=True, by_alias=True)
        return _without_nothing(type(self.arguments), dumped)

    def noted(self) -> dict[str, Any]:
        """The arguments as the journal and the log may hold them: secrets masked."""
        secret = {name for name, what in meanings(type(self.arguments)).items() if what.kind == "secret"}
        return {name: "***" if name in secret else value for name, value in self.given().items()}

    @property
    def key(self) -> str:
        """The same text for the same question: the cache's key."""
        return f"{self.endpoint.id} {json.dumps(self.given(), sort_keys=True, separators=(',', ':'))}"

    def parts(self, path: str | None = None) -> Parts:
        """Where each argument goes: slots of the path first; the rest as query (GET), form (with a file) or JSON."""
        endpoint = self.endpoint
        given = self.given()
        path = endpoint.path if path is None else path
        for name in list(given):
            if (slot := f"{{{name}}}") in path:
                path = path.replace(slot, _as_segment(name, given.pop(name)))
        files = {name: value for name in list(given) if isinstance(value := getattr(self.arguments, name, None), Path)}
        rest = {name: value for name, value in given.items() if name not in files}
        if endpoint.method == "GET":
            return Parts(endpoint.method, path, tuple(_flatten(rest)), None, {})
        return Parts(endpoint.method, path, (), rest or None, files)


def _as_segment(name: str, value: object) -> str:
    """A path argument, quoted. Raises Invalid for one that would lead to another path."""
    text = _as_text(value)
    if text in {"", ".", ".."}:
        raise Invalid(f"{name}: cannot be {text!r}", {name: (f"cannot be {text!r}",)})
    return quote(text, safe="")


def _without_nothing(model: type[Query], given: Mapping[str, Any]) -> dict[str, Any]:
    """Without the optional arguments that say nothing; a required one may say null, which is then sent.

    Keys that the model takes without naming them are sent as they were given.
    """
    named = {field.serialization_alias or name for name, field in model.model_fields.items()}
    kept = {key: value for key, value in given.items() if key not in named}
    for name, field in model.model_fields.items():
        key = field.serialization_alias or name
        value = given.get(key)
        if key not in given or (value is None and not field.is_required()):
            continue
        inner = meanings(model)[name].model
        if inner is not None and isinstance(value, Mapping):
            value = _without_nothing(inner, value)
        elif inner is not None and isinstance(value, list):
            value = [_without_nothing(inner, item) for item in value]
        kept[key] = value
    return kept


def _as_text(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _flatten(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Query pairs: flags as 1 and 0 (the text "false" is true to many servers), lists as name[0][key]."""
    for name, item in value.items():
        if isinstance(item, Mapping):
            yield from _flatten({f"{name}[{key}]": inner for key, inner in item.items()})
        elif isinstance(item, list):
            yield from _flatten({f"{name}[{index}]": inner for index, inner in enumerate(item)})
        else:
            yield name, _as_text(item)


def find(id: str) -> Endpoint[Any, Any]:
    """The endpoint of that id: imports its one chapter. Raises KeyError for an unknown id."""
    chapter, _, verb = id.partition(".")
    if chapter not in CHAPTERS or not verb.islower():
        raise KeyError(id)
    module = import_module(f"ngorder_tui.api.chapters.{chapter}")
    found = getattr(module, verb.upper(), None)
    if not isinstance(found, Endpoint):
        raise KeyError(id)
    return found


def of_chapter(chapter: str) -> tuple[Endpoint[Any, Any], ...]:
    """The chapter's endpoints, in the order of their declaration."""
    module = import_module(f"ngorder_tui.api.chapters.{chapter}")
    return tuple(value for value in vars(module).values() if isinstance(value, Endpoint))


def every() -> tuple[Endpoint[Any, Any], ...]:
    """All endpoints in the reference's order: imports all chapters (some 200 ms)."""
    return tuple(endpoint for chapter in CHAPTERS for endpoint in of_chapter(chapter))


_sentences = {
    "missing": "is required",
    "extra_forbidden": "is no argument of this call",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_type": "must be a whole number",
    "float_parsing": "must be a number",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "tuple_type": "must be a list",
    "model_type": "must be a set of named values",
    "string_pattern_mismatch": "has characters or a length that do not fit here",
}


def reasons_by_field(error: ValidationError) -> dict[str, tuple[str, ...]]:
    """A validation error as sentences by dotted field path; never repeats what was typed."""
    reasons: dict[str, list[str]] = {}
    for problem in error.errors(include_url=False, include_input=False):
        if problem["type"] == "int_type" and problem["loc"][-1] == "int":
            continue  # the strict half of Rupiah: its lenient half gives the reason
        path = ".".join(clean(str(part)) for part in problem["loc"] if not _is_union_label(part))
        if (sentence := _sentence(problem)) not in reasons.setdefault(path, []):
            reasons[path].append(sentence)
    return {path: tuple(why) for path, why in reasons.items()}


def _is_union_label(part: int | str) -> bool:
    return isinstance(part, str) and ("[" in part or part in {"int", "none"})


def _sentence(problem: ErrorDetails) -> str:
    limits: Mapping[str, object] = problem.get("ctx") or {}
    match problem["type"]:
        case "greater_than_equal":
            return f"must be {limits['ge']} or more"
        case "less_than_equal":
            return f"must be {limits['le']} or less"
        case "literal_error":
            return f"must be one of {limits['expected']}"
        case "too_long":
            return f"may hold {limits['max_length']} at most"
        case "too_short":
            return f"must hold {limits['min_length']} at least"
        case "string_too_long":
            return f"may have {limits['max_length']} characters at most"
        case "value_error":
            return str(limits.get("error", problem["msg"]))
        case other:
            return _sentences.get(other, problem["msg"])
