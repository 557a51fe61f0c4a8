"""`ngorder-tui login` and `logout`: what requests are signed with, where it is kept, and that it is gone."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from ngorder_tui import system_keyring
from ngorder_tui.api.errors import Invalid
from ngorder_tui.api.tokens import Secret
from ngorder_tui.cli import output
from ngorder_tui.cli.given import DONE, REFUSED, Given
from ngorder_tui.config import BadSettings
from ngorder_tui.i18n import _
from ngorder_tui.keys import ENVIRONMENT, NAMES, Name, Place, checked
from ngorder_tui.settings import Settings
from ngorder_tui.system_keyring import SERVICE, KeyringFails

LONGEST_FILE = 65_536
"""Bytes of a file that can hold nothing but a key."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `login` was asked: see CLI help."""

    token_file: str | None = None
    secret_file: str | None = None
    keep: str | None = None


def login(given: Given, wanted: Wanted) -> int:
    """Keep the profile's key, or its OAuth secrets, from files, from stdin, or as typed.

    Raises Invalid, BadSettings, OSError: nothing was stored.
    """
    settings = given.settings(with_key=False)
    if wanted.keep not in {None, "file", "keyring"}:
        raise Invalid(_("--keep is file or keyring. Nothing was stored."))
    secrets = _read_secrets(settings, wanted, environment_has_secret=bool(given.environ.get("NGORDER_CLIENT_SECRET")))
    place: Place = _chosen_place(settings, wanted.keep)
    for name, secret in secrets.items():
        place = _store(settings, name, secret, place)
    # Another key may speak for another user, who is not to see what this one read.
    _wipe_cache(settings)
    server = settings.base_url if settings.grant is None else settings.grant.token_url
    output.say(
        _("The key for {url} is kept in {place}.").format(
            url=server, place=_described(settings, next(iter(secrets)), place)
        ),
        _("`ngorder-tui doctor` tries it; `ngorder-tui` starts the app."),
    )
    if given.environ.get("NGORDER_TOKEN"):
        output.say(_("NGORDER_TOKEN is set as well: it is the one that is sent."))
    return DONE


def _described(settings: Settings, name: Name, place: Place) -> str:
    if place == "keyring":
        return _("the keyring of this machine")
    return _("{file}, not encrypted, readable by you alone").format(file=settings.keep.file(name))


def _read_secrets(settings: Settings, wanted: Wanted, *, environment_has_secret: bool) -> dict[Name, Secret]:
    """What the profile signs with, by name. Raises BadSettings, Invalid."""
    grant = settings.grant
    if wanted.secret_file is not None and (grant is None or grant.kind != "refresh_token"):
        raise Invalid(
            _("--secret-file is for a profile with a refresh token: here --token-file is enough. Nothing was stored.")
        )
    if grant is None:
        return {"key": _needed(_read(wanted.token_file, _("Key for the profile {name}"), settings), _("The key"))}
    if grant.kind == "client_credentials":
        secret = _read(wanted.token_file, _("Client secret for the profile {name}"), settings)
        return {"client-secret": _needed(secret, _("The client secret"))}
    token = _read(wanted.token_file, _("Refresh token for the profile {name}"), settings)
    secrets: dict[Name, Secret] = {"refresh-token": _needed(token, _("The refresh token"))}
    asked = wanted.token_file is None and output.is_terminal(sys.stdin) and not environment_has_secret
    if wanted.secret_file is not None or asked:
        text = _read(wanted.secret_file, _("Client secret for the profile {name} (empty: none)"), settings)
        if (secret_given := checked(text, _("The client secret"))) is not None:
            secrets["client-secret"] = secret_given
    return secrets


def _needed(text: str, what: str) -> Secret:
    secret = checked(text, what)
    if secret is None:
        raise BadSettings(_("There is no key in it: nothing was stored."))
    return secret


