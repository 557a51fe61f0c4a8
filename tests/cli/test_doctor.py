"""doctor: every thing looked at is ok, warn or bad, with what to do; and no secret is shown."""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from ngorder_tui import clock
from ngorder_tui.cli.entry import run
from ngorder_tui.settings import Options, load
from ngorder_tui.start import open_store
from tests.api.wire import BASE, KEY, Desk, answer
from tests.cli.conftest import Program, Ran
from tests.cli.test_keys import CONFIG, configure, key_file
from tests.conftest import NOON

WELL = {"response": "Success", "data": {"activity": 1, "news": 0}}
CREATE = ("api", "supplier.create", "name=A", "district_id=1", "addess=x", "phone=0800000001", "description=-")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A good one."""
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("LINES", "36")


def found(ran: Ran, name: str) -> list[dict[str, Any]]:
    return [finding for finding in ran.json["findings"] if finding["name"] == name]


def one(ran: Ran, name: str) -> dict[str, Any]:
    (finding,) = found(ran, name)
    return finding


def files(home: Path) -> tuple[Path, Path]:
    return home / "state/ngorder-tui/default/state.sqlite", home / "cache/ngorder-tui/default/cache.sqlite"


def begin_store(cli: Program) -> None:
    """Make both files, as a run of the app does."""

    async def begin() -> None:
        store = await asyncio.to_thread(open_store, load(Options(), cli.environ))
        await store.cache.put("GET /order", b"{}", NOON)
        await store.drafts.save("order", "1", {"name": "x"}, "name")
        await store.close()

    asyncio.run(begin())


def test_all_is_well(cli: Program, home: Path, terminal: None) -> None:
    cli.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor"})
    begin_store(cli)
    ran = cli("doctor", "--json", desk=Desk(answer(WELL)))
    assert (ran.code, ran.json["ok"]) == (0, True)
    assert {finding["state"] for finding in ran.json["findings"]} == {"ok"}
    assert {finding["name"] for finding in ran.json["findings"]} == {
        "settings", "key", "link", "terminal", "store.state", "store.cache", "writes.unknown", "writes.unsent",
        "drafts", "downloads",
    }  # fmt: skip
    assert "answered in" in one(ran, "link")["found"]
    assert "NGORDER_TOKEN" in one(ran, "key")["found"]
    assert "xterm-256color, 120x36, 16 million colours, utf-8" in one(ran, "terminal")["found"].lower()
    for name, path in zip(("store.state", "store.cache"), files(home), strict=True):
        assert one(ran, name)["found"].startswith(f"{path}, ")
        assert one(ran, name)["found"].endswith(" bytes, mode 600, sound")
    assert one(ran, "drafts")["found"] == "1 form is parked"
    in_words = cli("doctor", desk=Desk(answer(WELL)))
    assert in_words.code == 0
    assert in_words.out.count("\n") == len(ran.json["findings"])


def test_every_finding_that_is_not_well_says_what_to_do(bare: Program) -> None:
    ran = bare("doctor", "--json")
    assert (ran.code, ran.json["ok"]) == (1, False)
    for finding in ran.json["findings"]:
        assert finding["state"] in {"ok", "warn", "bad"}
        assert (finding["do"] == "") == (finding["state"] == "ok")
    assert one(ran, "key")["state"] == "bad"
    assert one(ran, "link")["state"] == "warn"
    assert "login" in one(ran, "key")["do"]
    told = bare("doctor").out
    assert "BAD    key" in told
    assert "       → `ngorder-tui login` stores one" in told


def test_settings_and_where_each_comes_from(cli: Program, home: Path) -> None:
    configure(home, "[profiles.default]\ntheme = 'dark'\ntimeout = 9\nbase_url = 'https://other.example.test'\n")
    cli.environ["NGORDER_LANG"] = "en"
    ran = cli("--lite", "doctor", "--json", desk=Desk(answer(WELL)))
    told = {setting["name"]: (setting["value"], setting["origin"]) for setting in ran.json["settings"]}
    assert told["base_url"] == (BASE, "environment")
    assert told["language"] == ("en", "environment")
    assert told["theme"] == ("dark", "profile")
    assert told["timeout"] == (9.0, "profile")
    assert told["lite"] == (True, "option")
    assert told["profile"] == ("default", "default")
    assert told["read_only"] == (False, "default")
    said = [finding["found"] for finding in found(ran, "settings")]
    assert f"base_url = {BASE} (the environment)" in said
    assert "theme = dark (the config file)" in said
    assert not any("read_only" in line for line in said)


def test_settings_that_cannot_be_read(cli: Program, home: Path) -> None:
    configure(home, "[profiles.default]\ntimeout = 'soon'\n")
    ran = cli("doctor", "--json")
    assert (ran.code, ran.json["ok"]) == (1, False)
    assert "config.toml:2" in one(ran, "settings")["found"]
    configure(home, '[profiles.default.paths]\n"bank.delete_all" = "/bank"\n')
    ran = cli("doctor", "--json", desk=Desk(answer(WELL)))
    assert ran.code == 1
    assert "bank.delete_all" in found(ran, "settings")[-1]["found"]


@pytest.mark.parametrize(
    ("met", "state", "told", "do"),
    [
        (answer({}, 401), "bad", "key", "login"),
        (answer({}, 403), "bad", "not allowed", "Platinum"),
        (answer({}, 429), "warn", "wait", "again"),
        (httpx.ConnectError, "bad", "cannot be reached", "network"),
        (answer({}, 503), "bad", "503", "base_url"),
        (httpx.Response(200, html="<p>"), "bad", "cannot be read", "base_url"),
        (httpx.Response(302), "bad", "elsewhere", "base_url"),
    ],
)
def test_why_the_line_does_not_work(cli: Program, met: Any, state: str, told: str, do: str) -> None:
    ran = cli("doctor", "--json", desk=Desk(met))
    link = one(ran, "link")
    assert (ran.code, link["state"]) == (1 if state == "bad" else 0, state)
    assert told in link["found"]
    assert do in link["do"]


def test_an_authority_that_cannot_be_read(cli: Program, home: Path) -> None:
    (home / "ca.pem").write_text("nothing")
    configure(home, f"[profiles.default]\nca_file = '{home}/ca.pem'\n")
    cli.environ.pop("NGORDER_TOKEN")
    cli("login", stdin=KEY)
    cli.capture.readouterr()
    assert run(["doctor", "--json"], cli.environ) == 1
    assert "no certificate in it" in cli.capture.readouterr().out


def test_the_keys_age_and_mode(bare: Program, home: Path) -> None:
    bare("login", stdin=KEY)
    clock.stop_at(NOON + timedelta(days=10))
    key = one(bare("doctor", "--json", desk=Desk(answer(WELL))), "key")
    assert (key["state"], key["found"]) == ("ok", f"{key_file(home)}, 10 days old")
    clock.stop_at(NOON + timedelta(days=350))
    ran = bare("doctor", "--json", desk=Desk(answer(WELL)))
    assert (ran.code, one(ran, "key")["state"]) == (0, "warn")
    assert "login" in one(ran, "key")["do"]
    key_file(home).chmod(0o644)
    ran = bare("doctor", "--json")
    assert (ran.code, one(ran, "key")["state"]) == (1, "bad")
    assert "chmod 600" in one(ran, "key")["found"]
    assert found(ran, "link") == []


def test_a_profile_with_tokens(bare: Program, home: Path) -> None:
    configure(home, CONFIG.format(name="default", grant="refresh_token"))
    assert one(bare("doctor", "--json"), "key")["state"] == "bad"
    bare("login", stdin="penyegar-1")
    bare.environ["NGORDER_CLIENT_SECRET"] = "rahasia-klien"
    token = answer({"access_token": "token-9", "refresh_token": "penyegar-2"})
    ran = bare("doctor", "--json", desk=Desk(token, answer(WELL)))
    assert ran.code == 0
    told = one(ran, "key")["found"]
    for part in ("OAuth 2 (refresh_token)", "klien", "https://accounts.example.test/oauth/token", "0 days old"):
        assert part in told
    for secret in ("penyegar", "rahasia", "token-9"):
        assert secret not in ran.out + ran.err


def test_no_secret_is_shown(cli: Program, home: Path) -> None:
    cli("login", stdin=KEY + "-lain")
    for met in (answer(WELL), answer({}, 401), answer({"message": f"bad key {BASE}"}, 400), httpx.ReadError):
        for arguments in (["doctor"], ["doctor", "--json"], ["--debug", "doctor"]):
            ran = cli(*arguments, desk=Desk(met))
            assert KEY not in ran.out + ran.err


@pytest.mark.parametrize(
    ("environ", "state", "told"),
    [
        ({"TERM": "dumb"}, "warn", "api command"),
        ({}, "warn", "TERM"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "ok", ""),
    ],
)
def test_the_terminal(cli: Program, terminal: None, environ: dict[str, str], state: str, told: str) -> None:
    cli.environ.update(environ)
    finding = one(cli("doctor", "--json", desk=Desk(answer(WELL))), "terminal")
    assert finding["state"] == state
    assert told in finding["do"]
    assert "NO_COLOR" not in environ or "no colours" in finding["found"]


def test_a_small_terminal(cli: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("LINES", "20")
    cli.environ["TERM"] = "vt100"
    finding = one(cli("doctor", "--json", desk=Desk(answer(WELL))), "terminal")
    assert finding["state"] == "warn"
    assert "60x20, 16 colours" in finding["found"]


def test_a_damaged_store_is_told_and_left_as_it_is(cli: Program, home: Path) -> None:
    begin_store(cli)
    state, cache = files(home)
    for path in (state, cache):
        content = bytearray(path.read_bytes())
        content[100:400] = os.urandom(300)
        path.write_bytes(content)
        path.with_name(path.name + "-wal").unlink(missing_ok=True)
    before = state.read_bytes()
    ran = cli("doctor", "--json", desk=Desk(answer(WELL)))
    assert ran.code == 1
    assert one(ran, "store.state")["state"] == "bad"
    assert one(ran, "store.cache")["state"] == "warn"
    assert "damaged" in one(ran, "store.state")["found"]
    assert "Copy it" in one(ran, "store.state")["do"]
    assert state.read_bytes() == before
    cli("journal")
    ran = cli("doctor", "--json", desk=Desk(answer(WELL)))
    assert ran.code == 0
    assert ["set aside" in finding["found"] for finding in found(ran, "store.state")] == [False, True]


def test_a_store_that_others_can_read(cli: Program, home: Path) -> None:
    begin_store(cli)
    state, cache = files(home)
    state.chmod(0o644)
    cache.parent.chmod(0o755)
    ran = cli("doctor", "--json", desk=Desk(answer(WELL)))
    assert ran.code == 0
    assert "mode 644" in one(ran, "store.state")["found"]
    assert f"chmod 600 '{state}'" in one(ran, "store.state")["do"]
    assert f"chmod 700 '{cache.parent}'" in one(ran, "store.folder")["do"]


def test_a_store_that_has_no_place(cli: Program, home: Path) -> None:
    (home / "state").write_text("a file")
    ran = cli("doctor", "--json", desk=Desk(answer(WELL)))
    assert (ran.code, one(ran, "store.state")["state"]) == (1, "bad")


def test_writes_that_are_not_finished(cli: Program) -> None:
    cli(*CREATE, desk=Desk(answer({}, 500)))

    async def hold() -> None:
        store = await asyncio.to_thread(open_store, load(Options(), cli.environ))
        await store.journal.begin("supplier.create", {"name": "B"}, "Adds a supplier", state="queued")
        await store.close()

    asyncio.run(hold())
    ran = cli("doctor", "--json", desk=Desk(answer(WELL)))
    assert ran.code == 0
    unknown, unsent = one(ran, "writes.unknown"), one(ran, "writes.unsent")
    assert (unknown["state"], unsent["state"]) == ("warn", "warn")
    assert unknown["found"] == "1 was sent, and nobody knows whether it happened: number 1"
    assert "journal resolve NUMBER as-done|send-again|drop" in unknown["do"]
    assert unsent["found"] == "1 waits to be sent: number 2"


def test_downloads_that_cannot_be_written(cli: Program, home: Path) -> None:
    (home / "Downloads").write_text("a file")
    ran = cli("doctor", "--json", desk=Desk(answer(WELL)))
    assert (ran.code, one(ran, "downloads")["state"]) == (1, "bad")
    configure(home, f"[profiles.default]\ndownloads = '{home}/Downloads/below'\n")
    ran = cli("doctor", "--json", desk=Desk(answer(WELL)))
    assert one(ran, "downloads")["state"] == "bad"
    assert "downloads in the profile" in one(ran, "downloads")["do"]
