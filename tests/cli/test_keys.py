"""login, logout, profiles, doctor: whose key is kept where, and what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.wire import BASE, KEY, Desk, answer, ok
from tests.cli.conftest import Program


def key_file(home: Path, profile: str = "default") -> Path:
    return home / "state" / "ngorder-tui" / profile / "key"


@pytest.mark.parametrize("source", ["file", "stdin", "dash"])
def test_a_key_is_kept_for_its_owner_alone_and_sent(bare: Program, home: Path, source: str) -> None:
    given = home / "key.txt"
    given.write_text(f"  {KEY}\n")
    arguments = {"file": ["--token-file", str(given)], "stdin": [], "dash": ["--token-file", "-"]}[source]
    ran = bare("login", *arguments, stdin="" if source == "file" else f"{KEY}\n")
    assert (ran.code, ran.out) == (0, "")
    assert KEY not in ran.err
    kept = key_file(home)
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    bare.environ["NGORDER_BASE_URL"] = BASE
    desk = Desk(ok())
    assert bare("api", "supplier.list", desk=desk).code == 0
    assert desk.requests[0].headers["Authorization"] == f"Bearer {KEY}"


def test_a_key_for_another_profile(bare: Program, home: Path) -> None:
    assert bare("--profile", "toko-2", "login", stdin=KEY).code == 0
    assert key_file(home, "toko-2").exists()
    assert bare("api", "supplier.list", desk=Desk(ok())).code == 4
    assert bare("api", "supplier.list", "--profile", "toko-2", desk=Desk(ok())).code == 0
    bare.environ["NGORDER_PROFILE"] = "toko-2"
    assert bare("api", "supplier.list", desk=Desk(ok())).code == 0
    listed = {one["name"]: one for one in bare("profiles", "--json").json}
    assert listed["toko-2"] == {
        "name": "toko-2", "base_url": "https://api.smartseller.co.id/api/open", "key": True, "current": True,
    }  # fmt: skip
    assert "* toko-2" in bare("profiles").out


@pytest.mark.parametrize("text", ["", "  \n", "two\nlines", "with space", "\x1b[31m", "é"])
def test_what_is_no_key_is_not_kept(bare: Program, home: Path, text: str) -> None:
    ran = bare("login", stdin=text)
    assert ran.code == 2
    assert not key_file(home).exists()
    assert bare("login", "--token-file", str(home / "missing")).code == 2


def test_a_key_is_no_argument(bare: Program) -> None:
    ran = bare("login", KEY)
    assert ran.code == 2
    assert bare("login", "--token", KEY).code == 2


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_file_open_to_others_is_refused_with_the_remedy(bare: Program, home: Path, mode: int) -> None:
    bare("login", stdin=KEY)
    key_file(home).chmod(mode)
    desk = Desk(ok())
    ran = bare("api", "supplier.list", desk=desk)
    assert (ran.code, desk.requests) == (2, [])
    assert f"chmod 600 '{key_file(home)}'" in ran.err
    key_file(home).chmod(0o600)
    key_file(home).parent.chmod(0o755)
    assert "chmod 700" in bare("api", "supplier.list", desk=desk).err
    assert bare("login", stdin=KEY).code == 0
    assert bare("api", "supplier.list", desk=desk).code == 0


def test_logout_drops_the_key_and_what_was_read(bare: Program, home: Path) -> None:
    bare("login", stdin=KEY)
    assert bare("logout").code == 0
    assert not key_file(home).exists()
    assert bare("api", "supplier.list", desk=Desk(ok())).code == 4
    assert bare("logout").code == 0


def test_without_a_key_the_app_offers_login_and_demo(bare: Program) -> None:
    ran = bare()
    assert ran.code == 4
    assert "login" in ran.err
    assert "demo" in ran.err


def test_doctor_finds_all_well(cli: Program) -> None:
    ran = cli("doctor", "--json", desk=Desk(answer({"response": "Success", "data": {}})))
    assert (ran.code, ran.json["ok"]) == (0, True)
    assert {finding["state"] for finding in ran.json["findings"]} <= {"ok", "note"}
    assert KEY not in ran.out
    assert cli("doctor", desk=Desk(answer({"data": {}}))).code == 0


def test_doctor_says_what_is_wrong_and_what_to_do(bare: Program, home: Path) -> None:
    ran = bare("doctor")
    assert ran.code == 1
    assert "login" in ran.out
    bare("login", stdin=KEY)
    assert "WRONG" in bare("doctor", desk=Desk(answer({}, 401))).out
    key_file(home).chmod(0o644)
    assert "chmod 600" in bare("doctor").out
    config = home / "config" / "ngorder-tui"
    config.mkdir(parents=True)
    (config / "config.toml").write_text("[profiles.default]\ntimeout = 'soon'\n")
    ran = bare("doctor", "--json")
    assert (ran.code, ran.json["ok"]) == (1, False)
    assert "config.toml:2" in ran.json["findings"][0]["found"]


def test_doctor_counts_unknown_writes(cli: Program) -> None:
    cli("api", "supplier.create", "name=A", "district_id=1", "addess=x", "phone=0800000001", "description=-",
        desk=Desk(answer({}, 500)))  # fmt: skip
    ran = cli("doctor", desk=Desk(answer({"data": {}})))
    assert ran.code == 0
    assert "1 were sent" in ran.out
