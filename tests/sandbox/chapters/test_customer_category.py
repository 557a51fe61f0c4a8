from __future__ import annotations

from tests.sandbox.asking import Asker
from tests.sandbox.calls import free_code


async def test_a_new_category_takes_the_free_code_and_is_not_active(shop: Asker) -> None:
    made = await shop.done("customer_category.create", **free_code(shop.db))
    assert isinstance(made["data"], dict)
    assert (made["data"]["code"], made["data"]["status"]) == ("3", "NON ACTIVE")
    assert (made["data"]["discount_access"], made["data"]["wholesale_access"]) == ("1", "1")
    inactive = await shop.rows("customer_category.list", status="N")
    assert [row["id"] for row in inactive] == [made["data"]["id"]]
    assert inactive[0]["discount_access"] is True
    response = await shop.ask("customer_category.create", category_name="Lagi")
    assert response.status_code == 400
    assert "three" in response.json()["message"]


async def test_a_category_is_changed_by_id_and_code(shop: Asker) -> None:
    reseller = next(row for row in await shop.rows("customer_category.list") if row["code"] == "Y")
    change = {"id": reseller["id"], "status": "N", "wholesale_access": "0"}
    assert list(await shop.refused("customer_category.update", **change, code="D")) == ["code"]
    answer = await shop.done("customer_category.update", **change, code="Y")
    assert answer["data"] == {**reseller, "status": "NON ACTIVE", "wholesale_access": False}
    assert "Y" not in [row["code"] for row in await shop.rows("customer_category.list", status="Y")]
