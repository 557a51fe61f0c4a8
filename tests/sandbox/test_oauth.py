"""The sandbox's token endpoint, and the tokens it gave: in the process and by the program's own client."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from ngorder_tui import clock
from ngorder_tui.api.chapters import warehouse
from ngorder_tui.api.client import Client, Wire
from ngorder_tui.api.errors import Unauthorized
from ngorder_tui.api.retry import Patience
from ngorder_tui.api.tokens import Grant, OAuth, Secret
from ngorder_tui.sandbox.app import create_app
from ngorder_tui.sandbox.faults import Faults
from ngorder_tui.sandbox.oauth import CLIENT_ID, CLIENT_SECRET, FIRST_REFRESH_TOKEN, LIFETIME, TOKEN_PATH
from ngorder_tui.sandbox.transport import EmbeddedTransport
from ngorder_tui.start import DEMO_URL
from tests.conftest import NOON

URL = f"http://localhost{TOKEN_PATH}"
CLIENT = (CLIENT_ID, CLIENT_SECRET)


class Pocket:
    """A vault in memory."""

    def __init__(self, secret: str = CLIENT_SECRET) -> None:
        self.secret = secret
        self.refresh = FIRST_REFRESH_TOKEN

    def client_secret(self) -> Secret | None:
        return Secret(self.secret)

    def refresh_token(self) -> Secret | None:
        return Secret(self.refresh)

    def keep_refresh_token(self, token: Secret) -> None:
        self.refresh = token.reveal()


@pytest.fixture
async def http(db: sqlite3.Connection) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=EmbeddedTransport(create_app(db))) as client:
        yield client


def basic(auth: tuple[str, str] | None) -> httpx.Auth:
    return httpx.Auth() if auth is None else httpx.BasicAuth(*auth)


async def ask(http: httpx.AsyncClient, form: dict[str, str], auth: tuple[str, str] | None = CLIENT) -> httpx.Response:
    return await http.post(URL, data=form, auth=basic(auth))


async def suppliers(http: httpx.AsyncClient, token: str) -> int:
    answer = await http.get(f"{DEMO_URL}/supplier", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code


async def test_a_token_is_given_and_good_until_it_ends(http: httpx.AsyncClient) -> None:
    answer = await ask(http, {"grant_type": "client_credentials"})
    given = answer.json()
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert (given["token_type"], given["expires_in"]) == ("Bearer", LIFETIME)
    assert set(given) == {"access_token", "token_type", "expires_in"}
    assert await suppliers(http, given["access_token"]) == 200
    assert await suppliers(http, "sandbox") == 200
    assert await suppliers(http, given["access_token"] + "x") == 401
    clock.stop_at(NOON + timedelta(seconds=LIFETIME - 1))
    assert await suppliers(http, given["access_token"]) == 200
    clock.stop_at(NOON + timedelta(seconds=LIFETIME))
    assert await suppliers(http, given["access_token"]) == 401


async def test_a_refresh_token_is_good_for_one_use_and_no_key(http: httpx.AsyncClient) -> None:
    first = (await ask(http, {"grant_type": "refresh_token", "refresh_token": FIRST_REFRESH_TOKEN})).json()
    again = await ask(http, {"grant_type": "refresh_token", "refresh_token": FIRST_REFRESH_TOKEN})
    assert (again.status_code, again.json()) == (400, {"error": "invalid_grant"})
    second = await ask(http, {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]})
    assert second.status_code == 200
    assert await suppliers(http, first["access_token"]) == 200
    for token in (FIRST_REFRESH_TOKEN, second.json()["refresh_token"]):
        assert await suppliers(http, token) == 401


@pytest.mark.parametrize(
    ("form", "auth", "status", "error"),
    [
        ({"grant_type": "client_credentials"}, None, 401, "invalid_client"),
        ({"grant_type": "client_credentials"}, (CLIENT_ID, "wrong"), 401, "invalid_client"),
        ({"grant_type": "client_credentials"}, ("wrong", CLIENT_SECRET), 401, "invalid_client"),
        ({"grant_type": "client_credentials", "client_id": CLIENT_ID}, None, 401, "invalid_client"),
        ({"grant_type": "password"}, CLIENT, 400, "unsupported_grant_type"),
        ({}, CLIENT, 400, "invalid_request"),
        ({"grant_type": "refresh_token"}, CLIENT, 400, "invalid_grant"),
        ({"grant_type": "refresh_token", "refresh_token": "wrong"}, CLIENT, 400, "invalid_grant"),
    ],
)
async def test_what_is_wrong_is_said_in_the_standards_words(
    http: httpx.AsyncClient, form: dict[str, str], auth: tuple[str, str] | None, status: int, error: str
) -> None:
    answer = await http.post(
        URL, content=str(httpx.QueryParams(form)), headers={"Content-Type": "application/x-www-form-urlencoded"},
        auth=basic(auth),
    )  # fmt: skip
    assert (answer.status_code, answer.json()) == (status, {"error": error})
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)


async def test_other_ways_of_asking(http: httpx.AsyncClient) -> None:
    in_form = {"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    assert (await ask(http, in_form, None)).status_code == 200
    assert (await http.post(URL, json=in_form)).json() == {"error": "invalid_request"}
    twice = "grant_type=client_credentials&grant_type=refresh_token"
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await http.post(URL, content=twice, headers=kind, auth=CLIENT)).json() == {"error": "invalid_request"}
    bad = await http.post(URL, content=b"\xff", headers={**kind, "Authorization": "Basic !"})
    assert bad.json() == {"error": "invalid_client"}
    got = await http.get(URL)
    assert (got.status_code, got.headers["Allow"]) == (405, "POST")
    assert (await http.post(f"http://localhost/api/open{TOKEN_PATH}", auth=CLIENT)).status_code == 401


def client_of(db: sqlite3.Connection, oauth: OAuth, faults: Faults | None = None) -> Client:
    wire = Wire(base_url=DEMO_URL, patience=Patience(total=5.0, base=0.0001))
    return Client(oauth, wire, transport=EmbeddedTransport(create_app(db, faults=faults)))


def asked(db: sqlite3.Connection, status: int = 200) -> int:
    sql = "SELECT count(*) FROM request_log WHERE endpoint_id = 'oauth.token' AND status = ?"
    return int(db.execute(sql, (status,)).fetchone()[0])


@pytest.mark.parametrize("kind", ["client_credentials", "refresh_token"])
@pytest.mark.parametrize("client_auth", ["basic", "post"])
async def test_the_client_works_a_day_on_tokens(db: sqlite3.Connection, kind: Any, client_auth: Any) -> None:
    oauth = OAuth(Grant(URL, CLIENT_ID, kind, client_auth=client_auth), Pocket())
    async with client_of(db, oauth) as client:
        for hour in range(8):
            clock.stop_at(NOON + timedelta(hours=hour))
            assert (await client.send(warehouse.LIST())).data
            assert (await client.send(warehouse.LIST())).data
    assert (asked(db), asked(db, 400)) == (8, 0)


async def test_a_token_that_the_server_forgot_is_asked_for_anew(db: sqlite3.Connection) -> None:
    async with client_of(db, OAuth(Grant(URL, CLIENT_ID), Pocket())) as client:
        await client.send(warehouse.LIST())
        db.execute("DELETE FROM oauth_token")
        db.commit()
        assert (await client.send(warehouse.LIST())).data
    assert asked(db) == 2


async def test_a_wrong_secret_sends_nothing(db: sqlite3.Connection) -> None:
    async with client_of(db, OAuth(Grant(URL, CLIENT_ID), Pocket("wrong"))) as client:
        with pytest.raises(Unauthorized, match="client secret"):
            await client.send(warehouse.LIST())
    assert db.execute("SELECT count(*) FROM request_log WHERE endpoint_id = 'warehouse.list'").fetchone()[0] == 0


async def test_tokens_come_through_a_bad_day(db: sqlite3.Connection) -> None:
    oauth = OAuth(Grant(URL, CLIENT_ID), Pocket())
    async with client_of(db, oauth, Faults(error_rate=0.4, drop_after_commit=0.4, seed=3)) as client:
        for hour in range(6):
            clock.stop_at(NOON + timedelta(hours=hour))
            assert (await client.send(warehouse.LIST())).data
    assert asked(db) >= 6