def _read(token_file: str | None, question: str, settings: Settings) -> str:
    if token_file is None and output.is_terminal(sys.stdin):
        from getpass import getpass

        try:
            return getpass(
                _("{question} (it is not shown): ").format(question=question.format(name=repr(settings.profile)))
            )
        except EOFError:
            return ""
    try:
        if token_file in {None, "-"}:
            content = sys.stdin.buffer.read(LONGEST_FILE)
        else:
            path = Path(str(token_file))
            with path.open("rb") as file:
                content = file.read(LONGEST_FILE)
            if path.is_file() and path.stat().st_mode & 0o077:
                output.say(
                    _("Careful: {file} is open to other users of this machine: delete it, or chmod 600.").format(
                        file=path
                    )
                )
    except OSError as error:
        raise Invalid(
            _("{file} cannot be read: {why}. Nothing was stored.").format(file=token_file, why=error.strerror)
        ) from None
    return content.decode("utf-8", "replace")


def _chosen_place(settings: Settings, keep: str | None) -> Place:
    """Where the secrets shall lie: as the option says; at a terminal as a person says; else in files.

    Raises Invalid where a person chooses neither.
    """
    if keep is not None:
        return "keyring" if keep == "keyring" else "file"
    if not _someone_is_there():
        return "file"
    if not system_keyring.is_installed():
        return _file_or_nothing(settings)
    question = _("Keep it in the [k]eyring of this machine, or in a [f]ile in {folder}, not encrypted, for you alone?")
    match output.ask(question.format(folder=settings.state_dir))[:1]:
        case "k":
            return "keyring"
        case "f":
            return "file"
    raise Invalid(_("Nothing was stored."))


def _file_or_nothing(settings: Settings) -> Place:
    question = _("Keep it in a file in {folder}, not encrypted, readable by you alone? [y/n]")
    if output.ask(question.format(folder=settings.state_dir))[:1] not in {"y", _("y")}:
        raise Invalid(_("Nothing was stored."))
    return "file"


def _someone_is_there() -> bool:
    return output.is_terminal(sys.stdin) and output.is_terminal(sys.stderr)


def _store(settings: Settings, name: Name, secret: Secret, place: Place) -> Place:
    """Keep it, and say where it ended up. Raises Invalid, OSError."""
    try:
        left = settings.keep.put(name, secret, place)
    except KeyringFails as error:
        if not _someone_is_there():
            raise Invalid(
                _("{why} Nothing was stored. `ngorder-tui login --keep file` keeps it in a file for you alone.").format(
                    why=error
                )
            ) from None
        output.say(str(error))
        left, place = settings.keep.put(name, secret, _file_or_nothing(settings)), "file"
    if not left:
        _tell_left_behind(settings, name)
    return place


def _tell_left_behind(settings: Settings, name: Name) -> None:
    output.say(
        _("An older one could not be taken out of the keyring: delete {name} of {service} there.").format(
            name=repr(settings.keep.in_keyring(name)), service=SERVICE
        )
    )


def logout(given: Given) -> int:
    """Drop key, tokens and secrets, and what was read with them. Unsent and unknown writes, and drafts, stay.

    1 where something could not be taken out of the keyring. Raises OSError.
    """
    settings = given.settings(with_key=False)
    there = [name for name in NAMES if settings.keep.kept(name) is not None]
    left_behind = [name for name in there if not settings.keep.drop(name)]
    if there:
        output.say(_("The key of the profile {name} is dropped.").format(name=repr(settings.profile)))
    else:
        output.say(_("The profile {name} has no stored key.").format(name=repr(settings.profile)))
    for name in left_behind:
        _tell_left_behind(settings, name)
    if _wipe_cache(settings):
        output.say(_("What was read with it is wiped from this machine; drafts and the journal are kept."))
    for variable in ENVIRONMENT.values():
        if given.environ.get(variable):
            output.say(_("{variable} is still set: it is used until you unset it.").format(variable=variable))
    return REFUSED if left_behind else DONE


def _wipe_cache(settings: Settings) -> bool:
    """Forget what was read; whether anything was there."""
    if not (settings.cache_dir / "cache.sqlite").exists():
        return False
    asyncio.run(_wipe(settings))
    return True


async def _wipe(settings: Settings) -> None:
    from ngorder_tui.start import open_store

    store = await asyncio.to_thread(open_store, settings)
    try:
        await store.cache.wipe()
    finally:
        await store.close()
