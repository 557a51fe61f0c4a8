"""From method and path to an endpoint's handler, by what the registry declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from ngorder_tui.sandbox.answering import Bound
from ngorder_tui.sandbox.refusals import Missing, WrongMethod


@dataclass(frozen=True, slots=True)
class _Route:
    method: str
    segments: tuple[str, ...]
    bound: Bound

    def slots(self) -> tuple[bool, ...]:
        """For sorting: what is spelled out comes before what is a {slot}."""
        return tuple(segment.startswith("{") for segment in self.segments)

    def arguments(self, segments: tuple[str, ...]) -> dict[str, str] | None:
        """What the path's slots hold, or None if this is another path."""
        if len(segments) != len(self.segments):
            return None
        filled: dict[str, str] = {}
        for pattern, segment in zip(self.segments, segments, strict=True):
            if pattern.startswith("{") and segment:
                filled[pattern[1:-1]] = unquote(segment, errors="replace")
            elif pattern != segment:
                return None
        return filled


class Router:
    """The paths of the bound handlers.

    A chapter of the registry is imported when a path is first asked for that may be its own: all of them together
    cost time and memory that an app with the sandbox inside should not pay. Two routes of one method overlap
    only within a chapter, so the order in which chapters come in does not matter.
    """

    def __init__(self, bound: Mapping[str, Bound]) -> None:
        self._routes: list[_Route] = []
        self._waiting: dict[str, list[Bound]] = {}
        for handler in bound.values():
            self._waiting.setdefault(handler.id.partition(".")[0], []).append(handler)

    def match(self, method: str, path: str) -> tuple[Bound, dict[str, str]]:
        """The handler and the path's arguments; `path` is below the base URL and still percent-encoded.

        Raises Missing for an unknown path, WrongMethod for a known one that is not asked this way.
        """
        segments = tuple(path.split("/"))
        if (found := self._find(method, segments)) is not None:
            return found
        for chapter in self._likely(segments):
            self._load(chapter)
            if (found := self._find(method, segments)) is not None:
                return found
        if allowed := sorted({route.method for route in self._routes if route.arguments(segments) is not None}):
            raise WrongMethod(f"The {method} method is not supported here. Supported: {', '.join(allowed)}.", allowed)
        raise Missing("Not found.")

    def every(self) -> list[tuple[str, str, str]]:
        """Method, path and endpoint id of all handlers."""
        for chapter in list(self._waiting):
            self._load(chapter)
        return [(route.method, "/".join(route.segments), route.bound.id) for route in self._routes]

    def _find(self, method: str, segments: tuple[str, ...]) -> tuple[Bound, dict[str, str]] | None:
        for route in self._routes:
            if route.method == method and (filled := route.arguments(segments)) is not None:
                return route.bound, filled
        return None

    def _likely(self, segments: tuple[str, ...]) -> list[str]:
        first = segments[1] if len(segments) > 1 else ""
        return sorted(self._waiting, key=lambda chapter: chapter.partition("_")[0] not in first)

    def _load(self, chapter: str) -> None:
        from ngorder_tui.api.endpoint import find

        for bound in self._waiting.get(chapter, ()):
            endpoint = find(bound.id)
            self._routes.append(_Route(endpoint.method, tuple(endpoint.path.split("/")), bound))
        self._waiting.pop(chapter, None)
        self._routes.sort(key=_Route.slots)
