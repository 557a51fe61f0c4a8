from __future__ import annotations

import pytest

from ngorder_tui.sandbox.reading import LARGEST_BODY, Upload, body_arguments, query_arguments
from ngorder_tui.sandbox.refusals import Refused
from tests.sandbox.asking import Asker


def test_names_in_brackets_are_lists_and_objects() -> None:
    assert query_arguments(b"a=1&lines[1][qty]=3&lines[0][qty]=2&lines[0][id]=9&pay[bank]=4&ids[]=5&ids[]=6") == {
        "a": "1",
        "lines": [{"qty": "2", "id": "9"}, {"qty": "3"}],
        "pay": {"bank": "4"},
        "ids": ["5", "6"],
    }


def test_of_a_name_that_comes_twice_the_later_holds() -> None:
    assert query_arguments(b"a=1&a=2&a[b]=3") == {"a": {"b": "3"}}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("application/json", b"3"),
        ("application/json", b'{"a": NaN}'),
        ("application/json", b'{"a": "\xff"}'),
        ("application/json", "{}".encode("utf-16")),
        ("application/json", b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        ("application/json", b'{"a": ' + b"9" * 5000 + b"}"),
        ("text/plain", b"{}"),
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b"nothing of the kind"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\nno name\r\n--x--\r\n"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=%d" % number for number in range(3000))),
    ],
)
def test_bodies_that_cannot_be_read_are_refused(content_type: str, body: bytes) -> None:
    with pytest.raises(Refused):
        body_arguments(content_type, body)


def test_a_form_holds_fields_and_files() -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="note"\r\n\r\nHalo \xe2\x98\x95\r\n'
        b'--x\r\nContent-Disposition: form-data; name="logo"; filename="a.png"\r\n'
        b"Content-Type: image/png\r\n\r\n\x89PNG\r\n\x00\r\n"
        b"--x--\r\n"
    )
    assert body_arguments("multipart/form-data; boundary=x", body) == {
        "note": "Halo ☕",
        "logo": Upload("a.png", "image/png", b"\x89PNG\r\n\x00"),
    }


@pytest.mark.parametrize("content_type", ["", "application/json; charset=utf-8", "application/vnd.api+json"])
def test_json_is_read_under_its_names(content_type: str) -> None:
    assert body_arguments(content_type, b'{"a": 1}') == {"a": 1}


async def test_a_body_that_is_too_large_is_refused(shop: Asker) -> None:
    body = b'{"note": "' + b"a" * LARGEST_BODY + b'"}'
    response = await shop.http.post("/order-source/create", content=body)
    assert response.status_code == 413
    assert response.json()["response"] == "Failed"


async def test_a_get_reads_a_body_where_the_reference_says_so(shop: Asker) -> None:
    name = shop.db.execute("SELECT name FROM customer WHERE deleted_at IS NULL").fetchone()[0]
    asked = await shop.http.request("GET", "/customer", json={"keyword": name, "type": "NAME", "per_page": 100})
    assert asked.json() == await shop.done("customer.list", keyword=name, type="NAME", per_page=100)
    assert asked.json()["data"][0]["name"] == name
    unread = await shop.http.request("GET", "/supplier", content=b"not json at all")
    assert unread.status_code == 200


async def test_arguments_of_the_path_come_before_those_of_the_body(shop: Asker) -> None:
    response = await shop.http.request("DELETE", "/warehouse/987654", json={"id": 0})
    assert response.status_code == 404
