"""Drafts: what a form says is given back whole, to whatever was typed; secrets never are."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ngorder_tui.api.models import Query
from ngorder_tui.widgets.model_form import ModelForm
from tests.widgets.form_samples import Move, Parcel, Sale, Showing, feed, screen_text

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Mn", "Me"]), max_size=12
)
said = words.map(str.strip).filter(bool)


def record(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


lines = st.lists(
    record(sku=words, qty=st.integers(-5, 10**6).map(str), gift=st.sampled_from(["True", "False"])), max_size=3
)
sales = record(
    customer_id=st.one_of(words, st.integers(0, 99).map("#{} Orang Contoh".format)),
    note=words,
    lines=lines,
    payment=st.fixed_dictionaries(
        {
            "present": st.booleans(),
            "fields": record(status=st.sampled_from(["PAID", "UNPAID"]), amount=words, date=words),
        }
    ),
    is_print=st.sampled_from(["True", "False"]),
    interval=words,
)
shelves = record(warehouse_id=words, pieces=words, kept=lines)
moves = record(shelves=st.lists(shelves, max_size=2), place=shelves, day=words)


def through_json(content: object) -> dict[str, object]:
    back = json.loads(json.dumps(content))
    assert isinstance(back, dict)
    return back


@pytest.mark.parametrize(("model", "drafts"), [(Sale, sales), (Move, moves)])
def test_what_is_given_back_is_what_was_kept(model: type[Query], drafts: st.SearchStrategy[dict[str, Any]]) -> None:
    @settings(max_examples=60, deadline=None)
    @given(drafts, drafts, st.sampled_from(["", "note", "lines.0.sku"]))
    def round_trip(filled: dict[str, Any], fields: dict[str, Any], focus: str) -> None:
        form = ModelForm(model)
        form.restore({"filled": filled, "fields": fields, "focus": focus})
        content = form.content()
        again = ModelForm(model)
        again.restore(through_json(content))
        assert again.content() == content
        assert [line.text for line in again.lines()] == [line.text for line in form.lines()]
        assert again.touched == form.touched

    round_trip()


sale_values = st.fixed_dictionaries(
    {
        "customer_id": st.integers(0, 10**6),
        "lines": st.lists(
            st.fixed_dictionaries({"sku": said, "qty": st.integers(1, 10**6)}, optional={"gift": st.booleans()}),
            min_size=1,
            max_size=3,
        ),
    },
    optional={
        "note": said,
        "payment": st.fixed_dictionaries(
            {"status": st.sampled_from(["PAID", "INSTALLMENT", "UNPAID"])},
            optional={"amount": st.integers(0, 10**12), "date": st.dates().map(str)},
        ),
        "is_print": st.booleans(),
        "interval": st.integers(0, 100),
    },
)


async def test_a_draft_of_any_query_builds_that_query() -> None:
    @settings(max_examples=60, deadline=None)
    @given(sale_values)
    def builds(values: dict[str, Any]) -> None:
        query = Sale.model_validate(values)
        filled = ModelForm(Sale)
        filled.fill(query.model_dump(mode="json", exclude_unset=True, by_alias=True))
        form = ModelForm(Sale)
        form.restore({"fields": filled.content()["filled"]})
        assert form.build() == query

    builds()


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"fields": None, "filled": 5, "kept": [], "focus": {}},
        {"fields": {"gone": "x", "note": 5, "lines": {"sku": "x"}, "payment": "yes", "is_print": "perhaps"}},
        {"fields": {"lines": ["x", None, {"gone": "y"}], "payment": {"present": "yes", "fields": []}}},
    ],
)
def test_a_draft_of_another_version_breaks_nothing(content: dict[str, object]) -> None:
    form = ModelForm(Sale)
    form.restore(content)
    assert "x" not in [line.text for line in form.lines()]
    assert through_json(form.content())


async def test_a_draft_comes_back_on_screen_with_its_cursor() -> None:
    form = ModelForm(Sale)
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        form.focus_first()
        await feed(pilot, "#41\tcatatan\t A\t2\t\t\t \t\t5.000")
        await pilot.pause()
        content = form.content()
    again = ModelForm(Sale)
    again.restore(through_json(content))
    async with Showing(again).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert again.content() == content
        shown = screen_text(pilot.app)
        assert "catatan" in shown
        assert "5.000" in shown
        assert again.input(str(content["focus"])).is_here
        await feed(pilot, "0")
        assert again.input(str(content["focus"])).text == "5.0000"


async def test_a_draft_can_be_taken_back_while_the_form_is_on_screen() -> None:
    form = ModelForm(Sale)
    async with Showing(form).run_test(size=(80, 24)) as pilot:
        form.focus_first()
        await feed(pilot, "\tlama\t A\t1\x0eB\t2")
        await pilot.pause()
        form.restore(
            {
                "fields": {
                    "note": "baru",
                    "lines": [{"sku": "C"}],
                    "payment": {"present": True, "fields": {"amount": "7"}},
                },
                "focus": "lines.0.sku",
            }
        )
        await pilot.pause()
        await pilot.pause()
        shown = screen_text(pilot.app)
        assert "baru" in shown
        assert "lama" not in shown
        assert "Lines 1" in shown
        assert "Lines 2" not in shown
        assert form.input("payment.amount").text == "7"
        await feed(pilot, "D")
        assert form.input("lines.0.sku").text == "CD"


def test_secrets_are_in_no_draft() -> None:
    form = ModelForm(Parcel)
    form.fill({"name": "Contoh", "pin": "rahasia"})
    assert "rahasia" not in json.dumps(form.content())
    form.restore({"fields": {"pin": "rahasia"}})
    assert form.input("pin").text == ""
