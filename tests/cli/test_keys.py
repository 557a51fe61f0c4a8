"""login, logout, profiles: whose key is kept where, and that it is gone."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main  # noqa: F401 - the tests that empty sys.path must find it loaded

from ngorder_tui.cli.entry import run
from ngorder_tui.settings import Options, load
from ngorder_tui.start import open_store
from tests.api.wire import BASE, KEY, Desk, ok
from tests.cli.conftest import Program
from tests.conftest import NOON
from tests.desk import files_with
from tests.keyring_stand_in import StandIn, installed

CONFIG = """
[profiles.{name}]
base_url = "https://api.example.test/api/open"
[profiles.{name}.oauth]
token_url = "https://accounts.example.test/oauth/token"
client_id = "klien"
grant = "{grant}"
"""


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    with installed(tmp_path / "site", monkeypatch) as stand_in:
        yield stand_in


class Person(io.StringIO):
    """A terminal where somebody types these lines."""

    def isatty(self) -> bool:
        return True


def at_terminal(bare: Program, *arguments: str, typed: str) -> tuple[int, str]:
    """A run at a terminal; the exit code and what was said."""
    screen = Person()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", Person(typed))
        patch.setattr(sys, "stderr", screen)
        code = run(list(arguments), bare.environ)
    return code, screen.getvalue()


def configure(home: Path, text: str) -> None:
    folder = home / "config" / "ngorder-tui"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(text)


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
        "name": "toko-2", "base_url": "https://api.smartseller.co.id/api/open", "signs_with": "key", "key": True,
        "kept_in": "file", "kept_since": "2026-11-24T12:00:00+07:00", "in_config": False, "state_bytes": 0,
        "cache_bytes": 0, "current": True,
    }  # fmt: skip
    assert "* toko-2" in bare("profiles").out
    assert "key kept in a file since 2026-11-24" in bare("profiles").out


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


@pytest.mark.parametrize(("mode", "warned"), [(0o644, True), (0o600, False)])
def test_a_given_file_that_others_can_read_is_told(bare: Program, home: Path, mode: int, warned: bool) -> None:
    given = home / "key.txt"
    given.write_text(KEY)
    given.chmod(mode)
    ran = bare("login", "--token-file", str(given))
    assert ran.code == 0
    assert ("open to other users" in ran.err) == warned


def test_where_a_key_is_kept_is_chosen_and_said(bare: Program, home: Path, keyring: StandIn) -> None:
    ran = bare("login", "--keep", "file", stdin=KEY)
    assert f"{key_file(home)}, not encrypted" in ran.err
    ran = bare("login", "--keep", "keyring", stdin=KEY)
    assert (ran.code, "in the keyring of this machine" in ran.err) == (0, True)
    assert keyring.kept == {"ngorder-tui default/key": KEY}
    assert not key_file(home).exists()
    desk = Desk(ok())
    assert bare("api", "supplier.list", desk=desk).code == 0
    assert desk.requests[0].headers["Authorization"] == f"Bearer {KEY}"
    (listed,) = bare("profiles", "--json").json
    assert (listed["key"], listed["kept_in"]) == (True, "keyring")
    assert files_with(home / "state", KEY) == []
    assert bare("login", "--keep", "drawer", stdin=KEY).code == 2


def test_a_keyring_that_does_not_work_stores_nothing_and_offers_the_file(
    bare: Program, home: Path, keyring: StandIn
) -> None:
    keyring.fails("locked")
    ran = bare("login", "--keep", "keyring", stdin=KEY)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert "does not work here" in ran.err
    assert "--keep file" in ran.err
    assert not key_file(home).exists()
    given = home / "key.txt"
    given.write_text(KEY)
    code, said = at_terminal(bare, "login", "--keep", "keyring", "--token-file", str(given), typed="n\n")
    assert (code, key_file(home).exists()) == (2, False)
    code, said = at_terminal(bare, "login", "--keep", "keyring", "--token-file", str(given), typed="y\n")
    assert (code, key_file(home).exists()) == (0, True)
    assert "not encrypted" in said


@pytest.mark.parametrize(
    ("typed", "place"), [("k\n", "keyring"), ("F\n", "file"), ("\n", None), ("", None), ("x\n", None)]
)
def test_at_a_terminal_the_place_is_asked_for(
    bare: Program, home: Path, keyring: StandIn, typed: str, place: str | None
) -> None:
    given = home / "key.txt"
    given.write_text(KEY)
    code, said = at_terminal(bare, "login", "--token-file", str(given), typed=typed)
    assert "[k]eyring" in said
    (listed,) = bare("profiles", "--json").json
    assert (code, listed["kept_in"]) == (0 if place else 2, place)
    assert ("Nothing was stored" in said) == (place is None)


@pytest.mark.parametrize(("typed", "kept"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_without_the_extra_the_file_is_agreed_to(bare: Program, home: Path, typed: str, kept: bool) -> None:
    given = home / "key.txt"
    given.write_text(KEY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(home / "nothing")])
        patch.delitem(sys.modules, "keyring", raising=False)
        code, said = at_terminal(bare, "login", "--token-file", str(given), typed=typed)
    assert (code, key_file(home).exists()) == (0 if kept else 2, kept)
    assert "not encrypted" in said


def test_a_keyring_that_fails_when_the_key_is_needed_sends_nothing(bare: Program, keyring: StandIn) -> None:
    bare("login", "--keep", "keyring", stdin=KEY)
    keyring.fails("locked")
    desk = Desk(ok())
    ran = bare("api", "supplier.list", desk=desk)
    assert (ran.code, desk.requests) == (4, [])
    assert "--keep file" in ran.err


def read_something(home: Path) -> None:
    """Leave an answer in the cache, a draft, and an unknown write."""

    async def leave() -> None:
        store = await asyncio.to_thread(open_store, load(Options(), {}))
        await store.cache.put("GET /order", b"pelanggan rahasia", NOON)
        await store.drafts.save("order", "1", {"name": "setengah jadi"}, "name")
        await store.close()

    asyncio.run(leave())


def test_logout_drops_the_key_and_wipes_what_was_read(bare: Program, home: Path) -> None:
    bare("login", stdin=KEY)
    read_something(home)
    assert files_with(home / "cache", "pelanggan rahasia")
    ran = bare("logout")
    assert (ran.code, "wiped" in ran.err) == (0, True)
    assert not key_file(home).exists()
    assert files_with(home / "cache", "pelanggan rahasia") == []
    assert files_with(home / "state", "setengah jadi")
    assert bare("api", "supplier.list", desk=Desk(ok())).code == 4
    assert bare("logout").code == 0
    bare.environ["NGORDER_TOKEN"] = KEY
    assert "NGORDER_TOKEN is still set" in bare("logout").err


def test_another_key_does_not_see_what_the_one_before_read(bare: Program, home: Path) -> None:
    bare("login", stdin=KEY)
    read_something(home)
    bare("login", stdin="kunci-lain")
    assert files_with(home / "cache", "pelanggan rahasia") == []
    assert files_with(home / "state", "setengah jadi")


def test_logout_empties_the_keyring_or_says_what_is_left_in_it(bare: Program, keyring: StandIn) -> None:
    bare("login", "--keep", "keyring", stdin=KEY)
    assert bare("logout").code == 0
    assert keyring.kept == {}
    bare("login", "--keep", "keyring", stdin=KEY)
    keyring.fails("locked")
    ran = bare("logout")
    assert ran.code == 1
    assert "'default/key' of ngorder-tui" in ran.err
    assert bare("api", "supplier.list", desk=Desk(ok())).code == 4


def test_login_and_logout_of_a_profile_with_tokens(bare: Program, home: Path) -> None:
    configure(home, CONFIG.format(name="default", grant="client_credentials"))
    ran = bare("api", "supplier.list", desk=Desk(ok()))
    assert (ran.code, "client secret" in ran.err) == (4, True)
    assert bare("login", "--secret-file", "x", stdin="s").code == 2
    ran = bare("login", stdin="rahasia-klien")
    assert ran.code == 0
    assert "https://accounts.example.test/oauth/token" in ran.err
    (listed,) = bare("profiles", "--json").json
    assert (listed["signs_with"], listed["key"]) == ("oauth", True)
    assert "OAuth 2" in bare("profiles").out
    configure(home, CONFIG.format(name="default", grant="refresh_token"))
    (listed,) = bare("profiles", "--json").json
    assert listed["key"] is False
    secret = home / "secret.txt"
    secret.write_text("rahasia-klien-2")
    assert bare("login", "--secret-file", str(secret), stdin="penyegar").code == 0
    folder = home / "state" / "ngorder-tui" / "default"
    assert (folder / "refresh-token").read_text() == "penyegar\n"
    assert (folder / "client-secret").read_text() == "rahasia-klien-2\n"
    assert bare("logout").code == 0
    assert not any((folder / name).exists() for name in ("key", "client-secret", "refresh-token"))


def test_without_a_key_the_app_offers_login_and_demo(bare: Program) -> None:
    ran = bare()
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (4, "", 1)
    assert "login" in ran.err
    assert "demo" in ran.err
    code, said = at_terminal(bare, typed="\n")
    assert code == 4
    assert "[l] log in now, [d] demo" in said
