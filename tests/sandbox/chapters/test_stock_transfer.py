from __future__ import annotations

import pytest

from tests.sandbox.asking import BASE, JSON, Asker

MAIN, BANDUNG, JAKARTA = 0, 4, 5


def shelf(shop: Asker, warehouse_id: int, count: int) -> list[tuple[int, int]]:
    """Variations in a warehouse with what it holds of them, at least two pieces."""
    rows = shop.db.execute(
        "SELECT variation_id, stock FROM warehouse_stock WHERE warehouse_id = ? AND stock > 1 ORDER BY 1 LIMIT ?",
        (warehouse_id, count),
    ).fetchall()
    assert len(rows) == count
    return [(row["variation_id"], row["stock"]) for row in rows]


def held(shop: Asker, variation_id: int, warehouse_id: int) -> int:
    return shop.number(
        "SELECT coalesce(sum(stock), 0) FROM warehouse_stock WHERE variation_id = ? AND warehouse_id = ?",
        variation_id,
        warehouse_id,
    )


def transfer(lines: list[tuple[int, int]], **changes: object) -> JSON:
    return {
        "origin_warehouse_id": MAIN,
        "destination_warehouse_id": BANDUNG,
        "description": "Isi rak",
        "stock_adjustment": [{"variation_id": number, "transfer_stock": pieces} for number, pieces in lines],
        **changes,
    }


async def test_goods_move_and_the_history_says_so(shop: Asker) -> None:
    (first, stock), (second, _) = shelf(shop, MAIN, 2)
    before = held(shop, first, BANDUNG)
    answer = await shop.done("stock_transfer.create", **transfer([(first, stock), (second, 1)]))
    data = answer["data"]
    assert isinstance(data, dict)
    assert answer["response"] == "Sukses"
    assert data == {
        "id": data["id"],
        "description": "Isi rak",
        "origin_warehouse": {"id": 0, "name": "Gudang Utama"},
        "destination_warehouse": {"id": 4, "name": "Gudang Bandung"},
        "created_at": "2026-03-18 10:30:00",
    }
    assert (held(shop, first, MAIN), held(shop, first, BANDUNG)) == (0, before + stock)
    rows = (await shop.rows("product.list_variation_history", id=first))[:2]
    assert [(row["warehouse"], row["stock"]) for row in rows] == [
        ({"id": 4, "name": "Gudang Bandung"}, {"in": stock, "out": 0, "last": before + stock}),
        ({"id": 0, "name": "Gudang Utama"}, {"in": 0, "out": stock, "last": 0}),
    ]
    reasons = shop.db.execute(
        "SELECT DISTINCT reason FROM stock_history WHERE stock_transfer_id = ?", (data["id"],)
    ).fetchall()
    assert [row["reason"] for row in reasons] == ["transfer"]
    assert (await shop.rows("stock_transfer.list"))[0] == data


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"destination_warehouse_id": MAIN}, "destination_warehouse_id"),
        ({"destination_warehouse_id": 77}, "destination_warehouse_id"),
        ({"origin_warehouse_id": 77}, "origin_warehouse_id"),
        ({"origin_warehouse_id": None}, "origin_warehouse_id"),
        ({"description": " "}, "description"),
        ({"stock_adjustment": []}, "stock_adjustment"),
        ({"stock_adjustment": [{"variation_id": 1, "transfer_stock": 1}] * 101}, "stock_adjustment"),
        ({"stock_adjustment": [{"variation_id": 1, "transfer_stock": 1}]}, "stock_adjustment.0.variation_id"),
        ({"stock_adjustment": [{"transfer_stock": 1}]}, "stock_adjustment.0.variation_id"),
    ],
)
async def test_transfers_that_cannot_be(shop: Asker, changes: JSON, wrong: str) -> None:
    before = shop.number("SELECT count(*) FROM stock_transfer")
    sent = transfer([(shelf(shop, MAIN, 1)[0][0], 1)], **changes)
    assert list(await shop.refused("stock_transfer.create", **sent)) == [wrong]
    assert shop.number("SELECT count(*) FROM stock_transfer") == before


