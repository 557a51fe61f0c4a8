"""What a handler of the sandbox works with: the shop, the arguments, the words for yes and no.

A chapter imports everything from here::

    @answers("supplier.list")
    def list_suppliers(shop: Shop, args: Args) -> Answer:
        return {"data": [...]}
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from ngorder_tui.clock import JAKARTA
from ngorder_tui.sandbox.args import Args, Language, Window
from ngorder_tui.sandbox.refusals import Forbidden, Message, Missing, NotAnswered, Refused

__all__ = [
    "Answer", "Args", "Bound", "Download", "Forbidden", "Language", "Message", "Missing", "NotAnswered", "Refused",
    "Shop", "Where", "Window", "answers", "handlers", "paged",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Download:
    """A file as the answer."""

    name: str
    content_type: str
    content: bytes


Answer = Mapping[str, object]
Handler = Callable[["Shop", Args], Answer | Download]


@dataclass(frozen=True, slots=True)
class Bound:
    """A handler and what is particular about its requests and refusals."""

    id: str
    handler: Handler
    reads_body: bool
    refusal_status: int
    refusal_id: bool


_handlers: dict[str, Bound] = {}


def answers(
    id: str, *, reads_body: bool = False, refusal_status: int = 400, refusal_id: bool = False
) -> Callable[[Handler], Handler]:
    """Bind a handler to an endpoint id; method and path are the registry's.

    `reads_body`: a GET that takes a JSON body too. `refusal_status`: the HTTP status of a refusal of its arguments.
    `refusal_id`: whether a refusal carries a request_id. Raises ValueError if the endpoint has a handler already.
    """

    def bind(handler: Handler) -> Handler:
        if id in _handlers:
            raise ValueError(f"{id} has two handlers")
        _handlers[id] = Bound(id, handler, reads_body, refusal_status, refusal_id)
        return handler

    return bind


def handlers() -> Mapping[str, Bound]:
    """Every handler bound so far, by endpoint id."""
    return _handlers


class Shop:
    """The shop as one request sees it: its records, the clock, who asks and in which language.

    A handler runs inside one transaction: what it wrote is kept if it answers, and undone if it raises.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        *,
        now: Callable[[], datetime],
        user_id: int,
        language: Language,
        url: str,
        request_id: str,
    ) -> None:
        self.db = db
        self.user_id = user_id
        self.language: Language = language
        self.url = url
        self.request_id = request_id
        self._now = now

    def now(self) -> datetime:
        """This moment, aware, in Jakarta."""
        return self._now().astimezone(JAKARTA)

    def today(self) -> date:
        """This day in Jakarta."""
        return self.now().date()

    def say(self, en: str, id: str) -> str:
        """The sentence in the language asked for."""
        return id if self.language == "id" else en

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """All rows of a question to the database."""
        return self.db.execute(sql, values).fetchall()

    def row(self, sql: str, *values: object) -> sqlite3.Row | None:
        """The first row, or None."""
        found: sqlite3.Row | None = self.db.execute(sql, values).fetchone()
        return found

    def need(self, en: str, id: str, sql: str, *values: object) -> sqlite3.Row:
        """The first row. Raises Missing with the sentence (English, Indonesian) where there is none."""
        if (found := self.row(sql, *values)) is None:
            raise Missing(self.say(en, id))
        return found

    def number(self, sql: str, *values: object) -> int:
        """The first column of the first row as a whole number; null and nothing are 0."""
        found = self.row(sql, *values)
        return 0 if found is None or found[0] is None else int(found[0])

    def run(self, sql: str, *values: object) -> int:
        """Change the records. Answers how many rows were touched."""
        return self.db.execute(sql, values).rowcount

    def insert(self, table: str, **columns: object) -> int:
        """A new row in a table. Answers its row id."""
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        made = self.db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(columns.values()))
        return made.lastrowid or 0

    def update(self, table: str, key: Mapping[str, object], changes: Mapping[str, object | None]) -> None:
        """Set the columns whose new value is not None on the row(s) of the key; the others keep theirs."""
        new = {name: value for name, value in changes.items() if value is not None}
        if not new:
            return
        sets = ", ".join(f"{name} = ?" for name in new)
        keys = " AND ".join(f"{name} = ?" for name in key)
        self.db.execute(f"UPDATE {table} SET {sets} WHERE {keys}", (*new.values(), *key.values()))


class Where:
    """The conditions of a question, gathered from the arguments that were sent."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self.values: list[object] = []

    def add(self, condition: str, *values: object) -> Where:
        """A condition that always holds; one value for each `?`."""
        self._conditions.append(f"({condition})")
        self.values.extend(values)
        return self

    def given(self, condition: str, value: object | None) -> Where:
        """A condition that counts only if the argument was sent; the value goes to each `?`."""
        if value is not None:
            self.add(condition, *[value] * condition.count("?"))
        return self

    def contains(self, columns: Iterable[str], keyword: str | None) -> Where:
        """Any of the columns (or expressions) holds the keyword, upper and lower case alike."""
        return self.matches((column, keyword) for column in columns) if keyword else self

    def matches(self, pairs: Iterable[tuple[str, str]]) -> Where:
        """Any of the columns (or expressions) holds its keyword, upper and lower case alike."""
        columns, keywords = zip(*pairs, strict=True)
        patterns = [
            "%" + keyword.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%" for keyword in keywords
        ]
        return self.add(" OR ".join(rf"{column} LIKE ? ESCAPE '\'" for column in columns), *patterns)

    @property
    def sql(self) -> str:
        """` WHERE …`, or nothing."""
        return f" WHERE {' AND '.join(self._conditions)}" if self._conditions else ""


def paged(
    shop: Shop,
    window: Window,
    rows: list[dict[str, object]],
    total: int,
    *,
    empty_links: Literal["[]", "{}"] = "[]",
    url: str | None = None,
    kept: str = "",
) -> dict[str, object]:
    """`data` and `meta.pagination` of one page.

    `empty_links` is how the endpoint spells that there is no other page; `url` the address of its links where
    that is not the address asked; `kept` the part of the query that they keep (`id=1&`): the service's links drop
    the rest.
    """
    pages = max(1, -(-total // window.size))
    address = shop.url if url is None else url
    links: dict[str, str] = {}
    if window.page > 1:
        links["previous"] = f"{address}?{kept}pagination_offset={min(window.page - 1, pages)}"
    if window.page < pages:
        links["next"] = f"{address}?{kept}pagination_offset={window.page + 1}"
    pagination = {
        "total": total,
        "count": len(rows),
        "per_page": window.size,
        "current_page": window.page,
        "total_pages": pages,
        "links": links or ({} if empty_links == "{}" else []),
    }
    return {"data": rows, "meta": {"pagination": pagination}}
