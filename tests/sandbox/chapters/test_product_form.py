"""Making and changing products."""

from __future__ import annotations

import pytest

from tests.sandbox.asking import JSON, Asker
from tests.sandbox.chapters.test_product import as_sent, made, variations, whole
from tests.sandbox.goods import wanted_product, wanted_variation

STEPS = [{"from": 3, "to": 9, "price": 15000}, {"from": 10, "to": 99, "price": 14000}]


async def changed(shop: Asker, product: JSON, **changes: object) -> JSON:
    await shop.done("product.update", **{**as_sent(product), **changes})
    return await whole(shop, product["id"])


def sent_variations(product: JSON) -> list[JSON]:
    sent = as_sent(product)["variations"]
    assert isinstance(sent, list)
    return sent


async def test_a_new_product_is_kept_as_it_was_sent(shop: Asker) -> None:
    answer = await shop.done("product.create", **wanted_product(shop.db))
    data = answer["data"]
    assert isinstance(data, dict)
    assert data["total_stock"] == 10
    product = await whole(shop, data["product_id"])
    assert [row["id"] for row in variations(product)] == data["product_meta_id"]
    red = variations(product)[0]
    assert (red["sku"], red["color"], red["size"], red["weight"]) == ("UJI-MRH", "merah", "", 100)
    assert (red["price"], red["price_reseller"], red["price3"], red["stock_quantity"]) == (20000, 17000, 16000, 5)
    assert (product["publish_status"], product["is_warehouse"], product["wholesale_prices"]) == ("Y", None, [])
    category = shop.db.execute("SELECT * FROM product_category WHERE id = ?", (product["category_id"],)).fetchone()
    assert product["root_categories_id"] == category["root_categories_id"]
    history = await shop.rows("product.list_variation_history", id=red["id"])
    assert [row["stock"] for row in history] == [{"in": 5, "out": 0, "last": 5}]
    prices = (await shop.done("product.check_stock", variation_id=red["id"]))["data"]
    assert isinstance(prices, dict)
    assert (prices["stock"], prices["price_dropship"]) == (5, 17000)


async def test_stock_of_a_new_product_lies_where_it_was_said(shop: Asker) -> None:
    places = [{"warehouse_id": 4, "stock": 7}, {"warehouse_id": 0, "stock": 0}]
    product = await made(
        shop, is_warehouse=1, has_variation="N", variations=[wanted_variation("UJI-1", warehouse_stock=places)]
    )
    assert (product["is_warehouse"], product["total_stock"]) == (True, 7)
    rows = await shop.rows("product.list_warehouse_stock", variation_id=variations(product)[0]["id"])
    assert {row["warehouse_id"]: row["stock"] for row in rows} == {0: 0, 4: 7, 5: 0, 9: 0}


async def test_another_suppliers_product_says_only_whether_it_can_be_had(shop: Asker) -> None:
    sent = wanted_variation("UJI-1", stock="N")
    product = await made(shop, product_type="R", variations=[sent])
    row = variations(product)[0]
    assert (row["stock"], row["stock_quantity"], product["type_description"]) == ("N", 0, "Stok Supplier Lain")
    assert await shop.rows("product.list_warehouse_stock", variation_id=row["id"]) == []
    wrong = {**wanted_product(shop.db), "product_type": "R", "variations": [{**sent, "sku": "UJI-2", "stock": None}]}
    assert list(await shop.refused("product.create", **wrong)) == ["variations.0.stock"]


@pytest.mark.parametrize(
    ("setting", "wrong"),
    [
        (None, "preorder_setting"),
        ({"type": "day", "number": 91}, "preorder_setting.number"),
        ({"type": "week", "number": 13}, "preorder_setting.number"),
        ({"type": "day", "number": 0}, "preorder_setting.number"),
        ({"type": "month", "number": 1}, "preorder_setting.type"),
        ({"type": "day"}, "preorder_setting.number"),
        ({"type": "day", "number": 90}, None),
        ({"type": "week", "number": "12"}, None),
    ],
)
async def test_how_long_a_preorder_may_take(shop: Asker, setting: JSON | None, wrong: str | None) -> None:
    sent = {**wanted_product(shop.db), "product_type": "PO", "preorder_setting": setting}
    if wrong is not None:
        assert next(iter(await shop.refused("product.create", **sent))) == wrong
        return
    assert setting is not None
    product = await made(shop, product_type="PO", preorder_setting=setting)
    assert product["preorder_setting"] == {"type": setting["type"], "number": int(str(setting["number"]))}
    kept = await changed(shop, product, name="Topi Lain")
    assert kept["preorder_setting"] == product["preorder_setting"]


