"""The client on a real socket of this machine, and the addresses that it may talk to."""

from __future__ import annotations

import asyncio

import pytest

from ngorder_tui.api.client import Client, Exchange, Wire
from ngorder_tui.api.errors import AnswerUnknown, Invalid, ServerFault
from ngorder_tui.api.retry import Patience
from tests.api.wire import KEY, READ, WRITE, read_request, serving


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.test/api/open", "ftp://localhost/", "https://", "", "api.example.test", "http://[::1",
        "http://127.0.0.1@evil.example.test/", "https://user:word@api.example.test/", "https://a b/", "http://10.0.0.1/",
        "http://localhost.evil.example.test/", "https://api.example.test/?key=1", "https://h:port/", "https://h\\@evil/",
    ],
)  # fmt: skip
def test_an_unsafe_base_url_is_refused(url: str) -> None:
    with pytest.raises(Invalid):
        Client(KEY, Wire(base_url=url))


@pytest.mark.parametrize("url", ["http://localhost:8900/x/", "http://127.0.0.1/x", "http://[::1]:1/x", "https://h/x"])
async def test_a_safe_base_url_is_taken(url: str) -> None:
    client = Client(KEY, Wire(base_url=url))
    assert repr(client) == f"Client({url.rstrip('/')})"
    await client.close()


async def test_one_connection_serves_one_call_after_the_other() -> None:
    connections: list[int] = []

    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(1)
        while await read_request(reader):
            writer.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"data":[]}')
            await writer.drain()

    seen: list[Exchange] = []
    async with serving(respond) as base, Client(KEY, Wire(base_url=base), watch=seen.append) as client:
        for _ in range(5):
            await client.send(READ)
    assert connections == [1]
    assert [exchange.bytes_in for exchange in seen] == [11] * 5


@pytest.mark.parametrize(
    "part",
    [
        b"",
        b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"data": [',
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"dat\r\n',
        b"SSH-2.0-OpenSSH\r\n",
    ],
    ids=["nothing", "cut body", "cut chunk", "another protocol"],
)
async def test_a_line_cut_by_the_other_end(part: bytes) -> None:
    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(part)

    async with serving(respond) as base, Client(KEY, Wire(base_url=base, patience=Patience(total=0.0))) as client:
        with pytest.raises(AnswerUnknown):
            await client.send(WRITE)
        with pytest.raises(ServerFault):
            await client.send(READ)


async def test_silence_past_the_timeout() -> None:
    async def respond(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        await read_request(reader)
        await reader.read()

    async with serving(respond) as base, Client(KEY, Wire(base_url=base, timeout=0.05)) as client:
        with pytest.raises(AnswerUnknown):
            await client.send(WRITE)


async def test_plain_http_passes_no_proxy_which_would_see_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{"data":[]}')

    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    async with serving(respond) as base, Client(KEY, Wire(base_url=base, patience=Patience(total=0.0))) as client:
        assert (await client.send(READ)).data == []
