"""Suppliers: the addresses that parcels leave from."""

from __future__ import annotations

from ngorder_tui.sandbox.answering import Answer, Args, Shop, answers
from ngorder_tui.sandbox.chapters.region import check_district


@answers("supplier.create")
def create_supplier(shop: Shop, args: Args) -> Answer:
    name = args.text("name", required=True, maximum=100)
    district_id = args.integer("district_id", required=True)
    address = args.text("addess", required=True)
    phone = args.digits("phone", required=True)
    description = args.text("description", required=True, empty=True)
    check_district(shop, args, "district_id", district_id)
    args.check()
    supplier_id = shop.insert(
        "supplier", name=name, district_id=district_id, address=address, phone=phone, description=description
    )
    return {"response": "Success", "data": {"supplier_id": supplier_id, "name": name}}


@answers("supplier.list")
def list_suppliers(shop: Shop, _args: Args) -> Answer:
    rows = shop.rows(
        "SELECT supplier.id, supplier.name, district.id AS district_id, shipper_id, district.name AS district,"
        " city.id AS city_id, city.name AS city, district.name || ', ' || city.name AS location, phone, address,"
        " description, shipper_status"
        " FROM supplier JOIN district ON district.id = supplier.district_id JOIN city ON city.id = district.city_id"
        " ORDER BY supplier.id"
    )
    return {"data": [dict(row) for row in rows]}


@answers("supplier.update")
def update_supplier(shop: Shop, args: Args) -> Answer:
    supplier_id = args.integer("supplier_id", required=True)
    changes = {
        "name": args.text("name", maximum=100),
        "district_id": args.integer("district_id"),
        "address": args.text("addess"),
        "phone": args.digits("phone"),
        "description": args.text("description"),
    }
    check_district(shop, args, "district_id", args.integer("district_id"))
    found = shop.row("SELECT name FROM supplier WHERE id = ?", supplier_id)
    if found is None:
        raise args.unknown("supplier_id")
    args.check()
    shop.update("supplier", {"id": supplier_id}, changes)
    return {
        "response": "Success",
        "data": {"supplier_id": supplier_id, "name": changes["name"] or found["name"]},
    }
