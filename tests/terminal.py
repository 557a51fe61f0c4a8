"""A real terminal without a screen: runs a program in a pseudo-terminal, draws its output, counts its bytes."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

import pyte

KEYS = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "end": "\x1b[F",
    "f10": "\x1b[21~",
}


class Terminal:
    """A program in a terminal of `size` columns and rows. Times in seconds, sizes in bytes."""

    def __init__(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        size: tuple[int, int] = (80, 24),
        cwd: str | None = None,
    ) -> None:
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.output = bytearray()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            if cwd is not None:
                os.chdir(cwd)
            os.execvpe(command[0], list(command), {**environ, "TERM": "xterm-256color", "COLUMNS": "", "LINES": ""})
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.started = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the program, whatever it does."""
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self._master)

    def read(self, seconds: float) -> int:
        """Take in what comes within so many seconds, at least one look; how many bytes came."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return 0
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return 0
        self.output += data
        self._stream.feed(_passed_over.sub(b"", data))
        return len(data)

    def text(self) -> str:
        """What is on screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, pattern: str, seconds: float = 30.0) -> float:
        """Wait until the pattern is on screen; seconds since the program's start. Fails with the screen."""
        end = time.monotonic() + seconds
        while not re.search(pattern, self.text()):
            assert time.monotonic() < end, f"{pattern!r} is not on screen:\n{self.text()}"
            self.read(0.1)
        return time.monotonic() - self.started

    def quiet(self, seconds: float = 0.3) -> int:
        """Take in output until so many seconds bring none; the bytes that came."""
        total = 0
        while count := self.read(seconds):
            total += count
        return total

    def send(self, *keys: str) -> None:
        """Press keys: names of KEYS, or text that is typed as it is."""
        os.write(self._master, "".join(KEYS.get(key, key) for key in keys).encode())

    def ended(self, seconds: float = 10.0) -> int:
        """Wait for the program to end by itself; its exit status."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"it still runs:\n{self.text()}")


_passed_over = re.compile(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;$]*p")
"""Private sequences that pyte prints instead of passing over."""
