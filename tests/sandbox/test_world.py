from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

import pytest

from ngorder_tui.sandbox.database import open_shop
from ngorder_tui.sandbox.rates import kilograms, shipping_cost

TODAY = date(2025, 3, 12)
LATEST = "2025-03-12 06:00:00"
TAKEN = "order_status IN ('ACCEPTED', 'CANCELED')"


@pytest.fixture(scope="module")
def shop() -> Iterator[sqlite3.Connection]:
    db = open_shop(None, seed=1, orders=500, today=TODAY)
    yield db
    db.close()


def number(db: sqlite3.Connection, query: str) -> int:
    """The one number that `query` answers."""
    (value,) = db.execute(query).fetchone()
    assert isinstance(value, int)
    return value


def values(db: sqlite3.Connection, query: str) -> set[object]:
    """The first column of all that `query` answers."""
    return {row[0] for row in db.execute(query)}


def fingerprint(db: sqlite3.Connection) -> str:
    return sha256("\n".join(db.iterdump()).encode()).hexdigest()


class TestTheSameShop:
    def test_comes_from_the_same_seed_and_day(self, shop: sqlite3.Connection) -> None:
        again = open_shop(None, seed=1, orders=500, today=TODAY)
        assert fingerprint(again) == fingerprint(shop)
        again.close()

    @pytest.mark.parametrize(("seed", "orders", "today"), [(2, 60, TODAY), (1, 61, TODAY), (1, 60, date(2025, 3, 13))])
    def test_differs_with_seed_size_and_day(self, seed: int, orders: int, today: date) -> None:
        one = open_shop(None, seed=1, orders=60, today=TODAY)
        other = open_shop(None, seed=seed, orders=orders, today=today)
        assert fingerprint(one) != fingerprint(other)
        one.close()
        other.close()

    def test_says_what_it_was_made_from(self, shop: sqlite3.Connection) -> None:
        meta = dict(shop.execute("SELECT key, value FROM meta").fetchall())
        assert (meta["seed"], meta["orders"], meta["built_day"]) == ("1", "500", "2025-03-12")


class TestCounts:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("SELECT count(*) FROM shop", 1),
            ("SELECT count(*) FROM warehouse", 4),
            ("SELECT count(*) FROM warehouse WHERE id = 0 AND warehouse = 'Gudang Utama'", 1),
            ("SELECT count(*) FROM product", 300),
            ("SELECT count(*) FROM customer", 800),
            ("SELECT count(*) FROM orders WHERE order_status <> 'WAITING'", 500),
            ("SELECT count(*) FROM privor_payment WHERE decided_at IS NULL", 40),
            ("SELECT count(*) FROM notification", 60),
            ("SELECT count(*) FROM stock_transfer", 25),
            ("SELECT count(*) FROM stock_opname", 12),
            ("SELECT count(*) FROM user WHERE level = 'Owner'", 1),
            ("SELECT count(*) FROM user WHERE level = 'Admin'", 4),
        ],
    )
    def test_are_as_promised(self, shop: sqlite3.Connection, query: str, expected: int) -> None:
        assert number(shop, query) == expected

    def test_products_have_one_to_twelve_variations(self, shop: sqlite3.Connection) -> None:
        per_product = [row[0] for row in shop.execute("SELECT count(*) FROM variation GROUP BY product_id")]
        assert len(per_product) == 300
        assert (min(per_product), max(per_product)) == (1, 12)

    def test_many_variations_lie_in_two_warehouses(self, shop: sqlite3.Connection) -> None:
        query = """SELECT count(*) FROM (SELECT variation_id FROM warehouse_stock WHERE stock > 0
                   GROUP BY variation_id HAVING count(*) >= 2)"""
        assert number(shop, query) >= 150

    def test_regions_are_plenty_and_whole(self, shop: sqlite3.Connection) -> None:
        assert number(shop, "SELECT count(*) FROM district") >= 300
        query = (
            "SELECT count(*) FROM district JOIN city ON city.id = city_id JOIN province ON province.id = province_id"
        )
        assert number(shop, query) == number(shop, "SELECT count(*) FROM district")
        codes = values(shop, "SELECT value FROM district, json_each(postal_codes)")
        assert all(re.fullmatch(r"\d{5}", str(code)) for code in codes)

    def test_a_good_share_of_orders_is_of_the_last_month(self, shop: sqlite3.Connection) -> None:
        month_ago = (TODAY - timedelta(days=30)).isoformat()
        recent = number(shop, f"SELECT count(*) FROM orders WHERE order_date > '{month_ago}'")
        assert 200 < recent < 400
        assert number(shop, "SELECT count(*) FROM orders WHERE order_date = '2025-03-12'") > 0

    def test_no_foreign_key_hangs(self, shop: sqlite3.Connection) -> None:
        assert shop.execute("PRAGMA foreign_key_check").fetchall() == []


