"""The secrets of a profile: files for the user alone, the keyring where it works, and what is said of their age."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ngorder_tui import clock, system_keyring
from ngorder_tui.api.errors import Unauthorized
from ngorder_tui.api.tokens import FixedKey, Grant, OAuth, Secret
from ngorder_tui.config import BadSettings
from ngorder_tui.keys import WARN_DAYS, Keep, OwnVault, age_warning, credentials, no_key
from ngorder_tui.settings import Options, Settings, load
from ngorder_tui.system_keyring import KeyringFails
from tests.conftest import NOON
from tests.keyring_stand_in import StandIn, installed
from tests.test_settings import configure

KEY = "kunci-rahasia-7f3a9c"
OAUTH = """
[profiles.default.oauth]
token_url = "https://accounts.example.test/oauth/token"
client_id = "klien"
"""


@pytest.fixture
def keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    with installed(tmp_path / "site", monkeypatch) as stand_in:
        yield stand_in


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    return tmp_path


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    return Keep("toko", tmp_path / "toko")


def revealed(secret: Secret | None) -> str | None:
    return None if secret is None else secret.reveal()


def test_a_secret_is_kept_in_one_place(keep: Keep, keyring: StandIn, tmp_path: Path) -> None:
    assert keep.kept("key") is None
    assert keep.read("key") is None
    assert keep.put("key", Secret(KEY), "file")
    assert revealed(keep.read("key")) == KEY
    assert keep.put("key", Secret("lain"), "keyring")
    assert keyring.kept == {"ngorder-tui toko/key": "lain"}
    assert not keep.file("key").exists()
    assert revealed(keep.read("key")) == "lain"
    assert keep.put("key", Secret(KEY), "file")
    assert keyring.kept == {}
    assert revealed(keep.read("key")) == KEY
    for path in (tmp_path / "toko").iterdir():
        assert path.stat().st_mode & 0o777 == 0o600


def test_the_keyring_is_opened_only_when_its_secret_is_used(keep: Keep, keyring: StandIn) -> None:
    keep.put("key", Secret(KEY), "keyring")
    del sys.modules["keyring"]
    secret = keep.read("key")
    assert secret is not None
    assert keep.kept("key") is not None
    assert "keyring" not in sys.modules
    assert secret.reveal() == KEY
    assert "keyring" in sys.modules


@pytest.mark.parametrize("how", ["locked", "leaky", "forgetful"])
def test_a_keyring_that_does_not_work_changes_nothing(keep: Keep, keyring: StandIn, how: str) -> None:
    keep.put("key", Secret("lama"), "file")
    keyring.fails(how)
    with pytest.raises(KeyringFails) as caught:
        keep.put("key", Secret(KEY), "keyring")
    assert "keyring of this machine" in str(caught.value)
    assert KEY not in str(caught.value)
    assert revealed(keep.read("key")) == "lama"


def test_without_the_extra_it_is_named(keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(KeyringFails, match=r"ngorder-tui\[keyring\]"):
        keep.put("key", Secret(KEY), "keyring")
    assert keep.kept("key") is None


def test_a_keyring_that_fails_later_is_a_missing_key(keep: Keep, keyring: StandIn) -> None:
    keep.put("key", Secret(KEY), "keyring")
    secret = keep.read("key")
    assert secret is not None
    keyring.fails("locked")
    with pytest.raises(Unauthorized, match="--keep file"):
        secret.reveal()
    keyring.works()
    assert secret.reveal() == KEY
    system_keyring.drop("toko/key")
    gone = keep.read("key")
    assert gone is not None
    with pytest.raises(Unauthorized, match="not in the keyring any more"):
        gone.reveal()


def test_what_is_dropped_is_used_no_more(keep: Keep, keyring: StandIn) -> None:
    assert keep.drop("key")
    keep.put("key", Secret(KEY), "file")
    keep.put("client-secret", Secret("b"), "keyring")
    assert keep.drop("key")
    assert keep.drop("client-secret")
    assert (keep.kept("key"), keep.kept("client-secret"), keyring.kept) == (None, None, {})
    keep.put("key", Secret(KEY), "keyring")
    keyring.fails("locked")
    assert not keep.drop("key")
    assert keep.read("key") is None
    keyring.works()
    keep.put("key", Secret(KEY), "keyring")
    keyring.fails("locked")
    assert not keep.put("key", Secret("baru"), "file")
    assert revealed(keep.read("key")) == "baru"


@pytest.mark.parametrize("name", ["key", "client-secret", "refresh-token"])
def test_every_secret_file_open_to_others_is_refused(home: Path, name: str) -> None:
    if name != "key":
        configure(home, OAUTH + 'grant = "refresh_token"\n')
    settings = load(Options(), {})
    for each in ("key", "client-secret", "refresh-token"):
        settings.keep.put(each, Secret("a"), "file")
    path = settings.state_dir / name
    path.chmod(0o640)
    with pytest.raises(BadSettings, match=f"chmod 600 '{path}'"):
        load(Options(), {})
    path.chmod(0o600)
    assert load(Options(), {}).has_key


def test_who_signs(home: Path) -> None:
    settings = load(Options(), {})
    assert not settings.has_key
    with pytest.raises(Unauthorized, match="There is no key"):
        credentials(settings)
    settings.keep.put("key", Secret(KEY), "file")
    signed = credentials(load(Options(), {}))
    assert isinstance(signed, FixedKey)
    assert signed.bearer.reveal() == KEY
    configure(home, OAUTH)
    settings = load(Options(), {})
    assert not settings.has_key
    assert "client secret" in no_key(settings)
    from_environment = load(Options(), {"NGORDER_CLIENT_SECRET": "s"})
    assert isinstance(credentials(from_environment), OAuth)
    assert from_environment.origins["client-secret"] == "environment"
    settings.keep.put("client-secret", Secret("s2"), "file")
    assert revealed(load(Options(), {}).client_secret) == "s2"
    assert isinstance(credentials(load(Options(), {"NGORDER_TOKEN": KEY})), FixedKey)
    configure(home, OAUTH + 'grant = "refresh_token"\n')
    settings = load(Options(), {})
    assert not settings.has_key
    assert "refresh token" in no_key(settings)
    settings.keep.put("refresh-token", Secret("r"), "file")
    loaded = load(Options(), {})
    assert loaded.has_key
    assert "s2" not in repr(loaded)
    assert loaded.grant == Grant("https://accounts.example.test/oauth/token", "klien", "refresh_token")


@pytest.mark.parametrize("place", ["file", "keyring"])
def test_a_renewed_refresh_token_goes_where_the_old_one_was(home: Path, keyring: StandIn, place: str) -> None:
    configure(home, OAUTH + 'grant = "refresh_token"\n')
    settings = load(Options(), {})
    settings.keep.put("refresh-token", Secret("r1"), "file" if place == "file" else "keyring")
    vault = OwnVault(load(Options(), {}))
    vault.keep_refresh_token(Secret("r2"))
    assert revealed(vault.refresh_token()) == "r2"
    kept = settings.keep.kept("refresh-token")
    assert kept is not None
    assert kept.place == place
    if place == "file":
        settings.keep.file("refresh-token").chmod(0o644)
        with pytest.raises(Unauthorized, match="chmod 600"):
            vault.refresh_token()
    else:
        keyring.fails("locked")
        with pytest.raises(Unauthorized, match="keyring"):
            vault.keep_refresh_token(Secret("r3"))


@pytest.mark.parametrize("place", ["file", "keyring"])
def test_a_key_near_a_year_old_is_told(home: Path, keyring: StandIn, place: str) -> None:
    load(Options(), {}).keep.put("key", Secret(KEY), "file" if place == "file" else "keyring")

    def warning(environ: dict[str, str] | None = None) -> str | None:
        settings: Settings = load(Options(), environ or {})
        return age_warning(settings)

    clock.stop_at(NOON + timedelta(days=WARN_DAYS) - timedelta(seconds=1))
    assert warning() is None
    clock.stop_at(NOON + timedelta(days=WARN_DAYS))
    told = warning()
    assert told is not None
    assert f"{WARN_DAYS} days" in told
    assert warning({"NGORDER_TOKEN": KEY}) is None
    load(Options(), {}).keep.put("key", Secret(KEY), "file")
    assert warning() is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('client_id = "a"', ["oauth.token_url", "address"]),
        ('token_url = "https://a.example.test/t"', ["oauth.client_id"]),
        ('token_url = "http://a.example.test/t"\nclient_id = "a"', ["config.toml:2", "https://"]),
        ('token_url = "https://u:p@a.example.test/t"\nclient_id = "a"', ["config.toml:2", "user name"]),
        (
            'token_url = "https://a.example.test/t"\nclient_id = "a"\ngrant = "password"',
            ["config.toml:4", "refresh_token"],
        ),
        (
            'token_url = "https://a.example.test/t"\nclient_id = "a"\nclient_auth = "x"',
            ["config.toml:4", '"basic" or "post"'],
        ),
        (f'client_secret = "{KEY}"', ["config.toml:2", "login", "NGORDER_CLIENT_SECRET"]),
        (f'refresh_token = "{KEY}"', ["config.toml:2", "login"]),
        ('secret = "x"', ["config.toml:2", "secret", "known"]),
    ],
)
def test_mistakes_in_the_oauth_table(home: Path, text: str, told: list[str]) -> None:
    configure(home, f"[profiles.default.oauth]\n{text}")
    with pytest.raises(BadSettings) as caught:
        load(Options(), {})
    for part in told:
        assert part in str(caught.value)
    assert KEY not in str(caught.value)
