"""The shop itself: regions, people who work there, addresses, warehouses, categories."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from ngorder_tui.sandbox.names import EMPTY_CATEGORIES, KINDS, OTHER_ROOTS
from ngorder_tui.sandbox.regions import DISTRICTS, District
from ngorder_tui.sandbox.world_book import Book, stamp

SHOP_ID = 7
OWNER_TOKEN = "sandbox-owner"
ADMIN_TOKEN = "sandbox-admin"
"""The token of the first admin; the others have `sandbox-admin-2` and so on."""

USERS = (
    (5, "Sekar Pemilik", "sekar@tokobambu.example", "081100009901", "Owner", OWNER_TOKEN),
    (8, "Bagas Gudang", "bagas@tokobambu.example", "081100009902", "Admin", ADMIN_TOKEN),
    (9, "Ratna Kasir", "ratna@tokobambu.example", "081100009903", "Admin", f"{ADMIN_TOKEN}-2"),
    (11, "Danu Kirim", "danu@tokobambu.example", "081100009904", "Admin", f"{ADMIN_TOKEN}-3"),
    (12, "Wulan Malam", "wulan@tokobambu.example", "081100009905", "Admin", f"{ADMIN_TOKEN}-4"),
)
_SUPPLIERS = (
    (21, "Toko Bambu", "Lowokwaru", "Kota Malang", "Jl. Bambu Apus No. 12", "Alamat utama"),
    (22, "Bambu Bandung", "Coblong", "Kota Bandung", "Jl. Bambu Kuning No. 5", ""),
    (23, "Bambu Jakarta", "Cengkareng", "Kota Jakarta Barat", "Jl. Bambu Hijau Blok C/8", "Hanya malam"),
    (24, "Bambu Surabaya", "Rungkut", "Kota Surabaya", "Jl. Bambu Runcing No. 40", ""),
    (27, "Konveksi Kirana", "Laweyan", "Kota Surakarta", "Jl. Sutra Kirana No. 3", "Barang reseller"),
)
_WAREHOUSES = (
    (0, "Gudang Utama", 21, 1),
    (4, "Gudang Bandung", 22, 1),
    (5, "Gudang Jakarta", 23, 1),
    (9, "Gudang Surabaya", 24, 1),
)
WAREHOUSES = {warehouse_id: name for warehouse_id, name, _, _ in _WAREHOUSES}
"""The name of each warehouse by its id."""
CATEGORIES = (
    # id, code, name, discount access, wholesale access
    (1, "N", "Pelanggan", 1, 0),
    (2, "Y", "Reseller", 1, 1),
    (3, "D", "Dropshipper", 0, 1),
    (121, "1", "Teman", 1, 0),
    (122, "2", "Pelanggan Tetap", 1, 1),
    (123, "3", "Agen", 0, 1),
)


@dataclass(frozen=True, slots=True)
class Supplier:
    """An origin address."""

    id: int
    name: str
    phone: str
    address: str
    district: District


@dataclass(frozen=True, slots=True)
class Shop:
    """What the later makers need to know of the shop."""

    suppliers: dict[int, Supplier]
    supplier_of_warehouse: dict[int, int]
    root_categories: dict[str, int]
    product_categories: dict[str, int]


def furnish(book: Book) -> Shop:
    """Write the shop, its people and its places."""
    _regions(book)
    book.add_all("user", "id name email phone level token", USERS)
    suppliers = _suppliers(book)
    _shop(book)
    book.add_all("warehouse", "id warehouse supplier_id is_active", _WAREHOUSES)
    book.add_all(
        "warehouse_user",
        "warehouse_id user_id",
        # The last admin sees the main warehouse and Surabaya alone.
        [
            (warehouse[0], user[0])
            for warehouse in _WAREHOUSES
            for user in USERS
            if user[0] != 12 or warehouse[0] in {0, 9}
        ],
    )
    roots, categories = _product_categories(book)
    book.add_all(
        "customer_category",
        "id code category_name status discount_access wholesale_access",
        [(key, code, name, "ACTIVE", discount, whole) for key, code, name, discount, whole in CATEGORIES],
    )
    return Shop(suppliers, {warehouse_id: supplier for warehouse_id, _, supplier, _ in _WAREHOUSES}, roots, categories)


def _regions(book: Book) -> None:
    provinces: dict[int, str] = {}
    cities: dict[int, tuple[str, int]] = {}
    for district in DISTRICTS:
        provinces[district.province_id] = district.province
        cities[district.city_id] = (district.city, district.province_id)
        book.add(
            "district",
            {
                "id": district.id,
                "object_id": book.hex(24),
                "name": district.name,
                "city_id": district.city_id,
                "postal_codes": json.dumps(district.postal_codes),
                "shipper_id": 4000 + book.rng.randrange(10) + 10 * (district.id - 2000),
            },
        )
    book.add_all("province", "id name", list(provinces.items()))
    book.add_all("city", "id name province_id", [(city_id, *city) for city_id, city in cities.items()])


def _suppliers(book: Book) -> dict[int, Supplier]:
    at = {(district.name, district.city): district for district in DISTRICTS}
    suppliers: dict[int, Supplier] = {}
    for number, (supplier_id, name, district, city, address, description) in enumerate(_SUPPLIERS):
        supplier = Supplier(supplier_id, name, f"08110000991{number}", address, at[district, city])
        suppliers[supplier_id] = supplier
        book.add(
            "supplier",
            {
                "id": supplier_id,
                "name": name,
                "district_id": supplier.district.id,
                "phone": supplier.phone,
                "address": address,
                "description": description,
                "shipper_status": "ACTIVE",
            },
        )
    return suppliers


def _shop(book: Book) -> None:
    book.add(
        "shop",
        {
            "id": SHOP_ID,
            "username": "tokobambu",
            "shop_name": "Toko Bambu",
            "account_name": "Sekar Pemilik",
            "subdomain": "tokobambu",
            "status": "ACTIVE",
            "class": "PLATINUM",
            "join_date": date(2019, 3, 4).isoformat(),
            "expired_date": (book.today + timedelta(days=200)).isoformat(),
            "phone": "081100009901",
            "courier": "JNE,TIKI,POS,SICEPAT,JNT,LION,SAP,NINJA,ANTERAJA",
            "address": "Jl. Bambu Apus No. 12, Kota Malang",
            "description": "Toko rekaan: pakaian, sepatu, tas dan camilan",
            "shipper_status": "ACTIVE",
            "note": None,
            "logo": "https://gambar.example/logo/tokobambu.png",
            "store_front": 1,
            "warehouse": 1,
            "shopee_active": 1,
            "active_supplier_id": 21,
            "xendit_key": "xnd_sandbox_rekaan_bukan_kunci",
            "is_xendit_active": 1,
            "awb_notifications": 4200,
        },
    )


def _product_categories(book: Book) -> tuple[dict[str, int], dict[str, int]]:
    roots: dict[str, int] = {}
    for name in (*dict.fromkeys(kind.root for kind in KINDS), *OTHER_ROOTS):
        roots[name] = 2 + 3 * len(roots)
    book.add_all("root_category", "id categories", [(root_id, name) for name, root_id in roots.items()])
    categories: dict[str, int] = {}
    for kind in KINDS:
        if kind.category not in categories:
            categories[kind.category] = 501 + len(categories)
    changed = stamp(book.first)
    columns = "id name root_categories_id updated_at"
    by_name = {kind.category: roots[kind.root] for kind in KINDS}
    book.add_all(
        "product_category",
        columns,
        [(key, name, by_name[name], changed if key % 2 else None) for name, key in categories.items()],
    )
    book.add_all(
        "product_category",
        columns,
        [(591 + number, name, None, None) for number, name in enumerate(EMPTY_CATEGORIES)],
    )
    return roots, categories