class TestStates:
    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_every_state_occurs(self, seed: int) -> None:
        db = open_shop(None, seed=seed, orders=500, today=TODAY)

        def seen(column: str) -> set[object]:
            return values(db, f"SELECT DISTINCT {column} FROM orders WHERE {column} IS NOT NULL")

        assert seen("order_status") == {"ACCEPTED", "CANCELED", "REJECTED", "EXPIRED", "WAITING"}
        assert seen("order_category") == {"APP", "PRIVOR", "STORE_FRONT", "SHOPEE", "QUICK_ORDER", "UNCATEGORIZED"}
        assert seen("order_progress_status") == {"UNPAID", "INSTALLMENT", "NO AWB", "ON PROCESS", "DELIVERED"}
        assert seen("payment_status") >= {"UNPAID", "INSTALLMENT", "PAID"}
        assert seen("product_status") == {"S", "R", "PO"}
        assert seen("is_dropship") == {0, 1}
        assert seen("sender_category_code") == {"N", "Y", "D", "1", "2", "3"}
        shipping = {"READY_TO_SHIP", "PICKUP_REQUEST", "UNPICK", "ON_PROCESS", "DELIVERED", "RETURNED"}
        assert seen("shipment_status") >= shipping
        assert values(db, "SELECT DISTINCT category FROM order_cost_line") == {"DISCOUNT", "OTHER COST", "INSURANCE"}
        assert values(db, "SELECT DISTINCT category_code FROM customer") == {"N", "Y", "D", "1", "2", "3"}
        db.close()

    def test_parcels_on_their_way_have_a_waybill_and_a_track(self, shop: sqlite3.Connection) -> None:
        shipped = values(shop, "SELECT order_id FROM orders WHERE shipment_status IN ('ON_PROCESS', 'DELIVERED')")
        assert shipped
        assert shipped <= values(shop, "SELECT order_id FROM orders WHERE awb_number IS NOT NULL")
        assert shipped <= values(shop, "SELECT order_id FROM tracking")
        waybills = [row[0] for row in shop.execute("SELECT awb_number FROM orders WHERE awb_number IS NOT NULL")]
        assert len(waybills) == len(set(waybills))

    def test_orders_nobody_decided_have_moved_nothing(self, shop: sqlite3.Connection) -> None:
        query = f"""SELECT count(*) FROM stock_history JOIN orders USING (order_id) WHERE NOT ({TAKEN})"""
        assert number(shop, query) == 0

    def test_nothing_lies_ahead_of_this_morning(self, shop: sqlite3.Connection) -> None:
        for table, column in [
            ("orders", "created_at"),
            ("orders", "updated_at"),
            ("order_payment", "created_at"),
            ("tracking", "at"),
            ("stock_history", "at"),
            ("notification", "created_at"),
            ("privor_payment", "created_at"),
            ("privor_payment", "confirmed_at"),
            ("customer", "created_at"),
        ]:
            (last,) = shop.execute(f"SELECT max({column}) FROM {table}").fetchone()
            assert last <= LATEST, (table, column)

    def test_nobody_orders_before_joining(self, shop: sqlite3.Connection) -> None:
        query = """SELECT count(*) FROM orders JOIN customer ON customer.id = customer_sender_id
                   WHERE customer.category_code <> 'D' AND customer.created_at > orders.created_at"""
        assert number(shop, query) == 0


