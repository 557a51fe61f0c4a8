"""Making an order with the keyboard alone: what is typed is what is sent, and what the shop holds afterwards."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.desk import desk
from tests.journeys.order_steps import (
    BAG,
    BUYER,
    DROPSHIPPER,
    SHIRT,
    SHIRT_2,
    Recorder,
    begin_order,
    choose_courier,
    choose_origin,
    choose_receiver,
    drafts,
    focused_field,
    form_of,
    go_to,
    last_order,
    lines_of,
    open_form,
    orders_made,
    pick,
    review,
    scan,
    send,
    stock,
    stocked,
    write,
)


@pytest.fixture
def shop(shop_db: sqlite3.Connection) -> sqlite3.Connection:
    return stocked(shop_db)


async def test_an_order_from_top_to_bottom(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        before = orders_made(at), stock(at, SHIRT), stock(at, SHIRT_2)
        await open_form(at)
        await choose_receiver(at)
        await at.until(lambda: form_of(at).sheet.courier.destination_id is not None)
        await choose_origin(at)
        await scan(at, SHIRT, f"12*{SHIRT_2}", SHIRT)
        await at.sees("stock", "Rp126.000", "14 pieces")
        await choose_courier(at, "JNE REG")
        await go_to(at, "kept_cost")
        kept = at.one("SELECT name FROM order_cost WHERE category = 'DISCOUNT' AND type = 'PERCENTAGE'")
        await pick(at, kept)
        await go_to(at, "payment")
        await at.press("space", "tab")
        await at.press("p", "tab")
        await write(at, "24/11/2026")
        await at.press("tab")
        await pick(at, "BCA")
        await go_to(at, "payment.amount")
        total = form_of(at).sheet.totals().total
        await write(at, str(total))
        await go_to(at, "note")
        await write(at, "titip pagar hijau")
        await review(at)
        await at.sees(f"{BUYER} #990001", "Toko Bambu #21", "BCA #11", "titip pagar hijau", kept)
        await at.press("enter")
        assert orders_made(at) == before[0], "Enter sends nothing"
        await at.press("y")
        await at.rest()
        await at.hears(f"PO {last_order(at)['po_number']} was made.")

        order = last_order(at)
        assert orders_made(at) == before[0] + 1
        assert order["total_amount"] == total
        assert order["payment_status"] == "PAID"
        assert order["note"] == "titip pagar hijau"
        assert order["bank_id"] == 11
        assert order["receiver_name"] == order["sender_name"] == BUYER
        assert order["shipping_logistic"] == "JNE"
        assert lines_of(at, order["order_id"]) == [(SHIRT, 2, 63_000), (SHIRT_2, 12, 61_000)]
        assert (stock(at, SHIRT), stock(at, SHIRT_2)) == (before[1] - 2, before[2] - 12)
        assert await drafts(at) == ()
        await at.sees(str(order["po_number"]))


async def test_the_button_is_reached_by_tab_and_opens_the_review_only(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        before = orders_made(at)
        await begin_order(at)
        await go_to(at, "fold.more")
        await at.press("tab", "enter")
        await at.sees("y Send it")
        await at.press("enter", "enter")
        await at.sees("y Send it")
        assert orders_made(at) == before
        await at.press("n")
        await at.sees("Review and send")
        assert form_of(at).sheet.receiver.text == BUYER


async def test_lines_are_changed_by_plus_minus_and_delete(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        form = await open_form(at)
        await scan(at, SHIRT, SHIRT_2)
        await go_to(at, "products")
        await at.press("home", "plus", "plus", "down", "plus", "minus", "minus")
        assert [(line.code, line.quantity) for line in form.sheet.goods.shown_lines()] == [(SHIRT, 3), (SHIRT_2, 1)]
        await at.press("delete")
        assert [(line.code, line.quantity) for line in form.sheet.goods.shown_lines()] == [(SHIRT, 3)]
        await at.sees("taken out: 1 x CTH-KNG-L")


async def test_a_name_searches_and_the_arrows_pick(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        form = await open_form(at)
        await go_to(at, "scan")
        await write(at, "3*kaos contoh hijau")
        await at.rest()
        await at.sees("Kaos Contoh hijau L", SHIRT)
        await at.press("down", "enter")
        assert [(line.code, line.quantity) for line in form.sheet.goods.shown_lines()] == [(SHIRT, 3)]
        assert focused_field(at) == "scan"


async def test_a_name_that_was_entered_as_a_code_offers_what_is_called_so(
    shop: sqlite3.Connection, tmp_path: Path
) -> None:
    async with desk(shop, tmp_path) as at:
        form = await open_form(at)
        await scan(at, "contoh hijau")
        await at.sees("not found: contoh hijau (1 scan)", "Kaos Contoh hijau L")
        finds = form.sheet.goods.scan.suggestions
        place = next(at for at, find in enumerate(finds) if SHIRT in find.detail)
        await at.press(*["down"] * (place + 1), "enter")
        assert [(line.code, line.state) for line in form.sheet.goods.shown_lines()] == [(SHIRT, "known")]


async def test_a_dropshipper_sends_and_pays_the_dropshippers_price(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await open_form(at)
        await choose_receiver(at)
        await go_to(at, "customer_sender_id")
        await pick(at, DROPSHIPPER)
        await choose_origin(at)
        await scan(at, SHIRT, f"6*{SHIRT_2}")
        await choose_courier(at, "Pick-up")
        await at.sees("Rp66.000", "Rp62.500")
        estimate = form_of(at).sheet.totals().total
        await send(at)
        order = last_order(at)
        assert (order["customer_sender_id"], order["customer_receiver_id"]) == (990002, 990001)
        assert order["courier_number"] == 98
        assert order["total_amount"] == estimate == 66_000 + 6 * 62_500


async def test_a_line_from_another_warehouse_with_discount_and_promo(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        await begin_order(at, f"2*{SHIRT}", SHIRT_2)
        await go_to(at, "products")
        await at.press("home", "space")
        await at.sees("Promo discount")
        await at.press("tab")
        await pick(at, "Bandung", "Gudang Bandung")
        await at.press("tab", "p", "tab", "tab")
        await write(at, "10")
        await at.press("f10")
        await at.sees("discount Rp12.600 (10 %)", "from warehouse 4")
        await at.press("down", "space")
        await at.sees("Promo discount")
        for _step in range(5):
            await at.press("tab")
        await pick(at, "Promo", "Promo Contoh")
        await at.press("f10")
        await at.rest()
        estimate = form_of(at).sheet.totals().total
        in_bandung = stock(at, SHIRT, 4)
        await send(at)
        order = last_order(at)
        assert order["total_amount"] == estimate == 2 * 63_000 - 12_600 + 63_000 - 4_000
        assert stock(at, SHIRT, 4) == in_bandung - 2
        assert (
            at.one("SELECT promo_id FROM order_line WHERE order_id = ? AND sku = ?", order["order_id"], SHIRT_2) == 991
        )


async def test_a_customer_is_made_on_the_spot(shop: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop, tmp_path) as at:
        form = await open_form(at)
        await go_to(at, "customer_receiver_id")
        await write(at, "Rara Contoh")
        await at.rest()
        await at.press("ctrl+n")
        await at.sees("New customer", "Rara Contoh")
        await at.press("tab")
        await write(at, "0811000777")
        await at.press("tab")
        await pick(at, "Manggis", "Kabupaten Karangasem")
        await at.press("tab")
        await write(at, "Jl. Contoh 1")
        await at.press("tab", "tab")
        await write(at, "Y")
        for _step in range(4):
            await at.press("tab")
        await at.press("a")
        await at.press("f10")
        await at.sees("Make this customer?")
        await at.press("y")
        await at.rest()
        await at.until(lambda: at.app.screen is form)
        key = at.one("SELECT id FROM customer WHERE name = 'Rara Contoh'")
        assert form.sheet.receiver.typed() == str(key)
        assert form.sheet.courier.destination_id == at.one("SELECT district_id FROM customer WHERE id = ?", key)
        await choose_origin(at)
        await scan(at, SHIRT)
        await at.sees("Rp63.000")
        await choose_courier(at, "JNE REG")
        await send(at)
        assert last_order(at)["receiver_name"] == "Rara Contoh"


async def test_every_field_of_the_call_can_be_said(shop: sqlite3.Connection, tmp_path: Path) -> None:
    lines: list[Recorder] = []

    def recorded(transport: Recorder) -> Recorder:
        lines.append(Recorder(transport))
        return lines[-1]

    async with desk(shop, tmp_path, wrap=recorded) as at:  # type: ignore[arg-type]
        await open_form(at)
        await choose_receiver(at)
        await choose_origin(at)
        await scan(at, SHIRT_2, BAG)
        await go_to(at, "products")
        await at.press("home", "space")
        await at.sees("Change")
        for _step in range(5):
            await at.press("tab")
        await pick(at, "Promo", "Promo Contoh")
        await at.press("tab", "tab", "right", "right", "f10")
        await choose_courier(at, "Manual")
        await at.press("tab")
        await write(at, "Kurir Toko")
        await at.press("tab")
        await write(at, "25.000")
        await go_to(at, "fold.courier")
        await at.press("space", "tab", "y", "tab")
        await write(at, "5000")
        await at.press("tab", "y")
        await go_to(at, "order_cost")
        await at.press("space")
        await write(at, "Asuransi")
        await at.press("tab", "i", "tab", "n", "tab", "tab")
        await write(at, "2000")
        await go_to(at, "payment.cost_of_goods_sales")
        await write(at, "40000")
        await at.press("tab", "space", "tab", "i", "tab")
        await write(at, "2026-11-23")
        await at.press("tab")
        await pick(at, "Mandiri")
        await go_to(at, "payment.amount")
        await write(at, "10000")
        await go_to(at, "note")
        await write(at, "catatan")
        await go_to(at, "fold.more")
        await at.press("space", "tab", "end", "backspace", "backspace")
        await write(at, "20")
        await at.press("tab")
        await pick(at, "tokobambu.id")
        await at.press("tab")
        await write(at, "AWB-CONTOH-1")
        await at.press("tab")
        await write(at, "MP-CONTOH-1")
        await at.press("tab", "y", "tab", "y", "tab", "m")
        await send(at)
        order = last_order(at)
        assert order["order_date"] == "2026-11-20"
        assert order["order_source"] == "tokobambu.id"
        assert (order["awb_number"], order["marketplace_awb"]) == ("AWB-CONTOH-1", "MP-CONTOH-1")
        assert (order["is_printed"], order["send_sms"], order["source"]) == (1, 1, "MOBILE")
        assert (order["courier_number"], order["shipping_rate"], order["shipping_cost"]) == (99, "Kurir Toko", 25_000)
        assert (order["shipping_discount"], order["auto_pickup"]) == (5_000, 1)
        assert (order["insurance_amount"], order["cost_of_goods_sales"]) == (2_000, 40_000)
        assert (order["payment_status"], order["paid_amount"]) == ("INSTALLMENT", 10_000)

        from ngorder_tui.api.chapters.order import CreateOrder
        from ngorder_tui.api.chapters.order_parts import OrderExpedition, OrderPayment

        (body,) = lines[0].orders
        assert set(body) == set(CreateOrder.model_fields)
        assert set(body["expedition"]) == set(OrderExpedition.model_fields)
        assert set(body["payment"]) == set(OrderPayment.model_fields)
        assert {"promo_id", "discount_promo", "flag", "warehouse_id"} <= set(body["products"][0])
        assert body["expedition"]["promo"][0]["promo_id"] == 991
