"""The shop's office: notifications, balances, expenses, bills, courier invoices."""

from __future__ import annotations

import json
import re
import uuid
from datetime import datetime, timedelta

from ngorder_tui.sandbox.world_book import Book, stamp
from ngorder_tui.sandbox.world_shop import USERS
from ngorder_tui.sandbox.world_trade import Trade
from ngorder_tui.sandbox.world_web import OpenPayment, Received, WebStore

NOTIFICATIONS, NEWS = 60, 14
EXPENSES, BILLS = 30, 12

_NEWS = (
    ("Pembaruan aplikasi", "Kini <strong>stok opname</strong> dapat diimpor dari berkas Excel."),
    ("Jadwal pemeliharaan", "Layanan berhenti sebentar Minggu pukul <strong>01.00-02.00</strong>."),
    ("Tarif kurir berubah", "Tarif <strong>kargo</strong> turun untuk kiriman di atas 10 kg."),
    ("Libur nasional", "Kurir tidak menjemput paket pada <strong>hari libur</strong>."),
    ("Kelas daring", "Ikuti kelas <strong>menjual lewat siaran langsung</strong> Rabu malam."),
)
_OTHER_ACTIVITY = (
    ("Stok menipis", "Stok <strong>{ware}</strong> tinggal sedikit"),
    ("Pelanggan baru", "<strong>{name}</strong> meminta bergabung di Privor"),
    ("Opname selesai", "Stok opname oleh <strong>{name}</strong> selesai diproses"),
    ("Pickup terjadwal", "Kurir akan menjemput paket untuk <strong>{name}</strong>"),
)
_EXPENSES = (
    ("Plastik kemasan", 45000),
    ("Lakban", 12000),
    ("Kardus", 85000),
    ("Listrik gudang", 640000),
    ("Iklan", 150000),
    ("Upah harian", 110000),
    ("Cetak label", 38000),
)
_SERVICES = ("App Platinum - 12 bulan", "Storefront Pro - 3 bulan", "Woowa 1 nomor - 1 bulan", "Kuota notifikasi resi")


def furnish_office(book: Book, trade: Trade, store: WebStore) -> None:
    """Write everything that is neither goods nor orders."""
    _notifications(book, store.open)
    _balances(book, store.received)
    _expenses(book)
    _bills(book)
    _couriers(book, trade)


def _notifications(book: Book, payments: list[OpenPayment]) -> None:
    rng = book.rng
    confirmed = [payment for payment in payments if payment.confirmed_at]
    confirmed.sort(key=lambda payment: (payment.confirmed_at or book.latest, payment.id))
    for payment in confirmed[: NOTIFICATIONS - NEWS]:
        nominal = f"Rp{payment.nominal:,}".replace(",", ".")
        content = (
            f"<strong>{payment.buyer}</strong> memesan {payment.wares}, sudah konfirmasi bayar "
            f"<strong>{nominal}</strong>, mohon segera konfirmasi pemesanan"
        )
        title = f"Orderan baru dari {payment.payment_from}"
        _notification(book, "ACTIVITY", title, content, payment.confirmed_at or book.latest, payment.id)
    names = [payment.buyer for payment in payments]
    wares = [payment.wares.split(" x ")[0] for payment in payments]
    for number in range(NOTIFICATIONS - NEWS - len(confirmed)):
        title, text = _OTHER_ACTIVITY[number % len(_OTHER_ACTIVITY)]
        content = text.format(name=rng.choice(names), ware=rng.choice(wares))
        _notification(book, "ACTIVITY", title, content, _some_time(book, 30), None)
    for number in range(NEWS):
        title, content = _NEWS[number % len(_NEWS)]
        _notification(book, "NEWS", title, content, _some_time(book, 80), None)


def _notification(book: Book, kind: str, title: str, content: str, at: datetime, payment_id: int | None) -> None:
    age = book.latest - at
    was_read = age > timedelta(days=20) or (payment_id is None and book.chance(30))
    book.add(
        "notification",
        {
            "id": str(uuid.UUID(int=book.rng.getrandbits(128), version=4)),
            "kind": kind,
            "title": title,
            "content": content,
            "body": re.sub("<[^>]+>", "", content),
            "icon": f"https://gambar.example/icon/{'storefront' if payment_id else kind.lower()}.png",
            "web_path": f"order/form_confirmation/{payment_id}" if payment_id else "",
            "data_id": payment_id,
            "type": "confirm_order" if payment_id else None,
            "api_path": "/api/open/order/confirm" if payment_id else None,
            "created_at": stamp(at),
            "read_at": stamp(min(book.after(at, 1, 30), book.latest)) if was_read else None,
        },
    )