class TestWebPayments:
    def test_several_cover_several_orders(self, shop: sqlite3.Connection) -> None:
        query = """SELECT count(*) FROM (SELECT payment_id FROM privor_payment
                   JOIN orders ON privor_payment_id = payment_id WHERE decided_at IS NULL
                   GROUP BY payment_id HAVING count(*) > 1)"""
        assert number(shop, query) >= 5

    def test_some_wait_for_the_buyer_and_some_are_past_their_time(self, shop: sqlite3.Connection) -> None:
        waiting = "SELECT count(*) FROM privor_payment WHERE decided_at IS NULL AND payment_status_code = 4"
        assert number(shop, f"{waiting} AND expired_at < '2025-03-12 00:00:00'") >= 3
        assert number(shop, f"{waiting} AND expired_at > '2025-03-13 00:00:00'") >= 3
        confirmed = "SELECT count(*) FROM privor_payment WHERE decided_at IS NULL AND payment_status_code = 3"
        assert number(shop, f"{confirmed} AND confirmed_at IS NOT NULL") >= 20

    def test_some_come_through_xendit_with_their_account_number(self, shop: sqlite3.Connection) -> None:
        query = """SELECT count(*) FROM privor_payment
                   WHERE decided_at IS NULL AND pg_provider = 'xendit' AND va_no <> '' AND xendit_id <> ''"""
        assert number(shop, query) >= 3

    def test_the_invoice_is_the_sum_of_the_orders(self, shop: sqlite3.Connection) -> None:
        query = """SELECT count(*) FROM privor_payment WHERE nominal_invoice <>
                   (SELECT sum(total_amount) FROM orders WHERE privor_payment_id = payment_id)"""
        assert number(shop, query) == 0
        assert number(shop, "SELECT count(*) FROM privor_payment WHERE payment_from = 'Privor'") > 10
        assert number(shop, "SELECT count(*) FROM privor_payment WHERE payment_from = 'Storefront'") > 10

    def test_buyers_send_the_unique_code_or_the_bare_amount(self, shop: sqlite3.Connection) -> None:
        sent = (
            "SELECT count(*) FROM privor_payment WHERE pg_provider IS NULL AND is_installment = 0 AND nominal_transfer"
        )
        assert number(shop, f"{sent} = nominal_invoice + nominal_unique") > 0
        assert number(shop, f"{sent} = nominal_invoice AND nominal_unique > 0") > 0

    def test_their_orders_wait_and_no_others_do(self, shop: sqlite3.Connection) -> None:
        waiting = values(shop, "SELECT DISTINCT privor_payment_id FROM orders WHERE order_status = 'WAITING'")
        undecided = values(shop, "SELECT payment_id FROM privor_payment WHERE decided_at IS NULL")
        assert waiting == undecided


class TestNotifications:
    def test_both_kinds_have_read_and_unread_ones(self, shop: sqlite3.Connection) -> None:
        for kind in ("ACTIVITY", "NEWS"):
            for state in ("IS NULL", "IS NOT NULL"):
                query = f"SELECT count(*) FROM notification WHERE kind = '{kind}' AND read_at {state}"
                assert number(shop, query) > 0

    def test_ids_are_uuids_and_content_is_html(self, shop: sqlite3.Connection) -> None:
        for row in shop.execute("SELECT id, content, body FROM notification"):
            assert str(UUID(row["id"])) == row["id"]
            assert "<strong>" in row["content"]
            assert "<" not in row["body"]

    def test_those_of_payments_lead_to_an_unconfirmed_payment(self, shop: sqlite3.Connection) -> None:
        named = values(shop, "SELECT data_id FROM notification WHERE type = 'confirm_order'")
        assert len(named) >= 20
        assert named <= values(shop, "SELECT payment_id FROM privor_payment WHERE payment_status_code = 3")
        paths = values(shop, "SELECT DISTINCT api_path FROM notification WHERE data_id IS NOT NULL")
        assert paths == {"/api/open/order/confirm"}


