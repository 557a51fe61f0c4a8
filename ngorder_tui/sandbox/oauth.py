"""The sandbox's own token endpoint, for OAuth 2 clients to be tried on: the service's reference gives no address."""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qs, unquote_plus

from ngorder_tui.sandbox.spelling import stored

TOKEN_PATH = "/oauth/token"
CLIENT_ID = "sandbox"
CLIENT_SECRET = "sandbox-secret"
FIRST_REFRESH_TOKEN = "sandbox-refresh"
LIFETIME = 3600
"""Seconds that an access token is good for."""


@dataclass(frozen=True, slots=True)
class TokenAnswer:
    """Status and JSON, as RFC 6749 (5.1 and 5.2) has them."""

    status: int
    body: Mapping[str, object]


class _No(Exception):
    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.answer = TokenAnswer(status, {"error": error})


def give_token(db: sqlite3.Connection, headers: Mapping[str, str], body: bytes, now: datetime) -> TokenAnswer:
    """Answer a request for a token; header names in small letters. To be run within a transaction."""
    try:
        form = _form(headers.get("content-type", ""), body)
        _check_client(headers.get("authorization", ""), form)
        return _given(db, form, now)
    except _No as no:
        return no.answer


def is_good(db: sqlite3.Connection, token: str, now: datetime) -> bool:
    """Whether this access token was given here and has not expired."""
    found = db.execute(
        "SELECT 1 FROM oauth_token WHERE token = ? AND kind = 'access' AND expires_at > ?", (token, stored(now))
    ).fetchone()
    return found is not None


def _form(content_type: str, body: bytes) -> dict[str, str]:
    if content_type.partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise _No(400, "invalid_request")
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    if any(len(values) > 1 for values in fields.values()):
        raise _No(400, "invalid_request")
    return {name: values[0] for name, values in fields.items()}


def _check_client(authorization: str, form: Mapping[str, str]) -> None:
    scheme, _, pair = authorization.partition(" ")
    if scheme.lower() == "basic":
        try:
            name, _, secret = base64.b64decode(pair, validate=True).decode().partition(":")
        except ValueError:
            raise _No(401, "invalid_client") from None
        name, secret = unquote_plus(name), unquote_plus(secret)
    else:
        name, secret = form.get("client_id", ""), form.get("client_secret", "")
    is_known = hmac.compare_digest(name.encode(), CLIENT_ID.encode())
    if not (hmac.compare_digest(secret.encode(), CLIENT_SECRET.encode()) and is_known):
        raise _No(401, "invalid_client")


def _given(db: sqlite3.Connection, form: Mapping[str, str], now: datetime) -> TokenAnswer:
    kind = form.get("grant_type")
    if kind not in {"client_credentials", "refresh_token"}:
        raise _No(400, "unsupported_grant_type" if kind else "invalid_request")
    more: dict[str, object] = {}
    if kind == "refresh_token":
        _spend(db, form.get("refresh_token", ""))
        more["refresh_token"] = _new(db, "refresh", None)
    db.execute("DELETE FROM oauth_token WHERE kind = 'access' AND expires_at <= ?", (stored(now),))
    access = _new(db, "access", now + timedelta(seconds=LIFETIME))
    return TokenAnswer(200, {"access_token": access, "token_type": "Bearer", "expires_in": LIFETIME, **more})


def _spend(db: sqlite3.Connection, token: str) -> None:
    """Use a refresh token up. Raises _No for one that is not known, or was used before."""
    row = db.execute("SELECT kind FROM oauth_token WHERE token = ?", (token,)).fetchone()
    kind = row[0] if row is not None else "refresh" if token == FIRST_REFRESH_TOKEN else None
    if kind != "refresh":
        raise _No(400, "invalid_grant")
    db.execute("INSERT OR REPLACE INTO oauth_token (token, kind) VALUES (?, 'spent')", (token,))


def _new(db: sqlite3.Connection, kind: str, until: datetime | None) -> str:
    token = secrets.token_urlsafe(24)
    db.execute(
        "INSERT INTO oauth_token (token, kind, expires_at) VALUES (?, ?, ?)",
        (token, kind, None if until is None else stored(until)),
    )
    return token


def as_json(answer: TokenAnswer) -> bytes:
    """The answer's body."""
    return json.dumps(answer.body, separators=(",", ":")).encode()
