from __future__ import annotations

import json
import sqlite3
from datetime import date

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ngorder_tui.api.endpoint import find
from ngorder_tui.sandbox.args import Args, Language
from ngorder_tui.sandbox.refusals import Refused
from tests.sandbox.asking import Asker
from tests.sandbox.calls import CALLS

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.sampled_from(["", "0", "1", "Y", "N", "2026-02-30", "2026-03-01", "\0", "\ud800", "9" * 30, "%", "_"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "qty", "0"]), inner, max_size=3),
    max_leaves=6,
)


def args(language: Language = "en", **given: object) -> Args:
    return Args(given, language)


@pytest.mark.parametrize(("sent", "read"), [(3, 3), ("3", 3), (" 03 ", 3), (3.0, 3), ("-2", -2), (0, 0), ("0", 0)])
def test_integers(sent: object, read: int) -> None:
    reader = args(a=sent)
    assert reader.integer("a") == read
    reader.check()


@pytest.mark.parametrize("sent", [True, "3.5", 3.5, "x", [1], {"a": 1}, 10**16, "9" * 40, float("inf"), "٣"])
def test_not_integers(sent: object) -> None:
    reader = args(a=sent)
    reader.integer("a")
    assert list(reader.errors) == ["a"]


@pytest.mark.parametrize("sent", [None, ""])
def test_nothing_sent(sent: object) -> None:
    reader = args(a=sent)
    assert reader.integer("a") is None
    assert reader.integer("a", default=7) == 7
    assert reader.day("a", default=date(2026, 3, 1)) == date(2026, 3, 1)
    assert reader.choice("a", ("X",)) is None
    assert reader.flag("a") is None
    reader.check()
    reader.integer("a", required=True)
    assert reader.errors == {"a": ["The a field is required."]}


@pytest.mark.parametrize(
    ("sent", "read"), [(True, True), (0, False), ("1", True), ("Y", True), ("n", False), ("FALSE", False)]
)
def test_flags(sent: object, read: bool) -> None:
    reader = args(a=sent)
    assert reader.flag("a") is read
    reader.check()


@pytest.mark.parametrize("sent", ["maybe", 2, 1.0, [True], {}])
def test_not_flags(sent: object) -> None:
    reader = args(a=sent)
    reader.flag("a")
    assert list(reader.errors) == ["a"]


@pytest.mark.parametrize("sent", ["2026-02-30", "2026-2-3", "20260203", "0001-01-01", 20260203, "2026-02-03T00:00"])
def test_not_days(sent: object) -> None:
    reader = args(a=sent)
    reader.day("a")
    assert list(reader.errors) == ["a"]


def test_text_is_kept_as_it_came() -> None:
    assert args(a=" Kaos Merah ").text("a") == " Kaos Merah "
    assert args(a=812).text("a") == "812"
    assert args(a="").text("a") == ""
    reader = args(a="x" * 11, b="", c="\0", d="\ud800", e=True)
    reader.text("a", maximum=10)
    reader.text("b", required=True)
    for name in "cde":
        reader.text(name)
    assert list(reader.errors) == ["a", "b", "c", "d", "e"]
    reader = args(b="")
    assert reader.text("b", required=True, empty=True) == ""
    reader.check()


def test_digits_keep_their_zeros() -> None:
    assert args(a="0081").digits("a") == "0081"
    assert args(a=81).digits("a") == "81"
    reader = args(a="08-1", b="1" * 21, c=-5)
    for name in "abc":
        reader.digits(name)
    assert list(reader.errors) == ["a", "b", "c"]


def test_a_choice_is_spelled_as_listed() -> None:
    assert args(a="add").choice("a", ("ADD", "SUB")) == "ADD"
    assert args(a=1).choice("a", (0, 1, 2)) == "1"
    reader = args(a="MUL")
    reader.choice("a", ("ADD", "SUB"))
    assert reader.errors == {"a": ["The a must be one of: ADD, SUB."]}


