"""How to call each endpoint of the sandbox so that it does what it is for, and answers as the reference's example."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.sandbox.goods import counted_variation, kept_product, one_moved, own_variation, wanted_product

Arguments = Mapping[str, object]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@dataclass(frozen=True, slots=True)
class Example:
    """Arguments, found in the shop's database, and the paths whose shape may differ (each with its reason)."""

    arguments: Callable[[sqlite3.Connection], Arguments]
    allowed: Mapping[str, str]


def example(
    arguments: Callable[[sqlite3.Connection], Arguments] = lambda _db: {},
    allowed: Mapping[str, str] | None = None,
) -> Example:
    """An Example; without arguments the endpoint is asked for nothing in particular."""
    return Example(arguments, allowed or {})


def one(db: sqlite3.Connection, sql: str) -> object:
    """The first column of the first row."""
    return db.execute(sql).fetchone()[0]


def district(db: sqlite3.Connection) -> object:
    """A district of the shop's own region."""
    return one(db, "SELECT district_id FROM supplier ORDER BY id")


def customer(db: sqlite3.Connection) -> object:
    """A customer who has ordered."""
    return one(
        db,
        "SELECT customer_sender_id FROM orders WHERE order_status = 'ACCEPTED'"
        " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1",
    )


def warehouse(db: sqlite3.Connection) -> dict[str, object]:
    """A warehouse as it is sent."""
    supplier = one(db, "SELECT min(id) FROM supplier")
    user = one(db, "SELECT min(id) FROM user WHERE id > 0")
    return {"warehouse": "Gudang Baru", "supplier_id": supplier, "user_id": [user], "is_active": True}


def empty_warehouse(db: sqlite3.Connection) -> object:
    """A warehouse without stock."""
    db.execute("INSERT INTO warehouse (id, warehouse, supplier_id) SELECT 77, 'Gudang Kosong', min(id) FROM supplier")
    db.commit()
    return 77


def tracked(db: sqlite3.Connection) -> Arguments:
    """An order whose parcel is under way."""
    order = db.execute(
        "SELECT order_id, expedition_id, awb_number FROM orders WHERE awb_number <> '' AND expedition_id NOT NULL"
        " AND order_id IN (SELECT order_id FROM tracking) ORDER BY order_id LIMIT 1"
    ).fetchone()
    return dict(order)


def free_code(db: sqlite3.Connection) -> Arguments:
    """A new customer category, with its code freed before."""
    db.execute("UPDATE customer SET category_code = 'N' WHERE category_code = '3'")
    db.execute("DELETE FROM customer_category WHERE code = '3'")
    db.commit()
    return {"category_name": "Komunitas", "discount_access": True, "wholesale_access": True}


def product_category(db: sqlite3.Connection) -> object:
    """One of the shop's product categories."""
    return one(db, "SELECT min(id) FROM product_category")


def root(db: sqlite3.Connection) -> object:
    """One of the platform's categories."""
    return one(db, "SELECT max(id) FROM root_category")


def last_thing_to_do(db: sqlite3.Connection) -> Arguments:
    """The last page of notifications, with something to do on it."""
    db.execute(
        "DELETE FROM notification WHERE kind = 'ACTIVITY' AND created_at <"
        " (SELECT min(created_at) FROM notification WHERE type NOT NULL)"
    )
    db.commit()
    page = one(db, "SELECT count(*) FROM notification WHERE kind = 'ACTIVITY'")
    return {"per_page": 1, "pagination_offset": page}


def paid_with(db: sqlite3.Connection, **changes: object) -> dict[str, object]:
    """A new order of one piece that the shop has, as it is sent."""
    shelf = db.execute(
        "SELECT variation_id, warehouse_id FROM warehouse_stock JOIN variation ON variation.id = variation_id"
        " WHERE warehouse_stock.stock > 5 AND price > 0 ORDER BY 1, 2"
    ).fetchone()
    return {
        "customer_sender_id": customer(db),
        "customer_receiver_id": customer(db),
        "supplier_id": one(db, "SELECT min(id) FROM supplier"),
        "order_date": "2026-03-18",
        "is_print": False,
        "products": [
            {"id": shelf["variation_id"], "qty": 1, "product_status": "S", "warehouse_id": shelf["warehouse_id"]}
        ],
        "expedition": {"id": 349, "rate": 9000, "name": "SAP", "auto_pickup": False},
        "payment": {"status": "UNPAID"},
        "source": "WEB",
        **changes,
    }


