"""Certificates: a server that cannot prove who it is gets nothing; a file of authorities is the way to trust more."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from ngorder_tui.api.client import Client, Wire
from ngorder_tui.api.endpoint import Call
from ngorder_tui.api.errors import Invalid, Unreachable
from ngorder_tui.api.retry import Patience
from tests.api.wire import KEY, READ, WRITE, read_request

PEM = Path(__file__).with_name("localhost.pem")


@asynccontextmanager
async def secure_server(got: list[bytes]) -> AsyncIterator[str]:
    """A server behind a certificate that signs itself; gives its base URL."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        got.append(await read_request(reader))
        body = b'{"response": "Success", "data": []}'
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
        )
        writer.write(head.encode() + b"\r\n" + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
    try:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/api/open"
    finally:
        server.close()
        await server.wait_closed()


async def test_a_file_of_authorities_is_trusted() -> None:
    got: list[bytes] = []
    async with secure_server(got) as base, Client(KEY, Wire(base_url=base, ca_file=PEM)) as client:
        assert (await client.send(READ)).data == []
    assert f"Bearer {KEY}".encode() in got[0]


@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
async def test_a_certificate_that_nobody_trusts_gets_nothing_and_is_named(call: Call[Any]) -> None:
    got: list[bytes] = []
    async with secure_server(got) as base, Client(KEY, Wire(base_url=base, patience=Patience(total=0.0))) as client:
        with pytest.raises(Unreachable, match="cannot prove who it is") as caught:
            await client.send(call)
    assert got == []
    assert "ca_file" in str(caught.value)


@pytest.mark.parametrize(
    "content", ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"]
)
def test_a_file_without_certificates_is_told(tmp_path: Path, content: str) -> None:
    file = tmp_path / "ca.pem"
    file.write_text(content)
    with pytest.raises(Invalid, match="no certificate in it") as caught:
        Client(KEY, Wire(ca_file=file))
    assert str(file) in str(caught.value)
    with pytest.raises(Invalid, match="cannot be used: No such file"):
        Client(KEY, Wire(ca_file=tmp_path / "missing.pem"))
