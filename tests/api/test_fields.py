"""Every spelling of a value is read as what it means, and nothing else is."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ngorder_tui.api.fields import (
    Amount,
    Day,
    Digits,
    MaybeBlank,
    Month,
    Number,
    Opt,
    Percent,
    Phone,
    Quantity,
    Rupiah,
    Secret,
    Text,
    WarehouseId,
    When,
    Words,
    YesNo,
    meanings,
    read_day,
    read_rupiah,
    read_when,
    read_yes_no,
    whole,
)
from ngorder_tui.api.models import Query, Record, as_json, spelled

JAKARTA = timezone(timedelta(hours=7))
rupiah = st.integers(-(10**12), 10**12)


def dotted(amount: int, separator: str = ".") -> str:
    return f"{amount:,}".replace(",", separator)


@pytest.mark.parametrize(
    ("spelled", "amount"),
    [
        ("Rp0", 0),
        ("Rp7800", 7800),
        ("Rp72.720", 72_720),
        ("Rp9.693.125", 9_693_125),
        ("rp 9.693.125,00", 9_693_125),
        ("Rp. 5.000", 5000),
        ("IDR 5,500", 5500),
        ("-Rp5.000", -5000),
        ("Rp-5.000", -5000),
        ("109900", 109_900),
        (" 100000.00 ", 100_000),
        ("1.000", 1000),
        ("1.00", 1),
        (100_000, 100_000),
        (100_000.0, 100_000),
        (-432_000, -432_000),
    ],
)
def test_rupiah_in_every_spelling(spelled: object, amount: int) -> None:
    assert read_rupiah(spelled) == amount
    assert type(read_rupiah(spelled)) is int


@pytest.mark.parametrize(
    "other",
    [True, None, "", " ", "Rp", "free", "1.5", "12.34", "1.2345", "1.00.000", "Rp1.000 and more", 1.5, 1e400, [], {}],
)
def test_what_is_no_amount_of_rupiah(other: object) -> None:
    with pytest.raises(ValueError, match="not an amount of rupiah"):
        read_rupiah(other)


@given(rupiah)
def test_rupiah_round_trip(amount: int) -> None:
    spellings = [
        amount,
        float(amount),
        str(amount),
        f"Rp{amount}",
        f"Rp{dotted(amount)}",
        f"Rp {dotted(amount)},00",
        f"IDR {dotted(amount, ',')}.00",
        dotted(amount),
        f"{amount}.0",
    ]
    assert {read_rupiah(each) for each in spellings} == {amount}


@given(st.text("0123456789.,- Rp") | st.text(st.characters(exclude_categories=["Nd"])))
def test_rupiah_of_any_text_is_an_int_or_a_refusal(text: str) -> None:
    try:
        read = read_rupiah(text)
    except ValueError:
        return
    assert str(abs(read)) in re.sub(r"[.,\s]", "", text)


@pytest.mark.parametrize("value", ["Y", "y", "1", 1, True, "true", " yes ", "Ya"])
def test_yes(value: object) -> None:
    assert read_yes_no(value) is True


@pytest.mark.parametrize("value", ["N", "n", "0", 0, False, "FALSE", "no", "tidak"])
def test_no(value: object) -> None:
    assert read_yes_no(value) is False


@pytest.mark.parametrize("value", ["", "ACTIVE", "NON ACTIVE", "R", "T", 2, None, "semua", []])
def test_neither_yes_nor_no(value: object) -> None:
    with pytest.raises(ValueError, match="not a yes or no"):
        read_yes_no(value)


@pytest.mark.parametrize(
    ("spelled", "moment"),
    [
        ("2016-01-25", date(2016, 1, 25)),
        ("2022-01-19 07:54:09", datetime(2022, 1, 19, 7, 54, 9, tzinfo=JAKARTA)),
        ("2021-01-02 18:55", datetime(2021, 1, 2, 18, 55, tzinfo=JAKARTA)),
        ("2022-01-19T00:54:09.478166Z", datetime(2022, 1, 19, 7, 54, 9, 478_166, tzinfo=JAKARTA)),
        ("2021-08-09T10:44:08+07:00", datetime(2021, 8, 9, 10, 44, 8, tzinfo=JAKARTA)),
        ("2021-08-09T10:44:08-05:00", datetime(2021, 8, 9, 22, 44, 8, tzinfo=JAKARTA)),
        ({"$date": {"$numberLong": "1592816651000"}}, datetime(2020, 6, 22, 16, 4, 11, tzinfo=JAKARTA)),
        ({"$date": "2020-06-22T09:04:11Z"}, datetime(2020, 6, 22, 16, 4, 11, tzinfo=JAKARTA)),
        ({"$date": 1592816651000}, datetime(2020, 6, 22, 16, 4, 11, tzinfo=JAKARTA)),
    ],
)
def test_times_in_every_spelling(spelled: object, moment: date) -> None:
    read = read_when(spelled)
    assert read == moment
    assert type(read) is type(moment)
    assert not isinstance(read, datetime) or read.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(
    "other", ["", "Senin, 9 Ags 2021", "5 jam yang lalu", "1", "2020-09", "2021-02-30", None, [], 5]
)
def test_what_is_no_time(other: object) -> None:
    with pytest.raises(ValueError, match=r"not a day or time|day is out of range|day \d+ must be in range"):
        read_when(other)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)))
def test_times_round_trip(moment: datetime) -> None:
    bare = moment.astimezone(JAKARTA).replace(tzinfo=None)
    assert read_when(moment.isoformat().replace("+00:00", "Z")) == moment
    assert read_when(moment.astimezone(JAKARTA).isoformat()) == moment
    assert read_when(bare.isoformat(sep=" ")) == moment
    assert read_when(moment) == moment
    assert read_when(bare) == moment


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_days_round_trip(day: date) -> None:
    spellings = [
        day,
        datetime(day.year, day.month, day.day, 23, 59),
        day.isoformat(),
        f"{day:%d-%m-%Y}",
        f"{day:%d/%m/%Y}",
        f" {day.year}/{day.month}/{day.day} ",
        f"{day.day}/{day.month}/{day.year}",
    ]
    assert {read_day(each) for each in spellings} == {day}
    assert type(read_day(spellings[1])) is date


@pytest.mark.parametrize("other", ["", "today", "2021-13-01", "31-02-2021", "21-02-03", "2021-02", 20210203, None])
def test_what_is_no_day(other: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_day(other)


@pytest.mark.parametrize(
    ("typed", "read"), [("1", 1), (" -2 ", -2), (1, 1), ("one", "one"), ("1.5", "1.5"), (None, None)]
)
def test_whole(typed: object, read: object) -> None:
    assert whole(typed) == read
    assert type(whole(typed)) is type(read)


class Odds(Record):
    number: Opt[int]
    weight: Opt[Number]
    text: Opt[Text]
    money: Opt[Rupiah]
    flag: Opt[YesNo]
    time: Opt[When]
    words: Opt[list[Text]]
    inner: Opt[Odds]
    from_: Opt[int] = spelled("from", "form")


@pytest.mark.parametrize("key", ["number", "weight", "money", "flag", "time", "inner", "from_"])
@pytest.mark.parametrize("blank", [None, "", "  ", [], {}])
def test_a_blank_is_none(key: str, blank: object) -> None:
    read = Odds.model_validate({"from" if key == "from_" else key: blank})
    if key == "inner" and blank == {}:
        assert read.inner == Odds.model_validate({})
    else:
        assert getattr(read, key) is None
    assert not read.model_extra


def test_a_missing_key_is_none_and_stays_missing() -> None:
    read = Odds.model_validate({})
    assert read.number is None
    assert as_json(read) == {}


def test_empty_text_and_empty_lists_stay_what_they_are() -> None:
    read = Odds.model_validate({"text": "", "words": []})
    assert (read.text, read.words) == ("", [])


def test_numbers_stay_exact() -> None:
    read = Odds.model_validate({"number": " 1", "weight": 0.1667, "money": "Rp7800", "text": 5})
    assert (read.number, read.weight, read.money, read.text) == (1, 0.1667, 7800, "5")
    assert type(Odds.model_validate({"weight": 100}).weight) is int


@pytest.mark.parametrize(
    ("key", "odd"),
    [
        ("number", "many"),
        ("money", "free"),
        ("money", 1.5),
        ("flag", "semua dari sini"),
        ("time", "Senin, 9 Ags 2021"),
        ("words", "one"),
        ("inner", "text for an object"),
        ("from", "many"),
        ("form", "many"),
        ("unheard_of", {"a": [1]}),
    ],
)
def test_what_cannot_be_read_is_kept_as_it_came(key: str, odd: object) -> None:
    read = Odds.model_validate({key: odd, "text": "beside it"})
    assert read.text == "beside it"
    assert (read.model_extra or {})[key] == odd
    assert as_json(read) == {key: odd, "text": "beside it"}


def test_an_odd_value_deep_inside_costs_only_its_field() -> None:
    read = Odds.model_validate({"inner": {"inner": {"number": "many", "money": "Rp1.000"}}})
    assert read.inner is not None
    assert read.inner.inner is not None
    assert read.inner.inner.money == 1000
    assert read.inner.inner.model_extra == {"number": "many"}


@pytest.mark.parametrize("key", ["from", "form"])
def test_both_spellings_of_a_key_are_read_and_the_servers_own_is_shown(key: str) -> None:
    read = Odds.model_validate({key: 3})
    assert read.from_ == 3
    assert as_json(read) == {"from": 3}


class Asked(Query):
    warehouse: WarehouseId | None = None
    how_many: Quantity | None = None
    percent: Percent | None = None
    money: Amount | None = None
    day: Day | None = None
    month: Month | None = None
    phone: Phone | None = None
    code: Digits | None = None
    words: Words | None = None
    trait: MaybeBlank | None = None
    flag: bool | None = None
    secret: Secret | None = None


@pytest.mark.parametrize(
    ("name", "typed", "held", "sent"),
    [
        ("warehouse", "0", 0, 0),
        ("how_many", "12", 12, 12),
        ("percent", 0, 0, 0),
        ("money", "Rp50.000", 50_000, 50_000),
        ("day", "3/2/2021", date(2021, 2, 3), "2021-02-03"),
        ("month", "2021-02", "2021-02", "2021-02"),
        ("phone", " 0812 0000-0001 ", "0812 0000-0001", "0812 0000-0001"),
        ("phone", "+62812000001", "+62812000001", "+62812000001"),
        ("code", "000123", "000123", "000123"),
        ("words", "Two\nlines", "Two\nlines", "Two\nlines"),
        ("trait", "", "", ""),
        ("flag", "false", False, False),
    ],
)
def test_what_is_asked_is_held_exactly(name: str, typed: object, held: object, sent: object) -> None:
    asked = Asked.model_validate({name: typed})
    assert getattr(asked, name) == held
    assert asked.model_dump(mode="json", exclude_unset=True) == {name: sent}


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("warehouse", "main"),
        ("warehouse", True),
        ("how_many", 0),
        ("how_many", 1_000_001),
        ("how_many", "1.5"),
        ("percent", 101),
        ("money", -1),
        ("money", 10**12 + 1),
        ("money", True),
        ("day", "2021-02-30"),
        ("month", "2021-13"),
        ("month", "21-01"),
        ("phone", "call me"),
        ("phone", "0812"),
        ("code", "12a"),
        ("code", ""),
        ("words", ""),
        ("words", "bell\x07"),
        ("words", "\x1b[31mred"),
        ("trait", "\x00"),
        ("flag", "perhaps"),
        ("secret", ""),
        ("unheard_of", 1),
    ],
)
def test_what_cannot_be_right_is_not_asked(name: str, wrong: object) -> None:
    with pytest.raises(ValidationError) as refused:
        Asked.model_validate({name: wrong})
    assert {problem["loc"][0] for problem in refused.value.errors()} == {name}


def test_a_secret_is_in_no_repr_and_in_no_error() -> None:
    assert "hush" not in repr(Asked(secret="hush"))
    assert "hush" not in str(Asked(secret="hush"))
    with pytest.raises(ValidationError) as refused:
        Asked.model_validate({"secret": ["hush"]})
    assert "hush" not in str(refused.value)


def test_questions_are_values() -> None:
    assert Asked(day=date(2021, 2, 3)) == Asked.model_validate({"day": "03-02-2021"})
    assert len({Asked(warehouse=WarehouseId(0)), Asked.model_validate({"warehouse": 0}), Asked()}) == 2
    with pytest.raises(ValidationError):
        Asked.__setattr__(Asked(), "words", "changed")


class Required(Query):
    warehouse: WarehouseId
    how_many: Quantity
    money: Amount
    secret: Secret
    several: tuple[WarehouseId, ...]
    inner: Asked
    inners: tuple[Asked, ...]


def test_the_meaning_of_a_field_is_known_whether_it_is_required_or_not() -> None:
    optional, required = meanings(Asked), meanings(Required)
    assert {name: what.kind for name, what in optional.items()} == {
        "warehouse": "id",
        "how_many": "quantity",
        "percent": "percent",
        "money": "rupiah",
        "day": "day",
        "month": "month",
        "phone": "phone",
        "code": "digits",
        "words": "text",
        "trait": "text",
        "flag": "flag",
        "secret": "secret",
    }
    assert {name: what.kind for name, what in required.items()} == {
        "warehouse": "id",
        "how_many": "quantity",
        "money": "rupiah",
        "secret": "secret",
        "several": "values",
        "inner": "object",
        "inners": "objects",
    }
    assert optional["warehouse"].id_type == "WarehouseId"
    assert (required["inner"].model, required["inners"].model) == (Asked, Asked)


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers(), max_size=2)))
def test_no_value_of_an_answer_is_lost_or_raises(value: Any) -> None:
    for key in ("number", "weight", "money", "flag", "time", "words", "text", "inner", "unheard_of"):
        kept = as_json(Odds.model_validate({key: value}))
        assert isinstance(kept, dict)
        assert kept.keys() == {key}
