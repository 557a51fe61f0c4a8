"""Expeditions: courier services, what they cost, and where a parcel is."""

from __future__ import annotations

import sqlite3

from ngorder_tui.sandbox.answering import Answer, Args, Shop, Where, answers, paged
from ngorder_tui.sandbox.rates import kilograms, shipping_cost

_FROM = " FROM expedition JOIN courier ON courier.number = expedition.courier_number"
_GROUPS = {"Regular": ("regular", 1), "Express": ("express", 2), "Trucking": ("trucking", 3)}
INSURANCE_PER_MILLE = 3


@answers("expedition.list")
def list_expeditions(shop: Shop, _args: Args) -> Answer:
    rows = shop.rows(
        "SELECT id, rate_name, courier.name AS logistic_name, show_name, pickup_available"
        f"{_FROM} ORDER BY expedition.id"
    )
    return {"data": [dict(row) for row in rows]}


@answers("expedition.list_active")
def list_active(shop: Shop, args: Args) -> Answer:
    keyword = args.text("keyword", maximum=20)
    window = args.page(10, 100)
    args.check()
    where = Where().add("is_active = 1").contains(("courier.name", "courier.expedition_name"), keyword)
    rows = shop.rows(
        "SELECT id, rate_name, courier.name AS logistic_name, show_name, logo_url, pickup_available"
        f"{_FROM}{where.sql} ORDER BY expedition.id LIMIT ? OFFSET ?",
        *where.values,
        window.size,
        window.offset,
    )
    total = shop.number(f"SELECT count(*){_FROM}{where.sql}", *where.values)
    return paged(shop, window, [dict(row) for row in rows], total)


@answers("expedition.get_cost")
def get_cost(shop: Shop, args: Args) -> Answer:
    origin = _district(shop, args, "origin_id")
    destination = _district(shop, args, "destination_id")
    # Documented without a unit; the answer calls it Kg.
    weight = args.integer("weight", required=True, minimum=1, maximum=10_000)
    price = args.integer("price", required=True, minimum=0)
    for_privor = args.flag("is_privor", default=False)
    by_shipper = args.flag("is_shipper", default=False)
    args.check()
    if origin is None or destination is None:
        raise args.unknown("destination_id")
    groups: dict[str, list[dict[str, object]]] = {group: [] for group, _ in _GROUPS.values()}
    offered = "storefront" if for_privor else "is_active"
    for service in shop.rows(
        f"SELECT expedition.*, courier.name, logo_url{_FROM} WHERE {offered} = 1 ORDER BY expedition.id"
    ):
        group, show_id = _GROUPS[service["show_name"]]
        groups[group].append(_offer(service, show_id, origin, destination, weight, price))
    return {
        "status": {"code": 1, "message": "Success"},
        "data": groups,
        "meta": {
            "origin": _place(origin),
            "destination": _place(destination),
            "weight": {"total": str(weight), "type": "Kg"},
            "is_shipper_api": by_shipper,
            "use_cod": shop.number("SELECT count(*) FROM courier WHERE is_cod = 1") > 0,
        },
    }


@answers("expedition.track")
def track(shop: Shop, args: Args) -> Answer:
    awb_number = args.text("awb_number", required=True, maximum=50).strip()
    expedition_id = args.integer("expedition_id", required=True)
    order_id = args.integer("order_id", required=True)
    order = shop.row(
        "SELECT orders.*, courier.expedition_name, supplier_city.name AS origin_city, district.name AS district,"
        " city.name AS city FROM orders JOIN courier ON courier.number = orders.courier_number"
        " JOIN supplier ON supplier.id = orders.supplier_id"
        " JOIN district AS supplier_district ON supplier_district.id = supplier.district_id"
        " JOIN city AS supplier_city ON supplier_city.id = supplier_district.city_id"
        " JOIN district ON district.id = orders.receiver_district_id JOIN city ON city.id = district.city_id"
        " WHERE order_id = ?",
        order_id,
    )
    if order is None:
        raise args.unknown("order_id")
    if awb_number and order["awb_number"] != awb_number:
        args.refuse("awb_number", "This order has another waybill number.", "Order ini memakai nomor resi lain.")
    if order["expedition_id"] != expedition_id:
        args.refuse("expedition_id", "This order goes with another service.", "Order ini memakai layanan lain.")
    args.check()
    return {"0": 200, "response": "success", "data": _tracked(shop, order)}


def _district(shop: Shop, args: Args, name: str) -> sqlite3.Row | None:
    district_id = args.integer(name, required=True)
    found = shop.row(
        "SELECT district.*, city.name AS city, city.province_id, province.name AS province FROM district"
        " JOIN city ON city.id = district.city_id JOIN province ON province.id = city.province_id"
        " WHERE district.id = ?",
        district_id,
    )
    if found is None and args.has(name):
        args.unknown(name)
    return found


def _place(district: sqlite3.Row) -> dict[str, str]:
    return {
        "area_id": str(district["shipper_id"]),
        "district_id": str(district["id"]),
        "desc": f"{district['name']}, {district['city']}, {district['province']}",
    }


def _offer(
    service: sqlite3.Row, show_id: int, origin: sqlite3.Row, destination: sqlite3.Row, weight: int, price: int
) -> dict[str, object]:
    grams = weight * 1000
    cost = shipping_cost(
        (service["rate_city"], service["rate_province"], service["rate_far"]),
        service["min_weight"],
        (origin["city_id"], origin["province_id"]),
        (destination["city_id"], destination["province_id"]),
        grams,
    )
    return {
        "name": service["name"],
        "logo_url": service["logo_url"],
        "rate_id": service["rate_id"],
        "show_id": show_id,
        "rate_name": service["rate_name"],
        "stop_origin": origin["shipper_id"],
        "stop_destination": destination["shipper_id"],
        "weight": weight,
        "volumeWeight": round(weight / 6, 4),
        "finalWeight": kilograms(grams, service["min_weight"]),
        "itemPrice": price,
        "item_price": price,
        "finalRate": cost,
        "insuranceRate": price * INSURANCE_PER_MILLE // 1000,
        "compulsory_insurance": 0,
        "liability": 0,
        "discount": 0,
        "min_day": service["min_day"],
        "max_day": service["max_day"],
        "pickup_agent": 1,
        "is_pickup_available": int(service["pickup_available"] == "AVAILABLE"),
    }


def _tracked(shop: Shop, order: sqlite3.Row) -> dict[str, object]:
    steps = shop.rows(
        'SELECT at AS date, code AS "desc", location FROM tracking WHERE order_id = ? ORDER BY at, id',
        order["order_id"],
    )
    brought_in = next((step["date"] for step in steps if step["desc"] == "IN"), None)
    sent = str(brought_in or order["awb_updated_at"] or order["updated_at"])[:16]
    receiver_city = f"{order['district']}, {order['city']}"
    return {
        "awb_number": order["awb_number"],
        "rate_name": order["shipping_rate"],
        # Both hold date and time: so the service has it.
        "delivery_date": sent,
        "delivery_time": sent,
        "weight": kilograms(order["weight"]),
        "sender_name": order["sender_name"],
        "origin_city": order["origin_city"],
        "receiver_name": order["receiver_name"],
        "receiver_address": receiver_city,
        "receiver_city": receiver_city,
        "status": order["shipment_status"] or order["order_progress_status"],
        "consignees_name": None,
        "date_received": None,
        "time_received": None,
        "history": [dict(step) for step in steps],
        "logistic_name": order["expedition_name"],
    }
