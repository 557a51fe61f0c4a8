"""Expense: what the shop spends."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ngorder_tui.api.chapters.period import Period
from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import Amount, Day, ExpenseId, Opt, Quantity, Rupiah, Text, When, Words
from ngorder_tui.api.models import FileReply, Page, Paged, Query, Record, Reply

Title = Annotated[Words, Field(max_length=100)]


class CreateExpense(Query):
    """What was spent; one of it, and today, if not said."""

    title: Title
    nominal: Amount
    note: Words
    qty: Quantity | None = None
    date: Day | None = None


class ExpenseQuery(Paged, Period):
    """Which expenses are listed."""


class UpdateExpense(Query):
    """An expense as it shall be; one of it, and today, if not said."""

    id: ExpenseId
    title: Title
    nominal: Amount
    note: Words
    qty: Quantity | None = None
    date: Day | None = None


class OneExpense(Query):
    """Which expense."""

    id: ExpenseId


class SavedExpense(Record):
    """What is answered when an expense was recorded, changed or deleted."""

    id: Opt[ExpenseId]
    title: Opt[Text]


class ExpenseRow(Record):
    """An expense as listed. No example shows one: these are the keys that are sent."""

    id: Opt[ExpenseId]
    title: Opt[Text]
    nominal: Opt[Rupiah]
    note: Opt[Text]
    qty: Opt[int]
    date: Opt[When]


CREATE = Endpoint("expense.create", "POST", "/expense", CreateExpense, Reply[SavedExpense], "Records an expense.")
LIST = Endpoint("expense.list", "GET", "/expense", ExpenseQuery, Page[ExpenseRow], "Lists the expenses.")
DOWNLOAD = Endpoint(
    "expense.download",
    "GET",
    "/expense/download",
    Period,
    FileReply,
    "Downloads the expenses as an Excel file.",
    sends_file=True,
)
UPDATE = Endpoint("expense.update", "PATCH", "/expense", UpdateExpense, Reply[SavedExpense], "Changes an expense.")
DELETE = Endpoint("expense.delete", "DELETE", "/expense/{id}", OneExpense, Reply[SavedExpense], "Deletes an expense.")
