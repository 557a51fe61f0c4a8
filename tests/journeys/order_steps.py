"""Steps of somebody who makes an order: keys alone."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import httpx
from textual._xterm_parser import XTermParser

from ngorder_tui.screens.order_draft import KIND
from ngorder_tui.screens.order_form import OrderForm
from ngorder_tui.store.drafts import Draft
from tests.desk import Desk

SHIRT, SHIRT_2, BAG = "CTH-HIJ-L", "CTH-KNG-L", "TAS-CTH"
"""Two variations of a product that is kept per warehouse and has wholesale prices; and another supplier's."""
BUYER, DROPSHIPPER = "Sinta Contohbeli", "Dara Contohkirim"
"""A reseller, and a dropshipper."""
MORE = 20
"""Further variations, SKU MORE-00 and so on, with nothing special."""


def stocked(db: sqlite3.Connection) -> sqlite3.Connection:
    """The shop with goods and customers of which these journeys know everything."""
    shop_id, user_id = db.execute("SELECT shop.id, user.id FROM shop, user ORDER BY user.id").fetchone()
    for number, name, kind, wholesale in ((99001, "Kaos Contoh", "S", "Y"), (99002, "Tas Contoh", "R", "N"),
                                          (99003, "Gelas Contoh", "S", "N")):  # fmt: skip
        db.execute(
            "INSERT INTO product (id, name, product_type, is_warehouse, wholesale_status, shop_id, user_id, created_at,"
            " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, '2026-01-01 08:00:00', '2026-01-01 08:00:00')",
            (number, name, kind, int(kind == "S"), wholesale, shop_id, user_id),
        )
    goods = [
        (990011, 99001, SHIRT, "hijau", "L"),
        (990012, 99001, SHIRT_2, "kuning", "L"),
        (990021, 99002, BAG, "", ""),
    ]
    goods += [(990100 + at, 99003, f"MORE-{at:02}", "", str(at)) for at in range(MORE)]
    db.executemany(
        "INSERT INTO variation (id, product_id, sku, color, size, weight, price_buy, price, price_reseller,"
        " price_dropship, price1, price2, price3) VALUES (?, ?, ?, ?, ?, 180, 38500, 72000, 63000, 66000, 69000, 66500,"
        " 61000)",
        goods,
    )
    db.executemany(
        "INSERT INTO stock_history (variation_id, warehouse_id, at, user_id, reason, description, stock_in)"
        " VALUES (?, ?, '2026-01-01 08:00:00', 0, 'initial', 'awal', ?)",
        [
            (number, place, pieces)
            for number, *_rest in goods
            if number != 990021
            for place, pieces in ((0, 40), (4, 9))
        ],
    )
    db.executemany(
        "INSERT INTO wholesale (product_id, from_quantity, to_quantity, price) VALUES (99001, ?, ?, ?)",
        [(6, 11, 62_500), (12, 9_999, 61_000)],
    )
    db.execute("INSERT INTO promo VALUES (991, 'Promo Contoh', 99001, 4000, 'Y', '2026-11-01', '2026-12-31')")
    (district_id,) = db.execute(
        "SELECT min(id) FROM district GROUP BY name HAVING count(*) = 1 ORDER BY id LIMIT 1"
    ).fetchone()
    for number, name, category in ((990001, BUYER, "Y"), (990002, DROPSHIPPER, "D")):
        db.execute(
            "INSERT INTO customer (id, name, phone, district_id, address, category_code, created_at, updated_at) VALUES"
            " (?, ?, ?, ?, 'Jl. Contoh 1', ?, '2026-01-01 08:00:00', '2026-01-01 08:00:00')",
            (number, name, f"0811000{number}", district_id, category),
        )
    db.commit()
    return db


