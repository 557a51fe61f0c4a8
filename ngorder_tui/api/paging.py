"""Walking all pages of a list while it moves: every record once, none left out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import Any, Generic, TypeVar, get_args

from annotated_types import Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ngorder_tui.api.endpoint import Call, Endpoint
from ngorder_tui.api.models import Page, Unreadable, as_json

T = TypeVar("T")
IDS = ("id", "order_id", "payment_id")
"""What a record of a paged list is known by, where its model has such a key at all."""


def gives_pages(endpoint: Endpoint[Any, Any]) -> bool:
    """Whether its answer is a list that `Walk` can walk."""
    return isinstance(endpoint.gives, type) and issubclass(endpoint.gives, Page)


def greatest_page(endpoint: Endpoint[Any, Any]) -> int | None:
    """How many records a page may hold at most, None where the reference does not say."""
    field = endpoint.takes.model_fields.get("per_page")
    return None if field is None else _greatest(field.annotation, field.metadata)


def _greatest(annotation: Any, metadata: Iterable[object]) -> int | None:
    """The greatest value that is allowed; a union with None hides it from the field, so its members are asked too."""
    for limit in metadata:
        if isinstance(limit, Le) and isinstance(limit.le, int):
            return limit.le
        if isinstance(limit, FieldInfo) and (found := _greatest(None, limit.metadata)) is not None:
            return found
    for member in get_args(annotation):
        if (found := _greatest(member, getattr(member, "__metadata__", ()))) is not None:
            return found
    return None


class Walk(Generic[T]):
    """All records of a list, page after page: `async for row in Walk(client.send, call)`.

    New records push old ones onto the next page, so a record that was given is not given again; and where the total
    has changed on the way, the list is walked again for what slipped through, `walks` times at most. `settled` then
    tells whether the last walk ended as it began. Raises what `ask` raises.
    """

    def __init__(
        self, ask: Callable[[Call[Page[T]]], Awaitable[Page[T]]], call: Call[Page[T]], *, walks: int = 5
    ) -> None:
        self.settled = False
        self.total: int | None = None
        self._ask = ask
        self._call = call
        self._walks = walks
        self._given: set[str] = set()

    async def __aiter__(self) -> AsyncIterator[T | Unreadable]:
        is_paged = "pagination_offset" in self._call.endpoint.takes.model_fields
        for _walk in range(self._walks):
            self.settled = True
            alike: Counter[str] = Counter()
            began_with: int | None = None
            async for page in self._pages():
                self.total = page.total
                began_with = page.total if began_with is None else began_with
                self.settled = self.settled and page.total in {None, began_with}
                for row in page.data:
                    if not is_paged:
                        yield row
                    elif (key := _key(row, alike)) not in self._given:
                        self._given.add(key)
                        yield row
            if self.settled:
                return

    async def _pages(self) -> AsyncIterator[Page[T]]:
        given = self._call.arguments.model_fields_set
        changes: dict[str, object] = {}
        if "per_page" not in given and (size := greatest_page(self._call.endpoint)) is not None:
            changes["per_page"] = size
        number = getattr(self._call.arguments, "pagination_offset", None) or 1
        while True:
            if number > 1:
                changes["pagination_offset"] = number
            page = await self._ask(Call(self._call.endpoint, self._call.arguments.model_copy(update=changes)))
            yield page
            if "pagination_offset" not in self._call.endpoint.takes.model_fields or _is_end(page, number):
                return
            number += 1


def _is_end(page: Page[Any], asked: int) -> bool:
    here = page.meta.pagination if page.meta else None
    if not page.data or here is None:
        return True
    if here.current_page is not None and here.current_page < asked:
        # A server that takes no page numbers would answer its first page for ever.
        return True
    return here.total_pages is not None and asked >= here.total_pages


def _key(row: object, alike: Counter[str]) -> str:
    """What a record is known by: its id, or else its content and how many of that content came before it."""
    for name in IDS:
        if isinstance(row, BaseModel) and name in type(row).model_fields:
            value = getattr(row, name)
            if value is not None and value != "":
                return f"{name} {value}"
    content = json.dumps(as_json(row), sort_keys=True, default=str)
    alike[content] += 1
    return f"{alike[content]} {content}"
