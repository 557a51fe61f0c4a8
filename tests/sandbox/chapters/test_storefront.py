"""Payments from the shop's web stores."""

from __future__ import annotations

import pytest

from tests.sandbox.asking import JSON, NOW, Asker
from tests.sandbox.ordering import check_laws, kept

OPEN = "decided_at IS NULL AND payment_status_code = 3"


def a_payment(shop: Asker, condition: str = OPEN, orders: int = 1) -> int:
    """A payment with so many orders at least; what those need is on the shelf."""
    payment_id = shop.number(
        f"SELECT payment_id FROM privor_payment WHERE {condition} AND ? <="
        " (SELECT count(*) FROM orders WHERE privor_payment_id = payment_id) ORDER BY payment_id",
        orders,
    )
    shop.db.execute(
        "INSERT INTO stock_history (variation_id, warehouse_id, at, user_id, reason, description, stock_in)"
        " SELECT variation_id, warehouse_id, '2026-03-18 06:00:00', 0, 'manual', 'Barang masuk', quantity"
        " FROM order_line JOIN orders USING (order_id) WHERE privor_payment_id = ? AND warehouse_id NOT NULL",
        (payment_id,),
    )
    shop.db.commit()
    return payment_id


def orders_of(shop: Asker, payment_id: int) -> list[int]:
    rows = shop.db.execute("SELECT order_id FROM orders WHERE privor_payment_id = ? ORDER BY 1", (payment_id,))
    return [row["order_id"] for row in rows]


def decisions(order_ids: list[int], *actions: str) -> list[JSON]:
    return [{"id": order_id, "action": action} for order_id, action in zip(order_ids, actions, strict=True)]


@pytest.mark.parametrize(
    ("arguments", "condition"),
    [
        ({}, "payment_status_code = 3"),
        ({"payment_status": "CONFIRM"}, "payment_status_code = 3"),
        ({"payment_status": "UNPAID"}, "payment_status_code = 4"),
        ({"payment_status": "ALL"}, "1"),
        ({"payment_status": "ALL", "customer_category": "MEMBER"}, "is_member = 1"),
        ({"customer_category": "GUEST"}, "is_member = 0 AND payment_status_code = 3"),
    ],
)
async def test_which_payments_are_listed(shop: Asker, arguments: JSON, condition: str) -> None:
    rows = await shop.rows("storefront.list_orders", per_page=50, **arguments)
    assert len(rows) == shop.number(f"SELECT count(*) FROM privor_payment WHERE decided_at IS NULL AND {condition}")
    assert rows
    assert [row["created_at"] for row in rows] == sorted((str(row["created_at"]) for row in rows), reverse=True)


async def test_payments_are_found_by_buyer_and_po_number(shop: Asker) -> None:
    payment_id = a_payment(shop, orders=2)
    order = kept(shop.db, orders_of(shop, payment_id)[-1])
    for keyword in (order["po_number"], f"#{order['po_number']}", order["sender_name"].upper()):
        rows = await shop.rows("storefront.list_orders", keyword=keyword, per_page=50)
        assert payment_id in [row["payment_id"] for row in rows]
    assert await shop.rows("storefront.list_orders", keyword="%", payment_status="ALL") == []


async def test_a_row_spells_its_ids_as_text(shop: Asker) -> None:
    payment_id = a_payment(shop, orders=2)
    (row,) = [row for row in await shop.rows("storefront.list_orders", per_page=50) if row["payment_id"] == payment_id]
    assert row["orders"] == [
        {"po_number": str(kept(shop.db, order_id)["po_number"]), "order_id": str(order_id)}
        for order_id in orders_of(shop, payment_id)
    ]
    assert isinstance(row["bank"], dict)
    assert isinstance(row["bank"]["id"], str)
    assert isinstance(row["products"], list)
    pieces = shop.number(
        "SELECT sum(quantity) FROM order_line JOIN orders USING (order_id) WHERE privor_payment_id = ?", payment_id
    )
    assert sum(product["quantity"] for product in row["products"]) == pieces


async def test_a_payment_paid_through_xendit_warns_of_the_fee(shop: Asker) -> None:
    body = await shop.done("storefront.get_order", payment_id=a_payment(shop, f"{OPEN} AND pg_provider = 'xendit'"))
    data = body["data"]
    assert isinstance(data, dict)
    assert data["is_xendit_pay"] is True
    assert "IDR 5,500" in data["xendit_message"]
    payment_id = a_payment(shop, f"{OPEN} AND pg_provider IS NULL")
    body = await shop.done("storefront.get_order", payment_id=payment_id)
    data = body["data"]
    assert isinstance(data, dict)
    assert (data["is_xendit_pay"], data["xendit_message"], data["is_manual_payment"]) == (False, "", "Y")
    payment = shop.db.execute("SELECT * FROM privor_payment WHERE payment_id = ?", (payment_id,)).fetchone()
    assert (data["bill_total"], data["unique_code "]) == (payment["nominal_invoice"], payment["nominal_unique"])
    assert data["transfer_total"] == payment["nominal_transfer"]
    assert data["bill_total"] == sum(order["total_amount"] for order in data["orders"])
    assert list(await shop.refused("storefront.get_order", payment_id=4)) == ["payment_id"]


