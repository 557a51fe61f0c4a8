"""Changing orders."""

from __future__ import annotations

from tests.sandbox.asking import Asker
from tests.sandbox.ordering import (
    Goods,
    change,
    check_laws,
    customer_of,
    goods_in_stock,
    kept,
    line,
    of_type,
    ordered,
    payment,
    stock_of,
)

IN_TWO_WAREHOUSES = (
    "SELECT variation_id, min(warehouse_id) FROM warehouse_stock JOIN variation ON id = variation_id"
    " WHERE warehouse_stock.stock > 4 AND price > 0 GROUP BY 1 HAVING count(*) > 1 ORDER BY 1"
)
OTHER_WAREHOUSE = (
    "SELECT max(warehouse_id) FROM warehouse_stock WHERE variation_id = ? AND warehouse_id <> ? AND stock > 4"
)


def goods_at(shop: Asker, variation_id: int, warehouse_id: int) -> Goods:
    sql = "SELECT stock FROM warehouse_stock WHERE variation_id = ? AND warehouse_id = ?"
    return Goods(variation_id, warehouse_id, shop.number(sql, variation_id, warehouse_id), 0)


async def test_lines_are_changed_added_and_deleted(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    other = of_type(shop.db, "PO")
    order_id = await ordered(shop, line(goods, 3))
    new = {"id": other["id"], "qty": 2, "product_status": "PO", "flag": "NEW"}
    await shop.done("order.update", **change(shop.db, order_id, line(goods, 1, flag="EDIT"), new, note="Lain"))
    order = kept(shop.db, order_id)
    assert order["goods_amount"] == goods.price + 2 * other["price"]
    assert order["note"] == "Lain"
    assert stock_of(shop.db, goods) == goods.stock - 1
    check_laws(shop.db)
    await shop.done("order.update", **change(shop.db, order_id, line(goods, 1, flag="DELETE")))
    order = kept(shop.db, order_id)
    assert (order["goods_amount"], order["product_status"]) == (2 * other["price"], "PO")
    assert stock_of(shop.db, goods) == goods.stock
    check_laws(shop.db)
    reasons = await shop.refused("order.update", **change(shop.db, order_id, {**new, "flag": "DELETE"}))
    assert list(reasons) == ["products"]
    reasons = await shop.refused("order.update", **change(shop.db, order_id, line(goods, 1, flag="EDIT")))
    assert reasons == {"products.0.id": ["The order has no such line."]}


async def test_a_change_may_use_what_the_order_has_already(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    order_id = await ordered(shop, line(goods, goods.stock - 1))
    await shop.done("order.update", **change(shop.db, order_id, line(goods, goods.stock)))
    assert stock_of(shop.db, goods) == 0
    reasons = await shop.refused("order.update", **change(shop.db, order_id, line(goods, goods.stock + 1)))
    assert f"holds only {goods.stock} of" in reasons["products.0.qty"][0]
    check_laws(shop.db)


async def test_a_line_keeps_its_discount_and_what_is_not_sent_stays(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    costs = [{"name": "Pelanggan", "category": "DISCOUNT", "type": "PERCENTAGE", "percentage": 10}]
    discounted = line(goods, 2, type="PERCENTAGE", percentage=5)
    order_id = await ordered(shop, discounted, order_cost=costs, note="Awal", awb_number="SAP1")
    await shop.done("order.update", **change(shop.db, order_id, line(goods, 3)))
    order = kept(shop.db, order_id)
    wares = 3 * goods.price - 3 * goods.price * 5 // 100
    assert (order["goods_amount"], order["discount_amount"]) == (wares, wares // 10)
    assert (order["note"], order["awb_number"]) == ("Awal", "SAP1")
    await shop.done("order.update", **change(shop.db, order_id, line(goods, 3), order_cost=[]))
    assert kept(shop.db, order_id)["discount_amount"] == 0


async def test_a_price_stays_while_the_quantity_does(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    order_id = await ordered(shop, line(goods, 2))
    shop.db.execute("UPDATE variation SET price = price + 1000 WHERE id = ?", (goods.variation_id,))
    shop.db.commit()
    await shop.done("order.update", **change(shop.db, order_id, line(goods, 2)))
    assert kept(shop.db, order_id)["goods_amount"] == 2 * goods.price
    await shop.done("order.update", **change(shop.db, order_id, line(goods, 1)))
    assert kept(shop.db, order_id)["goods_amount"] == goods.price + 1000


async def test_a_line_keeps_its_cost(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    cost = shop.number("SELECT price_buy FROM variation WHERE id = ?", goods.variation_id)
    order_id = await ordered(shop, line(goods))
    shop.db.execute("UPDATE variation SET price_buy = price_buy + 700 WHERE id = ?", (goods.variation_id,))
    shop.db.commit()
    await shop.done("order.update", **change(shop.db, order_id, line(goods, 2)))
    assert kept(shop.db, order_id)["cost_of_goods_sold"] == 2 * cost


async def test_of_two_warehouses_the_one_that_was_sent_is_meant(shop: Asker) -> None:
    goods = goods_at(shop, *shop.db.execute(IN_TWO_WAREHOUSES).fetchone())
    other = goods_at(shop, goods.variation_id, shop.number(OTHER_WAREHOUSE, goods.variation_id, goods.warehouse_id))
    order_id = await ordered(shop, line(goods, 1), line(other, 2))
    await shop.done("order.update", **change(shop.db, order_id, line(other, 3, flag="EDIT")))
    assert (stock_of(shop.db, goods), stock_of(shop.db, other)) == (goods.stock - 1, other.stock - 3)
    await shop.done("order.update", **change(shop.db, order_id, line(other, 1, flag="DELETE")))
    assert (stock_of(shop.db, goods), stock_of(shop.db, other)) == (goods.stock - 1, other.stock)
    check_laws(shop.db)


async def test_a_line_may_move_to_another_warehouse(shop: Asker) -> None:
    goods = goods_at(shop, *shop.db.execute(IN_TWO_WAREHOUSES).fetchone())
    other = goods_at(shop, goods.variation_id, shop.number(OTHER_WAREHOUSE, goods.variation_id, goods.warehouse_id))
    order_id = await ordered(shop, line(goods, 2))
    await shop.done("order.update", **change(shop.db, order_id, line(other, 2, flag="EDIT")))
    assert (stock_of(shop.db, goods), stock_of(shop.db, other)) == (goods.stock, other.stock - 2)
    check_laws(shop.db)


async def test_the_time_of_a_waybill_is_when_it_changed(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    order_id = await ordered(shop, line(goods), awb_number="SAP1")
    assert kept(shop.db, order_id)["awb_updated_at"] == "2026-03-18 10:30:00"
    shop.db.execute("UPDATE orders SET awb_updated_at = '2026-03-01 00:00:00'")
    shop.db.commit()
    await shop.done("order.update", **change(shop.db, order_id, line(goods), awb_number="SAP1"))
    assert kept(shop.db, order_id)["awb_updated_at"] == "2026-03-01 00:00:00"
    await shop.done("order.update", **change(shop.db, order_id, line(goods), awb_number="SAP2"))
    assert kept(shop.db, order_id)["awb_updated_at"] == "2026-03-18 10:30:00"


async def test_the_amount_of_a_change_counts_all_payments(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    total = goods.price + 9000
    order_id = await ordered(shop, line(goods), payment=payment("INSTALLMENT", 5000))
    reasons = await shop.refused("order.update", **change(shop.db, order_id, line(goods)))
    assert reasons == {"payment.status": ["Rp5.000 of this order has been paid; delete its payment history first."]}
    less = change(shop.db, order_id, line(goods), payment=payment("INSTALLMENT", 4000))
    assert list(await shop.refused("order.update", **less)) == ["payment.amount"]
    same = payment("INSTALLMENT", 5000) | {"bank_id": 12, "date": "2026-03-17"}
    await shop.done("order.update", **change(shop.db, order_id, line(goods), payment=same))
    order = kept(shop.db, order_id)
    assert (order["paid_amount"], order["bank_id"], order["payment_date"]) == (5000, 12, "2026-03-17")
    await shop.done("order.update", **change(shop.db, order_id, line(goods), payment=payment("PAID", total)))
    assert kept(shop.db, order_id)["payment_status"] == "PAID"
    payments = shop.db.execute("SELECT nominal FROM order_payment WHERE order_id = ?", (order_id,)).fetchall()
    assert [row["nominal"] for row in payments] == [5000, total - 5000]
    check_laws(shop.db)


async def test_only_active_orders_are_changed(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    order_id = await ordered(shop, line(goods))
    await shop.done("order_cancel.create", id=order_id)
    reasons = await shop.refused("order.update", **change(shop.db, order_id, line(goods)))
    assert list(reasons) == ["order_id"]
    assert "it is CANCELED" in reasons["order_id"][0]
    assert list(await shop.refused("order.update", **change(shop.db, 1, line(goods)))) == ["order_id"]


async def test_a_new_sender_brings_a_new_price_to_the_lines_that_are_sent(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    order_id = await ordered(shop, line(goods))
    reseller = customer_of(shop.db, "Y")
    await shop.done("order.update", **change(shop.db, order_id, line(goods), customer_sender_id=reseller))
    order = kept(shop.db, order_id)
    price = shop.number("SELECT price_reseller FROM variation WHERE id = ?", goods.variation_id)
    assert (order["goods_amount"], order["sender_category"], order["is_dropship"]) == (price, "Reseller", 1)


async def test_the_cost_of_goods_of_others_is_known_already(shop: Asker) -> None:
    sent = {"id": of_type(shop.db, "R")["id"], "qty": 1, "product_status": "R"}
    order_id = await ordered(shop, sent, payment={"status": "UNPAID", "cost_of_goods_sales": 40000})
    await shop.done("order.update", **change(shop.db, order_id, {**sent, "qty": 2}))
    assert kept(shop.db, order_id)["cost_of_goods_sales"] == 40000