async def test_all_move_or_none(shop: Asker) -> None:
    (first, _), (second, stock), (third, _) = shelf(shop, MAIN, 3)
    history = shop.number("SELECT count(*) FROM stock_history")
    wrong = transfer([(first, 1), (second, stock + 1), (third, 0), (first, 1)])
    reasons = await shop.refused("stock_transfer.create", **wrong)
    assert set(reasons) == {
        "stock_adjustment.1.transfer_stock",
        "stock_adjustment.2.transfer_stock",
        "stock_adjustment.3.variation_id",
    }
    assert reasons["stock_adjustment.1.transfer_stock"][0].startswith(f"Gudang Utama holds only {stock} of ")
    assert shop.number("SELECT count(*) FROM stock_history") == history


async def test_a_hundred_variations_move_at_once(shop: Asker) -> None:
    found = shelf(shop, MAIN, 100)
    answer = await shop.done("stock_transfer.create", **transfer([(number, 1) for number, _ in found]))
    assert isinstance(answer["data"], dict)
    number = answer["data"]["id"]
    whole = (await shop.done("stock_transfer.get", id=number))["data"]
    assert isinstance(whole, dict)
    assert (whole["variation_total"], whole["processed"], whole["progress_status"]) == (100, 100, "SUCCESS")
    rows = await shop.rows("stock_transfer.list_transactions", id=number, pagination_offset=2)
    assert [row["variation_id"] for row in rows] == [variation for variation, _ in found[50:]]
    assert await shop.total("stock_transfer.list_transactions", id=number) == 100


async def test_nothing_moves_to_a_warehouse_that_is_not_in_use_but_all_may_leave_it(shop: Asker) -> None:
    shop.db.execute("UPDATE warehouse SET is_active = 0 WHERE id = ?", (BANDUNG,))
    shop.db.commit()
    number, stock = shelf(shop, BANDUNG, 1)[0]
    wrong = await shop.refused("stock_transfer.create", **transfer([(shelf(shop, MAIN, 1)[0][0], 1)]))
    assert list(wrong) == ["destination_warehouse_id"]
    back = {"origin_warehouse_id": BANDUNG, "destination_warehouse_id": MAIN}
    await shop.done("stock_transfer.create", **transfer([(number, stock)], **back))
    assert held(shop, number, BANDUNG) == 0


@pytest.mark.parametrize(
    ("arguments", "sql"),
    [
        ({}, "created_at >= '2026-02-16'"),
        ({"start_date": "2025-01-01"}, "1"),
        ({"start_date": "2026-01-01", "end_date": "2026-02-10"}, "created_at BETWEEN '2026-01-01' AND '2026-02-10 99'"),
        ({"start_date": "2025-01-01", "origin_warehouse_id": MAIN}, "origin_warehouse_id = 0"),
        ({"start_date": "2025-01-01", "destination_warehouse_id": JAKARTA}, "destination_warehouse_id = 5"),
        ({"start_date": "2025-01-01", "user_id": 8}, "created_by = 8"),
    ],
)
async def test_the_list_is_filtered_and_newest_first(shop: Asker, arguments: JSON, sql: str) -> None:
    rows = await shop.rows("stock_transfer.list", per_page=100, **arguments)
    expected = shop.db.execute(
        f"SELECT id FROM stock_transfer WHERE {sql} ORDER BY created_at DESC, id DESC"
    ).fetchall()
    assert [row["id"] for row in rows] == [row["id"] for row in expected]
    assert rows


async def test_the_link_keeps_the_page_size(shop: Asker) -> None:
    meta = (await shop.done("stock_transfer.list", per_page=2))["meta"]
    assert isinstance(meta, dict)
    assert meta["pagination"]["links"]["next"].endswith("/stock-transfer?per_page=2&pagination_offset=2")
    assert list(await shop.refused("stock_transfer.list", end_date="2026-01-01", start_date="2026-01-02")) == [
        "end_date"
    ]


async def test_one_transfer(shop: Asker) -> None:
    row = (await shop.rows("stock_transfer.list"))[-1]
    whole = (await shop.done("stock_transfer.get", id=row["id"]))["data"]
    assert isinstance(whole, dict)
    assert whole["origin_warehouse"] == row["origin_warehouse"]
    assert whole["warehouse"] == row["destination_warehouse"]
    maker = shop.db.execute(
        "SELECT user.* FROM stock_transfer JOIN user ON user.id = created_by WHERE stock_transfer.id = ?", (row["id"],)
    ).fetchone()
    assert whole["created_by"] == {"id": str(maker["id"]), "email": maker["email"], "name": maker["name"]}
    assert str(whole["created_at"]).endswith(".000000Z")
    lines = await shop.rows("stock_transfer.list_transactions", id=row["id"])
    assert len(lines) == whole["variation_total"]
    assert (await shop.ask("stock_transfer.get", id=999_999)).status_code == 404
    assert list(await shop.refused("stock_transfer.list_transactions", id=999_999)) == ["id"]


