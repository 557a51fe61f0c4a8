"""Files that go out and come in: read within the upload limit, named for what they are, never written over another."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from email.message import Message
from pathlib import Path
from typing import BinaryIO

from ngorder_tui.api.errors import Invalid
from ngorder_tui.api.text import clean
from ngorder_tui.clock import now

UPLOAD_LIMIT = 2 * 1024 * 1024
"""Bytes: the greatest file that the reference lets us send."""


def read_uploads(files: Mapping[str, Path]) -> dict[str, tuple[str, bytes]]:
    """The files to send. Raises Invalid, by field, for one that is not there or too big: nothing was sent."""
    ready: dict[str, tuple[str, bytes]] = {}
    for name, path in files.items():
        try:
            size = path.stat().st_size
            if size > UPLOAD_LIMIT:
                why = f"The file {path.name} has {size / 1048576:.1f} MB; 2 MB is the most that can be sent."
                raise Invalid(why, {name: (why,)})
            ready[name] = (path.name, path.read_bytes())
        except OSError as error:
            why = f"The file {path} cannot be read: {error.strerror}."
            raise Invalid(why, {name: (why,)}) from None
    return ready


def open_part(target: Path) -> tuple[BinaryIO, Path]:
    """A new file beside the target, for what comes in, and its name; the folder is made. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(".part", f".{target.name[:100]}.", target.parent)
    return os.fdopen(handle, "wb"), Path(name)


def settle_part(part: Path, wanted: Path, *, rename: bool) -> Path:
    """Give the finished file its name and tell it: no file is ever written over.

    Where the name is taken: "name (2).ext" and so on if it may be renamed, else FileExistsError.
    """
    path, number = wanted, 2
    while True:
        try:
            path.open("xb").close()
            break
        except FileExistsError:
            if not rename:
                raise
            path = wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}")
            number += 1
    part.replace(path)
    return path


def file_name(endpoint_id: str, disposition: str, content_type: str) -> str:
    """A name for a file that comes in: the server's where it gives a safe one, else what it is and when it came."""
    header = Message()
    header["Content-Disposition"] = disposition
    given = Path(clean(header.get_filename() or "").replace("\\", "/")).name
    safe = re.sub(r"[^\w.() -]", "_", given).strip(". ")
    if safe:
        return safe[:120]
    suffix = {"text/csv": ".csv", "application/pdf": ".pdf"}.get(content_type.partition(";")[0].strip(), "")
    suffix = suffix or (".xlsx" if "spreadsheet" in content_type or "excel" in content_type else ".bin")
    return f"{endpoint_id.replace('.', '-').replace('_', '-')}-{now():%Y%m%d-%H%M%S}{suffix}"
