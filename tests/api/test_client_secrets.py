"""The key and the secrets in arguments stand nowhere but on the wire."""

from __future__ import annotations

import logging
import traceback
from typing import Any

import httpx
import pytest

from ngorder_tui.api.chapters import user
from ngorder_tui.api.client import Client, Wire
from ngorder_tui.api.errors import ApiError, Invalid
from ngorder_tui.api.retry import Patience
from tests.api.wire import BASE, KEY, READ, WRITE, Desk, answer, client_on, ok

PASSWORD = "kata-sandi-contoh-91"


def given_password() -> Any:
    given = {"full_name": "Orang Contoh", "phone_number": "0800000001"}
    return user.UPDATE_PROFILE.parse(given | {"password": PASSWORD, "password_confirmation": PASSWORD})


@pytest.mark.parametrize(
    "failing",
    [
        httpx.ConnectError, httpx.ReadError, httpx.LocalProtocolError, ConnectionResetError,
        answer({"message": "no"}, 401), answer({}, 500), httpx.Response(200, html="<p>"), httpx.Response(302),
    ],
)  # fmt: skip
@pytest.mark.parametrize("call", [READ, WRITE, given_password()], ids=["read", "write", "password"])
async def test_no_secret_in_errors_tracebacks_and_logs(
    failing: Any, call: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wire = Wire(base_url=BASE, patience=Patience(total=0.0))
    async with client_on(Desk(failing), wire=wire) as client:
        with pytest.raises(ApiError) as caught:
            await client.send(call)
        shown = repr(client) + repr(wire) + repr(call) + str(call)
    shown += "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    shown += "".join(traceback.format_exception(caught.value)) + repr(caught.value) + str(caught.value) + caplog.text
    assert KEY not in shown
    assert PASSWORD not in repr(call) + str(caught.value) + caplog.text


async def test_secrets_travel_and_are_not_noted() -> None:
    call = given_password()
    desk = Desk(ok())
    async with client_on(desk) as client:
        await client.send(call)
    assert PASSWORD.encode() in desk.requests[0].content
    assert PASSWORD not in str(call.noted())


@pytest.mark.parametrize("key", ["kunci\nX-Injected: 1", "kunci é", "", "a b", "\x1b[0m"])
def test_a_key_that_no_header_can_hold_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(Invalid) as caught:
        Client(key, Wire(base_url=BASE))
    assert not key or key not in str(caught.value)


def test_a_wrong_argument_is_not_repeated() -> None:
    with pytest.raises(Invalid) as caught:
        user.UPDATE_PROFILE.parse({"password": [PASSWORD], "unknown": PASSWORD})
    assert PASSWORD not in str(caught.value) + repr(caught.value.fields)
