"""Retry is arithmetic: it keeps to its deadline and never repeats what may have happened."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ngorder_tui.api.errors import (
    AnswerUnknown,
    ApiError,
    Forbidden,
    Garbled,
    Invalid,
    Missing,
    NotAllowedHere,
    Refused,
    ServerFault,
    Throttled,
    Unauthorized,
    Unreachable,
)
from ngorder_tui.api.retry import Patience, next_wait

waits = st.floats(0.0, 1e7, allow_nan=False)
errors = st.one_of(
    st.sampled_from([
        Unreachable("x"), ServerFault("x"), Garbled("x"), AnswerUnknown("x"), Refused("x"), Missing("x"),
        Unauthorized("x"), Forbidden("x"), Invalid("x"), NotAllowedHere("x"), Throttled("x"),
    ]),
    st.builds(Throttled, st.just("x"), waits),
)  # fmt: skip
patiences = st.builds(Patience, total=waits, base=st.floats(0.01, 10), cap=st.floats(0.01, 60))
attempts = st.integers(1, 10**6)


@given(errors, st.booleans(), attempts, waits, patiences, st.integers())
def test_no_wait_passes_the_deadline(
    error: ApiError, is_write: bool, attempt: int, elapsed: float, patience: Patience, seed: int
) -> None:
    wait = next_wait(error, is_write=is_write, attempt=attempt, elapsed=elapsed, patience=patience, random=Random(seed))
    if wait is not None:
        assert wait >= 0.0
        assert elapsed + wait < patience.total


@given(errors, st.booleans(), attempts, waits, patiences, st.integers())
def test_only_what_was_not_done_is_repeated(
    error: ApiError, is_write: bool, attempt: int, elapsed: float, patience: Patience, seed: int
) -> None:
    wait = next_wait(error, is_write=is_write, attempt=attempt, elapsed=elapsed, patience=patience, random=Random(seed))
    if wait is not None:
        assert isinstance(error, Unreachable | Throttled if is_write else Unreachable | Throttled | ServerFault)
        assert not isinstance(error, AnswerUnknown)
        assert attempt < 3 or not isinstance(error, Garbled)


@given(st.sampled_from([Unreachable("x"), ServerFault("x")]), attempts, patiences, st.integers())
def test_the_jitter_is_full_and_bounded(error: ApiError, attempt: int, patience: Patience, seed: int) -> None:
    wait = next_wait(error, is_write=False, attempt=attempt, elapsed=0.0, patience=patience, random=Random(seed))
    if wait is not None:
        assert wait <= patience.cap
        assert wait <= patience.base * 2 ** min(attempt, 40)


@given(waits, st.integers(1, 40), st.integers())
def test_a_server_that_asks_to_wait_is_given_at_least_that(asked: float, attempt: int, seed: int) -> None:
    patience = Patience(total=1e9)
    wait = next_wait(
        Throttled("x", asked), is_write=True, attempt=attempt, elapsed=0.0, patience=patience, random=Random(seed)
    )
    assert wait is not None
    assert asked <= wait <= max(asked, patience.cap)


@pytest.mark.parametrize("is_write", [False, True])
def test_waits_spread_over_the_whole_span(is_write: bool) -> None:
    random = Random(7)
    drawn = [
        next_wait(Unreachable("x"), is_write=is_write, attempt=4, elapsed=0.0, patience=Patience(), random=random)
        for _ in range(400)
    ]
    known = [wait for wait in drawn if wait is not None]
    assert len(known) == 400
    assert min(known) < 0.4
    assert max(known) > 3.6
