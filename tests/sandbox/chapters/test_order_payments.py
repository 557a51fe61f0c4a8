"""Money and waybills on an order that has been made."""

from __future__ import annotations

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.ordering import BANK, TODAY, check_laws, goods_in_stock, kept, line, of_type, ordered, payment


async def test_an_order_is_paid_in_parts(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    total = goods.price + 9000
    order_id = await ordered(shop, line(goods))
    body = await shop.done("order.update_payment", id=order_id, payment=payment("INSTALLMENT", 7000))
    assert body["message"] == ["Payment Updated"]
    data = body["data"]
    assert isinstance(data, dict)
    assert (data["order_id"], data["payment_status"]) == (order_id, "C")
    assert kept(shop.db, order_id)["order_progress_status"] == "INSTALLMENT"
    rest = {"status": "PAID", "date": "2026-03-17", "bank_id": 12}
    await shop.done("order.update_payment", id=order_id, payment=rest)
    order = kept(shop.db, order_id)
    assert (order["payment_status"], order["order_progress_status"]) == ("PAID", "NO AWB")
    assert (order["shipment_status"], order["bank_id"], order["payment_date"]) == ("READY_TO_SHIP", 12, "2026-03-17")
    body = await shop.done("order.list_payment_history", id=order_id)
    payments = body["data"]
    assert isinstance(payments, list)
    assert body["response"] == "success"
    rupiah = f"Rp{total - 7000:,}".replace(",", ".")
    assert [(row["nominal"], row["status"], row["bank_id"], row["paid_at"]) for row in payments] == [
        ("Rp7.000", "INSTALLMENT", "11", TODAY),
        (rupiah, "PAID", "12", "2026-03-17"),
    ]
    check_laws(shop.db)


async def test_too_much_is_refused_as_documented(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    total = goods.price + 9000
    order_id = await ordered(shop, line(goods))
    amount_reason = ["Amount is more than amount remaining of this order"]
    too_much = payment("INSTALLMENT", total + 1)
    response = await shop.ask("order.update_payment", id=order_id, payment=too_much)
    assert response.json() == {
        "response": "Failed",
        "message": {"amount": amount_reason, "maximum amount": [total]},
        "data": None,
    }
    await shop.done("order.update_payment", id=order_id, payment=payment("INSTALLMENT", total))
    assert kept(shop.db, order_id)["payment_status"] == "PAID"
    rest = {"status": "PAID", "date": TODAY, "bank_id": BANK}
    assert sorted(await shop.refused("order.update_payment", id=order_id, payment=rest)) == [
        "amount", "id", "maximum amount",
    ]  # fmt: skip
    assert await shop.refused("order.update_payment", id=order_id, payment=payment("INSTALLMENT", 1)) == {
        "id": ["Order has been paid"],
        "amount": amount_reason,
        "maximum amount": [0],
    }
    check_laws(shop.db)


async def test_what_a_payment_needs(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    order_id = await ordered(shop, line(goods))
    reasons = await shop.refused("order.update_payment", id=order_id, payment={"status": "INSTALLMENT"})
    assert sorted(reasons) == ["payment.amount", "payment.bank_id", "payment.date"]
    reasons = await shop.refused("order.update_payment", id=order_id, payment=payment("UNPAID", 0, bank_id=1))
    assert sorted(reasons) == ["payment.amount", "payment.bank_id", "payment.status"]
    reasons = await shop.refused("order.update_payment", id=order_id, payment=payment("PAID", 5))
    assert list(reasons) == ["payment.amount"]
    assert list(await shop.refused("order.update_payment", id=order_id)) == [
        "payment",
        "payment.status",
        "payment.date",
        "payment.bank_id",
    ]
    assert list(await shop.refused("order.update_payment", id=3, payment=payment("PAID", 5))) == ["id"]
    assert shop.number("SELECT count(*) FROM order_payment WHERE order_id = ?", order_id) == 0


async def test_a_payment_for_goods_of_others_needs_their_cost_once(shop: Asker) -> None:
    sent = {"id": of_type(shop.db, "R")["id"], "qty": 1, "product_status": "R"}
    order_id = await ordered(shop, sent, payment={"status": "UNPAID", "cost_of_goods_sales": 0})
    reasons = await shop.refused("order.update_payment", id=order_id, payment=payment("INSTALLMENT", 500))
    assert list(reasons) == ["payment.cost_of_goods_sales"]
    told = payment("INSTALLMENT", 500, cost_of_goods_sales=30000)
    await shop.done("order.update_payment", id=order_id, payment=told)
    await shop.done("order.update_payment", id=order_id, payment=payment("INSTALLMENT", 500))
    assert kept(shop.db, order_id)["cost_of_goods_sales"] == 30000


async def test_deleting_the_history_makes_an_order_unpaid(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    order_id = await ordered(shop, line(goods), payment=payment("PAID", goods.price + 9000))
    body = await shop.done("order.delete_installment_history", order_id=order_id)
    assert body == {"response": "success", "message": "Success, payment history has been deleted", "data": None}
    order = kept(shop.db, order_id)
    assert (order["payment_status"], order["order_progress_status"]) == ("UNPAID", "UNPAID")
    assert [order[name] for name in ("paid_amount", "payment_date", "bank_id", "shipment_status")] == [
        0,
        None,
        None,
        None,
    ]
    assert (await shop.done("order.list_payment_history", id=order_id))["data"] == []
    reasons = await shop.refused("order.delete_installment_history", order_id=order_id)
    assert reasons == {"order_id": ["This order has no payments."]}
    check_laws(shop.db)


async def test_a_delivered_order_stays_delivered_when_it_is_paid_anew(shop: Asker) -> None:
    order_id = shop.number(
        "SELECT max(order_id) FROM orders WHERE order_status = 'ACCEPTED' AND shipment_status = 'DELIVERED'"
        " AND NOT is_cod AND product_status = 'S'"
    )
    await shop.done("order.delete_installment_history", order_id=order_id)
    assert kept(shop.db, order_id)["order_progress_status"] == "UNPAID"
    await shop.done("order.update_payment", id=order_id, payment={"status": "PAID", "date": TODAY, "bank_id": BANK})
    order = kept(shop.db, order_id)
    assert (order["order_progress_status"], order["shipment_status"]) == ("DELIVERED", "DELIVERED")


async def test_the_history_of_a_payment(shop: Asker) -> None:
    row = shop.db.execute("SELECT * FROM order_payment WHERE privor_payment_id NOT NULL").fetchone()
    rows = await shop.rows("order.list_payment_history", id=row["privor_payment_id"], status="PAYMENT")
    assert row["id"] in [found["payment_id"] for found in rows]
    rows = await shop.rows("order.list_payment_history", id=row["id"], status="PAYMENT")
    assert [found["payment_id"] for found in rows] == [row["id"]]
    for status in ("ORDER", "PAYMENT"):
        assert list(await shop.refused("order.list_payment_history", id=999999, status=status)) == ["id"]


async def test_a_waybill_sends_a_paid_order_on_its_way(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    credit = shop.number("SELECT awb_notifications FROM shop")
    order_id = await ordered(shop, line(goods), payment=payment("PAID", goods.price + 9000))
    body = await shop.done("order.add_awb", id=order_id, awb_number=" SAP123 ")
    data = body["data"]
    assert isinstance(data, dict)
    left = f"Your receipt credit notification currently has {credit - 1} remaining"
    assert data["notification"] == {"id": 1, "title": "Notification successfully sent", "content": left}
    order = kept(shop.db, order_id)
    assert [order[name] for name in ("awb_number", "order_progress_status", "shipment_status")] == [
        "SAP123", "ON PROCESS", "ON_PROCESS",
    ]  # fmt: skip


@pytest.mark.parametrize("place", ["body", "query"])
async def test_a_waybill_is_taken_from_body_and_query(shop: Asker, place: str) -> None:
    order_id = await ordered(shop, line(goods_in_stock(shop.db)))
    sent = {"id": str(order_id), "awb_number": "SAP9"}
    path = "order/awb-number/add"
    response = await (shop.http.post(path, json=sent) if place == "body" else shop.http.post(path, params=sent))
    assert response.status_code == 200
    assert kept(shop.db, order_id)["awb_number"] == "SAP9"
    assert kept(shop.db, order_id)["order_progress_status"] == "UNPAID"


async def test_a_waybill_needs_a_number_and_an_active_order(shop: Asker) -> None:
    order_id = await ordered(shop, line(goods_in_stock(shop.db)))
    assert list(await shop.refused("order.add_awb", id=order_id, awb_number=" ")) == ["awb_number"]
    await shop.done("order_cancel.create", id=order_id)
    assert list(await shop.refused("order.add_awb", id=order_id, awb_number="A1")) == ["id"]
    assert await shop.refused("order.update_payment", id=order_id, payment=payment("PAID", 1, bank_id=BANK))
