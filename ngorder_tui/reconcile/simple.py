"""Records of short lists that were made, changed or deleted: told by their values in the list.

These lists do not say since when a record is there. What one of them shows once, with every value that was sent and
that it shows, is taken as the effect, unless another write of the journal made it; the evidence says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ngorder_tui import clock, formats
from ngorder_tui.api.endpoint import Call, find
from ngorder_tui.api.fields import read_yes_no
from ngorder_tui.api.models import Page
from ngorder_tui.i18n import _
from ngorder_tui.reconcile.effects import Effect, Search, Window, judge
from ngorder_tui.reconcile.evidence import Ask, Evidence
from ngorder_tui.reconcile.reading import Rows, gather, meant, same_text
from ngorder_tui.widgets.labels import label

if TYPE_CHECKING:
    from ngorder_tui.store.journal import Intent
    from ngorder_tui.store.values import Json

Arguments = Mapping[str, "Json"]
Questions = Callable[["Intent", str], Sequence[Arguments]]
"""What to ask the list, for an intent that makes, changes or deletes ("gone")."""


def _once(*questions: Arguments) -> Questions:
    return lambda _intent, _deed: questions


def _customers(intent: Intent, deed: str) -> Sequence[Arguments]:
    """By name or telephone number, the new ones where they are given; new customers of those days alone."""
    arguments = intent.arguments
    question: dict[str, Json] = {}
    if isinstance(name := arguments.get("name"), str):
        question = {"keyword": name.strip()[:50], "type": "NAME"}
    elif isinstance(phone := arguments.get("phone"), str):
        question = {"keyword": phone, "type": "PHONE"}
    if deed == "made":
        first, last = Window.of(intent).days()
        question |= {"create_from": first.isoformat(), "create_to": last.isoformat()}
    return (question,)


def _warehouses(intent: Intent, deed: str) -> Sequence[Arguments]:
    """Rows do not say whether they are in use: the list they are in does."""
    state = "ALL" if deed == "gone" else "ACTIVE" if intent.arguments.get("is_active") else "NON_ACTIVE"
    return ({"with_main_warehouse": True, "is_active": state},)


def _expenses(intent: Intent, _deed: str) -> Sequence[Arguments]:
    """Those of its day, which is the day it was begun if none was given."""
    day = intent.arguments.get("date") or intent.begun_at.astimezone(clock.JAKARTA).date().isoformat()
    return ({"type": "BY_DATE", "start_date": day, "end_date": day},)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of record is found.

    `shown` names, by argument, the row's field that shows its value. `naming` are the arguments that tell which record
    is meant where other values differ; none: a record with other values is another one. `narrow`: whether the
    questions ask only for records that have the new values.
    """

    list_id: str
    questions: Questions
    row_id: str
    argument_id: str
    shown: Mapping[str, str]
    naming: tuple[str, ...] = ()
    narrow: bool = False


_KINDS = {
    "customer": _Kind(
        "customer.list", _customers, "id", "customer_id",
        {"name": "name", "phone": "phone", "address": "address", "postal_code": "postal_code",
         "category": "category_code", "line": "line", "email": "email", "other": "other"},
        naming=("name", "phone"), narrow=True,
    ),
    "supplier": _Kind(
        "supplier.list", _once({}), "id", "supplier_id",
        {"name": "name", "district_id": "district_id", "addess": "address", "phone": "phone",
         "description": "description"},
        naming=("name", "phone"),
    ),
    "warehouse": _Kind(
        "warehouse.list", _warehouses, "id", "id", {"warehouse": "warehouse", "supplier_id": "supplier_id"},
        narrow=True,
    ),
    "customer_category": _Kind(
        "customer_category.list", _once({"status": "Y"}, {"status": "N"}), "id", "id",
        {"category_name": "category_name", "code": "code", "status": "status", "discount_access": "discount_access",
         "wholesale_access": "wholesale_access"},
    ),
    "product_category": _Kind(
        "product_category.list", _once({}), "id", "id", {"name": "name", "root_categories_id": "root_categories_id"},
    ),
    "root_category": _Kind(
        "product_category.list", _once({}), "id", "id", {"root_categories_id": "root_categories_id"},
    ),
    "bank": _Kind(
        "bank.list", _once({"type": "BANK"}), "bank_id", "bank_id",
        {"bank_type": "bank_type", "account_number": "account_number", "holder_name": "holder_name",
         "branch": "branch"},
        naming=("account_number", "bank_type"),
    ),
    "order_source": _Kind(
        "order_source.list", _once({"status": "Y"}, {"status": "N"}), "id", "order_source_id",
        {"marketplace_id": "marketplace_id", "note": "note", "status": "status"},
    ),
    "order_cost": _Kind(
        "order_cost.list", _once({}), "order_cost_id", "order_cost_id",
        {"category": "category", "name": "name", "type": "type", "nominal": "nominal", "percentage": "percentage"},
    ),
    "expense": _Kind(
        "expense.list", _expenses, "id", "id",
        {"title": "title", "nominal": "nominal", "note": "note", "qty": "qty", "date": "date"}, narrow=True,
    ),
}  # fmt: skip
_ANSWER_KEYS = {"customer": "customer_id", "supplier": "supplier_id", "bank": "bank_id",
                "order_source": "order_source_id", "order_cost": "order_cost_id"}  # fmt: skip


