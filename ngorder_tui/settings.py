"""What the user has chosen: options, environment, profile and defaults, in that order. Imports nothing heavy."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import platformdirs

from ngorder_tui.api.address import BASE_URL, checked_base_url
from ngorder_tui.api.errors import Invalid
from ngorder_tui.config import BadSettings, ProfileTable, read_config
from ngorder_tui.i18n import LANGUAGES, _

NAME = "ngorder-tui"
DEMO = "demo"
"""The profile of `ngorder-tui demo`: no other command may use it, so that no key is ever sent from it."""
LONGEST_TIMEOUT = 3600.0
T = TypeVar("T")

__all__ = ["BadSettings", "DemoOptions", "Key", "Options", "Settings", "forget_key", "load", "profile_names",
           "remember_consent", "store_key"]  # fmt: skip


class Key:
    """A secret that is shown by `reveal` alone: no repr, no format, no pickle holds it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The key itself, for the request's header only."""
        return self._text

    def __repr__(self) -> str:
        return "Key(***)"

    def __reduce__(self) -> str:
        raise TypeError("a key is not written anywhere")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and other._text == self._text

    def __hash__(self) -> int:
        return hash(Key)


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line said; None where it said nothing. `timeout` in seconds."""

    profile: str | None = None
    language: str | None = None
    theme: str | None = None
    lite: bool | None = None
    read_only: bool | None = None
    mouse: bool | None = None
    ascii: bool | None = None
    plain_driver: bool | None = None
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """The embedded shop and how bad its line is.

    `latency_ms` milliseconds an answer, `kbps` kilobits a second, `error_rate` and `drop_after_commit` shares from 0
    to 1, `rate_limit` requests a minute; None is no limit.
    """

    fresh: bool = False
    seed: int = 1
    orders: int = 500
    latency_ms: int = 0
    kbps: int | None = None
    error_rate: float = 0.0
    drop_after_commit: float = 0.0
    rate_limit: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """All choices in force. `timeout` in seconds; `lite` None: the program chooses by the line and the terminal.

    `paths` holds other paths for endpoints, by id; `consented` the ids of unconfirmed writes that the user has agreed
    to send; `keymap` other keys for commands, by command id, several with commas between.
    """

    profile: str
    config_file: Path
    state_dir: Path
    cache_dir: Path
    downloads: Path
    base_url: str = BASE_URL
    key: Key | None = None
    language: str = "en"
    theme: str | None = None
    lite: bool | None = None
    read_only: bool = False
    mouse: bool = True
    ascii: bool = False
    plain_driver: bool = False
    bell: bool = True
    timeout: float = 30.0
    ca_file: Path | None = None
    paths: Mapping[str, str] = field(default_factory=dict)
    consented: frozenset[str] = frozenset()
    keymap: Mapping[str, str] = field(default_factory=dict)

    @property
    def key_file(self) -> Path:
        """Where `login` keeps the profile's key."""
        return self.state_dir / "key"


def load(options: Options, environ: Mapping[str, str], *, demo: bool = False, with_key: bool = True) -> Settings:
    """All choices: option, environment, profile, default. Raises BadSettings with a sentence for the user.

    `demo` takes the demo's own profile, which has no key and no address; `with_key` False leaves the key unread.
    """
    config_file = platformdirs.user_config_path(NAME) / "config.toml"
    config = read_config(config_file)
    asked = options.profile or environ.get("NGORDER_PROFILE") or config.default_profile
    profile = DEMO if demo else checked_profile(asked)
    own = config.profiles.get(profile) or ProfileTable()
    state_dir = platformdirs.user_state_path(NAME) / profile
    settings = Settings(
        profile=profile,
        config_file=config_file,
        state_dir=state_dir,
        cache_dir=platformdirs.user_cache_path(NAME) / profile,
        downloads=own.downloads or platformdirs.user_downloads_path(),
        base_url=BASE_URL if demo else _base_url(environ.get("NGORDER_BASE_URL"), own.base_url, config_file, profile),
        language=_language(options.language, environ, own.language),
        theme=options.theme or own.theme,
        lite=_first(options.lite, own.lite),
        read_only=bool(_first(options.read_only, own.read_only)),
        mouse=_first(options.mouse, own.mouse) is not False,
        ascii=bool(_first(options.ascii, own.ascii)),
        plain_driver=bool(_first(options.plain_driver, own.plain_driver)),
        bell=own.bell is not False,
        timeout=_timeout(options.timeout, own.timeout),
        ca_file=own.ca_file,
        paths=own.paths,
        consented=_consented(state_dir),
        keymap={**config.keymap, **own.keymap},
    )
    if demo or not with_key:
        return settings
    return replace(settings, key=_key(environ.get("NGORDER_TOKEN"), settings.key_file))


