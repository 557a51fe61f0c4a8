"""What the shop trades with: banks, couriers, sales channels, order costs, message templates, add-ons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ngorder_tui.sandbox.world_book import Book, Cell

PICK_UP, BY_HAND = 98, 99
"""The two courier numbers without a courier: fetched at the shop, and typed by hand."""
ORDER_PAY_BANK, SHOPEE_BANK = 31, 35
XENDIT_BANKS = (32, 33, 34)
OWN_BANKS = (11, 12, 14, 17)

_PICTURES = "https://gambar.example"
_BANK_MASTER = (
    ("bca", "Bank BCA", "bca", 0),
    ("bcaBisnis", "Bank BCA Bisnis", "bca", 1),
    ("mandiri", "Bank Mandiri", "mandiri", 0),
    ("mandiriBisnisMCM", "Bank Mandiri Bisnis MCM", "mandiri", 1),
    ("bni", "Bank BNI", "bni", 0),
    ("bri", "Bank BRI", "bri", 0),
    ("bsi", "Bank Syariah Indonesia", "bsi", 0),
    ("other", "Bank lain", "other", 0),
)
_BANKS: tuple[tuple[int, str, str, str, str | None, str], ...] = (
    (11, "bca", "BCA", "Malang", "0011000011", "BANK"),
    (12, "mandiri", "Mandiri", "Malang", "0012000012", "BANK"),
    (14, "bri", "BRI", "Lowokwaru", "0014000014", "BANK"),
    (17, "bni", "BNI", "Surabaya", "0017000017", "BANK"),
    (31, "orderpay", "Saldo OrderPay", "", None, "PAYMENT GATEWAY"),
    (32, "xenditMandiri", "Mandiri Virtual Account", "", None, "PAYMENT GATEWAY"),
    (33, "xenditBni", "BNI Virtual Account", "", None, "PAYMENT GATEWAY"),
    (34, "xenditBri", "BRI Virtual Account", "", None, "PAYMENT GATEWAY"),
    (35, "shopee", "Shopee", "", None, "PAYMENT GATEWAY"),
)
BANK_NAMES = {bank_id: name for bank_id, _, name, _, _, _ in _BANKS}
_XENDIT_BANKS = (
    "BCA:BCA Mandiri:MANDIRI BNI:BNI BRI:BRI Permata:PERMATA Sinarmas:SINARMAS CIMB:CIMB Danamon:DANAMON BSI:BSI"
)
_COURIERS = (
    # number, name, expedition_name, prefix of its waybills, cod, needs a reason
    (1, "JNE", "jne", "JN", 0, 1),
    (2, "TIKI", "tiki", "66", 0, 0),
    (3, "POS", "pos", "P", 0, 0),
    (4, "SiCepat", "sicepat", "0004", 1, 0),
    (5, "WAHANA", "wahana", "AA", 0, 0),
    (6, "J&T", "jnt", "JP", 1, 0),
    (7, "Alfatrex", "alfatrex", "AT", 0, 0),
    (8, "Lion Parcel", "lionparcel", "11LP", 0, 0),
    (9, "Ninja Xpress", "ninja", "NJV", 1, 0),
    (10, "SAP", "sap", "SAP", 1, 0),
    (11, "RPX", "rpx", "RPX", 0, 0),
    (12, "AnterAja", "anteraja", "1000", 0, 0),
    (PICK_UP, "Ambil di Toko", "ambil-di-toko", "", 0, 0),
    (BY_HAND, "Input Manual", "manual", "MAN", 0, 0),
)
_REGULAR, _EXPRESS, _TRUCKING = "Regular", "Express", "Trucking"
_SERVICES = (
    # service id, rate id, courier, rate name, show name, rupiah a kilogram (city, province, far), days, in use
    (1, 301, 1, "REG", _REGULAR, (9000, 14000, 32000), (2, 4), 1),
    (2, 302, 1, "YES", _EXPRESS, (18000, 24000, 58000), (1, 1), 1),
    (3, 303, 1, "OKE", _REGULAR, (8000, 12000, 28000), (3, 6), 1),
    (10, 304, 1, "CTCYES", _EXPRESS, (15000, 30000, 70000), (1, 1), 0),
    (61, 305, 1, "JTR", _TRUCKING, (4000, 5000, 9000), (5, 9), 1),
    (4, 311, 2, "REG", _REGULAR, (9000, 15000, 33000), (2, 4), 1),
    (5, 312, 2, "ONS", _EXPRESS, (19000, 27000, 61000), (1, 1), 1),
    (6, 318, 3, "Pos Reguler", _REGULAR, (8000, 13000, 29000), (2, 5), 0),
    (14, 321, 4, "REG", _REGULAR, (8500, 13000, 30000), (2, 3), 1),
    (15, 322, 4, "BEST", _EXPRESS, (14000, 20000, 52000), (1, 1), 1),
    (363, 323, 4, "GOKIL", _TRUCKING, (3500, 4500, 8000), (4, 8), 1),
    (17, 327, 5, "Normal", _REGULAR, (6000, 10000, 24000), (4, 8), 0),
    (57, 331, 6, "EZ", _REGULAR, (9000, 14000, 31000), (2, 4), 1),
    (20, 336, 7, "REG", _REGULAR, (9000, 15000, 30000), (2, 4), 0),
    (44, 341, 8, "REGPACK", _REGULAR, (9500, 15000, 29000), (2, 4), 1),
    (45, 342, 8, "ONEPACK", _EXPRESS, (17000, 25000, 55000), (1, 1), 1),
    (46, 343, 8, "JAGOPACK", _REGULAR, (7500, 11000, 22000), (4, 7), 1),
    (48, 345, 9, "Standard", _REGULAR, (9000, 14000, 33000), (2, 5), 1),
    (52, 349, 10, "Reguler", _REGULAR, (8500, 13500, 37500), (2, 3), 1),
    (53, 350, 10, "One Day Service", _EXPRESS, (16000, 23000, 60000), (1, 1), 1),
    (8, 355, 11, "RGP", _REGULAR, (10000, 16000, 36000), (2, 4), 0),
    (70, 361, 12, "Reguler", _REGULAR, (8500, 13500, 30500), (2, 4), 1),
    (71, 362, 12, "Next Day", _EXPRESS, (16000, 22000, 54000), (1, 1), 1),
)
_MARKETPLACES = ("Tokopedia", "Bukalapak", "Shopee", "Lazada", "Whatsapp", "Instagram", "Facebook", "Tiktok", "Website")
ORDER_SOURCES = (
    (12, 5, "081100009901", "ACTIVE"),
    (30, 1, "Toko Bambu", "ACTIVE"),
    (31, 3, "tokobambu.id", "ACTIVE"),
    (33, 6, "@tokobambu.contoh", "ACTIVE"),
    (34, 8, "Siaran malam", "ACTIVE"),
    (36, 2, "", "NON ACTIVE"),
)
ORDER_COSTS = (
    # category, name, type, nominal, percentage
    ("OTHER COST", "Biaya packing kayu", "NOMINAL", 15000, 0),
    ("OTHER COST", "Bungkus kado", "NOMINAL", 5000, 0),
    ("OTHER COST", "Biaya marketplace", "PERCENTAGE", 0, 2),
    ("DISCOUNT", "Diskon pelanggan lama", "PERCENTAGE", 0, 5),
    ("DISCOUNT", "Diskon ulang tahun", "PERCENTAGE", 0, 12),
    ("DISCOUNT", "Voucher 10 ribu", "NOMINAL", 10000, 0),
)
_TEMPLATES = (
    (
        23,
        "CUSTOMER",
        "CUSTOM_NOTIFICATION",
        "Pemberitahuan",
        "Maaf, {%shopname%} tutup sampai besok.\nKami balas pagi hari.",
    ),
    (27, "CUSTOMER", "PROMO", "Promo", "Halo kak {%buyer%}, ada potongan 10% untuk semua kaos di {%shopname%}."),
    (31, "ORDER", "REMINDER", "Ingatkan bayar", "Halo kak {%buyer%}, pesanan #{%po%} menunggu pembayaran {%total%}."),
    (32, "ORDER", "ORDER_PROCESSED", "Diproses", "Halo kak {%buyer%}, pesanan #{%po%} sedang kami kemas."),
    (
        33,
        "ORDER",
        "ORDER_COMPLETED",
        "Dikirim",
        "Halo kak {%buyer%}, pesanan #{%po%} dikirim {%courier%}, resi {%awb%}.",
    ),
    (34, "ORDER", "ORDER_CANCELED", "Dibatalkan", "Halo kak {%buyer%}, pesanan #{%po%} kami batalkan."),
    (35, "ORDER", "PROMO", "Kirim promo", "Halo kak {%buyer%}, pakai kode BAMBU untuk belanja berikutnya."),
)


@dataclass(frozen=True, slots=True)
class Service:
    """A courier's service that orders may be sent with."""

    id: int
    rate_id: int
    courier_number: int
    rate_name: str
    rates: tuple[int, int, int]
    least: int


