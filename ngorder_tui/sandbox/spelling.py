"""How the service writes money and times: kept apart because no two of its endpoints agree."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ngorder_tui.clock import JAKARTA

MONTHS_ID = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Ags", "Sep", "Okt", "Nov", "Des")
DAYS_ID = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def rupiah(amount: int) -> str:
    """`Rp100.000`: dots between thousands, no space."""
    return f"Rp{amount:,}".replace(",", ".")


def stored(moment: datetime) -> str:
    """`2021-10-04 10:29:23`, Jakarta: how the database and most answers hold a moment."""
    return moment.astimezone(JAKARTA).strftime("%Y-%m-%d %H:%M:%S")


def moment(text: str) -> datetime:
    """The moment of a stored time."""
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def zulu(text: str) -> str:
    """`2022-01-19T00:54:09.000000Z`: a stored time in UTC with six decimals."""
    return moment(text).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def offset(text: str) -> str:
    """`2021-08-09T10:44:08+07:00`: a stored time with its offset."""
    return moment(text).isoformat(timespec="seconds")


def long_day(text: str) -> str:
    """`Senin, 9 Ags 2021` of a stored day or time."""
    day = datetime.fromisoformat(text)
    return f"{DAYS_ID[day.weekday()]}, {day.day} {MONTHS_ID[day.month - 1]} {day.year}"


_STEPS = (
    (timedelta(days=365), "tahun"),
    (timedelta(days=30), "bulan"),
    (timedelta(days=7), "minggu"),
    (timedelta(days=1), "hari"),
    (timedelta(hours=1), "jam"),
    (timedelta(minutes=1), "menit"),
    (timedelta(seconds=1), "detik"),
)


def time_ago(text: str, now: datetime) -> str:
    """`5 jam yang lalu`: how long ago a stored time was."""
    passed = max(now - moment(text), timedelta(seconds=1))
    for step, word in _STEPS:
        if passed >= step:
            return f"{passed // step} {word} yang lalu"
    return "1 detik yang lalu"
