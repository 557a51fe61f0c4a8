"""OAuth 2: when a token is asked for, what each answer means, and that no secret shows itself."""

from __future__ import annotations

import asyncio
import base64
import copy
import json
import logging
import pickle
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from ngorder_tui import clock
from ngorder_tui.api.client import Client, Exchange, Wire
from ngorder_tui.api.errors import AnswerUnknown, ApiError, Invalid, Throttled, Unauthorized, Unreachable
from ngorder_tui.api.retry import Patience
from ngorder_tui.api.tokens import Grant, OAuth, Secret, Token, token_of
from tests.api.wire import BASE, READ, WRITE, Clock, Desk, answer, ok
from tests.conftest import NOON

URL = "https://accounts.example.test/oauth/token"
CLIENT_SECRET = "rahasia-klien-41"
REFRESH = "penyegar-pertama-77"
CREDENTIALS = Grant(URL, "klien contoh")
REFRESHING = Grant(URL, "klien", "refresh_token")


class Safe:
    """A vault in memory; `kept` is every refresh token that was given to it."""

    def __init__(self, secret: str | None = CLIENT_SECRET, refresh: str | None = REFRESH) -> None:
        self.secret = secret
        self.kept = [] if refresh is None else [refresh]
        self.is_full = False

    def client_secret(self) -> Secret | None:
        return None if self.secret is None else Secret(self.secret)

    def refresh_token(self) -> Secret | None:
        return Secret(self.kept[-1]) if self.kept else None

    def keep_refresh_token(self, token: Secret) -> None:
        if self.is_full:
            raise OSError(28, "No space left on device")
        self.kept.append(token.reveal())


def gives(token: str = "token-1", **more: Any) -> httpx.Response:
    return answer({"access_token": token, "token_type": "Bearer", "expires_in": 3600, **more})


class Sides:
    """The token server and the service, each with its answers and the requests that came to it."""

    def __init__(self, tokens: Desk, service: Desk) -> None:
        self.tokens = tokens
        self.service = service

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        return await (self.tokens if str(request.url) == URL else self.service)(request)

    @property
    def bearers(self) -> list[str]:
        return [request.headers["Authorization"] for request in self.service.requests]

    def form(self, number: int = 0) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.tokens.requests[number].content.decode()).items()}


@asynccontextmanager
async def client_at(
    sides: Callable[[httpx.Request], Any],
    oauth: OAuth | None = None,
    *,
    patience: Patience | None = None,
    watch: Callable[[Exchange], None] | None = None,
) -> AsyncIterator[Client]:
    client = Client(
        oauth or OAuth(CREDENTIALS, Safe()),
        Wire(base_url=BASE, patience=patience or Patience()),
        transport=httpx.MockTransport(sides),
        sleep=Clock().sleep,
        watch=watch,
    )
    async with client:
        yield client


@pytest.mark.parametrize("url", ["http://accounts.example.test/token", "https://u:p@a.example.test/", "token"])
def test_tokens_are_asked_for_over_https_only(url: str) -> None:
    with pytest.raises(Invalid):
        Grant(url, "klien")
    assert Grant("http://127.0.0.1:8900/oauth/token", "klien").client_id == "klien"


def test_a_secret_shows_itself_only_when_told() -> None:
    brought: list[int] = []

    def bring() -> str:
        brought.append(1)
        return CLIENT_SECRET

    for secret in (Secret(CLIENT_SECRET), Secret(bring)):
        assert CLIENT_SECRET not in f"{secret} {secret!r} {[secret]}"
        assert not brought
        for copied in (pickle.dumps, copy.deepcopy):
            with pytest.raises(TypeError):
                copied(secret)
    late = Secret(bring)
    assert (late.reveal(), late.reveal(), len(brought)) == (CLIENT_SECRET, CLIENT_SECRET, 1)
    assert Secret("a") == Secret("a") != Secret("b")


async def test_client_credentials_go_as_basic_and_the_token_goes_to_the_service() -> None:
    sides = Sides(Desk(gives("token-1")), Desk(ok()))
    watched: list[Exchange] = []
    oauth = OAuth(replace(CREDENTIALS, scope="orders"), Safe())
    async with client_at(sides, oauth, watch=watched.append) as client:
        await client.send(READ)
        await client.send(WRITE)
    (asked,) = sides.tokens.requests
    pair = base64.b64decode(asked.headers["Authorization"].removeprefix("Basic ")).decode()
    assert pair == f"klien+contoh:{CLIENT_SECRET}"
    assert sides.form() == {"grant_type": "client_credentials", "scope": "orders"}
    assert sides.bearers == ["Bearer token-1"] * 2
    assert [exchange.endpoint_id for exchange in watched] == ["oauth.token", "supplier.list", "supplier.create"]


