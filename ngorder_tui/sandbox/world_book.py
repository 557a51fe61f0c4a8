"""What the makers of the invented shop write into, and how they draw lots."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Generic, Protocol, TypeVar

Cell = str | int | None
Row = dict[str, Cell]
T = TypeVar("T")

_FLUSH_AT = 2000


class Put(Protocol):
    """Puts one row in, its cells in the order of the columns."""

    def __call__(self, *cells: Cell) -> None:
        """Put in one row."""


_DIGITS = [f"{value:02d}" for value in range(60)]
_DAYS: dict[int, str] = {}


def stamp(moment: datetime) -> str:
    """A time as the database holds it: `isoformat`, at a fifth of its cost, as an order has a dozen of them."""
    ordinal = moment.toordinal()
    day = _DAYS.get(ordinal)
    if day is None:
        day = _DAYS[ordinal] = moment.date().isoformat()
    return f"{day} {_DIGITS[moment.hour]}:{_DIGITS[moment.minute]}:{_DIGITS[moment.second]}"


class Deck(Generic[T]):
    """Cards drawn without putting back: every round of the deck has exactly the shares it was given."""

    def __init__(self, rng: random.Random, *cards: tuple[T, int]) -> None:
        self._rng = rng
        self._cards = [card for card, count in cards for _ in range(count)]
        self._left: list[T] = []

    def draw(self) -> T:
        """A card of those left; a used-up deck is gathered up again."""
        left = self._left
        if not left:
            left.extend(self._cards)
        place = int(self._rng.random() * len(left))
        left[place], left[-1] = left[-1], left[place]
        return left.pop()


@dataclass
class Book:
    """The database being filled, its dice and its calendar.

    All events lie between `first` and `latest`, bare Jakarta times. Rows of one table go in in the order they
    are added; they are held back a while so that many go in at once.
    """

    db: sqlite3.Connection
    rng: random.Random
    today: date
    _waiting: dict[str, list[tuple[Cell, ...]]] = field(default_factory=dict)
    _inserts: dict[str, str] = field(default_factory=dict)

    @cached_property
    def latest(self) -> datetime:
        """The last moment at which anything has happened: early this morning, so that nothing lies ahead."""
        return datetime.combine(self.today, time(6))

    @cached_property
    def first(self) -> datetime:
        """When the shelves were first filled: before the oldest order."""
        return datetime.combine(self.today - timedelta(days=95), time(8))

    def after(self, moment: datetime, least: float, most: float) -> datetime:
        """A moment between `least` and `most` hours later; it may lie beyond `latest`."""
        return moment + timedelta(seconds=int(3600 * (least + (most - least) * self.rng.random())))

    def pick(self, among: Sequence[T]) -> T:
        """One of these; several times as fast as `rng.choice`, which tells where an order takes half a dozen."""
        return among[int(self.rng.random() * len(among))]

    def add(self, table: str, row: Row) -> None:
        """Put a row in; every row of a table must have the same keys in the same order."""
        if table not in self._waiting:
            keys = ", ".join(row)
            marks = ", ".join("?" * len(row))
            self._inserts[table] = f"INSERT INTO {table} ({keys}) VALUES ({marks})"
            self._waiting[table] = []
        rows = self._waiting[table]
        rows.append(tuple(row.values()))
        if len(rows) >= _FLUSH_AT:
            self._write(table, rows)

    def writer(self, table: str, columns: str) -> Put:
        """A function that puts a row of these columns in: for tables of many rows, twice as fast as `add`."""
        marks = ", ".join("?" * len(columns.split()))
        self._inserts[table] = f"INSERT INTO {table} ({', '.join(columns.split())}) VALUES ({marks})"
        rows = self._waiting[table] = []

        def put(*cells: Cell) -> None:
            rows.append(cells)
            if len(rows) >= _FLUSH_AT:
                self._write(table, rows)

        return put

    def add_all(self, table: str, columns: str, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Put in rows given as tuples, `columns` being their keys."""
        keys = columns.split()
        for row in rows:
            self.add(table, dict(zip(keys, row, strict=True)))

    def close(self) -> None:
        """Write what is still held back."""
        for table, rows in self._waiting.items():
            self._write(table, rows)

    def _write(self, table: str, rows: list[tuple[Cell, ...]]) -> None:
        self.db.executemany(self._inserts[table], rows)
        rows.clear()

    def hex(self, digits: int) -> str:
        """An invented hexadecimal id."""
        return f"{self.rng.getrandbits(4 * digits):0{digits}x}"

    def chance(self, percent: int) -> bool:
        """True in about `percent` of a hundred cases."""
        return self.rng.random() * 100 < percent