@dataclass(frozen=True, slots=True)
class Courier:
    """A courier as the makers of orders need it."""

    number: int
    name: str
    expedition_name: str
    awb_prefix: str
    is_cod: bool


@dataclass(frozen=True, slots=True)
class Trade:
    """What the later makers need to know of couriers."""

    couriers: dict[int, Courier]
    services: tuple[Service, ...]


def equip(book: Book) -> Trade:
    """Write banks, couriers, channels, costs, templates and add-ons."""
    _banks(book)
    trade = _couriers(book)
    book.add_all("marketplace", "marketplace_id marketplace_name", list(enumerate(_MARKETPLACES, 1)))
    book.add_all("order_source", "id marketplace_id note status", ORDER_SOURCES)
    book.add_all(
        "order_cost",
        "order_cost_id category name type nominal percentage",
        [(book.hex(24), *cost) for cost in ORDER_COSTS],
    )
    book.add_all("woowa_template", "id audience type title template", _TEMPLATES)
    book.add_all("custom_courier", "id name fee", [(1, "KURIR BAMBU", 12000), (2, "KARGO REKAAN", 40000)])
    book.add_all("admin_fee", "id nominal category_code", [(103, 1500, "Y"), (104, 4500, "N"), (108, 1000, "1")])
    _addons(book)
    return trade


