"""Whatever is done to orders in whatever sequence: stock and money are conserved; what is refused changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ngorder_tui.sandbox.database import open_shop
from tests.sandbox.asking import NOW, Asker
from tests.sandbox.ordering import BANK, TODAY, check_laws, customer_of, order_of

TABLES = (
    "orders",
    "order_line",
    "order_cost_line",
    "order_payment",
    "stock_history",
    "warehouse_stock",
    "privor_payment",
)

Line = tuple[int, int]
"""Which of the few goods, and how many."""
Call = tuple[str, dict[str, object]]
Step = tuple[str, tuple[object, ...]]
lines = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 6)), min_size=1, max_size=3)
which = st.integers(0, 5)
share = st.integers(0, 40)
actions = st.lists(st.sampled_from(["ACCEPT", "REJECT"]), min_size=1, max_size=3)
WHAT: dict[str, st.SearchStrategy[tuple[object, ...]]] = {
    "create": st.tuples(lines, st.sampled_from(["UNPAID", "INSTALLMENT", "PAID"]), share),
    "update": st.tuples(which, lines, st.sampled_from(["EDIT", "NEW", "DELETE", None]), share),
    "pay": st.tuples(which, st.integers(1, 200_000)),
    "pay_rest": st.tuples(which),
    "unpay": st.tuples(which),
    "awb": st.tuples(which),
    "cancel": st.tuples(which),
    "restore": st.tuples(which),
    "delete": st.tuples(which),
    "confirm": st.tuples(st.integers(0, 3), actions),
}
steps = st.one_of(*(st.tuples(st.just(name), what) for name, what in WHAT.items()))


@pytest.fixture(scope="module")
def small_shop() -> Iterator[sqlite3.Connection]:
    db = open_shop(None, seed=3, orders=12, today=NOW.date())
    yield db
    db.close()


def a_few_goods(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Two shelves that hold little, one with much, and goods that another keeps."""
    own = (
        "SELECT variation_id AS id, warehouse_id, 'S' AS type FROM warehouse_stock JOIN variation ON id = variation_id"
        " WHERE price > 0 AND warehouse_stock.stock"
    )
    found = db.execute(f"{own} BETWEEN 1 AND 8 ORDER BY 1, 2 LIMIT 2").fetchall()
    found += db.execute(f"{own} > 30 ORDER BY 1, 2 LIMIT 1").fetchall()
    found += db.execute(
        "SELECT variation.id, NULL AS warehouse_id, 'R' AS type FROM variation JOIN product ON product.id = product_id"
        " WHERE product_type = 'R' AND stock = 'Y' AND price > 0 ORDER BY 1 LIMIT 1"
    ).fetchall()
    return found


