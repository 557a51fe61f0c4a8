"""The shelves of the warehouses through the invented past: every move is a line of stock history."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from ngorder_tui.sandbox.world_book import Book, stamp
from ngorder_tui.sandbox.world_goods import Variation
from ngorder_tui.sandbox.world_shop import USERS, WAREHOUSES

MAIN = 0


class Shelf:
    """How much of each variation lies in each warehouse at the moment that is being invented."""

    def __init__(self, book: Book, variations: list[Variation]) -> None:
        self._book = book
        self._rng = book.rng
        self.stock: dict[tuple[int, int], int] = defaultdict(int)
        self.goods: dict[int, list[Variation]] = {warehouse: [] for warehouse in WAREHOUSES}
        """The variations that each warehouse keeps, sold out or not."""
        self._line = book.writer(
            "stock_history",
            """variation_id warehouse_id at user_id reason description order_id stock_opname_id stock_transfer_id
               stock_in stock_out old last""",
        )
        self._transfers = 0
        self._opnames = 0
        for variation in variations:
            if variation.product_type == "S":
                self._fill(variation)

    def _fill(self, variation: Variation) -> None:
        rng, at = self._rng, self._book.first
        warehouses: tuple[int, ...] = (MAIN,)
        if variation.is_warehouse:
            warehouses = (
                MAIN,
                *sorted(rng.sample([warehouse for warehouse in WAREHOUSES if warehouse != MAIN], rng.randint(1, 3))),
            )
        for warehouse in warehouses:
            self.goods[warehouse].append(variation)
            if rng.random() > 0.05:
                day = at.date().isoformat()
                self.move(variation.id, warehouse, at, rng.randint(4, 60), "initial", f"Stok awal {day}", user=5)

    def move(
        self,
        variation_id: int,
        warehouse: int,
        at: datetime,
        change: int,
        reason: str,
        description: str,
        *,
        user: int = 0,
        order_id: int | None = None,
        opname_id: int | None = None,
        transfer_id: int | None = None,
    ) -> None:
        """Put `change` pieces in, or take them out if it is negative."""
        old = self.stock[variation_id, warehouse]
        last = self.stock[variation_id, warehouse] = old + change
        self._line(
            variation_id,
            warehouse,
            stamp(at),
            user,
            reason,
            description,
            order_id,
            opname_id,
            transfer_id,
            max(change, 0),
            max(-change, 0),
            old,
            last,
        )

    def close(self) -> None:
        """Write what lies where in the end."""
        totals: dict[int, int] = defaultdict(int)
        for (variation_id, warehouse), stock in sorted(self.stock.items()):
            totals[variation_id] += stock
            self._book.add("warehouse_stock", {"variation_id": variation_id, "warehouse_id": warehouse, "stock": stock})
        self._book.close()
        self._book.db.executemany(
            "UPDATE variation SET stock_quantity = ? WHERE id = ?",
            [(total, variation_id) for variation_id, total in totals.items()],
        )

    def need(self, variation_id: int, warehouse: int, at: datetime, quantity: int) -> None:
        """See to it that `quantity` pieces are there: a delivery has come if they were not."""
        if self.stock[variation_id, warehouse] < quantity:
            came = quantity + self._rng.randint(10, 80)
            self.move(variation_id, warehouse, at, came, "manual", "Barang masuk dari konveksi", user=self._keeper())

    def transfer(self, at: datetime) -> None:
        """Move some goods from one warehouse to another."""
        rng = self._rng
        origin, destination = rng.sample(list(WAREHOUSES), 2)
        kept = {variation.id for variation in self.goods[destination]}
        movable = [
            variation
            for variation in self.goods[origin]
            if variation.id in kept and self.stock[variation.id, origin] > 2
        ]
        found = rng.sample(movable, min(rng.randint(1, 12), len(movable)))
        self._transfers += 1
        number, user = 30 + self._transfers, self._keeper()
        what = f"Dari {WAREHOUSES[origin]} ke {WAREHOUSES[destination]}"
        self._book.add(
            "stock_transfer",
            {
                "id": number,
                "description": what,
                "origin_warehouse_id": origin,
                "destination_warehouse_id": destination,
                "progress_status": "SUCCESS",
                "processed": len(found),
                "created_by": user,
                "created_at": stamp(at),
            },
        )
        for variation in found:
            pieces = rng.randint(1, self.stock[variation.id, origin] // 2)
            self._book.add(
                "stock_transfer_line",
                {"stock_transfer_id": number, "variation_id": variation.id, "transfered_stock": pieces},
            )
            text = f"Transfer stok #{number}: {what}"
            for warehouse, change in ((origin, -pieces), (destination, pieces)):
                self.move(variation.id, warehouse, at, change, "transfer", text, user=user, transfer_id=number)

    def count(self, at: datetime) -> None:
        """Count a part of one warehouse and set the system to what was found."""
        rng = self._rng
        warehouse = rng.choice(list(WAREHOUSES))
        lines = rng.sample(self.goods[warehouse], min(rng.randint(4, 16), len(self.goods[warehouse])))
        self._opnames += 1
        number, user = 50 + self._opnames, self._keeper()
        what = f"Stok opname rak {chr(64 + rng.randint(1, 8))}"
        self._book.add(
            "stock_opname",
            {
                "id": number,
                "description": what,
                "warehouse_id": warehouse,
                "progress_status": "SUCCESS",
                "processed": len(lines),
                "created_by": user,
                "created_at": stamp(at),
            },
        )
        for variation in lines:
            system = self.stock[variation.id, warehouse]
            counted = max(0, system + rng.choice((0, 0, 0, 0, -1, -2, 1, 3)))
            self._book.add(
                "stock_opname_line",
                {
                    "stock_opname_id": number,
                    "variation_id": variation.id,
                    "warehouse_stock": counted,
                    "system_stock": system,
                    "changed_stock": counted - system,
                },
            )
            if counted != system:
                text = f"Stok opname #{number}: {what}"
                self.move(variation.id, warehouse, at, counted - system, "opname", text, user=user, opname_id=number)

    def _keeper(self) -> int:
        return self._rng.choice(USERS)[0]
