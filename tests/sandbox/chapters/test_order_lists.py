"""Finding orders: filters, pages, details, downloads, revenue."""

from __future__ import annotations

import pytest

from tests.sandbox.asking import JSON, Asker
from tests.sandbox.ordering import TODAY, goods_in_stock, line, ordered
from tests.sandbox.workbook import cells

ALL = {"start_date": "2025-01-01"}
ACTIVE = "SELECT count(*) FROM orders WHERE order_status = 'ACCEPTED'"


async def ids(shop: Asker, **arguments: object) -> list[object]:
    return [row["order_id"] for row in await shop.rows("order.list", **ALL, per_page=100, **arguments)]


async def test_the_last_thirty_days_are_listed(shop: Asker) -> None:
    recent = shop.number(f"{ACTIVE} AND order_date >= '2026-02-16'")
    assert await shop.total("order.list") == recent < shop.number(ACTIVE)
    assert await shop.total("order.list", **ALL) == shop.number(ACTIVE)
    assert await shop.total("order.list", start_date="2026-03-10", end_date="2026-03-12") == shop.number(
        f"{ACTIVE} AND order_date BETWEEN '2026-03-10' AND '2026-03-12'"
    )
    assert list(await shop.refused("order.list", start_date="2026-03-12", end_date="2026-03-10")) == ["end_date"]


@pytest.mark.parametrize(
    ("arguments", "condition"),
    [
        ({"payment_status": "UNPAID"}, "payment_status = 'UNPAID'"),
        ({"payment_status": "INSTALLMENT"}, "payment_status = 'INSTALLMENT'"),
        ({"order_progress_status": "NO AWB"}, "order_progress_status = 'NO AWB'"),
        ({"order_progress_status": "DELIVERED"}, "order_progress_status = 'DELIVERED'"),
        ({"order_progress_status": "UNPROCESSED"}, "order_progress_status NOT IN ('ON PROCESS', 'DELIVERED')"),
        ({"order_category": "STORE_FRONT"}, "order_category = 'STORE_FRONT'"),
        ({"order_source_id": 31}, "order_source_id = 31"),
        ({"user_id": 8}, "created_by = 8"),
        ({"user_id": 0}, "created_by = 0"),
        ({"bank_id": 11}, "order_id IN (SELECT order_id FROM order_payment WHERE bank_id = 11)"),
        ({"warehouse_id": 0}, "order_id IN (SELECT order_id FROM order_line WHERE warehouse_id = 0)"),
        ({"warehouse_id": 9}, "order_id IN (SELECT order_id FROM order_line WHERE warehouse_id = 9)"),
        ({"customer_category_code": "Y"}, "sender_category_code = 'Y'"),
        ({"customer_category_code": "1"}, "sender_category_code = '1'"),
        ({"expedition_id": 98}, "courier_number = 98"),
        ({"expedition_id": 1}, "courier_number = 1"),
        ({"pickup": 0}, "shipment_status = 'READY_TO_SHIP'"),
        ({"pickup": 1}, "shipment_status IN ('PICKUP_REQUEST', 'UNPICK')"),
        ({"pickup": 2}, "shipment_status = 'DELIVERED'"),
        ({"print_status": "N"}, "is_printed = 0"),
        ({"print_status": "Y"}, "is_printed = 1"),
        ({"product_type": "PO"}, "product_status = 'PO'"),
        ({"product_type": "R", "payment_status": "PAID"}, "product_status = 'R' AND payment_status = 'PAID'"),
    ],
)
async def test_every_filter_filters(shop: Asker, arguments: JSON, condition: str) -> None:
    wanted = shop.db.execute(
        f"SELECT order_id FROM orders WHERE order_status = 'ACCEPTED' AND {condition}"
        " ORDER BY order_date DESC, order_id DESC"
    ).fetchall()
    assert await shop.total("order.list", **ALL, **arguments) == len(wanted)
    assert 0 < len(wanted) < shop.number(ACTIVE)
    assert await ids(shop, **arguments) == [row["order_id"] for row in wanted][:100]


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        ("ORDER_ID", "order_id"),
        ("ORDER_ID", "po_number"),
        ("CUSTOMER_NAME", "sender_name"),
        ("CUSTOMER_NAME", "receiver_name"),
        ("CUSTOMER_PHONE", "receiver_phone"),
        ("AWB_NUMBER", "awb_number"),
        ("SHOPEE_INVOICE", "shopee_invoice"),
        ("SHIPPER_TRACKING", "shipper_tracking"),
    ],
)
async def test_keywords_by_type(shop: Asker, kind: str, column: str) -> None:
    order = shop.db.execute(
        f"SELECT order_id, {column} AS word FROM orders WHERE order_status = 'ACCEPTED' AND {column} NOT NULL"
    ).fetchone()
    word = str(order["word"])
    found = await ids(shop, keyword=f" {word.upper()} ", type=kind)
    assert order["order_id"] in found
    assert len(found) == shop.number(
        f"{ACTIVE} AND ? IN (sender_name, receiver_name, sender_phone, receiver_phone, awb_number, shopee_invoice,"
        " shipper_tracking, CAST(order_id AS TEXT), CAST(po_number AS TEXT))",
        word,
    )
    assert order["order_id"] in await ids(shop, keyword=word)
    other = "SKU" if kind != "SKU" else "AWB_NUMBER"
    assert await ids(shop, keyword=word, type=other) == []


