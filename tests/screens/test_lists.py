"""What the list screens declare agrees with the endpoints behind them."""

from __future__ import annotations

import pytest

from ngorder_tui.areas import AREAS
from ngorder_tui.screens.list_screen import ListScreen

LISTS = [area for area in AREAS if isinstance(area.open(), ListScreen)]


@pytest.mark.parametrize("area", LISTS, ids=lambda area: area.name)
def test_a_list_offers_what_its_endpoints_have(area: object) -> None:
    screen = next(one for one in AREAS if one is area).open()
    assert isinstance(screen, ListScreen)
    endpoints = screen.chapter()
    assert screen.searches == endpoints.searches
    assert screen.area
    assert screen.name_of_list
    assert set(screen.standing_question) <= set(endpoints.read.takes.model_fields)
    # Some columns are always there, and they fit into 80 cells.
    kept = [column for column in screen.columns() if not column.drop]
    assert kept
    assert sum(column.width + 1 for column in kept) <= 78


def test_there_are_lists() -> None:
    assert len(LISTS) >= 5
