"""The goods of an order: off the shelf when it is made, back when it is canceled, the difference when it changes.

Own stock alone is kept: lines of type R and PO have no warehouse and move nothing.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from ngorder_tui.sandbox import stock
from ngorder_tui.sandbox.answering import Shop
from ngorder_tui.sandbox.orders.totals import Line

Shelf = tuple[int, int]
"""A variation and the warehouse that it lies in."""
Pieces = Counter[Shelf]


def wanted(lines: Iterable[Line]) -> Pieces:
    """Pieces that these lines take from each shelf."""
    pieces: Pieces = Counter()
    for line in lines:
        if line.warehouse_id is not None:
            pieces[line.variation_id, line.warehouse_id] += line.quantity
    return pieces


def lines_of(shop: Shop, order_id: int) -> list[Line]:
    """The lines of an order, in their order."""
    return [Line.kept(row) for row in shop.rows("SELECT * FROM order_line WHERE order_id = ? ORDER BY id", order_id)]


def missing(shop: Shop, before: Pieces, after: Pieces) -> dict[Shelf, int]:
    """The shelves that hold less than is asked for, with the pieces that may be had: those the order has included."""
    there = {shelf: stock.held(shop, *shelf) + before[shelf] for shelf in after}
    return {shelf: there[shelf] for shelf, pieces in after.items() if pieces > there[shelf]}


def shift(shop: Shop, order_id: int, reason: stock.Reason, text: str, before: Pieces, after: Pieces) -> None:
    """Move what lies between two states of an order. Raises stock.ShortStock."""
    changes = {shelf: before[shelf] - after[shelf] for shelf in before | after}
    for (variation_id, warehouse_id), change in sorted(changes.items()):
        stock.move(shop, variation_id, warehouse_id, change, reason, text, order_id=order_id)


def take(shop: Shop, order: sqlite3.Row, reason: stock.Reason, text: str) -> None:
    """Take the goods of a whole order. Raises stock.ShortStock."""
    shift(shop, order["order_id"], reason, text, Counter(), wanted(lines_of(shop, order["order_id"])))


def give_back(shop: Shop, order: sqlite3.Row, reason: stock.Reason, text: str) -> None:
    """Put the goods of a whole order back."""
    shift(shop, order["order_id"], reason, text, wanted(lines_of(shop, order["order_id"])), Counter())
