"""`ngorder-tui profiles`: each profile's address, what it signs with, and what is kept for it on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ngorder_tui.api.address import BASE_URL
from ngorder_tui.api.tokens import Grant
from ngorder_tui.cli import output
from ngorder_tui.cli.given import DONE, Given
from ngorder_tui.config import ProfileTable, read_config
from ngorder_tui.i18n import _
from ngorder_tui.keys import Keep, Name
from ngorder_tui.settings import Settings, profile_names


def run(given: Given, *, as_json: bool) -> int:
    """Tell each profile; the current one is marked. No secret is read."""
    settings = given.settings(with_key=False)
    tables = read_config(settings.config_file).profiles
    found = [_described(name, tables, settings) for name in profile_names(settings)]
    if as_json:
        output.result_json(found)
        return DONE
    width = max(len(str(one["name"])) for one in found)
    for one in found:
        mark = "*" if one["current"] else " "
        output.result(f"{mark} {one['name']:<{width}}  {one['base_url']}  {_told(one)}")
    return DONE


def _described(name: str, tables: Mapping[str, ProfileTable], settings: Settings) -> dict[str, object]:
    own = tables.get(name) or ProfileTable()
    is_current = name == settings.profile
    state, cache = settings.state_dir.parent / name, settings.cache_dir.parent / name
    kept = Keep(name, state).kept(_needed(own.oauth))
    return {
        "name": name,
        "base_url": settings.base_url if is_current else own.base_url or BASE_URL,
        "signs_with": "key" if own.oauth is None else "oauth",
        "key": kept is not None,
        "kept_in": None if kept is None else kept.place,
        "kept_since": None if kept is None else kept.since.isoformat(timespec="seconds"),
        "in_config": name in tables,
        "state_bytes": _size(state / "state.sqlite"),
        "cache_bytes": _size(cache / "cache.sqlite"),
        "current": is_current,
    }


def _needed(grant: Grant | None) -> Name:
    """The secret without which the profile cannot sign."""
    if grant is None:
        return "key"
    return "refresh-token" if grant.kind == "refresh_token" else "client-secret"


def _size(path: Path) -> int:
    """Bytes on disk of a file of the store; 0 where there is none."""
    files = [path.with_name(path.name + suffix) for suffix in ("", "-wal")]
    return sum(file.stat().st_size for file in files if file.exists())


def _told(one: Mapping[str, object]) -> str:
    way = _("OAuth 2, ") if one["signs_with"] == "oauth" else ""
    if not one["key"]:
        key = _("no key")
    else:
        place = _("the keyring") if one["kept_in"] == "keyring" else _("a file")
        key = _("key kept in {place} since {day}").format(place=place, day=str(one["kept_since"])[:10])
    return f"{way}{key}  " + _("drafts and journal {state} kB, cache {cache} kB").format(
        state=_kilobytes(one["state_bytes"]), cache=_kilobytes(one["cache_bytes"])
    )


def _kilobytes(size: object) -> str:
    return f"{-(-int(str(size)) // 1000):,}"
