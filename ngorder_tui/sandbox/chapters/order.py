"""Orders: made, changed, paid and listed. The rules are in ngorder_tui.sandbox.orders."""

from __future__ import annotations

from ngorder_tui.sandbox.answering import Answer, Args, Download, Refused, Shop, Where, answers, paged
from ngorder_tui.sandbox.orders import details
from ngorder_tui.sandbox.orders.filters import read_filters
from ngorder_tui.sandbox.orders.form import read_form
from ngorder_tui.sandbox.orders.payments import add_payment, read_bank
from ngorder_tui.sandbox.orders.prices import wholesale_price
from ngorder_tui.sandbox.orders.rows import in_short
from ngorder_tui.sandbox.orders.state import active_order, remaining, settle
from ngorder_tui.sandbox.orders.writing import write_change, write_new
from ngorder_tui.sandbox.sales import GROSS_PROFIT, NET_SALES, SOLD
from ngorder_tui.sandbox.sheets import Cell, sheet
from ngorder_tui.sandbox.spelling import rupiah, stored

CODES = {"UNPAID": "B", "INSTALLMENT": "C", "PAID": "L"}
"""Payment states as order.update_payment answers them. C (cicilan) is documented, the others are guessed."""
WEB_STATES = ("WAITING_CONFIRMATION", "WAITING PAYMENT", "EXPIRED")
_DETAIL_PAYMENTS = ("UNPAID", "PAID", "FAIL", "WAITING_CONFIRMATION", "WAITING PAYMENT", "REFUND_REJECTED", "EXPIRED")
_DETAIL_PROGRESS = ("UNPAID", "NO AWB", "ON PROCESS", "DELIVERED")
_DETAIL_CATEGORIES = {
    "APP": "order_category = 'APP'",
    "PRIVOR": "order_category = 'PRIVOR'",
    "SF_MEMBER": "order_category = 'STORE_FRONT' AND orders.is_member = 1",
    "SF_GUEST": "order_category = 'STORE_FRONT' AND orders.is_member = 0",
    "SHOPEE": "order_category = 'SHOPEE'",
}


@answers("order.get_wholesale_price")
def get_wholesale_price(shop: Shop, args: Args) -> Answer:
    variation_id = args.integer("variation_id", required=True)
    quantity = args.integer("qty", required=True, minimum=1)
    variation = shop.row("SELECT * FROM variation WHERE id = ? AND deleted_at IS NULL", variation_id)
    if variation is None:
        raise args.unknown("variation_id")
    args.check()
    wholesale = wholesale_price(shop, variation["product_id"], quantity)
    price = variation["price"] if wholesale is None else wholesale
    return {
        "response": "success",
        "data": {"variation_id": variation_id, "quantity": str(quantity), "price": price},
    }


@answers("order.get_price_access")
def get_price_access(shop: Shop, args: Args) -> Answer:
    code = args.text("customer_category_code", required=True, maximum=20)
    found = shop.row("SELECT * FROM customer_category WHERE code = ?", code)
    if found is None:
        raise args.unknown("customer_category_code")
    access = {name: bool(found[name]) for name in ("wholesale_access", "discount_access")}
    return {"response": "Success", "data": access}


@answers("order.create", refusal_id=True)
def create_order(shop: Shop, args: Args) -> Answer:
    order = write_new(shop, read_form(shop, args))
    return {
        "request_id": shop.request_id,
        "response": "Success",
        "message": shop.say("Order created", "Order berhasil dibuat"),
        "data": {"order_id": order["order_id"], "po_number": order["po_number"]},
    }


@answers("order.update", refusal_id=True)
def update_order(shop: Shop, args: Args) -> Answer:
    order = active_order(shop, args, "order_id", args.integer("order_id", required=True))
    order = write_change(shop, order, read_form(shop, args, order))
    return {
        "request_id": shop.request_id,
        "response": "Success",
        "message": shop.say("Order updated", "Order berhasil diubah"),
        "data": {"order_id": order["order_id"], "po_number": order["po_number"]},
    }


@answers("order.add_awb")
def add_awb(shop: Shop, args: Args) -> Answer:
    order_id = args.integer("id", required=True)
    awb_number = args.text("awb_number", required=True, maximum=50).strip()
    order = active_order(shop, args, "id", order_id)
    args.check()
    now = stored(shop.now())
    shop.update("orders", {"order_id": order_id}, {"awb_number": awb_number, "awb_updated_at": now})
    settle(shop, order_id)
    shop.run("UPDATE shop SET awb_notifications = max(0, awb_notifications - 1)")
    credit = shop.number("SELECT awb_notifications FROM shop")
    return {
        "request_id": shop.request_id,
        "response": "Success",
        "message": shop.say("Awb number has been updated", "Nomor resi telah diperbarui"),
        "data": {
            "order_id": order_id,
            "po_number": order["po_number"],
            "notification": {
                "id": 1,
                "title": shop.say("Notification successfully sent", "Notifikasi berhasil dikirim"),
                "content": shop.say(
                    f"Your receipt credit notification currently has {credit} remaining",
                    f"Kuota notifikasi resi Anda tersisa {credit}",
                ),
            },
        },
    }