class TestMoney:
    def test_totals_add_up(self, shop: sqlite3.Connection) -> None:
        lines: dict[int, int] = defaultdict(int)
        for row in shop.execute("SELECT * FROM order_line"):
            assert row["discount_amount"] == (
                row["quantity"] * row["price"] * row["discount_percentage"] // 100
                if row["discount_type"] == "PERCENTAGE"
                else row["discount_nominal"]
            )
            lines[row["order_id"]] += row["quantity"] * row["price"] - row["discount_amount"]
        costs: dict[tuple[int, str], int] = defaultdict(int)
        for row in shop.execute("SELECT * FROM order_cost_line"):
            share = lines[row["order_id"]] * row["percentage"] // 100
            assert row["amount"] == (share if row["type"] == "PERCENTAGE" else row["nominal"])
            costs[row["order_id"], row["category"]] += row["amount"]
        orders = shop.execute("SELECT * FROM orders").fetchall()
        assert len(orders) > 500
        for row in orders:
            order_id = row["order_id"]
            assert row["goods_amount"] == lines[order_id]
            assert row["discount_amount"] == costs[order_id, "DISCOUNT"]
            assert row["other_cost_amount"] == costs[order_id, "OTHER COST"]
            assert row["insurance_amount"] == costs[order_id, "INSURANCE"]
            assert (
                0
                < row["total_amount"]
                == (
                    lines[order_id]
                    + row["shipping_cost"]
                    - row["shipping_discount"]
                    + costs[order_id, "OTHER COST"]
                    + costs[order_id, "INSURANCE"]
                    - costs[order_id, "DISCOUNT"]
                )
            )

    def test_payments_fit_their_state(self, shop: sqlite3.Connection) -> None:
        paid: dict[int, int] = defaultdict(int)
        for row in shop.execute("SELECT order_id, nominal FROM order_payment"):
            paid[row["order_id"]] += row["nominal"]
        parts = number(shop, "SELECT max(n) FROM (SELECT count(*) AS n FROM order_payment GROUP BY order_id)")
        assert parts > 1
        for row in shop.execute("SELECT order_id, payment_status, total_amount, paid_amount FROM orders"):
            assert row["paid_amount"] == paid[row["order_id"]]
            if row["payment_status"] == "PAID":
                assert row["paid_amount"] == row["total_amount"]
            elif row["payment_status"] == "INSTALLMENT":
                assert 0 < row["paid_amount"] < row["total_amount"]
            else:
                assert row["paid_amount"] == 0

    def test_postage_is_what_the_service_charges(self, shop: sqlite3.Connection) -> None:
        rows = shop.execute(
            """SELECT orders.shipping_cost, orders.weight, expedition.*, start.id AS start_city, end.id AS end_city,
                      start.province_id AS start_province, end.province_id AS end_province
               FROM orders JOIN expedition ON expedition.rate_id = orders.rate_id
               JOIN supplier ON supplier.id = supplier_id JOIN district AS origin ON origin.id = supplier.district_id
               JOIN district AS goal ON goal.id = receiver_district_id
               JOIN city AS start ON start.id = origin.city_id JOIN city AS end ON end.id = goal.city_id"""
        ).fetchall()
        assert len(rows) > 400
        for row in rows:
            assert row["shipping_cost"] == shipping_cost(
                (row["rate_city"], row["rate_province"], row["rate_far"]),
                row["min_weight"],
                (row["start_city"], row["start_province"]),
                (row["end_city"], row["end_province"]),
                row["weight"],
            )

    def test_kilograms_are_begun_ones(self) -> None:
        assert [kilograms(grams) for grams in (1, 1000, 1001, 2500)] == [1, 1, 2, 3]
        assert kilograms(800, 5) == 5

    def test_balances_are_never_overdrawn(self, shop: sqlite3.Connection) -> None:
        balance: dict[str, int] = defaultdict(int)
        for row in shop.execute("SELECT payment_type, direction, nominal FROM payment ORDER BY id"):
            balance[row["payment_type"]] += row["nominal"] if row["direction"] == "+" else -row["nominal"]
            assert balance[row["payment_type"]] >= 0
        assert set(balance) == {"ORDER_PAY", "PAYMENT_GATEWAY"}


