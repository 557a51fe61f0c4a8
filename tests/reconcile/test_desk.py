"""From a number of the journal to its evidence, and a person's word on it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ngorder_tui.api.chapters import supplier
from ngorder_tui.api.endpoint import find
from ngorder_tui.api.errors import Invalid, NotAllowedHere
from ngorder_tui.reconcile.desk import _QuestionsOnly, looks, reconcile
from ngorder_tui.session import Session
from ngorder_tui.store.journal import IllegalStep, NoSuchWrite
from tests.desk import session_at
from tests.line import Line
from tests.reconcile.intents import CREATES
from tests.reconcile.till import Till

CREATE = "/supplier/create"


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
async def session(shop_db: sqlite3.Connection, tmp_path: Path, line: Line) -> AsyncIterator[Session]:
    async with session_at(shop_db, tmp_path, wrap=line) as session:
        yield session


async def _unknown(
    session: Session, line: Line, db: sqlite3.Connection, id: str = "supplier.create", **given: Any
) -> int:
    session.consent(id)
    call = find(id).parse(given or CREATES[id](db))
    path = call.parts().path
    line.meets(path, httpx.ReadTimeout)
    receipt = await session.write(call, id)
    line.clears(path)
    assert receipt.state == "unknown"
    return receipt.number


async def test_what_a_slow_server_does_meanwhile_is_seen_at_the_second_look(till: Till) -> None:
    arguments = CREATES["supplier.create"](till.db)
    number = await till.write("supplier.create", arguments, "before")
    waits: list[float] = []

    async def meanwhile(seconds: float) -> None:
        waits.append(seconds)
        till.db.execute(
            "INSERT INTO supplier (name, district_id, address, phone, description) VALUES (?, ?, ?, ?, ?)",
            tuple(arguments.values()),
        )
        till.db.commit()

    evidence = await reconcile(till.session, number, ask_again_after=12.0, sleep=meanwhile)
    assert (evidence.verdict, waits) == ("landed", [12.0])


async def test_both_looks_can_be_had_one_by_one(till: Till) -> None:
    async def no_wait(_seconds: float) -> None:
        return

    unseen = await till.write("supplier.create", CREATES["supplier.create"](till.db), "before")
    landed = await till.write("order_cost.create", CREATES["order_cost.create"](till.db), "after")
    assert [one.verdict async for one in looks(till.session, unseen, sleep=no_wait)] == ["not seen", "not seen"]
    assert [one.verdict async for one in looks(till.session, landed, sleep=no_wait)] == ["landed"]
    assert (await till.session.evidence(landed)).verdict == "landed"


@pytest.mark.parametrize(
    ("id", "given", "word"),
    [
        ("woowa_order.send_message", {"order_id": 1, "message_type": "REMINDER"}, "WhatsApp"),
        (
            "payment.withdraw",
            {"xendit_bank_id": 1, "nominal": 50000, "holder_name": "Uji", "account_number": "000111"},
            "account",
        ),
        ("notification.mark_read", {}, "shows nothing"),
    ],
)
async def test_what_leaves_no_trace_is_left_to_a_person(
    session: Session, line: Line, shop_db: sqlite3.Connection, id: str, given: dict[str, Any], word: str
) -> None:
    number = await session.store.journal.begin(id, given, id)
    await session.store.journal.settle(number, "unknown")
    evidence = await reconcile(session, number)
    assert evidence.verdict == "cannot tell"
    assert word in evidence.lines[0]
    assert evidence.lines[1] == "A person decides."
    assert line.asked == []


async def test_while_the_line_is_down_nothing_can_be_told(
    session: Session, line: Line, shop_db: sqlite3.Connection
) -> None:
    number = await _unknown(session, line, shop_db)
    line.is_down = True
    evidence = await reconcile(session, number)
    assert evidence.verdict == "cannot tell"
    assert evidence.lines[0].startswith("It could not be looked for: ")


async def test_an_intent_of_another_version_cannot_be_read(session: Session) -> None:
    number = await session.store.journal.begin("order.create", {"receiver": "Budi"}, "pesanan")
    await session.store.journal.settle(number, "unknown")
    evidence = await reconcile(session, number)
    assert (evidence.verdict, "another version" in evidence.lines[0]) == ("cannot tell", True)
    with pytest.raises(Invalid):
        await session.send_again(number)


async def test_only_unknown_writes_are_looked_for(session: Session, line: Line, shop_db: sqlite3.Connection) -> None:
    begun = [await session.store.journal.begin("supplier.create", {}, "", state="queued") for _ in range(4)]
    await session.store.journal.settle(begun[0], "dropped")
    for number in begun[1:]:
        await session.store.journal.settle(number, "sending")
    await session.store.journal.settle(begun[1], "done")
    await session.store.journal.settle(begun[2], "refused")
    begun.append(await session.store.journal.begin("supplier.create", {}, "", state="draft"))
    words = ("was dropped", "is done", "was refused", "is being sent", "has not been sent")
    for number, word in zip(begun, words, strict=True):
        evidence = await reconcile(session, number)
        assert (evidence.verdict, word in evidence.lines[0]) == ("cannot tell", True)
    assert line.asked == []
    with pytest.raises(NoSuchWrite):
        await reconcile(session, 999)


async def test_no_looker_could_send_a_write(session: Session, line: Line, shop_db: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="no question"):
        await _QuestionsOnly(session)(supplier.CREATE.parse(CREATES["supplier.create"](shop_db)))
    assert line.asked == []


async def test_a_person_settles_it(session: Session, line: Line, shop_db: sqlite3.Connection) -> None:
    first = await _unknown(session, line, shop_db)
    second = await _unknown(session, line, shop_db)
    assert session.unsettled == 2
    await session.decide(first, "as-done")
    await session.decide(second, "drop")
    states = [(one.state, bool(one.note)) for one in await session.store.journal.history(2)]
    assert (states, session.unsettled) == ([("dropped", True), ("done", True)], 0)
    with pytest.raises(IllegalStep):
        await session.decide(first, "drop")
    assert len(line.to(CREATE)) == 2


async def test_it_is_sent_again_as_it_was_noted(session: Session, line: Line, shop_db: sqlite3.Connection) -> None:
    number = await _unknown(session, line, shop_db)
    receipt = await session.send_again(number)
    assert (receipt.state, receipt.number, session.unsettled) == ("done", number, 0)
    first, second = line.to(CREATE)
    assert first.body == second.body
    with pytest.raises(IllegalStep):
        await session.send_again(number)


async def test_sent_again_on_a_dead_line_it_is_as_unknown_as_before(
    session: Session, line: Line, shop_db: sqlite3.Connection
) -> None:
    number = await _unknown(session, line, shop_db)
    line.is_down = True
    receipt = await session.send_again(number)
    assert (receipt.state, session.unsettled) == ("unsent", 1)
    assert (await session.store.journal.get(number)).state == "unknown"


async def test_a_secret_is_not_in_the_journal_and_so_cannot_be_sent_again(
    session: Session, line: Line, shop_db: sqlite3.Connection
) -> None:
    number = await _unknown(session, line, shop_db, "bank.create")
    with pytest.raises(Invalid, match="secret"):
        await session.send_again(number)
    assert (len(line.to("/bank/create")), session.unsettled) == (1, 1)


async def test_a_read_only_session_sends_nothing_again_and_forgets_nothing(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with session_at(shop_db, tmp_path, wrap=line) as writer:
        number = await _unknown(writer, line, shop_db)
    async with session_at(shop_db, tmp_path, wrap=line, read_only=True) as reader:
        with pytest.raises(NotAllowedHere):
            await reader.send_again(number)
        assert (await reader.store.journal.get(number)).state == "unknown"


def test_the_room_is_light_until_something_is_looked_for() -> None:
    code = (
        "import sys; import ngorder_tui.reconcile.desk, ngorder_tui.reconcile.again\n"
        "print([name for name in ('pydantic', 'httpx', 'textual', 'sqlite3') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_no_looker_reaches_the_network_the_disk_or_the_screen_by_itself() -> None:
    room = Path(sys.modules["ngorder_tui.reconcile.desk"].__file__ or "").parent
    for path in room.glob("*.py"):
        imports = [
            line.strip() for line in path.read_text().splitlines() if line.strip().startswith(("import", "from"))
        ]
        assert not [line for line in imports if any(name in line for name in ("httpx", "sqlite3", "textual"))], path
