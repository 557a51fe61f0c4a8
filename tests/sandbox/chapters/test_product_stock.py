"""Stock of products: where it lies, how it came there, changing it."""

from __future__ import annotations

import pytest

from tests.sandbox.asking import JSON, Asker
from tests.sandbox.goods import own_variation

MAIN, BANDUNG, JAKARTA = 0, 4, 5


@pytest.fixture
def variation(shop: Asker) -> int:
    """A variation of own stock with 10 pieces in the main warehouse, 4 in Bandung, and a past."""
    number = int(str(own_variation(shop.db)["variation_id"]))
    shop.db.execute("DELETE FROM stock_history WHERE variation_id = ?", (number,))
    shop.db.execute("DELETE FROM warehouse_stock WHERE variation_id = ?", (number,))
    shop.db.execute("UPDATE variation SET stock_quantity = 0 WHERE id = ?", (number,))
    owner = shop.number("SELECT id FROM user WHERE level = 'Owner'")
    for at, place, came, went, user in (
        ("2021-08-09 05:30:00", MAIN, 12, 0, owner),
        ("2026-03-11 10:30:00", BANDUNG, 4, 0, owner),
        ("2026-03-18 05:30:00", MAIN, 0, 2, 0),
    ):
        shop.db.execute(
            "INSERT INTO stock_history (variation_id, warehouse_id, at, user_id, reason, description, stock_in,"
            " stock_out) VALUES (?, ?, ?, ?, 'manual', 'Uji', ?, ?)",
            (number, place, at, user, came, went),
        )
    shop.db.commit()
    return number


async def levels(shop: Asker, variation: int) -> dict[object, object]:
    rows = await shop.rows("product.list_warehouse_stock", variation_id=variation)
    return {row["warehouse_id"]: row["stock"] for row in rows if row["stock"]}


def change(amount: int, status: str, warehouse_id: int) -> JSON:
    return {"amount": amount, "status": status, "warehouse_id": warehouse_id}


async def test_what_lies_where(shop: Asker, variation: int) -> None:
    rows = await shop.rows("product.list_warehouse_stock", variation_id=variation)
    assert [(row["name"], row["stock"]) for row in rows] == [
        ("Gudang Utama", 10),
        ("Gudang Bandung", 4),
        ("Gudang Jakarta", 0),
        ("Gudang Surabaya", 0),
    ]
    for place, pieces in ((None, 14), (MAIN, 10), (BANDUNG, 4), (JAKARTA, 0)):
        arguments = {"variation_id": variation} | ({} if place is None else {"warehouse_id": place})
        data = (await shop.done("product.check_stock", **arguments))["data"]
        assert isinstance(data, dict)
        assert data["stock"] == pieces
    wrong = await shop.refused("product.check_stock", variation_id=variation, warehouse_id=77)
    assert list(wrong) == ["warehouse_id"]
    assert list(await shop.refused("product.check_stock", variation_id=1)) == ["variation_id"]
    assert (await shop.ask("product.list_warehouse_stock", variation_id=1)).status_code == 404


async def test_the_history_says_when_who_and_why(shop: Asker, variation: int) -> None:
    answer = await shop.done("product.list_variation_history", id=variation)
    rows = answer["data"]
    assert isinstance(rows, list)
    assert [(row["date"], row["time_ago"]) for row in rows] == [
        ("Rabu, 18 Mar 2026", "5 jam yang lalu"),
        ("Rabu, 11 Mar 2026", "1 minggu yang lalu"),
        ("Senin, 9 Ags 2021", "4 tahun yang lalu"),
    ]
    assert [(row["stock"], row["old"]) for row in rows] == [
        ({"in": 0, "out": 2, "last": 10}, 12),
        ({"in": 4, "out": 0, "last": 4}, 0),
        ({"in": 12, "out": 0, "last": 12}, 0),
    ]
    assert rows[1]["warehouse"] == {"id": BANDUNG, "name": "Gudang Bandung"}
    assert rows[1]["detail"] == {"description": "Uji", "id_order": None, "stock_opname_id": None}
    assert rows[1]["user"] == shop.db.execute("SELECT email FROM user WHERE level = 'Owner'").fetchone()[0]
    found = shop.db.execute(
        "SELECT product_id, name, size, color FROM variation JOIN product ON product.id = product_id"
        " WHERE variation.id = ?",
        (variation,),
    ).fetchone()
    assert answer["title"] == {
        "product_id": found["product_id"],
        "variation_id": variation,
        "product_name": found["name"],
        "variation_name": f"{found['size']} {found['color']}",
    }


