"""The config file: TOML, checked key by key, every mistake told with its place and what is expected there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from ngorder_tui.api.errors import Invalid
from ngorder_tui.api.tokens import ClientAuth, Grant, GrantKind
from ngorder_tui.i18n import _

Word = TypeVar("Word", bound=str)


class BadSettings(Exception):
    """A setting that cannot be used; `str(error)` is a sentence that names its place and what is expected."""


@dataclass(frozen=True, slots=True)
class ProfileTable:
    """A profile as the config file has it; None where it says nothing. `timeout` in seconds.

    `oauth` is how its tokens are asked for, where it uses OAuth 2 instead of a key; its secrets are never in the file.
    """

    base_url: str | None = None
    language: str | None = None
    theme: str | None = None
    lite: bool | None = None
    read_only: bool | None = None
    mouse: bool | None = None
    ascii: bool | None = None
    plain_driver: bool | None = None
    bell: bool | None = None
    timeout: float | None = None
    ca_file: Path | None = None
    downloads: Path | None = None
    oauth: Grant | None = None
    paths: Mapping[str, str] = field(default_factory=dict)
    keymap: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """The config file's contents; `keymap` is for all profiles."""

    default_profile: str | None = None
    profiles: Mapping[str, ProfileTable] = field(default_factory=dict)
    keymap: Mapping[str, str] = field(default_factory=dict)


