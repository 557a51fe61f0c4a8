"""What goes to stdout and stderr: clean of control characters, in whatever the terminal can encode, and quietly."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from typing import TextIO

from ngorder_tui.api.text import clean, drop_controls
from ngorder_tui.i18n import _

LONGEST_SENTENCE = 400
"""Characters of a sentence on stderr: the server's may be a page of HTML."""


def result(text: str) -> None:
    """A line of the result."""
    _write(sys.stdout, drop_controls(text) + "\n")


class CannotWrite(Exception):
    """Stdout takes no more: what was done is done, only its result cannot be told."""


class Stdout:
    """Stdout as a file that takes text and cleans it."""

    def write(self, text: str, /) -> None:
        """Take the text. Raises BrokenPipeError, CannotWrite."""
        _write(sys.stdout, drop_controls(text))


def result_json(value: object, *, pretty: bool = False) -> None:
    """A JSON value as a line of the result; on a terminal, if `pretty`, laid out for reading."""
    result(as_line(value, indent=2 if pretty and is_terminal(sys.stdout) else None))


def as_line(value: object, *, indent: int | None = None) -> str:
    """A JSON value as text with its letters as they are, escaped only where stdout cannot encode them."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent)
    return text


def say(*lines: str) -> None:
    """Sentences for the user on stderr, each on a line of its own."""
    for line in lines:
        _write(sys.stderr, shortened(line) + "\n")


def say_indented(line: str) -> None:
    """A sentence that belongs to the one before."""
    _write(sys.stderr, f"  {shortened(line)}\n")


def shortened(text: str) -> str:
    """The text on one line, clean and not endless."""
    text = " ".join(clean(text).split())
    return text if len(text) <= LONGEST_SENTENCE else text[: LONGEST_SENTENCE - 1] + "…"


def flush() -> None:
    """Send on what was written. Raises BrokenPipeError, CannotWrite."""
    if sys.stdout is not None:
        with _told():
            sys.stdout.flush()


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person looks at the stream."""
    return stream is not None and stream.isatty()


def ask(question: str) -> str:
    """What a person at the terminal answers, in small letters; empty where nobody does."""
    _write(sys.stderr, clean(question) + " ")
    if sys.stderr is not None:
        sys.stderr.flush()
    return sys.stdin.readline().strip().lower()


def counting(done: int, whole: int | None) -> None:
    """How far a long work is, over and over on one line of stderr; nothing where stderr is no terminal."""
    if not is_terminal(sys.stderr):
        return
    if whole:
        width = 30
        filled = min(width, done * width // whole)
        text = f"[{'#' * filled}{'.' * (width - filled)}] {done:,} / {whole:,}"
    else:
        text = _("{count} so far").format(count=f"{done:,}")
    _write(sys.stderr, f"\r{text}\x1b[K")
    sys.stderr.flush()


def counted() -> None:
    """End the line of `counting`."""
    if is_terminal(sys.stderr):
        _write(sys.stderr, "\r\x1b[K")
        sys.stderr.flush()


def hush() -> None:
    """Nobody reads stdout any more: what is still in its buffer is dropped, so that nothing complains at exit."""
    sink = os.open(os.devnull, os.O_WRONLY)
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(sink, sys.stdout.fileno())
    os.close(sink)


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:
        return
    with _told() if stream is sys.stdout else contextlib.suppress(OSError):
        try:
            stream.write(text)
        except UnicodeEncodeError:
            encoding = stream.encoding or "ascii"
            stream.write(text.encode(encoding, "backslashreplace").decode(encoding))


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CannotWrite(error.strerror or str(error)) from error
