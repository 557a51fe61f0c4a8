"""Every answer that the reference shows is read whole: no key is lost, no value is misunderstood."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import reduce
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from ngorder_tui.api.endpoint import find
from ngorder_tui.api.fields import Rupiah, When, YesNo
from ngorder_tui.api.models import Page, Unreadable, as_json
from tests.api.contract import HERE, expected

EXAMPLES: dict[str, list[dict[str, Any]]] = json.loads(Path(HERE, "examples.json").read_text())
BODIES = [
    pytest.param(name, example["body"], id=f"{name}-{example['kind']}-{index}")
    for name, examples in EXAMPLES.items()
    for index, example in enumerate(examples)
]
each_body = pytest.mark.parametrize(("id", "body"), BODIES)
JAKARTA = timezone(timedelta(hours=7))


def read_through(id: str, body: object) -> object:
    """The typed answer to a body as the server sends it."""
    return find(id).read(json.dumps(body).encode())


def body_of(id: str, kind: str = "success") -> Any:
    return next(example["body"] for example in EXAMPLES[id] if example["kind"] == kind)


def is_mongo_time(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"$date"}


def key_paths(value: object, path: str = "") -> Iterator[str]:
    if isinstance(value, dict) and not is_mongo_time(value):
        for key, item in value.items():
            yield f"{path}.{key}"
            yield from key_paths(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from key_paths(item, f"{path}[{index}]")


def unknown_keys(value: object, path: str = "") -> Iterator[str]:
    match value:
        case Unreadable():
            yield f"{path} could not be read"
        case BaseModel():
            yield from (f"{path}.{key}" for key in value.model_extra or {})
            for name in value.model_fields_set & type(value).model_fields.keys():
                yield from unknown_keys(getattr(value, name), f"{path}.{name}")
        case dict():
            for key, item in value.items():
                yield from unknown_keys(item, f"{path}.{key}")
        case list():
            for index, item in enumerate(value):
                yield from unknown_keys(item, f"{path}[{index}]")


def mentions(annotation: Any, alias: Any) -> bool:
    """Whether a field may hold what this alias stands for."""
    return annotation == alias or any(mentions(each, alias) for each in get_args(annotation))


def leaves(value: object, raw: Any, annotation: Any = object, path: str = "") -> Iterator[tuple[str, Any, object, Any]]:
    """Every value beside what came for it: (path, annotation of its field, value, as it came)."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            if name in value.model_fields_set:
                key = field.serialization_alias or name
                yield from leaves(getattr(value, name), raw[key], field.annotation, f"{path}.{key}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, raw[key], annotation, f"{path}.{key}")
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from leaves(item, raw[index], annotation, f"{path}[{index}]")
    else:
        yield path, annotation, value, raw


def moment(raw: Any) -> date:
    """The day or time of an answer, worked out without the readers that are tested here."""
    if is_mongo_time(raw):
        return datetime.fromtimestamp(int(raw["$date"]["$numberLong"]) / 1000, UTC)
    if len(raw) == len("2021-01-31"):
        return date.fromisoformat(raw)
    time = datetime.fromisoformat(raw)
    return time if time.tzinfo else time.replace(tzinfo=JAKARTA)


def plain(value: Any) -> str:
    return "" if value in (None, [], {}) else str(value).strip()


def test_every_endpoint_has_its_examples() -> None:
    assert list(EXAMPLES) == [one.id for one in expected()]
    assert len(BODIES) == 144


@each_body
def test_no_key_is_lost(id: str, body: object) -> None:
    assert set(key_paths(as_json(read_through(id, body)))) == set(key_paths(body))


@each_body
def test_no_key_is_unknown(id: str, body: object) -> None:
    assert list(unknown_keys(read_through(id, body))) == []


@each_body
def test_values_mean_what_they_are_declared_to_mean(id: str, body: object) -> None:
    for path, annotation, value, raw in leaves(read_through(id, body), body):
        if value is None:
            assert plain(raw) == "", path
        elif mentions(annotation, Rupiah):
            assert type(value) is int, path
            assert value == int("".join(char for char in str(raw) if char.isdigit() or char == "-")), path
        elif mentions(annotation, YesNo):
            assert value is (raw in ("Y", "1", 1, True)), path
        elif mentions(annotation, When):
            assert value == moment(raw), path
            assert isinstance(value, datetime) == (not isinstance(raw, str) or len(raw) > len("2021-01-31")), path
            assert not isinstance(value, datetime) or value.utcoffset() == timedelta(hours=7), path
        elif isinstance(value, str):
            assert value == str(raw), path
        else:
            assert plain(value) == plain(raw), path


@each_body
def test_what_was_read_and_written_reads_the_same(id: str, body: object) -> None:
    read = read_through(id, body)
    assert read_through(id, as_json(read)) == read


Y_OR_N = {"publish_status", "show_stock", "wholesale_status", "has_variation", "stock", "is_manual_payment"}


@each_body
def test_spellings_are_understood_wherever_they_stand(id: str, body: object) -> None:
    for path, _, value, raw in leaves(read_through(id, body), body):
        key = path.rpartition(".")[2]
        if isinstance(raw, bool) or (key in Y_OR_N and raw in ("Y", "N")):
            assert type(value) is bool, path
        elif isinstance(raw, str) and re.fullmatch(r"Rp[\d.]+", raw):
            assert type(value) is int, path
        elif is_mongo_time(raw) or (isinstance(raw, str) and re.match(r"\d{4}-\d\d-\d\d[ T]\d\d:", raw)):
            assert isinstance(value, datetime), path
            assert value.tzinfo is not None, path
        elif isinstance(raw, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", raw):
            assert type(value) is date, path


def test_the_examples_hold_enough_of_every_kind() -> None:
    kinds = dict.fromkeys(("money", "flag", "time"), 0)
    for param in BODIES:
        name, body = param.values
        for _, annotation, value, _ in leaves(read_through(str(name), body), body):
            if value is not None:
                kinds["money"] += mentions(annotation, Rupiah)
                kinds["flag"] += mentions(annotation, YesNo)
                kinds["time"] += mentions(annotation, When)
    assert kinds["money"] > 150
    assert kinds["flag"] > 80
    assert kinds["time"] > 60


def step(value: Any, key: str | int) -> Any:
    return value[key] if isinstance(key, int) else getattr(value, key)


@pytest.mark.parametrize(
    ("id", "path", "value"),
    [
        ("product.list_variation_history", ("title", "variation_name"), " merah"),
        ("product.list_variation_history", ("data", 0, "date"), "Senin, 9 Ags 2021"),
        ("product.list_variation_history", ("data", 0, "warehouse", "id"), None),
        ("product.list_variation_history", ("data", 0, "stock", "in_"), 5),
        ("product.list_variations", ("data", 0, "is_warehouse"), False),
        ("product.list_variations", ("data", 0, "category_id"), 0),
        ("product.list", ("data", 0, "warehouse", 0, "id"), 0),
        ("product.get", ("data", "variations", 0, "stock"), True),
        ("product.sync_stock", ("data", "amount"), 30),
        ("stock_transfer.list_transactions", ("data", 0, "transferred_stock"), 3),
        ("stock_transfer.list_transactions", ("data", 1, "variant_name"), "-"),
        ("shipment.list", ("data", 0, "customer", "postal_code"), "KDE00017"),
        ("shipment.list", ("data", 0, "dropship"), []),
        ("shipment.list_payments", ("data", 0, "total"), 7800),
        ("shipment.list_payments", ("withdrawable_balance",), 9_693_125),
        ("shipment.request_pickup", ("status",), "PICKUP_REQUEST"),
        ("report.get", ("data", "gross_sales", "unpaid"), 0),
        ("report.get_profit_chart", ("data", 1, "gross_profit"), -432_000),
        ("report.get_sales_chart", ("data", 0, "date"), "1"),
        ("report.get_group", ("by_admin", 1, "user_id"), 0),
        ("report.get_expedition_chart", ("total_amount",), 1_633_000),
        ("payment_setting.list_admin_fees", ("data", 3, "customer_category", "code"), "1"),
        ("payment_setting.create_admin_fee", ("data", "nominal"), 1200),
        ("payment.list", ("data", 0, "type", "id"), 1),
        ("billing.list_addons", ("data", 1, "sub_message"), "Layaran Expired"),
        ("shop.get", ("data", 0, "shipper_status"), "NON ACTIVE"),
        ("user.update_profile", ("data", "phone_number"), "0812000010"),
    ],
)
def test_odd_values_survive(id: str, path: tuple[str | int, ...], value: object) -> None:
    read = reduce(step, path, read_through(id, body_of(id)))
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("id", ["order.create", "order.update_payment"])
def test_a_failure_that_comes_as_a_success_keeps_its_reasons(id: str) -> None:
    body = body_of(id, "error")
    read: Any = read_through(id, body)
    assert read.response == "Failed"
    assert read.data is None
    assert read.message == body["message"]


@pytest.mark.parametrize(
    ("spoil", "left"),
    [
        (lambda row: row.update(id=None), 1),
        (lambda row: row.pop("id"), 1),
        (lambda row: row.update(created_at="some day"), 2),
        (lambda row: row.update(warehouse="the big one"), 2),
    ],
    ids=["id null", "id missing", "odd time", "text for an object"],
)
def test_one_bad_row_costs_at_most_that_row(spoil: Callable[[dict[str, Any]], object], left: int) -> None:
    body = json.loads(json.dumps(body_of("stock_opname.list")))
    spoil(body["data"][0])
    page = read_through("stock_opname.list", body)
    assert isinstance(page, Page)
    assert len(page.data) == 2
    assert len(page.readable()) == left
    assert set(key_paths(as_json(page))) == set(key_paths(body))