def read_config(path: Path) -> Config:
    """The config file; defaults where there is none. Raises BadSettings."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeError) as error:
        why = error.strerror if isinstance(error, OSError) else _("it is not UTF-8 text")
        raise BadSettings(_("{path} cannot be read: {why}.").format(path=path, why=why)) from None
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(_("{path} is not TOML: {why}.").format(path=path, why=error)) from None
    top = _Table(path, text, "", values)
    top.only("default_profile", "profiles", "keymap")
    profiles = top.table("profiles")
    return Config(
        default_profile=top.text("default_profile"),
        profiles={name: _profile(profiles.table(name)) for name in profiles.values},
        keymap=_keymap(top.table("keymap")),
    )


def _profile(table: _Table) -> ProfileTable:
    table.only(*(item.name for item in fields(ProfileTable)))
    ca_file = table.path("ca_file")
    if ca_file is not None and not ca_file.is_file():
        raise table.wrong("ca_file", _("a file that is there"))
    return ProfileTable(
        base_url=table.text("base_url"),
        language=table.word("language", ("en", "id")),
        theme=table.text("theme"),
        lite=table.flag("lite"),
        read_only=table.flag("read_only"),
        mouse=table.flag("mouse"),
        ascii=table.flag("ascii"),
        plain_driver=table.flag("plain_driver"),
        bell=table.flag("bell"),
        timeout=table.seconds("timeout"),
        ca_file=ca_file,
        downloads=table.path("downloads"),
        oauth=_grant(table.table("oauth")) if "oauth" in table.values else None,
        paths=_paths(table.table("paths")),
        keymap=_keymap(table.table("keymap")),
    )


def _grant(table: _Table) -> Grant:
    for secret in ("client_secret", "refresh_token"):
        if secret in table.values:
            # Config files are shown to others, copied and put under version control.
            raise table.told(
                secret,
                _(
                    "{key} does not stand in this file: take it out, and `ngorder-tui login` keeps it where only you"
                    " can read it (the client secret may also come from NGORDER_CLIENT_SECRET)."
                ),
            )
    table.only("token_url", "client_id", "grant", "scope", "client_auth")
    kinds: tuple[GrantKind, ...] = get_args(GrantKind)
    ways: tuple[ClientAuth, ...] = get_args(ClientAuth)
    client_id, token_url = table.text("client_id"), table.text("token_url")
    if token_url is None:
        raise table.wrong("token_url", _("the address that gives tokens, in quotes"))
    if client_id is None or re.fullmatch(r"[ -~]+", client_id) is None:
        raise table.wrong("client_id", _("the id that Ngorder gave this client, in quotes"))
    try:
        return Grant(
            token_url,
            client_id,
            table.word("grant", kinds) or "client_credentials",
            table.text("scope") or "",
            table.word("client_auth", ways) or "basic",
        )
    except Invalid as error:
        raise table.told("token_url", f"{{key}}: {error}") from None


def _paths(table: _Table) -> dict[str, str]:
    paths: dict[str, str] = {}
    for endpoint_id in table.values:
        path = table.text(endpoint_id)
        if re.fullmatch(r"[a-z_]+\.[a-z_]+", endpoint_id) is None:
            raise table.wrong(endpoint_id, _('an endpoint\'s id, in quotes: "bank.delete" = "/bank/{id}"'))
        if path is None or re.fullmatch(r"(/[^/\s?#\\]+)+", path) is None:
            raise table.wrong(endpoint_id, _('a path below the base URL, such as "/bank/{id}"'))
        paths[endpoint_id] = path
    return paths


def _keymap(table: _Table) -> dict[str, str]:
    keys: dict[str, str] = {}
    for command, given in table.values.items():
        names = [given] if isinstance(given, str) else given
        if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
            raise table.wrong(command, _('a key such as "ctrl+n", or a list of them'))
        keys[command] = ",".join(names)
    return keys


class _Table:
    """A table of the file that knows its place in it."""

    def __init__(self, file: Path, text: str, name: str, values: Mapping[str, Any]) -> None:
        self.values = values
        self._file = file
        self._text = text
        self._name = name

    def _full(self, key: str) -> str:
        key = key if re.fullmatch(r"[\w-]+", key) else f'"{key}"'
        return f"{self._name}.{key}" if self._name else key

    def _place(self, key: str) -> str:
        header = f"[{self._name}]" if self._name else None
        inside = header is None
        for number, line in enumerate(self._text.splitlines(), 1):
            bare = line.strip()
            if bare.startswith("["):
                if bare.replace(" ", "").startswith(f"[{self._full(key)}"):
                    return f"{self._file}:{number}"
                inside = bare.replace(" ", "").split("#")[0] == header
            elif inside and re.match(rf"[\"']?{re.escape(key)}[\"']?\s*[=.]", bare):
                return f"{self._file}:{number}"
        return str(self._file)

    def wrong(self, key: str, expected: str) -> BadSettings:
        """The error for this key's value."""
        return self.told(key, _("{{key}} must be {expected}.").format(expected=expected))

    def told(self, key: str, sentence: str) -> BadSettings:
        """The error for this key, in a sentence in which {key} stands for it."""
        return BadSettings(f"{self._place(key)}: {sentence.replace('{key}', self._full(key))}")

    def only(self, *known: str) -> None:
        """Raises BadSettings for a key that is not among these."""
        for key in self.values:
            if key not in known:
                from difflib import get_close_matches

                near = get_close_matches(key, known, 1)
                hint = _("did you mean {name}?").format(name=near[0]) if near else _("known: ") + ", ".join(known)
                raise BadSettings(
                    _("{place}: there is no setting {key}; {hint}").format(
                        place=self._place(key), key=self._full(key), hint=hint
                    )
                )

    def table(self, key: str) -> _Table:
        """A table within; empty where there is none."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, _("a table, such as [{name}]").format(name=self._full(key)))
        return _Table(self._file, self._text, self._full(key), cast("dict[str, Any]", value))

    def text(self, key: str) -> str | None:
        """A text that is not empty."""
        value = self.values.get(key)
        if value is not None and not (isinstance(value, str) and value.strip()):
            raise self.wrong(key, _("text in quotes"))
        return value

    def word(self, key: str, known: Sequence[Word]) -> Word | None:
        """One of these words."""
        value = self.text(key)
        for word in known:
            if word == value:
                return word
        if value is not None:
            raise self.wrong(key, _(" or ").join(f'"{word}"' for word in known))
        return None

    def flag(self, key: str) -> bool | None:
        """true or false."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(key, _("true or false"))
        return value

    def seconds(self, key: str) -> float | None:
        """A number of seconds above zero."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 3600:
            raise self.wrong(key, _("a number of seconds, more than 0 and at most 3600"))
        return float(value)

    def path(self, key: str) -> Path | None:
        """A path; ~ is the home folder, a relative one is below the config file's folder."""
        value = self.text(key)
        return None if value is None else self._file.parent / Path(value).expanduser()
