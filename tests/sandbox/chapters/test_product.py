from __future__ import annotations

import re

import pytest

from tests.sandbox.asking import BASE, JSON, NOW, Asker
from tests.sandbox.goods import wanted_product, wanted_variation

PRICE_KEYS = ("price_buy", "price", "price_reseller", "price1", "price2", "price3")


async def every(shop: Asker, **arguments: object) -> list[JSON]:
    """All pages of product.list."""
    total = await shop.total("product.list", **arguments)
    rows: list[JSON] = []
    for page in range(1, -(-total // 10) + 1):
        rows += await shop.rows("product.list", pagination_offset=page, **arguments)
    assert len(rows) == total
    return rows


async def made(shop: Asker, **changes: object) -> JSON:
    """A new product, whole."""
    answer = await shop.done("product.create", **{**wanted_product(shop.db), **changes})
    assert isinstance(answer["data"], dict)
    return await whole(shop, answer["data"]["product_id"])


async def whole(shop: Asker, product_id: object) -> JSON:
    data = (await shop.done("product.get", product_id=product_id))["data"]
    assert isinstance(data, dict)
    return data


def variations(product: JSON) -> list[JSON]:
    found = product["variations"]
    assert isinstance(found, list)
    return found


def as_sent(product: JSON) -> JSON:
    """A product as the answer of product.get would be sent to product.update."""
    names = ("id", "name", "product_type", "category_id", "description", "shop_id", "user_id", "discount", "weight")
    flags = ("wholesale_status", "publish_status", "show_stock", "has_variation")
    sent = [
        {name: row[name] for name in ("id", "sku", "size", "color", "images", "primary_image", *PRICE_KEYS)}
        for row in variations(product)
    ]
    return {**{name: product[name] for name in (*names, *flags)}, "variations": sent}


def ordered_by(shop: Asker, rows: list[JSON], sql: str) -> list[object]:
    return [shop.db.execute(sql, (row["id"],)).fetchone()[0] for row in rows]


OWN = "FROM variation WHERE product_id = ? AND deleted_at IS NULL"


@pytest.mark.parametrize(
    ("order_by", "sql", "falls"),
    [
        ("NEWEST", "SELECT created_at FROM product WHERE id = ?", True),
        ("LONGEST", "SELECT created_at FROM product WHERE id = ?", False),
        ("CHEAPEST", f"SELECT min(price) {OWN}", False),
        ("EXPENSIVE", f"SELECT max(price) {OWN}", True),
        ("LEAST_STOCK", f"SELECT sum(stock_quantity) {OWN}", False),
        ("MOST_STOCK", f"SELECT sum(stock_quantity) {OWN}", True),
        ("ASC", "SELECT lower(name) FROM product WHERE id = ?", False),
        ("DESC", "SELECT lower(name) FROM product WHERE id = ?", True),
    ],
)
async def test_the_orders_really_order(shop: Asker, order_by: str, sql: str, falls: bool) -> None:
    rows = await every(shop, order_by=order_by)
    keys = ordered_by(shop, rows, sql)
    assert keys == sorted(keys, key=lambda key: (isinstance(key, str), key), reverse=falls)
    assert len(set(keys)) > 20
    assert len({str(row["id"]) for row in rows}) == len(rows)


async def test_the_newest_come_first_where_nothing_is_said(shop: Asker) -> None:
    assert await shop.rows("product.list") == await shop.rows("product.list", order_by="NEWEST")
    product = await made(shop)
    assert (await shop.rows("product.list"))[0]["id"] == product["id"]


@pytest.mark.parametrize(
    ("arguments", "sql"),
    [
        ({"type": "S"}, "product_type = 'S'"),
        ({"type": "po"}, "product_type = 'PO'"),
        ({"channel": "SHOPEE"}, "channel = 'SHOPEE'"),
        ({"channel": "JURNAL"}, "channel = 'JURNAL'"),
        ({"category": "UNCATEGORIZED"}, "category_id = 0"),
        ({"category": "0"}, "category_id = 0"),
        ({"price": "NON_SET_PRICE"}, "id IN (SELECT product_id FROM variation WHERE price = 0)"),
        ({"price": "NON_PROFIT"}, "id IN (SELECT product_id FROM variation WHERE price > 0 AND price <= price_buy)"),
        ({"keyword": "aruna"}, "name LIKE '%aruna%'"),
        ({"keyword": "KMP00"}, "id IN (SELECT product_id FROM variation WHERE sku LIKE '%KMP00%')"),
        ({"type": "S", "channel": "SHOPEE"}, "product_type = 'S' AND channel = 'SHOPEE'"),
    ],
)
async def test_the_filters_really_filter(shop: Asker, arguments: JSON, sql: str) -> None:
    shop.db.execute("UPDATE variation SET sku = 'KMP00-' || id WHERE product_id IN (4003, 4004)")
    shop.db.commit()
    expected = {row["id"] for row in shop.db.execute(f"SELECT id FROM product WHERE NOT is_archived AND {sql}")}
    assert {row["id"] for row in await every(shop, **arguments)} == expected
    assert 0 < len(expected) < shop.number("SELECT count(*) FROM product")


async def test_archived_products_are_shown_to_those_who_ask(shop: Asker) -> None:
    archived = {row["id"] for row in await every(shop, category="archived")}
    assert archived == {row["id"] for row in shop.db.execute("SELECT id FROM product WHERE is_archived")}
    assert archived
    assert not archived & {row["id"] for row in await every(shop)}


async def test_a_category_is_a_filter_by_its_id(shop: Asker) -> None:
    category = shop.number("SELECT category_id FROM product WHERE category_id > 0")
    rows = await every(shop, category=category)
    assert {row["category_id"] for row in rows} == {category}
    name = shop.db.execute("SELECT name FROM product_category WHERE id = ?", (category,)).fetchone()["name"]
    assert rows[0]["category_name"] == name
    assert await every(shop, category=999_999) == []


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ({"order_by": "BEST"}, "order_by"),
        ({"type": "X"}, "type"),
        ({"category": "SOME"}, "category"),
        ({"price": "LOW"}, "price"),
        ({"channel": "TOKO"}, "channel"),
        ({"pagination_offset": 0}, "pagination_offset"),
    ],
)
async def test_a_wrong_filter_is_refused(shop: Asker, arguments: JSON, wrong: str) -> None:
    assert list(await shop.refused("product.list", **arguments)) == [wrong]
    if wrong in ("order_by", "price", "category", "channel"):
        assert list(await shop.refused("product.download", **arguments)) == [wrong]


