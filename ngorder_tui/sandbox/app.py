"""The embedded Ngorder: every request answered from the shop's database, inside one transaction, in a worker thread."""

from __future__ import annotations

import gzip
import hmac
import json
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING
from urllib.parse import quote

from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.websockets import WebSocketClose

from ngorder_tui import clock
from ngorder_tui.sandbox import oauth
from ngorder_tui.sandbox.answering import Answer, Args, Bound, Download, Language, Shop, handlers
from ngorder_tui.sandbox.faults import Faults
from ngorder_tui.sandbox.reading import LARGEST_BODY, body_arguments, query_arguments
from ngorder_tui.sandbox.refusals import Message, Missing, NotAnswered, Refused, TooLarge, Unauthorized, WrongMethod
from ngorder_tui.sandbox.routes import Router
from ngorder_tui.sandbox.spelling import stored

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

BASE_PATH = "/api/open"
KEPT_LOG_ROWS = 10_000
SMALLEST_GZIP = 1_000

CHAPTERS = (
    "user",
    "shop",
    "supplier",
    "warehouse",
    "root_category",
    "product_category",
    "product",
    "product_stock",
    "stock_transfer",
    "customer_category",
    "region",
    "customer",
    "bank",
    "expedition",
    "marketplace",
    "order_source",
    "order_cost",
    "order",
    "order_cancel",
    "storefront",
    "notification",
)
"""The sandbox's chapters: modules of ngorder_tui.sandbox.chapters, each binding its handlers when imported."""

_log = logging.getLogger("ngorder_tui.sandbox")


def create_app(
    db: sqlite3.Connection,
    *,
    key: str = "sandbox",
    faults: Faults | None = None,
    now: Callable[[], datetime] = clock.now,
) -> ASGIApp:
    """The shop of an open database as an ASGI application, under /api/open, described by /openapi.json.

    Tokens come from /oauth/token.
    The connection is used from worker threads, by one at a time, and must allow that. `key` is the bearer key that
    speaks for the shop's owner; other users have their own in the table `user`.
    """
    for chapter in CHAPTERS:
        import_module(f"ngorder_tui.sandbox.chapters.{chapter}")
    db.row_factory = sqlite3.Row
    counter = _Counter(db, Router(handlers()), key, now)
    routes = [
        Route(oauth.TOKEN_PATH, endpoint=_TokenDoor(counter)),
        Route("/openapi.json", endpoint=_describe),
        Mount(BASE_PATH, app=_Door(counter)),
    ]
    app = Starlette(routes=routes, exception_handlers={404: _not_here, 405: _not_here})
    app.router.redirect_slashes = False
    return app if faults is None else faults.wrap(app)


async def _describe(_request: Request) -> Response:
    # Reads every chapter of the registry: not before someone asks.
    from ngorder_tui.sandbox.openapi import document_as_json

    return Response(await to_thread.run_sync(document_as_json, BASE_PATH), media_type="application/json")


async def _not_here(_request: Request, _error: Exception) -> Response:
    return Response(_failed("Not found."), 404, media_type="application/json")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request as the worker thread needs it; `path` is below the base URL, percent-encoded."""

    method: str
    path: str
    url: str
    query: bytes
    headers: Mapping[str, str]
    body: bytes
    too_large: bool

    @property
    def language(self) -> Language:
        first = self.headers.get("accept-language", "").strip().lower()
        return "id" if first.partition(",")[0].partition(";")[0].strip().partition("-")[0] == "id" else "en"


@dataclass(frozen=True, slots=True)
class _Given:
    """What goes back."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