def checked_profile(name: str) -> str:
    """The profile's name, which is also a folder's. Raises BadSettings."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", name) is None:
        raise BadSettings(
            _("The profile name {name} cannot be used: letters, digits, - and _ only, at most 40.").format(
                name=repr(name[:60])
            )
        )
    if name.lower() == DEMO:
        raise BadSettings(_("The profile name 'demo' belongs to `ngorder-tui demo`: choose another one."))
    return name


def profile_names(settings: Settings) -> tuple[str, ...]:
    """The profiles that there are: those of the config file, and those that have a key or a store; the current one."""
    names = {settings.profile, *read_config(settings.config_file).profiles}
    if (states := settings.state_dir.parent).is_dir():
        names |= {entry.name for entry in states.iterdir() if entry.is_dir()}
    return tuple(sorted(names - {DEMO}))


def store_key(settings: Settings, text: str) -> None:
    """Keep this key for the profile, readable by its owner only. Raises BadSettings (no key in it), OSError."""
    key = _checked_key(text, _("The key"))
    if key is None:
        raise BadSettings(_("There is no key in it: nothing was stored."))
    make_private(settings.state_dir)
    write_private(settings.key_file, key.reveal() + "\n")


def forget_key(settings: Settings) -> bool:
    """Drop the profile's stored key; whether there was one. Raises OSError."""
    there = settings.key_file.exists()
    settings.key_file.unlink(missing_ok=True)
    return there


def remember_consent(settings: Settings, endpoint_id: str) -> Settings:
    """The user agrees to send this unconfirmed write, now and later. Raises OSError."""
    consented = _consented(settings.state_dir) | {endpoint_id}
    make_private(settings.state_dir)
    write_private(_consent_file(settings.state_dir), json.dumps({"consented": sorted(consented)}) + "\n")
    return replace(settings, consented=consented)


def make_private(folder: Path) -> None:
    """Make this folder, and close it to everyone else. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read: the old one or the whole new one is there at any moment."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(handle)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _consent_file(state_dir: Path) -> Path:
    return state_dir / "consent.json"


def _consented(state_dir: Path) -> frozenset[str]:
    """What was agreed to; a file that cannot be read means only that the question is put again."""
    try:
        kept = json.loads(_consent_file(state_dir).read_text("utf-8"))
    except (OSError, ValueError):
        return frozenset()
    ids = kept.get("consented") if isinstance(kept, dict) else None
    return frozenset(name for name in ids if isinstance(name, str)) if isinstance(ids, list) else frozenset()


def _key(from_environment: str | None, key_file: Path) -> Key | None:
    if from_environment and (key := _checked_key(from_environment, "NGORDER_TOKEN")) is not None:
        return key
    try:
        open_to_others = key_file.stat().st_mode & 0o077
        folder_open = key_file.parent.stat().st_mode & 0o077
        if open_to_others or folder_open:
            path, mode = (key_file, "600") if open_to_others else (key_file.parent, "700")
            raise BadSettings(
                _("{path} is open to other users, and it holds the key. Close it: chmod {mode} '{path}'").format(
                    path=path, mode=mode
                )
            )
        return _checked_key(key_file.read_text("utf-8"), str(key_file))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeError) as error:
        why = error.strerror if isinstance(error, OSError) else _("it is not text")
        raise BadSettings(_("The key file {path} cannot be read: {why}.").format(path=key_file, why=why)) from None


def _checked_key(text: str, where: str) -> Key | None:
    key = text.strip().removeprefix("Bearer ").strip()
    if not key:
        return None
    if re.fullmatch(r"[!-~]{1,4096}", key) is None:
        raise BadSettings(
            _("{where} holds characters that no key has: copy it again, on one line.").format(where=where)
        )
    return Key(key)


def _base_url(from_environment: str | None, own: str | None, config_file: Path, profile: str) -> str:
    if from_environment:
        return _checked_url(from_environment, "NGORDER_BASE_URL")
    return _checked_url(own, f"{config_file}, profiles.{profile}.base_url") if own else BASE_URL


def _checked_url(url: str, where: str) -> str:
    try:
        return checked_base_url(url)
    except Invalid as error:
        raise BadSettings(f"{where}: {error}") from None


def _language(option: str | None, environ: Mapping[str, str], own: str | None) -> str:
    for asked, where in ((option, "--lang"), (environ.get("NGORDER_LANG"), "NGORDER_LANG"), (own, "language")):
        if asked:
            if asked not in LANGUAGES:
                raise BadSettings(
                    _("{where}: there is no language {name}; there are en and id.").format(
                        where=where, name=repr(asked[:40])
                    )
                )
            return asked
    of_machine = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return "id" if re.match(r"id(_|\.|@|$)", of_machine) else "en"


def _timeout(option: float | None, own: float | None) -> float:
    seconds = _first(option, own)
    if seconds is None:
        return 30.0
    if not 0 < seconds <= LONGEST_TIMEOUT:
        raise BadSettings(_("The timeout must be more than 0 and at most 3600 seconds."))
    return float(seconds)


def _first(first: T | None, second: T | None) -> T | None:
    return second if first is None else first