class Recorder(httpx.AsyncBaseTransport):
    """Remembers the orders that were sent, as they were sent; can be a line that is down."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner = inner
        self.orders: list[dict[str, Any]] = []
        self.is_down = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_down:
            raise httpx.ConnectError("the line is down", request=request)
        if request.method == "POST" and request.url.path.endswith("/order"):
            self.orders.append(json.loads(request.content))
        return await self._inner.handle_async_request(request)


async def at_once(at: Desk, text: str) -> None:
    """All of the text as one read from the terminal brings it: faster than anybody types."""
    for event in XTermParser().feed(text):
        event.set_sender(at.app)
        at.app.post_message(event)
    await at.pilot.pause()


async def write(at: Desk, text: str) -> None:
    """Type a text, and let the app come to rest."""
    await at_once(at, text)
    await at.rest()


async def open_form(at: Desk) -> OrderForm:
    await at.press("n")
    await at.until(lambda: isinstance(at.app.screen, OrderForm))
    await at.rest()
    return form_of(at)


def form_of(at: Desk) -> OrderForm:
    form = at.app.screen
    assert isinstance(form, OrderForm), form
    return form


def focused_field(at: Desk) -> str:
    """The path of the field that the cursor is in."""
    return str(form_of(at).sheet.content()["focus"])


async def go_to(at: Desk, path: str) -> None:
    """Tab on until the cursor is in this field."""
    stops = [line.field for line in form_of(at).sheet.lines() if line.is_focusable]
    here, there = stops.index(focused_field(at)), stops.index(path)
    await write(at, "\t" * (there - here) if there > here else "\x1b[Z" * (here - there))
    assert focused_field(at) == path, f"Tab does not lead to {path}\n{at.text()}"


async def pick(at: Desk, words: str, *shown: str) -> None:
    """Type words into a lookup, wait for the find, take the first."""
    await write(at, words)
    await at.sees(*(shown or (words,)))
    await at.press("down", "enter")


async def choose_receiver(at: Desk, words: str = BUYER) -> None:
    await go_to(at, "customer_receiver_id")
    await pick(at, words)


async def choose_origin(at: Desk, supplier: str = "Toko Bambu", warehouse: str = "Gudang Utama") -> None:
    await go_to(at, "supplier_id")
    await pick(at, supplier)
    await go_to(at, "warehouse")
    await pick(at, warehouse)


async def scan(at: Desk, *codes: str) -> None:
    await go_to(at, "scan")
    await write(at, "".join(f"{code}\r" for code in codes))


async def choose_courier(at: Desk, words: str) -> None:
    await go_to(at, "expedition.id")
    await pick(at, words)


async def review(at: Desk) -> None:
    await at.press("f10")
    await at.sees("y Send it")


async def send(at: Desk) -> None:
    await review(at)
    await at.press("y")
    await at.rest()


async def fill_order(at: Desk, *codes: str) -> None:
    """An order that could be sent, typed: picked up at the shop, unpaid."""
    await choose_receiver(at)
    await choose_origin(at)
    await scan(at, *(codes or (SHIRT,)))
    await choose_courier(at, "Pick-up")


async def begin_order(at: Desk, *scans: str) -> OrderForm:
    """Go on with a parked order that could be sent: picked up at the shop, unpaid."""
    counted = [scan.rpartition("*") for scan in scans or (SHIRT,)]
    pick_up = "Pick-up at the shop"
    district = at.one("SELECT district_id FROM customer WHERE id = 990001")
    fields = {
        "customer_receiver_id": f"#990001 {BUYER}",
        "supplier_id": "#21 Toko Bambu",
        "products": {
            "warehouse": "#0 Gudang Utama",
            "scans": [{"code": code, "quantity": int(count or 1)} for count, _times, code in counted],
        },
        "expedition": {
            "destination": f"#{district} Tujuan",
            "id": f"#98 {pick_up}",
            "name": pick_up,
            "rate": "0",
            "auto_pickup": "False",
        },
    }
    buyer = {"key": "990001", "name": BUYER, "category": "Y"}
    content = {"fields": fields, "people": [buyer], "focus": "scan"}
    await at.app.session.store.drafts.save(KIND, "begun", content, "scan")
    await at.press("n", "enter")
    await at.until(lambda: isinstance(at.app.screen, OrderForm))
    await at.rest()
    await at.until(lambda: focused_field(at) == "scan")
    return form_of(at)


async def drafts(at: Desk) -> tuple[Draft, ...]:
    return await at.app.session.store.drafts.list(KIND)


def last_order(at: Desk) -> dict[str, Any]:
    return dict(at.db.execute("SELECT * FROM orders ORDER BY order_id DESC LIMIT 1").fetchone())


def lines_of(at: Desk, order_id: int) -> list[tuple[str, int, int]]:
    """SKU, pieces and price of each line."""
    rows = at.db.execute(
        "SELECT sku, quantity, price FROM order_line WHERE order_id = ? ORDER BY id", (order_id,)
    ).fetchall()
    return [(row["sku"], row["quantity"], row["price"]) for row in rows]


def orders_made(at: Desk) -> int:
    return int(at.one("SELECT count(*) FROM orders"))


def stock(at: Desk, sku: str, warehouse_id: int = 0) -> int:
    return int(
        at.one(
            "SELECT warehouse_stock.stock FROM warehouse_stock JOIN variation ON variation.id = variation_id"
            " WHERE sku = ? AND warehouse_id = ?",
            sku,
            warehouse_id,
        )
        or 0
    )
