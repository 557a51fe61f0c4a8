"""An order as it is sent, read and checked as a whole: every reason under its dotted path."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ngorder_tui.sandbox.answering import Args, Shop
from ngorder_tui.sandbox.args import LARGEST
from ngorder_tui.sandbox.orders import goods
from ngorder_tui.sandbox.orders.form_lines import COUNTED_AS, read_lines
from ngorder_tui.sandbox.orders.form_people import read_people
from ngorder_tui.sandbox.orders.payments import read_bank
from ngorder_tui.sandbox.orders.totals import Cost, Line, Totals, add_up
from ngorder_tui.sandbox.spelling import rupiah

COST_CATEGORIES = ("DISCOUNT", "OTHER COST", "INSURANCE")
PICK_UP, BY_HAND = 98, 99
"""What is sent as expedition.id where there is no courier: fetched at the shop, or typed by hand."""


@dataclass(frozen=True, slots=True)
class Paying:
    """The payment that an order is sent with; `amount` is what has been paid in all, earlier payments included."""

    status: str
    day: date | None
    bank_id: int | None
    amount: int
    cost_of_goods_sales: int | None


@dataclass(frozen=True, slots=True)
class OrderForm:
    """An order that may be written as it stands. `cells` are the columns of `orders` that were sent."""

    cells: dict[str, object]
    lines: list[Line]
    costs: list[Cost]
    paying: Paying
    totals: Totals


def read_form(shop: Shop, args: Args, order: sqlite3.Row | None = None) -> OrderForm:
    """Read a new order, or the change of one. Raises Refused with everything that is wrong."""
    day = date.fromisoformat(order["order_date"]) if order else args.day("order_date", required=True)
    cells = read_people(shop, args, order) | _remarks(shop, args)
    if order is None:
        cells["order_date"] = day.isoformat()
    old = goods.lines_of(shop, order["order_id"]) if order else []
    category = str(cells.get("sender_category_code", "N"))
    lines = read_lines(shop, args, category, day, old, order["sender_category_code"] if order else category)
    costs = _costs(args)
    if costs is None:
        costs = _kept_costs(shop, order)
    shipping = _shipping(shop, args)
    paying = _paying(shop, args, lines, order)
    args.check()
    totals = add_up(lines, costs, int(str(shipping["shipping_cost"])), int(str(shipping["shipping_discount"])))
    _check_sums(args, totals, paying, order)
    args.check()
    return OrderForm(cells | shipping, lines, costs, paying, totals)


def _remarks(shop: Shop, args: Args) -> dict[str, object]:
    """Everything that is neither people, goods, courier nor money; what was not sent is left out."""
    source_id = args.integer("order_source_id")
    source = shop.row("SELECT * FROM order_source WHERE id = ?", source_id)
    if source_id is not None and source is None:
        args.unknown("order_source_id")
    awb_number = args.text("awb_number", maximum=50)
    marketplace_awb = args.text("marketplace_awb", maximum=50)
    sent: dict[str, object | None] = {
        "order_source_id": source and source["id"],
        "order_source": source and source["note"],
        "note": args.text("note", maximum=1000),
        "is_printed": int(args.flag("is_print", required=True)),
        "send_sms": args.flag("send_sms"),
        "marketplace_awb": (marketplace_awb and marketplace_awb.strip()) or None,
        "awb_number": (awb_number and awb_number.strip()) or None,
        "source": args.choice("source", ("MOBILE", "WEB"), required=True),
    }
    return {name: value for name, value in sent.items() if value is not None}


def _costs(args: Args) -> list[Cost] | None:
    if not args.has("order_cost"):
        return None
    costs = []
    for item in args.objects("order_cost", maximum=100):
        kind = item.choice("type", COUNTED_AS, required=True)
        by_percent = kind == "PERCENTAGE"
        cost = Cost(
            category=item.choice("category", COST_CATEGORIES, required=True),
            name=item.text("name", required=True, maximum=100),
            type=kind,
            nominal=item.integer("nominal", required=not by_percent, minimum=0, maximum=10**12) or 0,
            percentage=item.integer("percentage", required=by_percent, minimum=0, maximum=100) or 0,
        )
        costs.append(cost)
    return costs


def _kept_costs(shop: Shop, order: sqlite3.Row | None) -> list[Cost]:
    if order is None:
        return []
    rows = shop.rows("SELECT * FROM order_cost_line WHERE order_id = ? ORDER BY id", order["order_id"])
    return [Cost.kept(row) for row in rows]


def _shipping(shop: Shop, args: Args) -> dict[str, object]:
    sent = args.object("expedition", required=True)
    rate_id = sent.integer("id", required=True)
    cost = sent.integer("rate", required=True, minimum=0, maximum=10**9)
    name = sent.text("name", required=True, empty=True, maximum=100)
    discount = sent.integer("discount_promo", default=0, minimum=0)
    auto_pickup = sent.flag("auto_pickup", required=True)
    if discount > cost:
        sent.refuse(
            "discount_promo",
            f"The shipping discount may not exceed the rate of {rupiah(cost)}.",
            f"Diskon ongkir tidak boleh melebihi ongkir {rupiah(cost)}.",
        )
    service = shop.row(
        "SELECT expedition.*, courier.name FROM expedition JOIN courier ON courier.number = courier_number"
        " WHERE rate_id = ?",
        rate_id,
    )
    courier = None
    if service is None and rate_id in (PICK_UP, BY_HAND):
        courier = shop.row("SELECT * FROM courier WHERE number = ?", rate_id)
    if service is None and courier is None:
        if sent.has("id"):
            sent.unknown("id")
        return {"shipping_cost": cost, "shipping_discount": discount}
    by_hand = name if rate_id == BY_HAND else ""
    return {
        "courier_number": service["courier_number"] if service else rate_id,
        "expedition_id": service and service["id"],
        "rate_id": rate_id,
        "shipping_logistic": service["name"] if service else courier and courier["name"],
        "shipping_rate": service["rate_name"] if service else by_hand,
        "shipping_cost": cost,
        "shipping_discount": discount,
        "auto_pickup": int(auto_pickup),
    }


def _paying(shop: Shop, args: Args, lines: Sequence[Line], order: sqlite3.Row | None) -> Paying:
    sent = args.object("payment", required=True)
    status = sent.choice("status", ("UNPAID", "INSTALLMENT", "PAID"), required=True)
    pays = status != "UNPAID"
    paying = Paying(
        status=status,
        day=sent.day("date", required=pays),
        bank_id=read_bank(shop, sent) if pays else None,
        amount=(sent.integer("amount", required=pays, minimum=0) or 0) if pays else 0,
        cost_of_goods_sales=sent.integer("cost_of_goods_sales", minimum=0),
    )
    known = order is not None and order["cost_of_goods_sales"] > 0
    place = next((place for place, line in enumerate(lines) if line.product_status == "R"), None)
    if place is not None and paying.cost_of_goods_sales is None and not known:
        sent.refuse(
            "cost_of_goods_sales",
            f"The payment.cost of goods sales field is required when products.{place}.product_status is R.",
            f"Isian payment.cost of goods sales wajib diisi jika products.{place}.product_status adalah R.",
        )
    return paying


def _check_sums(args: Args, totals: Totals, paying: Paying, order: sqlite3.Row | None) -> None:
    if max(totals.total_amount, totals.goods_amount, totals.cost_of_goods_sold, totals.weight) > LARGEST:
        args.refuse("products", "This is more than an order can hold.", "Ini melebihi isi sebuah order.")
        return
    total, paid, amount = totals.total_amount, order["paid_amount"] if order else 0, paying.amount
    if total < 0:
        args.refuse("order_cost", "The discounts exceed what is ordered.", "Diskon melebihi nilai pesanan.")
        return
    whole = rupiah(total)
    if paying.status == "UNPAID" and paid:
        args.refuse(
            "payment.status",
            f"{rupiah(paid)} of this order has been paid; delete its payment history first.",
            f"{rupiah(paid)} dari order ini sudah dibayar; hapus riwayat pembayarannya dulu.",
        )
    elif paying.status != "UNPAID" and amount > total:
        args.refuse(
            "payment.amount", f"The amount is more than the total of {whole}.", f"Jumlah melebihi total {whole}."
        )
    elif paying.status == "PAID" and amount < total:
        args.refuse(
            "payment.amount",
            f"The amount must be the total of {whole} when the order is PAID.",
            f"Jumlah harus sama dengan total {whole} jika order PAID.",
        )
    elif paying.status == "INSTALLMENT" and not 0 < amount < total:
        args.refuse(
            "payment.amount",
            f"An installment is more than 0 and less than the total of {whole}.",
            f"Cicilan harus lebih dari 0 dan kurang dari total {whole}.",
        )
    elif amount < paid:
        args.refuse(
            "payment.amount",
            f"{rupiah(paid)} has been paid already; the amount counts all payments.",
            f"{rupiah(paid)} sudah dibayar; jumlah ini mencakup semua pembayaran.",
        )
