"""name=value, nested: what people type becomes what the API takes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ngorder_tui.api.errors import Invalid
from ngorder_tui.cli.arguments import read_arguments


@pytest.mark.parametrize(
    ("pairs", "tree"),
    [
        (["a=1", "b=x=y"], {"a": "1", "b": "x=y"}),
        (["a="], {"a": ""}),
        (["a[0]=x", "a[1]=y"], {"a": ["x", "y"]}),
        (["a[]=x", "a[]=y"], {"a": ["x", "y"]}),
        (["a[1]=y", "a[0]=x"], {"a": ["x", "y"]}),
        (["a[b]=1", "a.c=2"], {"a": {"b": "1", "c": "2"}}),
        (["a[0][b][0][c]=1"], {"a": [{"b": [{"c": "1"}]}]}),
        (["a.0.b=1", "a[1].b=2"], {"a": [{"b": "1"}, {"b": "2"}]}),
        (["maximum amount=5"], {"maximum amount": "5"}),
        ([f"a[{number}]=x" for number in range(12)], {"a": ["x"] * 12}),
    ],
)
def test_pairs(pairs: list[str], tree: Any) -> None:
    assert read_arguments(pairs) == tree


@pytest.mark.parametrize(
    "pairs",
    [["a"], ["=x"], ["a[0=x"], ["a]=x"], ["[0]=x"], [".a=x"], ["a..b=x"], ["a=1", "a=2"], ["a=1", "a[0]=2"],
     ["a[0]=1", "a=2"], ["a[1]=x"], ["a[0]=x", "a[2]=x"], ["a[0][0]x=1"]],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(pairs: list[str]) -> None:
    with pytest.raises(Invalid) as caught:
        read_arguments(pairs)
    assert str(caught.value)


@given(st.lists(st.text(max_size=30), max_size=5))
def test_whatever_is_typed_is_read_or_refused(pairs: list[str]) -> None:
    try:
        read_arguments(pairs)
    except Invalid as error:
        assert str(error) != ""  # noqa: PT017
