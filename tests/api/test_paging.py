"""Walking a list that moves: every record once, none left out, and an end to it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ngorder_tui.api.chapters import customer, order, product, supplier
from ngorder_tui.api.endpoint import Call, every
from ngorder_tui.api.errors import Missing
from ngorder_tui.api.models import Page, Unreadable
from ngorder_tui.api.paging import Walk, gives_pages, greatest_page


class Shop:
    """A list, newest first, answered page by page; `changes` happen before the request of that number."""

    def __init__(self, ids: list[int], changes: dict[int, list[int]] | None = None, *, with_total: bool = True) -> None:
        self.ids = ids
        self.changes = changes or {}
        self.with_total = with_total
        self.asked: list[dict[str, Any]] = []

    async def send(self, call: Call[Page[Any]]) -> Page[Any]:
        given = call.given()
        self.asked.append(given)
        self.ids = self.changes.get(len(self.asked), self.ids)
        size, number = given.get("per_page", 10), given.get("pagination_offset", 1)
        rows = [{"order_id": one} for one in self.ids[(number - 1) * size : number * size]]
        pagination = {"current_page": number, "per_page": size, "total_pages": max(1, -(-len(self.ids) // size))}
        if self.with_total:
            pagination["total"] = len(self.ids)
        return order.LIST.read_value({"data": rows, "meta": {"pagination": pagination}})


def asking(size: int) -> Any:
    return order.LIST(order.LIST.takes.model_validate({"per_page": size}))


async def walked(shop: Shop, call: Any) -> tuple[list[int], Walk[Any]]:
    walk: Walk[Any] = Walk(shop.send, call)
    return [row.order_id async for row in walk if not isinstance(row, Unreadable)], walk


async def test_a_list_that_stands_still_is_walked_once() -> None:
    shop = Shop(list(range(25, 0, -1)))
    rows, walk = await walked(shop, asking(10))
    assert rows == shop.ids
    assert (walk.settled, walk.total, len(shop.asked)) == (True, 25, 3)


async def test_new_records_on_top_are_given_once_and_by_a_second_walk() -> None:
    before = list(range(20, 0, -1))
    shop = Shop(before, {2: [22, 21, *before]})
    rows, walk = await walked(shop, asking(10))
    assert sorted(rows) == list(range(1, 23))
    assert walk.settled


async def test_a_record_that_slips_over_the_edge_when_another_goes_is_found() -> None:
    before = list(range(20, 0, -1))
    shop = Shop(before, {2: before[1:]})
    rows, _ = await walked(shop, asking(10))
    assert sorted(rows) == list(range(1, 21))


async def test_a_list_that_never_rests_is_given_up_and_said_so() -> None:
    changes = {number: list(range(number + 20, 0, -1)) for number in range(1, 100)}
    shop = Shop(list(range(20, 0, -1)), changes)
    rows, walk = await walked(shop, asking(10))
    assert len(set(rows)) == len(rows)
    assert not walk.settled


@given(st.lists(st.integers(0, 400), max_size=60, unique=True), st.integers(1, 100), st.booleans())
async def test_every_record_once(ids: list[int], size: int, with_total: bool) -> None:
    rows, walk = await walked(Shop(ids, with_total=with_total), asking(size))
    assert rows == ids
    assert walk.settled


async def test_a_server_that_takes_no_page_numbers_ends() -> None:
    asked = 0

    async def same(_: Call[Page[Any]]) -> Page[Any]:
        nonlocal asked
        asked += 1
        return order.LIST.read_value(
            {"data": [{"order_id": 1}], "meta": {"pagination": {"current_page": 1, "total_pages": 9, "total": 9}}}
        )

    rows = [row async for row in Walk(same, asking(1))]
    assert (len(rows), asked) == (1, 2)


async def test_rows_without_an_id_and_unreadable_ones_are_all_kept() -> None:
    async def twins(_: Call[Page[Any]]) -> Page[Any]:
        return product.LIST_VARIATION_HISTORY.read_value({"data": [{"detail": "a"}, {"detail": "a"}, "odd", "odd"]})

    call: Any = product.LIST_VARIATION_HISTORY.parse(history_arguments())
    rows = [row async for row in Walk(twins, call)]
    assert len(rows) == 4
    assert isinstance(rows[2], Unreadable)


def history_arguments() -> dict[str, object]:
    known = product.LIST_VARIATION_HISTORY.takes.model_fields
    return {name: 1 for name, field in known.items() if field.is_required()}


async def test_the_largest_page_is_asked_for_unless_another_was() -> None:
    shop = Shop(list(range(5)))
    await walked(shop, order.LIST())
    await walked(shop, asking(2))
    assert [asked.get("per_page") for asked in shop.asked] == [100, 2, 2, 2]


async def test_a_failure_comes_through() -> None:
    async def gone(_: Call[Page[Any]]) -> Page[Any]:
        raise Missing("gone")

    with pytest.raises(Missing):
        _ = [row async for row in Walk(gone, asking(1))]


def test_what_can_be_walked() -> None:
    assert gives_pages(supplier.LIST)
    assert not gives_pages(supplier.CREATE)
    assert (greatest_page(order.LIST), greatest_page(customer.LIST), greatest_page(supplier.LIST)) == (100, 100, None)
    assert sum("pagination_offset" in endpoint.takes.model_fields for endpoint in every()) >= 24