async def test_keywords_of_goods_and_phones(shop: Asker) -> None:
    row = shop.db.execute(
        "SELECT order_id, sku, order_line.name, sender_phone FROM order_line JOIN orders USING (order_id)"
        " WHERE order_status = 'ACCEPTED' ORDER BY order_line.id DESC"
    ).fetchone()
    assert row["order_id"] in await ids(shop, keyword=row["sku"].lower(), type="SKU")
    assert row["order_id"] in await ids(shop, keyword=row["name"][2:], type="PRODUCT_NAME")
    assert row["order_id"] in await ids(shop, keyword="62" + row["sender_phone"][1:], type="CUSTOMER_PHONE")
    assert await ids(shop, keyword="%") == []
    assert await ids(shop, keyword="no such thing") == []
    assert await shop.total("order.list", **ALL, keyword="", type="SKU") == shop.number(ACTIVE)


@pytest.mark.parametrize("arguments", [{}, {"keyword": "a"}])
async def test_pages_hold_every_order_once(shop: Asker, arguments: JSON) -> None:
    seen: list[object] = []
    for page in range(1, 99):
        rows = await shop.rows("order.list", **ALL, **arguments, per_page=37, pagination_offset=page)
        if not rows:
            break
        seen += [row["order_id"] for row in rows]
    assert len(seen) == len(set(seen)) == await shop.total("order.list", **ALL, **arguments)


async def test_sorted_by_either_date(shop: Asker) -> None:
    rows = await shop.rows("order.list", **ALL, per_page=100)
    assert [row["order_date"] for row in rows] == sorted((str(row["order_date"]) for row in rows), reverse=True)
    rows = await shop.rows("order.list", **ALL, per_page=100, order_by="PAYMENT_DATE")
    assert [row["payment_date"] for row in rows] == sorted((str(row["payment_date"]) for row in rows), reverse=True)