async def made(intent: Intent, ask: Ask, others: Sequence[Intent] = ()) -> Evidence:
    """A create: one record with these values is in the list."""
    kind = _kind(intent)
    found = await _rows(kind, intent, ask, "made")
    effects = []
    for row in found.rows:
        wrong = _wrong(kind, intent, row)
        if not wrong or (kind.naming and not set(kind.naming) & set(wrong)):
            effects.append(Effect(_id(kind, row), _words(kind, row), differs=tuple(map(_called, wrong))))
    shown = [_called(name) for name in intent.arguments if name in kind.shown]
    search = Search(
        _("Looked through the list for these values: {names}.").format(names=", ".join(shown)),
        whole=found.whole,
        answer_key=_ANSWER_KEYS.get(_chapter(intent), "id"),
        same=lambda other: all(other.arguments.get(name) == intent.arguments.get(name) for name in kind.shown),
        untimed=True,
    )
    return judge(intent, effects, others, search)


async def changed(intent: Intent, ask: Ask, _others: Sequence[Intent] = ()) -> Evidence:
    """An update: the record has the new values."""
    kind = _kind(intent)
    wanted = _wanted_id(kind, intent)
    if not [name for name in intent.arguments if name in kind.shown and name != kind.argument_id]:
        return Evidence("cannot tell", (_("The list does not show the values that were changed."),))
    found = await _rows(kind, intent, ask, "changed")
    row = next((row for row in found.rows if _id(kind, row) == wanted), None)
    if row is None:
        if not found.whole:
            return Evidence("cannot tell", (_("Not all that is there could be read."),))
        if kind.narrow:
            return Evidence("not seen", (_("The record {id} is not found by its new values.").format(id=wanted),))
        return Evidence("cannot tell", (_("The record {id} is not in the list.").format(id=wanted),))
    wrong = _wrong(kind, intent, row)
    if wrong:
        sentence = _("{what}: it has other values in {fields}.").format(
            what=_words(kind, row), fields=", ".join(map(_called, wrong))
        )
        return Evidence("not seen", (sentence,))
    return Evidence("landed", (_("{what}: it has the new values.").format(what=_words(kind, row)),), (wanted,))


async def gone(intent: Intent, ask: Ask, _others: Sequence[Intent] = ()) -> Evidence:
    """A delete: the record is not in the list any more."""
    kind = _kind(intent)
    wanted = _wanted_id(kind, intent)
    found = await _rows(kind, intent, ask, "gone")
    row = next((row for row in found.rows if _id(kind, row) == wanted), None)
    if row is not None:
        return Evidence("not seen", (_("{what}: it is still in the list.").format(what=_words(kind, row)),))
    if not found.whole:
        return Evidence("cannot tell", (_("Not all that is there could be read."),))
    return Evidence("landed", (_("The record {id} is not in the list.").format(id=wanted),), (wanted,))


def _chapter(intent: Intent) -> str:
    return intent.endpoint_id.partition(".")[0]


def _kind(intent: Intent) -> _Kind:
    meant(find(intent.endpoint_id).takes, intent)
    return _KINDS[_chapter(intent)]


async def _rows(kind: _Kind, intent: Intent, ask: Ask, deed: str) -> Rows[object]:
    rows: list[object] = []
    whole = True
    for question in kind.questions(intent, deed):
        call: Call[Page[object]] = find(kind.list_id).parse(question)
        found = await gather(ask, call)
        rows += found.rows
        whole = whole and found.whole
    return Rows(tuple(rows), whole)


def _id(kind: _Kind, row: object) -> str:
    return str(getattr(row, kind.row_id))


def _wanted_id(kind: _Kind, intent: Intent) -> str:
    return str(intent.arguments.get(kind.argument_id))


def _wrong(kind: _Kind, intent: Intent, row: object) -> list[str]:
    """The arguments whose value the row shows otherwise."""
    return [
        name
        for name, value in intent.arguments.items()
        if (field := kind.shown.get(name)) is not None and not _is_shown(name, value, getattr(row, field, None))
    ]


def _is_shown(name: str, value: Json, shown: object) -> bool:
    """Whether a value that was sent is what a row shows, each in its own spelling."""
    match name:
        case "phone":
            return _local(str(value)) == _local(str(shown or ""))
        case "address" | "addess":
            # Some lists show the place behind the street.
            return " ".join(str(value).split()) in " ".join(str(shown or "").split())
        case "status":
            return str(shown).upper().replace("_", " ") == ("ACTIVE" if value == "Y" else "NON ACTIVE")
        case "discount_access" | "wholesale_access":
            return shown is not None and read_yes_no(value) == shown
        case "date":
            return str(shown)[:10] == value
    if isinstance(value, int | float) and isinstance(shown, int | float):
        return value == shown
    return same_text(None if value is None else str(value), None if shown is None else str(shown))


def _called(name: str) -> str:
    return label(name).casefold()


def _local(phone: str) -> str:
    """Digits as they are dialled inside the country: lists show 62 where 0 was sent."""
    return re.sub(r"^62", "0", re.sub(r"\D", "", phone))


def _words(kind: _Kind, row: object) -> str:
    """A record in a line: its id and the values by which it was compared."""
    values = (getattr(row, field, None) for field in dict.fromkeys(kind.shown.values()))
    return "  ".join((f"#{_id(kind, row)}", *(text for value in values if (text := formats.shown(value)))))
