"""Customers: who sends and who gets the shop's parcels."""

from __future__ import annotations

import re
import sqlite3

from ngorder_tui.sandbox.answering import Answer, Args, Refused, Shop, Where, answers, paged
from ngorder_tui.sandbox.chapters.region import check_district
from ngorder_tui.sandbox.spelling import stored

STATES = ("Y", "N", "R", "T")
REGISTRATIONS = ("0", "1", "4", "T", "R")
_FROM = (
    " FROM customer JOIN district ON district.id = customer.district_id JOIN city ON city.id = district.city_id"
    " JOIN province ON province.id = city.province_id"
    " JOIN customer_category ON customer_category.code = customer.category_code"
)
_SELECT = (
    "SELECT customer.*, district.name AS district, city.name AS city, province.name AS province,"
    " customer_category.category_name AS category"
)
_FIELDS = {"NAME": "customer.name", "EMAIL": "customer.email", "ADDRESS": "customer.address", "PHONE": "customer.phone"}
_ORDERS = {
    "LATEST_CUSTOMER": "customer.created_at DESC, customer.id DESC",
    "LAST_ORDER": "customer.last_order_at IS NULL, customer.last_order_at DESC, customer.id DESC",
}


@answers("customer.create")
def create_customer(shop: Shop, args: Args) -> Answer:
    name = args.text("name", required=True, maximum=100)
    values = {
        "phone": args.digits("phone", required=True),
        "district_id": args.integer("district_id", required=True),
        "address": args.text("address", required=True, maximum=1000),
        "postal_code": args.digits("postal_code", maximum=10) or "",
        "category_code": args.text("category", required=True, maximum=20),
        "is_active": args.choice("is_active", STATES, required=True),
        **_contacts(args),
    }
    check_district(shop, args, "district_id", args.integer("district_id"))
    _check_category(shop, args)
    args.check()
    state = str(values["is_active"])
    customer_id = shop.insert(
        "customer",
        name=name,
        **values,
        registration_status=state if state in REGISTRATIONS else "0",
        created_by=shop.user_id,
        created_at=stored(shop.now()),
        updated_at=stored(shop.now()),
    )
    return {"response": "Success", "data": {"customer_id": customer_id, "name": name}}


@answers("customer.list", reads_body=True)
def list_customers(shop: Shop, args: Args) -> Answer:
    keyword = args.text("keyword", maximum=50)
    field = args.choice("type", _FIELDS)
    first, last = args.day("create_from"), args.day("create_to")
    category = args.text("category", maximum=20)
    registration = args.choice("registration_status", REGISTRATIONS)
    order_by = args.choice("order_by", _ORDERS, default="LATEST_CUSTOMER")
    window = args.page(10, 100)
    args.check()
    where = Where().add("customer.deleted_at IS NULL")
    _search(where, field, (keyword or "").strip())
    where.given("customer.created_at >= ?", first and first.isoformat())
    where.given("customer.created_at <= ? || ' 23:59:59'", last and last.isoformat())
    where.given("customer.category_code = ?", category or None)
    where.given("customer.registration_status = ?", registration)
    rows = shop.rows(
        f"{_SELECT}{_FROM}{where.sql} ORDER BY {_ORDERS[order_by]} LIMIT ? OFFSET ?",
        *where.values,
        window.size,
        window.offset,
    )
    total = shop.number(f"SELECT count(*) FROM customer{where.sql}", *where.values)
    return paged(shop, window, [_shown(row) for row in rows], total, url=shop.url.replace("/api/open/", "/api/"))


