"""How values look to a person: money, days, ages. The one formatter; imports nothing heavy."""

from __future__ import annotations

from datetime import date, datetime

from ngorder_tui.clock import JAKARTA, now, today
from ngorder_tui.i18n import _, ngettext

_SEPARATORS = str.maketrans(",.", ".,")


def rupiah(amount: int) -> str:
    """Whole rupiah: 1234567 is Rp1.234.567, -5500 is -Rp5.500."""
    return f"{'-' if amount < 0 else ''}Rp{abs(amount):,}".replace(",", ".")


def number(value: float) -> str:
    """A count or weight: 12345 is 12.345, 0.4 is 0,4."""
    return f"{value:,}".translate(_SEPARATORS)


def months() -> tuple[str, ...]:
    """Short names of the months, January first."""
    return (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip


def day(value: date) -> str:
    """A day in a list, as short as it is clear: 24 Nov; of another year 24 Nov 25."""
    short = f"{value.day:>2} {months()[value.month - 1]}"
    return short if value.year == today().year else f"{short} {value.year % 100:02}"


def moment(value: date) -> str:
    """A day, or a time in Jakarta, written out: 24 Nov 2026 14:02."""
    local = value.astimezone(JAKARTA) if isinstance(value, datetime) else value
    text = f"{local.day} {months()[local.month - 1]} {local.year}"
    return f"{text} {local:%H:%M}" if isinstance(local, datetime) else text


def clock(value: datetime) -> str:
    """The time of day in Jakarta: 14:02."""
    return f"{value.astimezone(JAKARTA):%H:%M}"


def age(value: datetime) -> str:
    """How long ago, roughly: now, 5 min, 3 h, 2 days."""
    seconds = max(0, int((now() - value).total_seconds()))
    if seconds < 60:
        return _("now")
    if seconds < 3600:
        return _("{n} min").format(n=seconds // 60)
    if seconds < 86400:
        return _("{n} h").format(n=seconds // 3600)
    days = seconds // 86400
    return ngettext("{n} day", "{n} days", days).format(n=days)


def left(until: datetime) -> str:
    """How long until then, roughly: 45 min, 3 h, or that it is past."""
    seconds = int((until - now()).total_seconds())
    if seconds <= 0:
        return _("expired")
    if seconds < 3600:
        return _("{n} min").format(n=max(1, seconds // 60))
    return _("{n} h").format(n=seconds // 3600)


def size(count: int) -> str:
    """Bytes for people: 512 B, 21,8 KB, 1,4 MB."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{count / 1024:.1f} KB".replace(".", ",")
    return f"{count / 1048576:.1f} MB".replace(".", ",")


def shown(value: object, kind: str = "text") -> str:
    """A value of a record as text, by the kind of its column: text, money, number, day, when, age. None is nothing."""
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case datetime() if kind == "age":
            return age(value)
        case date():
            return day(value) if kind == "day" else moment(value)
        case int() if kind == "money":
            return rupiah(value)
        case int() | float() if kind == "number":
            return number(value)
        case list() | tuple():
            return ", ".join(shown(item, kind) for item in value)
        case _:
            return str(value)
