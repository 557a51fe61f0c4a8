from __future__ import annotations

from tests.sandbox.asking import Asker


async def test_a_supplier_made_is_listed_with_its_place(shop: Asker) -> None:
    district = shop.db.execute(
        "SELECT district.id, district.name, city.name AS city FROM district JOIN city ON city.id = city_id LIMIT 1"
    ).fetchone()
    made = await shop.done(
        "supplier.create",
        name="Cabang",
        district_id=str(district["id"]),
        addess="Jl. Baru",
        phone="0811",
        description="",
    )
    row = (await shop.rows("supplier.list"))[-1]
    assert made["data"] == {"supplier_id": row["id"], "name": "Cabang"}
    assert (row["address"], row["phone"]) == ("Jl. Baru", "0811")
    assert row["location"] == f"{district['name']}, {district['city']}"


async def test_what_is_left_out_stays(shop: Asker) -> None:
    before = (await shop.rows("supplier.list"))[0]
    answer = await shop.done("supplier.update", supplier_id=before["id"], phone="0899")
    assert answer["data"] == {"supplier_id": before["id"], "name": before["name"]}
    assert (await shop.rows("supplier.list"))[0] == {**before, "phone": "0899"}


async def test_unknown_places_and_suppliers_are_refused_together(shop: Asker) -> None:
    reasons = await shop.refused("supplier.update", supplier_id=999999, district_id=999999, phone="x")
    assert sorted(reasons) == ["district_id", "phone", "supplier_id"]
