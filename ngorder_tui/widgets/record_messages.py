"""What a record table tells its screen; handlers are named `on_record_table_…`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from ngorder_tui.widgets.record_table import RecordTable


class TableMessage(Message):
    """A message of a record table."""

    def __init__(self, table: RecordTable) -> None:
        super().__init__()
        self.table = table

    @property
    def control(self) -> RecordTable:
        """The table that sent the message."""
        return self.table


class PageWanted(TableMessage, namespace="record_table"):
    """A page is looked at and not here: answer with `put(first, …, epoch=epoch)` or with `page_failed(page)`."""

    def __init__(self, table: RecordTable, page: int, per_page: int, epoch: int) -> None:
        super().__init__(table)
        self.page = page
        """Its number, counted from 1."""
        self.per_page = per_page
        self.first = (page - 1) * per_page
        """The place of its first row, counted from 0."""
        self.count = per_page
        """How many rows it has at most."""
        self.epoch = epoch
        """To be handed back with the answer."""


class Highlighted(TableMessage, namespace="record_table"):
    """The cursor stands on another record; `key` is None while the row there is not here yet."""

    def __init__(self, table: RecordTable, key: str | None) -> None:
        super().__init__(table)
        self.key = key


class Opened(TableMessage, namespace="record_table"):
    """The record under the cursor is to be opened."""

    def __init__(self, table: RecordTable, key: str) -> None:
        super().__init__(table)
        self.key = key


class MarksChanged(TableMessage, namespace="record_table"):
    """Other records are marked than before."""

    def __init__(self, table: RecordTable, keys: frozenset[str]) -> None:
        super().__init__(table)
        self.keys = keys


class CursorLost(TableMessage, namespace="record_table"):
    """The record that the cursor was on is not where it could be; the cursor kept its place in the list."""

    def __init__(self, table: RecordTable, key: str) -> None:
        super().__init__(table)
        self.key = key
