"""What the program costs its user, beside a bare Textual app, in one run: `python -m tests.benchmarks [rounds]`.

Ratios can be compared between machines; the times themselves cannot. The first run of the demo invents its shop and is
not counted: all counted starts paint the list that was last shown.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.terminal import Terminal

SIZE = (120, 36)
MOVES = 20
DEMO = (sys.executable, "-m", "ngorder_tui", "demo")
BARE = (sys.executable, "-m", "tests.benchmarks.bare")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one start and some cursor moves cost: seconds and bytes."""

    start: float
    first_screen: int
    move_seconds: float
    move_bytes: float


def measure(command: Sequence[str], environ: Mapping[str, str], pattern: str) -> Cost:
    """Start a program, wait for its first useful screen, move the cursor."""
    with Terminal(command, environ, SIZE) as terminal:
        start = terminal.until(pattern)
        terminal.quiet(0.8)
        first = len(terminal.output)
        seconds: list[float] = []
        for _ in range(MOVES):
            before, sent = len(terminal.output), time.perf_counter()
            terminal.send("down")
            while len(terminal.output) == before:
                terminal.read(0.5)
            last = time.perf_counter()
            while terminal.read(0.06):
                last = time.perf_counter()
            seconds.append(last - sent)
        moved = len(terminal.output) - first
    return Cost(start, first, statistics.median(seconds), moved / MOVES)


def median(costs: Sequence[Cost], name: str) -> float:
    """The median of one figure over the rounds."""
    return statistics.median(float(getattr(cost, name)) for cost in costs)


def main(rounds: int) -> None:
    """Measure both programs in turn and print each figure, its yardstick and the ratio."""
    with tempfile.TemporaryDirectory() as home:
        environ = {
            **os.environ,
            "HOME": home,
            **{f"XDG_{name}_HOME": home for name in ("STATE", "CACHE", "CONFIG", "DATA")},
        }
        lists = r"PO +Date"
        measure(DEMO, environ, lists)
        programs = {"standard": DEMO, "light": (*DEMO, "--lite"), "bare": BARE}
        costs: dict[str, list[Cost]] = {name: [] for name in programs}
        for _ in range(rounds):
            for name, command in programs.items():
                costs[name].append(measure(command, environ, lists))
    print(f"{'':<28}{'standard':>10}{'light':>10}{'bare':>10}{'standard/bare':>16}{'light/bare':>12}")
    figures = (
        ("start, first screen (ms)", "start", 1000.0),
        ("first screen (bytes)", "first_screen", 1.0),
        ("cursor move (ms)", "move_seconds", 1000.0),
        ("cursor move (bytes)", "move_bytes", 1.0),
    )
    for title, name, factor in figures:
        standard, light, bare = (median(costs[program], name) * factor for program in programs)
        print(f"{title:<28}{standard:>10.1f}{light:>10.1f}{bare:>10.1f}{standard / bare:>16.2f}{light / bare:>12.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
