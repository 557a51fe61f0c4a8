"""Asking the sandbox as a caller would: by endpoint id, over the in-process transport."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import quote

import httpx

from ngorder_tui.api.endpoint import find
from ngorder_tui.clock import JAKARTA
from ngorder_tui.sandbox.app import BASE_PATH, create_app
from ngorder_tui.sandbox.faults import Faults

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=JAKARTA)
BASE = f"http://sandbox{BASE_PATH}"
JSON = dict[str, object]


class Asker:
    """A caller with a key; `db` is the shop's own database, for looking behind the answers."""

    def __init__(self, db: sqlite3.Connection, *, key: str = "sandbox", faults: Faults | None = None) -> None:
        self.db = db
        transport = httpx.ASGITransport(create_app(db, faults=faults, now=lambda: NOW))
        self.http = httpx.AsyncClient(transport=transport, base_url=BASE, headers={"Authorization": f"Bearer {key}"})

    async def ask(self, id: str, /, **arguments: object) -> httpx.Response:
        """One call; bytes are sent as a file, the arguments of a GET as a query."""
        return await self.ask_with(id, arguments)

    async def ask_with(
        self, id: str, arguments: Mapping[str, object], headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """The same with the arguments as a mapping."""
        endpoint = find(id)
        path, rest = endpoint.path, dict(arguments)
        for name in list(rest):
            if (slot := f"{{{name}}}") in path:
                path = path.replace(slot, quote(str(rest.pop(name)), safe=""))
        files = {name: (name, value) for name, value in rest.items() if isinstance(value, bytes)}
        if endpoint.method == "GET":
            return await self.http.get(path, params=list(_pairs(rest)), headers=headers)
        if files:
            fields = {name: str(value) for name, value in rest.items() if name not in files}
            return await self.http.request(endpoint.method, path, data=fields, files=files, headers=headers)
        return await self.http.request(endpoint.method, path, json=rest or None, headers=headers)

    async def done(self, id: str, /, **arguments: object) -> JSON:
        """The JSON of a call that must succeed."""
        response = await self.ask_with(id, arguments)
        body: JSON = response.json()
        assert response.status_code == 200, body
        assert str(body.get("response", "Success")).lower() != "failed", body
        return body

    async def refused(self, id: str, /, **arguments: object) -> dict[str, list[str]]:
        """The reasons of a call that must be refused, by argument."""
        response = await self.ask_with(id, arguments)
        body = response.json()
        assert body["response"] == "Failed", body
        assert body["data"] is None
        assert isinstance(body["message"], dict), body
        return dict(body["message"])

    async def rows(self, id: str, /, **arguments: object) -> list[JSON]:
        """The `data` of a list."""
        data = (await self.done(id, **arguments))["data"]
        assert isinstance(data, list)
        return data

    async def total(self, id: str, /, **arguments: object) -> int:
        """How many rows a paged list has in all."""
        meta = (await self.done(id, **arguments))["meta"]
        assert isinstance(meta, dict)
        return int(meta["pagination"]["total"])

    def number(self, sql: str, *values: object) -> int:
        """One number out of the shop's database."""
        return int(self.db.execute(sql, values).fetchone()[0])


def _pairs(value: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, item in value.items():
        if isinstance(item, dict):
            yield from _pairs({f"{name}[{key}]": inner for key, inner in item.items()})
        elif isinstance(item, list):
            yield from _pairs({f"{name}[{place}]": inner for place, inner in enumerate(item)})
        else:
            yield name, str(item)
