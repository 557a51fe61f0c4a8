"""Which stock opname is the one that was sent: its description, warehouse and counts."""

from __future__ import annotations

import pytest

from ngorder_tui.api.chapters.stock_opname import CREATE, CountedVariation, CreateOpname, OpnameRow
from ngorder_tui.reconcile.stock_papers import count_differences, is_opname, opname_words

COUNTS = {7: 12, 8: 0}


def _sent(counts: dict[int, int] | None = None) -> CreateOpname:
    lines = [{"variation_id": one, "warehouse_stock": n} for one, n in (counts or COUNTS).items()]
    call = CREATE.parse({"warehouse_id": 0, "description": "akhir bulan", "stock_adjustment": lines})
    assert isinstance(call.arguments, CreateOpname)
    return call.arguments


def _row(**changes: object) -> OpnameRow:
    return OpnameRow.model_validate(
        {
            "id": 55,
            "description": "akhir  bulan ",
            "variation_total": 2,
            "progress_status": "ON PROGRESS",
            "warehouse": {"id": 0, "name": "Gudang Utama"},
            "created_at": "2026-11-24 12:00:00",
            **changes,
        }
    )


def _lines(counts: dict[int, int]) -> list[CountedVariation]:
    return [
        CountedVariation.model_validate(
            {"id": n, "variation_id": one, "stock_adjustment": {"warehouse_stock": count, "system_stock": 3}}
        )
        for n, (one, count) in enumerate(counts.items())
    ]


@pytest.mark.parametrize(
    ("changes", "is_it"),
    [
        ({}, True),
        ({"warehouse": None}, True),
        ({"warehouse": {"id": None, "name": None}}, True),
        ({"description": "awal bulan"}, False),
        ({"warehouse": {"id": 5, "name": "Toko"}}, False),
    ],
)
def test_description_and_warehouse_tell(changes: dict[str, object], is_it: bool) -> None:
    assert is_opname(_sent(), _row(**changes)) is is_it


@pytest.mark.parametrize(
    ("counts", "total", "differs"),
    [
        ({7: 12, 8: 0}, 2, ()),
        ({7: 12, 8: 0}, None, ()),
        ({7: 12}, 2, ("not all of its lines are there",)),
        ({}, 2, ("not all of its lines are there",)),
        ({7: 12, 8: 1}, 2, None),
        ({7: 12, 9: 0}, 2, None),
        ({7: 12, 8: 0, 9: 4}, 3, None),
        ({7: 12}, 1, None),
    ],
)
def test_its_counts_tell(counts: dict[int, int], total: int | None, differs: tuple[str, ...] | None) -> None:
    assert count_differences(_sent(), _row(variation_total=total), _lines(counts)) == differs


def test_it_is_shown_in_a_line() -> None:
    assert opname_words(_row()) == "#55  24 Nov 2026 12:00  akhir  bulan   Gudang Utama  ON PROGRESS"
