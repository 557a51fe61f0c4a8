"""The first start in a real terminal: no key yet, so a plain question comes before the app."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.terminal import Terminal

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "ngorder_tui"]
KEY = "kunci-rahasia-7f3a9c"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    # Whoever asks for a key here finds nobody at home: the address is this machine, on a port that is closed.
    return {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1",
        "LANG": "C.UTF-8", "NGORDER_BASE_URL": "http://127.0.0.1:9/api/open",
    }  # fmt: skip


def test_leaving(environ: dict[str, str]) -> None:
    with Terminal(COMMAND, environ) as terminal:
        terminal.until(r"\[l\] log in now, \[d\] demo, anything else: leave:")
        terminal.send("enter")
        assert terminal.ended() == 4
        assert b"\x1b[?1049h" not in terminal.output


def test_logging_in_and_on_into_the_app(environ: dict[str, str], tmp_path: Path) -> None:
    with Terminal(COMMAND, environ) as terminal:
        terminal.until("leave:")
        terminal.send("l", "enter")
        terminal.until("it is not shown")
        terminal.send(KEY, "enter")
        terminal.until("not encrypted")
        terminal.send("f" if "[k]" in terminal.text() else "y", "enter")
        terminal.until("Orders")
        (kept,) = tmp_path.rglob("key")
        assert (kept.read_text(), kept.stat().st_mode & 0o777) == (f"{KEY}\n", 0o600)
        assert KEY.encode() not in terminal.output
        terminal.send("\x11")
        assert terminal.ended(20.0) == 0


def test_the_demo(environ: dict[str, str], tmp_path: Path) -> None:
    with Terminal(COMMAND, environ) as terminal:
        terminal.until("leave:")
        terminal.send("d", "enter")
        terminal.until("Orders")
        terminal.send("\x11")
        assert terminal.ended(20.0) == 0
    assert list(tmp_path.rglob("key")) == []


def test_a_key_near_its_end_is_told_in_the_app(environ: dict[str, str], tmp_path: Path) -> None:
    subprocess.run([*COMMAND, "login"], env=environ, input=KEY, text=True, check=True, capture_output=True, timeout=60)
    (kept,) = tmp_path.rglob("key")
    long_ago = time.time() - 350 * 86_400
    os.utime(kept, (long_ago, long_ago))
    with Terminal(COMMAND, environ, size=(120, 36)) as terminal:
        terminal.until("350 days ago")
        terminal.send("\x11")
        assert terminal.ended(20.0) == 0
