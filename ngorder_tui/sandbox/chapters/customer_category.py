"""Customer categories: N, Y, D, and up to three of the shop's own, each with a price of its own."""

from __future__ import annotations

from ngorder_tui.sandbox.answering import Answer, Args, Refused, Shop, Where, answers

OWN_CODES = ("1", "2", "3")


@answers("customer_category.create")
def create_category(shop: Shop, args: Args) -> Answer:
    name = args.text("category_name", required=True, maximum=100)
    discount = args.flag("discount_access", default=False)
    wholesale = args.flag("wholesale_access", default=False)
    args.check()
    taken = {row["code"] for row in shop.rows("SELECT code FROM customer_category")}
    code = next((code for code in OWN_CODES if code not in taken), None)
    if code is None:
        raise Refused(
            shop.say("A shop has three categories of its own at most.", "Toko hanya boleh punya tiga kategori sendiri.")
        )
    category_id = shop.insert(
        "customer_category",
        code=code,
        category_name=name,
        status="NON ACTIVE",
        discount_access=int(discount),
        wholesale_access=int(wholesale),
    )
    return {
        "response": "Success",
        "data": {
            "id": category_id,
            "category_name": name,
            "code": code,
            "status": "NON ACTIVE",
            "discount_access": str(int(discount)),
            "wholesale_access": str(int(wholesale)),
        },
    }


@answers("customer_category.list")
def list_categories(shop: Shop, args: Args) -> Answer:
    status = args.choice("status", ("N", "Y"))
    args.check()
    where = Where()
    if status is not None:
        where.add("status = ?", "ACTIVE" if status == "Y" else "NON ACTIVE")
    rows = shop.rows(f"SELECT id FROM customer_category{where.sql} ORDER BY id", *where.values)
    return {"data": [_shown(shop, row["id"]) for row in rows]}


@answers("customer_category.update")
def update_category(shop: Shop, args: Args) -> Answer:
    category_id = args.integer("id", required=True)
    code = args.text("code", required=True)
    name = args.text("category_name", maximum=100)
    status = args.choice("status", ("Y", "N"))
    discount = args.flag("discount_access")
    wholesale = args.flag("wholesale_access")
    found = shop.row("SELECT code FROM customer_category WHERE id = ?", category_id)
    if found is None:
        raise args.unknown("id")
    if code and code != found["code"]:
        args.refuse("code", "This is another category's code.", "Ini kode kategori lain.")
    args.check()
    changes = {
        "category_name": name or None,
        "status": None if status is None else "ACTIVE" if status == "Y" else "NON ACTIVE",
        "discount_access": discount,
        "wholesale_access": wholesale,
    }
    shop.update("customer_category", {"id": category_id}, changes)
    return {"response": "Success", "data": _shown(shop, category_id)}


def _shown(shop: Shop, category_id: int) -> dict[str, object]:
    row = shop.need(
        "There is no such category.", "Kategori tidak ada.", "SELECT * FROM customer_category WHERE id = ?", category_id
    )
    return {
        "id": row["id"],
        "code": row["code"],
        "category_name": row["category_name"],
        "status": row["status"],
        "discount_access": bool(row["discount_access"]),
        "wholesale_access": bool(row["wholesale_access"]),
    }
