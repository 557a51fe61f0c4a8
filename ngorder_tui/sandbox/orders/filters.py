"""Which orders a list or a download asks for. Active orders alone: the others have lists of their own.

Assumed where the reference is silent: UNPROCESSED is what no courier has yet; the period is of the order date,
whatever the list is sorted by; ORDER_ID finds a PO number too.
"""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass
from datetime import timedelta

from ngorder_tui.sandbox.answering import Args, Shop, Where, Window

PAYMENTS = ("UNPAID", "PAID", "INSTALLMENT")
PROGRESS = ("UNPAID", "NO AWB", "ON PROCESS", "DELIVERED", "UNPROCESSED", "INSTALLMENT")
CATEGORIES = ("APP", "PRIVOR", "STORE_FRONT", "SHOPEE", "QUICK_ORDER", "UNCATEGORIZED")
COURIERS = (*range(1, 13), 98, 99)
"""Courier numbers; the reference stops at 11, the shop has a twelfth."""
PICKUP = {"0": ("READY_TO_SHIP",), "1": ("PICKUP_REQUEST", "UNPICK"), "2": ("DELIVERED",)}
TYPES = ("S", "R", "PO")
DEFAULT_PERIOD = timedelta(days=30)
_LINE = "EXISTS (SELECT 1 FROM order_line WHERE order_line.order_id = orders.order_id AND "
_COLUMNS = {
    "CUSTOMER_NAME": ("sender_name", "receiver_name"),
    "AWB_NUMBER": ("awb_number",),
    "CUSTOMER_PHONE": ("sender_phone", "receiver_phone"),
    "SHOPEE_INVOICE": ("shopee_invoice",),
    "SHIPPER_TRACKING": ("shipper_tracking",),
}
_LINE_COLUMNS = {"PRODUCT_NAME": "name", "SKU": "sku"}
KEYWORD_TYPES = ("ORDER_ID", *_COLUMNS, *_LINE_COLUMNS)
_SORTED = {
    "ORDER_DATE": "order_date DESC, order_id DESC",
    "PAYMENT_DATE": "payment_date DESC, order_id DESC",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: conditions on `orders`, and the order of the rows."""

    where: Where
    order_by: str
    window: Window
    searches: bool

    def page(self, shop: Shop) -> tuple[list[sqlite3.Row], int]:
        """The orders of the page asked for, and how many there are in all."""
        ids = f"SELECT order_id FROM orders{self.where.sql} ORDER BY {self.order_by}"
        if self.searches:
            # Looking for a keyword is slow: once is enough for page and count.
            found = [row["order_id"] for row in shop.rows(ids, *self.where.values)]
            on_page = found[self.window.offset : self.window.offset + self.window.size]
            return self._rows(shop, "SELECT value FROM json_each(?)", json.dumps(on_page)), len(found)
        total = shop.number(f"SELECT count(*) FROM orders{self.where.sql}", *self.where.values)
        return self._rows(
            shop, f"{ids} LIMIT ? OFFSET ?", *self.where.values, self.window.size, self.window.offset
        ), total

    def every(self, shop: Shop) -> list[sqlite3.Row]:
        """All orders asked for."""
        return self._rows(shop, f"SELECT order_id FROM orders{self.where.sql}", *self.where.values)

    def _rows(self, shop: Shop, ids: str, *values: object) -> list[sqlite3.Row]:
        return shop.rows(f"SELECT * FROM orders WHERE order_id IN ({ids}) ORDER BY {self.order_by}", *values)


def read_filters(shop: Shop, args: Args) -> Asked:
    """Read every filter of order.list and order.download. Raises Refused."""
    today = shop.today()
    first, last = args.period(today - DEFAULT_PERIOD, today)
    progress = args.choice("order_progress_status", PROGRESS)
    pickup = args.choice("pickup", PICKUP)
    bank_id, warehouse_id = args.integer("bank_id"), args.integer("warehouse_id")
    product_type = args.choice("product_type", TYPES)
    printed = args.choice("print_status", ("Y", "N"))
    courier = args.choice("expedition_id", COURIERS)
    order_by = args.choice("order_by", _SORTED, default="ORDER_DATE")
    where = Where().add("order_status = 'ACCEPTED'")
    where.add("order_date BETWEEN ? AND ?", first.isoformat(), last.isoformat())
    where.given("payment_status = ?", args.choice("payment_status", PAYMENTS))
    if progress == "UNPROCESSED":
        where.add("order_progress_status IN ('UNPAID', 'INSTALLMENT', 'NO AWB')")
    else:
        where.given("order_progress_status = ?", progress)
    where.given("order_category = ?", args.choice("order_category", CATEGORIES))
    where.given("order_source_id = ?", args.integer("order_source_id"))
    where.given("created_by = ?", args.integer("user_id"))
    where.given("sender_category_code = ?", args.text("customer_category_code", maximum=20) or None)
    where.given("courier_number = ?", courier and int(courier))
    where.given("is_printed = ?", None if printed is None else int(printed == "Y"))
    if pickup is not None:
        where.add(f"shipment_status IN ({', '.join('?' * len(PICKUP[pickup]))})", *PICKUP[pickup])
    where.given("order_id IN (SELECT order_id FROM order_payment WHERE bank_id = ?)", bank_id)
    where.given(f"{_LINE}warehouse_id = ?)", warehouse_id)
    where.given(f"product_status = ? OR {_LINE}order_line.product_status = ?)", product_type)
    keyword = (args.text("keyword", maximum=100) or "").strip()
    kind = args.choice("type", KEYWORD_TYPES)
    window = args.page(10, 100)
    args.check()
    if keyword:
        _search(where, kind, keyword)
    return Asked(where, _SORTED[order_by], window, bool(keyword))


def _search(where: Where, kind: str | None, keyword: str) -> None:
    """A keyword without a type is looked for in all of them."""
    kinds = KEYWORD_TYPES if kind is None else (kind,)
    conditions: list[str] = []
    values: list[object] = []
    if "ORDER_ID" in kinds:
        number = re.fullmatch(r"#?(\d{1,15})", keyword)
        conditions.append(
            "order_id IN (SELECT order_id FROM orders WHERE order_id = ?"
            " UNION ALL SELECT order_id FROM orders WHERE po_number = ?)"
        )
        values += [int(number[1]) if number else -1] * 2
    for name, columns in _COLUMNS.items():
        if name in kinds:
            # Phones are kept with a leading 0 and shown with 62 elsewhere: either way of typing finds them.
            sought = re.sub(r"^\+?62", "0", keyword) if name == "CUSTOMER_PHONE" else keyword
            conditions += [rf"{column} LIKE ? ESCAPE '\'" for column in columns]
            values += [_pattern(sought)] * len(columns)
    if columns_of_lines := [column for name, column in _LINE_COLUMNS.items() if name in kinds]:
        likes = " OR ".join(rf"{column} LIKE ? ESCAPE '\'" for column in columns_of_lines)
        conditions.append(f"order_id IN (SELECT order_id FROM order_line WHERE {likes})")
        values += [_pattern(keyword)] * len(columns_of_lines)
    where.add(" OR ".join(conditions), *values)


def _pattern(keyword: str) -> str:
    escaped = keyword.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{escaped}%"
