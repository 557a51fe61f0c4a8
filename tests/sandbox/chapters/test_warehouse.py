from __future__ import annotations

import sqlite3

import pytest

from tests.sandbox.asking import BASE, JSON, Asker
from tests.sandbox.calls import empty_warehouse, warehouse


async def names(shop: Asker, **arguments: object) -> list[object]:
    return [row["warehouse"] for row in await shop.rows("warehouse.list", **arguments)]


async def test_the_main_warehouse_is_listed_when_asked_for_and_first(shop: Asker) -> None:
    assert "Gudang Utama" not in await names(shop)
    with_main = await shop.rows("warehouse.list", with_main_warehouse="1")
    assert (with_main[0]["id"], with_main[0]["warehouse"]) == (0, "Gudang Utama")
    assert [row["warehouse"] for row in with_main[1:]] == await names(shop)
    main = (await shop.done("warehouse.get", id=0))["data"]
    assert main == with_main[0]


async def test_the_state_filters(shop: Asker) -> None:
    made = await shop.done("warehouse.create", **{**warehouse(shop.db), "is_active": False})
    assert isinstance(made["data"], dict)
    assert await names(shop, is_active="NON_ACTIVE") == ["Gudang Baru"]
    assert "Gudang Baru" not in await names(shop, is_active="ACTIVE")
    assert "Gudang Baru" in await names(shop)
    assert "Gudang Baru" not in await names(shop, admin_permission=1)


async def test_an_admin_sees_the_warehouses_entrusted_to_him(db: sqlite3.Connection, shop: Asker) -> None:
    admin = db.execute("SELECT id, token FROM user WHERE level = 'Admin' ORDER BY id").fetchone()
    db.execute("DELETE FROM warehouse_user WHERE user_id = ?", (admin["id"],))
    db.commit()
    await shop.done("warehouse.create", **{**warehouse(db), "user_id": [admin["id"], admin["id"]]})
    answer = await shop.http.get(
        f"{BASE}/warehouse?admin_permission=true", headers={"Authorization": f"Bearer {admin['token']}"}
    )
    assert [row["warehouse"] for row in answer.json()["data"]] == ["Gudang Baru"]


async def test_a_warehouse_is_changed_and_deleted(shop: Asker) -> None:
    number = empty_warehouse(shop.db)
    await shop.done("warehouse.update", **{**warehouse(shop.db), "id": number})
    deleted = await shop.done("warehouse.delete", id=number)
    assert isinstance(deleted["data"], dict)
    assert deleted["data"]["warehouse"] == "Gudang Baru"
    assert (await shop.ask("warehouse.get", id=number)).status_code == 404
    assert (await shop.ask("warehouse.delete", id=number)).status_code == 404
    assert "Gudang Baru" not in await names(shop)


async def test_the_main_warehouse_and_one_with_stock_are_not_deleted(shop: Asker) -> None:
    stocked = shop.number("SELECT warehouse_id FROM warehouse_stock WHERE warehouse_id > 0 AND stock > 0")
    for number in (0, stocked):
        response = await shop.ask("warehouse.delete", id=number)
        assert response.status_code == 400
        assert isinstance(response.json()["message"], str)
    assert len(await names(shop, with_main_warehouse=1)) == shop.number(
        "SELECT count(*) FROM warehouse WHERE deleted_at IS NULL"
    )


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"user_id": []}, "user_id"),
        ({"user_id": [999999]}, "user_id.0"),
        ({"user_id": "5"}, "user_id"),
        ({"supplier_id": 999999}, "supplier_id"),
        ({"warehouse": " "}, "warehouse"),
        ({"is_active": None}, "is_active"),
    ],
)
async def test_what_a_warehouse_needs(shop: Asker, change: JSON, wrong: str) -> None:
    assert list(await shop.refused("warehouse.create", **{**warehouse(shop.db), **change})) == [wrong]


async def test_the_main_warehouse_stays_in_use(shop: Asker) -> None:
    reasons = await shop.refused("warehouse.update", **{**warehouse(shop.db), "id": 0, "is_active": False})
    assert list(reasons) == ["is_active"]
