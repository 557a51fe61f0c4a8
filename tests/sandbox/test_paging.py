from __future__ import annotations

import pytest

from tests.sandbox.asking import JSON, Asker
from tests.sandbox.calls import customer


def pagination(body: JSON) -> dict[str, object]:
    meta = body["meta"]
    assert isinstance(meta, dict)
    return dict(meta["pagination"])


async def test_pages_walk_the_whole_list_once(shop: Asker) -> None:
    total = await shop.total("customer.list")
    seen: list[object] = []
    page = 1
    while rows := await shop.rows("customer.list", per_page=37, pagination_offset=page):
        assert len(rows) == 37 or page == -(-total // 37)
        seen += [row["id"] for row in rows]
        page += 1
    assert len(seen) == total == len(set(seen))
    assert total == shop.number("SELECT count(*) FROM customer WHERE deleted_at IS NULL")


async def test_the_meta_of_a_middle_page(shop: Asker) -> None:
    body = await shop.done("expedition.list_active", per_page=3, pagination_offset=2)
    total = shop.number("SELECT count(*) FROM expedition WHERE is_active = 1")
    assert pagination(body) == {
        "total": total,
        "count": 3,
        "per_page": 3,
        "current_page": 2,
        "total_pages": -(-total // 3),
        "links": {
            "previous": "http://sandbox/api/open/expedition/active?pagination_offset=1",
            "next": "http://sandbox/api/open/expedition/active?pagination_offset=3",
        },
    }


async def test_a_page_beyond_the_end_is_empty(shop: Asker) -> None:
    body = await shop.done("customer.list", per_page=100, pagination_offset=1_000_000)
    assert body["data"] == []
    meta = pagination(body)
    assert (meta["count"], meta["current_page"]) == (0, 1_000_000)
    links = meta["links"]
    assert isinstance(links, dict)
    assert list(links) == ["previous"]


@pytest.mark.parametrize(
    ("id", "arguments", "links"),
    [
        ("region.list", {"keyword": "no such place"}, {}),
        ("customer.list", {"keyword": "nobody at all"}, []),
    ],
)
async def test_links_of_a_single_page(shop: Asker, id: str, arguments: JSON, links: object) -> None:
    meta = pagination(await shop.done(id, **arguments))
    assert meta["links"] == links
    assert (meta["total"], meta["total_pages"], meta["current_page"]) == (0, 1, 1)


async def test_links_keep_the_services_slips(shop: Asker) -> None:
    customers = pagination(await shop.done("customer.list", per_page=1))
    assert customers["links"] == {"next": "http://sandbox/api/customer?pagination_offset=2"}
    buyer = customer(shop.db)
    history = pagination(await shop.done("customer.list_order_history", id=buyer, per_page=1))
    links = history["links"]
    assert isinstance(links, dict)
    assert links["next"].endswith(f"/customer/order-history?id={buyer}&per_page=1&pagination_offset=2")


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ({"per_page": 101}, "per_page"),
        ({"per_page": 0}, "per_page"),
        ({"pagination_offset": 0}, "pagination_offset"),
        ({"pagination_offset": "two"}, "pagination_offset"),
    ],
)
async def test_pages_that_cannot_be_are_refused(shop: Asker, arguments: JSON, wrong: str) -> None:
    assert list(await shop.refused("customer.list", **arguments)) == [wrong]