@pytest.mark.parametrize(
    ("arguments", "pieces"),
    [
        ({}, [-2, 4, 12]),
        ({"warehouse_id": MAIN}, [-2, 12]),
        ({"warehouse_id": BANDUNG}, [4]),
        ({"start_date": "2026-03-11"}, [-2, 4]),
        ({"end_date": "2026-03-11"}, [4, 12]),
        ({"start_date": "2026-03-11", "end_date": "2026-03-11"}, [4]),
        ({"per_page": 1, "pagination_offset": 3}, [12]),
    ],
)
async def test_the_history_is_filtered(shop: Asker, variation: int, arguments: JSON, pieces: list[int]) -> None:
    rows = await shop.rows("product.list_variation_history", id=variation, **arguments)
    moved = [row["stock"] for row in rows]
    assert [stock["in"] - stock["out"] for stock in moved if isinstance(stock, dict)] == pieces


async def test_a_period_that_ends_before_it_begins_is_refused(shop: Asker, variation: int) -> None:
    dates = {"start_date": "2026-03-12", "end_date": "2026-03-11"}
    assert list(await shop.refused("product.list_variation_history", id=variation, **dates)) == ["end_date"]
    wrong = await shop.refused("product.list_variation_history", id=variation, warehouse_id=77)
    assert list(wrong) == ["warehouse_id"]


async def test_stock_is_added_and_taken(shop: Asker, variation: int) -> None:
    answer = await shop.done(
        "product.update_stock",
        variation_id=variation,
        stock=[change(5, "ADD", JAKARTA), change(10, "sub", MAIN)],
        description="Hitung ulang",
    )
    data = answer["data"]
    assert isinstance(data, dict)
    assert data["total_stock"] == 9
    assert data["date"] == "2026-03-18T03:30:00.000000Z"
    assert data["stock"] == [change(5, "add", JAKARTA), change(10, "sub", MAIN)]
    assert await levels(shop, variation) == {BANDUNG: 4, JAKARTA: 5}
    newest = (await shop.rows("product.list_variation_history", id=variation))[:2]
    why = {"description": "Hitung ulang", "id_order": None, "stock_opname_id": None}
    assert [row["detail"] for row in newest] == [why, why]


@pytest.mark.parametrize(
    ("stock", "wrong"),
    [
        ([change(11, "SUB", MAIN)], "stock.0.amount"),
        ([change(5, "SUB", BANDUNG)], "stock.0.amount"),
        ([change(6, "SUB", MAIN), change(6, "SUB", MAIN)], "stock.1.amount"),
        ([change(1, "ADD", MAIN), change(0, "ADD", MAIN)], "stock.1.amount"),
        ([change(1, "ADD", 77)], "stock.0.warehouse_id"),
        ([change(1, "SET", MAIN)], "stock.0.status"),
        ([], "stock"),
    ],
)
async def test_a_change_that_cannot_be_changes_nothing(
    shop: Asker, variation: int, stock: list[JSON], wrong: str
) -> None:
    reasons = await shop.refused("product.update_stock", variation_id=variation, stock=stock, description="Uji")
    assert list(reasons) == [wrong]
    assert await levels(shop, variation) == {MAIN: 10, BANDUNG: 4}


