"""The law of stock: it is what its history adds up to, transfers keep the sum, and nothing goes below zero."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ngorder_tui.sandbox.database import open_shop
from tests.sandbox.asking import NOW, Asker

WAREHOUSES = (0, 4, 5, 9)
VARIATIONS = 3
Shelf = dict[tuple[int, int], int]
"""Pieces by variation and warehouse."""


@dataclass(frozen=True)
class Transfer:
    origin: int
    destination: int
    lines: list[tuple[int, int]]

    async def ask(self, shop: Asker, ids: list[int]) -> int:
        lines = [{"variation_id": ids[place], "transfer_stock": pieces} for place, pieces in self.lines]
        response = await shop.ask(
            "stock_transfer.create",
            origin_warehouse_id=self.origin,
            destination_warehouse_id=self.destination,
            description="Uji",
            stock_adjustment=lines,
        )
        return response.status_code

    def expected(self, shelf: Shelf, ids: list[int]) -> Shelf | None:
        if self.origin == self.destination or len({place for place, _ in self.lines}) < len(self.lines):
            return None
        after = dict(shelf)
        for place, pieces in self.lines:
            after[ids[place], self.origin] -= pieces
            after[ids[place], self.destination] += pieces
            if pieces < 1 or after[ids[place], self.origin] < 0:
                return None
        return after


@dataclass(frozen=True)
class Update:
    place: int
    changes: list[tuple[int, int]]
    is_move: bool

    async def ask(self, shop: Asker, ids: list[int]) -> int:
        changes = [
            {"amount": abs(pieces), "status": "add" if pieces > 0 else "SUB", "warehouse_id": warehouse_id}
            for warehouse_id, pieces in self.changes
        ]
        response = await shop.ask(
            "product.update_stock",
            variation_id=ids[self.place],
            stock=changes,
            description="Uji",
            move_warehouse_stock=self.is_move,
        )
        return response.status_code

    def expected(self, shelf: Shelf, ids: list[int]) -> Shelf | None:
        pieces = [pieces for _, pieces in self.changes]
        if self.is_move and len(pieces) > 1 and min(pieces) > 0:
            pieces[0] = -pieces[0]
        if 0 in pieces or (self.is_move and sum(pieces) != 0):
            return None
        after = dict(shelf)
        for (warehouse_id, _), change in zip(self.changes, pieces, strict=True):
            after[ids[self.place], warehouse_id] += change
            if after[ids[self.place], warehouse_id] < 0:
                return None
        return after


@dataclass(frozen=True)
class Sync:
    place: int
    amount: int

    async def ask(self, shop: Asker, ids: list[int]) -> int:
        response = await shop.ask("product.sync_stock", variation_id=ids[self.place], amount=self.amount)
        return response.status_code

    def expected(self, shelf: Shelf, ids: list[int]) -> Shelf | None:
        if self.amount < 0:
            return None
        after = dict(shelf)
        variation = ids[self.place]
        change = self.amount - sum(shelf[variation, warehouse] for warehouse in WAREHOUSES)
        for warehouse in WAREHOUSES:
            given = change if change > 0 else max(change, -after[variation, warehouse])
            after[variation, warehouse] += given
            change -= given
        return after


warehouses = st.sampled_from(WAREHOUSES)
places = st.integers(0, VARIATIONS - 1)
# Small numbers, so that most deeds can be done; 0 and doubles cannot.
few = st.integers(0, 9)
deeds = st.one_of(
    st.builds(Transfer, warehouses, warehouses, st.lists(st.tuples(places, few), min_size=1, max_size=2)),
    st.builds(
        Update, places, st.lists(st.tuples(warehouses, st.integers(-9, 20)), min_size=1, max_size=3), st.just(False)
    ),
    st.builds(
        lambda place, origin, destination, moved: Update(place, [(origin, -moved), (destination, moved)], True),
        places,
        warehouses,
        warehouses,
        few,
    ),
    st.builds(
        Update, places, st.lists(st.tuples(warehouses, st.integers(-4, 4)), min_size=1, max_size=3), st.just(True)
    ),
    st.builds(Sync, places, st.integers(-1, 60)),
)


@pytest.fixture(scope="module")
def small_shop() -> Iterator[sqlite3.Connection]:
    db = open_shop(None, seed=3, orders=10, today=NOW.date())
    yield db
    db.close()


def shelf_of(db: sqlite3.Connection, ids: list[int]) -> Shelf:
    shelf = {(variation, warehouse): 0 for variation in ids for warehouse in WAREHOUSES}
    for variation in ids:
        for row in db.execute("SELECT * FROM warehouse_stock WHERE variation_id = ?", (variation,)):
            shelf[variation, row["warehouse_id"]] = row["stock"]
    return shelf


def check_the_law(db: sqlite3.Connection, ids: list[int]) -> None:
    shelf = shelf_of(db, ids)
    assert min(shelf.values()) >= 0
    for (variation, warehouse), pieces in shelf.items():
        lines = db.execute(
            "SELECT stock_in, stock_out, old, last FROM stock_history WHERE variation_id = ? AND warehouse_id = ?"
            " ORDER BY id",
            (variation, warehouse),
        ).fetchall()
        level = 0
        for line in lines:
            assert line["old"] == level
            level += line["stock_in"] - line["stock_out"]
            assert line["last"] == level
        assert level == pieces
    for variation in ids:
        total = db.execute("SELECT stock_quantity FROM variation WHERE id = ?", (variation,)).fetchone()[0]
        assert total == sum(shelf[variation, warehouse] for warehouse in WAREHOUSES)


async def live(db: sqlite3.Connection, ids: list[int], life: list[Transfer | Update | Sync]) -> None:
    shop = Asker(db)
    async with shop.http:
        for deed in life:
            before = shelf_of(db, ids)
            expected = deed.expected(before, ids)
            status = await deed.ask(shop, ids)
            assert (status, shelf_of(db, ids)) == ((400, before) if expected is None else (200, expected)), deed
            check_the_law(db, ids)


@settings(max_examples=60, deadline=None)
@given(life=st.lists(deeds, min_size=3, max_size=10))
def test_stock_is_conserved(small_shop: sqlite3.Connection, life: list[Transfer | Update | Sync]) -> None:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    try:
        small_shop.backup(copy)
        copy.row_factory = sqlite3.Row
        rows = copy.execute(
            "SELECT variation.id FROM variation JOIN product ON product.id = product_id"
            " WHERE is_warehouse = 1 AND stock_quantity > 20 ORDER BY 1 LIMIT ?",
            (VARIATIONS,),
        )
        asyncio.run(live(copy, [row["id"] for row in rows], life))
    finally:
        copy.close()
