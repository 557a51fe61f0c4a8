"""The verdict on what was found: by when it was made, by what is different, and by who else asked for it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest

from ngorder_tui.reconcile.effects import ALLOWANCE, Effect, Search, Span, Window, judge
from ngorder_tui.store.journal import Intent, State
from tests.conftest import NOON

SECOND = timedelta(seconds=1)


def intent(n: int = 1, state: State = "unknown", *, begun: datetime = NOON, made: object = None) -> Intent:
    answer = None if made is None else json.dumps({"response": "Success", "data": {"id": made}}).encode()
    return Intent(n, "stock_transfer.create", {}, "pindah", state, "", answer, begun, begun + SECOND)


def effect(when: date | None = NOON, *differs: str, id: str = "70") -> Effect:
    return Effect(id, f"#{id}", Span.at(when), differs)


def search(*, whole: bool = True, untimed: bool = False, same: bool = True) -> Search:
    return Search("Looked.", whole=whole, answer_key="id", same=lambda _other: same, untimed=untimed)


def test_one_effect_in_time_has_landed() -> None:
    evidence = judge(intent(), [effect()], [], search())
    assert (evidence.verdict, evidence.found) == ("landed", ("70",))
    assert evidence.lines == ("Looked.", "It is there: #70")


def test_nothing_is_not_seen() -> None:
    evidence = judge(intent(), [], [], search())
    assert (evidence.verdict, evidence.found) == ("not seen", ())


@pytest.mark.parametrize(
    ("when", "verdict"),
    [
        (NOON - ALLOWANCE - SECOND, "not seen"),
        (NOON - ALLOWANCE, "landed"),
        (NOON + SECOND + ALLOWANCE, "landed"),
        (NOON + 2 * SECOND + ALLOWANCE, "ambiguous"),
        (NOON.date(), "ambiguous"),
        (NOON.date() - timedelta(days=1), "not seen"),
        (NOON.date() + timedelta(days=1), "ambiguous"),
        (None, "ambiguous"),
    ],
)
def test_when_it_was_made_tells(when: date | None, verdict: str) -> None:
    assert judge(intent(), [effect(when)], [], search()).verdict == verdict


def test_what_was_there_before_is_shown_all_the_same() -> None:
    """This machine's clock may be wrong by more than the allowance: the person sees it."""
    evidence = judge(intent(), [effect(NOON - timedelta(hours=2))], [], search())
    assert evidence.lines[-1] == "Alike, but by the server's clock it was there before: #70"


def test_twins_are_both_shown() -> None:
    evidence = judge(intent(), [effect(), effect(id="71")], [], search())
    assert (evidence.verdict, evidence.found) == ("ambiguous", ("70", "71"))
    assert evidence.lines[1:] == ("2 may be its effect; at most one is:", "#70", "#71")


def test_what_is_different_is_not_taken_for_it_and_named() -> None:
    evidence = judge(intent(), [effect(NOON, "total", "note")], [], search())
    assert (evidence.verdict, evidence.found) == ("ambiguous", ("70",))
    assert evidence.lines[1:] == ("1 may be its effect:", "#70 (different: total, note)")
    assert judge(intent(), [effect(NOON, "total"), effect(id="71")], [], search()).found == ("71",)


def test_a_list_not_read_to_its_end_shows_neither_presence_nor_absence() -> None:
    for effects, verdict in (([], "cannot tell"), ([effect()], "ambiguous")):
        evidence = judge(intent(), effects, [], search(whole=False))
        assert evidence.verdict == verdict
        assert evidence.lines[-1] == "Not all that is there could be read."


def test_a_list_without_times_is_believed_where_that_was_said() -> None:
    evidence = judge(intent(), [effect(None)], [], search(untimed=True))
    assert evidence.verdict == "landed"
    assert "since when" in evidence.lines[-1]


def test_the_answer_to_another_write_explains_its_effect() -> None:
    others = [intent(2, "done", made=70)]
    evidence = judge(intent(), [effect()], others, search())
    assert (evidence.verdict, evidence.found) == ("not seen", ())
    assert evidence.lines[-1] == "#70: it is the answer to number 2."
    assert judge(intent(), [effect(), effect(id="71")], others, search()).found == ("71",)
    assert judge(intent(), [effect(), effect(id="71")], others, search()).verdict == "landed"


@pytest.mark.parametrize("state", ["unknown", "sending", "done"])
def test_an_equal_write_about_then_makes_it_ambiguous(state: State) -> None:
    evidence = judge(intent(), [effect()], [intent(2, state)], search())
    assert (evidence.verdict, evidence.found) == ("ambiguous", ("70",))
    assert evidence.lines[-1] == "Number 2 of the journal asked for the same: this may be its effect."


@pytest.mark.parametrize("begun", [NOON - timedelta(minutes=20), NOON + timedelta(minutes=20)])
def test_an_equal_write_at_another_time_does_not(begun: datetime) -> None:
    assert judge(intent(), [effect()], [intent(2, begun=begun)], search()).verdict == "landed"


def test_a_write_that_would_look_otherwise_does_not() -> None:
    assert judge(intent(), [effect()], [intent(2)], search(same=False)).verdict == "landed"


def test_an_answer_that_names_nothing_explains_nothing() -> None:
    other = Intent(2, "stock_transfer.create", {}, "", "done", "", b"[]", NOON, NOON)
    assert judge(intent(), [effect()], [other], search()).verdict == "ambiguous"


def test_the_days_looked_at_begin_before_the_write_and_end_now() -> None:
    midnight = NOON.replace(hour=0, minute=2)
    assert Window.of(intent(begun=midnight)).days() == (NOON.date() - timedelta(days=1), NOON.date())
    old = Window.of(intent(begun=NOON - timedelta(days=9))).days()
    assert old == (NOON.date() - timedelta(days=9), NOON.date() - timedelta(days=8))