@answers("customer.list_order_history")
def list_order_history(shop: Shop, args: Args) -> Answer:
    customer_id = args.integer("id", required=True)
    first, last = args.day("start_date"), args.day("end_date")
    window = args.page(10, 100)
    if shop.row("SELECT 1 FROM customer WHERE id = ?", customer_id) is None:
        raise args.unknown("id")
    args.check()
    where = Where().add("customer_sender_id = ?", customer_id).add("order_status = 'ACCEPTED'")
    where.given("order_date >= ?", first and first.isoformat())
    where.given("order_date <= ?", last and last.isoformat())
    orders = shop.number(f"SELECT count(*) FROM orders{where.sql}", *where.values)
    items = shop.number(
        f"SELECT sum(quantity) FROM order_line WHERE order_id IN (SELECT order_id FROM orders{where.sql})",
        *where.values,
    )
    rows = shop.rows(
        "SELECT order_id, po_number, created_at AS date, total_amount AS total_price, product_status"
        f" FROM orders{where.sql} ORDER BY created_at DESC, order_id DESC LIMIT ? OFFSET ?",
        *where.values,
        window.size,
        window.offset,
    )
    kept = f"id={customer_id}&per_page={window.size}&"
    page = paged(shop, window, [_with_lines(shop, row) for row in rows], orders, kept=kept)
    return {"total": {"items": items, "orders": orders}, **page}


@answers("customer.count_per_month")
def count_per_month(shop: Shop, _args: Args) -> Answer:
    rows = shop.rows(
        "SELECT count(*) AS total, substr(created_at, 1, 7) AS date FROM customer WHERE deleted_at IS NULL"
        " GROUP BY 2 ORDER BY 2 DESC"
    )
    return {"response": "Success", "data": [dict(row) for row in rows]}


@answers("customer.download", reads_body=True)
def download_customers(shop: Shop, args: Args) -> Answer:
    args.month("date")
    args.check()
    user = shop.need("", "", "SELECT email FROM user WHERE id = ?", shop.user_id)
    return {
        "response": shop.say(
            f"Success, your customer data will be sent to {user['email']} soon",
            f"Berhasil, data pelanggan akan segera dikirim ke {user['email']}",
        )
    }


@answers("customer.update")
def update_customer(shop: Shop, args: Args) -> Answer:
    customer_id = args.integer("customer_id", required=True)
    name = args.text("name", maximum=100)
    changes = {
        "name": name or None,
        "phone": args.digits("phone"),
        "district_id": args.integer("district_id"),
        "address": args.text("address", maximum=1000) or None,
        "postal_code": args.digits("postal_code", maximum=10),
        "category_code": args.text("category", maximum=20) or None,
        "is_active": args.choice("is_active", STATES),
        **_contacts(args),
    }
    check_district(shop, args, "district_id", args.integer("district_id"))
    _check_category(shop, args)
    found = _customer(shop, args, "customer_id", customer_id)
    args.check()
    shop.update("customer", {"id": customer_id}, {**changes, "updated_at": stored(shop.now())})
    return {"response": "Success", "data": {"customer_id": customer_id, "name": name or found["name"]}}


@answers("customer.update_privor_activation")
def update_privor_activation(shop: Shop, args: Args) -> Answer:
    customer_id = args.integer("id", required=True)
    active = args.flag("active", required=True)
    email = _email(args, required=True)
    name = args.text("name", maximum=100)
    phone = args.digits("phone")
    _customer(shop, args, "id", customer_id)
    args.check()
    changes = {
        "registration_status": "1" if active else "0",
        "is_active": "Y" if active else "N",
        "email": email,
        "name": name or None,
        "phone": phone,
        "updated_at": stored(shop.now()),
    }
    shop.update("customer", {"id": customer_id}, changes)
    return {"response": "Success", "message": shop.say("Successful run", "Berhasil dijalankan")}


_DEEDS = {
    # code: new registration and active state, the states it may come from, and what is said of it
    "0": ("0", "N", ("R",), "has been refused", "telah ditolak"),
    "1": ("1", "Y", ("R",), "has been accepted", "telah diterima"),
    "2": ("1", "Y", ("0", "T"), "has been activated", "telah diaktifkan"),
    "4": ("4", "N", ("0", "1", "T", "R"), "has been blocked", "telah diblokir"),
    "5": (None, "N", REGISTRATIONS, "has been deleted", "telah dihapus"),
    "6": ("1", "Y", ("4",), "has been unblocked", "telah dibuka blokirnya"),
}


