"""Who sends an order, who gets it, and the address that it leaves from: copied into the order."""

from __future__ import annotations

import sqlite3

from ngorder_tui.sandbox.answering import Args, Shop

_CUSTOMER = (
    "SELECT customer.*, category_name, district.name AS district, city.name AS city, province.name AS province"
    " FROM customer JOIN customer_category ON code = category_code JOIN district ON district.id = customer.district_id"
    " JOIN city ON city.id = district.city_id JOIN province ON province.id = city.province_id"
    " WHERE customer.id = ? AND deleted_at IS NULL"
)


def read_people(shop: Shop, args: Args, order: sqlite3.Row | None) -> dict[str, object]:
    """The columns of an order for sender, receiver and origin.

    Who stays the same keeps what was copied of him when the order was made.
    """
    cells: dict[str, object] = {}
    sender_id = args.integer("customer_sender_id", required=True)
    receiver_id = args.integer("customer_receiver_id", required=True)
    supplier_id = args.integer("supplier_id", required=True)
    if order is not None and order["customer_sender_id"] == sender_id:
        cells["sender_category_code"] = order["sender_category_code"]
    elif (sender := _customer(shop, args, "customer_sender_id", sender_id)) is not None:
        cells |= {
            "customer_sender_id": sender_id,
            "sender_name": sender["name"],
            "sender_phone": sender["phone"],
            "sender_address": sender["address"],
            "sender_category_code": sender["category_code"],
            "sender_category": sender["category_name"],
        }
    if (order is None or order["customer_receiver_id"] != receiver_id) and (
        receiver := _customer(shop, args, "customer_receiver_id", receiver_id)
    ) is not None:
        cells |= {
            "customer_receiver_id": receiver_id,
            "receiver_name": receiver["name"],
            "receiver_phone": receiver["phone"],
            "receiver_address": whole_address(
                *(receiver[part] for part in ("address", "district", "city", "postal_code", "province"))
            ),
            "receiver_district_id": receiver["district_id"],
            "receiver_postal_code": receiver["postal_code"],
        }
    if order is None or order["supplier_id"] != supplier_id:
        cells |= _origin(shop, args, supplier_id)
    return cells | {"is_dropship": int(sender_id != receiver_id)}


def whole_address(street: str, district: str, city: str, postal_code: str, province: str) -> str:
    """An address as a parcel's label has it."""
    return f"{street}, Kec. {district}, {city}, {postal_code}, {province}"


def _customer(shop: Shop, args: Args, name: str, customer_id: int) -> sqlite3.Row | None:
    found = shop.row(_CUSTOMER, customer_id)
    if found is None and args.has(name):
        args.unknown(name)
    return found


def _origin(shop: Shop, args: Args, supplier_id: int) -> dict[str, object]:
    supplier = shop.row("SELECT * FROM supplier WHERE id = ?", supplier_id)
    if supplier is None:
        if args.has("supplier_id"):
            args.unknown("supplier_id")
        return {}
    return {
        "supplier_id": supplier_id,
        "origin_name": supplier["name"],
        "origin_phone": supplier["phone"],
        "origin_address": supplier["address"],
    }