def _banks(book: Book) -> None:
    book.add_all(
        "bank_master",
        "bank_type bank_label bank_family image web_login_url is_business",
        [
            (kind, label, family, f"{_PICTURES}/bank/{family}.svg", f"https://{family}.example", business)
            for kind, label, family, business in _BANK_MASTER
        ],
    )
    book.add_all(
        "bank",
        "bank_id bank_type bank_name branch holder_name account_number image type follows_mutation",
        [
            (
                bank_id,
                kind,
                name,
                branch,
                "Sekar Pemilik",
                number,
                f"{_PICTURES}/bank/{kind}.svg",
                sort,
                int(bank_id == 11),
            )
            for bank_id, kind, name, branch, number, sort in _BANKS
        ],
    )
    xendit: list[tuple[Cell, ...]] = []
    for number, pair in enumerate(_XENDIT_BANKS.split(), 1):
        name, code = pair.split(":")
        xendit.append((number, f"Bank {name}", code, 1, int(number != 6)))
    book.add_all("xendit_bank", "id name code can_disburse can_name_validate", xendit)


def _couriers(book: Book) -> Trade:
    couriers = {
        number: Courier(number, name, word, prefix, bool(cod)) for number, name, word, prefix, cod, _ in _COURIERS
    }
    book.add_all(
        "courier",
        "number name expedition_name awb_prefix logo_url is_cod needs_reason",
        [
            (number, name, word, prefix, f"{_PICTURES}/courier/{word}.png", cod, reason)
            for number, name, word, prefix, cod, reason in _COURIERS
        ],
    )
    services: list[Service] = []
    for service_id, rate_id, number, rate_name, show_name, rates, days, active in _SERVICES:
        least = 5 if show_name == _TRUCKING else 1
        if active:
            services.append(Service(service_id, rate_id, number, rate_name, rates, least))
        book.add(
            "expedition",
            {
                "id": service_id,
                "rate_id": rate_id,
                "courier_number": number,
                "rate_name": rate_name,
                "show_name": show_name,
                "pickup_available": "NOT AVAILABLE" if number in {3, 5, 7} else "AVAILABLE",
                "drop_off": int(number not in {2, 11}),
                "is_active": active,
                "storefront": int(active and show_name != _TRUCKING),
                "rate_city": rates[0],
                "rate_province": rates[1],
                "rate_far": rates[2],
                "min_weight": least,
                "min_day": days[0],
                "max_day": days[1],
            },
        )
    return Trade(couriers, tuple(services))


def _addons(book: Book) -> None:
    link = "https://langganan.example/"
    rows = [
        ("app", "Upgrade", 200, "App Platinum"),
        ("storefront", "Perpanjang Sekarang", 40, "Storefront Pro"),
        ("woowa", "Perpanjang Sekarang", -12, "Woowa 1 nomor"),
    ]
    for sort, (word, title, days, package) in enumerate(rows, 1):
        book.add(
            "addon",
            {
                "sort": sort,
                "class": word,
                "button_title": title,
                "message": None,
                "expired_date": (book.today + timedelta(days=days)).isoformat(),
                "active": int(days > 0),
                "logo": f"{_PICTURES}/addon/{word}.png",
                "link": link + word,
                "package": package,
            },
        )
