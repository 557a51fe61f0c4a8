from __future__ import annotations

import asyncio
import sqlite3
from importlib import import_module

import pytest

from ngorder_tui.api.endpoint import every
from ngorder_tui.sandbox.answering import Answer, Args, Bound, Shop, handlers
from ngorder_tui.sandbox.app import CHAPTERS
from ngorder_tui.sandbox.refusals import Missing, WrongMethod
from ngorder_tui.sandbox.routes import Router
from tests.sandbox.asking import Asker

FAILED = {"response", "message", "data"}


def _nothing(_shop: Shop, _args: Args) -> Answer:
    return {}


def _router(*ids: str) -> Router:
    return Router({name: Bound(name, _nothing, False, 400, False) for name in ids})


def test_every_handler_is_bound_to_an_endpoint_of_its_chapter() -> None:
    for chapter in CHAPTERS:
        import_module(f"ngorder_tui.sandbox.chapters.{chapter}")
    known = {endpoint.id for endpoint in every()}
    assert set(handlers()) <= known
    for bound in handlers().values():
        assert bound.handler.__module__.startswith(f"ngorder_tui.sandbox.chapters.{bound.id.partition('.')[0]}")


def test_each_endpoint_is_found_by_its_method_and_path() -> None:
    endpoints = every()
    router = _router(*(endpoint.id for endpoint in endpoints))
    for endpoint in endpoints:
        path = "/".join("7" if part.startswith("{") else part for part in endpoint.path.split("/"))
        bound, slots = router.match(endpoint.method, path)
        assert bound.id == endpoint.id
        assert set(slots.values()) <= {"7"}


def test_a_spelled_out_path_comes_before_a_slot() -> None:
    router = _router("report.get_group", "report.list_banks")
    assert router.match("GET", "/report/bank")[0].id == "report.list_banks"
    assert router.match("GET", "/report/admin")[1] == {"group": "admin"}


def test_a_slot_is_unquoted_and_never_empty() -> None:
    router = _router("warehouse.get")
    assert router.match("GET", "/warehouse/a%2Fb%20c")[1] == {"id": "a/b c"}
    with pytest.raises(Missing):
        router.match("GET", "/warehouse/")


def test_a_wrong_method_names_the_right_ones() -> None:
    router = _router("warehouse.get", "warehouse.delete", "warehouse.list")
    with pytest.raises(WrongMethod) as caught:
        router.match("PUT", "/warehouse/3")
    assert caught.value.allowed == ("DELETE", "GET")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/supplier", 200),
        ("GET", "/nowhere", 404),
        ("GET", "/supplier/", 404),
        ("GET", "/", 404),
        ("GET", "", 404),
        ("DELETE", "/supplier", 405),
        ("HEAD", "/supplier", 405),
        ("OPTIONS", "/warehouse/0", 405),
    ],
)
async def test_unknown_paths_and_methods(shop: Asker, method: str, path: str, status: int) -> None:
    response = await shop.http.request(method, f"http://sandbox/api/open{path}")
    assert response.status_code == status
    if status != 200 and method != "HEAD":
        assert set(response.json()) == FAILED
    if status == 405:
        assert "GET" in response.headers["Allow"]


async def test_outside_the_base_path_there_is_nothing(shop: Asker) -> None:
    response = await shop.http.get("http://sandbox/supplier")
    assert response.status_code == 404
    assert response.json()["response"] == "Failed"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", "Basic sandbox", "sandbox", "Bearer sandbox2"])
async def test_a_wrong_key_is_refused_before_anything_else(shop: Asker, header: str) -> None:
    for path in ("/supplier", "/nowhere"):
        response = await shop.http.get(path, headers={"Authorization": header})
        assert response.status_code == 401
        assert response.json()["data"] is None
        assert response.headers["WWW-Authenticate"] == "Bearer"


async def test_a_key_speaks_for_its_user(db: sqlite3.Connection, shop: Asker) -> None:
    token, email = db.execute("SELECT token, email FROM user WHERE level = 'Admin' ORDER BY id").fetchone()
    owner = await shop.done("customer.download")
    admin = await shop.ask_with("customer.download", {}, {"Authorization": f"bearer {token}"})
    assert email in admin.json()["response"]
    assert email not in str(owner["response"])


async def test_the_language_asked_for_is_spoken(shop: Asker) -> None:
    for language, word in (("id-ID,en;q=0.5", "wajib"), ("id", "wajib"), ("en", "required"), ("fr", "required")):
        response = await shop.ask_with("bank.list", {}, {"Accept-Language": language})
        assert response.status_code == 400
        assert word in response.json()["message"]["type"][0]


async def test_every_request_is_logged(shop: Asker) -> None:
    before = shop.number("SELECT count(*) FROM request_log")
    await shop.done("supplier.list")
    await shop.ask("bank.list")
    await shop.http.get("/nowhere")
    rows = shop.db.execute("SELECT endpoint_id, method, path, status FROM request_log ORDER BY id").fetchall()
    assert [tuple(row) for row in rows[before:]] == [
        ("supplier.list", "GET", "/supplier", 200),
        ("bank.list", "GET", "/bank", 400),
        ("", "GET", "/nowhere", 404),
    ]


async def test_the_log_keeps_the_newest(shop: Asker) -> None:
    shop.db.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
        " INSERT INTO request_log (at, endpoint_id, method, path, status)"
        " SELECT '2026-01-01 00:00:00', '', 'GET', '/', 200 FROM n"
    )
    shop.db.commit()
    await shop.done("supplier.list")
    assert shop.number("SELECT count(*) FROM request_log") == 10_000
    assert shop.number("SELECT count(*) FROM request_log WHERE endpoint_id = 'supplier.list'") == 1


async def test_a_failing_handler_is_a_500_and_leaves_nothing(shop: Asker, caplog: pytest.LogCaptureFixture) -> None:
    shop.db.execute("CREATE TRIGGER breaks AFTER INSERT ON order_source BEGIN SELECT RAISE(FAIL, 'disk trouble'); END")
    shop.db.commit()
    before = shop.number("SELECT count(*) FROM order_source")
    response = await shop.ask("order_source.create", marketplace_id=1, note="Uji")
    assert response.status_code == 500
    assert response.json()["response"] == "Failed"
    assert "disk trouble" not in response.text
    assert "disk trouble" in caplog.text
    assert shop.number("SELECT count(*) FROM order_source") == before
    assert shop.number("SELECT status FROM request_log ORDER BY id DESC LIMIT 1") == 500
    assert (await shop.ask("supplier.list")).status_code == 200


async def test_requests_at_the_same_time_do_not_mix(shop: Asker) -> None:
    made = await asyncio.gather(
        *(shop.done("order_source.create", marketplace_id=1, note=f"Kanal {number}") for number in range(30))
    )
    notes = {row["id"]: row["note"] for row in await shop.rows("order_source.list")}
    answered = [data for answer in made if isinstance(data := answer["data"], dict)]
    assert len({data["order_source_id"] for data in answered}) == 30
    assert all(notes[data["order_source_id"]] == data["note"] for data in answered)


async def test_a_strange_host_is_no_trouble(shop: Asker) -> None:
    response = await shop.ask_with("customer.list", {"per_page": 1}, {"Host": "[:"})
    assert response.status_code == 200


async def test_long_answers_are_packed_when_the_caller_can_unpack_them(shop: Asker) -> None:
    packed = await shop.ask("region.list", per_page=100)
    plain = await shop.ask_with("region.list", {"per_page": 100}, {"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert int(packed.headers["Content-Length"]) < len(plain.content)