async def test_a_line_names_its_variant_or_a_dash(shop: Asker) -> None:
    plain = shop.number(
        "SELECT variation_id FROM warehouse_stock JOIN variation ON variation.id = variation_id"
        " WHERE warehouse_id = 0 AND warehouse_stock.stock > 0 AND color = '' AND size = ''"
    )
    named = shop.number(
        "SELECT variation_id FROM warehouse_stock JOIN variation ON variation.id = variation_id"
        " WHERE warehouse_id = 0 AND warehouse_stock.stock > 0 AND color <> '' AND size <> ''"
    )
    answer = await shop.done("stock_transfer.create", **transfer([(plain, 1), (named, 1)]))
    assert isinstance(answer["data"], dict)
    rows = await shop.rows("stock_transfer.list_transactions", id=answer["data"]["id"])
    look = shop.db.execute("SELECT size || ' ' || color FROM variation WHERE id = ?", (named,)).fetchone()[0]
    assert [row["variant_name"] for row in rows] == ["-", look]
    assert [row["transfered_stock"] for row in rows] == [1, 1]


async def test_variations_are_found_by_sku_or_words_with_the_stock_of_the_warehouse(shop: Asker) -> None:
    number, stock = shelf(shop, BANDUNG, 1)[0]
    row = shop.db.execute(
        "SELECT sku, size, color, name FROM variation JOIN product ON product.id = product_id WHERE variation.id = ?",
        (number,),
    ).fetchone()
    for keyword in (row["sku"], row["sku"].lower()):
        answer = await shop.done("stock_transfer.search_variations", keyword=keyword, warehouse_id=BANDUNG)
        assert answer["warehouse_id"] == BANDUNG
        data = answer["data"]
        assert isinstance(data, list)
        assert (data[0]["variation_id"], data[0]["sku"], data[0]["system_stock"]) == (number, row["sku"], stock)
        look = f"{row['size']} {row['color']}".strip()
        assert (data[0]["product_name"], data[0]["variation_name"]) == (row["name"], look)
        assert data[0]["name"] == f"{row['name']} {look}".strip()
    words = f"{row['color']} {row['name']}"
    found = await shop.rows("stock_transfer.search_variations", keyword=words, warehouse_id=BANDUNG)
    assert number in [item["variation_id"] for item in found]


async def test_the_search_takes_a_body_as_well(shop: Asker) -> None:
    sku = shop.db.execute("SELECT sku FROM variation WHERE id = ?", (shelf(shop, MAIN, 1)[0][0],)).fetchone()[0]
    asked = {"keyword": sku, "warehouse_id": MAIN}
    by_query = await shop.done("stock_transfer.search_variations", **asked)
    by_body = await shop.http.request("GET", f"{BASE}/stock-transfer/variation", json=asked)
    assert by_body.json() == by_query
    assert by_query["data"]


async def test_the_search_by_product_and_only_of_what_is_kept_there(shop: Asker) -> None:
    single = shop.number(
        "SELECT id FROM product WHERE product_type = 'S' AND is_warehouse = 0 AND has_variation = 'Y' ORDER BY id"
    )
    rows = await shop.rows("stock_transfer.search_variations", product_id=single, warehouse_id=MAIN)
    assert len(rows) == shop.number("SELECT count(*) FROM variation WHERE product_id = ?", single)
    assert await shop.rows("stock_transfer.search_variations", product_id=single, warehouse_id=BANDUNG) == []
    foreign = shop.number("SELECT id FROM product WHERE product_type = 'R' ORDER BY id")
    assert await shop.rows("stock_transfer.search_variations", product_id=foreign, warehouse_id=MAIN) == []


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ({"warehouse_id": MAIN}, "keyword"),
        ({"warehouse_id": MAIN, "keyword": " "}, "keyword"),
        ({"warehouse_id": MAIN, "keyword": "a", "product_id": 1}, "product_id"),
        ({"warehouse_id": 77, "keyword": "a"}, "warehouse_id"),
        ({"keyword": "a"}, "warehouse_id"),
    ],
)
async def test_how_a_search_is_asked(shop: Asker, arguments: JSON, wrong: str) -> None:
    assert list(await shop.refused("stock_transfer.search_variations", **arguments)) == [wrong]
