"""How money, days, times and ages look to a person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from ngorder_tui import clock, formats
from tests.conftest import NOON


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "Rp0"),
        (999, "Rp999"),
        (1000, "Rp1.000"),
        (1234567, "Rp1.234.567"),
        (-5500, "-Rp5.500"),
        (10**12, "Rp1.000.000.000.000"),
    ],
)
def test_money(amount: int, text: str) -> None:
    assert formats.rupiah(amount) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (12345, "12.345"), (0.4, "0,4"), (1234.5, "1.234,5"), (-1200, "-1.200")]
)
def test_counts_and_weights(value: float, text: str) -> None:
    assert formats.number(value) == text


def test_a_day_is_as_short_as_it_is_clear() -> None:
    assert formats.day(date(2026, 11, 24)) == "24 Nov"
    assert formats.day(date(2026, 1, 2)) == " 2 Jan"
    assert formats.day(date(2025, 12, 31)) == "31 Dec 25"
    clock.stop_at(datetime(2027, 1, 1, 0, 30, tzinfo=clock.JAKARTA))
    assert formats.day(date(2026, 11, 24)) == "24 Nov 26"


def test_moments_are_told_in_jakarta() -> None:
    late = datetime(2026, 11, 24, 20, 5, tzinfo=UTC)
    assert formats.moment(late) == "25 Nov 2026 03:05"
    assert formats.clock(late) == "03:05"
    assert formats.moment(date(2026, 11, 4)) == "4 Nov 2026"


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=-30), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=23, minutes=59), "23 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=400), "400 days"),
    ],
)
def test_how_long_ago(ago: timedelta, text: str) -> None:
    assert formats.age(NOON - ago) == text


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (timedelta(seconds=-1), "expired"),
        (timedelta(0), "expired"),
        (timedelta(seconds=20), "1 min"),
        (timedelta(minutes=45), "45 min"),
        (timedelta(hours=3, minutes=20), "3 h"),
        (timedelta(hours=30), "30 h"),
    ],
)
def test_how_long_until(left: timedelta, text: str) -> None:
    assert formats.left(NOON + left) == text


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 B"), (512, "512 B"), (1024, "1,0 KB"), (22323, "21,8 KB"), (1468007, "1,4 MB")]
)
def test_bytes(count: int, text: str) -> None:
    assert formats.size(count) == text


def test_a_value_is_shown_by_the_kind_of_its_column() -> None:
    assert formats.shown(None) == ""
    assert formats.shown(0, "money") == "Rp0"
    assert formats.shown(0) == "0"
    assert formats.shown(12345, "number") == "12.345"
    assert formats.shown(12345) == "12345"
    assert formats.shown(True) == "yes"
    assert formats.shown(False) == "no"
    assert formats.shown(date(2026, 11, 24), "day") == "24 Nov"
    assert formats.shown(date(2026, 11, 24)) == "24 Nov 2026"
    assert formats.shown(NOON - timedelta(hours=2), "age") == "2 h"
    assert formats.shown(NOON, "when") == "24 Nov 2026 12:00"
    assert formats.shown([1000, 2000], "money") == "Rp1.000, Rp2.000"
    assert formats.shown("[/x]") == "[/x]"


def test_there_are_twelve_months() -> None:
    assert len(set(formats.months())) == 12
