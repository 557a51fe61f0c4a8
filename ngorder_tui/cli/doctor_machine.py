"""What `doctor` finds on this machine: the settings and where each comes from, the terminal, the downloads folder."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from ngorder_tui.api.errors import ApiError
from ngorder_tui.cli.calling import endpoint_named
from ngorder_tui.cli.finding import Finding, origin_in_words
from ngorder_tui.i18n import _
from ngorder_tui.settings import Origin, Settings

TOLD = ("profile", "base_url", "language", "theme", "lite", "read_only", "mouse", "ascii", "plain_driver", "bell",
        "timeout", "ca_file", "downloads")  # fmt: skip


def settings_told(settings: Settings) -> list[dict[str, object]]:
    """Every setting, its value and where it comes from, for --json."""
    told: list[dict[str, object]] = []
    for name in TOLD:
        value = getattr(settings, name)
        shown = str(value) if isinstance(value, Path) else value
        told.append({"name": name, "value": shown, "origin": settings.origins.get(name, "default")})
    return told


def look_at_settings(settings: Settings) -> list[Finding]:
    """The settings in force that are not defaults, and whether what they name is there."""
    there = settings.config_file.exists()
    file = str(settings.config_file) if there else _("{file} (not there: defaults)").format(file=settings.config_file)
    findings = [Finding("settings", "ok", file)]
    for one in settings_told(settings):
        origin: Origin = settings.origins.get(str(one["name"]), "default")
        if origin != "default" or one["name"] in {"profile", "base_url", "language"}:
            found = f"{one['name']} = {one['value']} ({origin_in_words(origin)})"
            findings.append(Finding("settings", "ok", found))
    for name in settings.paths:
        try:
            endpoint_named(name)
        except ApiError as error:
            findings.append(Finding("settings", "bad", f"paths.{name}: {error}", _("Mend it in the config file.")))
    return findings


def look_at_terminal(environ: Mapping[str, str]) -> Finding:
    """Whether the app can be shown here, and how well."""
    size = shutil.get_terminal_size()
    encoding = getattr(sys.stdout, "encoding", None) or "?"
    term = environ.get("TERM") or "?"
    found = f"{term}, {size.columns}x{size.lines}, {_colours(term, environ)}, {encoding}"
    if term in {"dumb", "?"}:
        return Finding(
            "terminal", "warn", found, _("The app needs a terminal (TERM): the api command works without one.")
        )
    if "utf" not in encoding.lower():
        return Finding("terminal", "warn", found, _("It is not set to UTF-8: start with --ascii, or set LANG."))
    if size.columns < 80 or size.lines < 24:
        return Finding("terminal", "warn", found, _("80x24 and more show everything: make the window larger."))
    return Finding("terminal", "ok", found)


def _colours(term: str, environ: Mapping[str, str]) -> str:
    if environ.get("NO_COLOR"):
        return _("no colours (NO_COLOR)")
    if environ.get("COLORTERM") in {"truecolor", "24bit"} or term.endswith("-direct"):
        return _("16 million colours")
    if "256" in term:
        return _("256 colours")
    return _("no colours") if term in {"dumb", "?"} else _("16 colours")


def look_at_downloads(settings: Settings) -> Finding:
    """Whether files of the server can be saved."""
    folder = settings.downloads
    name_it = _("Name another folder as downloads in the profile, or make this one writable.")
    if folder.exists() and not folder.is_dir():
        return Finding("downloads", "bad", _("{path} is no folder").format(path=folder), name_it)
    nearest = nearest_folder(folder)
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        return Finding("downloads", "bad", _("{path} cannot be written").format(path=folder), name_it)
    if not folder.exists():
        return Finding("downloads", "ok", _("{path} (is made when it is needed)").format(path=folder))
    return Finding("downloads", "ok", str(folder))


def nearest_folder(path: Path) -> Path:
    """The nearest place above, or the path itself, that is there."""
    return next((place for place in (path, *path.parents) if place.exists()), path)
