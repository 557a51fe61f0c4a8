from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

from ngorder_tui.store import schema
from ngorder_tui.store.database import Database
from ngorder_tui.store.drafts import Drafts
from ngorder_tui.store.journal import Journal

ROUNDS = int(os.environ.get("NGORDER_TUI_KILL_ROUNDS", "6"))
"""Processes killed one after the other on the same file; the long run: NGORDER_TUI_KILL_ROUNDS=500."""


async def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path, here: Path) -> None:
    path = tmp_path / "state" / "state.sqlite"
    chance = random.Random(3)
    drafts_told: dict[str, int] = {}
    begun: set[int] = set()
    done: set[int] = set()
    for life in range(ROUNDS):
        for line in lines_until_killed(path, here, str(life), chance.randrange(1, 120)):
            word, number = line.split()
            if word == "draft":
                drafts_told[str(life)] = int(number)
            else:
                (begun if word == "begun" else done).add(int(number))

        database = await Database.open(path, schema.STATE, synchronous="FULL")
        assert database.notice is None
        drafts, journal = Drafts(database), Journal(database)
        for draft_id, told in drafts_told.items():
            draft = await drafts.get("scan", draft_id)
            assert draft is not None
            written = int(draft.focus)
            assert told <= written <= told + 1
            assert draft.content == {"scanned": list(range(written + 1))}
        await journal.recover()
        states = {intent.n: intent.state for intent in await journal.history(1_000_000)}
        assert begun <= states.keys()
        assert {states[n] for n in done} <= {"done"}
        assert set(states.values()) <= {"done", "unknown"}
        await database.close()
    assert len(drafts_told) == ROUNDS
    print(f"{ROUNDS} kills: 0 of {sum(drafts_told.values()) + ROUNDS + len(begun)} acknowledged writes lost")


def lines_until_killed(path: Path, here: Path, life: str, after: int) -> list[str]:
    """What the process told before it was killed, whole lines only."""
    scribe = subprocess.Popen(
        [sys.executable, "-m", "tests.store.scribe", str(path), life], cwd=here, stdout=subprocess.PIPE, text=True
    )
    assert scribe.stdout is not None
    with scribe, scribe.stdout:
        told = [scribe.stdout.readline() for _ in range(after)]
        scribe.kill()
        told += scribe.stdout.readlines()
    return [line for line in told if line.endswith("\n")]
