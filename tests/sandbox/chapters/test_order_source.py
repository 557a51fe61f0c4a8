from __future__ import annotations

from tests.sandbox.asking import Asker


async def test_a_source_is_made_and_switched_off(shop: Asker) -> None:
    made = await shop.done("order_source.create", marketplace_id=3, note="Toko Uji")
    assert isinstance(made["data"], dict)
    number = made["data"]["order_source_id"]
    [row] = [row for row in await shop.rows("order_source.list", status="Y") if row["id"] == number]
    assert (row["note"], row["status"]) == ("Toko Uji", "ACTIVE")
    assert {"marketplace_id": 3, "marketplace_name": row["marketplace_name"]} in await shop.rows("marketplace.list")
    changed = await shop.done("order_source.update", order_source_id=number, status="N")
    assert changed["data"] == {"order_source_id": number, "note": "Toko Uji"}
    assert number in [row["id"] for row in await shop.rows("order_source.list", status="N")]
    assert number not in [row["id"] for row in await shop.rows("order_source.list", status="Y")]
    assert number in [row["id"] for row in await shop.rows("order_source.list")]


async def test_what_a_source_needs(shop: Asker) -> None:
    assert sorted(await shop.refused("order_source.create", marketplace_id=99)) == ["marketplace_id", "note"]
    assert list(await shop.refused("order_source.update", order_source_id=0)) == ["order_source_id"]
