from __future__ import annotations

import re

import pytest

from tests.sandbox.asking import JSON, Asker


async def test_a_cost_is_made_changed_and_deleted(shop: Asker) -> None:
    made = await shop.done("order_cost.create", category="OTHER COST", name="Uji", type="PERCENTAGE", percentage="5")
    assert isinstance(made["data"], dict)
    cost_id = made["data"]["order_cost_id"]
    assert re.fullmatch(r"[0-9a-f]{24}", cost_id)

    async def kept() -> JSON | None:
        return next((row for row in await shop.rows("order_cost.list") if row["order_cost_id"] == cost_id), None)

    shown = {"title": "Diskon Order", "category": "OTHER COST", "name": "Uji", "type": "PERCENTAGE"}
    assert await kept() == {"order_cost_id": cost_id, **shown, "percentage": 5, "nominal": 0}
    await shop.done("order_cost.update", order_cost_id=cost_id, type="NOMINAL", nominal=1500)
    assert await kept() == {"order_cost_id": cost_id, **shown, "type": "NOMINAL", "percentage": 5, "nominal": 1500}
    deleted = await shop.done("order_cost.delete", order_cost_id=cost_id)
    assert deleted["data"] == {"order_cost_id": cost_id, "name": "Uji"}
    assert await kept() is None
    assert (await shop.ask("order_cost.delete", order_cost_id=cost_id)).status_code == 404


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ({"category": "COST", "name": "A", "type": "NOMINAL", "nominal": 1}, ["category"]),
        ({"category": "DISCOUNT", "name": "A", "type": "NOMINAL", "percentage": 1}, ["nominal"]),
        ({"category": "DISCOUNT", "name": "A", "type": "PERCENTAGE", "nominal": 1}, ["percentage"]),
        ({"category": "DISCOUNT", "name": "A", "type": "PERCENTAGE", "percentage": 101}, ["percentage"]),
        ({"category": "DISCOUNT", "name": "A"}, ["type"]),
        ({}, ["category", "name", "type"]),
    ],
)
async def test_what_a_cost_needs(shop: Asker, arguments: JSON, wrong: list[str]) -> None:
    assert list(await shop.refused("order_cost.create", **arguments)) == wrong


async def test_an_amount_is_changed_with_its_type(shop: Asker) -> None:
    cost_id = (await shop.rows("order_cost.list"))[0]["order_cost_id"]
    assert list(await shop.refused("order_cost.update", order_cost_id=cost_id, nominal=5)) == ["type"]
