"""`ngorder-tui api`: one call, its result, and an exit code that says what happened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.wire import BASE, KEY, Desk, answer, body_of, ok
from tests.cli.conftest import Program

CREATE = ("api", "supplier.create", "name=Gudang", "district_id=17", "addess=Jl. Contoh", "phone=0800000001",
          "description=-")  # fmt: skip
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page(rows: list[Any], *, number: int = 1, pages: int = 1, total: int | None = None) -> httpx.Response:
    pagination = {
        "total": len(rows) if total is None else total, "count": len(rows), "per_page": 100,
        "current_page": number, "total_pages": pages,
    }  # fmt: skip
    return answer({"data": rows, "meta": {"pagination": pagination}})


def test_a_typed_answer_is_json_on_stdout(cli: Program) -> None:
    row = {"order_id": "7", "total_amount": "Rp100.000", "order_date": "2026-01-05", "odd_key": {"x": 1}}
    row["created_at"] = "2026-01-05 09:26:45"
    ran = cli("api", "order.list", "per_page=1", desk=Desk(page([row])))
    assert (ran.code, ran.err) == (0, "")
    read = ran.json["data"][0]
    assert (read["order_id"], read["total_amount"]) == (7, 100000)
    assert (read["order_date"], read["created_at"]) == ("2026-01-05", "2026-01-05T09:26:45+07:00")
    assert read["odd_key"] == {"x": 1}
    assert ran.out.count("\n") == 1


def test_arguments_go_where_they_belong(cli: Program) -> None:
    desk = Desk(ok())
    cli("api", "order.list", "payment_status=UNPAID", "per_page=5", desk=desk)
    cli(*CREATE, desk=desk)
    assert dict(desk.requests[0].url.params) == {"payment_status": "UNPAID", "per_page": "5"}
    assert body_of(desk.requests[1])["phone"] == "0800000001"
    assert desk.requests[1].headers["Authorization"] == f"Bearer {KEY}"


def test_nested_arguments_and_input(cli: Program, home: Path) -> None:
    desk = Desk(ok())
    given = {"origin_warehouse_id": 0, "destination_warehouse_id": 4, "description": "pindah",
             "stock_adjustment": [{"variation_id": 5, "transfer_stock": 2}]}  # fmt: skip
    source = home / "transfer.json"
    source.write_text(json.dumps(given))
    pairs = ["origin_warehouse_id=0", "destination_warehouse_id=4", "description=pindah"]
    for arguments in (
        [*pairs, "stock_adjustment[0][variation_id]=5", "stock_adjustment[0][transfer_stock]=2"],
        [*pairs, "stock_adjustment.0.variation_id=5", "stock_adjustment.0.transfer_stock=2"],
        ["--input", str(source)],
        ["--input", str(source), "description=pindah"],
    ):
        assert cli("api", "stock_transfer.create", *arguments, desk=desk).code == 0
    assert cli("api", "stock_transfer.create", "--input", "-", desk=desk, stdin=json.dumps(given)).code == 0
    assert [body_of(request) for request in desk.requests] == [given] * 5


@pytest.mark.parametrize(
    ("answered", "read", "write"),
    [
        (answer({"message": "no"}, 400), 1, 1),
        (answer({"message": "no"}, 401), 4, 4),
        (answer({"message": "no"}, 403), 4, 4),
        (answer({"message": "no"}, 404), 1, 1),
        (answer({"message": "no"}, 405), 1, 1),
        (answer({"message": "no"}, 406), 1, 1),
        (answer({"message": "no"}, 410), 1, 1),
        (answer({"message": "no"}, 418), 1, 1),
        (answer({"message": {"name": ["no"]}}, 422), 1, 1),
        (answer({"response": "Failed", "message": "no"}), 1, 1),
        (answer({}, 429, Retry_After="900"), 5, 5),
        (httpx.ConnectError, 5, 5),
        (httpx.Response(302, headers={"Location": "https://x.example.test"}), 7, 6),
        (httpx.ReadTimeout, 7, 6),
        (httpx.ReadError, 7, 6),
        (httpx.Response(200, html="<p>"), 7, 6),
        (httpx.Response(200, content=b'{"data": [{"id": 1'), 7, 6),
    ],
    ids=str,
)
def test_exit_codes(cli: Program, answered: Any, read: int, write: int) -> None:
    for arguments, code in ((("api", "supplier.list"), read), (CREATE, write)):
        ran = cli(*arguments, desk=Desk(answered))
        assert ran.code == code
        assert ran.out == ""
        assert 1 <= len(ran.err.splitlines()) <= 4
        assert "Traceback" not in ran.err
        assert KEY not in ran.err


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_fault_is_7_for_a_read_and_6_for_a_write(cli: Program, status: int) -> None:
    assert cli("api", "supplier.list", desk=Desk(answer({}, status))).code == 7
    ran = cli(*CREATE, desk=Desk(answer({}, status)))
    assert ran.code == 6
    assert "journal" in ran.err


def test_without_a_key_nothing_is_sent(bare: Program) -> None:
    desk = Desk(ok())
    for arguments in (("api", "supplier.list"), CREATE, ("api", "--batch", "-"), ("export", "orders")):
        ran = bare(*arguments, desk=desk)
        assert ran.code == 4
        assert "NGORDER_TOKEN" in ran.err
    assert desk.requests == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["order.lst"], "order.list"),
        (["nope"], "--list"),
        ([], "--list"),
        (["order.list", "per_page=abc"], "per_page: must be a whole number"),
        (["order.list", "per_page=0"], "per_page: must be 1 or more"),
        (["order.list", "payment_status=LATE"], "payment_status: must be one of"),
        (["order.list", "nope=1"], "nope: is no argument"),
        (["order.list", "start_date=32-13-2026"], "start_date"),
        (["order.list", "per_page"], "name=value"),
        (["order.list", "per_page=1", "per_page=2"], "twice"),
        (["order.list", "--input", "/nowhere/x.json"], "cannot be read"),
        (["order.list", "--timeout", "0"], "timeout"),
        (["order.list", "--timeout", "soon"], "--timeout"),
        (["order.list", "--all", "--raw"], "--all"),
        (["shop.update", "--all", "shop_name=x", "subdomain=x", "phone=0800000001", "name=x"], "no list"),
        (["stock_transfer.create", "origin_warehouse_id=0", "stock_adjustment[1][variation_id]=1"], "count from 0"),
        (["shop.upload_logo", "logo=/nowhere/logo.png", "--unconfirmed-path"], "logo.png"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_sends_nothing(cli: Program, arguments: list[str], told: str) -> None:
    desk = Desk(ok())
    ran = cli("api", *arguments, desk=desk)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert 1 <= len(ran.err.splitlines()) <= 4
    assert desk.requests == []


@pytest.mark.parametrize("text", ["{", "[1]", '{"per_page": NaN}', "\xff", "[" * 90_000])
def test_input_that_is_no_object(cli: Program, text: str) -> None:
    ran = cli("api", "order.list", "--input", "-", stdin=text.encode("latin-1"))
    assert ran.code == 2
    assert "stdin" in ran.err


def test_field_errors_are_told_in_four_lines(cli: Program) -> None:
    message = {f"products.{number}.qty": ["must be 1 or more"] for number in range(9)}
    ran = cli(*CREATE, desk=Desk(answer({"response": "Failed", "message": message})))
    assert ran.code == 1
    assert "products.0.qty: must be 1 or more" in ran.err
    assert "7 more" in ran.err
    assert len(ran.err.splitlines()) == 4


def test_read_only_refuses_a_write_before_it_is_noted(cli: Program) -> None:
    desk = Desk(ok())
    for arguments in (("--read-only", *CREATE), (*CREATE, "--read-only")):
        assert cli(*arguments, desk=desk).code == 2
    assert cli("--read-only", "api", "supplier.list", desk=desk).code == 0
    assert len(desk.requests) == 1
    assert cli("journal").out == ""


def test_an_unconfirmed_write_needs_its_option(cli: Program) -> None:
    desk = Desk(ok())
    arguments = ("api", "supplier.update", "supplier_id=0", "name=B")
    ran = cli(*arguments, desk=desk)
    assert (ran.code, desk.requests) == (2, [])
    assert "--unconfirmed-path" in ran.err
    assert cli(*arguments, "--unconfirmed-path", desk=desk).code == 0
    assert body_of(desk.requests[0]) == {"supplier_id": 0, "name": "B"}


def test_raw_is_the_body_as_it_came_but_for_control_characters(cli: Program) -> None:
    body = b'{"data":  [{"id":"1","name":"caf\xc3\xa9\\u001b[31m \x7f\xc2\x9b"}],"x":1}\r\n'
    ran = cli("api", "supplier.list", "--raw", desk=Desk(httpx.Response(200, content=body)))
    assert ran.out == '{"data":  [{"id":"1","name":"café\\u001b[31m "}],"x":1}\n'
    ran = cli(*CREATE, "--raw", desk=Desk(httpx.Response(200, content=b'{"data":  null}')))
    assert ran.out == '{"data":  null}\n'


HOSTILE = "\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\x00\u202eevil\u2066\r[/x] ok"


def test_what_a_server_says_steers_no_terminal(cli: Program) -> None:
    row = {"id": 1, "name": HOSTILE, HOSTILE: HOSTILE}
    for arguments in (["api", "supplier.list"], ["api", "supplier.list", "--all"], ["export", "suppliers"]):
        ran = cli(*arguments, desk=Desk(answer({"data": [row]})))
        assert ran.code == 0
        assert all(char.isprintable() or char in "\n\t" for char in ran.out)
        assert "ok" in ran.out
        assert "\\u" not in ran.out
    for refusal in (answer({"message": HOSTILE}, 400), answer({"message": {HOSTILE: [HOSTILE]}}, 422)):
        ran = cli(*CREATE, desk=Desk(refusal))
        assert all(char.isprintable() or char == "\n" for char in ran.err)
        assert len(ran.err.splitlines()) <= 4


def test_all_walks_the_pages_one_line_a_record(cli: Program) -> None:
    desk = Desk(
        page([{"order_id": 3}, {"order_id": 2}], number=1, pages=2, total=3),
        page([{"order_id": 2}, {"order_id": 1}], number=2, pages=2, total=3),
    )
    ran = cli("api", "order.list", "--all", "payment_status=UNPAID", desk=desk)
    assert [row["order_id"] for row in ran.lines] == [3, 2, 1]
    assert [request.url.params.get("pagination_offset") for request in desk.requests] == [None, "2"]
    assert [request.url.params["per_page"] for request in desk.requests] == ["100", "100"]
    assert ran.err == ""


def test_all_that_fails_midway_keeps_what_it_gave(cli: Program) -> None:
    desk = Desk(page([{"order_id": 3}], number=1, pages=2, total=2), answer({}, 403))
    ran = cli("api", "order.list", "--all", desk=desk)
    assert (ran.code, [row["order_id"] for row in ran.lines]) == (4, [3])


def a_file() -> httpx.Response:
    headers = {"Content-Type": SHEET, "Content-Disposition": 'attachment; filename="../../t.xlsx"'}
    return httpx.Response(200, headers=headers, content=b"PK data")


def test_a_file_is_saved_and_told(cli: Program, home: Path) -> None:
    target = home / "mine.xlsx"
    download = ("api", "stock_opname.download_template", "warehouse_id=0")
    ran = cli(*download, "--output", str(target), desk=Desk(a_file()))
    assert ran.json == {"file": str(target), "bytes": 7, "content_type": SHEET}
    assert target.read_bytes() == b"PK data"
    desk = Desk(a_file())
    ran = cli(*download, "--output", str(target), desk=desk)
    assert (ran.code, desk.requests) == (2, [])
    first, second = (Path(cli(*download, desk=Desk(a_file())).json["file"]) for _ in range(2))
    assert (first.name, second.name) == ("t.xlsx", "t (2).xlsx")
    assert first.parent == second.parent == home / "Downloads"


def test_a_sentence_in_the_place_of_a_file_goes_to_stdout(cli: Program, home: Path) -> None:
    target = home / "mine.xlsx"
    download = ("api", "stock_opname.download_template", "warehouse_id=0", "--output", str(target))
    ran = cli(*download, desk=Desk(answer({"response": "It comes by e-mail."})))
    assert ran.json == {"response": "It comes by e-mail."}
    assert not target.exists()


def test_output_takes_a_result_that_is_no_file_too(cli: Program, home: Path) -> None:
    target = home / "rows.jsonl"
    ran = cli("api", "supplier.list", "--all", "--output", str(target), desk=Desk(answer({"data": [{"id": 1}]})))
    assert ran.json == {"file": str(target), "bytes": 10, "content_type": "application/json"}
    assert target.read_text() == '{"id": 1}\n'


def test_list_names_every_endpoint(cli: Program) -> None:
    listed = cli("api", "--list", "--json").json
    assert len(listed) == 160
    assert set(listed[0]) == {"id", "method", "path", "chapter", "summary", "arguments", "unconfirmed"}
    assert sum(one["unconfirmed"] for one in listed) == 11
    transfer = next(one for one in listed if one["id"] == "stock_transfer.create")
    names = [argument["name"] for argument in transfer["arguments"]]
    assert "stock_adjustment[0][variation_id]" in names
    assert len(cli("api", "--list").out.splitlines()) == 160
    assert (
        "payment_status: choice, optional (UNPAID"
        in cli("api", "--list", "order.list_p").out + cli("api", "--list", "order.download").out
    )
    assert cli("api", "--list", "nope").code == 2


def test_the_language_goes_out(cli: Program) -> None:
    desk = Desk(ok())
    cli("api", "supplier.list", "--lang", "id", desk=desk)
    cli("--lang=en", "api", "supplier.list", desk=desk)
    assert [request.headers["Accept-Language"] for request in desk.requests] == ["id", "en"]
    assert str(desk.requests[0].url).startswith(BASE)


def test_debug_shows_where_but_no_key(cli: Program) -> None:
    ran = cli("--debug", "api", "supplier.list", desk=Desk(answer({}, 401)))
    assert ran.code == 4
    assert "Traceback" in ran.err
    assert KEY not in ran.err