async def test_each_order_is_decided_on_its_own(shop: Asker) -> None:
    payment_id = a_payment(shop, f"{OPEN} AND is_installment = 0", orders=2)
    order_ids = orders_of(shop, payment_id)
    actions = ["ACCEPT", *["REJECT"] * (len(order_ids) - 1)]
    notifications = shop.number("SELECT count(*) FROM notification")
    body = await shop.done("storefront.confirm_orders", id=payment_id, orders=decisions(order_ids, *actions))
    assert body["response"] == "Success"
    accepted, rejected = kept(shop.db, order_ids[0]), kept(shop.db, order_ids[1])
    assert [accepted[name] for name in ("order_status", "payment_status", "order_progress_status")] == [
        "ACCEPTED", "PAID", "NO AWB",
    ]  # fmt: skip
    assert (accepted["paid_amount"], accepted["shipment_status"]) == (accepted["total_amount"], "READY_TO_SHIP")
    assert [rejected[name] for name in ("order_status", "payment_status", "paid_amount")] == [
        "REJECTED", "REFUND_REJECTED", 0,
    ]  # fmt: skip
    check_laws(shop.db)
    listed = await shop.rows("storefront.list_orders", payment_status="ALL", per_page=50)
    assert payment_id not in [row["payment_id"] for row in listed]
    assert await shop.total("order.list", keyword=order_ids[0], type="ORDER_ID") == 1
    assert order_ids[1] in [
        row["order_id"] for row in await shop.rows("order_cancel.list", type="REJECTED", per_page=50)
    ]
    history = await shop.rows("order.list_payment_history", id=payment_id, status="PAYMENT")
    assert len(history) == 1
    assert shop.number("SELECT count(*) FROM notification") == notifications + 1
    newest = (await shop.rows("notification.list"))[0]
    assert f"PO#{accepted['po_number']} diterima" in str(newest["body"])
    assert f"PO#{rejected['po_number']} ditolak" in str(newest["body"])
    again = await shop.refused("storefront.confirm_orders", id=payment_id, orders=decisions(order_ids, *actions))
    assert again == {"id": ["This payment has been decided already."]}
    body = await shop.done("storefront.get_order", payment_id=payment_id)
    data = body["data"]
    assert isinstance(data, dict)
    assert [order["order_id"] for order in data["orders"]] == order_ids


async def test_a_payment_stays_until_all_its_orders_are_decided(shop: Asker) -> None:
    payment_id = a_payment(shop, orders=2)
    first, *others = orders_of(shop, payment_id)
    await shop.done("storefront.confirm_orders", id=payment_id, orders=decisions([first], "REJECT"))
    (row,) = [row for row in await shop.rows("storefront.list_orders", per_page=50) if row["payment_id"] == payment_id]
    assert isinstance(row["orders"], list)
    assert [order["order_id"] for order in row["orders"]] == [str(order_id) for order_id in others]
    twice = decisions([first, others[0], others[0], 5], "ACCEPT", "ACCEPT", "REJECT", "ACCEPT")
    assert await shop.refused("storefront.confirm_orders", id=payment_id, orders=twice) == {
        "orders.0.id": ["This order has been decided already."],
        "orders.2.id": ["This order stands here twice."],
        "orders.3.id": ["This order is not one of the payment's."],
    }
    await shop.done("storefront.confirm_orders", id=payment_id, orders=decisions(others, *["ACCEPT"] * len(others)))
    assert (
        shop.number("SELECT count(*) FROM privor_payment WHERE payment_id = ? AND decided_at NOT NULL", payment_id) == 1
    )
    check_laws(shop.db)


async def test_what_is_short_cannot_be_accepted_and_nothing_is(shop: Asker) -> None:
    payment_id = a_payment(
        shop,
        f"{OPEN} AND EXISTS (SELECT 1 FROM order_line JOIN orders USING (order_id)"
        " WHERE privor_payment_id = payment_id AND warehouse_id NOT NULL)",
        orders=2,
    )
    order_ids = orders_of(shop, payment_id)
    shop.db.execute(
        "INSERT INTO stock_history (variation_id, warehouse_id, at, user_id, reason, description, stock_out)"
        " SELECT variation_id, warehouse_id, '2026-03-18 07:00:00', 0, 'manual', 'Rusak', stock FROM warehouse_stock"
        " WHERE stock > 0"
    )
    shop.db.commit()
    sent = decisions(order_ids, *["ACCEPT"] * len(order_ids))
    reasons = await shop.refused("storefront.confirm_orders", id=payment_id, orders=sent)
    assert reasons
    assert all(path.endswith(".action") and "holds only 0 of" in told[0] for path, told in reasons.items())
    assert {kept(shop.db, order_id)["order_status"] for order_id in order_ids} == {"WAITING"}
    check_laws(shop.db)


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("payment_status_code = 4 AND expired_at > '2026-03-18 10:30:00'", "The buyer has not confirmed"),
        ("payment_status_code = 4 AND expired_at < '2026-03-18 10:30:00'", "This payment expired at"),
    ],
)
async def test_what_is_not_paid_cannot_be_decided(shop: Asker, condition: str, reason: str) -> None:
    payment_id = a_payment(shop, f"decided_at IS NULL AND {condition}")
    order_ids = orders_of(shop, payment_id)
    for action in ("ACCEPT", "REJECT"):
        sent = decisions(order_ids[:1], action)
        reasons = await shop.refused("storefront.confirm_orders", id=payment_id, orders=sent)
        assert list(reasons) == ["id"]
        assert reasons["id"][0].startswith(reason)


