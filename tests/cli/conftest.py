"""A home of its own for every test, and the program run in it."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from ngorder_tui import i18n
from ngorder_tui.api.client import Client, Wire
from ngorder_tui.api.retry import Patience
from ngorder_tui.cli.entry import run
from ngorder_tui.cli.given import Given
from ngorder_tui.keys import credentials
from ngorder_tui.settings import Settings
from ngorder_tui.start import Connect, Watch
from tests.api.wire import BASE, KEY, Clock, Desk


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run left: its exit code and all that it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(slots=True)
class Program:
    """The program in this process, with a line that the test holds."""

    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch
    home: Path
    environ: dict[str, str] = field(default_factory=dict)
    settings: Settings | None = None

    def __call__(
        self, *arguments: str, desk: Desk | None = None, transport: httpx.AsyncBaseTransport | None = None,
        stdin: str | bytes = "",
    ) -> Ran:  # fmt: skip
        content = stdin.encode() if isinstance(stdin, str) else stdin
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), "utf-8"))
        line = transport or httpx.MockTransport(desk or Desk(httpx.ConnectError))
        self.capture.readouterr()
        code = run(list(arguments), self.environ, Given(self.environ, connect=self._connector(line)))
        out, err = self.capture.readouterr()
        return Ran(code, out, err)

    def _connector(self, line: httpx.AsyncBaseTransport) -> Callable[[Settings], Connect]:
        def connector(settings: Settings) -> Connect:
            self.settings = settings

            async def connect(watch: Watch) -> Client:
                wire = Wire(
                    base_url=settings.base_url,
                    language=settings.language,
                    timeout=settings.timeout,
                    paths=settings.paths,
                    read_only=settings.read_only,
                    patience=Patience(total=0.05, base=0.0001),
                )
                return Client(
                    credentials(settings),
                    wire,
                    transport=line,
                    consented=settings.consented,
                    downloads=settings.downloads,
                    watch=watch,
                    sleep=Clock().sleep,
                )

            return connect

        return connector


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home: config, state, cache and downloads lie below it."""
    for name, folder in (("CONFIG", "config"), ("STATE", "state"), ("CACHE", "cache"), ("DATA", "data")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / folder))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path / "Downloads"))
    for name in ("NGORDER_TOKEN", "NGORDER_BASE_URL", "NGORDER_PROFILE", "NGORDER_LANG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def bare(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """The program without a key."""
    yield Program(capsys, monkeypatch, home)
    i18n.use("en")


@pytest.fixture
def cli(bare: Program) -> Program:
    """The program with a key and an address."""
    bare.environ.update({"NGORDER_TOKEN": KEY, "NGORDER_BASE_URL": BASE})
    return bare
