"""Whether a process that once wrote something is still alive."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")


def start_of(pid: int) -> str:
    """What tells this process from a later one with the same number: its start and the machine's; "" if not known."""
    fields = _stat(pid)
    return f"{fields[19]}@{_boot()}" if fields else ""


def lives(pid: int, start: str) -> bool:
    """Whether the process with this number that began at this start still runs.

    Where a system tells no starts (no /proc) a newer process with the same number passes for it.
    """
    if start:
        fields = _stat(pid)
        return fields is not None and fields[0] not in "ZX" and f"{fields[19]}@{_boot()}" == start
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _stat(pid: int) -> list[str] | None:
    """The fields of /proc/<pid>/stat after the name, which may itself hold blanks and brackets: state, parent, …"""
    try:
        text = (_PROC / str(pid) / "stat").read_text("utf-8", "replace")
    except OSError:
        return None
    return text.rpartition(")")[2].split()


def _boot() -> str:
    try:
        return (_PROC / "sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
