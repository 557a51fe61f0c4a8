from __future__ import annotations

import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

START = """
import sys
from pathlib import Path
from ngorder_tui.sandbox.faults import Faults
from ngorder_tui.sandbox.serve import run
faults = Faults(drop_after_commit=1.0) if sys.argv[3] == "drop" else None
sys.exit(run("127.0.0.1", int(sys.argv[1]), Path(sys.argv[2]), faults, seed=3, orders=20))
"""
KEY = {"Authorization": "Bearer sandbox"}
SOURCE = {"marketplace_id": 1, "note": "Kanal Uji"}


@contextmanager
def serving(data: Path, faults: str = "none") -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server process and its base URL, on a free port."""
    command = [sys.executable, "-c", START, "0", str(data), faults]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/api/open", line), line
            yield line, process
        finally:
            process.kill()


def test_it_answers_once_it_has_told_its_address_and_stops_when_interrupted(tmp_path: Path) -> None:
    with serving(tmp_path / "shop.db") as (base, process):
        assert httpx.get(f"{base}/supplier", headers=KEY).json()["data"]
        assert httpx.get(f"{base}/supplier").status_code == 401
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_what_was_answered_is_there_after_a_kill(tmp_path: Path) -> None:
    with serving(tmp_path / "shop.db") as (base, process):
        made = httpx.post(f"{base}/order-source/create", headers=KEY, json=SOURCE).json()
        process.kill()
        process.wait(10)
    with serving(tmp_path / "shop.db") as (base, _):
        rows = httpx.get(f"{base}/order-source", headers=KEY).json()["data"]
        assert (made["data"]["order_source_id"], "Kanal Uji") in [(row["id"], row["note"]) for row in rows]


def test_a_dropped_answer_is_a_closed_connection_and_no_traceback(tmp_path: Path) -> None:
    with serving(tmp_path / "shop.db", "drop") as (base, process):
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.post(f"{base}/order-source/create", headers=KEY, json=SOURCE)
        rows = httpx.get(f"{base}/order-source", headers=KEY).json()["data"]
        assert [row["note"] for row in rows].count("Kanal Uji") == 1
        process.send_signal(signal.SIGINT)
        process.wait(10)
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_port_in_use_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = _start(str(port), str(tmp_path / "shop.db"))
    assert done.returncode == 2
    assert done.stderr == f"Cannot listen on 127.0.0.1:{port}: the port is in use.\n"


def test_a_file_that_is_no_shop_is_told_in_one_line(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    done = _start("0", str(other))
    assert done.returncode == 2
    assert done.stderr.startswith(f"Cannot use {other} as the shop's file: ")
    assert done.stderr.count("\n") == 1


def _start(port: str, data: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", START, port, data, "none"]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def test_the_app_alone_brings_no_server() -> None:
    probe = "import sys, ngorder_tui.sandbox.app as _; print('uvicorn' in sys.modules, 'pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