class TestStock:
    def test_is_the_sum_of_its_history(self, shop: sqlite3.Connection) -> None:
        query = "SELECT variation_id, warehouse_id, sum(stock_in - stock_out) FROM stock_history GROUP BY 1, 2"
        history = {(row[0], row[1]): row[2] for row in shop.execute(query)}
        stock = {(row[0], row[1]): row[2] for row in shop.execute("SELECT * FROM warehouse_stock")}
        assert {key: pieces for key, pieces in stock.items() if pieces} == {
            key: pieces for key, pieces in history.items() if pieces
        }
        assert history.keys() <= stock.keys()
        totals = shop.execute(
            """SELECT stock_quantity, coalesce((SELECT sum(stock) FROM warehouse_stock WHERE variation_id = id), 0)
               FROM variation"""
        ).fetchall()
        assert all(row[0] == row[1] for row in totals)

    def test_history_runs_on_without_a_gap(self, shop: sqlite3.Connection) -> None:
        last: dict[tuple[int, int], int] = defaultdict(int)
        at = ""
        for row in shop.execute("SELECT * FROM stock_history ORDER BY id"):
            key = (row["variation_id"], row["warehouse_id"])
            assert row["at"] >= at
            assert row["old"] == last[key]
            assert row["last"] == row["old"] + row["stock_in"] - row["stock_out"] >= 0
            last[key], at = row["last"], row["at"]

    def test_orders_of_own_stock_took_it_and_canceled_ones_gave_it_back(self, shop: sqlite3.Connection) -> None:
        moved = dict(
            shop.execute(
                """SELECT order_id || '/' || variation_id || '/' || warehouse_id, sum(stock_out - stock_in)
                   FROM stock_history WHERE reason IN ('order', 'cancel') GROUP BY 1"""
            ).fetchall()
        )
        lines = shop.execute(
            f"""SELECT order_id || '/' || variation_id || '/' || warehouse_id AS key, quantity, order_status
                FROM order_line JOIN orders USING (order_id)
                WHERE order_line.product_status = 'S' AND {TAKEN}"""
        ).fetchall()
        expected = {row["key"]: row["quantity"] if row["order_status"] == "ACCEPTED" else 0 for row in lines}
        assert moved == expected
        assert number(shop, "SELECT count(*) FROM stock_history WHERE reason = 'cancel'") > 0

    def test_transfers_leave_the_sum_alone(self, shop: sqlite3.Connection) -> None:
        per_transfer = shop.execute(
            """SELECT sum(stock_in), sum(stock_out),
                      (SELECT sum(transfered_stock) FROM stock_transfer_line AS line
                       WHERE line.stock_transfer_id = stock_history.stock_transfer_id)
               FROM stock_history WHERE reason = 'transfer' GROUP BY stock_transfer_id"""
        ).fetchall()
        assert len(per_transfer) == 25
        assert all(came == went == said for came, went, said in per_transfer)

    def test_opnames_set_what_was_counted(self, shop: sqlite3.Connection) -> None:
        lines = shop.execute("SELECT * FROM stock_opname_line").fetchall()
        assert any(row["changed_stock"] for row in lines)
        assert all(row["changed_stock"] == row["warehouse_stock"] - row["system_stock"] for row in lines)
        changed = number(shop, "SELECT sum(stock_in - stock_out) FROM stock_history WHERE reason = 'opname'")
        assert changed == sum(row["changed_stock"] for row in lines)

    def test_a_new_line_moves_the_stock(self) -> None:
        db = open_shop(None, orders=0, today=TODAY)
        variation_id, before = db.execute(
            "SELECT id, stock_quantity FROM variation WHERE stock_quantity > 9"
        ).fetchone()
        add = """INSERT INTO stock_history (variation_id, warehouse_id, at, user_id, reason, description, {side})
                 VALUES (?, 0, '2025-03-12 09:00:00', 5, 'manual', 'coba', ?)"""
        db.execute(add.format(side="stock_in"), (variation_id, 7))
        row = db.execute("SELECT * FROM stock_history ORDER BY id DESC LIMIT 1").fetchone()
        assert row["last"] == row["old"] + 7
        assert number(db, f"SELECT stock_quantity FROM variation WHERE id = {variation_id}") == before + 7
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(add.format(side="stock_out"), (variation_id, row["last"] + 1))
        db.close()


