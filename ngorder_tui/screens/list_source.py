"""Where a list screen's rows come from: the chapter's endpoints, resolved on first use, and the question as typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from ngorder_tui.api.endpoint import Call, Endpoint
    from ngorder_tui.api.models import Page

RowT = TypeVar("RowT")
PAGING = ("per_page", "pagination_offset")


@dataclass(frozen=True, slots=True)
class ListEndpoints(Generic[RowT]):
    """The endpoints behind a list: how it is read, and what can be made and changed.

    `key` is the field that tells records apart; `create` and `edit` become forms; `initial` turns a row into the edit
    form's values under the names of the edit endpoint's arguments.
    """

    read: Endpoint[Any, Page[RowT]]
    key: str = "id"
    create: Endpoint[Any, Any] | None = None
    edit: Endpoint[Any, Any] | None = None
    initial: Callable[[RowT], Mapping[str, object]] | None = None

    def page(self, question: Mapping[str, object], page: int, per_page: int) -> Call[Page[RowT]]:
        """The call for one page of the list. Raises Invalid with reasons per field."""
        given = dict(question)
        fields = self.read.takes.model_fields
        if "pagination_offset" in fields:
            given["pagination_offset"] = page
        if "per_page" in fields:
            given["per_page"] = per_page
        return self.read.parse(given)

    @property
    def is_paged(self) -> bool:
        """Whether pages can be asked for."""
        return "pagination_offset" in self.read.takes.model_fields

    @property
    def searches(self) -> bool:
        """Whether the API can search this list for a keyword."""
        return "keyword" in self.read.takes.model_fields

    def filters(self) -> list[str]:
        """The arguments that the filter form offers: all but paging and the keyword."""
        return [name for name in self.read.takes.model_fields if name not in (*PAGING, "keyword")]

    def row_key(self, row: RowT) -> str:
        """The record's key, as text."""
        return str(getattr(row, self.key))
