from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Coroutine
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar, get_args

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from ngorder_tui import clock
from ngorder_tui.store import process, schema
from ngorder_tui.store.database import Database
from ngorder_tui.store.journal import Beginning, IllegalStep, Journal, NoSuchWrite, State

from .conftest import OpenState

T = TypeVar("T")
NOON = datetime(2025, 3, 4, 12, 0, 0, tzinfo=clock.JAKARTA)
STATES: tuple[State, ...] = get_args(State)
FINISHED = {"done", "refused", "dropped"}
LEGAL = {
    ("draft", "queued"), ("draft", "sending"), ("draft", "dropped"),
    ("queued", "sending"), ("queued", "dropped"),
    ("sending", "done"), ("sending", "refused"), ("sending", "unknown"), ("sending", "dropped"), ("sending", "queued"),
    ("unknown", "done"), ("unknown", "refused"), ("unknown", "dropped"), ("unknown", "queued"),
}  # fmt: skip
"""Written out here a second time: the table of the journal must not be its own judge."""


async def test_an_intent_is_on_disk_when_begin_returns(open_state: OpenState) -> None:
    clock.stop_at(NOON)
    try:
        n = await Journal(await open_state()).begin("order.create", {"lines": [{"id": 0}]}, "Order for Bu Contoh")
    finally:
        clock.stop_at(None)
    intent = await Journal(await open_state()).get(n)
    assert (intent.n, intent.endpoint_id, intent.arguments) == (n, "order.create", {"lines": [{"id": 0}]})
    assert (intent.title, intent.state, intent.note, intent.answer) == ("Order for Bu Contoh", "sending", "", None)
    assert intent.begun_at == intent.changed_at == NOON


async def test_settling_keeps_the_note_and_the_answer(state: Database) -> None:
    journal = Journal(state)
    n = await journal.begin("order.create", {}, "Order")
    settled = await journal.settle(n, "unknown", "The line dropped.", b"<html>")
    assert (settled.state, settled.note, settled.answer) == ("unknown", "The line dropped.", b"<html>")
    settled = await journal.settle(n, "done", "It is order 17.")
    assert settled == await journal.get(n)
    assert (settled.state, settled.note, settled.answer) == ("done", "It is order 17.", b"<html>")


async def test_a_number_that_is_not_there_is_told(state: Database) -> None:
    journal = Journal(state)
    with pytest.raises(NoSuchWrite):
        await journal.get(0)
    with pytest.raises(NoSuchWrite):
        await journal.settle(7, "done")