class TestGoods:
    def test_skus_are_distinct_and_fit_for_a_scanner(self, shop: sqlite3.Connection) -> None:
        skus = [row[0] for row in shop.execute("SELECT sku FROM variation")]
        assert len(skus) == len(set(skus))
        assert all(re.fullmatch(r"[A-Z0-9][A-Z0-9-]{4,23}", sku) for sku in skus)

    def test_phones_are_plainly_invented(self, shop: sqlite3.Connection) -> None:
        phones = values(
            shop, "SELECT phone FROM customer UNION SELECT phone FROM user UNION SELECT phone FROM supplier"
        )
        assert all(re.fullmatch(r"081100\d{6}", str(phone)) for phone in phones)

    def test_wholesale_is_for_some_and_rises_in_steps(self, shop: sqlite3.Connection) -> None:
        products = number(shop, "SELECT count(*) FROM product WHERE wholesale_status = 'Y'")
        assert 40 < products < 150
        assert products == number(shop, "SELECT count(DISTINCT product_id) FROM wholesale")
        reached: dict[int, int] = {}
        for row in shop.execute("SELECT * FROM wholesale ORDER BY product_id, from_quantity"):
            assert row["from_quantity"] == reached.get(row["product_id"], 5) + 1
            reached[row["product_id"]] = row["to_quantity"]

    def test_id_spaces_of_couriers_are_apart(self, shop: sqlite3.Connection) -> None:
        services = values(shop, "SELECT id FROM expedition")
        rates = values(shop, "SELECT rate_id FROM expedition")
        assert not services & rates
        assert {1, 2, 4, 6, 8, 9, 10, 98, 99} <= values(shop, "SELECT number FROM courier")

    def test_order_costs_have_ids_of_24_hex_digits(self, shop: sqlite3.Connection) -> None:
        ids = values(shop, "SELECT order_cost_id FROM order_cost")
        assert len(ids) >= 5
        assert all(re.fullmatch(r"[0-9a-f]{24}", str(cost_id)) for cost_id in ids)


def test_lists_of_many_orders_use_their_index(shop: sqlite3.Connection) -> None:
    def plan(query: str) -> str:
        return " ".join(row["detail"] for row in shop.execute(f"EXPLAIN QUERY PLAN {query}"))

    listed = plan(
        """SELECT * FROM orders WHERE order_status = 'ACCEPTED' AND order_date BETWEEN '2025-02-10' AND '2025-03-12'
           ORDER BY order_date DESC, order_id DESC LIMIT 25"""
    )
    assert "orders_by_date" in listed
    assert "TEMP B-TREE" not in listed
    counted = plan(
        """SELECT count(*) FROM orders WHERE order_status = 'ACCEPTED' AND order_date >= '2025-02-10'
           AND payment_status = 'UNPAID'"""
    )
    assert "COVERING INDEX orders_by_date" in counted
    shipped = plan("SELECT * FROM orders WHERE shipment_status = 'READY_TO_SHIP' ORDER BY order_date DESC LIMIT 50")
    assert "orders_by_shipment" in shipped


def test_a_shop_without_orders_still_has_its_unconfirmed_payments() -> None:
    db = open_shop(None, orders=0, today=TODAY)
    assert number(db, "SELECT count(*) FROM orders WHERE order_status <> 'WAITING'") == 0
    assert number(db, "SELECT count(*) FROM privor_payment WHERE decided_at IS NULL") == 40
    db.close()
