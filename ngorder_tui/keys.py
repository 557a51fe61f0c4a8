"""The secrets of a profile: in files that only the user can read, or in the machine's keyring, as the user chose."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ngorder_tui import clock, system_keyring
from ngorder_tui.api.errors import Unauthorized
from ngorder_tui.api.tokens import Credentials, FixedKey, OAuth, Secret
from ngorder_tui.config import BadSettings
from ngorder_tui.i18n import _
from ngorder_tui.private_files import make_private, read_private, write_private
from ngorder_tui.system_keyring import KeyringFails

if TYPE_CHECKING:
    from ngorder_tui.settings import Settings

Name = Literal["key", "client-secret", "refresh-token"]
Place = Literal["file", "keyring"]
NAMES: tuple[Name, ...] = ("key", "client-secret", "refresh-token")
ENVIRONMENT: Mapping[Name, str] = {"key": "NGORDER_TOKEN", "client-secret": "NGORDER_CLIENT_SECRET"}
WARN_DAYS = 335
"""The age at which a key is near its end: the service's keys last a year."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a secret is kept, and since when."""

    place: Place
    since: datetime

    @property
    def days(self) -> int:
        """Its age in whole days."""
        return (clock.now() - self.since).days


class Keep:
    """The secrets of one profile. A secret lies in one place: a file named for it, or the keyring, which a file says.

    The file's time is when the secret was kept.
    """

    def __init__(self, profile: str, folder: Path) -> None:
        self._profile = profile
        self._folder = folder

    def file(self, name: Name) -> Path:
        """The file that holds this secret, where it is kept in one."""
        return self._folder / name

    def in_keyring(self, name: Name) -> str:
        """What the secret is called in the keyring, under the service's name."""
        return f"{self._profile}/{name}"

    def kept(self, name: Name) -> Kept | None:
        """Where it is kept; None where it is not. Nothing is read."""
        places: tuple[tuple[Place, Path], ...] = (("file", self.file(name)), ("keyring", self._sign(name)))
        for place, path in places:
            if path.exists():
                return Kept(place, datetime.fromtimestamp(path.stat().st_mtime, clock.JAKARTA))
        return None

    def read(self, name: Name) -> Secret | None:
        """The secret; the keyring is asked only when it is revealed, which may then raise Unauthorized.

        Raises BadSettings for a file that is open to others or holds no secret.
        """
        if (text := read_private(self.file(name))) is not None:
            return checked(text, str(self.file(name)))
        return Secret(lambda: self._from_keyring(name)) if self._sign(name).exists() else None

    def put(self, name: Name, secret: Secret, place: Place) -> bool:
        """Keep the secret here, and no more where it was. May block. Raises KeyringFails, OSError: nothing was changed.

        False where it is kept in a file now and an older one could not be taken out of the keyring.
        """
        make_private(self._folder)
        if place == "keyring":
            system_keyring.write(self.in_keyring(name), secret.reveal())
            self._write(self._sign(name), _("This secret lies in the keyring of this machine.") + "\n")
            self.file(name).unlink(missing_ok=True)
            return True
        self._write(self.file(name), secret.reveal() + "\n")
        return self._leave_keyring(name)

    def drop(self, name: Name) -> bool:
        """Forget the secret. False where it is used no more, but could not be taken out of the keyring.

        May block. Raises OSError.
        """
        self.file(name).unlink(missing_ok=True)
        return self._leave_keyring(name)

    def _leave_keyring(self, name: Name) -> bool:
        if not self._sign(name).exists():
            return True
        self._sign(name).unlink()
        try:
            system_keyring.drop(self.in_keyring(name))
        except KeyringFails:
            return False
        return True

    def _sign(self, name: Name) -> Path:
        return self._folder / f"{name}.in-keyring"

    def _write(self, path: Path, text: str) -> None:
        write_private(path, text)
        moment = clock.now().timestamp()
        os.utime(path, (moment, moment))

    def _from_keyring(self, name: Name) -> str:
        try:
            text = system_keyring.read(self.in_keyring(name))
        except KeyringFails as error:
            raise Unauthorized(
                _(
                    "{why} The profile's secret lies in it. Nothing was sent."
                    " `ngorder-tui login --keep file` keeps it in a file instead."
                ).format(why=error)
            ) from None
        if not text:
            raise Unauthorized(
                _(
                    "The profile's secret is not in the keyring any more: `ngorder-tui login` takes it anew."
                    " Nothing was sent."
                )
            )
        return text


class OwnVault:
    """A grant's secrets, as the profile keeps them; the environment's client secret comes first."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._keep = settings.keep

    def client_secret(self) -> Secret | None:
        """The client's secret, None for a client that has none."""
        return self._settings.client_secret

    def refresh_token(self) -> Secret | None:
        """As it is kept now. Raises Unauthorized."""
        try:
            return self._keep.read("refresh-token")
        except BadSettings as error:
            raise Unauthorized(str(error)) from None

    def keep_refresh_token(self, token: Secret) -> None:
        """Keep it where the old one is. Raises OSError, Unauthorized."""
        kept = self._keep.kept("refresh-token")
        try:
            self._keep.put("refresh-token", token, "file" if kept is None else kept.place)
        except KeyringFails as error:
            raise Unauthorized(str(error)) from None


def credentials(settings: Settings) -> Credentials:
    """What the profile's requests are signed with. May block. Raises Unauthorized where there is nothing, Invalid."""
    if not settings.has_key:
        raise Unauthorized(no_key(settings))
    if settings.key is not None or settings.grant is None:
        return FixedKey(settings.key or "")
    return OAuth(settings.grant, OwnVault(settings))


def no_key(settings: Settings) -> str:
    """The sentence for a profile that has nothing to sign with."""
    if settings.grant is None:
        return _(
            "There is no key for the profile {profile}: set NGORDER_TOKEN, or store one with `ngorder-tui login`."
            " Nothing was sent."
        ).format(profile=repr(settings.profile))
    return _("There is no {secret} for the profile {profile}: `ngorder-tui login` takes it. Nothing was sent.").format(
        secret=_("refresh token") if settings.grant.kind == "refresh_token" else _("client secret"),
        profile=repr(settings.profile),
    )


def age_warning(settings: Settings) -> str | None:
    """A sentence about a stored key that is near a year old, for keys last a year; None where there is none to give."""
    kept = settings.keep.kept("key")
    if kept is None or settings.key is None or settings.origins.get("key") == "environment" or kept.days < WARN_DAYS:
        return None
    return _(
        "The key of the profile {profile} was stored {days} days ago, and keys last a year:"
        " get a new one in Ngorder's settings, then `ngorder-tui login`."
    ).format(profile=repr(settings.profile), days=kept.days)


def checked(text: str, where: str) -> Secret | None:
    """The secret in a text, None where there is none. Raises BadSettings, which names the place and not the text."""
    text = text.strip().removeprefix("Bearer ").strip()
    if not text:
        return None
    if re.fullmatch(r"[!-~]{1,4096}", text) is None:
        raise BadSettings(
            _("{where} holds characters that no key has: copy it again, on one line.").format(where=where)
        )
    return Secret(text)
