"""The two kinds of model: what is asked (exact) and what is answered (lenient)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar, Generic, Self, TypeVar

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    RootModel,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from ngorder_tui.api.fields import Opt, Text, meanings

T = TypeVar("T")


class Query(BaseModel):
    """What is asked. Exact, so that a wrong argument never leaves this machine; frozen and hashable (tuples, no lists).

    What was not given is not sent: an unset field is left out of the request.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True, hide_input_in_errors=True)

    @field_validator("*", mode="before")
    @classmethod
    def _flags_are_no_numbers(cls, value: object, info: ValidationInfo) -> object:
        name = info.field_name
        if isinstance(value, bool) and name and meanings(cls)[name].kind != "flag":
            raise ValueError("yes or no given where something else is asked")
        return value

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """A repr goes into logs and tracebacks: no secret is in it."""
        kinds = meanings(type(self))
        for name, value in super().__repr_args__():
            hidden = name is not None and value is not None and name in kinds and kinds[name].kind == "secret"
            yield name, "***" if hidden else value


class Paged(Query):
    """A question that is answered page by page; its two fields stand behind the subclass's own, as in the reference.

    A subclass whose page has a documented greatest size declares `per_page` again with it.
    """

    per_page: Annotated[int, Field(ge=1)] | None = None
    pagination_offset: Annotated[int, Field(ge=1)] | None = None

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        fields = cls.__pydantic_fields__
        for name in Paged.__pydantic_fields__:
            fields[name] = fields.pop(name)


class Record(BaseModel):
    """What is answered. No key is lost: unknown ones are kept, and so is, raw, what an optional field cannot read.

    A key in `must_be_read` is not excused: without it the answer would say something false.
    """

    must_be_read: ClassVar[frozenset[str]] = frozenset()
    model_config = ConfigDict(
        extra="allow", frozen=True, defer_build=True, coerce_numbers_to_str=True, protected_namespaces=()
    )

    @model_validator(mode="wrap")
    @classmethod
    def _keep_what_cannot_be_read(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(data)
        except ValidationError as error:
            if not isinstance(data, dict):
                raise
            names = {
                str(problem["loc"][0])
                for problem in error.errors(include_url=False, include_context=False)
                if problem["loc"]
            }
            fields = cls.model_fields
            odd = {key: data[key] for key in data if key in names}
            if not odd or names & cls.must_be_read or any(n in fields and fields[n].is_required() for n in names):
                raise
            record = handler({key: value for key, value in data.items() if key not in odd})
            if record.__pydantic_extra__ is not None:
                record.__pydantic_extra__.update(odd)
            return record


class Unreadable(RootModel[object]):
    """A row that even a lenient reader could not read, kept as it came: one bad row costs that row only."""

    def __hash__(self) -> int:
        return id(self)


def _rows(value: object) -> object:
    return [] if value is None else value


Rows = Annotated[
    list[Annotated[T | Unreadable, Field(union_mode="left_to_right")]],
    BeforeValidator(_rows),
    Field(default_factory=list),
]
"""The rows of a list; what could not be read stands in its place as Unreadable."""


class Pagination(Record):
    """Where a page stands. `links` are never followed: they lack paths, pages and filters."""

    total: Opt[int]
    count: Opt[int]
    per_page: Opt[int]
    current_page: Opt[int]
    total_pages: Opt[int]
    links: Opt[object]


class Meta(Record):
    """What stands beside the rows."""

    pagination: Opt[Pagination]


class Page(Record, Generic[T]):
    """A page of a list; a missing `meta` means that there is one page only."""

    must_be_read = frozenset({"data"})
    data: Rows[T]
    meta: Opt[Meta]

    @property
    def total(self) -> int | None:
        """How many records the whole list has, None where the server does not tell."""
        return self.meta.pagination.total if self.meta and self.meta.pagination else None

    @property
    def is_last(self) -> bool:
        """Whether no page follows: told by page numbers, never by `count`, which lies."""
        here = self.meta.pagination if self.meta else None
        if here is None or not self.data:
            return True
        return here.current_page is not None and here.total_pages is not None and here.current_page >= here.total_pages

    def readable(self) -> list[T]:
        """The rows that could be read."""
        return [row for row in self.data if not isinstance(row, Unreadable)]


class Reply(Record, Generic[T]):
    """The answer to a write, or one thing asked for: the usual envelope."""

    response: Opt[Text]
    message: Opt[object]
    request_id: Opt[Text]
    data: Opt[T]

    @property
    def sentence(self) -> str:
        """What the server says of it, as one line."""
        match self.message:
            case None:
                return ""
            case str(text):
                return text
            case list(lines):
                return " ".join(str(line) for line in lines)
            case other:
                return str(other)


def spelled(key: str, *others: str) -> Any:
    """A key of an answer whose spelling is no name of ours: read in each of these spellings, shown in the first."""
    return Field(default=None, validation_alias=AliasChoices(key, *others), serialization_alias=key)


def as_json(value: object) -> object:
    """A typed answer as plain JSON values: times in ISO 8601, the server's own keys, no key that did not come."""
    match value:
        case Unreadable():
            return value.root
        case BaseModel():
            fields = type(value).model_fields
            known = {
                fields[name].serialization_alias or fields[name].alias or name: getattr(value, name)
                for name in fields
                if name in value.model_fields_set
            }
            return {key: as_json(item) for key, item in (known | (value.model_extra or {})).items()}
        case date():
            return value.isoformat()
        case Path():
            return str(value)
        case dict():
            return {str(key): as_json(item) for key, item in value.items()}
        case list() | tuple():
            return [as_json(item) for item in value]
        case _:
            return value


class Anything(Record):
    """An answer that the reference does not show: every key is kept as it came."""


class SavedFile(BaseModel):
    """A file that the server sent, saved on this machine."""

    model_config = ConfigDict(frozen=True)

    file: str
    bytes: int
    content_type: str


class FileReply(Reply[object]):
    """What an endpoint answers that may send a file: the file, saved, or only a sentence (it mails it, or refuses)."""

    saved: SavedFile | None = None
