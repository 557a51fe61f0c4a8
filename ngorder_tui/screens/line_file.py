"""Lines (code, quantity) from a file on this machine: the file is asked for, read in a thread, and parsed."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ngorder_tui import formats
from ngorder_tui.dialogs.ask import Ask
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.widgets.counted_lines import Counted, Unread, read_lines

if TYPE_CHECKING:
    from ngorder_tui.screens.base import NgorderScreen

LONGEST_FILE = 2_000_000
"""Bytes of a file of lines: more is no list of SKUs."""


async def ask_for_lines(screen: NgorderScreen[Any]) -> list[Counted | Unread]:
    """The lines of a file that the user names; none where they name none, or where it cannot be read."""
    words = _("A CSV file, a line each: SKU, quantity. (XLSX is not read yet: save it as CSV.)")
    typed = await screen.app.push_screen_wait(Ask(_("Read lines from a file"), words, check=complaint))
    if typed is None:
        return []
    try:
        lines = await asyncio.to_thread(lines_of, typed)
    except OSError as error:
        screen.say(_("The file cannot be read: {why}").format(why=error.strerror or error), bad=True)
        return []
    screen.say(ngettext("{n} line read.", "{n} lines read.", len(lines)).format(n=formats.number(len(lines))))
    return lines


def complaint(text: str) -> str:
    """Why a file cannot be read, as a sentence; empty if it can."""
    path = Path(text).expanduser()
    if path.suffix.casefold() in {".xlsx", ".xls", ".ods"}:
        return _("Only CSV can be read yet: save the sheet as CSV.")
    try:
        if not path.is_file():
            return _("There is no such file.")
        if path.stat().st_size > LONGEST_FILE:
            return _("That file is too big for a list of SKUs.")
    except (OSError, ValueError):
        return _("There is no such file.")
    return ""


def lines_of(text: str) -> list[Counted | Unread]:
    """The lines of this file: UTF-8, or what old spreadsheets write. Raises OSError."""
    content = Path(text).expanduser().read_bytes()
    try:
        return read_lines(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return read_lines(content.decode("cp1252", errors="replace"))
