"""What the user has chosen: options, environment, profile and defaults, in that order. Imports nothing heavy."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeVar

import platformdirs

from ngorder_tui.api.address import BASE_URL, checked_base_url
from ngorder_tui.api.errors import Invalid
from ngorder_tui.api.tokens import Grant, Secret
from ngorder_tui.config import BadSettings, ProfileTable, read_config
from ngorder_tui.i18n import LANGUAGES, _
from ngorder_tui.keys import ENVIRONMENT, Keep, Name, checked
from ngorder_tui.private_files import make_private, write_private

NAME = "ngorder-tui"
DEMO = "demo"
"""The profile of `ngorder-tui demo`: no other command may use it, so that no key is ever sent from it."""
LONGEST_TIMEOUT = 3600.0
T = TypeVar("T")

Origin = Literal["option", "environment", "profile", "default", "file", "keyring"]
"""Where a setting comes from; a secret comes from the environment, a file or the keyring."""

__all__ = ["BadSettings", "DemoOptions", "Options", "Origin", "Settings", "load", "profile_names", "remember_consent"]


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
    to send; `keymap` other keys for commands, by command id, several with commas between; `origins` where each setting
    comes from. Requests are signed with `key`, or else with the tokens of `grant` and its secrets.
    """

    profile: str
    config_file: Path
    state_dir: Path
    cache_dir: Path
    downloads: Path
    base_url: str = BASE_URL
    key: Secret | None = None
    grant: Grant | None = None
    client_secret: Secret | None = None
    refresh_token: Secret | None = None
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
    origins: Mapping[str, Origin] = field(default_factory=dict, compare=False)

    @property
    def keep(self) -> Keep:
        """Where `login` keeps the profile's secrets."""
        return Keep(self.profile, self.state_dir)

    @property
    def has_key(self) -> bool:
        """Whether there is something to sign requests with."""
        if self.key is not None or self.grant is None:
            return self.key is not None
        needed = self.refresh_token if self.grant.kind == "refresh_token" else self.client_secret
        return needed is not None


def load(options: Options, environ: Mapping[str, str], *, demo: bool = False, with_key: bool = True) -> Settings:
    """All choices: option, environment, profile, default. Raises BadSettings with a sentence for the user.

    `demo` takes the demo's own profile, which has no key and no address; `with_key` False leaves the key unread.
    """
    config_file = platformdirs.user_config_path(NAME) / "config.toml"
    config = read_config(config_file)
    chosen = _Chosen()
    asked = chosen("profile", options.profile, environ.get("NGORDER_PROFILE"), config.default_profile)
    profile = DEMO if demo else checked_profile(asked or "default")
    own = config.profiles.get(profile) or ProfileTable()
    state_dir = platformdirs.user_state_path(NAME) / profile
    base_url = chosen("base_url", None, None if demo else environ.get("NGORDER_BASE_URL"), own.base_url)
    settings = Settings(
        profile=profile,
        config_file=config_file,
        state_dir=state_dir,
        cache_dir=platformdirs.user_cache_path(NAME) / profile,
        downloads=chosen("downloads", None, None, own.downloads) or platformdirs.user_downloads_path(),
        base_url=BASE_URL if demo else _base_url(base_url, chosen, config_file, profile),
        grant=None if demo else own.oauth,
        language=_language(chosen("language", options.language, environ.get("NGORDER_LANG"), own.language), chosen)
        or _of_machine(environ, chosen),
        theme=chosen("theme", options.theme, None, own.theme),
        lite=chosen("lite", options.lite, None, own.lite),
        read_only=bool(chosen("read_only", options.read_only, None, own.read_only)),
        mouse=chosen("mouse", options.mouse, None, own.mouse) is not False,
        ascii=bool(chosen("ascii", options.ascii, None, own.ascii)),
        plain_driver=bool(chosen("plain_driver", options.plain_driver, None, own.plain_driver)),
        bell=chosen("bell", None, None, own.bell) is not False,
        timeout=_timeout(chosen("timeout", options.timeout, None, own.timeout)),
        ca_file=chosen("ca_file", None, None, own.ca_file),
        paths=own.paths,
        consented=_consented(state_dir),
        keymap={**config.keymap, **own.keymap},
        origins=chosen.origins,
    )
    return settings if demo or not with_key else _with_secrets(settings, environ, chosen)


class _Chosen:
    """Takes each setting from the first place that says something, and remembers which that was."""

    def __init__(self) -> None:
        self.origins: dict[str, Origin] = {}

    def __call__(self, name: str, option: T | None, environment: T | None, profile: T | None) -> T | None:
        places: tuple[tuple[Origin, T | None], ...] = (
            ("option", option), ("environment", environment), ("profile", profile),
        )  # fmt: skip
        for origin, value in places:
            if value is not None and value != "":
                self.origins[name] = origin
                return value
        self.origins[name] = "default"
        return None


def _with_secrets(settings: Settings, environ: Mapping[str, str], chosen: _Chosen) -> Settings:
    """The settings with what they are signed with: the environment's key, else the profile's tokens, else its key."""

    def find(name: Name, *, kept: bool = True) -> Secret | None:
        variable = ENVIRONMENT.get(name, "")
        secret = checked(environ.get(variable, ""), variable)
        if secret is not None:
            chosen.origins[name] = "environment"
        elif kept and (secret := settings.keep.read(name)) is not None:
            found = settings.keep.kept(name)
            chosen.origins[name] = "file" if found is None else found.place
        return secret

    if (key := find("key", kept=settings.grant is None)) is not None or settings.grant is None:
        return replace(settings, key=key)
    wants_refresh = settings.grant.kind == "refresh_token"
    return replace(
        settings,
        client_secret=find("client-secret"),
        refresh_token=find("refresh-token") if wants_refresh else None,
    )


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


def remember_consent(settings: Settings, endpoint_id: str) -> Settings:
    """The user agrees to send this unconfirmed write, now and later. Raises OSError."""
    consented = _consented(settings.state_dir) | {endpoint_id}
    make_private(settings.state_dir)
    write_private(_consent_file(settings.state_dir), json.dumps({"consented": sorted(consented)}) + "\n")
    return replace(settings, consented=consented)


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


def _base_url(chosen_url: str | None, chosen: _Chosen, config_file: Path, profile: str) -> str:
    if chosen_url is None:
        return BASE_URL
    from_environment = chosen.origins["base_url"] == "environment"
    where = "NGORDER_BASE_URL" if from_environment else f"{config_file}, profiles.{profile}.base_url"
    try:
        return checked_base_url(chosen_url)
    except Invalid as error:
        raise BadSettings(f"{where}: {error}") from None


def _language(asked: str | None, chosen: _Chosen) -> str | None:
    if asked is not None and asked not in LANGUAGES:
        where = "--lang" if chosen.origins["language"] == "option" else "NGORDER_LANG"
        raise BadSettings(
            _("{where}: there is no language {name}; there are en and id.").format(where=where, name=repr(asked[:40]))
        )
    return asked


def _of_machine(environ: Mapping[str, str], chosen: _Chosen) -> str:
    """The language that the machine is set to."""
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    if locale:
        chosen.origins["language"] = "environment"
    return "id" if re.match(r"id(_|\.|@|$)", locale) else "en"


def _timeout(seconds: float | None) -> float:
    if seconds is None:
        return 30.0
    if not 0 < seconds <= LONGEST_TIMEOUT:
        raise BadSettings(_("The timeout must be more than 0 and at most 3600 seconds."))
    return float(seconds)
