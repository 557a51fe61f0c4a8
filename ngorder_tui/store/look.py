"""Looking at a file of the store as it lies on the disk: nothing is opened for writing, mended or set aside."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ngorder_tui.store.opening import BUSY_SECONDS, is_damage

Condition = Literal["missing", "sound", "damaged", "newer", "unreadable"]


@dataclass(frozen=True, slots=True)
class Looked:
    """How a file is. `size` in bytes, with its log; `mode` its permission bits; `why` where it is not sound.

    `aside` are the damaged files that were set aside for it earlier.
    """

    path: Path
    condition: Condition
    size: int = 0
    mode: int = 0
    why: str = ""
    aside: tuple[Path, ...] = ()


def look(path: Path, migrations: Sequence[str]) -> Looked:
    """Look at the whole file: this takes as long as reading it does."""
    aside = tuple(
        sorted(old for old in path.parent.glob(f"{path.name}.damaged-*") if not old.name.endswith(("-wal", "-shm")))
    )
    try:
        found = path.stat()
    except FileNotFoundError:
        return Looked(path, "missing", aside=aside)
    except OSError as error:
        return Looked(path, "unreadable", why=error.strerror or str(error), aside=aside)
    log = path.with_name(path.name + "-wal")
    size = found.st_size + (log.stat().st_size if log.exists() else 0)
    condition, why = _condition(path, len(migrations))
    return Looked(path, condition, size, found.st_mode & 0o777, why, aside)


def _condition(path: Path, version: int) -> tuple[Condition, str]:
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        try:
            if int(connection.execute("PRAGMA user_version").fetchone()[0]) > version:
                return "newer", ""
            (told,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        return "damaged" if is_damage(error) else "unreadable", str(error)
    return ("sound", "") if told == "ok" else ("damaged", " ".join(str(told).split()))