async def test_the_client_may_go_in_the_form_and_may_have_no_secret() -> None:
    sides = Sides(Desk(gives()), Desk(ok()))
    async with client_at(sides, OAuth(replace(CREDENTIALS, client_auth="post"), Safe())) as client:
        await client.send(READ)
    assert sides.form() == {
        "grant_type": "client_credentials", "client_id": "klien contoh", "client_secret": CLIENT_SECRET,
    }  # fmt: skip
    assert "Authorization" not in sides.tokens.requests[0].headers
    public = Sides(Desk(gives()), Desk(ok()))
    async with client_at(public, OAuth(REFRESHING, Safe(secret=None))) as client:
        await client.send(READ)
    assert public.form() == {"grant_type": "refresh_token", "client_id": "klien", "refresh_token": REFRESH}


@pytest.mark.parametrize(
    ("expires_in", "good_for"),
    [
        (3600, 3540),
        ("3600", 3540),
        (100, 90),
        (0.5, 0),
        (0, None),
        (-5, None),
        ("soon", None),
        (None, None),
        (True, None),
    ],
)
def test_a_token_is_renewed_before_it_ends(expires_in: object, good_for: int | None) -> None:
    token = token_of(200, json.dumps({"access_token": "t", "expires_in": expires_in}).encode(), None, NOON)
    assert isinstance(token, Token)
    oauth = OAuth(CREDENTIALS, Safe())
    oauth.take(token)
    if good_for is None:
        assert oauth.bearer(NOON + timedelta(days=900)) is not None
        return
    assert oauth.bearer(NOON + timedelta(seconds=good_for - 0.1)) is not None
    assert oauth.bearer(NOON + timedelta(seconds=good_for + 0.5)) is None


async def test_an_old_token_is_renewed_before_the_next_request() -> None:
    sides = Sides(Desk(gives("token-1"), gives("token-2")), Desk(ok()))
    async with client_at(sides) as client:
        await client.send(READ)
        clock.stop_at(NOON + timedelta(minutes=58))
        await client.send(READ)
        clock.stop_at(NOON + timedelta(minutes=59, seconds=1))
        await client.send(READ)
    assert sides.bearers == ["Bearer token-1", "Bearer token-1", "Bearer token-2"]


@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
async def test_a_refused_token_is_renewed_once(call: Any) -> None:
    sides = Sides(Desk(gives("token-1"), gives("token-2")), Desk(answer({}, 401), ok()))
    async with client_at(sides) as client:
        await client.send(call)
    assert sides.bearers == ["Bearer token-1", "Bearer token-2"]
    sides = Sides(Desk(gives("token-1"), gives("token-2"), gives("token-3")), Desk(answer({}, 401)))
    async with client_at(sides) as client:
        with pytest.raises(Unauthorized):
            await client.send(call)
    assert len(sides.service.requests) == len(sides.tokens.requests) == 2


@pytest.mark.parametrize("second", [answer({}, 500), httpx.ReadError, httpx.ReadTimeout, httpx.Response(302)])
async def test_a_write_whose_answer_is_unknown_is_not_sent_again_for_a_new_token(second: Any) -> None:
    sides = Sides(Desk(gives()), Desk(answer({}, 401), second, ok()))
    async with client_at(sides) as client:
        with pytest.raises(AnswerUnknown):
            await client.send(WRITE)
    assert len(sides.service.requests) == 2