async def test_two_that_take_the_same_held_write_do_not_both_send_it(open_state: OpenState) -> None:
    one, two = Journal(await open_state()), Journal(await open_state())
    n = await one.begin("order.create", {}, "Order", state="queued")
    outcomes = await asyncio.gather(one.settle(n, "sending"), two.settle(n, "sending"), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["IllegalStep", "Intent"]


async def test_lists_and_counts(state: Database) -> None:
    journal = Journal(state)
    numbers = [await journal.begin("order.create", {}, f"Order {n}") for n in range(5)]
    await journal.settle(numbers[0], "unknown")
    await journal.settle(numbers[1], "done")
    await journal.settle(numbers[2], "queued")
    await journal.settle(numbers[3], "refused", "No stock.")
    assert [intent.n for intent in await journal.open_writes()] == [numbers[0], numbers[2], numbers[4]]
    assert [intent.n for intent in await journal.unknown()] == [numbers[0]]
    assert [intent.n for intent in await journal.history(3)] == numbers[:1:-1]
    assert await journal.count_open() == 3


async def test_forgetting_takes_only_what_is_finished_and_old(state: Database) -> None:
    journal = Journal(state)
    kept = []
    try:
        clock.stop_at(NOON - timedelta(days=1))
        for end in ("done", "refused", "dropped"):
            await journal.settle(await journal.begin("order.create", {}, "old"), end)
        for begin in ("draft", "queued", "sending"):
            kept.append(await journal.begin("order.create", {}, "old, open", state=begin))
        kept.append(await journal.begin("order.create", {}, "old, unknown"))
        await journal.settle(kept[-1], "unknown")
        kept.append(await journal.begin("order.create", {}, "begun long ago, done now"))
        clock.stop_at(NOON)
        await journal.settle(kept[-1], "done")
    finally:
        clock.stop_at(None)
    assert await journal.forget(NOON - timedelta(hours=1)) == 3
    assert [intent.n for intent in reversed(await journal.history(100))] == kept
    assert await journal.begin("order.create", {}, "new") > kept[-1]


async def test_numbers_are_never_given_twice(state: Database) -> None:
    journal = Journal(state)
    n = await journal.begin("order.create", {}, "one")
    await journal.settle(n, "done")
    assert await journal.forget(clock.now() + timedelta(days=1)) == 1
    assert await journal.begin("order.create", {}, "two") == n + 1


async def test_what_could_be_lost_with_the_power_is_no_journal(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "state.sqlite", schema.STATE)
    with pytest.raises(ValueError, match="FULL"):
        Journal(database)
    await database.close()


async def test_a_write_of_a_closed_journal_of_this_process_is_unknown(open_state: OpenState) -> None:
    first = await open_state()
    n = await Journal(first).begin("order.create", {}, "Order")
    await first.close()
    (found,) = await Journal(await open_state()).recover()
    assert (found.n, found.state) == (n, "unknown")
    assert found.note


async def test_a_write_of_an_open_journal_is_left_to_it(open_state: OpenState) -> None:
    first, second = Journal(await open_state()), Journal(await open_state())
    n = await first.begin("order.create", {}, "Order")
    assert await second.recover() == ()
    assert await first.recover() == ()
    assert (await first.settle(n, "done")).state == "done"


SENDER = """
import asyncio, sys
from pathlib import Path
from ngorder_tui.store import schema
from ngorder_tui.store.database import Database
from ngorder_tui.store.journal import Journal

async def main():
    database = await Database.open(Path(sys.argv[1]), schema.STATE, synchronous="FULL")
    journal = Journal(database)
    await journal.begin("order.create", {}, "held", state="queued")
    print(await journal.begin("order.create", {}, "sent"), flush=True)
    sys.stdin.readline()

asyncio.run(main())
"""


async def test_only_what_a_dead_process_was_sending_becomes_unknown(state: Database, here: Path) -> None:
    journal = Journal(state)
    sender = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SENDER, str(state.path), cwd=here, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert sender.stdout is not None
    n = int(await sender.stdout.readline())
    assert await journal.recover() == ()
    assert [intent.state for intent in await journal.open_writes()] == ["queued", "sending"]
    sender.kill()
    await sender.communicate()
    assert [(intent.n, intent.state) for intent in await journal.recover()] == [(n, "unknown")]
    assert [intent.state for intent in await journal.open_writes()] == ["queued", "unknown"]
    assert await journal.recover() == ()


def test_a_process_that_is_dead_and_not_yet_buried_is_dead(here: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin is not None
    assert child.stdout is not None
    start = process.start_of(child.pid)
    assert process.lives(child.pid, start)
    child.kill()
    assert child.stdout.read() == b""
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert not process.lives(child.pid, start)
    child.wait()
    child.stdin.close()
    child.stdout.close()
    assert not process.lives(child.pid, start)
    assert not process.lives(child.pid, "")


def test_another_process_with_the_same_number_is_not_the_same_process() -> None:
    start = process.start_of(os.getpid())
    assert process.lives(os.getpid(), start)
    assert not process.lives(os.getpid(), "1" + start)
    assert process.lives(os.getpid(), "")
    assert process.lives(1, process.start_of(1))


class JournalMachine(RuleBasedStateMachine):
    """Every write goes only where it may, through every kind of end of the process; nothing gets lost."""

    writes: Bundle[int] = Bundle("writes")

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.directory = TemporaryDirectory()
        self.model: dict[int, State] = {}
        self.open()

    def wait(self, work: Coroutine[object, object, T]) -> T:
        return self.loop.run_until_complete(work)

    def open(self) -> None:
        path = Path(self.directory.name) / "state.sqlite"
        self.database = self.wait(Database.open(path, schema.STATE, synchronous="FULL"))
        self.journal = Journal(self.database)

    def teardown(self) -> None:
        self.wait(self.database.close())
        self.loop.close()
        self.directory.cleanup()

    @rule(target=writes, state=st.sampled_from(get_args(Beginning)), title=st.text(max_size=5))
    def begin(self, state: Beginning, title: str) -> int:
        n = self.wait(self.journal.begin("order.create", {"title": title}, title, state=state))
        assert n not in self.model
        self.model[n] = state
        return n

    @rule(n=writes, state=st.sampled_from(STATES), note=st.text(max_size=5), answer=st.none() | st.binary(max_size=5))
    def settle(self, n: int, state: State, note: str, answer: bytes | None) -> None:
        if n not in self.model:
            with pytest.raises(NoSuchWrite):
                self.wait(self.journal.settle(n, state, note, answer))
            return
        was = self.wait(self.journal.get(n))
        if (self.model[n], state) in LEGAL:
            now = self.wait(self.journal.settle(n, state, note, answer))
            assert (now.state, now.answer) == (state, was.answer if answer is None else answer)
            assert now.begun_at == was.begun_at <= now.changed_at
            self.model[n] = state
            return
        with pytest.raises(IllegalStep) as refusal:
            self.wait(self.journal.settle(n, state, note, answer))
        assert (refusal.value.n, refusal.value.was, refusal.value.wanted) == (n, self.model[n], state)
        assert self.wait(self.journal.get(n)) == was

    @rule()
    def start_anew(self) -> None:
        self.wait(self.database.close())
        self.open()
        orphans = {n for n, state in self.model.items() if state == "sending"}
        assert {intent.n for intent in self.wait(self.journal.recover())} == orphans
        self.model.update(dict.fromkeys(orphans, "unknown"))

    @rule()
    def recover_in_the_middle(self) -> None:
        assert self.wait(self.journal.recover()) == ()

    @rule()
    def forget(self) -> None:
        finished = [n for n, state in self.model.items() if state in FINISHED]
        assert self.wait(self.journal.forget(clock.now() + timedelta(seconds=1))) == len(finished)
        for n in finished:
            del self.model[n]

    @invariant()
    def everything_is_where_it_should_be(self) -> None:
        history = self.wait(self.journal.history(1000))
        assert {intent.n: intent.state for intent in history} == self.model
        still_open = [n for n, state in sorted(self.model.items()) if state not in FINISHED]
        assert [intent.n for intent in self.wait(self.journal.open_writes())] == still_open
        assert self.wait(self.journal.count_open()) == len(still_open)


JournalMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestJournalSteps = JournalMachine.TestCase
