from __future__ import annotations

from tests.sandbox.asking import Asker


async def test_districts_that_begin_with_the_keyword_come_first(shop: Asker) -> None:
    name = str(shop.db.execute("SELECT name FROM district ORDER BY id").fetchone()[0])
    rows = await shop.rows("region.list", keyword=name[:4].lower(), per_page=100)
    assert str(rows[0]["subdistrict"]).lower().startswith(name[:4].lower())
    assert all(name[:4].lower() in str(row["fullname"]).lower() for row in rows)


async def test_every_word_counts(shop: Asker) -> None:
    district, city = shop.db.execute(
        "SELECT district.name, city.name FROM district JOIN city ON city.id = city_id ORDER BY district.id"
    ).fetchone()
    rows = await shop.rows("region.list", keyword=f"{city}, {district}", per_page=100)
    assert (district, city) in [(row["subdistrict"], _name(row["district"])) for row in rows]
    assert await shop.rows("region.list", keyword=f"{district} nowhere") == []


async def test_signs_of_the_search_language_are_letters(shop: Asker) -> None:
    for keyword in ("%", "_", "\\"):
        assert await shop.total("region.list", keyword=keyword) == 0


async def test_ten_without_a_wish(shop: Asker) -> None:
    assert len(await shop.rows("region.list")) == 10
    assert await shop.total("region.list") == shop.number("SELECT count(*) FROM district")


def _name(place: object) -> object:
    assert isinstance(place, dict)
    return place["name"]
