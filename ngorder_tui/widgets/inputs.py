"""One input for each meaning of a value: what may be typed, how it is read, and what is said when it cannot be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from typing_extensions import override

from ngorder_tui import formats
from ngorder_tui.api.fields import Kind, read_day, read_rupiah
from ngorder_tui.i18n import _
from ngorder_tui.widgets.choice_input import ChoiceInput, FlagInput
from ngorder_tui.widgets.field_input import UNSET, FieldInput, TextField
from ngorder_tui.widgets.lookup import Finder, LookupInput
from ngorder_tui.widgets.record_columns import one_line

_grouped = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+|[+-]?[0-9]{1,3}(?:,[0-9]{3})+")
_whole = re.compile(r"[+-]?[0-9]{1,15}")
_decimal = re.compile(r"([+-]?[0-9]{1,15})[.,]([0-9]{1,9})")
_phone = re.compile(r"\+?[0-9][0-9 ()\-]{4,23}")
_digits = re.compile(r"[0-9]+")


class TextInput(TextField):
    """Words. Blank is UNSET, but where blank words have a meaning, or were made of words that a record has."""

    def typed(self) -> object:
        """The words without blanks around them."""
        words = self.text.strip()
        return words if words or self._filled or (self.required and self.may_be_blank) else UNSET


class RupiahInput(TextField):
    """Whole rupiah: 12000, 12.000 or Rp12.000."""

    reading_width = 16

    def read(self, text: str) -> object:
        """An int."""
        try:
            amount = read_rupiah(text)
        except ValueError:
            raise ValueError(_("Write whole rupiah, such as 12.000.")) from None
        if abs(amount) > 10**15:
            raise ValueError(_("That is more rupiah than there are."))
        return amount

    def reading(self) -> str:
        """The amount as money."""
        amount = self.typed()
        return formats.rupiah(amount) if isinstance(amount, int) else ""

    def shown(self, value: object) -> str:
        """The bare amount: a digit put behind Rp12.000 would make it unreadable."""
        try:
            return str(read_rupiah(value))
        except ValueError:
            return super().shown(value)


class WholeInput(TextField):
    """A whole number; thousands may be apart."""

    reading_width = 12

    def read(self, text: str) -> object:
        """An int."""
        if _grouped.fullmatch(text):
            text = re.sub("[.,]", "", text)
        if not _whole.fullmatch(text):
            raise ValueError(_("Write a whole number."))
        return int(text)

    def reading(self) -> str:
        """The number, where it was typed in groups."""
        number = self.typed()
        return formats.number(number) if isinstance(number, int) and not _whole.fullmatch(self.text.strip()) else ""


class PercentInput(WholeInput):
    """Whole percent; the sign may be typed."""

    def read(self, text: str) -> object:
        """An int from 0 to 100."""
        number = super().read(text.removesuffix("%").rstrip())
        if not isinstance(number, int) or not 0 <= number <= 100:
            raise ValueError(_("Write a percentage from 0 to 100."))
        return number


class NumberInput(TextField):
    """A number that may have decimals, behind a comma or a point."""

    reading_width = 12

    def read(self, text: str) -> object:
        """An int, or a float where decimals were typed. Three digits behind a point may be thousands: refused."""
        if _whole.fullmatch(text):
            return int(text)
        match = _decimal.fullmatch(text)
        if match is None:
            raise ValueError(_("Write a number, such as 12 or 1,5."))
        if len(match[2]) == 3 and match[1].lstrip("+-") != "0":
            raise ValueError(_("Write thousands without a point (1500), decimals with one or two digits (1,5)."))
        return float(f"{match[1]}.{match[2]}")

    def reading(self) -> str:
        """The number, where decimals were typed."""
        number = self.typed()
        return formats.number(number) if isinstance(number, float) else ""

    def shown(self, value: object) -> str:
        """The number with a comma before its decimals."""
        return f"{value:g}".replace(".", ",") if isinstance(value, float) else super().shown(value)


class DayInput(TextField):
    """A day: yyyy-mm-dd or dd/mm/yyyy."""

    reading_width = 16

    def read(self, text: str) -> object:
        """The day as yyyy-mm-dd."""
        return self._day(text).isoformat()

    def reading(self) -> str:
        """The day written out."""
        try:
            return formats.moment(self._day(self.text))
        except ValueError:
            return ""

    def shown(self, value: object) -> str:
        """The day of a day or time."""
        return value.isoformat()[:10] if isinstance(value, date) else super().shown(value)

    @staticmethod
    def _day(text: str) -> date:
        try:
            return read_day(text)
        except ValueError:
            raise ValueError(_("Write a day as yyyy-mm-dd or dd/mm/yyyy.")) from None


class MonthInput(TextField):
    """A month: yyyy-mm or mm/yyyy."""

    reading_width = 12

    def read(self, text: str) -> object:
        """The month as yyyy-mm."""
        year, month = self._month(text)
        return f"{year:04}-{month:02}"

    def reading(self) -> str:
        """The month written out."""
        try:
            year, month = self._month(self.text.strip())
        except ValueError:
            return ""
        return f"{formats.months()[month - 1]} {year}"

    @staticmethod
    def _month(text: str) -> tuple[int, int]:
        if match := re.fullmatch(r"([0-9]{4})[-/]([0-9]{1,2})", text):
            year, month = int(match[1]), int(match[2])
        elif match := re.fullmatch(r"([0-9]{1,2})[-/]([0-9]{4})", text):
            year, month = int(match[2]), int(match[1])
        else:
            year = month = 0
        if not 1 <= month <= 12:
            raise ValueError(_("Write a month as yyyy-mm or mm/yyyy."))
        return year, month


class PhoneInput(TextField):
    """A telephone number; its leading zero stays."""

    def read(self, text: str) -> object:
        """The number as typed."""
        if not _phone.fullmatch(text):
            raise ValueError(_("Write a phone number: 5 to 24 digits, blanks or hyphens."))
        return text


class DigitsInput(TextField):
    """Digits that are no number, such as a postal code: leading zeros stay."""

    def read(self, text: str) -> object:
        """The digits as typed."""
        if not _digits.fullmatch(text):
            raise ValueError(_("Write digits only."))
        return text


class SecretInput(TextField):
    """A password or PIN: masked on screen, in no draft and in no reading."""

    is_masked = True

    def typed(self) -> object:
        """What was typed, blanks and all, or UNSET."""
        return self.text or UNSET

    def complaint(self) -> str:
        """None: any text may be a secret."""
        return ""

    def draft(self) -> str:
        """Nothing."""
        return ""

    @override
    def restore(self, text: object) -> None:
        """Empty it: there is no draft of a secret."""
        super().restore("")

    def fill(self, value: object) -> None:
        """Nothing: a secret is never shown."""

    @property
    def touched(self) -> bool:
        """Whether anything is typed."""
        return bool(self.text)


class FileInput(TextField):
    """A file of this machine, by its path; ~ is the home directory."""

    def complaint(self) -> str:
        """That there is no such file."""
        text = self.text.strip()
        try:
            is_there = not text or Path(text).expanduser().is_file()
        except (OSError, RuntimeError, ValueError):
            is_there = False
        return "" if is_there else _("There is no such file on this machine.")


class ValuesInput(TextField):
    """Several values with commas between them; `choices` are the ones that there are, where they are fixed."""

    def __init__(
        self,
        field: str,
        label: str,
        choices: Sequence[object] = (),
        *,
        item: Kind = "text",
        required: bool = False,
        depth: int = 0,
        id: str | None = None,
    ) -> None:
        super().__init__(field, label, required=required, depth=depth, id=id)
        self._choices = {str(choice).casefold(): choice for choice in choices}
        self._item = item

    def typed(self) -> object:
        """The list. None is UNSET, but where an empty one is a value, or a record had some."""
        is_empty = not self.text.strip(", ")
        return [] if is_empty and (self._filled or (self.required and self.may_be_blank)) else super().typed()

    def read(self, text: str) -> object:
        """A list of what stands between the commas."""
        items = [item.strip() for item in text.split(",") if item.strip()]
        if self._item == "id":
            return [item.removeprefix("#").strip() for item in items]
        if not self._choices:
            return items
        if unknown := [item for item in items if item.casefold() not in self._choices]:
            raise ValueError(
                _("{what} is none of {choices}.").format(
                    what=one_line(unknown[0]), choices=", ".join(map(str, self._choices.values()))
                )
            )
        return [self._choices[item.casefold()] for item in items]

    def shown(self, value: object) -> str:
        """The values with commas between them."""
        return ", ".join(one_line(str(item)) for item in value) if isinstance(value, list | tuple) else str(value)


_typed_kinds: dict[Kind, type[TextField]] = {
    "rupiah": RupiahInput, "quantity": WholeInput, "whole": WholeInput, "percent": PercentInput,
    "number": NumberInput, "day": DayInput, "month": MonthInput, "phone": PhoneInput, "digits": DigitsInput,
    "secret": SecretInput, "file": FileInput,
}  # fmt: skip


def make_input(
    kind: Kind,
    field: str,
    label: str,
    *,
    choices: Sequence[object] = (),
    item: Kind = "text",
    finder: Finder | None = None,
    required: bool = False,
    may_be_blank: bool = False,
    depth: int = 0,
) -> FieldInput:
    """The input for a kind of value.

    `item` is the kind of each of several values; `finder` searches for an id; `may_be_blank` tells that empty words,
    or a list of nothing, are a value.
    """
    match kind:
        case "flag":
            return FlagInput(field, label, required=required, depth=depth)
        case "choice":
            return ChoiceInput(field, label, choices, required=required, depth=depth)
        case "id":
            return LookupInput(field, label, finder, required=required, depth=depth)
        case "values":
            values = ValuesInput(field, label, choices, item=item, required=required, depth=depth)
            values.may_be_blank = may_be_blank
            return values
        case "text":
            words = TextInput(field, label, required=required, depth=depth)
            words.may_be_blank = may_be_blank
            return words
        case _:
            return _typed_kinds[kind](field, label, required=required, depth=depth)
