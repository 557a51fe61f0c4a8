"""`ngorder-tui login`, `logout` and `profiles`: whose key is sent where."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from ngorder_tui.api.address import BASE_URL
from ngorder_tui.api.errors import Invalid
from ngorder_tui.cli import output
from ngorder_tui.cli.given import DONE, Given
from ngorder_tui.config import read_config
from ngorder_tui.i18n import _
from ngorder_tui.settings import Settings, forget_key, profile_names, store_key

LONGEST_FILE = 65_536
"""Bytes of a file that can hold nothing but a key."""


def login(given: Given, token_file: str | None) -> int:
    """Keep the key from a file, from stdin, or as typed. Raises Invalid, BadSettings, OSError."""
    settings = given.settings(with_key=False)
    store_key(settings, _read_key(token_file, settings))
    output.say(
        _("The key for {url} is kept in {file}, for you alone.").format(url=settings.base_url, file=settings.key_file),
        _("`ngorder-tui doctor` tries it; `ngorder-tui` starts the app."),
    )
    if given.environ.get("NGORDER_TOKEN"):
        output.say(_("NGORDER_TOKEN is set as well: it is the one that is sent."))
    return DONE


def _read_key(token_file: str | None, settings: Settings) -> str:
    if token_file is None and output.is_terminal(sys.stdin):
        from getpass import getpass

        try:
            return getpass(_("Key for the profile {name} (it is not shown): ").format(name=repr(settings.profile)))
        except EOFError:
            return ""
    try:
        if token_file in {None, "-"}:
            content = sys.stdin.buffer.read(LONGEST_FILE)
        else:
            with Path(str(token_file)).open("rb") as file:
                content = file.read(LONGEST_FILE)
    except OSError as error:
        raise Invalid(
            _("{file} cannot be read: {why}. Nothing was stored.").format(file=token_file, why=error.strerror)
        ) from None
    return content.decode("utf-8", "replace")


def logout(given: Given) -> int:
    """Drop the key, and what was read with it. Unsent and unknown writes, and drafts, stay. Raises OSError."""
    settings = given.settings(with_key=False)
    if forget_key(settings):
        output.say(_("The key of the profile {name} is dropped.").format(name=repr(settings.profile)))
    else:
        output.say(_("The profile {name} has no stored key.").format(name=repr(settings.profile)))
    if (settings.cache_dir / "cache.sqlite").exists():
        asyncio.run(_wipe(settings))
        output.say(_("What was read with it is wiped from this machine; drafts and the journal are kept."))
    return DONE


async def _wipe(settings: Settings) -> None:
    from ngorder_tui.start import open_store

    store = await asyncio.to_thread(open_store, settings)
    try:
        await store.cache.wipe()
    finally:
        await store.close()


def profiles(given: Given, *, as_json: bool) -> int:
    """Each profile: its address and whether a key is kept for it; the current one is marked."""
    settings = given.settings(with_key=False)
    tables = read_config(settings.config_file).profiles
    found = []
    for name in profile_names(settings):
        own = tables.get(name)
        has_key = (settings.state_dir.parent / name / "key").exists()
        url = settings.base_url if name == settings.profile else (own and own.base_url) or BASE_URL
        found.append({"name": name, "base_url": url, "key": has_key, "current": name == settings.profile})
    if as_json:
        output.result_json(found)
        return DONE
    width = max(len(str(one["name"])) for one in found)
    for one in found:
        mark = "*" if one["current"] else " "
        key = _("key kept") if one["key"] else _("no key")
        output.result(f"{mark} {one['name']:<{width}}  {one['base_url']}  {key}")
    return DONE
