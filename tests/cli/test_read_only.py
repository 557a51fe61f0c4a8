"""A read-only session refuses a write before it is built: nothing is sent, read, journalled or changed."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from ngorder_tui.api.endpoint import every
from tests.api.wire import Desk, ok
from tests.cli.conftest import Program
from tests.cli.test_journal import CREATE
from tests.cli.test_keys import configure

WRITES = [endpoint.id for endpoint in every() if endpoint.is_write]


@pytest.mark.parametrize("name", WRITES)
def test_no_write_is_built(cli: Program, name: str) -> None:
    desk = Desk(ok())
    ran = cli("--read-only", "api", name, "no_such_argument=1", "--unconfirmed-path", desk=desk)
    assert (ran.code, ran.out, desk.requests) == (2, "", [])
    assert ran.err == f"{name} is a write, and this session is read-only: nothing was sent.\n"


def test_reads_go_on(cli: Program) -> None:
    assert cli("--read-only", "api", "supplier.list", desk=Desk(ok())).code == 0
    assert cli("--read-only", "export", "suppliers", desk=Desk(ok())).code == 0


def test_a_batch_refuses_its_writes_alone(cli: Program) -> None:
    lines = '{"id": "supplier.list"}\n{"id": "supplier.create", "args": {"no": 1}}\n'
    desk = Desk(ok())
    ran = cli("--read-only", "api", "--batch", "-", stdin=lines, desk=desk)
    assert (ran.code, [line["exit"] for line in ran.lines]) == (1, [0, 2])
    assert ran.lines[1]["error"]["kind"] == "NotAllowedHere"
    assert len(desk.requests) == 1


def test_a_profile_can_be_read_only_and_the_key_does_not_matter(bare: Program, home: Path) -> None:
    configure(home, "[profiles.default]\nread_only = true\n")
    ran = bare(*CREATE)
    assert (ran.code, "read-only" in ran.err) == (2, True)


def test_an_unknown_write_stays_unknown(cli: Program) -> None:
    assert cli(*CREATE, desk=Desk(httpx.ReadError)).code == 6
    (before,) = cli("journal", "--json").json
    desk = Desk(ok())
    ran = cli("--read-only", "journal", "resolve", str(before["number"]), "send-again", desk=desk)
    assert (ran.code, desk.requests) == (2, [])
    assert cli("journal", "--json").json == [before]
