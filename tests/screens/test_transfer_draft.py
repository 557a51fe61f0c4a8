"""A stock transfer while it is counted: parts of a hundred, verdicts, and what a draft keeps of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ngorder_tui.screens.transfer_draft import MOST_VARIATIONS, Goods, Part, TransferDraft, read_goods
from ngorder_tui.screens.transfer_lookup import Turns
from ngorder_tui.widgets.counted_lines import Unread


def goods(number: int, stock: int | None = 10) -> Goods:
    return Goods(number, f"S{number}", f"Kaos {number}", "merah", stock)


def counted(draft: TransferDraft, number: int, quantity: int = 1, stock: int | None = 10) -> None:
    draft.ledger.scan(f"S{number}", quantity)
    draft.ledger.resolve(f"S{number}", str(number), goods(number, stock))


quantities = st.lists(st.integers(1, 50), max_size=320)


@given(quantities)
def test_parts_hold_every_line_once_in_order_and_never_too_many(counts: list[int]) -> None:
    draft = TransferDraft()
    for number, quantity in enumerate(counts):
        counted(draft, number, quantity)
    parts = draft.split()
    assert all(1 <= len(part.lines) <= MOST_VARIATIONS for part in parts)
    assert all(len(part.lines) == MOST_VARIATIONS for part in parts[:-1])
    assert [row for part in parts for row in part.arguments()] == [
        {"variation_id": number, "transfer_stock": quantity} for number, quantity in enumerate(counts)
    ]
    assert [part.name for part in parts] == [f"{at} of {len(parts)}" for at in range(1, len(parts) + 1)]


def test_only_what_is_known_is_sent() -> None:
    draft = TransferDraft()
    draft.ledger.scan("WAITS")
    draft.ledger.scan("NONE")
    draft.ledger.unknown("NONE", "unknown")
    counted(draft, 0, 2)
    (part,) = draft.split()
    assert part.arguments() == [{"variation_id": 0, "transfer_stock": 2}]
    assert part.size() == "1 variant, 2 pieces"


@pytest.mark.parametrize(
    ("quantity", "stock", "look", "text"),
    [
        (1, 10, "", "✓ ok 1 of 10"),
        (10, 10, "", "✓ ok 10 of 10"),
        (11, 10, "bad", "✗ short 11 of 10"),
        (1200, 0, "bad", "✗ short 1.200 of 0"),
        (3, None, "", "✓ 3, stock not told"),
    ],
)
def test_verdicts_by_symbol_word_and_running_count(quantity: int, stock: int | None, look: str, text: str) -> None:
    draft = TransferDraft()
    counted(draft, 1, quantity, stock)
    (line,) = draft.known()
    verdict = draft.verdict(line)
    assert (verdict.look, verdict.text) == (look, text)
    assert bool(draft.short()) == (look == "bad")


def test_a_line_that_waits_says_why() -> None:
    draft = TransferDraft()
    draft.ledger.scan("A")
    assert draft.verdict(draft.ledger.lines()[0]).symbol == "…"
    draft.ledger.failed("A", "no line")
    assert draft.verdict(draft.ledger.lines()[0]).text == "! no line"


def test_reasons_land_on_their_lines_until_these_change() -> None:
    draft = TransferDraft()
    for number in (7, 8, 9):
        counted(draft, number, 2)
    (part,) = draft.split()
    others = draft.refuse(
        part,
        {
            "stock_adjustment.1.transfer_stock": ("Only one is left.", "Count again."),
            "stock_adjustment[2].variation_id": ("Gone.",),
            "stock_adjustment.7.transfer_stock": ("No such line.",),
            "stock_adjustment": ("Too many.",),
            "destination_warehouse_id": ("Not in use.",),
        },
    )
    words = [draft.verdict(line).words for line in draft.known()]
    assert words == ["ok 2 of 10", "Only one is left. Count again.", "Gone."]
    assert set(others) == {"stock_adjustment.7.transfer_stock", "stock_adjustment", "destination_warehouse_id"}
    draft.ledger.add("S8", 1)
    assert draft.verdict(draft.known()[1]).words == "ok 3 of 10"


def test_a_part_that_is_done_leaves_what_was_scanned_meanwhile() -> None:
    draft = TransferDraft()
    counted(draft, 1, 2)
    counted(draft, 2, 1)
    (part,) = draft.split()
    draft.ledger.scan("S1", 3)
    draft.ledger.scan("S3")
    draft.settle(part)
    assert [(line.key, line.quantity) for line in draft.ledger.lines()] == [("S1", 3), ("S3", 1)]
    assert draft.ledger.undo() == ()


def test_a_part_that_was_not_done_comes_back() -> None:
    draft = TransferDraft()
    counted(draft, 1, 2)
    (part,) = draft.split()
    draft.settle(part)
    unknown = Part(part.name, part.lines, "unknown", "no. 4")
    draft.parts.append(unknown)
    assert not draft.is_blank
    draft.put_back(unknown)
    assert [(line.key, line.quantity, line.state) for line in draft.ledger.lines()] == [("S1", 2, "known")]
    assert not draft.parts


def test_while_a_part_is_sent_the_draft_on_disk_does_not_offer_it_again() -> None:
    draft = TransferDraft()
    counted(draft, 1, 2)
    counted(draft, 2, 4)
    draft.ledger.scan("s1", 3)
    draft.ledger.resolve("s1", "1", goods(1))
    (part,) = draft.split()
    draft.ledger.scan("S2")
    back = TransferDraft()
    back.restore(json.loads(json.dumps(draft.content(part))))
    assert [(line.key, line.quantity) for line in back.ledger.lines()] == [("S2", 1)]
    (unknown,) = back.parts
    assert unknown.state == "unknown"
    assert unknown.lines == part.lines
    assert "program ended" in unknown.note


def test_what_is_listed_apart_can_be_taken_out() -> None:
    draft = TransferDraft(unread=[Unread("0*A", "zero"), Unread("9*", "no code")])
    draft.ledger.scan("NONE", 3)
    draft.ledger.unknown("NONE", "unknown")
    keys = [key for key, _what, _count, _why in draft.apart()]
    assert [(what, count) for _key, what, count, _why in draft.apart()] == [("NONE", 3), ("0*A", 0), ("9*", 0)]
    assert draft.remove_apart(keys[1])
    assert draft.remove_apart(keys[0])
    assert [what for _key, what, _count, _why in draft.apart()] == ["9*"]
    assert not draft.remove_apart("line:7")
    assert not draft.remove_apart("")


lines = st.dictionaries(st.integers(0, 40), st.tuples(st.integers(1, 99), st.none() | st.integers(0, 99)), max_size=20)
words = st.text(max_size=8)


@given(lines, st.lists(st.tuples(words, words), max_size=3), st.booleans())
def test_a_draft_comes_back_as_it_was(
    given_lines: dict[int, tuple[int, int | None]], unread: list[tuple[str, str]], is_one_unknown: bool
) -> None:
    draft = TransferDraft(unread=[Unread(*each) for each in unread])
    for number, (quantity, stock) in given_lines.items():
        counted(draft, number, quantity, stock)
    if is_one_unknown and given_lines:
        (part, *_others) = draft.split()
        draft.parts.append(Part(part.name, part.lines, "unknown", "no. 1"))
    back = TransferDraft()
    back.restore(json.loads(json.dumps(draft.content())))
    assert back.ledger.lines() == draft.ledger.lines()
    assert (back.unread, back.parts) == (draft.unread, draft.parts)


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"lines": 1, "unread": {}, "parts": "x"},
        {"unread": [["a"], [1, 2], None], "parts": [None, {}, {"name": "1 of 1", "lines": []}]},
        {"parts": [{"name": "1 of 1", "lines": [{"code": "A", "quantity": 0, "item": {}}]}]},
        {"parts": [{"name": 1, "lines": [{"code": "A", "quantity": 1, "item": {"variation_id": 1, "stock": 2}}]}]},
    ],
)
def test_a_draft_that_cannot_be_read_is_blank(content: dict[str, object]) -> None:
    draft = TransferDraft()
    draft.restore(content)
    assert draft.is_blank


@pytest.mark.parametrize("value", [None, 1, {}, {"variation_id": "1", "stock": 2}, {"variation_id": 1, "stock": "2"}])
def test_goods_that_cannot_be_read_are_none(value: object) -> None:
    assert read_goods(value) is None


def test_turns_ask_in_order_and_not_too_many_at_once() -> None:
    turns = Turns(2)
    waiting = ["A", "B", "C", "D"]
    assert turns.begin(waiting) == ["A", "B"]
    assert turns.begin(waiting) == []
    turns.end("B")
    assert turns.begin(["A", "C", "D"]) == ["C"]


def test_a_failed_code_is_not_asked_for_again_before_the_line_is_back_or_somebody_wants_it() -> None:
    turns = Turns(2)
    turns.begin(["A", "B"])
    turns.end("A", failed=True)
    assert turns.begin(["A"]) == []
    turns.end("B")
    assert turns.begin(["A"]) == ["A"], "an answer came: the line is back"
    turns.end("A", failed=True)
    turns.want(["A"])
    assert turns.begin(["A"]) == ["A"]


def test_what_is_known_can_be_asked_for_again_after_what_waits() -> None:
    turns = Turns(2)
    turns.want(["A", "B"])
    assert turns.begin(["C"]) == ["C", "A"]
    turns.end("C")
    assert turns.begin([]) == ["B"]
    turns.end("A")
    assert turns.begin([]) == []