async def test_pages_hold_ten_rows(shop: Asker) -> None:
    first = await shop.rows("product.list", per_page=50)
    second = await shop.rows("product.list", per_page=50, pagination_offset=2)
    assert (len(first), len(second)) == (10, 10)
    assert not {row["id"] for row in first} & {row["id"] for row in second}


async def test_a_row_adds_up(shop: Asker) -> None:
    for row in await shop.rows("product.list", type="S"):
        assert row["total_stock"] == sum(int(str(variation["stock_quantity"])) for variation in variations(row))
        kept = shop.number(
            "SELECT sum(warehouse_stock.stock) FROM warehouse_stock JOIN variation ON variation.id = variation_id"
            " WHERE product_id = ?",
            row["id"],
        )
        assert kept == row["total_stock"]
        assert isinstance(row["warehouse"], list)
        assert row["warehouse"][0] == {"name": "Gudang Utama", "id": 0}
        assert row["type_description"] == "Stok Sendiri"


async def test_one_product_whole(shop: Asker) -> None:
    number = shop.number("SELECT id FROM product WHERE product_type = 'PO' AND category_id > 0 ORDER BY id")
    product = await whole(shop, number)
    assert product["preorder_setting"] in (
        {"number": 7, "type": "day"},
        {"number": 14, "type": "day"},
        {"number": 2, "type": "week"},
        {"number": 4, "type": "week"},
    )
    assert product["is_empty_root_category"] is False
    assert product["root_categories_name"] != ""
    assert (await shop.ask("product.get", product_id=999_999)).status_code == 404
    assert (await shop.ask("product.get", product_id="abc")).status_code == 400


