"""The arguments of one request, read by meaning; what is wrong is collected and refused together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, overload

from ngorder_tui.sandbox.reading import Upload
from ngorder_tui.sandbox.refusals import Refused

Language = Literal["en", "id"]
Value = object
"""A value as it came, of any type."""
LARGEST = 10**15
"""The largest number taken where no argument says a smaller one."""

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_TRUE = frozenset({"1", "true", "y", "yes"})
_FALSE = frozenset({"0", "false", "n", "no"})


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list is asked for: page numbers count from 1."""

    page: int
    size: int

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.page - 1) * self.size


class Args:
    """Path, query and body of a request, merged.

    Every reader answers a value of its type. Where the argument is wrong, the reason is noted and a
    stand-in answered so that the rest can be read too: call `check()` before the values are used. An argument
    that is null, or an empty text where something else is wanted, counts as not sent.
    """

    def __init__(
        self,
        given: Mapping[str, Value],
        language: Language = "en",
        prefix: str = "",
        errors: dict[str, list[Value]] | None = None,
    ) -> None:
        self._given = given
        self._language: Language = language
        self._prefix = prefix
        self.errors: dict[str, list[Value]] = {} if errors is None else errors

    def has(self, name: str) -> bool:
        """Whether the argument was sent and is not null."""
        return self._given.get(name) is not None

    def refuse(self, name: str, en: str, id: str) -> None:
        """Note a reason against this argument, in the caller's language."""
        reasons = self.errors.setdefault(self._prefix + name, [])
        if (reason := id if self._language == "id" else en) not in reasons:
            reasons.append(reason)

    def unknown(self, name: str) -> Refused:
        """Note that nothing has the id sent as this argument; answers what to raise."""
        self.refuse(name, f"The selected {name} does not exist.", f"Pilihan {name} tidak ada.")
        return Refused(self.errors)

    def check(self) -> None:
        """Raise Refused if any argument read so far was wrong."""
        if self.errors:
            raise Refused(self.errors)

    @overload
    def integer(self, name: str, *, required: Literal[True], minimum: int = ..., maximum: int = ...) -> int: ...
    @overload
    def integer(self, name: str, *, default: int, minimum: int = ..., maximum: int = ...) -> int: ...
    @overload
    def integer(self, name: str, *, required: bool = ..., minimum: int = ..., maximum: int = ...) -> int | None: ...
    def integer(
        self,
        name: str,
        *,
        required: bool = False,
        default: int | None = None,
        minimum: int = -LARGEST,
        maximum: int = LARGEST,
    ) -> int | None:
        """A whole number, sent as a number or as digits."""
        raw = self._sent(name, required)
        if raw is None:
            return minimum if required else default
        number = _whole(raw)
        if number is None:
            self.refuse(name, f"The {name} must be a whole number.", f"Isian {name} harus bilangan bulat.")
        elif number < minimum:
            self.refuse(name, f"The {name} must be at least {minimum}.", f"Isian {name} minimal {minimum}.")
        elif number > maximum:
            self.refuse(name, f"The {name} may not be greater than {maximum}.", f"Isian {name} maksimal {maximum}.")
        else:
            return number
        return minimum

    @overload
    def text(self, name: str, *, required: Literal[True], empty: bool = ..., maximum: int = ...) -> str: ...
    @overload
    def text(self, name: str, *, default: str, empty: bool = ..., maximum: int = ...) -> str: ...
    @overload
    def text(self, name: str, *, required: bool = ..., empty: bool = ..., maximum: int = ...) -> str | None: ...
    def text(
        self,
        name: str,
        *,
        required: bool = False,
        empty: bool = False,
        default: str | None = None,
        maximum: int = 5000,
    ) -> str | None:
        """Text of at most `maximum` characters. A required one may be empty only if `empty` says so."""
        raw = self._given.get(name)
        if raw is None or (required and not empty and isinstance(raw, str) and not raw.strip()):
            if required:
                self._must_be_sent(name)
            return "" if required else default
        text = _text(raw)
        if text is None:
            self.refuse(name, f"The {name} must be text.", f"Isian {name} harus berupa teks.")
        elif len(text) > maximum:
            self.refuse(
                name,
                f"The {name} may not be longer than {maximum} characters.",
                f"Isian {name} maksimal {maximum} karakter.",
            )
        else:
            return text
        return ""

    @overload
    def digits(self, name: str, *, required: Literal[True], maximum: int = ...) -> str: ...
    @overload
    def digits(self, name: str, *, required: bool = ..., maximum: int = ...) -> str | None: ...
    def digits(self, name: str, *, required: bool = False, maximum: int = 20) -> str | None:
        """Digits whose leading zeros count (phones, postal codes, account numbers); a + may begin them."""
        raw = self._sent(name, required)
        if raw is None:
            return "" if required else None
        text = _text(raw)
        if text is None or re.fullmatch(r"\+?[0-9]+", text) is None:
            self.refuse(name, f"The {name} must be digits only.", f"Isian {name} hanya boleh angka.")
            return ""
        if len(text) > maximum:
            self.refuse(
                name,
                f"The {name} may not be longer than {maximum} digits.",
                f"Isian {name} maksimal {maximum} angka.",
            )
            return ""
        return text

    @overload
    def flag(self, name: str, *, required: Literal[True]) -> bool: ...
    @overload
    def flag(self, name: str, *, default: bool) -> bool: ...
    @overload
    def flag(self, name: str, *, required: bool = ...) -> bool | None: ...
    def flag(self, name: str, *, required: bool = False, default: bool | None = None) -> bool | None:
        """Yes or no: true, false, 1, 0, Y or N, as value or as text."""
        raw = self._sent(name, required)
        if raw is None:
            return False if required else default
        word = str(raw).strip().lower() if isinstance(raw, str | int) else ""
        if word in _TRUE:
            return True
        if word not in _FALSE:
            self.refuse(name, f"The {name} must be true or false.", f"Isian {name} harus true atau false.")
        return False

    @overload
    def day(self, name: str, *, required: Literal[True]) -> date: ...
    @overload
    def day(self, name: str, *, default: date) -> date: ...
    @overload
    def day(self, name: str, *, required: bool = ...) -> date | None: ...
    def day(self, name: str, *, required: bool = False, default: date | None = None) -> date | None:
        """A day, yyyy-mm-dd, of the years 1900 to 2999."""
        raw = self._sent(name, required)
        if raw is None:
            return date(1900, 1, 1) if required else default
        if isinstance(raw, str) and _DAY.fullmatch(raw.strip()):
            try:
                day = date.fromisoformat(raw.strip())
            except ValueError:
                day = date.min
            if 1900 <= day.year <= 2999:
                return day
        self.refuse(name, f"The {name} must be a day, yyyy-mm-dd.", f"Isian {name} harus tanggal, yyyy-mm-dd.")
        return date(1900, 1, 1)

    def month(self, name: str, *, required: bool = False) -> date | None:
        """The first day of a month sent as yyyy-mm."""
        raw = self._sent(name, required)
        if raw is None:
            return None
        match = _MONTH.fullmatch(raw.strip()) if isinstance(raw, str) else None
        if match and 1900 <= int(match[1]) <= 2999 and 1 <= int(match[2]) <= 12:
            return date(int(match[1]), int(match[2]), 1)
        self.refuse(name, f"The {name} must be a month, yyyy-mm.", f"Isian {name} harus bulan, yyyy-mm.")
        return None

    @overload
    def choice(self, name: str, values: Iterable[str | int], *, required: Literal[True]) -> str: ...
    @overload
    def choice(self, name: str, values: Iterable[str | int], *, default: str) -> str: ...
    @overload
    def choice(self, name: str, values: Iterable[str | int], *, required: bool = ...) -> str | None: ...
    def choice(
        self, name: str, values: Iterable[str | int], *, required: bool = False, default: str | None = None
    ) -> str | None:
        """One of the words (or numbers), spelled as in `values`; upper and lower case are taken alike."""
        words = [str(value) for value in values]
        raw = self._sent(name, required)
        if raw is None:
            return words[0] if required else default
        sent = (_text(raw) or "").strip().casefold()
        for word in words:
            if word.casefold() == sent:
                return word
        listed = ", ".join(words)
        self.refuse(name, f"The {name} must be one of: {listed}.", f"Isian {name} harus salah satu dari: {listed}.")
        return words[0]

    @overload
    def object(self, name: str, *, required: Literal[True]) -> Args: ...
    @overload
    def object(self, name: str, *, required: bool = ...) -> Args | None: ...
    def object(self, name: str, *, required: bool = False) -> Args | None:
        """An object inside; its errors are told under `name.field`."""
        raw = self._given.get(name)
        if raw is None and not required:
            return None
        if raw is None:
            self._must_be_sent(name)
        elif not isinstance(raw, dict):
            self.refuse(name, f"The {name} must be an object.", f"Isian {name} harus objek.")
        return self._inside(name, raw if isinstance(raw, dict) else {})

    def objects(self, name: str, *, required: bool = False, maximum: int = 1000) -> list[Args]:
        """A list of objects; errors are told under `name.0.field`. A required one has at least one element."""
        elements: list[Args] = []
        for place, raw in enumerate(self._list(name, required, maximum)):
            if not isinstance(raw, dict):
                self.refuse(f"{name}.{place}", "This must be an object.", "Isian ini harus objek.")
            elements.append(self._inside(f"{name}.{place}", raw if isinstance(raw, dict) else {}))
        return elements

    def integers(
        self,
        name: str,
        *,
        required: bool = False,
        minimum: int = -LARGEST,
        maximum: int = LARGEST,
        most: int = 1000,
    ) -> list[int]:
        """A list of at most `most` whole numbers, each within its bounds."""
        reader = self._elements(name, required, most)
        return [reader.integer(key, required=True, minimum=minimum, maximum=maximum) for key in reader.names()]

    def texts(self, name: str, *, required: bool = False, maximum: int = 5000, most: int = 1000) -> list[str]:
        """A list of at most `most` texts."""
        reader = self._elements(name, required, most)
        return [reader.text(key, required=True, maximum=maximum) for key in reader.names()]

    def file(self, name: str, *, maximum: int) -> Upload:
        """A required file of at most `maximum` bytes."""
        raw = self._given.get(name)
        if isinstance(raw, Upload):
            if not raw.content:
                self.refuse(name, f"The {name} is an empty file.", f"Berkas {name} kosong.")
            elif len(raw.content) > maximum:
                size = maximum // 1024
                self.refuse(name, f"The {name} may not exceed {size} KB.", f"Berkas {name} maksimal {size} KB.")
            return raw
        if raw is None:
            self._must_be_sent(name)
        else:
            self.refuse(name, f"The {name} must be a file.", f"Isian {name} harus berkas.")
        return Upload("", "", b"")

    def page(self, default: int, maximum: int = 1000) -> Window:
        """The page asked for with `pagination_offset` and `per_page` (default and greatest given here)."""
        return Window(
            self.integer("pagination_offset", default=1, minimum=1, maximum=1_000_000),
            self.integer("per_page", default=default, minimum=1, maximum=maximum),
        )

    def period(self, first: date, last: date) -> tuple[date, date]:
        """`start_date` and `end_date` with their defaults; refused when the end lies before the start."""
        start = self.day("start_date", default=first)
        end = self.day("end_date", default=max(last, start) if not self.has("end_date") else last)
        if end < start:
            self.refuse(
                "end_date",
                "The end_date may not be before the start_date.",
                "Isian end_date tidak boleh sebelum start_date.",
            )
        return start, end

    def names(self) -> list[str]:
        """The names of what was sent, in order."""
        return list(self._given)

    def _sent(self, name: str, required: bool) -> Value | None:
        raw = self._given.get(name)
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            if required:
                self._must_be_sent(name)
            return None
        return raw

    def _must_be_sent(self, name: str) -> None:
        self.refuse(name, f"The {name} field is required.", f"Isian {name} wajib diisi.")

    def _inside(self, name: str, given: Mapping[str, Value]) -> Args:
        return Args(given, self._language, f"{self._prefix}{name}.", self.errors)

    def _list(self, name: str, required: bool, most: int) -> Sequence[Value]:
        raw = self._given.get(name)
        if raw is None or raw in ([], ""):
            if required:
                self._must_be_sent(name)
            return ()
        if not isinstance(raw, list):
            self.refuse(name, f"The {name} must be a list.", f"Isian {name} harus daftar.")
            return ()
        if len(raw) > most:
            self.refuse(name, f"The {name} may not have more than {most} items.", f"Isian {name} maksimal {most}.")
            return ()
        return raw

    def _elements(self, name: str, required: bool, most: int) -> Args:
        values = self._list(name, required, most)
        return self._inside(name, {str(place): value for place, value in enumerate(values)})


def _whole(raw: Value) -> int | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() else None
    if isinstance(raw, str) and _WHOLE.fullmatch(raw.strip()):
        return int(raw)
    return None


def _text(raw: Value) -> str | None:
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        return None
    text = str(raw)[:1_000_000]
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        return None
    return text