def _balances(book: Book, received: list[Received]) -> None:
    """What web payments brought in; now and then the shop has had a part of it paid out."""
    balance = {"ORDER_PAY": 0, "PAYMENT_GATEWAY": 0}
    next_id = 3001
    withdrawals = 0
    for money in sorted(received, key=lambda money: (money.at, money.order_id)):
        kind = "ORDER_PAY" if money.provider == "saldo" else "PAYMENT_GATEWAY"
        book.add(
            "payment",
            {
                "id": next_id,
                "payment_type": kind,
                "type_id": 1,
                "direction": "+",
                "at": stamp(money.at),
                "title": "Pembayaran Order",
                "description": f"Pembayaran order #{money.po_number} lewat {money.provider}",
                "nominal": money.nominal,
                "on_hold": int(money.at > book.latest - timedelta(days=4)),
                "order_id": money.order_id,
            },
        )
        next_id += 1
        balance[kind] += money.nominal
        if kind == "ORDER_PAY" and balance[kind] > 2_500_000 and withdrawals < 12:
            nominal = 1_000_000 + 100_000 * book.rng.randrange(10)
            _withdrawal(book, next_id, nominal, money.at)
            balance[kind] -= nominal + 45_000
            next_id, withdrawals = next_id + 1, withdrawals + 1


def _withdrawal(book: Book, payment_id: int, nominal: int, after: datetime) -> None:
    at = stamp(min(after + timedelta(minutes=5), book.latest))
    book.add(
        "payment",
        {
            "id": payment_id,
            "payment_type": "ORDER_PAY",
            "type_id": 2,
            "direction": "-",
            "at": at,
            "title": "Penarikan Dana",
            "description": "Penarikan ke BCA 0011000011",
            "nominal": nominal + 45_000,
            "on_hold": 0,
            "order_id": None,
        },
    )
    book.add(
        "withdrawal",
        {
            "payment_id": payment_id,
            "xendit_bank_id": 1,
            "nominal": nominal,
            "fee": 45_000,
            "holder_name": "Sekar Pemilik",
            "account_number": "0011000011",
            "at": at,
            "user_id": USERS[0][0],
        },
    )


def _expenses(book: Book) -> None:
    for at in sorted(_some_time(book, 89) for _ in range(EXPENSES)):
        title, nominal = book.rng.choice(_EXPENSES)
        book.add(
            "expense",
            {
                "title": title,
                "nominal": nominal,
                "qty": book.rng.choice((1, 1, 1, 2, 5)),
                "note": "",
                "date": at.date().isoformat(),
                "user_id": book.rng.choice(USERS)[0],
                "created_at": stamp(at),
            },
        )


def _bills(book: Book) -> None:
    for number, at in enumerate(sorted(_some_time(book, 700) for _ in range(BILLS))):
        status = "PENDING" if number == BILLS - 1 else "EXPIRED" if number % 4 == 2 else "PAID"
        amount = 49_500 * book.rng.randint(1, 14)
        paid = min(book.after(at, 0, 20), book.latest)
        book.add(
            "billing",
            {
                "id": 15401 + number,
                "invoice": f"INV-00007-5-{number + 1}",
                "services": json.dumps([book.rng.choice(_SERVICES)]),
                "created_at": stamp(at),
                "payment_date": stamp(paid) if status == "PAID" else None,
                "xendit_id": book.hex(24),
                "status": status,
                "amount": amount,
                "received_amount": amount if status == "PAID" else 0,
                "payment_method": "Virtual Account",
                "bank_image": "https://gambar.example/bank/bca.svg" if status == "PAID" else None,
            },
        )


def _couriers(book: Book, trade: Trade) -> None:
    couriers = [courier.expedition_name for courier in trade.couriers.values() if courier.is_cod]
    for week in range(8, 0, -1):
        at = book.latest - timedelta(days=7 * week - 3, minutes=book.rng.randrange(600))
        word = couriers[week % len(couriers)]
        status = "PENDING" if week <= 2 else "COMPLETE"
        number = f"INV-{word[0].upper()}-7-{at:%Y%m}{week:04d}"
        book.add(
            "shipment_invoice",
            {
                "id": "".join(book.rng.choices("abcdefghkmnpqrstuvwxyzABCDEFGHKMNPQRSTUVWXYZ", k=8)),
                "at": stamp(at),
                "expedition_name": word,
                "invoice_number": number,
                "total": 1810 * book.rng.randint(8, 90),
                "status": status,
            },
        )
        if week <= 6:
            first, last = at.date() - timedelta(days=7), at.date() - timedelta(days=1)
            book.add(
                "cod_payment",
                {
                    "at": stamp(at + timedelta(hours=2)),
                    "expedition_name": word,
                    "invoice_number": number if status == "COMPLETE" else None,
                    "description": f"Rekonsiliasi COD {first.isoformat()} - {last.isoformat()}",
                    "total": 100 * book.rng.randint(80, 90000),
                    "status": status,
                },
            )


def _some_time(book: Book, days: int) -> datetime:
    return book.latest - timedelta(minutes=book.rng.randrange(30, days * 24 * 60))
