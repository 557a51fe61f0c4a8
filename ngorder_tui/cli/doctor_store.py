"""What `doctor` finds in the store: both files as they lie there, and what was typed or sent and is not finished."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from ngorder_tui.cli.doctor_machine import nearest_folder
from ngorder_tui.cli.finding import Finding
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.settings import Settings
from ngorder_tui.store import schema
from ngorder_tui.store.look import Looked, look

MOST_NUMBERS = 10


async def look_at_store(settings: Settings) -> list[Finding]:
    """The state file (drafts and journal), the cache, and the writes in the journal."""
    findings = []
    looked: dict[str, Looked] = {}
    for kind, path, migrations in (
        ("state", settings.state_dir / "state.sqlite", schema.STATE),
        ("cache", settings.cache_dir / "cache.sqlite", schema.CACHE),
    ):
        looked[kind] = await asyncio.to_thread(look, path, migrations)
        findings.append(_of_file(kind, looked[kind]))
        findings += [_of_aside(kind, old) for old in looked[kind].aside]
    findings += _of_folders((settings.state_dir, settings.cache_dir))
    if looked["state"].condition == "sound":
        findings += await _unfinished(settings)
    return findings


def _of_file(kind: str, looked: Looked) -> Finding:
    name = f"store.{kind}"
    where = str(looked.path)
    match looked.condition:
        case "missing":
            nearest = nearest_folder(looked.path.parent)
            if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
                return Finding(
                    name, "bad", _("{path} cannot be made").format(path=where), _("Make that folder writable.")
                )
            return Finding(name, "ok", _("{path} (nothing is kept yet)").format(path=where))
        case "damaged" | "newer" if kind == "cache":
            return Finding(
                name, "warn", f"{where}: {_in_words(looked)}",
                _("Nothing is lost: it is begun anew at the next start, and read again from the server."),
            )  # fmt: skip
        case "damaged":
            return Finding(
                name, "bad", f"{where}: {_in_words(looked)}",
                _(
                    "Copy it before the next start, which sets it aside and begins a new one:"
                    " drafts and the list of unknown writes are in it."
                ),
            )  # fmt: skip
        case "newer":
            return Finding(
                name, "bad", f"{where}: {_in_words(looked)}",
                _("Install the newer version: this one sets the file aside, with drafts and unknown writes in it."),
            )  # fmt: skip
        case "unreadable":
            return Finding(name, "bad", f"{where}: {_in_words(looked)}", _("Make it readable and writable for you."))
    found = _("{path}, {size} bytes, mode {mode}, sound").format(
        path=where, size=f"{looked.size:,}", mode=f"{looked.mode:03o}"
    )
    if looked.mode & 0o077:
        return Finding(name, "warn", found, _("Others can read it: chmod 600 '{path}'").format(path=where))
    return Finding(name, "ok", found)


def _in_words(looked: Looked) -> str:
    match looked.condition:
        case "damaged":
            return _("damaged ({why})").format(why=looked.why)
        case "newer":
            return _("written by a newer version of this program")
        case _:
            return _("cannot be read ({why})").format(why=looked.why)


def _of_aside(kind: str, old: Path) -> Finding:
    return Finding(
        f"store.{kind}",
        "warn",
        _("{path} was set aside: it was damaged, or of a newer version").format(path=old),
        _("Keep it if drafts or writes are missing, else delete it."),
    )


def _of_folders(folders: Sequence[Path]) -> list[Finding]:
    return [
        Finding(
            "store.folder",
            "warn",
            _("{path} is open to other users").format(path=folder),
            _("Close it: chmod 700 '{path}'").format(path=folder),
        )
        for folder in dict.fromkeys(folders)
        if folder.is_dir() and folder.stat().st_mode & 0o077
    ]


async def _unfinished(settings: Settings) -> list[Finding]:
    from ngorder_tui.start import open_store
    from ngorder_tui.store.database import StoreError

    store = await asyncio.to_thread(open_store, settings)
    try:
        await store.journal.recover()
        open_writes = await store.journal.open_writes()
        drafts = await store.drafts.count()
    except StoreError as error:
        return [Finding("writes", "bad", str(error), _("Free disk space, or end the program that holds the file."))]
    finally:
        await store.close()
    findings = [Finding("store.state", "warn", notice) for notice in store.notices]
    unknown = [one.n for one in open_writes if one.state == "unknown"]
    waiting = [one.n for one in open_writes if one.state in {"draft", "queued"}]
    if unknown:
        found = ngettext(
            "{count} was sent, and nobody knows whether it happened: {numbers}",
            "{count} were sent, and nobody knows whether they happened: {numbers}",
            len(unknown),
        ).format(count=len(unknown), numbers=_numbers(unknown))
        do = _("Look in the shop, then: ngorder-tui journal resolve NUMBER as-done|send-again|drop")
        findings.append(Finding("writes.unknown", "warn", found, do))
    else:
        findings.append(Finding("writes.unknown", "ok", _("none")))
    if waiting:
        found = ngettext(
            "{count} waits to be sent: {numbers}", "{count} wait to be sent: {numbers}", len(waiting)
        ).format(count=len(waiting), numbers=_numbers(waiting))
        do = _("`ngorder-tui journal` shows them; resolve NUMBER send-again sends one, drop gives it up.")
        findings.append(Finding("writes.unsent", "warn", found, do))
    else:
        findings.append(Finding("writes.unsent", "ok", _("none")))
    found = ngettext("{count} form is parked", "{count} forms are parked", drafts).format(count=drafts)
    findings.append(Finding("drafts", "ok", found))
    return findings


def _numbers(numbers: Sequence[int]) -> str:
    shown = ", ".join(_("number {number}").format(number=number) for number in numbers[:MOST_NUMBERS])
    return shown if len(numbers) <= MOST_NUMBERS else f"{shown}, …"
