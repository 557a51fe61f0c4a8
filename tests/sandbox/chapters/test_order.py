"""Making orders."""

from __future__ import annotations

import pytest

from tests.sandbox.asking import NOW, Asker
from tests.sandbox.ordering import (
    BANK,
    TODAY,
    check_laws,
    customer_of,
    goods_in_stock,
    kept,
    line,
    of_type,
    order_of,
    ordered,
    payment,
    stock_of,
)


def test_the_invented_shop_keeps_the_laws(shop: Asker) -> None:
    check_laws(shop.db)


async def test_a_new_order_takes_its_goods_and_waits_for_money(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    newest = shop.number("SELECT max(po_number) FROM orders")
    body = await shop.done("order.create", **order_of(shop.db, line(goods, 2), note="Bungkus rapi"))
    assert body["message"] == "Order created"
    data = body["data"]
    assert isinstance(data, dict)
    assert data["po_number"] == newest + 1
    order = kept(shop.db, data["order_id"])
    assert order["total_amount"] == 2 * goods.price + 9000
    assert [order[name] for name in ("order_status", "payment_status", "order_progress_status", "order_category")] == [
        "ACCEPTED", "UNPAID", "UNPAID", "APP",
    ]  # fmt: skip
    assert (order["shipping_logistic"], order["shipping_rate"], order["courier_number"]) == ("SAP", "Reguler", 10)
    assert order["note"] == "Bungkus rapi"
    assert order["shipment_status"] is None
    assert stock_of(shop.db, goods) == goods.stock - 2
    last = shop.db.execute("SELECT last_order_at FROM customer WHERE id = ?", (order["customer_sender_id"],)).fetchone()
    assert last["last_order_at"] == order["created_at"]
    history = shop.db.execute("SELECT * FROM stock_history WHERE order_id = ?", (data["order_id"],)).fetchone()
    assert (history["reason"], history["stock_out"], history["last"]) == ("order", 2, goods.stock - 2)
    check_laws(shop.db)


async def test_a_total_is_made_of_all_its_parts(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    costs = [
        {"name": "Bungkus", "category": "OTHER COST", "type": "NOMINAL", "nominal": 1200},
        {"name": "Pelanggan", "category": "DISCOUNT", "type": "PERCENTAGE", "percentage": 3},
        {"name": "Potongan", "category": "DISCOUNT", "type": "NOMINAL", "nominal": 3000},
        {"name": "Asuransi", "category": "INSURANCE", "type": "NOMINAL", "nominal": 2000},
    ]
    expedition = {"id": 349, "rate": 9000, "name": "SAP", "auto_pickup": False, "discount_promo": 4000}
    order_id = await ordered(
        shop,
        line(goods, 3, type="PERCENTAGE", percentage=7),
        line(goods, 1, type="NOMINAL", nominal=500),
        order_cost=costs,
        expedition=expedition,
    )
    wares = 3 * goods.price - 3 * goods.price * 7 // 100 + goods.price - 500
    order = kept(shop.db, order_id)
    assert order["goods_amount"] == wares
    assert order["discount_amount"] == wares * 3 // 100 + 3000
    assert order["total_amount"] == wares + 9000 - 4000 + 1200 + 2000 - wares * 3 // 100 - 3000
    check_laws(shop.db)


@pytest.mark.parametrize(("status", "share", "progress"), [("PAID", 1, "NO AWB"), ("INSTALLMENT", 2, "INSTALLMENT")])
async def test_a_new_order_may_be_paid_at_once(shop: Asker, status: str, share: int, progress: str) -> None:
    goods = goods_in_stock(shop.db)
    amount = (goods.price + 9000) // share
    order_id = await ordered(shop, line(goods), payment=payment(status, amount))
    order = kept(shop.db, order_id)
    assert (order["payment_status"], order["order_progress_status"]) == (status, progress)
    assert (order["paid_amount"], order["payment_date"], order["bank_id"]) == (amount, TODAY, BANK)
    assert order["shipment_status"] == ("READY_TO_SHIP" if status == "PAID" else None)
    check_laws(shop.db)


async def test_a_paid_order_asks_for_pickup_if_told_so(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    expedition = {"id": 349, "rate": 9000, "name": "SAP", "auto_pickup": True}
    paid = payment("PAID", goods.price + 9000)
    order = kept(shop.db, await ordered(shop, line(goods), expedition=expedition, payment=paid))
    assert (order["shipment_status"], order["shipment_service"]) == ("PICKUP_REQUEST", "PICKUP")


@pytest.mark.parametrize(
    ("rate_id", "name", "logistic", "rate"),
    [(98, "", "Ambil di Toko", ""), (99, "Kurir tetangga", "Input Manual", "Kurir tetangga")],
)
async def test_an_order_without_a_courier(shop: Asker, rate_id: int, name: str, logistic: str, rate: str) -> None:
    goods = goods_in_stock(shop.db)
    expedition = {"id": rate_id, "rate": 0, "name": name, "auto_pickup": False}
    paid = payment("PAID", goods.price)
    order = kept(shop.db, await ordered(shop, line(goods), expedition=expedition, payment=paid))
    assert (order["courier_number"], order["shipping_logistic"], order["shipping_rate"]) == (rate_id, logistic, rate)
    assert order["expedition_id"] is None
    assert order["shipment_status"] is None


async def test_an_order_with_a_waybill_is_on_its_way_once_it_is_paid(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    order_id = await ordered(shop, line(goods), awb_number="SAP001")
    assert kept(shop.db, order_id)["order_progress_status"] == "UNPAID"
    await shop.done("order.update_payment", id=order_id, payment={"status": "PAID", "date": TODAY, "bank_id": BANK})
    order = kept(shop.db, order_id)
    assert (order["order_progress_status"], order["shipment_status"]) == ("ON PROCESS", "ON_PROCESS")


async def test_the_senders_category_makes_the_price(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    prices = shop.db.execute("SELECT * FROM variation WHERE id = ?", (goods.variation_id,)).fetchone()
    receiver = customer_of(shop.db, "N")
    for category, column in (("Y", "price_reseller"), ("D", "price_dropship"), ("1", "price1"), ("3", "price3")):
        sender = customer_of(shop.db, category)
        order_id = await ordered(shop, line(goods), customer_sender_id=sender, customer_receiver_id=receiver)
        order = kept(shop.db, order_id)
        assert order["goods_amount"] == prices[column]
        assert (order["sender_category_code"], order["is_dropship"]) == (category, 1)


async def test_wholesale_is_for_categories_with_access(shop: Asker) -> None:
    row = shop.db.execute(
        "SELECT variation.id, from_quantity, wholesale.price AS wholesale_price, variation.price FROM wholesale"
        " JOIN variation USING (product_id) JOIN product ON product.id = product_id"
        " WHERE product_type = 'PO' AND variation.stock = 'Y' ORDER BY from_quantity, variation.id"
    ).fetchone()
    quantity = row["from_quantity"]
    sent = {"id": row["id"], "qty": quantity, "product_status": "PO"}
    reseller = customer_of(shop.db, "Y")
    order_id = await ordered(shop, sent, customer_sender_id=reseller)
    assert kept(shop.db, order_id)["goods_amount"] == quantity * row["wholesale_price"]
    order_id = await ordered(shop, sent)
    assert kept(shop.db, order_id)["goods_amount"] == quantity * row["price"]
    told = await shop.done("order.get_wholesale_price", variation_id=row["id"], qty=quantity)
    assert told["data"] == {
        "variation_id": row["id"],
        "quantity": str(quantity),
        "price": row["wholesale_price"],
    }
    told = await shop.done("order.get_wholesale_price", variation_id=row["id"], qty=1)
    assert told["data"] == {"variation_id": row["id"], "quantity": "1", "price": row["price"]}
    shop.db.execute("UPDATE product SET wholesale_status = 'N'")
    shop.db.commit()
    order_id = await ordered(shop, sent, customer_sender_id=reseller)
    price = shop.number("SELECT price_reseller FROM variation WHERE id = ?", row["id"])
    assert kept(shop.db, order_id)["goods_amount"] == quantity * price != quantity * row["wholesale_price"]


async def test_a_promo_comes_off_each_piece_and_replaces_the_discount(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    shop.db.execute(
        "INSERT INTO promo (id, title, product_id, discount_promo, category_code, start_date, end_date) SELECT 900,"
        " 'Promo uji', product_id, 2500, 'N', ?, ? FROM variation WHERE id = ?",
        (TODAY, TODAY, goods.variation_id),
    )
    shop.db.commit()
    order_id = await ordered(shop, line(goods, 2, promo_id=900, type="PERCENTAGE", percentage=50))
    assert kept(shop.db, order_id)["goods_amount"] == 2 * goods.price - 5000
    order = order_of(shop.db, line(goods, 1, promo_id=900, discount_promo=9000), line(goods, 1, promo_id=901))
    assert await shop.refused("order.create", **order) == {
        "products.0.discount_promo": ["This promo gives Rp2.500 a piece."],
        "products.1.promo_id": ["This promo is not for this product, customer and day."],
    }
    other_day = order_of(shop.db, line(goods, 1, promo_id=900), order_date="2026-03-17")
    other_customer = order_of(shop.db, line(goods, 1, promo_id=900), customer_sender_id=customer_of(shop.db, "D"))
    for sent in (other_day, other_customer):
        assert list(await shop.refused("order.create", **sent)) == ["products.0.promo_id"]


async def test_goods_of_others_need_their_cost(shop: Asker) -> None:
    variation = of_type(shop.db, "R")
    sent = {"id": variation["id"], "qty": 1, "product_status": "R"}
    reasons = await shop.refused("order.create", **order_of(shop.db, sent))
    assert reasons == {
        "payment.cost_of_goods_sales": [
            "The payment.cost of goods sales field is required when products.0.product_status is R."
        ]
    }
    order_id = await ordered(shop, sent, payment={"status": "UNPAID", "cost_of_goods_sales": 40000})
    order = kept(shop.db, order_id)
    assert (order["cost_of_goods_sales"], order["cost_of_goods_sold"], order["product_status"]) == (40000, 0, "R")
    assert shop.number("SELECT count(*) FROM stock_history WHERE order_id = ?", order_id) == 0


async def test_more_than_there_is_is_refused(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    order = order_of(shop.db, line(goods, goods.stock), line(goods, 1))
    reasons = await shop.refused("order.create", **order)
    assert list(reasons) == ["products.0.qty", "products.1.qty"]
    assert f"holds only {goods.stock} of" in reasons["products.0.qty"][0]
    assert stock_of(shop.db, goods) == goods.stock
    await ordered(shop, line(goods, goods.stock))
    assert stock_of(shop.db, goods) == 0
    check_laws(shop.db)


async def test_everything_wrong_is_told_at_once_under_its_path(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    response = await shop.ask(
        "order.create",
        customer_sender_id=1,
        customer_receiver_id=2,
        supplier_id=3,
        order_date="2026-02-30",
        order_source_id=4,
        is_print="perhaps",
        products=[
            {"id": 5, "qty": 1, "product_status": "S"},
            {"id": goods.variation_id, "qty": 0, "product_status": "R", "warehouse_id": 77},
            line(goods, 1, type="PERCENTAGE", percentage=101),
            line(goods, 1, type="NOMINAL"),
            line(goods, 1, type="NOMINAL", nominal=goods.price + 1),
            line(goods, 1, flag="DELETE"),
        ],
        expedition={"id": 6, "rate": -1, "name": "X", "auto_pickup": False},
        payment={"status": "PAID", "bank_id": 7},
        order_cost=[{"name": "", "category": "TAX", "type": "NOMINAL"}, {"name": "A", "category": "DISCOUNT"}],
        source="PIGEON",
    )
    body = response.json()
    assert response.status_code == 400
    assert body["response"] == "Failed"
    assert len(body["request_id"]) == 13
    assert body["data"] is None
    assert sorted(body["message"]) == [
        "customer_receiver_id",
        "customer_sender_id",
        "expedition.id",
        "expedition.rate",
        "is_print",
        "order_cost.0.category",
        "order_cost.0.name",
        "order_cost.0.nominal",
        "order_cost.1.nominal",
        "order_cost.1.type",
        "order_date",
        "order_source_id",
        "payment.amount",
        "payment.bank_id",
        "payment.date",
        "products.0.id",
        "products.1.product_status",
        "products.1.qty",
        "products.1.warehouse_id",
        "products.2.percentage",
        "products.3.nominal",
        "products.4.nominal",
        "products.5.id",
        "source",
        "supplier_id",
    ]
    assert body["message"]["products.1.product_status"] == [
        "The products.1.product_status must be one of the following value : S"
    ]


@pytest.mark.parametrize(
    ("status", "more", "reason"),
    [
        ("PAID", 1, "The amount is more than the total of"),
        ("PAID", -1, "The amount must be the total of"),
        ("INSTALLMENT", 1, "The amount is more than the total of"),
        ("INSTALLMENT", 0, "An installment is more than 0 and less than the total of"),
    ],
)
async def test_a_payment_fits_the_total(shop: Asker, status: str, more: int, reason: str) -> None:
    goods = goods_in_stock(shop.db)
    before = shop.number("SELECT count(*) FROM orders")
    order = order_of(shop.db, line(goods), payment=payment(status, goods.price + 9000 + more))
    reasons = await shop.refused("order.create", **order)
    assert list(reasons) == ["payment.amount"]
    assert reasons["payment.amount"][0].startswith(reason)
    assert shop.number("SELECT count(*) FROM orders") == before
    assert stock_of(shop.db, goods) == goods.stock


async def test_discounts_do_not_exceed_the_order(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    cost = {"name": "Semua", "category": "DISCOUNT", "type": "NOMINAL", "nominal": 10**9}
    reasons = await shop.refused("order.create", **order_of(shop.db, line(goods), order_cost=[cost]))
    assert list(reasons) == ["order_cost"]


async def test_reasons_come_in_indonesian_if_asked(shop: Asker) -> None:
    order = order_of(shop.db, {"id": 5, "qty": 1, "product_status": "S"})
    response = await shop.ask_with("order.create", order, {"Accept-Language": "id"})
    assert response.json()["message"] == {"products.0.id": ["Pilihan id tidak ada."]}


async def test_who_made_and_who_changed_an_order(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    admin = Asker(shop.db, key="sandbox-admin")
    order_id = await ordered(admin, line(goods))
    await shop.done("order.add_awb", id=order_id, awb_number="SAP1")
    order = kept(shop.db, order_id)
    names = [row["name"] for row in shop.db.execute("SELECT name FROM user WHERE id IN (5, 8) ORDER BY id DESC")]
    assert [order["created_by_name"], order["updated_by_name"]] == names
    assert order["created_at"] == NOW.strftime("%Y-%m-%d %H:%M:%S")