@answers("order.list")
def list_orders(shop: Shop, args: Args) -> Answer:
    asked = read_filters(shop, args)
    rows, total = asked.page(shop)
    return paged(shop, asked.window, in_short(shop, rows), total)


@answers("order.list_details")
def list_details(shop: Shop, args: Args) -> Answer:
    status = args.choice("order_status", ("ACCEPTED", "REJECTED"))
    payment = args.choice("payment_status", _DETAIL_PAYMENTS)
    progress = args.choice("order_progress_status", _DETAIL_PROGRESS)
    category = args.choice("order_category", _DETAIL_CATEGORIES)
    first, last = args.day("create_from"), args.day("create_to")
    window = args.page(10, 100)
    args.check()
    where = Where().given("order_status = ?", status)
    if status is None and payment not in WEB_STATES:
        where.add("order_status IN ('ACCEPTED', 'CANCELED', 'REJECTED', 'EXPIRED')")
    where.given("payment_status = ?", payment)
    where.given("order_progress_status = ?", progress)
    if category:
        where.add(_DETAIL_CATEGORIES[category])
    where.given("orders.created_at >= ?", first and first.isoformat())
    where.given("orders.created_at <= ? || ' 23:59:59'", last and last.isoformat())
    rows = shop.rows(
        f"{details.SELECT} WHERE order_id IN (SELECT order_id FROM orders INDEXED BY orders_by_creation{where.sql}"
        " ORDER BY created_at DESC, order_id DESC LIMIT ? OFFSET ?) ORDER BY orders.created_at DESC, order_id DESC",
        *where.values,
        window.size,
        window.offset,
    )
    by_day = " INDEXED BY orders_by_creation" if first else ""
    total = shop.number(f"SELECT count(*) FROM orders{by_day}{where.sql}", *where.values)
    # The service's links lead past this endpoint.
    url = shop.url.replace("/api/open/", "/api/").removesuffix("/details")
    return paged(shop, window, details.in_full(shop, rows), total, url=url)


@answers("order.list_payment_history")
def list_payment_history(shop: Shop, args: Args) -> Answer:
    wanted_id = args.integer("id", required=True)
    of = args.choice("status", ("ORDER", "PAYMENT"), default="ORDER")
    args.check()
    column = "order_id"
    if of == "PAYMENT":
        by_web = shop.number("SELECT count(*) FROM order_payment WHERE privor_payment_id = ?", wanted_id)
        column = "privor_payment_id" if by_web else "order_payment.id"
    rows = shop.rows(
        "SELECT order_payment.*, bank_name, account_number FROM order_payment JOIN bank USING (bank_id)"
        f" WHERE {column} = ? ORDER BY order_payment.id",
        wanted_id,
    )
    if not rows and (of == "PAYMENT" or shop.row("SELECT 1 FROM orders WHERE order_id = ?", wanted_id) is None):
        raise args.unknown("id")
    payments = [
        {
            "payment_id": row["id"],
            "bank_id": str(row["bank_id"]),
            "bank_name": row["bank_name"],
            "account_number": row["account_number"] or "",
            "paid_at": row["paid_at"],
            "created_at": row["created_at"],
            "nominal": rupiah(row["nominal"]),
            "status": row["status"],
        }
        for row in rows
    ]
    return {"response": "success", "data": payments}


@answers("order.list_admin_revenue")
def list_admin_revenue(shop: Shop, args: Args) -> Answer:
    first, last = args.period(shop.today().replace(day=1), shop.today())
    args.check()
    rows = shop.rows(
        "SELECT created_by AS user_id, coalesce(user.name, 'Uncategorized') AS name,"
        " coalesce(user.level, 'Admin') AS level, sum(net_sales) AS net_sales, sum(gross_profit) AS gross_profit,"
        " count(*) AS order_count, sum(pieces) AS item_sold FROM"
        f" (SELECT created_by, {NET_SALES} AS net_sales, {GROSS_PROFIT} AS gross_profit,"
        " (SELECT sum(quantity) FROM order_line WHERE order_line.order_id = orders.order_id) AS pieces"
        f" FROM orders WHERE {SOLD}) LEFT JOIN user ON user.id = created_by"
        " GROUP BY created_by ORDER BY net_sales DESC, user_id",
        first.isoformat(),
        last.isoformat(),
    )
    return {"data": [dict(row) for row in rows]}


