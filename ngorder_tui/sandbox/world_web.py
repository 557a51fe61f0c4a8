"""Privor and Storefront payments: those long decided, and those that wait for the shop's word."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from ngorder_tui.sandbox.world_book import Book, Deck, stamp
from ngorder_tui.sandbox.world_orders import Fate, Made, OrderMaker, WebPayment
from ngorder_tui.sandbox.world_people import Customer
from ngorder_tui.sandbox.world_trade import ORDER_PAY_BANK, OWN_BANKS, XENDIT_BANKS

OPEN_PAYMENTS = 40
_EXPIRES = timedelta(hours=24)
_FIRST_PAYMENT = 1601


class Plan(NamedTuple):
    """An unconfirmed payment to be made at `at`."""

    at: datetime
    orders: int
    provider: str | None
    is_confirmed: bool


class OpenPayment(NamedTuple):
    """An unconfirmed payment that was made, for the notifications."""

    id: int
    payment_from: str
    buyer: str
    wares: str
    nominal: int
    confirmed_at: datetime | None


class Received(NamedTuple):
    """Money that came in through OrderPay or Xendit."""

    order_id: int
    po_number: int
    provider: str
    nominal: int
    at: datetime


def plan_open(book: Book) -> list[Plan]:
    """The unconfirmed payments: confirmed by the buyer or not, some of those past their time."""
    rng, plans = book.rng, []
    midnight = datetime.combine(book.today, datetime.min.time())
    for number in range(OPEN_PAYMENTS):
        is_confirmed = number % 20 < 13
        if is_confirmed:
            at = book.latest - timedelta(minutes=rng.randint(60, 5 * 24 * 60))
        elif number % 3 == 0:  # past its time
            at = book.latest - timedelta(minutes=rng.randint(26 * 60, 4 * 24 * 60))
        else:  # made this morning: in time until tomorrow
            at = midnight + timedelta(minutes=rng.randint(5, 350))
        provider = (None, "xendit", None, "saldo", None)[number % 5]
        orders = 2 + number // 4 % 3 if number % 4 == 1 else 1
        plans.append(Plan(at, orders, provider, is_confirmed))
    return plans


class WebStore:
    """Writes payments together with their orders."""

    def __init__(self, book: Book, orders: OrderMaker, customers: list[Customer]) -> None:
        self._book = book
        self._rng = book.rng
        self._orders = orders
        self._members = [customer for customer in customers if customer.is_member]
        self._providers: Deck[str | None] = Deck(book.rng, (None, 5), ("xendit", 3), ("saldo", 2))
        self._unique = Deck(book.rng, *((code, 1) for code in range(1, 400)))
        self._count = 0
        self.open: list[OpenPayment] = []
        self.received: list[Received] = []

    def decided(self, at: datetime, fate: Fate) -> Made:
        """Make a web store's order that the shop, or the clock, has decided."""
        book = self._book
        confirmed_at = min(book.after(at, 0, 3), book.latest)
        decided_at = min(book.after(confirmed_at, 0, 9), book.latest)
        expired = fate.status == "EXPIRED"
        web = self._payment(at, fate.category, self._providers.draw())
        if expired:
            web = web._replace(decided_at=at + _EXPIRES)
        else:
            web = web._replace(decided_at=decided_at, paid_at=confirmed_at)
        made = self._orders.make(at, fate, web)
        self._write(
            web, fate.category, [made], at, None if expired else confirmed_at, int(fate.payment == "INSTALLMENT")
        )
        if fate.payment == "PAID" and web.pg_provider:
            self.received.append(Received(made.order_id, made.po_number, web.pg_provider, made.total, confirmed_at))
        return made

    def waiting(self, plan: Plan, number: int, at: datetime) -> None:
        """Make an unconfirmed payment and its orders."""
        book = self._book
        category = "PRIVOR" if plan.orders > 1 or number % 3 == 0 else "STORE_FRONT"
        web = self._payment(at, category, plan.provider)
        confirmed_at = min(book.after(at, 0.1, 12), book.latest) if plan.is_confirmed else None
        state = "WAITING_CONFIRMATION" if plan.is_confirmed else "WAITING PAYMENT"
        fate = Fate(category, "WAITING", state)
        made = [self._orders.make(at, fate, web) for _ in range(plan.orders)]
        self._write(web, category, made, at, confirmed_at, int(number % 20 == 10))
        nominal = sum(one.total for one in made)
        wares = ", ".join(one.basket.title for one in made)
        payment_from = _from(category)
        self.open.append(OpenPayment(web.id, payment_from, web.buyer.name, wares, nominal, confirmed_at))

    def _payment(self, at: datetime, category: str, provider: str | None) -> WebPayment:
        rng = self._rng
        self._count += 1
        buyer = self._orders.somebody(at)
        if category == "PRIVOR":  # members alone may order there
            while not buyer.is_member and self._members[0].joined <= at:
                buyer = self._orders.somebody(at)
        bank = ORDER_PAY_BANK if provider == "saldo" else self._book.pick(XENDIT_BANKS if provider else OWN_BANKS)
        va_no = f"8800{rng.randrange(10**8):08d}" if provider == "xendit" else None
        return WebPayment(_FIRST_PAYMENT + self._count, buyer, bank, provider, va_no, None, None)

    def _write(
        self,
        web: WebPayment,
        category: str,
        made: list[Made],
        at: datetime,
        confirmed_at: datetime | None,
        is_installment: int,
    ) -> None:
        book, rng = self._book, self._rng
        nominal = sum(one.total for one in made)
        by_hand = web.pg_provider is None
        unique = self._unique.draw() if by_hand else 0
        sent = nominal * 2 // 5 if is_installment else nominal
        transfer = None
        if confirmed_at:
            # Of those who transfer by hand some leave the unique code out, a few send another sum.
            other = 7000 if web.id % 13 == 5 else 0
            transfer = sent + (0 if web.id % 6 == 1 else unique) - (other if by_hand else 0)
        book.add(
            "privor_payment",
            {
                "payment_id": web.id,
                "payment_from": _from(category),
                "payment_status_code": 3 if confirmed_at else 4,
                "payment_status": "Confirmed Pay" if confirmed_at else "Waiting for Payment",
                "nominal_invoice": nominal,
                "nominal_unique": unique,
                "nominal_transfer": transfer,
                "is_installment": is_installment,
                "installment_transferred": transfer if is_installment else None,
                "payment_fee": 4500 if web.pg_provider == "xendit" else 0 if web.pg_provider else None,
                "pg_provider": web.pg_provider,
                "is_manual_payment": "Y" if by_hand else "N",
                "xendit_id": book.hex(24) if web.pg_provider == "xendit" else None,
                "va_no": web.va_no,
                "customer_id": web.buyer.id,
                "is_member": int(category == "PRIVOR" or web.buyer.is_member),
                "bank_id": web.bank_id,
                "holder_name": web.buyer.name if by_hand and confirmed_at else None,
                "transfer_image": (
                    f"https://gambar.example/transfer/{web.id}.jpg" if by_hand and confirmed_at else None
                ),
                "note": "Sudah saya transfer" if by_hand and confirmed_at and rng.random() < 0.3 else None,
                "created_by": web.buyer.id,
                "created_at": stamp(at),
                "updated_at": stamp(confirmed_at) if confirmed_at else None,
                "confirmed_at": stamp(confirmed_at) if confirmed_at else None,
                "paid_at": stamp(confirmed_at) if confirmed_at else None,
                "expired_at": stamp(at + _EXPIRES),
                "decided_at": stamp(web.decided_at) if web.decided_at else None,
            },
        )


def _from(category: str) -> str:
    return "Privor" if category == "PRIVOR" else "Storefront"
