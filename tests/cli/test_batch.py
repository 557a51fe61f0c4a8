"""`ngorder-tui api --batch`: a line in, a line out, each with its own exit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx

from tests.api.wire import Desk, answer, ok
from tests.cli.conftest import Program

SUPPLIER = {"name": "Gudang", "district_id": 17, "addess": "Jl. Contoh", "phone": "0800000001", "description": "-"}


def lines_of(*calls: Any) -> str:
    return "".join(json.dumps(call) + "\n" for call in calls)


def test_each_line_has_its_own_exit_in_order(cli: Program) -> None:
    desk = Desk(ok(), answer({"response": "Failed", "message": {"name": ["is taken"]}}), answer({}, 500), ok())
    asked = lines_of(
        {"id": "supplier.list", "args": {}},
        {"id": "supplier.create", "args": SUPPLIER},
        {"id": "supplier.create", "args": {}},
        {"id": "supplier.create", "args": SUPPLIER},
        {"id": "nope.nope", "args": {}},
    )
    ran = cli("api", "--batch", "-", desk=desk, stdin=asked + "\n  \nno json\n" + lines_of({"id": "supplier.list"}))
    assert ran.code == 1
    assert [line["exit"] for line in ran.lines] == [0, 1, 2, 6, 2, 2, 0]
    assert [line["id"] for line in ran.lines[:5]] == [
        "supplier.list", "supplier.create", "supplier.create", "supplier.create", "nope.nope",
    ]  # fmt: skip
    refused = ran.lines[1]["error"]
    assert (refused["kind"], refused["fields"]) == ("Refused", {"name": ["is taken"]})
    assert ran.lines[3]["error"]["kind"] == "AnswerUnknown"
    assert "stdin:8" in ran.lines[5]["error"]["message"]
    assert len(desk.requests) == 4
    assert len(cli("journal", "--json").json) == 1


def test_all_good_lines_exit_0_and_are_read_from_a_file(cli: Program, home: Path) -> None:
    source = home / "calls.jsonl"
    source.write_bytes(b"\xef\xbb\xbf" + lines_of({"id": "supplier.list", "args": {}}).encode() * 3)
    ran = cli("api", "--batch", str(source), desk=Desk(ok()))
    assert (ran.code, len(ran.lines), ran.err) == (0, 3, "")
    assert ran.lines[0] == {"id": "supplier.list", "exit": 0, "result": {"response": "Success", "data": []}}


def test_a_line_that_is_no_call(cli: Program) -> None:
    wrong: list[Any] = [
        [1],
        "x",
        {},
        {"id": 5},
        {"id": "supplier.list", "args": []},
        {"id": "supplier.list", "arg": {}},
    ]
    ran = cli("api", "--batch", "-", desk=Desk(ok()), stdin=lines_of(*wrong).encode() + b"\xff\n")
    assert [line["exit"] for line in ran.lines] == [2] * 7
    assert ran.code == 1


def test_its_options(cli: Program, home: Path) -> None:
    desk = Desk(answer({"data": [{"id": 1}]}))
    one = lines_of({"id": "supplier.list", "args": {}})
    assert cli("api", "--batch", "-", "--all", desk=desk, stdin=one).lines[0]["result"] == [{"id": 1}]
    assert cli("api", "--batch", "-", "--raw", desk=desk, stdin=one).lines[0]["result"] == '{"data":[{"id":1}]}'
    update = lines_of({"id": "supplier.update", "args": {"supplier_id": 1, "name": "B"}})
    assert cli("api", "--batch", "-", desk=desk, stdin=update).lines[0]["exit"] == 2
    assert cli("api", "--batch", "-", "--unconfirmed-path", desk=desk, stdin=update).lines[0]["exit"] == 0
    for wrong in (["supplier.list"], ["--input", "x"], ["--output", "x"]):
        assert cli("api", "--batch", "-", *wrong, desk=desk, stdin=one).code == 2
    assert cli("api", "--batch", str(home / "missing"), desk=desk).code == 2


def test_hostile_text_stays_out_of_every_line(cli: Program) -> None:
    hostile = "\x1b[31m\x9b1mx\u202e"
    desk = Desk(answer({"data": [{"id": 1, "name": hostile}]}), answer({"message": {hostile: [hostile]}}, 422))
    asked = lines_of({"id": "supplier.list"}, {"id": "supplier.create", "args": SUPPLIER}, {"id": hostile})
    ran = cli("api", "--batch", "-", desk=desk, stdin=asked)
    assert [line["exit"] for line in ran.lines] == [0, 1, 2]
    assert all(char.isprintable() or char == "\n" for char in ran.out)
    assert "\\u" not in "".join(ran.out.splitlines()[:2])


def test_a_line_that_cannot_reach_the_server(cli: Program) -> None:
    ran = cli("api", "--batch", "-", desk=Desk(httpx.ConnectError), stdin=lines_of({"id": "supplier.list"}))
    assert (ran.code, ran.lines[0]["exit"], ran.lines[0]["error"]["kind"]) == (1, 5, "Unreachable")