def order(db: sqlite3.Connection, condition: str) -> object:
    """The first order that this is true of."""
    return one(db, f"SELECT order_id FROM orders WHERE {condition} ORDER BY order_id")


def restorable(db: sqlite3.Connection) -> Arguments:
    """A canceled order whose goods are not of the shop's own stock: they can always be had."""
    return {"id": order(db, "order_status = 'CANCELED' AND product_status <> 'S'")}


def page_of(db: sqlite3.Connection, rows: str, condition: str) -> int:
    """The page, one row a page, with the first row of a list of which this is true."""
    found = db.execute(f"SELECT place FROM (SELECT *, row_number() OVER () AS place FROM ({rows})) WHERE {condition}")
    return int(found.fetchone()[0])


_CONFIRMED = "SELECT min(payment_id) FROM privor_payment WHERE decided_at IS NULL AND payment_status_code = 3"
_UNCONFIRMED = "SELECT * FROM privor_payment WHERE decided_at IS NULL ORDER BY created_at DESC, payment_id DESC"


CALLS: dict[str, Example] = {
    "user.list": example(),
    "user.update_profile": example(lambda _: {"full_name": "Pemilik Contoh", "phone_number": "081100000001"}),
    "shop.get": example(),
    "shop.update": example(
        lambda _: {"shop_name": "Toko Uji", "subdomain": "toko-uji", "phone": "081100000002", "name": "Pemilik"}
    ),
    "shop.upload_logo": example(lambda _: {"logo": PNG}),
    "shop.update_general": example(
        lambda _: {
            "shop_name": "Toko Uji",
            "phone": "081100000002",
            "description": "Serba ada",
            "address": "Jalan Contoh 1",
            "logo": "https://gambar.example/logo.png",
        }
    ),
    "supplier.create": example(
        lambda db: {
            "name": "Gudang Contoh",
            "district_id": district(db),
            "addess": "Jalan Contoh 2",
            "phone": "081100000003",
            "description": "",
        }
    ),
    "supplier.list": example(),
    "supplier.update": example(lambda db: {"supplier_id": one(db, "SELECT min(id) FROM supplier"), "name": "Lain"}),
    "warehouse.create": example(warehouse),
    "warehouse.list": example(lambda _: {"with_main_warehouse": True}),
    "warehouse.get": example(lambda _: {"id": 0}),
    "warehouse.update": example(
        lambda db: {**warehouse(db), "id": one(db, "SELECT max(id) FROM warehouse WHERE deleted_at IS NULL")}
    ),
    "warehouse.delete": example(lambda db: {"id": empty_warehouse(db)}),
    "root_category.list": example(),
    "root_category.update": example(lambda db: {"id": product_category(db), "root_categories_id": root(db)}),
    "product_category.create": example(lambda db: {"name": "Alat Uji", "root_categories_id": root(db)}),
    "product_category.list": example(),
    "product_category.get": example(
        lambda db: {
            "id": one(
                db,
                "SELECT id FROM product_category WHERE updated_at NOT NULL AND root_categories_id NOT NULL",
            )
        }
    ),
    "product_category.update": example(
        lambda db: {
            "id": product_category(db),
            "name": "Lain",
            "root_categories_id": root(db),
            "update_all_product": "Y",
        }
    ),
    "product_category.delete": example(lambda db: {"id": product_category(db)}),
    "product.generate_sku": example(lambda _: {"products": [{"name": "Topi Uji", "color": "merah"}]}),
    "product.validate_sku": example(
        lambda db: {"sku": "UJI-LAIN", "product_meta_id": own_variation(db)["variation_id"]}
    ),
    "product.create": example(wanted_product),
    "product.list": example(
        lambda db: {"keyword": one(db, "SELECT name FROM product WHERE wholesale_status = 'Y' ORDER BY name DESC")}
    ),
    "product.get": example(
        lambda db: {
            "product_id": one(
                db,
                "SELECT id FROM product WHERE product_type = 'PO' AND root_categories_id NOT NULL ORDER BY id",
            )
        }
    ),
    "product.check_stock": example(own_variation),
    "product.list_warehouse_stock": example(lambda db: {"variation_id": own_variation(db)["variation_id"]}),
    "product.list_variations": example(lambda db: {"keyword": "kaos", "customer_id": customer(db), "per_page": 50}),
    "product.list_variation_history": example(counted_variation),
    "product.get_wholesale_minimum": example(
        lambda db: {"product_id": one(db, "SELECT product_id FROM wholesale ORDER BY id")}
    ),
    "product.update": example(kept_product),
    "product.update_stock": example(
        lambda db: {
            "variation_id": own_variation(db)["variation_id"],
            "stock": [{"amount": 2, "status": "add", "warehouse_id": 0}],
            "description": "Barang datang",
        }
    ),
    "product.sync_stock": example(lambda db: {"variation_id": own_variation(db)["variation_id"], "amount": 20}),
    "product.download": example(lambda _: {"category": "UNCATEGORIZED"}),
    "product.delete_variations": example(
        lambda db: {"id": [one(db, "SELECT min(id) FROM variation GROUP BY product_id HAVING count(*) > 1 ORDER BY 1")]}
    ),
    "product.delete": example(lambda db: {"id": [one(db, "SELECT min(id) FROM product")]}),
    "stock_transfer.create": example(one_moved),
    "stock_transfer.list": example(lambda _: {"per_page": 1}),
    "stock_transfer.get": example(
        lambda db: {"id": one(db, "SELECT max(id) FROM stock_transfer")},
        {
            "/data/origin_warehouse": "The example is a stock opname's.",
            "/data/destination_warehouse": "The example is a stock opname's.",
        },
    ),
    "stock_transfer.list_transactions": example(lambda db: {"id": one(db, "SELECT max(id) FROM stock_transfer")}),
    "stock_transfer.search_variations": example(lambda _: {"keyword": "kaos", "warehouse_id": 0}),
    "customer_category.create": example(free_code),
    "customer_category.list": example(),
    "customer_category.update": example(
        lambda db: {"id": one(db, "SELECT id FROM customer_category WHERE code = 'Y'"), "code": "Y", "status": "N"}
    ),
    "region.list": example(lambda db: {"keyword": one(db, "SELECT name FROM district ORDER BY id"), "per_page": 100}),
    "customer.create": example(
        lambda db: {
            "name": "Pembeli Uji",
            "phone": "081100000004",
            "district_id": district(db),
            "address": "Jalan Contoh 3",
            "category": "N",
            "is_active": "N",
        }
    ),
    "customer.update_privor_activation": example(
        lambda db: {"id": customer(db), "active": True, "email": "uji@example.test"}
    ),
    "customer.list": example(lambda _: {"per_page": 2}),
    "customer.list_order_history": example(lambda db: {"id": customer(db), "per_page": 1}),
    "customer.count_per_month": example(),
    "customer.download": example(lambda _: {"date": "2026-03"}),
    "customer.update_activation_status": example(
        lambda db: {
            "id": one(db, "SELECT id FROM customer WHERE registration_status <> '4' AND deleted_at IS NULL"),
            "status": "4",
        }
    ),
    "customer.update": example(lambda db: {"customer_id": customer(db), "name": "Lain"}),
    "bank.list_master": example(),
    "bank.list_xendit_master": example(),
    "bank.create": example(
        lambda db: {
            "bank_type": one(db, "SELECT bank_type FROM bank_master WHERE is_business = 0"),
            "account_number": "0011002200",
            "holder_name": "Pemilik",
            "branch": "Contoh",
        }
    ),
    "bank.list": example(lambda _: {"type": "BANK"}),
    "bank.get": example(lambda db: {"id": one(db, "SELECT bank_id FROM bank WHERE type = 'BANK'")}),
    "bank.update": example(
        lambda db: {
            "bank_id": one(db, "SELECT bank_id FROM bank WHERE type = 'BANK'"),
            "bank_type": one(db, "SELECT bank_type FROM bank_master WHERE is_business = 0"),
        }
    ),
    "bank.delete_mutation": example(lambda db: {"bank_id": one(db, "SELECT min(bank_id) FROM bank")}),
    "bank.delete": example(lambda db: {"bank_id": one(db, "SELECT min(bank_id) FROM bank")}),
    "expedition.list": example(),
    "expedition.list_active": example(lambda _: {"per_page": 2}),
    "expedition.get_cost": example(
        lambda db: {
            "origin_id": district(db),
            "destination_id": one(db, "SELECT max(id) FROM district"),
            "weight": 1,
            "price": 120000,
        }
    ),
    "expedition.track": example(tracked),
    "marketplace.list": example(),
    "order_source.create": example(lambda _: {"marketplace_id": 3, "note": "Toko Uji"}),
    "order_source.list": example(),
    "order_source.update": example(
        lambda db: {"order_source_id": one(db, "SELECT min(id) FROM order_source"), "status": "N"}
    ),
    "order_cost.create": example(
        lambda _: {"category": "DISCOUNT", "name": "Diskon Uji", "type": "NOMINAL", "nominal": 5000}
    ),
    "order_cost.list": example(),
    "order_cost.update": example(
        lambda db: {"order_cost_id": one(db, "SELECT order_cost_id FROM order_cost"), "name": "Lain"}
    ),
    "order_cost.delete": example(lambda db: {"order_cost_id": one(db, "SELECT order_cost_id FROM order_cost")}),
    "order.get_wholesale_price": example(
        lambda db: {"variation_id": one(db, "SELECT min(id) FROM variation"), "qty": 10}
    ),
    "order.get_price_access": example(lambda _: {"customer_category_code": "N"}),
    "order.create": example(paid_with),
    "order.add_awb": example(
        lambda db: {"id": order(db, "order_status = 'ACCEPTED' AND awb_number IS NULL"), "awb_number": "SAP000111"}
    ),
    "order.list": example(lambda _: {"per_page": 20}),
    "order.list_details": example(
        lambda _: {
            "order_status": "ACCEPTED",
            "order_progress_status": "DELIVERED",
            "order_category": "SHOPEE",
            "per_page": 1,
        }
    ),
    "order.list_payment_history": example(
        lambda db: {"id": order(db, "order_status = 'ACCEPTED' AND payment_status = 'INSTALLMENT'")}
    ),
    "order.list_admin_revenue": example(),
    "order.download": example(),
    "order.update_payment": example(
        lambda db: {
            "id": order(db, "order_status = 'ACCEPTED' AND payment_status = 'UNPAID' AND product_status = 'S'"),
            "payment": {"status": "INSTALLMENT", "amount": 1000, "date": "2026-03-18", "bank_id": 11},
        }
    ),
    "order.update": example(
        lambda db: {
            **{name: value for name, value in paid_with(db).items() if name != "order_date"},
            "order_id": order(db, "order_status = 'ACCEPTED' AND payment_status = 'UNPAID' AND product_status = 'S'"),
        }
    ),
    "order.delete_installment_history": example(
        lambda db: {"order_id": order(db, "order_status = 'ACCEPTED' AND payment_status = 'INSTALLMENT'")}
    ),
    "order_cancel.create": example(lambda db: {"id": order(db, "order_status = 'ACCEPTED'")}),
    "order_cancel.list": example(lambda _: {"per_page": 2}),
    "order_cancel.download": example(),
    "order_cancel.restore": example(restorable),
    "order_cancel.delete": example(lambda db: {"order_id": order(db, "order_status = 'REJECTED'")}),
    "storefront.list_orders": example(
        lambda db: {
            "payment_status": "ALL",
            "per_page": 1,
            "pagination_offset": page_of(db, _UNCONFIRMED, "place > 1 AND nominal_transfer IS NULL"),
        }
    ),
    "storefront.get_order": example(
        lambda db: {
            "payment_id": one(
                db,
                "SELECT payment_id FROM privor_payment WHERE pg_provider = 'xendit' AND payment_status_code = 3"
                " AND decided_at IS NULL ORDER BY payment_id",
            )
        }
    ),
    "storefront.confirm_orders": example(
        lambda db: {
            "id": one(db, _CONFIRMED),
            "orders": [{"id": order(db, f"privor_payment_id = ({_CONFIRMED})"), "action": "REJECT"}],
        }
    ),
    "notification.list": example(last_thing_to_do),
    "notification.get_unread_count": example(),
    "notification.create_token": example(lambda _: {"token": "token-uji", "device": "Ponsel Uji"}),
    "notification.mark_read": example(lambda db: {"id": one(db, "SELECT id FROM notification")}),
}
