"""Orders that are over."""

from __future__ import annotations

import pytest

from tests.sandbox.asking import JSON, Asker
from tests.sandbox.ordering import TODAY, check_laws, goods_in_stock, kept, line, ordered, payment, stock_of
from tests.sandbox.workbook import cells


async def test_a_canceled_order_gives_its_goods_back_and_leaves_the_lists(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    order_id = await ordered(shop, line(goods, 3), payment=payment("PAID", 3 * goods.price + 9000))
    body = await shop.done("order_cancel.create", id=order_id)
    order = kept(shop.db, order_id)
    assert body == {
        "response": "success",
        "message": "Order has been Canceled",
        "data": {"order_id": order_id, "po_number": order["po_number"]},
    }
    assert (order["order_status"], order["payment_status"], order["shipment_status"]) == ("CANCELED", "PAID", None)
    assert stock_of(shop.db, goods) == goods.stock
    assert await shop.rows("order.list", keyword=order_id, type="ORDER_ID") == []
    (row,) = [row for row in await shop.rows("order_cancel.list") if row["order_id"] == order_id]
    assert (row["order_status"], row["remaining_amount"], row["bank_name"]) == ("CANCELED", 0, "BCA")
    assert row["invoice"] == f"INV.{TODAY.replace('-', '.')}.{order['po_number']}"
    assert (row["order_date"], row["sender_category"], row["awb_number"]) == (f"{TODAY} 10:30:00", "PELANGGAN", "")
    check_laws(shop.db)
    assert list(await shop.refused("order_cancel.create", id=order_id)) == ["id"]
    assert stock_of(shop.db, goods) == goods.stock


async def test_a_restored_order_takes_its_goods_again(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    order_id = await ordered(shop, line(goods, 3), payment=payment("PAID", 3 * goods.price + 9000))
    await shop.done("order_cancel.create", id=order_id)
    await shop.done("order_cancel.restore", id=order_id)
    order = kept(shop.db, order_id)
    assert (order["order_status"], order["shipment_status"]) == ("ACCEPTED", "READY_TO_SHIP")
    assert order["canceled_at"] is None
    assert stock_of(shop.db, goods) == goods.stock - 3
    reasons = shop.db.execute("SELECT reason FROM stock_history WHERE order_id = ? ORDER BY id", (order_id,)).fetchall()
    assert [row["reason"] for row in reasons] == ["order", "cancel", "return"]
    assert list(await shop.refused("order_cancel.restore", id=order_id)) == ["id"]
    check_laws(shop.db)


async def test_a_restored_parcel_is_where_it_was(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    order_id = await ordered(shop, line(goods), payment=payment("PAID", goods.price + 9000), awb_number="SAP1")
    await shop.done("order_cancel.create", id=order_id)
    assert kept(shop.db, order_id)["shipment_status"] is None
    await shop.done("order_cancel.restore", id=order_id)
    order = kept(shop.db, order_id)
    assert (order["order_progress_status"], order["shipment_status"]) == ("ON PROCESS", "ON_PROCESS")


async def test_an_order_is_not_restored_when_its_goods_are_gone(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    order_id = await ordered(shop, line(goods, 2))
    await shop.done("order_cancel.create", id=order_id)
    await ordered(shop, line(goods, goods.stock - 1))
    reasons = await shop.refused("order_cancel.restore", id=order_id)
    assert "holds only 1 of" in reasons["id"][0]
    assert kept(shop.db, order_id)["order_status"] == "CANCELED"
    assert stock_of(shop.db, goods) == 1
    check_laws(shop.db)


async def test_a_deleted_order_is_gone_but_its_history_stays(shop: Asker) -> None:
    goods = goods_in_stock(shop.db)
    order_id = await ordered(shop, line(goods), payment=payment("INSTALLMENT", 500))
    assert list(await shop.refused("order_cancel.delete", order_id=order_id)) == ["order_id"]
    await shop.done("order_cancel.create", id=order_id)
    assert list(await shop.refused("order_cancel.delete", order_id=order_id, id=order_id + 1)) == ["id"]
    await shop.done("order_cancel.delete", order_id=order_id, id=order_id)
    for table in ("orders", "order_line", "order_payment", "order_cost_line"):
        assert shop.number(f"SELECT count(*) FROM {table} WHERE order_id = ?", order_id) == 0
    assert shop.number("SELECT count(*) FROM stock_history WHERE order_id = ?", order_id) == 2
    assert stock_of(shop.db, goods) == goods.stock
    assert list(await shop.refused("order_cancel.delete", order_id=order_id)) == ["order_id"]
    check_laws(shop.db)


@pytest.mark.parametrize(("kind", "status"), [("CANCEL", "CANCELED"), ("REJECTED", "REJECTED"), ("EXPIRED", "EXPIRED")])
async def test_the_three_kinds_of_endings(shop: Asker, kind: str, status: str) -> None:
    wanted = f"SELECT count(*) FROM orders WHERE order_status = '{status}'"
    rows = await shop.rows("order_cancel.list", type=kind, per_page=50)
    assert len(rows) == shop.number(wanted) > 0
    assert {row["order_status"] for row in rows} == {status}
    assert await shop.total(
        "order_cancel.list", type=kind, start_date="2026-02-01", end_date="2026-02-28"
    ) == shop.number(f"{wanted} AND order_date LIKE '2026-02-%'")
    response = await shop.ask("order_cancel.download", type=kind)
    assert response.headers["content-disposition"].endswith(f'"order-{kind.lower()}-2026-03-18.xlsx"')
    assert [row[0] for row in cells(response.content)[1:]] == [row["order_id"] for row in rows]


async def test_only_canceled_orders_come_back(shop: Asker) -> None:
    for status in ("REJECTED", "EXPIRED", "WAITING", "ACCEPTED"):
        order_id = shop.number("SELECT min(order_id) FROM orders WHERE order_status = ?", status)
        assert list(await shop.refused("order_cancel.restore", id=order_id)) == ["id"]
        assert kept(shop.db, order_id)["order_status"] == status
    waiting = shop.number("SELECT min(order_id) FROM orders WHERE order_status = 'WAITING'")
    assert list(await shop.refused("order_cancel.create", id=waiting)) == ["id"]
    assert list(await shop.refused("order_cancel.delete", order_id=waiting)) == ["order_id"]


async def test_pages_and_their_links(shop: Asker) -> None:
    body = await shop.done("order_cancel.list", per_page=2, pagination_offset=2)
    meta = body["meta"]
    assert isinstance(meta, dict)
    links: JSON = meta["pagination"]["links"]
    assert links["next"] == "http://sandbox/api/open/order-cancel?per_page=2&pagination_offset=3"
    wrong = await shop.refused(
        "order_cancel.list", per_page=51, type="LOST", start_date="2026-03-02", end_date="2026-03-01"
    )
    assert sorted(wrong) == ["end_date", "per_page", "type"]
