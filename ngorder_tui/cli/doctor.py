"""`ngorder-tui doctor`: what is wrong, and what to do about it."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from ngorder_tui import __version__
from ngorder_tui.api.errors import ApiError
from ngorder_tui.cli import output
from ngorder_tui.cli.calling import Caller, endpoint_named
from ngorder_tui.cli.given import DONE, REFUSED, Given
from ngorder_tui.i18n import _
from ngorder_tui.settings import BadSettings

if TYPE_CHECKING:
    from ngorder_tui.settings import Settings

ASKED = "notification.get_unread_count"
"""What is asked to try the line and the key: small, and it changes nothing."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, and what to do where it is not well."""

    name: str
    state: Literal["ok", "note", "wrong"]
    found: str
    do: str = ""


def run(given: Given, *, as_json: bool) -> int:
    """Look at everything and tell it. 1 where something is wrong."""
    findings = asyncio.run(_look(given))
    if as_json:
        told = [asdict(finding) for finding in findings]
        output.result_json({"version": __version__, "ok": _is_well(findings), "findings": told})
    else:
        marks = {"ok": _("ok"), "note": _("note"), "wrong": _("WRONG")}
        for finding in findings:
            output.result(f"{marks[finding.state]:<6} {finding.name}: {finding.found}")
            if finding.do:
                output.result(f"       → {finding.do}")
    return DONE if _is_well(findings) else REFUSED


def _is_well(findings: list[Finding]) -> bool:
    return all(finding.state != "wrong" for finding in findings)


async def _look(given: Given) -> list[Finding]:
    findings = [_terminal(given.environ)]
    try:
        settings = given.settings(with_key=False)
    except BadSettings as error:
        return [Finding(_("settings"), "wrong", output.shortened(str(error)), _("Mend it there.")), *findings]
    found = _("profile {name}, {url}, {file}").format(
        name=settings.profile,
        url=settings.base_url,
        file=settings.config_file if settings.config_file.exists() else _("no config file"),
    )
    findings.insert(0, Finding(_("settings"), "ok", found))
    findings += _paths(settings)
    try:
        settings = given.settings(timeout=min(settings.timeout, 10.0))
        findings += [finding async for finding in _key_and_link(given, settings)]
    except BadSettings as error:
        findings.append(Finding(_("key"), "wrong", output.shortened(str(error))))
    findings += await _store(settings)
    return findings


def _terminal(environ: Mapping[str, str]) -> Finding:
    size = shutil.get_terminal_size()
    encoding = getattr(sys.stdout, "encoding", None) or "?"
    term = environ.get("TERM", "?")
    found = f"{term}, {size.columns}x{size.lines}, {encoding}"
    if "utf" not in encoding.lower():
        return Finding(_("terminal"), "note", found, _("It is not set to UTF-8: start with --ascii, or set LANG."))
    if term in {"dumb", "?"}:
        return Finding(_("terminal"), "note", found, _("The app needs a terminal: the api command works without one."))
    if size.columns < 80 or size.lines < 24:
        return Finding(_("terminal"), "note", found, _("80x24 and more show everything; below that screens scroll."))
    return Finding(_("terminal"), "ok", found)


def _paths(settings: Settings) -> list[Finding]:
    findings = []
    for name in settings.paths:
        try:
            endpoint_named(name)
        except ApiError as error:
            findings.append(Finding(_("settings"), "wrong", f"paths.{name}: {error}"))
    return findings


async def _key_and_link(given: Given, settings: Settings) -> AsyncIterator[Finding]:
    if settings.key is None:
        yield Finding(
            _("key"), "wrong", _("There is none."), _("`ngorder-tui login` stores one; or set NGORDER_TOKEN.")
        )
        return
    where = "NGORDER_TOKEN" if given.environ.get("NGORDER_TOKEN") else str(settings.key_file)
    yield Finding(_("key"), "ok", where)
    try:
        async with Caller(given, settings) as caller:
            question = endpoint_named(ASKED)()
            client = await caller.client()
            began = time.monotonic()
            await client.fetch(question)
            took = (time.monotonic() - began) * 1000
    except ApiError as error:
        yield Finding(_("link"), "wrong", output.shortened(f"{settings.base_url}: {error}"))
        return
    yield Finding(_("link"), "ok", _("{url} answered in {count} ms").format(url=settings.base_url, count=f"{took:.0f}"))


async def _store(settings: Settings) -> list[Finding]:
    from ngorder_tui.start import open_store

    there = settings.state_dir.exists()
    if not there and not os.access(_nearest(settings.state_dir), os.W_OK):
        return [Finding(_("store"), "wrong", _("{path} cannot be made.").format(path=settings.state_dir))]
    if not there:
        return [Finding(_("store"), "ok", _("nothing is kept yet; {path}").format(path=settings.state_dir))]
    store = await asyncio.to_thread(open_store, settings)
    try:
        await store.journal.recover()
        unknown = await store.journal.unknown()
        notices = [Finding(_("store"), "wrong", notice) for notice in store.notices]
    finally:
        await store.close()
    findings = notices or [Finding(_("store"), "ok", str(settings.state_dir))]
    if unknown:
        found = _("{count} were sent, and nobody knows whether they happened").format(count=len(unknown))
        findings.append(Finding(_("writes"), "note", found, _("`ngorder-tui journal` shows them.")))
    else:
        findings.append(Finding(_("writes"), "ok", _("none is unknown")))
    return findings


def _nearest(path: os.PathLike[str]) -> str:
    """The nearest folder above that is there."""
    name = os.fspath(path)
    while not os.path.exists(name):
        name = os.path.dirname(name)
    return name