@pytest.mark.parametrize("name", ["wholesale", "wholesales"])
async def test_wholesale_steps_by_either_name(shop: Asker, name: str) -> None:
    product = await made(shop, wholesale_status="Y", **{name: STEPS})
    steps = product["wholesale_prices"]
    assert isinstance(steps, list)
    assert [{**step, "id": None} for step in steps] == [{**step, "id": None} for step in STEPS]
    answer = await shop.done("product.get_wholesale_minimum", product_id=product["id"])
    assert isinstance(answer["data"], dict)
    assert answer["data"]["minimum_quantity"] == 3

    kept = await changed(shop, product, name="Topi Lain")
    assert kept["wholesale_prices"] == steps
    again = [{**steps[1], "price": 13000}, {"from": 100, "to": 200, "price": 12000}]
    other = await changed(shop, product, **{name: again})
    assert isinstance(other["wholesale_prices"], list)
    assert other["wholesale_prices"][0] == again[0]
    assert [step["price"] for step in other["wholesale_prices"]] == [13000, 12000]
    assert (await changed(shop, product, wholesale_status="N", **{name: []}))["wholesale_prices"] == []


@pytest.mark.parametrize(
    ("steps", "wrong"),
    [
        ([], "wholesale"),
        ([{"from": 9, "to": 3, "price": 1}], "wholesale.0.to"),
        ([*STEPS, {"from": 99, "to": 120, "price": 1}], "wholesale.2.from"),
        ([{"from": 0, "to": 3, "price": 1}], "wholesale.0.from"),
        ([{"from": 1, "to": 3}], "wholesale.0.price"),
        ([{"id": 1, "from": 1, "to": 3, "price": 5}], "wholesale.0.id"),
    ],
)
async def test_wholesale_steps_that_cannot_be(shop: Asker, steps: list[JSON], wrong: str) -> None:
    sent = {**wanted_product(shop.db), "wholesale_status": "Y", "wholesale": steps}
    assert list(await shop.refused("product.create", **sent)) == [wrong]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"name": ""}, "name"),
        ({"product_type": "X"}, "product_type"),
        ({"category_id": 999_999}, "category_id"),
        ({"category_id": None}, "category_id"),
        ({"root_categories_id": 999_999}, "root_categories_id"),
        ({"shop_id": 999_999}, "shop_id"),
        ({"user_id": 999_999}, "user_id"),
        ({"discount": -1}, "discount"),
        ({"variations": []}, "variations"),
        ({"has_variation": "N"}, "has_variation"),
        ({"variations": [wanted_variation("")]}, "variations.0.sku"),
        ({"variations": [wanted_variation("UJI-1", price=None)]}, "variations.0.price"),
        ({"variations": [wanted_variation("UJI-1", stock_quantity=None)]}, "variations.0.stock_quantity"),
        ({"variations": [wanted_variation("UJI-1", stock_quantity=-1)]}, "variations.0.stock_quantity"),
        ({"variations": [wanted_variation("UJI-1", images=["a"] * 6)]}, "variations.0.images"),
        ({"variations": [wanted_variation("UJI-1", images=["a"], primary_image=1)]}, "variations.0.primary_image"),
        (
            {"variations": [wanted_variation("UJI-1", warehouse_stock=[{"warehouse_id": 77, "stock": 1}])]},
            "variations.0.warehouse_stock.0.warehouse_id",
        ),
        (
            {"variations": [wanted_variation("UJI-1", warehouse_stock=[{"warehouse_id": 0, "stock": 1}] * 2)]},
            "variations.0.warehouse_stock.1.warehouse_id",
        ),
    ],
)
async def test_what_a_product_needs(shop: Asker, change: JSON, wrong: str) -> None:
    before = shop.number("SELECT count(*) FROM product")
    assert list(await shop.refused("product.create", **{**wanted_product(shop.db), **change})) == [wrong]
    assert shop.number("SELECT count(*) FROM product") == before


