"""Settings: option, environment, profile, default; mistakes are told with their place."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from ngorder_tui.api.address import BASE_URL
from ngorder_tui.api.tokens import Secret
from ngorder_tui.keys import checked
from ngorder_tui.settings import (
    BadSettings,
    Options,
    Settings,
    load,
    profile_names,
    remember_consent,
)

KEY = "kunci-rahasia-7f3a9c"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path / "Downloads"))
    return tmp_path


def configure(home: Path, text: str) -> Path:
    folder = home / "config" / "ngorder-tui"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(text)
    return folder / "config.toml"


def test_without_anything_there_are_defaults(home: Path) -> None:
    settings = load(Options(), {})
    assert (settings.profile, settings.base_url, settings.language) == ("default", BASE_URL, "en")
    assert (settings.lite, settings.read_only, settings.mouse, settings.bell) == (None, False, True, True)
    assert (settings.timeout, settings.key, settings.downloads) == (30.0, None, home / "Downloads")
    assert settings.state_dir == home / "state" / "ngorder-tui" / "default"
    assert settings.cache_dir == home / "cache" / "ngorder-tui" / "default"
    assert list(home.iterdir()) == []


WHOLE = """
default_profile = "toko"
[keymap]
"order.new" = "n"
"quit" = ["q", "ctrl+q"]
[profiles.toko]
base_url = "https://api.example.test/api/open/"
language = "id"
theme = "dark"
lite = true
read_only = true
mouse = false
ascii = true
plain_driver = true
bell = false
timeout = 12
downloads = "~/Unduhan"
[profiles.toko.paths]
"bank.delete" = "/bank/{id}"
[profiles.toko.keymap]
"order.new" = "b"
[profiles.lain]
"""


def test_a_profile_says_everything(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home))
    configure(home, WHOLE)
    settings = load(Options(), {})
    assert (settings.profile, settings.base_url) == ("toko", "https://api.example.test/api/open")
    assert (settings.language, settings.theme, settings.lite, settings.read_only) == ("id", "dark", True, True)
    assert (settings.mouse, settings.ascii, settings.plain_driver, settings.bell) == (False, True, True, False)
    assert (settings.timeout, settings.downloads) == (12.0, home / "Unduhan")
    assert dict(settings.paths) == {"bank.delete": "/bank/{id}"}
    assert dict(settings.keymap) == {"order.new": "b", "quit": "q,ctrl+q"}
    assert load(Options(profile="lain"), {}).keymap["order.new"] == "n"
    assert profile_names(settings) == ("lain", "toko")


def test_option_before_environment_before_profile(home: Path) -> None:
    configure(home, WHOLE)
    environ = {"NGORDER_BASE_URL": "http://127.0.0.1:8900/x/", "NGORDER_LANG": "en", "NGORDER_PROFILE": "lain"}
    assert load(Options(), environ).profile == "lain"
    assert load(Options(profile="toko"), environ).base_url == "http://127.0.0.1:8900/x"
    assert load(Options(profile="toko"), environ).language == "en"
    assert load(Options(profile="toko", language="id"), environ).language == "id"
    given = Options(profile="toko", lite=False, read_only=False, mouse=True, theme="light", timeout=5)
    settings = load(given, {})
    assert (settings.lite, settings.read_only, settings.mouse) == (False, False, True)
    assert (settings.theme, settings.timeout) == ("light", 5.0)


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({"LANG": "id_ID.UTF-8"}, "id"), ({"LANG": "id"}, "id"), ({"LC_ALL": "en_US", "LANG": "id_ID"}, "en"),
        ({"LANG": "C"}, "en"), ({"LANG": "idk"}, "en"), ({"NGORDER_LANG": "", "LANG": "id_ID"}, "id"),
        ({"NGORDER_LANG": "en", "LANG": "id_ID"}, "en"),
    ],
)  # fmt: skip
def test_the_machines_language(home: Path, environ: dict[str, str], language: str) -> None:
    assert load(Options(), environ).language == language


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = 1\nprofiles = x", ["config.toml", "line 2"]),
        ("[profiles.default]\nlanguage = 'fr'", ["config.toml:2", "profiles.default.language", '"en" or "id"']),
        ("[profiles.default]\nmouse = 'no'", ["config.toml:2", "profiles.default.mouse", "true or false"]),
        ("[profiles.default]\n\ntimeout = -1", ["config.toml:3", "profiles.default.timeout", "seconds"]),
        ("[profiles.default]\ntimeout = true", ["config.toml:2", "seconds"]),
        ("[profiles.default]\nlangauge = 'en'", ["config.toml:2", "langauge", "did you mean language"]),
        ("[profiles.default]\ntheme = 5", ["config.toml:2", "text"]),
        ("[profiles.default]\nca_file = '/nowhere/ca.pem'", ["config.toml:2", "ca_file"]),
        ("[profiles.default]\nbase_url = 'http://api.example.test'", ["base_url", "https://"]),
        ("profiles = 5", ["config.toml:1", "profiles", "table"]),
        ("[profiles]\ndefault = 5", ["config.toml:2", "table"]),
        ("[profiles.default.paths]\n'bank.delete' = 'https://evil.example.test/x'", ["config.toml:2", "bank.delete"]),
        ("[profiles.default.paths]\n'bank.delete' = '/a//b'", ["config.toml:2"]),
        ("[profiles.default.paths]\n'bank.delete' = '/a?b=c'", ["config.toml:2"]),
        ("[profiles.default.paths]\nbank = '/a'", ["config.toml:2", "endpoint"]),
        ("[keymap]\nquit = 5", ["config.toml:2", "quit"]),
        ("[keymap]\nquit = ['']", ["config.toml:2", "quit"]),
        ("token = 'x'", ["config.toml:1", "token"]),
        ("default_profile = 'a/b'", ["profile name"]),
    ],
)
def test_mistakes_in_the_file(home: Path, text: str, told: list[str]) -> None:
    configure(home, text)
    with pytest.raises(BadSettings) as caught:
        load(Options(), {})
    for part in told:
        assert part in str(caught.value)


def test_a_file_that_is_no_text_or_cannot_be_read(home: Path) -> None:
    path = configure(home, "")
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(BadSettings, match="UTF-8"):
        load(Options(), {})
    path.unlink()
    path.mkdir()
    with pytest.raises(BadSettings, match=r"config\.toml"):
        load(Options(), {})


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a b", "x" * 41, "-x", "é", "a\n"])
def test_a_profile_name_is_a_folder_name(home: Path, name: str) -> None:
    if name:
        with pytest.raises(BadSettings):
            load(Options(profile=name), {})
    else:
        assert load(Options(profile=name), {}).profile == "default"


def test_the_demo_has_a_profile_of_its_own_and_never_a_key(home: Path) -> None:
    environ = {"NGORDER_TOKEN": KEY, "NGORDER_BASE_URL": "https://api.example.test", "NGORDER_PROFILE": "toko"}
    settings = load(Options(), environ, demo=True)
    assert (settings.profile, settings.key, settings.base_url) == ("demo", None, BASE_URL)
    with pytest.raises(BadSettings, match="demo"):
        load(Options(profile="demo"), environ)


def test_a_key_shows_itself_only_when_told() -> None:
    key = Secret(KEY)
    assert key.reveal() == KEY
    assert KEY not in f"{key} {key!r} {[key]} {key!s}"
    assert key == Secret(KEY)
    assert key != Secret("x")
    with pytest.raises(TypeError):
        pickle.dumps(key)


def test_the_environments_key_comes_before_the_stored_one(home: Path) -> None:
    settings = load(Options(), {})
    kept = checked(f"Bearer {KEY}\n", "the test")
    assert kept is not None
    settings.keep.put("key", kept, "file")
    stored = load(Options(), {})
    assert stored.key is not None
    assert stored.key.reveal() == KEY
    assert KEY not in repr(stored)
    given = load(Options(), {"NGORDER_TOKEN": " other \n"})
    assert given.key is not None
    assert given.key.reveal() == "other"
    assert load(Options(), {}, with_key=False).key is None


def test_a_key_file_keeps_its_mode_whatever_the_umask(home: Path) -> None:
    before = os.umask(0)
    try:
        load(Options(), {}).keep.put("key", Secret(KEY), "file")
    finally:
        os.umask(before)
    kept = load(Options(), {}).keep.file("key")
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [path.name for path in kept.parent.iterdir()] == ["key"]


def test_consent_is_remembered_for_the_profile(home: Path) -> None:
    settings = load(Options(), {})
    assert remember_consent(settings, "bank.delete").consented == {"bank.delete"}
    remember_consent(settings, "supplier.update")
    assert load(Options(), {}).consented == {"bank.delete", "supplier.update"}
    assert load(Options(profile="lain"), {}).consented == frozenset()


@pytest.mark.parametrize("text", ["", "[", "[]", '{"consented": 5}', '{"consented": [5]}'])
def test_a_damaged_consent_only_asks_again(home: Path, text: str) -> None:
    settings = load(Options(), {})
    remember_consent(settings, "bank.delete")
    (settings.state_dir / "consent.json").write_text(text)
    assert load(Options(), {}).consented == frozenset()


def test_settings_are_a_value(home: Path) -> None:
    settings = load(Options(), {})
    assert settings == load(Options(), {})
    assert isinstance(settings, Settings)