async def test_what_a_decision_needs(shop: Asker) -> None:
    payment_id = a_payment(shop)
    reasons = await shop.refused("storefront.confirm_orders", id=payment_id, orders=[{"action": "PERHAPS"}])
    assert sorted(reasons) == ["orders.0.action", "orders.0.id"]
    assert list(await shop.refused("storefront.confirm_orders", id=payment_id, orders=[])) == ["orders"]
    assert list(await shop.refused("storefront.confirm_orders", id=1, orders=decisions([2], "ACCEPT"))) == ["id"]


async def test_an_instalment_pays_a_part(shop: Asker) -> None:
    payment_id = a_payment(shop, f"{OPEN} AND is_installment = 1")
    sent, invoice = shop.db.execute(
        "SELECT installment_transferred, nominal_invoice FROM privor_payment WHERE payment_id = ?", (payment_id,)
    ).fetchone()
    order_ids = orders_of(shop, payment_id)
    accept = decisions(order_ids, *["ACCEPT"] * len(order_ids))
    await shop.done("storefront.confirm_orders", id=payment_id, orders=accept)
    for order_id in order_ids:
        order = kept(shop.db, order_id)
        assert order["payment_status"] == order["order_progress_status"] == "INSTALLMENT"
        assert order["paid_amount"] == order["total_amount"] * sent // invoice
    check_laws(shop.db)


async def test_an_instalment_of_the_whole_sum_pays_the_order(shop: Asker) -> None:
    payment_id = a_payment(shop, f"{OPEN} AND is_installment = 1")
    shop.db.execute("UPDATE privor_payment SET installment_transferred = nominal_invoice + 29")
    shop.db.commit()
    order_ids = orders_of(shop, payment_id)
    accept = decisions(order_ids, *["ACCEPT"] * len(order_ids))
    await shop.done("storefront.confirm_orders", id=payment_id, orders=accept)
    assert {kept(shop.db, order_id)["payment_status"] for order_id in order_ids} == {"PAID"}
    check_laws(shop.db)


async def test_money_through_the_gateway_enters_the_balance_and_rejections_cost_a_fee(shop: Asker) -> None:
    balance = "SELECT sum(CASE direction WHEN '+' THEN nominal ELSE -nominal END) FROM payment WHERE payment_type = ?"
    condition = f"{OPEN} AND is_installment = 0 AND pg_provider = "
    for provider, kind, action in (
        ("xendit", "PAYMENT_GATEWAY", "ACCEPT"),
        ("xendit", "PAYMENT_GATEWAY", "REJECT"),
        ("saldo", "ORDER_PAY", "ACCEPT"),
        ("saldo", "ORDER_PAY", "REJECT"),
    ):
        payment_id = a_payment(shop, f"{condition}'{provider}'")
        before = shop.number(balance, kind)
        order_ids = orders_of(shop, payment_id)
        total = sum(kept(shop.db, order_id)["total_amount"] for order_id in order_ids)
        sent = decisions(order_ids, *[action] * len(order_ids))
        await shop.done("storefront.confirm_orders", id=payment_id, orders=sent)
        fee = 5500 * len(order_ids) if provider == "xendit" else 0
        assert shop.number(balance, kind) - before == (total if action == "ACCEPT" else -fee)


async def test_names_are_not_markup_in_the_notification(shop: Asker) -> None:
    payment_id = a_payment(shop)
    shop.db.execute(
        "UPDATE customer SET name = '<b>Ani</b> & co' WHERE id ="
        " (SELECT customer_id FROM privor_payment WHERE payment_id = ?)",
        (payment_id,),
    )
    shop.db.commit()
    sent = decisions(orders_of(shop, payment_id)[:1], "REJECT")
    await shop.done("storefront.confirm_orders", id=payment_id, orders=sent)
    newest = (await shop.rows("notification.list"))[0]
    assert "&lt;b&gt;Ani&lt;/b&gt; &amp; co" in str(newest["content"])
    assert "<b>Ani</b> & co" in str(newest["body"])
    assert newest["time_ago"] == "1 detik yang lalu"
    assert NOW.isoformat() not in str(newest)
