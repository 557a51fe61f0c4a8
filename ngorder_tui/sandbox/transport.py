"""The sandbox reached inside the process: no port, but with the timeouts and cuts that a real line has."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx

from ngorder_tui.sandbox.faults import Cut

if TYPE_CHECKING:
    from starlette.types import ASGIApp


class EmbeddedTransport(httpx.AsyncBaseTransport):
    """Carries requests to an ASGI application in this process.

    httpx's own ASGITransport knows no timeouts: silence past the request's read timeout becomes ReadTimeout here, and
    a connection that the sandbox cuts becomes ReadError, as over a socket.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._inner = httpx.ASGITransport(app=app)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request. Raises httpx.ReadTimeout or httpx.ReadError."""
        timeout = request.extensions.get("timeout", {}).get("read")
        try:
            async with asyncio.timeout(timeout):
                return await self._inner.handle_async_request(request)
        except TimeoutError:
            raise httpx.ReadTimeout("no answer in time", request=request) from None
        except Cut:
            raise httpx.ReadError("the connection was cut", request=request) from None
