"""`ngorder-tui export`: a whole list as CSV or XLSX."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from ngorder_tui.api.errors import Invalid
from ngorder_tui.cli import output
from ngorder_tui.cli.api import records
from ngorder_tui.cli.arguments import read_arguments
from ngorder_tui.cli.calling import Caller, endpoint_named
from ngorder_tui.cli.given import DONE, Given
from ngorder_tui.i18n import _
from ngorder_tui.sheets import MOST_ROWS, XLSX_TYPE, Cell, TooManyRows, write_csv, write_xlsx

LISTS = {
    "orders": "order.list",
    "canceled-orders": "order_cancel.list",
    "privor": "storefront.list_orders",
    "products": "product.list",
    "stock-opnames": "stock_opname.list",
    "stock-transfers": "stock_transfer.list",
    "warehouses": "warehouse.list",
    "suppliers": "supplier.list",
    "customers": "customer.list",
    "shipments": "shipment.list",
    "invoices": "shipment.list_invoices",
    "shipment-payments": "shipment.list_payments",
    "payments": "payment.list",
    "expenses": "expense.list",
    "banks": "bank.list",
    "users": "user.list",
    "notifications": "notification.list",
    "billing": "billing.list",
}
"""What can be exported by name, and the endpoint that lists it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `export` was asked: see CLI help."""

    name: str
    format: str = "csv"
    output: Path | None = None
    pairs: Sequence[str] = ()


def run(given: Given, wanted: Wanted) -> int:
    """Read the whole list, then write it. Raises ApiError, BadSettings."""
    if wanted.name not in LISTS:
        raise Invalid(
            _("There is no list {name}; there are {names}.").format(name=repr(wanted.name), names=", ".join(LISTS))
        )
    if wanted.format not in {"csv", "xlsx"}:
        raise Invalid(_("--format is csv or xlsx."))
    if wanted.output is not None and wanted.output.exists():
        raise Invalid(_("{file} is there already: no file is written over.").format(file=wanted.output))
    settings = given.settings()
    call = endpoint_named(LISTS[wanted.name]).parse(read_arguments(wanted.pairs))
    # The columns are known when the last record is: the records wait on the disk, so that 100,000 of them may come.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as spool:
        columns = asyncio.run(_collect(Caller(given, settings), call, spool))
        spool.seek(0)
        if wanted.output is None and wanted.format == "csv":
            write_csv(output.Stdout(), columns, _rows(columns, spool))
            return DONE
        target = wanted.output or settings.downloads / _name(wanted)
        output.result_json(_save(target, columns, spool, wanted.format, rename=wanted.output is None))
    return DONE


async def _collect(caller: Caller, call: Any, spool: IO[str]) -> list[str]:
    columns: dict[str, None] = {}
    count = 0
    async with caller:
        async for record in records(caller, call):
            row = dict(flat(record))
            columns |= dict.fromkeys(row)
            spool.write(json.dumps(row) + "\n")
            count += 1
            output.counting(count, None)
    output.counted()
    return list(columns)


def flat(value: object, name: str = "") -> Iterator[tuple[str, Cell]]:
    """A record as cells under dotted names; a list of values as one text, a list of records as JSON."""
    match value:
        case dict():
            for key, item in value.items():
                yield from flat(item, f"{name}.{key}" if name else str(key))
        case list() if all(isinstance(item, str | int | float) for item in value):
            yield name, ", ".join(str(item) for item in value)
        case list():
            yield name, json.dumps(value, ensure_ascii=False)
        case None | bool() | int() | float() | str():
            yield name or "value", value
        case other:
            yield name or "value", str(other)


def _rows(columns: list[str], spool: IO[str]) -> Iterator[list[Cell]]:
    for line in spool:
        row = cast("dict[str, Cell]", json.loads(line))
        yield [row.get(column) for column in columns]


def _name(wanted: Wanted) -> str:
    from ngorder_tui.clock import now

    return f"{wanted.name}-{now():%Y%m%d-%H%M%S}.{wanted.format}"


def _save(target: Path, columns: list[str], spool: IO[str], format: str, *, rename: bool) -> dict[str, object]:
    """The file, whole or not there. Raises Invalid."""
    from ngorder_tui.api.files import open_part, settle_part

    try:
        file, part = open_part(target)
        try:
            with file:
                if format == "xlsx":
                    write_xlsx(file, columns, _rows(columns, spool))
                else:
                    text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
                    write_csv(text, columns, _rows(columns, spool))
                    text.flush()
                    text.detach()
            target = settle_part(part, target, rename=rename)
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    except TooManyRows:
        raise Invalid(
            _("A sheet holds {count} rows at most: use --format csv, or filters.").format(count=f"{MOST_ROWS - 1:,}")
        ) from None
    except OSError as error:
        raise Invalid(_("{file} cannot be written: {why}.").format(file=target, why=error.strerror)) from None
    kind = XLSX_TYPE if format == "xlsx" else "text/csv; charset=utf-8"
    return {"file": str(target), "bytes": target.stat().st_size, "content_type": kind}