class Sequence:
    """Does one step after the other to one shop."""

    def __init__(self, shop: Asker) -> None:
        self.shop = shop
        self.goods = a_few_goods(shop.db)
        self.made: list[int] = []

    async def step(self, name: str, what: tuple[object, ...]) -> bool:
        """Ask; the answer is yes, or a no that has changed nothing."""
        asked: Call | None = getattr(self, name)(*what)
        if asked is None:
            return False
        before = self._picture()
        response = await self.shop.ask_with(*asked)
        assert response.status_code in (200, 400), response.text
        if response.status_code == 400:
            assert response.json()["response"] == "Failed"
            assert self._picture() == before
        elif name == "create":
            self.made.append(response.json()["data"]["order_id"])
        check_laws(self.shop.db)
        return response.status_code == 200

    def create(self, lines: list[Line], status: str, share: int) -> Call:
        payment: dict[str, object] = {"status": status, "cost_of_goods_sales": 100, "date": TODAY, "bank_id": BANK}
        order = order_of(self.shop.db, *self._lines(lines, None))
        total = self._estimate(lines)
        payment["amount"] = total if status == "PAID" else total * share // 40
        return "order.create", {**order, "payment": payment}

    def update(self, place: int, lines: list[Line], flag: str | None, share: int) -> Call | None:
        if (order_id := self._order(place)) is None:
            return None
        order = order_of(self.shop.db, *self._lines(lines, flag))
        paid = self.shop.number("SELECT coalesce(sum(nominal), 0) FROM order_payment WHERE order_id = ?", order_id)
        payment: dict[str, object] = {"status": "UNPAID", "cost_of_goods_sales": 100}
        if paid or share % 2:
            payment |= {"status": "INSTALLMENT", "amount": paid + 100 * share, "date": TODAY, "bank_id": BANK}
        return "order.update", {**order, "order_id": order_id, "payment": payment}

    def pay(self, place: int, amount: int) -> Call | None:
        payment = {"status": "INSTALLMENT", "amount": amount, "date": TODAY, "bank_id": BANK, "cost_of_goods_sales": 5}
        return self._about("order.update_payment", "id", place, payment=payment)

    def pay_rest(self, place: int) -> Call | None:
        payment = {"status": "PAID", "date": TODAY, "bank_id": BANK, "cost_of_goods_sales": 5}
        return self._about("order.update_payment", "id", place, payment=payment)

    def unpay(self, place: int) -> Call | None:
        return self._about("order.delete_installment_history", "order_id", place)

    def awb(self, place: int) -> Call | None:
        return self._about("order.add_awb", "id", place, awb_number=f"SAP{place}")

    def cancel(self, place: int) -> Call | None:
        return self._about("order_cancel.create", "id", place)

    def restore(self, place: int) -> Call | None:
        return self._about("order_cancel.restore", "id", place)

    def delete(self, place: int) -> Call | None:
        return self._about("order_cancel.delete", "order_id", place)

    def confirm(self, place: int, actions: list[str]) -> Call:
        rows = self.shop.db.execute(
            "SELECT order_id, privor_payment_id FROM orders JOIN privor_payment ON payment_id = privor_payment_id"
            " WHERE payment_status_code = 3 AND privor_payment.confirmed_at > '2026-03-14' ORDER BY 2, 1"
        ).fetchall()
        payment_id = sorted({row["privor_payment_id"] for row in rows})[place]
        orders = [row["order_id"] for row in rows if row["privor_payment_id"] == payment_id]
        self.made += [order_id for order_id in orders[:1] if order_id not in self.made]
        decisions = [{"id": order, "action": action} for order, action in zip(orders, actions, strict=False)]
        return "storefront.confirm_orders", {"id": payment_id, "orders": decisions}

    def _order(self, place: int) -> int | None:
        return self.made[place % len(self.made)] if self.made else None

    def _about(self, id: str, name: str, place: int, **more: object) -> Call | None:
        order_id = self._order(place)
        return None if order_id is None else (id, {name: order_id, **more})

    def _lines(self, lines: list[Line], flag: str | None) -> list[dict[str, object]]:
        sent = []
        for place, quantity in lines:
            goods = self.goods[place]
            line: dict[str, object] = {
                "id": goods["id"],
                "qty": quantity,
                "product_status": goods["type"],
                "flag": flag,
            }
            sent.append(line if goods["warehouse_id"] is None else line | {"warehouse_id": goods["warehouse_id"]})
        return sent

    def _estimate(self, lines: list[Line]) -> int:
        """The total of a usual customer's order: no wholesale, no discounts."""
        assert customer_of(self.shop.db, "N")
        prices = [self.shop.number("SELECT price FROM variation WHERE id = ?", goods["id"]) for goods in self.goods]
        return 9000 + sum(prices[place] * quantity for place, quantity in lines)

    def _picture(self) -> list[tuple[object, ...]]:
        """All that may change; of the shelves the last line of history is enough, for every move writes one."""
        picture = [tuple(row) for table in TABLES for row in self.shop.db.execute(f"SELECT * FROM {table}")]
        return [*picture, tuple(self.shop.db.execute("SELECT max(id), count(*) FROM stock_history").fetchone())]


@asynccontextmanager
async def sequence_in(db: sqlite3.Connection) -> AsyncIterator[Sequence]:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    db.backup(copy)
    copy.execute("PRAGMA foreign_keys=ON")
    copy.row_factory = sqlite3.Row
    shop = Asker(copy)
    async with shop.http:
        yield Sequence(shop)
    copy.close()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(life=st.lists(steps, min_size=4, max_size=14))
async def test_every_sequence_keeps_the_laws(small_shop: sqlite3.Connection, life: list[Step]) -> None:
    async with sequence_in(small_shop) as sequence:
        for name, what in life:
            await sequence.step(name, what)


async def test_the_steps_of_such_a_sequence_do_succeed(small_shop: sqlite3.Connection) -> None:
    """So that the law above is not kept by refusals alone."""
    life: list[Step] = [
        ("create", ([(2, 3), (0, 1)], "INSTALLMENT", 20)),
        ("pay", (0, 500)),
        ("update", (0, [(2, 6)], "EDIT", 9)),
        ("update", (0, [(0, 1)], "DELETE", 9)),
        ("update", (0, [(3, 2)], "NEW", 9)),
        ("cancel", (0,)),
        ("restore", (0,)),
        ("unpay", (0,)),
        ("pay_rest", (0,)),
        ("awb", (0,)),
        ("cancel", (0,)),
        ("delete", (0,)),
        ("create", ([(2, 1)], "PAID", 0)),
        ("confirm", (0, ["REJECT"])),
    ]
    async with sequence_in(small_shop) as sequence:
        assert [name for name, what in life if not await sequence.step(name, what)] == []