@answers("customer.update_activation_status")
def update_activation_status(shop: Shop, args: Args) -> Answer:
    customer_id = args.integer("id", required=True)
    status = args.choice("status", _DEEDS, required=True)
    category = args.text("category", maximum=20)
    _check_category(shop, args)
    found = _customer(shop, args, "id", customer_id)
    args.check()
    registration, active, origins, english, indonesian = _DEEDS[status]
    if found["registration_status"] not in origins:
        raise Refused(
            {
                "status": [
                    shop.say(
                        "This cannot be done in the customer's present state.",
                        "Ini tidak dapat dilakukan pada status pelanggan sekarang.",
                    )
                ]
            }
        )
    now = stored(shop.now())
    changes = {
        "registration_status": registration,
        "is_active": active,
        "category_code": category or None,
        "deleted_at": now if status == "5" else None,
        "updated_at": now,
    }
    shop.update("customer", {"id": customer_id}, changes)
    return {
        "response": "Success",
        "message": f"{found['name']} {shop.say(english, indonesian)}",
        "data": {"customer_id": str(customer_id), "name": found["name"]},
    }


def _search(where: Where, field: str | None, keyword: str) -> None:
    if keyword:
        columns = (_FIELDS[field],) if field else ("customer.name", "customer.email", "customer.phone")
        # Phones are kept with a leading 0 and shown with 62: either way of typing finds them.
        local = re.sub(r"^\+?62", "0", keyword)
        where.matches((column, local if column == "customer.phone" else keyword) for column in columns)


def _customer(shop: Shop, args: Args, name: str, customer_id: int) -> sqlite3.Row:
    found = shop.row("SELECT * FROM customer WHERE id = ? AND deleted_at IS NULL", customer_id)
    if found is None:
        raise args.unknown(name)
    return found


def _check_category(shop: Shop, args: Args) -> None:
    code = args.text("category", maximum=20)
    if code and shop.row("SELECT 1 FROM customer_category WHERE code = ?", code) is None:
        args.unknown("category")


def _contacts(args: Args) -> dict[str, object]:
    return {
        "line": args.text("line", maximum=100),
        "email": _email(args, required=False),
        "other": args.text("other", maximum=200),
    }


def _email(args: Args, *, required: bool) -> str | None:
    email = args.text("email", required=required, maximum=200)
    if email and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email) is None:
        args.refuse("email", "The email must be a valid e-mail address.", "Isian email harus alamat e-mail.")
    return email


def _shown(row: sqlite3.Row) -> dict[str, object]:
    city = row["city"].upper().replace("KABUPATEN ", "KAB. ")
    place = f"{city}, {row['district'].upper()}, {row['province'].upper()}, ID, {row['postal_code']}"
    phone = str(row["phone"])
    return {
        "id": row["id"],
        "name": row["name"],
        "name_initial": row["name"][:1].upper(),
        "phone": f"62{phone[1:]}" if phone.startswith("0") else phone,
        "address": f"{row['address']} ,{place}",
        "postal_code": row["postal_code"],
        "district": row["district"],
        "city": row["city"],
        "province": row["province"],
        "email": row["email"],
        "line": row["line"],
        "other": row["other"],
        "category_code": row["category_code"],
        "category": row["category"],
    }


def _with_lines(shop: Shop, order: sqlite3.Row) -> dict[str, object]:
    lines = shop.rows("SELECT name, quantity FROM order_line WHERE order_id = ? ORDER BY id", order["order_id"])
    return {
        **dict(order),
        # The quantity is text with a space before it: so the service has it.
        "order_detail": [{"product_name": line["name"], "total": f" {line['quantity']}"} for line in lines],
        "items": sum(line["quantity"] for line in lines),
    }
