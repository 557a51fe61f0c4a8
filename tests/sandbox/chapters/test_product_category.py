from __future__ import annotations

from datetime import UTC, datetime

from ngorder_tui.clock import JAKARTA
from tests.sandbox.asking import NOW, Asker
from tests.sandbox.calls import root


async def test_one_moment_is_written_in_two_ways(shop: Asker) -> None:
    made = await shop.done("product_category.create", name="Alat Uji", root_categories_id=root(shop.db))
    assert isinstance(made["data"], dict)
    kept = (await shop.done("product_category.get", id=made["data"]["id"]))["data"]
    assert isinstance(kept, dict)
    created = datetime.strptime(made["data"]["updated_at"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    assert created == NOW
    assert datetime.fromisoformat(kept["updated_at"]).replace(tzinfo=JAKARTA) == NOW
    assert kept["root_categories_name"] == made["data"]["root_categories_name"] != ""


async def test_a_category_without_a_root_has_an_empty_name_for_it(shop: Asker) -> None:
    shop.db.execute("INSERT INTO product_category (name) VALUES ('Tanpa Akar')")
    shop.db.commit()
    row = next(row for row in await shop.rows("product_category.list") if row["name"] == "Tanpa Akar")
    assert (row["root_categories_id"], row["root_categories_name"], row["updated_at"]) == (None, "", None)
    answer = await shop.done("root_category.update", id=row["id"], root_categories_id=root(shop.db))
    assert answer["response"] == "success"
    kept = (await shop.done("product_category.get", id=row["id"]))["data"]
    assert isinstance(kept, dict)
    assert kept["root_categories_id"] == root(shop.db)


async def test_products_follow_their_category_when_told_to(shop: Asker) -> None:
    category = shop.number("SELECT category_id FROM product WHERE category_id > 0 GROUP BY 1 ORDER BY count(*) DESC")
    new = shop.number(
        "SELECT id FROM root_category WHERE id NOT IN (SELECT coalesce(root_categories_id, 0) FROM product)"
    )
    moved = "SELECT count(*) FROM product WHERE category_id = ? AND root_categories_id = ?"
    change = {"id": category, "name": "Pindah", "root_categories_id": new}
    await shop.done("product_category.update", **change)
    assert shop.number(moved, category, new) == 0
    await shop.done("product_category.update", **change, update_all_product="Y")
    assert shop.number(moved, category, new) == shop.number(
        "SELECT count(*) FROM product WHERE category_id = ?", category
    )
    assert list(await shop.refused("product_category.update", **change, update_all_product="N")) == [
        "update_all_product"
    ]


async def test_products_of_a_deleted_category_have_none(shop: Asker) -> None:
    category = shop.number("SELECT category_id FROM product WHERE category_id > 0")
    held = shop.number("SELECT count(*) FROM product WHERE category_id IN (0, ?)", category)
    answer = await shop.done("product_category.delete", id=category)
    assert answer == {"response": "Sukses", "message": "Data berhasil dihapus", "data": None}
    assert shop.number("SELECT count(*) FROM product WHERE category_id = 0") == held
    assert (await shop.ask("product_category.get", id=category)).status_code == 404


async def test_unknown_categories_are_refused(shop: Asker) -> None:
    reasons = await shop.refused("product_category.update", id=1, name="", root_categories_id=999)
    assert sorted(reasons) == ["id", "name", "root_categories_id"]