def test_errors_inside_are_told_by_their_path_and_all_at_once() -> None:
    reader = args(products=[{"qty": 1}, {"qty": 0}, 3], payment={"amount": "x"}, ids=[1, "a"], more={})
    for product in reader.objects("products", required=True):
        product.integer("qty", required=True, minimum=1)
    if (payment := reader.object("payment")) is not None:
        payment.integer("amount")
    assert reader.integers("ids", required=True)[0] == 1
    assert reader.objects("more") == []
    with pytest.raises(Refused) as caught:
        reader.check()
    assert isinstance(caught.value.message, dict)
    assert list(caught.value.message) == [
        "products.2",
        "products.1.qty",
        "products.2.qty",
        "payment.amount",
        "ids.1",
        "more",
    ]


def test_lists_have_a_greatest_length() -> None:
    reader = args(a=[{}] * 4, b=list(range(4)), c=[])
    assert reader.objects("a", maximum=3) == []
    assert reader.integers("b", most=3) == []
    reader.objects("c", required=True)
    assert list(reader.errors) == ["a", "b", "c"]


def test_pages_and_periods() -> None:
    window = args(per_page="25", pagination_offset="3").page(10, 100)
    assert (window.page, window.size, window.offset) == (3, 25, 50)
    reader = args(per_page=101, pagination_offset=0)
    reader.page(10, 100)
    assert list(reader.errors) == ["pagination_offset", "per_page"]
    today = date(2026, 3, 18)
    assert args(start_date="2027-01-01").period(today, today) == (date(2027, 1, 1), date(2027, 1, 1))
    reader = args(start_date="2026-03-05", end_date="2026-03-04")
    reader.period(today, today)
    assert list(reader.errors) == ["end_date"]


def test_reasons_are_in_the_callers_language() -> None:
    reader = args("id")
    reader.text("name", required=True)
    assert reader.errors == {"name": ["Isian name wajib diisi."]}


@pytest.mark.parametrize("id", CALLS)
@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(data=st.data())
async def test_no_input_makes_a_server_error(
    invented_shop: sqlite3.Connection, shop: Asker, id: str, data: st.DataObject
) -> None:
    """A good call with some of its arguments replaced by anything at all."""
    invented_shop.backup(shop.db)
    good = dict(CALLS[id].arguments(shop.db))
    endpoint = find(id)
    names = sorted({*good, *endpoint.takes.model_fields, "pagination_offset"})
    arguments = good | data.draw(st.dictionaries(st.sampled_from(names), ANYTHING, max_size=4))
    status, text = await _send(shop, id, arguments)
    assert status < 500, text
    if status >= 400:
        body = json.loads(text)
        assert body["response"] == "Failed"
        assert body["message"]
        assert body["data"] is None


async def _send(shop: Asker, id: str, arguments: dict[str, object]) -> tuple[int, str]:
    endpoint = find(id)
    path, rest = endpoint.path, {name: value for name, value in arguments.items() if not isinstance(value, bytes)}
    for name in list(rest):
        if (slot := f"{{{name}}}") in path:
            path = path.replace(slot, "".join(f"%{byte:02X}" for byte in _utf8(rest.pop(name))) or "0")
    if endpoint.method == "GET":
        response = await shop.ask_with(id, {name: _utf8(value).decode() for name, value in rest.items()})
    else:
        response = await shop.http.request(endpoint.method, path, content=json.dumps(rest).encode())
    return response.status_code, response.text


def _utf8(value: object) -> bytes:
    return str(value).encode("utf-8", "replace")


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(
    query=st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#"), max_size=40),
    kind=st.sampled_from(
        [
            "application/json",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "text/html",
            "\u00ff;=",
        ]
    ),
    body=st.binary(max_size=80)
    | st.binary(max_size=60).map(lambda part: b"--x\r\nContent-Disposition: form-data; name=" + part + b"\r\n--x--"),
    language=st.text(st.characters(max_codepoint=255, exclude_categories=["Cc"]), max_size=8),
)
async def test_no_request_makes_a_server_error(shop: Asker, query: str, kind: str, body: bytes, language: str) -> None:
    headers = {b"Content-Type": kind.encode("latin-1"), b"Accept-Language": language.encode("latin-1")}
    url = httpx.URL("http://sandbox/api/open/order-source/create").copy_with(query=query.encode())
    response = await shop.http.post(url, headers=headers, content=body)
    assert response.status_code in {200, 400}, response.text