async def test_pictures_are_null_or_listed(shop: Asker) -> None:
    pictures = ["https://gambar.example/a.jpg", "https://gambar.example/b.jpg"]
    product = await made(
        shop,
        variations=[
            wanted_variation("UJI-1", images=pictures, primary_image=1),
            wanted_variation("UJI-2", image="https://gambar.example/c.jpg"),
            wanted_variation("UJI-3"),
        ],
    )
    first, second, third = variations(product)
    assert (first["image"], first["primary_image"], first["images"]) == (pictures[1], 1, pictures)
    assert (second["image"], second["primary_image"]) == ("https://gambar.example/c.jpg", 0)
    assert [third[key] for key in ("image", "images", "thumbnail", "primary_image")] == [None] * 4
    assert third["thumbnails"] == []
    assert product["image"] == pictures[1]
    assert [row["image"] for row in variations((await shop.rows("product.list"))[0])][2] == ""


async def test_a_sku_finds_its_variation_first(shop: Asker) -> None:
    await made(
        shop,
        name="Topi ABC-1",
        variations=[wanted_variation("XX-ABC-1"), wanted_variation("ABC-12"), wanted_variation("ABC-1", color="ungu")],
    )
    rows = await shop.rows("product.list_variations", keyword="ABC-1")
    assert [row["sku"] for row in rows] == ["ABC-1", "ABC-12", "XX-ABC-1"]
    assert [row["sku"] for row in await shop.rows("product.list_variations", keyword="abc-1", per_page=1)] == ["ABC-1"]
    assert rows[0]["created_at"] == "2026-03-18T10:30:00+07:00"
    words = await shop.rows("product.list_variations", keyword="ungu topi")
    assert [row["sku"] for row in words] == ["ABC-1"]
    assert await shop.rows("product.list_variations", keyword="AB%1") == []


async def test_a_name_that_begins_so_comes_before_one_that_holds_it(shop: Asker) -> None:
    for number, name in enumerate(("Sarung Qalam", "Qalam Bulu", "Meja Qalam")):
        await made(shop, name=name, variations=[wanted_variation(f"UJI-{number}")])
    rows = await shop.rows("product.list_variations", keyword="qalam")
    assert [row["name"] for row in rows] == ["Qalam Bulu", "Meja Qalam", "Sarung Qalam"]


async def test_stock_by_warehouse_stands_in_the_flat_row_where_it_is_kept_so(shop: Asker) -> None:
    rows = await shop.rows("product.list_variations", per_page=1000)
    assert {row["is_warehouse"] for row in rows} == {0, 1}
    for row in rows:
        if row["is_warehouse"]:
            assert isinstance(row["warehouse_stock"], list)
            assert sum(place["stock"] for place in row["warehouse_stock"]) == row["stock_quantity"]
        else:
            assert row["warehouse_stock"] is None
    titles = {row["preorder_title"] for row in rows if row["product_type"] == "PO"}
    assert "Pre Order 7 Hari" in titles
    assert {row["preorder_title"] for row in rows if row["product_type"] != "PO"} == {None}


async def test_promos_are_worked_out_for_the_customer_asked_for(shop: Asker) -> None:
    buyers = {
        code: shop.number("SELECT id FROM customer WHERE category_code = ? AND deleted_at IS NULL", code)
        for code in ("N", "Y")
    }
    today = NOW.date().isoformat()
    for code, customer_id in buyers.items():
        shown = set()
        for product in shop.db.execute("SELECT * FROM product WHERE id IN (SELECT product_id FROM promo)").fetchall():
            rows = await shop.rows(
                "product.list_variations", keyword=product["name"], per_page=1000, customer_id=customer_id
            )
            for row in rows:
                assert isinstance(row["promo"], list)
                shown |= {(row["product_id"], promo["promo_id"], promo["discount_promo"]) for promo in row["promo"]}
        in_force = shop.db.execute(
            "SELECT promo.* FROM promo JOIN product ON product.id = product_id WHERE NOT is_archived"
            " AND (category_code IS NULL OR category_code = ?) AND start_date <= ? AND end_date >= ?",
            (code, today, today),
        ).fetchall()
        assert shown == {(row["product_id"], row["id"], row["discount_promo"]) for row in in_force}
        assert shown
    unasked = await shop.rows("product.list_variations", per_page=1000)
    assert all(row["promo"] == [] for row in unasked)
    assert list(await shop.refused("product.list_variations", customer_id=999_999)) == ["customer_id"]