@answers("order.download")
def download_orders(shop: Shop, args: Args) -> Answer | Download:
    as_answer = args.flag("without_being_sent", default=False)
    asked = read_filters(shop, args)
    if not as_answer:
        email = shop.need("", "", "SELECT email FROM user WHERE id = ?", shop.user_id)["email"]
        sentence = shop.say(
            f"Success, your data will be sent to {email} soon", f"Berhasil, data akan segera dikirim ke {email}"
        )
        return {"response": "Success", "message": sentence}
    # Pages are documented, but a file of ten orders is nobody's wish: it is whole unless a page is asked for.
    by_page = args.has("per_page") or args.has("pagination_offset")
    rows = asked.page(shop)[0] if by_page else asked.every(shop)
    return sheet(f"order-{shop.today().isoformat()}", SHEET_HEADINGS, (sheet_row(row) for row in in_short(shop, rows)))


SHEET_HEADINGS = (
    "order_id", "po_number", "order_date", "sender_name", "receiver_name", "receiver_address", "products",
    "total_amount", "order_category", "order_status", "order_progress_status", "payment_status", "payment_date",
    "shipping_logistic", "shipping_rate", "awb_number", "weight", "order_source", "note", "created_by_name",
)  # fmt: skip


def sheet_row(order: dict[str, object]) -> list[Cell]:
    """One order in a file; its goods stand in one cell."""
    cells: list[Cell] = []
    for name in SHEET_HEADINGS:
        value = order[name]
        if isinstance(value, list):
            value = ", ".join(f"{line['name']} x {line['quantity']}" for line in value)
        cells.append(value if isinstance(value, str | int | float) else None)
    return cells


@answers("order.update_payment")
def update_payment(shop: Shop, args: Args) -> Answer:
    order_id = args.integer("id", required=True)
    sent = args.object("payment", required=True)
    status = sent.choice("status", ("PAID", "INSTALLMENT"), required=True)
    day = sent.day("date", required=True)
    bank_id = read_bank(shop, sent)
    amount = sent.integer("amount", required=status == "INSTALLMENT", minimum=1)
    cost_of_goods = sent.integer("cost_of_goods_sales", minimum=0)
    order = active_order(shop, args, "id", order_id)
    owed_elsewhere = shop.number(
        "SELECT count(*) FROM order_line WHERE order_id = ? AND product_status = 'R'", order_id
    )
    if owed_elsewhere and cost_of_goods is None and order["cost_of_goods_sales"] == 0:
        sent.refuse(
            "cost_of_goods_sales",
            "The cost of goods sales is required when goods of the order are of type R.",
            "Isian cost of goods sales wajib diisi jika ada barang bertipe R.",
        )
    args.check()
    left = remaining(order)
    if left <= 0 or (amount is not None and amount > left):
        raise _too_much(shop, left)
    if status == "PAID" and amount is not None and amount < left:
        sent.refuse(
            "amount",
            f"{rupiah(left)} is left to pay; what is less is an INSTALLMENT.",
            f"Sisa yang harus dibayar {rupiah(left)}; kurang dari itu adalah INSTALLMENT.",
        )
    args.check()
    shop.update("orders", {"order_id": order_id}, {"cost_of_goods_sales": cost_of_goods})
    add_payment(shop, order, left if amount is None else amount, bank_id, day)
    order = settle(shop, order_id)
    return {
        "request_id": shop.request_id,
        "response": "success",
        "message": [shop.say("Payment Updated", "Pembayaran diperbarui")],
        "data": {
            "order_id": order_id,
            "po_number": order["po_number"],
            "payment_status": CODES[order["payment_status"]],
        },
    }


def _too_much(shop: Shop, left: int) -> Refused:
    """The documented refusal: its last key has a space in it and holds a number."""
    reasons: dict[str, list[object]] = {}
    if left <= 0:
        reasons["id"] = [shop.say("Order has been paid", "Order sudah lunas")]
    reasons["amount"] = [
        shop.say("Amount is more than amount remaining of this order", "Jumlah melebihi sisa pembayaran order ini")
    ]
    return Refused({**reasons, "maximum amount": [max(left, 0)]})


@answers("order.delete_installment_history")
def delete_installment_history(shop: Shop, args: Args) -> Answer:
    order_id = args.integer("order_id", required=True)
    active_order(shop, args, "order_id", order_id)
    args.check()
    if shop.run("DELETE FROM order_payment WHERE order_id = ?", order_id) == 0:
        args.refuse("order_id", "This order has no payments.", "Order ini belum ada pembayaran.")
        args.check()
    settle(shop, order_id)
    return {
        "response": "success",
        "message": shop.say("Success, payment history has been deleted", "Berhasil, riwayat pembayaran dihapus"),
        "data": None,
    }
