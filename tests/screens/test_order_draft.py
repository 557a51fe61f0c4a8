"""A new order on disk: everything comes back as it was, and what is odd in a file costs nothing else."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ngorder_tui.api.chapters.order_details import OrderDetail
from ngorder_tui.clock import JAKARTA
from ngorder_tui.screens.order_draft import KIND, OrderDraft, Sent, copy_of, draft_title
from ngorder_tui.screens.order_items import Item, Promo, line_arguments, read_item, write_item
from ngorder_tui.screens.order_people import Person, read_person
from ngorder_tui.store.drafts import Draft
from tests.conftest import NOON

words = st.text(max_size=12)
numbers = st.integers(0, 10**9)
promos = st.builds(Promo, numbers, words, numbers)
items = st.builds(
    Item,
    variation_id=numbers,
    sku=words,
    name=words,
    kind=words,
    product_id=st.none() | numbers,
    origin=st.sampled_from(["S", "R", "PO"]),
    weight=numbers,
    prices=st.dictionaries(st.sampled_from(["N", "Y", "1", "2", "3"]), numbers),
    stock=st.dictionaries(st.integers(0, 99), numbers),
    total=st.none() | numbers,
    has_wholesale=st.booleans(),
    promos=st.lists(promos, max_size=2).map(tuple),
    details=st.lists(st.dictionaries(words, numbers | words, max_size=3), max_size=2).map(tuple),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
moments = st.integers(0, 10**8).map(lambda seconds: NOON - timedelta(seconds=seconds))
sent = st.builds(Sent, st.sampled_from(["sending", "unknown"]), moments, numbers)


@given(items)
def test_an_item_comes_back_as_it_was(item: Item) -> None:
    assert read_item(json.loads(json.dumps(write_item(item)))) == item


@given(json_values)
def test_what_is_no_item_is_none_or_a_whole_one(value: object) -> None:
    item = read_item(value)
    assert item is None or read_item(json.loads(json.dumps(write_item(item)))) == item


@given(st.builds(Person, words, words, words, st.none() | words, words, words, words, words, st.none() | numbers))
def test_a_person_comes_back(person: Person) -> None:
    from dataclasses import asdict

    assert read_person(json.loads(json.dumps(asdict(person)))) == person


@given(st.dictionaries(words.filter(lambda name: name != "sent"), json_values, max_size=4), st.none() | sent)
def test_a_draft_comes_back(form: dict[str, object], was_sent: Sent | None) -> None:
    draft = OrderDraft(form, was_sent)
    assert OrderDraft.read(json.loads(json.dumps(draft.write()))) == draft


@given(json_values)
def test_an_odd_mark_of_sending_is_no_mark(value: object) -> None:
    read = OrderDraft.read({"fields": {}, "sent": value}).sent
    assert read is None or (read.state in {"sending", "unknown"} and read.at.tzinfo is not None)


def test_a_mark_says_what_it_means_for_the_data() -> None:
    assert "no. 7 of the journal, answer unknown" in Sent("unknown", NOON, 7).sentence()
    assert "it may have been made" in Sent("sending", NOON).sentence()


def test_a_parked_draft_is_told_from_others() -> None:
    form = {"fields": {"customer_receiver_id": "#7 Rara Contoh", "products": {"scans": [{"code": "A", "quantity": 1}]}}}
    at = datetime(2026, 11, 24, 11, 0, tzinfo=JAKARTA)
    content = OrderDraft(form, Sent("unknown", at, 3)).write()
    draft = Draft(KIND, "one", json.loads(json.dumps(content)), "scan", at)
    assert draft_title(draft) == "Rara Contoh · 1 line · 1 h · sent, answer unknown"
    assert draft_title(Draft(KIND, "two", {}, "", at)) == "no receiver · 0 lines · 1 h"


def test_a_line_is_sent_with_the_orders_warehouse_unless_it_has_its_own() -> None:
    own, other = Item(7, "A", "A"), Item(8, "B", "B", origin="R")
    assert line_arguments(own, 2, {}, 0) == {"id": 7, "qty": 2, "product_status": "S", "warehouse_id": 0}
    assert line_arguments(own, 2, {"warehouse_id": 4, "type": "NOMINAL", "nominal": 500}, 0) == {
        "id": 7, "qty": 2, "product_status": "S", "warehouse_id": 4, "type": "NOMINAL", "nominal": 500,
    }  # fmt: skip
    assert line_arguments(own, 2, {}, None) == {"id": 7, "qty": 2, "product_status": "S"}
    assert "warehouse_id" not in line_arguments(other, 1, {"warehouse_id": 4}, 0)


def test_stock_and_price_of_an_item() -> None:
    item = Item(7, "A-1", "A", prices={"N": 100, "Y": 80}, stock={0: 0, 4: 9}, total=9)
    assert (item.stock_in(0), item.stock_in(4), item.stock_in(5), item.stock_in(None)) == (0, 9, 0, 9)
    assert Item(7, "A", "A", total=3).stock_in(0) == 3
    assert Item(7, "A", "A", origin="PO", total=3).stock_in(0) is None
    assert (item.price_for("Y"), item.price_for("3"), item.price_for("D")) == (80, 100, None)
    assert item.is_called(" a-1 ")


def test_a_copy_keeps_people_goods_and_costs_but_no_payment() -> None:
    order = OrderDetail.model_validate(
        {
            "order_id": 9,
            "customer": {"id": 1, "name": "Dara Contoh", "type": "Dropshipper"},
            "receiver": {"id": 2, "name": "Rara Contoh", "district_id": 77, "district": "Manggis"},
            "origin": {"id": 21, "name": "Toko"},
            "note": "pagar hijau",
            "awb": {"number": "X1"},
            "products": [
                {"product_meta_id": 60001, "name": "Kaos", "product_status": "S", "price": "63000", "quantity": "2"}
            ],
            "order_cost": [
                {"category": "DISCOUNT", "description": "D", "nominal": 9, "percentage": 5, "is_percentage": True},
                {"category": "ESCROW PLUS", "description": "E", "nominal": 9},
            ],
        }
    )
    form = copy_of(order)
    fields = form["fields"]
    assert isinstance(fields, dict)
    assert fields["customer_receiver_id"] == "#2 Rara Contoh"
    assert fields["customer_sender_id"] == "#1 Dara Contoh"
    assert fields["supplier_id"] == "#21 Toko"
    assert fields["order_cost"] == [{"name": "D", "category": "DISCOUNT", "type": "PERCENTAGE", "percentage": "5"}]
    assert not {"payment", "awb_number", "order_date", "expedition"} & set(fields)
    item = read_item(fields["products"]["scans"][0]["item"])
    assert item is not None
    assert (item.variation_id, item.name, item.prices) == (60001, "Kaos", {"N": 63000})
    json.dumps(form)
