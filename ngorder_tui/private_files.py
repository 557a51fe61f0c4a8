"""Files that only their owner can read."""

from __future__ import annotations

import os
from pathlib import Path

from ngorder_tui.config import BadSettings
from ngorder_tui.i18n import _


def make_private(folder: Path) -> None:
    """Make this folder, and close it to everyone else. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o077:
        folder.chmod(0o700)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read: the old one or the whole new one is there at any moment."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(handle)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_private(path: Path) -> str | None:
    """The text of a secret file, None where there is none.

    Raises BadSettings for one that cannot be read, or that is open to others, itself or by its folder.
    """
    try:
        for place, closed in ((path, "600"), (path.parent, "700")):
            if place.stat().st_mode & 0o077:
                raise BadSettings(
                    _("{path} is open to other users, and it holds a secret. Close it: chmod {mode} '{path}'").format(
                        path=place, mode=closed
                    )
                )
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeError) as error:
        why = error.strerror if isinstance(error, OSError) else _("it is not text")
        raise BadSettings(_("The file {path} cannot be read: {why}.").format(path=path, why=why)) from None
