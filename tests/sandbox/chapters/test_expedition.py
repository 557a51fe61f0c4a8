from __future__ import annotations

import sqlite3

from tests.sandbox.asking import JSON, Asker
from tests.sandbox.calls import district, tracked


async def rates(shop: Asker, origin: object, destination: object, weight: int = 1, **more: object) -> dict[int, JSON]:
    body = await shop.done(
        "expedition.get_cost", origin_id=origin, destination_id=destination, weight=weight, price=120_000, **more
    )
    groups = body["data"]
    assert isinstance(groups, dict)
    assert list(groups) == ["regular", "express", "trucking"]
    return {offer["rate_id"]: offer for offers in groups.values() for offer in offers}


def cost(offer: JSON) -> int:
    return int(str(offer["finalRate"]))


def places(db: sqlite3.Connection) -> tuple[object, object, object]:
    """A district, one of the same province in another city, and one of another province."""
    here = district(db)
    city, province = db.execute(
        "SELECT city_id, province_id FROM district JOIN city ON city.id = city_id WHERE district.id = ?", (here,)
    ).fetchone()
    other = "SELECT district.id FROM district JOIN city ON city.id = city_id WHERE province_id"
    near = db.execute(f"{other} = ? AND city_id <> ?", (province, city)).fetchone()[0]
    far = db.execute(f"{other} <> ?", (province,)).fetchone()[0]
    return here, near, far


async def test_the_price_grows_with_weight_and_distance(shop: Asker) -> None:
    here, near, far = places(shop.db)
    local, province, country = [await rates(shop, here, place) for place in (here, near, far)]
    heavy = await rates(shop, here, far, weight=30)
    for rate_id, offer in country.items():
        assert cost(local[rate_id]) <= cost(province[rate_id]) <= cost(offer) < cost(heavy[rate_id])
        assert offer["insuranceRate"] == 360
    assert any(cost(local[rate_id]) < cost(offer) for rate_id, offer in country.items())
    assert await rates(shop, here, far) == country


async def test_rates_are_those_of_active_services(shop: Asker) -> None:
    here, _, far = places(shop.db)
    active = {row[0] for row in shop.db.execute("SELECT rate_id FROM expedition WHERE is_active = 1")}
    assert set(await rates(shop, here, far)) == active
    store = {row[0] for row in shop.db.execute("SELECT rate_id FROM expedition WHERE storefront = 1")}
    assert set(await rates(shop, here, far, is_privor=1)) == store


async def test_places_that_are_not_there_are_refused(shop: Asker) -> None:
    wrong = await shop.refused("expedition.get_cost", origin_id=999999, destination_id="x", weight=0, price=-1)
    assert sorted(wrong) == ["destination_id", "origin_id", "price", "weight"]


async def test_active_services_are_found_by_courier(shop: Asker) -> None:
    rows = await shop.rows("expedition.list_active", per_page=100)
    assert len(rows) == shop.number("SELECT count(*) FROM expedition WHERE is_active = 1")
    name = str(rows[0]["logistic_name"])
    found = await shop.rows("expedition.list_active", keyword=name.lower(), per_page=100)
    assert {row["logistic_name"] for row in found} == {name}


async def test_a_parcel_is_tracked_by_all_three_arguments(shop: Asker) -> None:
    parcel = dict(tracked(shop.db))
    body = await shop.done("expedition.track", **parcel)
    assert body["0"] == 200
    data = body["data"]
    assert isinstance(data, dict)
    assert data["awb_number"] == parcel["awb_number"]
    assert len(data["history"]) == shop.number("SELECT count(*) FROM tracking WHERE order_id = ?", parcel["order_id"])
    dates = [step["date"] for step in data["history"]]
    assert dates == sorted(dates)
    assert list(await shop.refused("expedition.track", **{**parcel, "awb_number": "0"})) == ["awb_number"]
    assert list(await shop.refused("expedition.track", **{**parcel, "expedition_id": 9999})) == ["expedition_id"]
    assert list(await shop.refused("expedition.track", **{**parcel, "order_id": 1})) == ["order_id"]
