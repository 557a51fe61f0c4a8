"""Stock transfers and stock opnames that were made: description, warehouses and lines tell which one it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ngorder_tui import formats
from ngorder_tui.api.chapters import stock_opname, stock_transfer
from ngorder_tui.api.chapters.stock_opname import (
    CountedVariation,
    CreateOpname,
    OpnameLinesQuery,
    OpnameQuery,
    OpnameRow,
)
from ngorder_tui.api.chapters.stock_transfer import (
    CreateTransfer,
    MovedVariation,
    TransferLinesQuery,
    TransferQuery,
    TransferRow,
)
from ngorder_tui.api.chapters.warehouse_stock import WarehouseName
from ngorder_tui.i18n import _
from ngorder_tui.reconcile.effects import Effect, Search, Span, Window, judge
from ngorder_tui.reconcile.evidence import Ask, Evidence
from ngorder_tui.reconcile.reading import gather, meant, same_arguments, same_text

if TYPE_CHECKING:
    from ngorder_tui.store.journal import Intent


async def transferred(intent: Intent, ask: Ask, others: Sequence[Intent] = ()) -> Evidence:
    """stock_transfer.create: a transfer made then with the same description, warehouses and lines."""
    wanted = meant(CreateTransfer, intent)
    first, last = Window.of(intent).days()
    query = TransferQuery(
        start_date=first,
        end_date=last,
        origin_warehouse_id=wanted.origin_warehouse_id,
        destination_warehouse_id=wanted.destination_warehouse_id,
    )
    found = await gather(ask, stock_transfer.LIST(query), lambda row: is_transfer(wanted, row))
    whole, effects = found.whole, []
    for row in found.rows:
        lines = await gather(ask, stock_transfer.LIST_TRANSACTIONS(TransferLinesQuery(id=row.id)))
        whole = whole and lines.whole
        if moves_the_same(wanted, lines.rows):
            effects.append(Effect(str(row.id), transfer_words(row), Span.at(row.created_at)))
    search = Search(
        _("Looked through the stock transfers between these warehouses."),
        whole=whole,
        answer_key="id",
        same=same_arguments(
            intent, "origin_warehouse_id", "destination_warehouse_id", "description", "stock_adjustment"
        ),
    )
    return judge(intent, effects, others, search)


async def counted(intent: Intent, ask: Ask, others: Sequence[Intent] = ()) -> Evidence:
    """stock_opname.create: an opname made then with the same description, warehouse and counts.

    The server works on a long one in the background: until it is done, some of its lines may be missing.
    """
    wanted = meant(CreateOpname, intent)
    first, last = Window.of(intent).days()
    query = OpnameQuery(start_date=first, end_date=last, warehouse_id=wanted.warehouse_id)
    found = await gather(ask, stock_opname.LIST(query), lambda row: is_opname(wanted, row))
    whole, effects = found.whole, []
    for row in found.rows:
        lines = await gather(ask, stock_opname.LIST_TRANSACTIONS(OpnameLinesQuery(id=row.id)))
        whole = whole and lines.whole
        differs = count_differences(wanted, row, lines.rows)
        if differs is not None:
            effects.append(Effect(str(row.id), opname_words(row), Span.at(row.created_at), differs))
    search = Search(
        _("Looked through the stock opnames of this warehouse."),
        whole=whole,
        answer_key="id",
        same=same_arguments(intent, "warehouse_id", "description", "stock_adjustment"),
    )
    return judge(intent, effects, others, search)


def is_transfer(wanted: CreateTransfer, row: TransferRow) -> bool:
    """Whether a transfer has that description and those warehouses, as far as they are told."""
    return (
        same_text(wanted.description, row.description)
        and _place(row.origin_warehouse) in {None, wanted.origin_warehouse_id}
        and _place(row.destination_warehouse) in {None, wanted.destination_warehouse_id}
    )


def moves_the_same(wanted: CreateTransfer, lines: Sequence[MovedVariation]) -> bool:
    """Whether these are the lines: the same pieces of the same variations."""
    meant_pieces: Counter[int | None] = Counter()
    for line in wanted.stock_adjustment:
        meant_pieces[line.variation_id] += line.transfer_stock
    moved: Counter[int | None] = Counter()
    for found in lines:
        moved[found.variation_id] += found.transferred_stock or 0
    return moved == meant_pieces


def is_opname(wanted: CreateOpname, row: OpnameRow) -> bool:
    """Whether an opname has that description and that warehouse, as far as it is told."""
    return same_text(wanted.description, row.description) and _place(row.warehouse) in {None, wanted.warehouse_id}


def count_differences(
    wanted: CreateOpname, row: OpnameRow, lines: Sequence[CountedVariation]
) -> tuple[str, ...] | None:
    """What is different about an opname's counts, in words; None where it is another one."""
    counts: Mapping[int | None, int] = {line.variation_id: line.warehouse_stock for line in wanted.stock_adjustment}
    for line in lines:
        told = line.stock_adjustment.warehouse_stock if line.stock_adjustment else None
        if line.variation_id not in counts or told not in {None, counts[line.variation_id]}:
            return None
    if row.variation_total not in {None, len(counts)}:
        return None
    if len(lines) == len(counts):
        return ()
    return (_("not all of its lines are there"),)


def transfer_words(row: TransferRow) -> str:
    """A transfer in a line."""
    way = " → ".join(
        place.name or "" for place in (row.origin_warehouse, row.destination_warehouse) if place is not None
    )
    return _joined(f"#{row.id}", formats.shown(row.created_at, "when"), row.description, way)


def opname_words(row: OpnameRow) -> str:
    """An opname in a line."""
    place = row.warehouse.name if row.warehouse else None
    return _joined(f"#{row.id}", formats.shown(row.created_at, "when"), row.description, place, row.progress_status)


def _joined(*parts: str | None) -> str:
    return "  ".join(part for part in parts if part)


def _place(named: WarehouseName | None) -> int | None:
    return None if named is None else named.id
