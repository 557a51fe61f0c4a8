"""A client on a wire that the test holds in its hand: what is asked is kept, what is answered is given."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import httpx

from ngorder_tui.api.chapters import supplier
from ngorder_tui.api.client import Client, Exchange, Wire
from ngorder_tui.api.endpoint import Call
from ngorder_tui.api.fields import DistrictId
from ngorder_tui.api.models import Reply

KEY = "kunci-rahasia-7f3a9c"
BASE = "https://api.example.test/api/open"

READ = supplier.LIST()
WRITE: Call[Reply[supplier.SavedSupplier]] = supplier.CREATE(
    supplier.CreateSupplier(
        name="Gudang Contoh", district_id=DistrictId(17), addess="Jl. Contoh 1", phone="0800000001",
        description="-",
    )
)  # fmt: skip

Answerer = Callable[[httpx.Request], httpx.Response | Awaitable[httpx.Response]]


class Desk:
    """Answers each request with the next of the given answers (the last again and again), and keeps the requests."""

    def __init__(self, *answers: httpx.Response | type[Exception] | Exception | Answerer) -> None:
        self.requests: list[httpx.Request] = []
        self._answers = list(answers)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        answer = self._answers[min(len(self.requests), len(self._answers) - 1)]
        self.requests.append(request)
        if isinstance(answer, httpx.Response):
            headers = [(name, value) for name, value in answer.headers.raw if name.lower() != b"content-encoding"]
            return httpx.Response(answer.status_code, headers=headers, content=answer.content)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, type):
            raise answer("the line said so")
        given = answer(request)
        return given if isinstance(given, httpx.Response) else await given


class Clock:
    """Time that passes only by waiting: `sleep` is handed to the client, `waits` tells what it slept."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)


def answer(value: Any, status: int = 200, **headers: str) -> httpx.Response:
    """An answer of JSON."""
    names = {name.replace("_", "-"): text for name, text in headers.items()}
    return httpx.Response(status, json=value, headers=names)


def ok() -> httpx.Response:
    """What READ and WRITE are both content with."""
    return answer({"response": "Success", "data": []})


@asynccontextmanager
async def client_on(
    desk: Answerer,
    *,
    wire: Wire | None = None,
    clock: Clock | None = None,
    consented: frozenset[str] = frozenset(),
    downloads: Path | None = None,
    watch: Callable[[Exchange], None] | None = None,
) -> AsyncIterator[Client]:
    """A client whose requests arrive at the desk."""

    async def arrive(request: httpx.Request) -> httpx.Response:
        given = desk(request)
        return given if isinstance(given, httpx.Response) else await given

    client = Client(
        KEY,
        wire or Wire(base_url=BASE),
        transport=httpx.MockTransport(arrive),
        consented=consented,
        downloads=downloads,
        watch=watch,
        sleep=(clock or Clock()).sleep,
        random=Random(1),
    )
    async with client:
        yield client


def body_of(request: httpx.Request) -> Any:
    """The JSON that a request carries."""
    return json.loads(request.content)


@asynccontextmanager
async def serving(
    respond: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[str]:
    """A server that speaks bytes on a port of this machine; gives its base URL."""
    tasks: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            tasks.add(task)
        try:
            await respond(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/api/open"
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """One whole request: its head and, by its Content-Length, its body. Empty where the connection was closed."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return head + await reader.readexactly(int(line.split(b":")[1]))
    return head