async def test_a_product_without_a_category_has_no_root(shop: Asker) -> None:
    product = await made(shop, category_id=0)
    assert (product["category_name"], product["root_categories_id"]) == ("", None)
    assert (product["root_categories_name"], product["is_empty_root_category"]) == ("", True)
    root = shop.number("SELECT max(id) FROM root_category")
    assert (await changed(shop, product, root_categories_id=root))["root_categories_id"] == root


async def test_an_update_changes_what_it_names_and_nothing_else(shop: Asker) -> None:
    product = await made(shop)
    red, white = sent_variations(product)
    red.update(sku="UJI-MRH2", price=25000)
    after = await changed(shop, product, name="Topi Lain", variations=[red])
    assert after == {
        **product,
        "name": "Topi Lain",
        "variations": [{**variations(product)[0], "sku": "UJI-MRH2", "price": 25000}, variations(product)[1]],
    }
    sent = as_sent(product)
    del sent["variations"]
    await shop.done("product.update", **sent)
    assert await whole(shop, product["id"]) == {**after, "name": product["name"]}
    assert white["sku"] == "UJI-PTH"


async def test_variations_come_and_go_in_an_update(shop: Asker) -> None:
    product = await made(shop)
    red, white = sent_variations(product)
    # The new one takes the SKU of the one that goes.
    new = wanted_variation("UJI-MRH", size="L", stock_quantity=2)
    answer = await shop.done(
        "product.update",
        **{**as_sent(product), "variations": [{"id": red["id"], "flag": "DELETE"}, white, new]},
    )
    after = variations(await whole(shop, product["id"]))
    assert [(row["sku"], row["size"], row["stock_quantity"]) for row in after] == [
        ("UJI-PTH", "", 5),
        ("UJI-MRH", "L", 2),
    ]
    assert answer["data"] == {
        "product_id": product["id"],
        "product_meta_id": [row["id"] for row in after],
        "total_stock": 7,
    }


async def test_two_variations_exchange_their_skus(shop: Asker) -> None:
    product = await made(shop)
    red, white = sent_variations(product)
    red["sku"], white["sku"] = white["sku"], red["sku"]
    after = variations(await changed(shop, product, variations=[red, white]))
    assert [row["sku"] for row in after] == ["UJI-PTH", "UJI-MRH"]


async def test_stock_sent_with_a_product_is_what_there_shall_be(shop: Asker) -> None:
    product = await made(shop)
    red, white = sent_variations(product)
    number = red["id"]
    await shop.done(
        "product.update_stock",
        variation_id=number,
        description="Pindah",
        move_warehouse_stock=True,
        stock=[{"amount": 3, "status": "SUB", "warehouse_id": 0}, {"amount": 3, "status": "ADD", "warehouse_id": 4}],
    )
    after = await changed(shop, product, variations=[{**red, "stock_quantity": 9}, white])
    assert after["total_stock"] == 14
    rows = await shop.rows("product.list_warehouse_stock", variation_id=number)
    assert {row["warehouse_id"]: row["stock"] for row in rows} == {0: 6, 4: 3}
    after = await changed(shop, product, variations=[{**red, "warehouse_stock": [{"warehouse_id": 4, "stock": 1}]}])
    assert [row["stock_quantity"] for row in variations(after)] == [7, 5]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"id": 999_999}, "id"),
        ({"variations": [{"id": 1, "flag": "DELETE"}]}, "variations.0.id"),
        ({"variations": [{"flag": "DELETE"}]}, "variations.0.id"),
        ({"variations": [{"flag": "GONE"}]}, "variations.0.flag"),
        ({"has_variation": "N"}, "has_variation"),
    ],
)
async def test_updates_that_cannot_be(shop: Asker, change: JSON, wrong: str) -> None:
    product = await made(shop)
    assert next(iter(await shop.refused("product.update", **{**as_sent(product), **change}))) == wrong
    assert await whole(shop, product["id"]) == product


async def test_the_last_variation_stays(shop: Asker) -> None:
    product = await made(shop)
    gone = [{"id": row["id"], "flag": "DELETE"} for row in variations(product)]
    assert list(await shop.refused("product.update", **{**as_sent(product), "variations": gone})) == ["variations"]