class _Door:
    """The ASGI side: reads the request, sends the answer."""

    def __init__(self, counter: _Counter) -> None:
        self._counter = counter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await WebSocketClose()(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            body, too_large = await _whole_body(request)
        except ClientDisconnect:
            return
        headers = {name.lower(): value for name, value in request.headers.items()}
        raw = scope.get("raw_path") or quote(scope["path"]).encode()
        path = raw.decode("latin-1").partition("?")[0].removeprefix(BASE_PATH)
        url = f"{scope['scheme']}://{headers.get('host', 'localhost')}{BASE_PATH}{path}"
        asked = _Asked(request.method, path, url, scope["query_string"], headers, body, too_large)
        given = await to_thread.run_sync(self._counter.answer, asked)
        await Response(given.body, given.status, given.headers)(scope, receive, send)


class _TokenDoor:
    """The ASGI side of the token endpoint."""

    def __init__(self, counter: _Counter) -> None:
        self._counter = counter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            body, _ = await _whole_body(request)
        except ClientDisconnect:
            return
        if request.method != "POST":
            wrong = Response(_failed("Only POST is supported here."), 405, {"Allow": "POST"}, "application/json")
            await wrong(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in request.headers.items()}
        given = await to_thread.run_sync(self._counter.give_token, headers, body)
        await Response(given.body, given.status, given.headers)(scope, receive, send)


async def _whole_body(request: Request) -> tuple[bytes, bool]:
    """The body, and whether it is too large; then the rest is read and thrown away, so that the refusal arrives."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= LARGEST_BODY:
            chunks.append(chunk)
    return b"".join(chunks), size > LARGEST_BODY


class _Counter:
    """Answers one request after the other. Runs in worker threads, under a lock."""

    def __init__(self, db: sqlite3.Connection, router: Router, key: str, now: Callable[[], datetime]) -> None:
        self._db = db
        self._router = router
        self._key = key
        self._now = now
        self._lock = threading.Lock()
        self._sync = int(db.execute("PRAGMA synchronous").fetchone()[0])

    def answer(self, asked: _Asked) -> _Given:
        """The answer, whatever comes: nothing is raised."""
        with self._lock:
            try:
                given = self._transact(asked)
            except Exception:
                _log.exception("%s %s failed", asked.method, asked.path)
                self._undo()
                given = _Given(500, _failed("Something went wrong on our side."))
        if len(given.body) >= SMALLEST_GZIP and "gzip" in asked.headers.get("accept-encoding", ""):
            headers = {**given.headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
            return _Given(given.status, gzip.compress(given.body, 5, mtime=0), headers)
        return given

    def give_token(self, headers: Mapping[str, str], body: bytes) -> _Given:
        """The answer to a request for a token."""
        with self._lock:
            self._db.execute(f"PRAGMA synchronous = {self._sync}")
            self._db.execute("BEGIN")
            try:
                answer = oauth.give_token(self._db, headers, body, self._now())
                self._log("POST", oauth.TOKEN_PATH, "oauth.token", answer.status)
                self._db.execute("COMMIT")
            except BaseException:
                self._undo()
                raise
        extra = {"WWW-Authenticate": "Basic"} if answer.status == 401 else {}
        fixed = {"Content-Type": "application/json", "Cache-Control": "no-store"}
        return _Given(answer.status, oauth.as_json(answer), fixed | extra)

    def _transact(self, asked: _Asked) -> _Given:
        bound: Bound | None = None
        # A read leaves only its line in the log: no reason to wait for the disk.
        self._db.execute(f"PRAGMA synchronous = {1 if asked.method == 'GET' else self._sync}")
        self._db.execute("BEGIN")
        try:
            user_id = self._user(asked)
            bound, slots = self._router.match(asked.method, asked.path)
            given = self._handle(bound, slots, user_id, asked)
        except NotAnswered as no:
            self._undo()
            given = _refusal(no, bound)
        except Exception:
            _log.exception("%s %s failed", asked.method, asked.path)
            self._undo()
            given = _Given(500, _failed("Something went wrong on our side."))
        if not self._db.in_transaction:
            self._db.execute("BEGIN")
        self._log(asked.method, asked.path, "" if bound is None else bound.id, given.status)
        self._db.execute("COMMIT")
        return given

    def _undo(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def _user(self, asked: _Asked) -> int:
        scheme, _, sent = asked.headers.get("authorization", "").partition(" ")
        found: int | None = None
        if scheme.lower() == "bearer":
            for row in self._db.execute("SELECT id, token, level FROM user ORDER BY level = 'Owner', id DESC"):
                for key in (row["token"], self._key if row["level"] == "Owner" else row["token"]):
                    if hmac.compare_digest(sent.strip().encode(), str(key).encode()):
                        found = row["id"]
                if row["level"] == "Owner" and oauth.is_good(self._db, sent.strip(), self._now()):
                    found = row["id"]
        if found is None:
            raise Unauthorized("Kunci tidak dikenal." if asked.language == "id" else "The key is missing or not known.")
        return found

    def _handle(self, bound: Bound, slots: Mapping[str, str], user_id: int, asked: _Asked) -> _Given:
        args = Args(_merged(bound, slots, asked), asked.language)
        shop = Shop(
            self._db,
            now=self._now,
            user_id=user_id,
            language=asked.language,
            url=asked.url,
            request_id=_request_id(),
        )
        try:
            answer = bound.handler(shop, args)
        except NotAnswered:
            # What is wrong with an argument comes before what its stand-in did not find.
            args.check()
            raise
        args.check()
        return _given(answer)

    def _log(self, method: str, path: str, endpoint_id: str, status: int) -> None:
        made = self._db.execute(
            "INSERT INTO request_log (at, endpoint_id, method, path, status) VALUES (?, ?, ?, ?, ?)",
            (stored(self._now()), endpoint_id, method, path[:200], status),
        )
        self._db.execute("DELETE FROM request_log WHERE id <= ?", ((made.lastrowid or 0) - KEPT_LOG_ROWS,))


def _merged(bound: Bound, slots: Mapping[str, str], asked: _Asked) -> dict[str, object]:
    given = query_arguments(asked.query)
    if asked.method != "GET" or bound.reads_body:
        if asked.too_large:
            raise TooLarge(f"The body may not exceed {LARGEST_BODY // 1024 // 1024} MB.")
        given |= body_arguments(asked.headers.get("content-type", ""), asked.body)
    return {**given, **slots}


def _request_id() -> str:
    seconds, nanoseconds = divmod(time.time_ns(), 10**9)
    return f"{seconds:08x}{nanoseconds // 1000:05x}"


def _given(answer: Answer | Download) -> _Given:
    if isinstance(answer, Download):
        disposition = f'attachment; filename="{quote(answer.name, safe=" ()")}"'
        return _Given(200, answer.content, {"Content-Type": answer.content_type, "Content-Disposition": disposition})
    return _Given(200, _json(answer))


def _refusal(no: NotAnswered, bound: Bound | None) -> _Given:
    status = no.status
    extra: dict[str, object] = {}
    if bound is not None and isinstance(no, Refused | Missing):
        if isinstance(no, Refused):
            status = bound.refusal_status
        if bound.refusal_id:
            extra["request_id"] = _request_id()
    given = _Given(status, _failed(no.message, extra))
    if isinstance(no, WrongMethod):
        given.headers["Allow"] = ", ".join(no.allowed)
    if isinstance(no, Unauthorized):
        given.headers["WWW-Authenticate"] = "Bearer"
    return given


def _failed(message: Message, extra: Mapping[str, object] | None = None) -> bytes:
    return _json({**(extra or {}), "response": "Failed", "message": message, "data": None})


def _json(answer: Mapping[str, object]) -> bytes:
    return json.dumps(answer, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
