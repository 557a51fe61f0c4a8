"""The program as a process of its own: signals, pipes, encodings, what it imports; and a real sandbox over HTTP."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any

import pytest

PROGRAM = [sys.executable, "-m", "ngorder_tui"]
ROOT = Path(__file__).parents[2]
CREATE = ["api", "supplier.create", "name=Gudang", "district_id=2013", "addess=Jl. Contoh", "phone=0800000001",
          "description=-"]  # fmt: skip
HEAVY = ("httpx", "pydantic", "starlette", "uvicorn", "typer", "textual", "sqlite3")


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {
        **kept, "HOME": str(home), "PYTHONPATH": str(ROOT), "NGORDER_TOKEN": "sandbox", "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1", **more,
    }  # fmt: skip


def run(home: Path, *arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments], env=environment(home, **more), input=stdin, capture_output=True, text=True,
        timeout=60, check=False, encoding="utf-8", errors="strict",
    )  # fmt: skip


class Counter:
    """An HTTP server in a thread; `arrived` is set when a request has come in."""

    def __init__(self, answer: Callable[[BaseHTTPRequestHandler], None]) -> None:
        self.arrived = threading.Event()
        self.requests = 0
        counter = self

        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                counter.requests += 1
                counter.arrived.set()
                answer(self)

            def do_GET(self) -> None:
                self._answer()

            def do_POST(self) -> None:
                self._answer()

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/api/open"
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self._thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()


def saying(value: object) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = json.dumps(value).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.fixture
def silent() -> Iterator[Counter]:
    """A server that takes a request and never answers."""
    over = threading.Event()

    def wait(_: BaseHTTPRequestHandler) -> None:
        over.wait(60)

    counter = Counter(wait)
    yield counter
    over.set()
    counter.close()


@pytest.mark.parametrize(("kill", "code", "told"), [(signal.SIGINT, 130, "journal"), (signal.SIGKILL, -9, "")])
def test_a_write_that_is_cut_off_is_known_to_be_unknown(
    tmp_path: Path, silent: Counter, kill: signal.Signals, code: int, told: str
) -> None:
    process = subprocess.Popen(
        [*PROGRAM, *CREATE], env=environment(tmp_path, NGORDER_BASE_URL=silent.url), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert silent.arrived.wait(30)
    process.send_signal(kill)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (code, "")
    assert told in err
    assert "Traceback" not in err
    (one,) = json.loads(run(tmp_path, "journal", "--json").stdout)
    assert (one["state"], one["id"]) == ("unknown", "supplier.create")
    assert silent.requests == 1


def test_an_interrupted_read_is_only_that(tmp_path: Path, silent: Counter) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "api", "supplier.list"], env=environment(tmp_path, NGORDER_BASE_URL=silent.url), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert silent.arrived.wait(30)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "Interrupted.\n")


def test_silence_past_the_timeout(tmp_path: Path, silent: Counter) -> None:
    ran = run(tmp_path, *CREATE, "--timeout", "0.3", NGORDER_BASE_URL=silent.url)
    assert (ran.returncode, ran.stdout) == (6, "")
    assert silent.requests == 1


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "api", "--list", "--json"], env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    stdout: IO[bytes] | None = process.stdout
    assert stdout is not None
    stdout.close()
    stderr = process.stderr
    assert stderr is not None
    assert stderr.read() == b""
    stderr.close()
    assert process.wait(30) == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_stdout_that_cannot_encode_gets_the_same_json(tmp_path: Path, encoding: str) -> None:
    row = {"id": 1, "name": "café € 日本 😀"}
    counter = Counter(saying({"data": [row]}))
    try:
        for arguments in (["api", "supplier.list"], ["api", "supplier.list", "--all"], ["export", "suppliers"]):
            ran = subprocess.run(
                [*PROGRAM, *arguments], timeout=60, check=True, capture_output=True,
                env=environment(tmp_path, NGORDER_BASE_URL=counter.url, PYTHONIOENCODING=encoding, PYTHONUTF8="0"),
            )  # fmt: skip
            text = ran.stdout.decode(encoding)
            if arguments[0] == "api":
                assert row in (json.loads(text), *json.loads(text).get("data", ()))
    finally:
        counter.close()


def test_a_closed_and_a_full_stdout(tmp_path: Path) -> None:
    for redirect, code in ((">&-", 0), (">/dev/full", 7)):
        ran = subprocess.run(
            ["sh", "-c", f'exec "$0" -m ngorder_tui api --list {redirect}', sys.executable], env=environment(tmp_path),
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert ran.returncode == code
        assert "Traceback" not in ran.stderr
        assert len(ran.stderr.splitlines()) <= 1


def imported(home: Path, *arguments: str) -> set[str]:
    """Which of the heavy modules a run of the program imports."""
    code = (
        "import os, sys\nfrom ngorder_tui.cli.entry import run\n"
        f"run({list(arguments)!r}, os.environ)\n"
        f"print(*(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment(home, NGORDER_TOKEN=""), capture_output=True, text=True,
        timeout=60, check=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return set(ran.stderr.splitlines()[-1].split())


def test_nothing_heavy_is_imported_before_it_is_known_what_runs(tmp_path: Path) -> None:
    assert imported(tmp_path) == set()
    assert imported(tmp_path, "--lang", "id", "--lite") == set()
    assert imported(tmp_path, "--version") == {"typer"}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A sandbox process over HTTP; its base URL."""
    home = tmp_path_factory.mktemp("sandbox")
    process = subprocess.Popen(
        [*PROGRAM, "sandbox", "--port", "0", "--orders", "40", "--data", str(home / "shop.sqlite")],
        env=environment(home), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    url = process.stderr.readline().strip()
    assert url.startswith("http://127.0.0.1:")
    yield url
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (0, "", "")


def test_the_sandbox_answers_the_program(tmp_path: Path, sandbox: str) -> None:
    listed = run(tmp_path, "api", "warehouse.list", NGORDER_BASE_URL=sandbox)
    assert (listed.returncode, listed.stderr) == (0, "")
    assert json.loads(listed.stdout)["data"]
    everyone = run(tmp_path, "api", "customer.list", "--all", NGORDER_BASE_URL=sandbox).stdout.splitlines()
    ids = [json.loads(line)["id"] for line in everyone]
    assert len(ids) == len(set(ids)) > 100
    exported = run(tmp_path, "export", "customers", NGORDER_BASE_URL=sandbox).stdout.splitlines()
    assert len(exported) >= len(ids) + 1


def test_the_sandbox_says_no_the_documented_ways(tmp_path: Path, sandbox: str) -> None:
    assert run(tmp_path, "api", "warehouse.list", NGORDER_BASE_URL=sandbox, NGORDER_TOKEN="wrong").returncode == 4
    assert run(tmp_path, "api", "warehouse.get", "id=999999", NGORDER_BASE_URL=sandbox).returncode == 1
    refused = run(tmp_path, *CREATE[:3], "district_id=999999", *CREATE[4:], NGORDER_BASE_URL=sandbox)
    assert refused.returncode == 1
    assert "district_id" in refused.stderr


def test_a_write_is_done_and_seen(tmp_path: Path, sandbox: str) -> None:
    before = json.loads(run(tmp_path, "api", "supplier.list", NGORDER_BASE_URL=sandbox).stdout)["data"]
    given = [*CREATE[:3], f"district_id={before[0]['district_id']}", *CREATE[4:]]
    made = run(tmp_path, *given, NGORDER_BASE_URL=sandbox)
    assert (made.returncode, made.stderr) == (0, "")
    after = json.loads(run(tmp_path, "api", "supplier.list", NGORDER_BASE_URL=sandbox).stdout)["data"]
    assert {row["name"] for row in after} - {row["name"] for row in before} == {"Gudang"}
    assert run(tmp_path, "journal", "--json").stdout == "[]\n"
    assert run(tmp_path, "doctor", NGORDER_BASE_URL=sandbox).returncode == 0