async def test_a_row_of_the_list(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    order_id = await ordered(shop, line(goods, 2))
    (row,) = await shop.rows("order.list", type="ORDER_ID", keyword=order_id)
    (kept,) = shop.db.execute("SELECT name, color, size FROM order_line WHERE order_id = ?", (order_id,))
    products = row["products"]
    assert isinstance(products, list)
    name = " ".join(part for part in kept if part)
    assert products == [{"product_meta_id": goods.variation_id, "name": name, "price": goods.price, "quantity": 2}]
    assert (row["order_date"], row["created_by_name"], row["awb_number"]) == (TODAY, row["updated_by_name"], None)
    assert row["shopee"] is None


async def test_refused_filters(shop: Asker) -> None:
    reasons = await shop.refused(
        "order.list", payment_status="MAYBE", expedition_id=13, pickup=3, per_page=101, type="NAME", order_by="AGE"
    )
    assert sorted(reasons) == ["expedition_id", "order_by", "payment_status", "per_page", "pickup", "type"]


async def test_details_are_by_day_of_creation_and_state(shop: Asker) -> None:
    day = str(shop.db.execute("SELECT substr(max(created_at), 1, 10) FROM orders").fetchone()[0])
    rows = await shop.rows("order.list_details", create_from=day, create_to=day, per_page=100)
    wanted = shop.number("SELECT count(*) FROM orders WHERE created_at LIKE ? AND order_status <> 'WAITING'", f"{day}%")
    assert len(rows) == wanted > 0
    for arguments, condition in (
        ({"order_status": "REJECTED"}, "order_status = 'REJECTED'"),
        (
            {"order_status": "ACCEPTED", "payment_status": "PAID"},
            "order_status = 'ACCEPTED' AND payment_status = 'PAID'",
        ),
        ({"payment_status": "WAITING PAYMENT"}, "payment_status = 'WAITING PAYMENT'"),
        ({"payment_status": "WAITING_CONFIRMATION"}, "payment_status = 'WAITING_CONFIRMATION'"),
        ({"payment_status": "EXPIRED"}, "order_status = 'EXPIRED'"),
        ({"payment_status": "FAIL"}, "payment_status = 'FAIL'"),
        ({"order_progress_status": "ON PROCESS"}, "order_progress_status = 'ON PROCESS'"),
        ({"order_category": "PRIVOR"}, "order_category = 'PRIVOR' AND order_status <> 'WAITING'"),
        (
            {"order_category": "SF_GUEST"},
            "order_category = 'STORE_FRONT' AND is_member = 0 AND order_status <> 'WAITING'",
        ),
    ):
        assert await shop.total("order.list_details", **arguments) == shop.number(
            f"SELECT count(*) FROM orders WHERE {condition}"
        )


async def test_an_order_in_detail(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    costs = [{"name": "Pelanggan", "category": "DISCOUNT", "type": "PERCENTAGE", "percentage": 10}]
    dropshipper = shop.number("SELECT min(id) FROM customer WHERE category_code = 'D'")
    paid = {"status": "INSTALLMENT", "amount": 5000, "date": TODAY, "bank_id": 11}
    order_id = await ordered(
        shop, line(goods, 2), customer_sender_id=dropshipper, payment=paid, order_cost=costs, awb_number="SAP1"
    )
    body = await shop.done("order.list_details", create_from=TODAY, create_to=TODAY)
    rows = body["data"]
    assert isinstance(rows, list)
    row = rows[0]
    price = shop.number("SELECT price_dropship FROM variation WHERE id = ?", goods.variation_id)
    assert (row["order_id"], row["order_status"]) == (order_id, "ACCEPT")
    assert row["dropshipper"]["id"] == row["customer"]["id"] == dropshipper
    assert row["receiver"]["id"] != dropshipper
    assert row["customer"]["address"].endswith(row["customer"]["province"])
    (product,) = row["products"]
    assert (product["price"], product["quantity"], product["discount_nominal"]) == (str(price), "2", "0")
    assert row["order_cost"] == [
        {
            "category": "DISCOUNT",
            "description": "Pelanggan",
            "nominal": 2 * price // 10,
            "percentage": 10,
            "is_percentage": True,
        }
    ]
    (payment,) = row["payment"]["payment_histoy"]
    assert payment["nominal"] == 5000
    # 10.30 in Jakarta
    assert payment["paid_at"] == row["awb"]["update_at"] == {"$date": {"$numberLong": "1773804600000"}}
    assert row["created_at"] == "2026-03-18T03:30:00.000000Z"
    weight = shop.number("SELECT weight FROM orders WHERE order_id = ?", order_id)
    assert row["weight"] == weight / 1000


async def test_the_next_link_of_details_leads_astray(shop: Asker) -> None:
    meta = (await shop.done("order.list_details", per_page=1))["meta"]
    assert isinstance(meta, dict)
    assert meta["pagination"]["links"] == {"next": "http://sandbox/api/order?pagination_offset=2"}


async def test_revenue_adds_up_to_the_orders_of_the_month(shop: Asker) -> None:
    rows = await shop.rows("order.list_admin_revenue")
    sales = shop.number(
        "SELECT sum(goods_amount - discount_amount) FROM orders"
        " WHERE order_status = 'ACCEPTED' AND order_date BETWEEN '2026-03-01' AND '2026-03-18'"
    )
    assert sum(int(str(row["net_sales"])) for row in rows) == sales
    assert sum(int(str(row["order_count"])) for row in rows) == shop.number(f"{ACTIVE} AND order_date >= '2026-03-01'")
    nobody = next(row for row in rows if row["user_id"] == 0)
    assert (nobody["name"], nobody["level"]) == ("Uncategorized", "Admin")
    before = next(row for row in rows if row["user_id"] == 5)
    goods = goods_in_stock(shop.db)
    await ordered(shop, line(goods, 2))
    after = next(row for row in await shop.rows("order.list_admin_revenue") if row["user_id"] == 5)
    cost = shop.number("SELECT price_buy FROM variation WHERE id = ?", goods.variation_id)
    assert int(str(after["net_sales"])) - int(str(before["net_sales"])) == 2 * goods.price
    assert int(str(after["gross_profit"])) - int(str(before["gross_profit"])) == 2 * (goods.price - cost)
    assert int(str(after["item_sold"])) - int(str(before["item_sold"])) == 2


async def test_a_download_is_mailed_or_answered(shop: Asker) -> None:
    body = await shop.done("order.download", payment_status="UNPAID")
    assert body["message"] == "Success, your data will be sent to sekar@tokobambu.example soon"
    response = await shop.ask("order.download", **ALL, payment_status="UNPAID", without_being_sent=True)
    assert response.headers["content-disposition"] == 'attachment; filename="order-2026-03-18.xlsx"'
    headings, *rows = cells(response.content)
    assert headings[:2] == ["order_id", "po_number"]
    assert [row[0] for row in rows] == await ids(shop, payment_status="UNPAID")
    response = await shop.ask("order.download", **ALL, per_page=3, without_being_sent=True)
    assert len(cells(response.content)) == 4


async def test_price_access(shop: Asker) -> None:
    for code, discount, wholesale in (("N", True, False), ("D", False, True), ("2", True, True)):
        told = await shop.done("order.get_price_access", customer_category_code=code)
        assert told["data"] == {"wholesale_access": wholesale, "discount_access": discount}
    assert list(await shop.refused("order.get_price_access", customer_category_code="Z")) == ["customer_category_code"]
    assert list(await shop.refused("order.get_wholesale_price", variation_id=1, qty=0)) == ["qty", "variation_id"]
