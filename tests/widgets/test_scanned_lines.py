"""Scanned lines: whatever the order in which answers come, nothing is lost, doubled or moved."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ngorder_tui.widgets.scanned_lines import ScanLedger

THINGS = {"A1": "1", "a1": "1", "B2": "2", "C3": "3", "c3": "3", "D4": "4"}
"""What the shop knows: two of its things answer to two spellings."""
codes = st.sampled_from([*THINGS, "X", "Y"])
scans = st.lists(st.tuples(codes, st.integers(1, 20)), max_size=30)


def answer(ledger: ScanLedger[str], code: str) -> None:
    if code in THINGS:
        ledger.resolve(code, THINGS[code], f"thing {THINGS[code]}")
    else:
        ledger.unknown(code, "not known")


def said(ledger: ScanLedger[str]) -> list[tuple[str, int, str]]:
    every = (*ledger.lines(), *ledger.unknown_lines())
    return [(line.key, line.quantity, line.state) for line in every]


def test_scans_count_before_anything_is_known() -> None:
    ledger: ScanLedger[str] = ScanLedger()
    ledger.scan("A1")
    ledger.scan("B2", 12)
    line = ledger.scan("A1", 2)
    assert (line.quantity, line.state) == (3, "pending")
    assert said(ledger) == [("A1", 3, "pending"), ("B2", 12, "pending")]
    assert ledger.to_look_up() == ("A1", "B2")
    assert ledger.pieces == 15


@given(scans, st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_nothing(given_scans: list[tuple[str, int]], chance: Random) -> None:
    at_the_end: ScanLedger[str] = ScanLedger()
    for code, quantity in given_scans:
        at_the_end.scan(code, quantity)
    for code in {code for code, _ in given_scans}:
        answer(at_the_end, code)

    between: ScanLedger[str] = ScanLedger()
    waiting: list[str] = []
    for code, quantity in given_scans:
        between.scan(code, quantity)
        waiting.append(code)
        chance.shuffle(waiting)
        if len(waiting) > 2:
            answer(between, waiting.pop())
    for code in waiting:
        answer(between, code)

    assert said(between) == said(at_the_end)
    assert not between.to_look_up()
    assert sum(quantity for _key, quantity, _state in said(between)) == sum(quantity for _code, quantity in given_scans)


@given(scans)
def test_lines_stand_in_the_order_of_their_first_scan(given_scans: list[tuple[str, int]]) -> None:
    ledger: ScanLedger[str] = ScanLedger()
    for code, quantity in given_scans:
        ledger.scan(code, quantity)
        answer(ledger, code)
    firsts = list(dict.fromkeys(THINGS[code] for code, _ in given_scans if code in THINGS))
    assert [line.item_key for line in ledger.lines()] == firsts
    for line in ledger.lines():
        wanted = sum(quantity for code, quantity in given_scans if THINGS.get(code) == line.item_key)
        assert line.quantity == wanted


steps = st.lists(
    st.one_of(
        st.tuples(st.just("scan"), codes, st.integers(1, 9)),
        st.tuples(st.just("add"), codes, st.integers(-9, 9)),
        st.tuples(st.just("set"), codes, st.integers(-1, 30)),
        st.tuples(st.just("remove"), codes, st.just(0)),
    ),
    max_size=25,
)


@given(steps, st.randoms(use_true_random=False))
def test_undo_goes_back_through_every_change(changes: list[tuple[str, str, int]], chance: Random) -> None:
    ledger: ScanLedger[str] = ScanLedger()
    for code in (*THINGS, "X", "Y"):
        if chance.random() < 0.5:
            answer(ledger, code)
    states = []
    for what, code, number in changes:
        before = said(ledger)
        changed = True
        match what:
            case "scan":
                ledger.scan(code, number)
            case "add":
                changed = ledger.add(code, number)
            case "set":
                changed = ledger.set_quantity(code, number)
            case _:
                changed = ledger.remove(code)
        if changed:
            states.append(before)
        else:
            assert said(ledger) == before
        assert all(line.quantity >= 1 for line in (*ledger.lines(), *ledger.unknown_lines()))
    for before in reversed(states):
        assert ledger.undo()
        assert said(ledger) == before
    assert ledger.undo() == ()


def test_undo_takes_back_a_scan_though_its_line_has_become_another() -> None:
    ledger: ScanLedger[str] = ScanLedger()
    ledger.scan("a1", 2)
    ledger.scan("B2")
    ledger.scan("A1", 5)
    answer(ledger, "A1")
    answer(ledger, "a1")
    assert said(ledger) == [("a1", 7, "known"), ("B2", 1, "pending")]
    assert ledger.undo() == ("A1",)
    assert said(ledger) == [("a1", 2, "known"), ("B2", 1, "pending")]


def test_fewer_pieces_of_a_line_with_two_codes() -> None:
    ledger: ScanLedger[str] = ScanLedger()
    ledger.scan("a1", 2)
    ledger.scan("A1", 5)
    for code in ("a1", "A1"):
        answer(ledger, code)
    assert ledger.set_quantity("a1", 1)
    assert said(ledger) == [("a1", 1, "known")]
    assert ledger.set_quantity("a1", 10)
    assert said(ledger) == [("a1", 10, "known")]
    ledger.undo()
    ledger.undo()
    assert said(ledger) == [("a1", 7, "known")]


def test_minus_leaves_one_piece_and_a_line_that_is_not_there_is_not_changed() -> None:
    ledger: ScanLedger[str] = ScanLedger()
    ledger.scan("A1", 3)
    assert ledger.add("A1", -100)
    assert said(ledger) == [("A1", 1, "pending")]
    assert not ledger.add("A1", -1)
    assert not ledger.add("B2", 1)
    assert not ledger.remove("B2")
    assert not ledger.set_quantity("A1", 0)


def test_a_code_that_was_removed_comes_back_last() -> None:
    ledger: ScanLedger[str] = ScanLedger()
    for code in ("A1", "B2"):
        ledger.scan(code)
    ledger.remove("A1")
    ledger.scan("A1")
    assert [line.key for line in ledger.lines()] == ["B2", "A1"]


def test_a_failed_lookup_waits_and_says_why_until_it_succeeds() -> None:
    ledger: ScanLedger[str] = ScanLedger()
    ledger.scan("A1")
    ledger.failed("A1", "the line is down")
    assert [(line.state, line.why) for line in ledger.lines()] == [("pending", "the line is down")]
    assert ledger.to_look_up() == ("A1",)
    answer(ledger, "A1")
    assert [(line.state, line.why) for line in ledger.lines()] == [("known", "")]


def test_unknown_codes_stand_apart_and_count_for_nothing() -> None:
    ledger: ScanLedger[str] = ScanLedger()
    ledger.scan("X", 4)
    ledger.scan("A1")
    answer(ledger, "X")
    assert [line.key for line in ledger.lines()] == ["A1"]
    assert [(line.key, line.quantity, line.why) for line in ledger.unknown_lines()] == [("X", 4, "not known")]
    assert ledger.pieces == 1


def test_answers_that_hold_no_more_are_looked_up_again() -> None:
    ledger: ScanLedger[str] = ScanLedger()
    for code in ("A1", "X"):
        ledger.scan(code)
        answer(ledger, code)
    ledger.forget_answers()
    assert ledger.to_look_up() == ("A1", "X")
    assert not ledger.unknown_lines()


def test_a_newer_answer_about_a_thing_is_shown_whatever_code_it_came_by() -> None:
    ledger: ScanLedger[str] = ScanLedger()
    ledger.scan("a1")
    ledger.resolve("a1", "1", "old")
    ledger.scan("A1")
    ledger.resolve("A1", "1", "new")
    assert [line.item for line in ledger.lines()] == ["new"]


def read_item(value: object) -> str | None:
    return value if isinstance(value, str) else None


@given(scans, st.sets(codes))
def test_a_draft_brings_back_lines_and_answers(given_scans: list[tuple[str, int]], answered: set[str]) -> None:
    ledger: ScanLedger[str] = ScanLedger()
    for code, quantity in given_scans:
        ledger.scan(code, quantity)
    for code in answered:
        answer(ledger, code)
    content = json.loads(json.dumps(ledger.content(str)))
    back: ScanLedger[str] = ScanLedger()
    back.scan("Z")
    back.restore(content, read_item)
    assert (back.lines(), back.unknown_lines()) == (ledger.lines(), ledger.unknown_lines())
    assert not back.can_undo


@pytest.mark.parametrize(
    "content",
    [
        None,
        {},
        "A1",
        [None, 1, {}],
        [{"code": 1, "quantity": 1}, {"code": "", "quantity": 1}],
        [{"code": "A1"}, {"code": "A1", "quantity": 0}, {"code": "A1", "quantity": "2"}],
    ],
)
def test_a_draft_that_cannot_be_read_is_empty(content: object) -> None:
    ledger: ScanLedger[str] = ScanLedger()
    ledger.restore(content, read_item)
    assert not ledger.lines()
    assert not ledger.unknown_lines()


def test_an_item_of_a_draft_that_cannot_be_read_is_looked_up_again() -> None:
    ledger: ScanLedger[str] = ScanLedger()
    ledger.restore([{"code": "A1", "quantity": 2, "key": "1", "item": {"odd": 1}}], read_item)
    assert ledger.to_look_up() == ("A1",)


def test_no_pieces_cannot_be_scanned() -> None:
    ledger: ScanLedger[str] = ScanLedger()
    with pytest.raises(ValueError, match="0 pieces"):
        ledger.scan("A1", 0)
    assert not ledger.lines()


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 25))
def test_pieces_that_are_done_with_leave_their_line_for_good(first: int, second: int, sent: int) -> None:
    ledger: ScanLedger[str] = ScanLedger()
    ledger.scan("a1", first)
    ledger.scan("A1", second)
    for code in ("a1", "A1"):
        answer(ledger, code)
    ledger.take_off("a1", sent)
    left = max(0, first + second - sent)
    assert sum(line.quantity for line in ledger.lines()) == left
    assert len(ledger.lines()) == (1 if left else 0)
    assert not ledger.can_undo