@pytest.mark.parametrize(
    ("told", "error", "word"),
    [
        (answer({"error": "invalid_client"}, 401), Unauthorized, "client_id"),
        (answer({"error": CLIENT_SECRET}, 401), Unauthorized, "client_id"),
        (answer({"error": "invalid_grant", "error_description": REFRESH}, 400), Unauthorized, "login"),
        (answer({"error": "invalid_scope"}, 400), Unauthorized, "invalid_scope"),
        (answer([], 404), Unauthorized, "404"),
        (httpx.Response(302, headers={"Location": "https://evil.example.test/"}), Unauthorized, "never followed"),
        (httpx.Response(200, html="<p>hello"), Unauthorized, "no token"),
        (answer({"token": "x"}), Unauthorized, "no token"),
        (answer({"access_token": "a b"}), Unauthorized, "no token"),
        (answer({"access_token": "a", "token_type": "mac"}), Unauthorized, "no token"),
        (answer({"access_token": 5}), Unauthorized, "no token"),
        (answer({}, 429, Retry_After="7"), Throttled, "wait"),
        (answer({}, 503), Unreachable, "503"),
        (httpx.ConnectError, Unreachable, "reached"),
        (httpx.ReadTimeout, Unreachable, "token server"),
        (httpx.ReadError, Unreachable, "token server"),
        (httpx.Response(200, content=b" " * 70_000), Unreachable, "token server"),
    ],
)
@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
async def test_without_a_token_nothing_of_the_call_is_sent(
    told: Any, error: type[ApiError], word: str, call: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sides = Sides(Desk(told), Desk(ok()))
    oauth = OAuth(REFRESHING, Safe())
    async with client_at(sides, oauth, patience=Patience(total=0.0)) as client:
        with pytest.raises(error, match=word) as caught:
            await client.send(call)
        shown = repr(client) + repr(oauth) + repr(oauth.grant) + repr(oauth.question())
    assert sides.service.requests == []
    shown += "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    for secret in (CLIENT_SECRET, REFRESH, "evil"):
        assert secret not in shown + str(caught.value) + caplog.text


@pytest.mark.parametrize("call", [READ, WRITE], ids=["read", "write"])
async def test_a_passing_failure_of_the_token_server_is_tried_again(call: Any) -> None:
    sides = Sides(Desk(httpx.ConnectError, answer({}, 503), gives()), Desk(ok()))
    async with client_at(sides) as client:
        await client.send(call)
    assert (len(sides.tokens.requests), len(sides.service.requests)) == (3, 1)


async def test_calls_at_once_ask_for_one_token() -> None:
    sides = Sides(Desk(gives("token-1"), gives("token-2")), Desk(*[answer({}, 401)] * 3, ok()))
    async with client_at(sides) as client:
        await asyncio.gather(client.send(READ), client.send(READ), client.send(READ))
    assert len(sides.tokens.requests) == 2
    assert sides.bearers == ["Bearer token-1"] * 3 + ["Bearer token-2"] * 3


async def test_a_renewed_refresh_token_is_kept_and_used() -> None:
    sides = Sides(Desk(gives("a", refresh_token="penyegar-2"), gives("b")), Desk(answer({}, 401), ok()))
    safe = Safe()
    async with client_at(sides, OAuth(REFRESHING, safe)) as client:
        await client.send(READ)
    assert safe.kept == [REFRESH, "penyegar-2"]
    assert [sides.form(number)["refresh_token"] for number in (0, 1)] == [REFRESH, "penyegar-2"]


async def test_a_refresh_token_that_another_process_renewed_is_looked_up_again() -> None:
    safe = Safe()

    def too_late(_request: httpx.Request) -> httpx.Response:
        safe.kept.append("of-the-other")
        return answer({"error": "invalid_grant"}, 400)

    sides = Sides(Desk(too_late, gives()), Desk(ok()))
    async with client_at(sides, OAuth(REFRESHING, safe)) as client:
        await client.send(READ)
    assert [sides.form(number)["refresh_token"] for number in (0, 1)] == [REFRESH, "of-the-other"]


async def test_a_refresh_token_that_cannot_be_kept_is_told_in_the_log_alone(caplog: pytest.LogCaptureFixture) -> None:
    safe = Safe()
    safe.is_full = True
    sides = Sides(Desk(gives("token-1", refresh_token="penyegar-2")), Desk(ok()))
    async with client_at(sides, OAuth(REFRESHING, safe)) as client:
        await client.send(READ)
    assert sides.bearers == ["Bearer token-1"]
    assert "cannot be kept" in caplog.text
    assert "penyegar" not in caplog.text


async def test_a_cancelled_caller_does_not_lose_the_renewed_refresh_token() -> None:
    safe, arrived, let_go = Safe(), asyncio.Event(), asyncio.Event()

    async def slow(_request: httpx.Request) -> httpx.Response:
        arrived.set()
        await let_go.wait()
        return gives("token-1", refresh_token="penyegar-2")

    sides = Sides(Desk(slow), Desk(ok()))
    async with client_at(sides, OAuth(REFRESHING, safe)) as client:
        caller = asyncio.create_task(client.send(READ))
        await arrived.wait()
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        let_go.set()
    assert safe.kept == [REFRESH, "penyegar-2"]
    assert sides.service.requests == []


async def test_a_missing_secret_is_told_and_nothing_is_asked() -> None:
    sides = Sides(Desk(gives()), Desk(ok()))
    async with client_at(sides, OAuth(REFRESHING, Safe(refresh=None))) as client:
        with pytest.raises(Unauthorized, match="no refresh token"):
            await client.send(READ)
    assert sides.tokens.requests == sides.service.requests == []
