"""A till at the real sandbox whose line is cut on writes: before they arrive, or after they were done."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal, Self

import httpx

from ngorder_tui.api.endpoint import find
from ngorder_tui.reconcile.desk import reconcile
from ngorder_tui.reconcile.evidence import Evidence
from ngorder_tui.session import Session
from tests.desk import session_at

Cut = Literal["nothing", "before", "after"]


class Cutter(httpx.AsyncBaseTransport):
    """Carries reads; cuts writes `before` they reach the shop or `after` the shop has done them."""

    def __init__(self) -> None:
        self.cuts: Cut = "nothing"
        self.written = 0
        self._shop: httpx.AsyncBaseTransport = httpx.MockTransport(lambda _: httpx.Response(404))

    def __call__(self, shop: httpx.AsyncBaseTransport) -> Self:
        self._shop = shop
        return self

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return await self._shop.handle_async_request(request)
        self.written += 1
        if self.cuts == "before":
            raise httpx.ReadError("cut on the way there", request=request)
        response = await self._shop.handle_async_request(request)
        if self.cuts == "nothing":
            return response
        body = (await response.aread()).decode()
        assert response.status_code == 200, body
        assert '"response":"Failed"' not in body, body
        raise httpx.ReadError("cut on the way back", request=request)


class Till:
    """A session whose writes may be cut, and a look at what became of them."""

    def __init__(self, session: Session, db: sqlite3.Connection, cutter: Cutter) -> None:
        self.session = session
        self.db = db
        self.cutter = cutter
        self.waits: list[float] = []

    async def write(self, id: str, arguments: dict[str, Any], cuts: Cut) -> int:
        """Send a write on a line that is cut there; its number in the journal."""
        self.session.consent(id)
        self.cutter.cuts = cuts
        receipt = await self.session.write(find(id).parse(arguments), id)
        self.cutter.cuts = "nothing"
        assert receipt.state == ("done" if cuts == "nothing" else "unknown"), receipt.error
        return receipt.number

    async def look(self, number: int) -> Evidence:
        """Reconcile, without waiting; fails if anything but questions is asked, or if the verdict has no words."""
        before = self._writes()
        evidence = await reconcile(self.session, number, sleep=self._wait)
        assert self._writes() == before
        assert evidence.lines
        assert all(evidence.lines)
        if evidence.verdict != "ambiguous":
            assert bool(evidence.found) == (evidence.verdict == "landed"), evidence
        return evidence

    async def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)

    def _writes(self) -> tuple[int, int]:
        logged = self.db.execute("SELECT count(*) FROM request_log WHERE method <> 'GET'").fetchone()[0]
        return int(logged), self.cutter.written

    def one(self, sql: str, *values: object) -> Any:
        """The single value that a query of the shop's database gives; fails where there is none."""
        row = self.db.execute(sql, values).fetchone()
        assert row is not None, sql
        return row[0]


@asynccontextmanager
async def till_at(db: sqlite3.Connection, folder: Path, **changes: Any) -> AsyncIterator[Till]:
    """A till at this shop."""
    cutter = Cutter()
    async with session_at(db, folder, wrap=cutter, **changes) as session:
        yield Till(session, db, cutter)
