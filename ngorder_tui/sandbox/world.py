"""Inventing a shop: the same seed and the same day give the same shop, down to the byte."""

from __future__ import annotations

import heapq
import random
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count

from ngorder_tui.sandbox.world_book import Book, Deck, stamp
from ngorder_tui.sandbox.world_goods import stock_up
from ngorder_tui.sandbox.world_office import furnish_office
from ngorder_tui.sandbox.world_orders import WEB_STORES, Fate, Made, OrderMaker
from ngorder_tui.sandbox.world_people import populate
from ngorder_tui.sandbox.world_shelf import Shelf
from ngorder_tui.sandbox.world_shop import furnish
from ngorder_tui.sandbox.world_trade import equip
from ngorder_tui.sandbox.world_web import WebStore, plan_open

DAYS = 90
"""The orders of the invented past lie within this many days."""
TRANSFERS, OPNAMES = 25, 12

_CATEGORIES = (("APP", 17), ("QUICK_ORDER", 6), ("PRIVOR", 6), ("STORE_FRONT", 4), ("SHOPEE", 6), ("UNCATEGORIZED", 1))
_OWN_FATES = (
    (("ACCEPTED", "PAID"), 20),
    (("ACCEPTED", "COD"), 3),
    (("ACCEPTED", "UNPAID"), 3),
    (("ACCEPTED", "INSTALLMENT"), 2),
    (("CANCELED", "PAID"), 1),
    (("CANCELED", "UNPAID"), 1),
)
_WEB_FATES = (
    (("ACCEPTED", "PAID"), 14),
    (("ACCEPTED", "INSTALLMENT"), 1),
    (("CANCELED", "PAID"), 1),
    (("REJECTED", "REFUND_REJECTED"), 2),
    (("EXPIRED", "EXPIRED"), 2),
)
_SHOPEE_FATES = ((("ACCEPTED", "PAID"), 9), (("CANCELED", "PAID"), 1))


def invent(db: sqlite3.Connection, seed: int, orders: int, today: date) -> None:
    """Fill the empty tables of `db` with a shop that has had `orders` orders in the 90 days that end `today`.

    Beside those it has 40 payments from its web stores that nobody has confirmed yet, with orders of their own
    (order_status WAITING). Nothing is committed here, and request_log stays empty.
    """
    book = Book(db, random.Random(seed), today)
    shop = furnish(book)
    trade = equip(book)
    goods = stock_up(book, shop, 300 + min(orders // 2000 * 8, 400))
    customers = populate(book, 800 + min(orders // 2000 * 100, 5000))
    shelf = Shelf(book, goods)
    maker = OrderMaker(book, shop, trade, customers, goods, shelf)
    store = WebStore(book, maker, customers)
    _live(book, maker, store, shelf, orders)
    furnish_office(book, trade, store)
    shelf.close()
    book.close()
    db.executemany(
        "UPDATE customer SET last_order_at = ? WHERE id = ?",
        [(stamp(at), customer_id) for customer_id, at in maker.last_order.items()],
    )


def _live(book: Book, maker: OrderMaker, store: WebStore, shelf: Shelf, orders: int) -> None:
    """Let everything happen in the order of time, so that every shelf holds what its history says."""
    serial = count()
    agenda: list[tuple[datetime, int, Callable[[datetime], None]]] = []

    def on(at: datetime, what: Callable[[datetime], None]) -> None:
        heapq.heappush(agenda, (at, next(serial), what))

    def follow(made: Made, now: datetime) -> None:
        """Move the goods: at once, or when their time has come."""
        if made.taken_at == now:
            maker.take(made, now)
        elif made.taken_at:
            on(made.taken_at, lambda at: maker.take(made, at))
        if made.given_back_at:
            on(made.given_back_at, lambda at: maker.give_back(made, at))

    fates = _fates(book)

    def order(at: datetime) -> None:
        fate = fates(at)
        follow(store.decided(at, fate) if fate.category in WEB_STORES else maker.make(at, fate), at)

    for at in _order_times(book, orders):
        on(at, order)
    for number, plan in enumerate(plan_open(book)):
        on(plan.at, partial(store.waiting, plan, number))
    for index in range(TRANSFERS):
        on(_past(book, index, TRANSFERS), shelf.transfer)
    for index in range(OPNAMES):
        on(_past(book, index, OPNAMES), shelf.count)
    while agenda:
        at, _, what = heapq.heappop(agenda)
        what(at)


def _fates(book: Book) -> Callable[[datetime], Fate]:
    rng = book.rng
    categories = Deck(rng, *_CATEGORIES)
    own, shopee = Deck(rng, *_OWN_FATES), Deck(rng, *_SHOPEE_FATES)
    web = Deck(rng, *_WEB_FATES)

    def draw(at: datetime) -> Fate:
        category = categories.draw()
        deck = web if category in WEB_STORES else shopee if category == "SHOPEE" else own
        status, payment = deck.draw()
        if status == "EXPIRED" and at + timedelta(hours=24) > book.latest:
            status, payment = "ACCEPTED", "PAID"
        return Fate(category, status, payment)

    return draw


def _order_times(book: Book, orders: int) -> list[datetime]:
    """Times of day as people shop; more than half of them in the last 30 days."""
    rng, times = book.rng, []
    midnight = datetime.combine(book.today, datetime.min.time())
    for _ in range(orders):
        back = rng.randrange(30) if rng.random() < 0.55 else rng.randrange(30, DAYS)
        # Nothing may lie ahead of `latest`, so today has night orders only.
        second = rng.randrange(300, 21600) if back == 0 else int(rng.triangular(0, 86399, 68400))
        times.append(midnight - timedelta(days=back) + timedelta(seconds=second))
    return times


def _past(book: Book, index: int, total: int) -> datetime:
    """One of `total` moments spread over the whole past, the last of them yesterday."""
    back = 1 + (DAYS - 2) * (total - 1 - index) // (total - 1)
    return datetime.combine(book.today - timedelta(days=back), datetime.min.time()) + timedelta(
        seconds=book.rng.randrange(28800, 61200)
    )
