"""Each looker, through the real client, at the real sandbox: what was done is found, what was not is not."""

from __future__ import annotations

import pytest

from ngorder_tui.api.endpoint import every
from ngorder_tui.reconcile.lookers import look_for, why_none
from tests.reconcile.intents import CHANGES, CREATES
from tests.reconcile.till import Till

BOTH = CREATES | CHANGES
NOT_IN_THE_SANDBOX = {"stock_opname.create", "expense.create", "expense.update"}


@pytest.mark.parametrize("id", BOTH)
async def test_a_write_that_was_done_has_landed(till: Till, id: str) -> None:
    number = await till.write(id, BOTH[id](till.db), "after")
    evidence = await till.look(number)
    assert evidence.verdict == "landed", evidence
    assert till.waits == []


@pytest.mark.parametrize("id", BOTH)
async def test_a_write_that_never_arrived_is_not_seen_at_the_second_look_either(till: Till, id: str) -> None:
    number = await till.write(id, BOTH[id](till.db), "before")
    evidence = await till.look(number)
    assert evidence.verdict == "not seen", evidence
    assert till.waits == [30.0]


@pytest.mark.parametrize("id", CREATES)
async def test_twins_are_ambiguous_and_both_are_shown(till: Till, id: str) -> None:
    arguments = CREATES[id](till.db)
    first = await till.write(id, arguments, "after")
    second = await till.write(id, arguments, "after")
    for number, other in ((first, second), (second, first)):
        evidence = await till.look(number)
        assert evidence.verdict == "ambiguous", evidence
        assert sum(f"Number {other}" in line for line in evidence.lines) == 1
    told = await till.look(first)
    assert any(line.startswith("2 may be its effect") for line in told.lines)
    if id != "product.update_stock":
        assert len(told.found) == 2


@pytest.mark.parametrize("id", sorted(set(CREATES) - {"order.update_payment", "product.update_stock"}))
async def test_what_another_write_is_known_to_have_made_is_not_its_effect(till: Till, id: str) -> None:
    """The answer to the first names what it made."""
    arguments = CREATES[id](till.db)
    first = await till.write(id, arguments, "nothing")
    second = await till.write(id, arguments, "before")
    evidence = await till.look(second)
    assert evidence.verdict == "not seen", evidence
    assert any(f"the answer to number {first}" in line for line in evidence.lines)

    third = await till.write(id, arguments, "after")
    evidence = await till.look(third)
    assert (evidence.verdict, len(evidence.found)) == ("ambiguous", 1), evidence
    await till.session.decide(second, "drop")
    assert (await till.look(third)).verdict == "landed"


@pytest.mark.parametrize("id", ["order.update_payment", "product.update_stock"])
async def test_where_answers_name_no_effect_an_equal_write_makes_it_ambiguous(till: Till, id: str) -> None:
    arguments = CREATES[id](till.db)
    await till.write(id, arguments, "nothing")
    second = await till.write(id, arguments, "before")
    assert (await till.look(second)).verdict == "ambiguous"


def test_every_looker_is_tried_here() -> None:
    with_looker = {endpoint.id for endpoint in every() if look_for(endpoint.id) is not None}
    assert with_looker == set(BOTH) | NOT_IN_THE_SANDBOX


def test_only_writes_are_looked_for_and_the_rest_say_why_not() -> None:
    for endpoint in every():
        if look_for(endpoint.id) is None:
            assert why_none(endpoint.id).endswith(".")
        else:
            assert endpoint.is_write
