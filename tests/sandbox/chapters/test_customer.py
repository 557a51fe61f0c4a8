from __future__ import annotations

import pytest

from tests.sandbox.asking import JSON, NOW, Asker
from tests.sandbox.calls import customer, district


def new_customer(shop: Asker, **changes: object) -> JSON:
    return {
        "name": "Pembeli Uji",
        "phone": "081234500001",
        "district_id": district(shop.db),
        "address": "Jalan Contoh 3",
        "postal_code": "01234",
        "category": "N",
        "is_active": "N",
        **changes,
    }


async def made(shop: Asker, **changes: object) -> int:
    answer = await shop.done("customer.create", **new_customer(shop, **changes))
    assert isinstance(answer["data"], dict)
    return int(answer["data"]["customer_id"])


async def ids(shop: Asker, **arguments: object) -> list[object]:
    return [row["id"] for row in await shop.rows("customer.list", per_page=100, **arguments)]


async def test_a_new_customer_is_first_in_the_list_and_shown_as_the_service_does(shop: Asker) -> None:
    number = await made(shop, email="uji@surat.example")
    row = (await shop.rows("customer.list"))[0]
    assert row["id"] == number
    assert (row["name_initial"], row["phone"], row["postal_code"]) == ("P", "6281234500001", "01234")
    assert str(row["address"]).startswith("Jalan Contoh 3 ,")
    assert str(row["address"]).endswith(", ID, 01234")
    assert (row["email"], row["line"], row["category_code"]) == ("uji@surat.example", None, "N")


@pytest.mark.parametrize(
    ("type", "keyword", "found"),
    [
        (None, "pembeli uj", True),
        (None, "08123450000", True),
        (None, "628123450000", True),
        (None, "+628123450000", True),
        (None, "uji@surat", True),
        (None, "jalan contoh", False),
        ("ADDRESS", "jalan contoh", True),
        ("NAME", "Pembeli", True),
        ("NAME", "uji@surat", False),
        ("EMAIL", "uji@surat", True),
        ("PHONE", "62812345", True),
        ("PHONE", "Pembeli", False),
    ],
)
async def test_the_keyword_is_looked_for_where_asked(shop: Asker, type: str | None, keyword: str, found: bool) -> None:
    number = await made(shop, email="uji@surat.example")
    arguments = {"keyword": keyword} | ({"type": type} if type else {})
    assert (number in await ids(shop, **arguments)) is found


async def test_filters_really_filter(shop: Asker) -> None:
    asked = await made(shop, is_active="R", category="D")
    assert await ids(shop, create_from=NOW.date()) == [asked]
    assert asked not in await ids(shop, create_to="2026-03-17")
    assert asked in await ids(shop, registration_status="R", category="D")
    assert asked not in await ids(shop, registration_status="1")
    total = sum([await shop.total("customer.list", category=code) for code in ("N", "Y", "D", "1", "2", "3")])
    assert total == await shop.total("customer.list")
    assert list(await shop.refused("customer.list", keyword="x" * 51)) == ["keyword"]


async def test_the_last_buyer_comes_first_when_asked(shop: Asker) -> None:
    rows = await ids(shop, order_by="LAST_ORDER")
    times = [shop.db.execute("SELECT last_order_at FROM customer WHERE id = ?", (row,)).fetchone()[0] for row in rows]
    assert times == sorted(times, key=lambda time: time or "", reverse=True)
    assert times[0] is not None


async def test_a_change_keeps_what_was_not_sent(shop: Asker) -> None:
    number = await made(shop)
    before = (await shop.rows("customer.list"))[0]
    answer = await shop.done("customer.update", customer_id=number, line="uji_line", category="Y")
    assert answer["data"] == {"customer_id": number, "name": "Pembeli Uji"}
    after = (await shop.rows("customer.list"))[0]
    assert {key for key in before if before[key] != after[key]} == {"line", "category_code", "category"}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"phone": "0812-3"}, "phone"),
        ({"district_id": 999999}, "district_id"),
        ({"category": "Z"}, "category"),
        ({"is_active": "X"}, "is_active"),
        ({"email": "no address"}, "email"),
        ({"name": ""}, "name"),
        ({"address": None}, "address"),
    ],
)
async def test_what_a_customer_needs(shop: Asker, change: JSON, wrong: str) -> None:
    assert list(await shop.refused("customer.create", **new_customer(shop, **change))) == [wrong]


async def test_states_follow_each_other(shop: Asker) -> None:
    number = await made(shop, is_active="R")

    async def then(status: str) -> int:
        return (await shop.ask("customer.update_activation_status", id=number, status=status)).status_code

    assert [await then(status) for status in ("6", "1", "1", "4", "4", "6", "5", "4")] == [
        400, 200, 400, 200, 400, 200, 200, 400,
    ]  # fmt: skip
    assert number not in await ids(shop)
    assert list(await shop.refused("customer.update", customer_id=number, name="Lain")) == ["customer_id"]


async def test_a_member_is_turned_on_and_off(shop: Asker) -> None:
    number = await made(shop)
    await shop.done("customer.update_privor_activation", id=number, active=True, email="baru@surat.example")
    assert number in await ids(shop, registration_status="1")
    await shop.done("customer.update_privor_activation", id=number, active=0, email="baru@surat.example")
    assert number in await ids(shop, registration_status="0")
    reasons = await shop.refused("customer.update_privor_activation", id=number, active=True)
    assert list(reasons) == ["email"]


async def test_the_history_adds_up(shop: Asker) -> None:
    buyer = customer(shop.db)
    body = await shop.done("customer.list_order_history", id=buyer, per_page=100)
    rows, total = body["data"], body["total"]
    assert isinstance(rows, list)
    assert total == {"items": sum(row["items"] for row in rows), "orders": len(rows)}
    for row in rows:
        assert all(line["total"].startswith(" ") for line in row["order_detail"])
        assert row["items"] == sum(int(line["total"]) for line in row["order_detail"])
    day = str(rows[0]["date"])[:10]
    of_day = await shop.rows("customer.list_order_history", id=buyer, start_date=day, end_date=day)
    assert {row["order_id"] for row in of_day} <= {row["order_id"] for row in rows}
    assert list(await shop.refused("customer.list_order_history", id=999999999)) == ["id"]


async def test_months_are_counted_newest_first(shop: Asker) -> None:
    rows = await shop.rows("customer.count_per_month")
    months = [str(row["date"]) for row in rows]
    assert months == sorted(months, reverse=True)
    assert sum(int(str(row["total"])) for row in rows) == await shop.total("customer.list")


async def test_a_download_is_promised_by_mail(shop: Asker) -> None:
    answer = await shop.done("customer.download", date="2026-03")
    assert list(answer) == ["response"]
    assert list(await shop.refused("customer.download", date="2026-13")) == ["date"]