async def test_new_skus_are_free_and_made_of_the_words(shop: Asker) -> None:
    wanted = [{"name": "Kaos Leo Polos", "color": "hijau", "size": "L"}, *({"name": "Topi", "old_sku": "T"},) * 40]
    answer = await shop.http.request("GET", f"{BASE}/product/sku/generate-new", json={"products": wanted})
    rows = answer.json()["data"]
    assert re.fullmatch(r"KLP-HIJ-L-[A-Za-z0-9]{3}", rows[0]["sku"])
    assert re.fullmatch(r"TOP-[A-Za-z0-9]{3}", rows[1]["sku"])
    assert (rows[1]["color"], rows[1]["old_sku"]) == ("", "T")
    assert len({row["sku"] for row in rows}) == 41
    by_query = await shop.rows("product.generate_sku", products=[{"name": "日本"}])
    assert re.fullmatch(r"SKU-[A-Za-z0-9]{3}", str(by_query[0]["sku"]))
    assert list(await shop.refused("product.generate_sku")) == ["products"]
    assert list(await shop.refused("product.generate_sku", products=[{"color": "x"}])) == ["products.0.name"]


async def test_a_sku_may_be_used_once(shop: Asker) -> None:
    product = await made(shop)
    red, white = (variation["id"] for variation in variations(product))

    async def check(sku: str, variation_id: object) -> object:
        return (await shop.done("product.validate_sku", sku=sku, product_meta_id=variation_id))["data"]

    assert await check("UJI-MRH", red) == {"status": True, "variation": "merah", "product_id": ""}
    assert await check("UJI-MRH", white) == {"status": False, "variation": "merah", "product_id": str(product["id"])}
    assert await check("UJI-BARU", 0) == {"status": True, "variation": "", "product_id": ""}
    assert list(await shop.refused("product.validate_sku", sku="A", product_meta_id=999_999)) == ["product_meta_id"]
    sent = {**wanted_product(shop.db), "variations": [wanted_variation("UJI-PTH"), wanted_variation("UJI-9")] * 2}
    reasons = await shop.refused("product.create", **sent)
    assert list(reasons) == [f"variations.{place}.sku" for place in (0, 2, 3)]
    assert reasons["variations.0.sku"] == ["Topi Uji has this SKU already."]


async def test_the_least_wholesale_quantity(shop: Asker) -> None:
    with_steps = shop.number("SELECT product_id FROM wholesale ORDER BY id")
    answer = await shop.done("product.get_wholesale_minimum", product_id=with_steps)
    assert answer == {"response": "success", "data": {"product_id": with_steps, "minimum_quantity": 6}}
    without = shop.number("SELECT id FROM product WHERE wholesale_status = 'N'")
    answer = await shop.done("product.get_wholesale_minimum", product_id=without)
    assert answer["data"] == {"product_id": without, "minimum_quantity": None}
    assert list(await shop.refused("product.get_wholesale_minimum", product_id=1)) == ["product_id"]


async def test_the_download_is_promised_by_mail(shop: Asker) -> None:
    email = shop.db.execute("SELECT email FROM user WHERE level = 'Owner'").fetchone()[0]
    assert str(email) in str((await shop.done("product.download"))["message"])


async def test_variations_are_deleted_and_written_off(shop: Asker) -> None:
    product = await made(shop)
    red, white = (variation["id"] for variation in variations(product))
    await shop.done("product.delete_variations", id=[red])
    assert [variation["id"] for variation in variations(await whole(shop, product["id"]))] == [white]
    assert shop.number("SELECT sum(stock) FROM warehouse_stock WHERE variation_id = ?", red) == 0
    assert shop.number("SELECT sum(stock_in - stock_out) FROM stock_history WHERE variation_id = ?", red) == 0
    assert list(await shop.refused("product.delete_variations", id=[white])) == ["id.0"]
    assert list(await shop.refused("product.delete_variations", id=[red, 999_999])) == ["id.0", "id.1"]
    await made(shop, variations=[wanted_variation("UJI-MRH")])


async def test_products_are_deleted_all_or_none(shop: Asker) -> None:
    first, second = [row["id"] for row in await shop.rows("product.list")][:2]
    assert list(await shop.refused("product.delete", id=[first, 999_999])) == ["id.1"]
    assert (await whole(shop, first))["id"] == first
    before = await shop.total("product.list")
    assert (await shop.done("product.delete", id=[first, second]))["response"] == "success"
    assert await shop.total("product.list") == before - 2
    assert (await shop.ask("product.get", product_id=first)).status_code == 404
    assert list(await shop.refused("product.delete", id=[])) == ["id"]
