"""The line between client and sandbox, in the test's hands: it can be down, hold what is on it, or answer itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

import httpx

from ngorder_tui.start import DEMO_URL

_BASE = urlsplit(DEMO_URL).path


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it went over the line; `path` is below the base URL."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    headers: httpx.Headers


Meeting = httpx.Response | type[Exception] | Callable[[Asked], Awaitable[httpx.Response | None]]


class Line(httpx.AsyncBaseTransport):
    """Given to a desk as `wrap`; without a shop behind it everything is answered with 404.

    `is_down` refuses connections: nothing leaves this machine. `hold` keeps what arrives waiting until `release`.
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.answered = 0
        self.cancelled = 0
        self.is_down = False
        self._open = asyncio.Event()
        self._open.set()
        self._held: set[str] = set()
        self._meetings: dict[str, Meeting] = {}
        self._shop: httpx.AsyncBaseTransport = httpx.MockTransport(lambda _: httpx.Response(404))

    def __call__(self, shop: httpx.AsyncBaseTransport) -> Self:
        """Put this line before the shop."""
        self._shop = shop
        return self

    def meets(self, path: str, what: Meeting) -> None:
        """What requests to this path meet: an answer, an error, or a look at them before they go on (None)."""
        self._meetings[path] = what

    def clears(self, path: str) -> None:
        """Requests to this path go on to the shop again."""
        self._meetings.pop(path, None)

    def hold(self, *paths: str) -> None:
        """Keep requests to these paths waiting."""
        self._held.update(paths)
        self._open.clear()

    def release(self) -> None:
        """Let them all go on."""
        self._held.clear()
        self._open.set()

    def to(self, path: str) -> list[Asked]:
        """The requests to this path so far."""
        return [one for one in self.asked if one.path == path]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one request."""
        if self.is_down:
            raise httpx.ConnectError("nobody is there", request=request)
        asked = _asked(request)
        self.asked.append(asked)
        try:
            if asked.path in self._held:
                await self._open.wait()
            response = await self._meet(asked) or await self._shop.handle_async_request(request)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        self.answered += 1
        return response

    async def _meet(self, asked: Asked) -> httpx.Response | None:
        what = self._meetings.get(asked.path)
        if what is None:
            return None
        if isinstance(what, httpx.Response):
            return httpx.Response(what.status_code, headers=what.headers, content=what.content)
        if isinstance(what, type):
            raise what("the line said so")
        return await what(asked)


def _asked(request: httpx.Request) -> Asked:
    path = request.url.path.removeprefix(_BASE)
    is_json = request.headers.get("Content-Type", "").startswith("application/json")
    body = json.loads(request.content) if is_json else None
    return Asked(request.method, path, dict(request.url.params), body, request.headers)
