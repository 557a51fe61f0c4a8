from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from ngorder_tui.sandbox import database
from ngorder_tui.sandbox.database import NotAShop, open_shop
from ngorder_tui.sandbox.world import invent

TODAY = date(2025, 3, 12)


def test_a_file_is_built_once_and_then_just_opened(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "shop.db"
    first = open_shop(path, orders=20, today=TODAY)
    first.execute("UPDATE shop SET shop_name = 'Toko Lain'")
    first.commit()
    first.close()
    again = open_shop(path, seed=9, orders=50, today=date(2026, 1, 1))
    assert again.execute("SELECT shop_name FROM shop").fetchone()[0] == "Toko Lain"
    assert dict(again.execute("SELECT key, value FROM meta").fetchall())["orders"] == "20"
    again.close()


def test_a_file_keeps_what_was_committed_in_a_write_ahead_log(tmp_path: Path) -> None:
    db = open_shop(tmp_path / "shop.db", orders=5, today=TODAY)
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert db.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    db.close()


def test_a_shop_in_memory_and_one_in_a_file_are_the_same(tmp_path: Path) -> None:
    memory = open_shop(None, orders=20, today=TODAY)
    file = open_shop(tmp_path / "shop.db", orders=20, today=TODAY)
    assert list(memory.iterdump()) == list(file.iterdump())
    memory.close()
    file.close()


def test_any_thread_may_use_the_connection() -> None:
    db = open_shop(None, orders=5, today=TODAY)
    seen: list[int] = []
    thread = threading.Thread(target=lambda: seen.append(db.execute("SELECT count(*) FROM warehouse").fetchone()[0]))
    thread.start()
    thread.join()
    assert seen == [4]
    db.close()


def test_a_failure_in_the_middle_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks_off(db: sqlite3.Connection, seed: int, orders: int, today: date) -> None:
        invent(db, seed, orders, today)
        raise KeyboardInterrupt

    monkeypatch.setattr(database, "invent", breaks_off)
    with pytest.raises(KeyboardInterrupt):
        open_shop(tmp_path / "shop.db", orders=5, today=TODAY)
    assert list(tmp_path.iterdir()) == []


def test_a_builder_killed_outright_leaves_nothing_that_the_next_minds(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    script = (
        "import os, signal, sys; from datetime import date; from pathlib import Path;"
        "from ngorder_tui.sandbox import database;"
        "make = database.invent;"
        "database.invent = lambda *a: (make(*a), a[0].execute('PRAGMA cache_flush'), os.kill(os.getpid(), 9));"
        "database.open_shop(Path(sys.argv[1]), orders=5, today=date(2025, 3, 12))"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(path)], check=False, env={**os.environ})
    assert killed.returncode == -signal.SIGKILL
    assert not path.exists()
    assert len(list(tmp_path.iterdir())) == 1
    open_shop(path, orders=5, today=TODAY).close()
    assert [left.name for left in tmp_path.iterdir()] == ["shop.db"]


def test_two_builders_end_with_one_shop(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    script = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from ngorder_tui.sandbox.database import open_shop;"
        "db = open_shop(Path(sys.argv[1]), orders=5, today=date(2025, 3, 12));"
        "db.execute('UPDATE shop SET awb_notifications = awb_notifications + 1'); db.commit(); db.close()"
    )
    command = [sys.executable, "-c", script, str(path)]
    builders = [subprocess.Popen(command), subprocess.Popen(command)]
    assert [builder.wait() for builder in builders] == [0, 0]
    db = open_shop(path, orders=5, today=TODAY)
    assert db.execute("SELECT awb_notifications FROM shop").fetchone()[0] == 4202
    db.close()


@pytest.mark.parametrize("content", [b"no database at all, only words", b""])
def test_another_file_is_not_touched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(NotAShop, match=r"letter\.txt"):
        open_shop(path, today=TODAY)
    assert path.read_bytes() == content


def test_a_shop_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    db = open_shop(path, orders=5, today=TODAY)
    db.execute("UPDATE meta SET value = '0' WHERE key = 'schema_version'")
    db.commit()
    db.close()
    with pytest.raises(NotAShop, match="version"):
        open_shop(path, orders=5, today=TODAY)