async def test_what_is_short_is_said_in_words(shop: Asker, variation: int) -> None:
    response = await shop.ask_with(
        "product.update_stock",
        {"variation_id": variation, "stock": [change(5, "SUB", BANDUNG)], "description": "Uji"},
        {"Accept-Language": "id"},
    )
    reason = response.json()["message"]["stock.0.amount"][0]
    assert reason.startswith("Gudang Bandung hanya menyimpan 4 ")


@pytest.mark.parametrize("first", ["SUB", "add"])
async def test_a_move_keeps_the_total(shop: Asker, variation: int, first: str) -> None:
    answer = await shop.done(
        "product.update_stock",
        variation_id=variation,
        stock=[change(10, first, MAIN), change(10, "ADD", JAKARTA)],
        description="Pindah",
        move_warehouse_stock=True,
    )
    data = answer["data"]
    assert isinstance(data, dict)
    assert data["total_stock"] == 14
    assert data["stock"] == [change(10, "sub", MAIN), change(10, "add", JAKARTA)]
    assert await levels(shop, variation) == {BANDUNG: 4, JAKARTA: 10}


@pytest.mark.parametrize(
    "stock",
    [[change(3, "SUB", MAIN), change(2, "ADD", JAKARTA)], [change(3, "ADD", MAIN)], [change(3, "SUB", MAIN)]],
)
async def test_a_move_that_does_not_balance_is_refused(shop: Asker, variation: int, stock: list[JSON]) -> None:
    arguments = {"variation_id": variation, "stock": stock, "description": "Pindah", "move_warehouse_stock": True}
    assert list(await shop.refused("product.update_stock", **arguments)) == ["stock"]
    assert await levels(shop, variation) == {MAIN: 10, BANDUNG: 4}


@pytest.mark.parametrize(
    ("amount", "left"),
    [
        (30, {MAIN: 26, BANDUNG: 4}),
        (14, {MAIN: 10, BANDUNG: 4}),
        (5, {MAIN: 1, BANDUNG: 4}),
        (3, {BANDUNG: 3}),
        (0, {}),
    ],
)
async def test_stock_is_set(shop: Asker, variation: int, amount: int, left: dict[int, int]) -> None:
    data = (await shop.done("product.sync_stock", variation_id=variation, amount=amount))["data"]
    assert isinstance(data, dict)
    assert (data["variation_id"], data["amount"]) == (str(variation), str(amount))
    assert str(data["request_id"]).isalnum()
    assert await levels(shop, variation) == left


async def test_only_own_stock_is_counted(shop: Asker, variation: int) -> None:
    other = shop.number(
        "SELECT variation.id FROM variation JOIN product ON product.id = product_id WHERE product_type = 'R' ORDER BY 1"
    )
    arguments = {"stock": [change(1, "ADD", MAIN)], "description": "Uji"}
    for number in (other, 1):
        assert list(await shop.refused("product.update_stock", variation_id=number, **arguments)) == ["variation_id"]
        assert list(await shop.refused("product.sync_stock", variation_id=number, amount=3)) == ["variation_id"]
    assert list(await shop.refused("product.sync_stock", variation_id=variation, amount=-1)) == ["amount"]


async def test_nothing_comes_to_a_warehouse_that_is_not_in_use(shop: Asker, variation: int) -> None:
    shop.db.execute("UPDATE warehouse SET is_active = 0 WHERE id = ?", (BANDUNG,))
    shop.db.commit()
    arguments = {"variation_id": variation, "description": "Uji"}
    reasons = await shop.refused("product.update_stock", stock=[change(1, "ADD", BANDUNG)], **arguments)
    assert list(reasons) == ["stock.0.warehouse_id"]
    await shop.done("product.update_stock", stock=[change(4, "SUB", BANDUNG)], **arguments)
    assert await levels(shop, variation) == {MAIN: 10}
