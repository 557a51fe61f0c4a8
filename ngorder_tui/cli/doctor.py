"""`ngorder-tui doctor`: what is wrong, and what to do about it. No secret is shown, whatever is found."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, field, replace

from ngorder_tui import __version__
from ngorder_tui.api.errors import ApiError, Forbidden, Invalid, Throttled, Unauthorized, Unreachable
from ngorder_tui.cli import output
from ngorder_tui.cli.calling import Caller, endpoint_named
from ngorder_tui.cli.doctor_machine import look_at_downloads, look_at_settings, look_at_terminal, settings_told
from ngorder_tui.cli.doctor_store import look_at_store
from ngorder_tui.cli.finding import Finding, origin_in_words
from ngorder_tui.cli.given import DONE, REFUSED, Given
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.keys import Kept, Name, age_warning, no_key
from ngorder_tui.settings import BadSettings, Settings

ASKED = "notification.get_unread_count"
"""What is asked to try the line and the key: small, and it changes nothing."""
PATIENCE = 3.0
"""Seconds in which the line is tried again; the first answer is waited for a little longer."""
SILENCE = 10.0


@dataclass(slots=True)
class _Report:
    findings: list[Finding] = field(default_factory=list)
    settings: list[dict[str, object]] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return all(finding.state != "bad" for finding in self.findings)


def run(given: Given, *, as_json: bool) -> int:
    """Look at everything and tell it. 1 where something is bad."""
    report = _Report()
    asyncio.run(_look(given, report))
    if as_json:
        told = [asdict(finding) for finding in report.findings]
        output.result_json(
            {"version": __version__, "ok": report.is_well, "findings": told, "settings": report.settings}
        )
    else:
        marks = {"ok": _("ok"), "warn": _("warn"), "bad": _("BAD")}
        for finding in report.findings:
            output.result(f"{marks[finding.state]:<6} {finding.name}: {output.shortened(finding.found)}")
            if finding.do:
                output.result(f"       → {finding.do}")
    return DONE if report.is_well else REFUSED


async def _look(given: Given, report: _Report) -> None:
    try:
        settings = given.settings(with_key=False)
    except BadSettings as error:
        report.findings += [
            Finding("settings", "bad", str(error), _("Mend it there: until then nothing else can be looked at.")),
            look_at_terminal(given.environ),
        ]
        return
    report.findings += look_at_settings(settings)
    report.settings = settings_told(settings)
    try:
        settings = given.settings(timeout=min(settings.timeout, SILENCE))
    except BadSettings as error:
        report.findings.append(Finding("key", "bad", str(error), _("Until then nothing can be sent.")))
    else:
        report.findings.append(_key(settings))
        report.findings += [finding async for finding in _link(given, settings)]
    report.findings.append(look_at_terminal(given.environ))
    report.findings += await look_at_store(settings)
    report.findings.append(look_at_downloads(settings))


def _key(settings: Settings) -> Finding:
    login = _("`ngorder-tui login` stores one; or set NGORDER_TOKEN.")
    if not settings.has_key:
        return Finding("key", "bad", no_key(settings), login)
    if settings.key is not None and settings.origins.get("key") == "environment":
        return Finding("key", "ok", _("NGORDER_TOKEN (its age is not known)"))
    if settings.grant is None:
        kept = settings.keep.kept("key")
        warning = age_warning(settings)
        if warning is None or kept is None:
            return Finding("key", "ok", _kept(settings, "key"))
        do = _("Get a new key in Ngorder's settings, then `ngorder-tui login`: keys last a year.")
        return Finding("key", "warn", _kept(settings, "key"), do)
    grant = settings.grant
    names: tuple[Name, ...] = ("client-secret",)
    if grant.kind == "refresh_token":
        names = ("refresh-token", "client-secret") if settings.client_secret is not None else ("refresh-token",)
    secrets = "; ".join(f"{name}: {_kept(settings, name)}" for name in names)
    found = _("OAuth 2 ({grant}), client {id}, tokens from {url}; {secrets}").format(
        grant=grant.kind, id=grant.client_id, url=grant.token_url, secrets=secrets
    )
    return Finding("key", "ok", found)


def _kept(settings: Settings, name: Name) -> str:
    kept: Kept | None = settings.keep.kept(name)
    if kept is None or settings.origins.get(name) == "environment":
        return origin_in_words("environment")
    place = str(settings.keep.file(name)) if kept.place == "file" else origin_in_words("keyring")
    days = ngettext("{count} day old", "{count} days old", kept.days).format(count=kept.days)
    return f"{place}, {days}"


async def _link(given: Given, settings: Settings) -> AsyncIterator[Finding]:
    """One small read, and what its answer says of line and key."""
    if not settings.has_key:
        yield Finding("link", "warn", _("not tried: there is no key to ask with"), _("Log in first."))
        return
    try:
        async with Caller(given, settings) as caller:
            question = endpoint_named(ASKED)()
            client = await caller.client()
            client.wire = replace(client.wire, patience=replace(client.wire.patience, total=PATIENCE))
            began = time.monotonic()
            await client.fetch(question)
            took = (time.monotonic() - began) * 1000
    except ApiError as error:
        yield Finding(
            "link", "warn" if isinstance(error, Throttled) else "bad", f"{settings.base_url}: {error}", _do(error)
        )
        return
    yield Finding("link", "ok", _("{url} answered in {count} ms").format(url=settings.base_url, count=f"{took:.0f}"))


def _do(error: ApiError) -> str:
    match error:
        case Unauthorized():
            return _("The key is wrong or has expired: get a new one in Ngorder's settings, then `ngorder-tui login`.")
        case Forbidden():
            return _("This user may not ask that: the API needs the Platinum package and the right to use it.")
        case Throttled():
            return _("Wait a minute, and ask again.")
        case Unreachable():
            return _(
                "Look at the network, the address (base_url), a proxy or ca_file; drafts and kept lists still work."
            )
        case Invalid():
            return _("Mend it in the profile.")
        case _:
            return _("The address answers, but not as Ngorder does: check base_url, or try again later.")
