"""Writes of the command line are noted before they leave, and a person decides about those with no known end."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import httpx
import pytest

from ngorder_tui.settings import Options, load
from ngorder_tui.start import open_store
from tests.api.wire import Desk, answer, body_of, ok
from tests.cli.conftest import Program

CREATE = ("api", "supplier.create", "name=Gudang", "district_id=17", "addess=Jl. Contoh", "phone=0800000001",
          "description=-")  # fmt: skip


def leave_one_unknown(cli: Program) -> int:
    assert cli(*CREATE, desk=Desk(httpx.ReadError)).code == 6
    (one,) = cli("journal", "--json").json
    return int(one["number"])


def test_an_unknown_write_is_shown_with_what_was_meant(cli: Program) -> None:
    number = leave_one_unknown(cli)
    (one,) = cli("journal", "--json").json
    assert (one["id"], one["state"], one["arguments"]["name"]) == ("supplier.create", "unknown", "Gudang")
    ran = cli("journal")
    assert ran.out.startswith(f"{number}  ")
    assert "Adds a supplier" in ran.out
    assert "resolve" in ran.err


@pytest.mark.parametrize("answered", [ok(), answer({}, 422), httpx.ConnectError])
def test_a_write_whose_end_is_known_is_not_open(cli: Program, answered: httpx.Response) -> None:
    cli(*CREATE, desk=Desk(answered))
    ran = cli("journal")
    assert (ran.code, ran.out) == (0, "")
    assert "No write is open" in ran.err


@pytest.mark.parametrize("decision", ["as-done", "drop"])
def test_a_person_settles_it_without_sending(cli: Program, decision: str) -> None:
    number = leave_one_unknown(cli)
    desk = Desk(ok())
    assert cli("journal", "resolve", str(number), decision, desk=desk).code == 0
    assert cli("journal", "--json").json == []
    assert desk.requests == []
    ran = cli("journal", "resolve", str(number), decision)
    assert ran.code == 2
    assert f"Number {number} is" in ran.err


def test_it_is_sent_again_only_when_told(cli: Program) -> None:
    number = leave_one_unknown(cli)
    desk = Desk(ok())
    ran = cli("journal", "resolve", str(number), "send-again", desk=desk)
    assert (ran.code, ran.json["response"]) == (0, "Success")
    assert body_of(desk.requests[0])["phone"] == "0800000001"
    assert len(desk.requests) == 1
    assert cli("journal", "--json").json == []
    assert cli("journal", "resolve", str(number), "send-again", desk=desk).code == 2
    assert len(desk.requests) == 1


def test_sent_again_and_unknown_again_it_keeps_its_number(cli: Program) -> None:
    number = leave_one_unknown(cli)
    ran = cli("journal", "resolve", str(number), "send-again", desk=Desk(answer({}, 500)))
    assert ran.code == 6
    assert f"number {number}" in ran.err
    assert [one["number"] for one in cli("journal", "--json").json] == [number]
    assert cli("journal", "resolve", str(number), "send-again", desk=Desk(answer({"message": "no"}, 422))).code == 1
    # The refusal says nothing of the time before.
    assert [one["number"] for one in cli("journal", "--json").json] == [number]


def test_a_secret_is_not_kept_and_so_not_sent_again(cli: Program) -> None:
    arguments = ("api", "user.update_profile", "full_name=Orang Contoh", "phone_number=0800000001",
                 "password=kata-sandi-contoh", "password_confirmation=kata-sandi-contoh")  # fmt: skip
    assert cli(*arguments, desk=Desk(httpx.ReadError)).code == 6
    ran = cli("journal", "--json")
    assert "kata-sandi-contoh" not in ran.out
    desk = Desk(ok())
    ran = cli("journal", "resolve", str(ran.json[0]["number"]), "send-again", desk=desk)
    assert (ran.code, desk.requests) == (2, [])
    assert "secret" in ran.err
    for path in cli.home.rglob("state.sqlite*"):
        assert b"kata-sandi-contoh" not in path.read_bytes()


def test_wrong_numbers_and_words(cli: Program) -> None:
    number = leave_one_unknown(cli)
    assert cli("journal", "resolve", "999", "drop").code == 2
    assert cli("journal", "resolve", str(number), "perhaps").code == 2
    assert cli("journal", "resolve", "x", "drop").code == 2
    assert len(cli("journal", "--json").json) == 1


def hold(cli: Program, endpoint_id: str, arguments: Mapping[str, object]) -> int:
    """A write that the app has put in the outbox."""

    async def put() -> int:
        store = await asyncio.to_thread(open_store, load(Options(), cli.environ))
        number = await store.journal.begin(endpoint_id, arguments, "held", state="queued")
        await store.outbox.put(number)
        await store.close()
        return number

    return asyncio.run(put())


def test_a_held_write_is_looked_at_before_it_is_sent(cli: Program) -> None:
    moved = {"variation_id": 7, "transfer_stock": 5}
    given = {"origin_warehouse_id": 0, "destination_warehouse_id": 4, "description": "-", "stock_adjustment": [moved]}
    number = str(hold(cli, "stock_transfer.create", given))
    desk = Desk(answer({"data": {"stock": 4}}))
    ran = cli("journal", "resolve", number, "send-again", desk=desk)
    assert (ran.code, len(desk.requests), desk.requests[0].method) == (2, 1, "GET")
    assert "More is asked for than there is now: #7: 5 of 4." in ran.err
    assert [one["state"] for one in cli("journal", "--json").json] == ["queued"]

    desk = Desk(answer({"data": {"stock": 5}}), answer({"response": "Success", "data": {"id": 1}}))
    assert cli("journal", "resolve", number, "send-again", desk=desk).code == 0
    assert [request.method for request in desk.requests] == ["GET", "POST"]
    assert cli("journal", "--json").json == []


def test_a_held_write_that_does_not_leave_is_still_held(cli: Program) -> None:
    number = str(hold(cli, "supplier.create", dict(word.split("=", 1) for word in CREATE[2:])))
    assert cli("journal", "resolve", number, "send-again", desk=Desk(httpx.ConnectError)).code != 0
    assert [one["state"] for one in cli("journal", "--json").json] == ["queued"]
    assert cli("journal", "resolve", number, "send-again", desk=Desk(ok())).code == 0
    assert cli("journal", "--json").json == []
