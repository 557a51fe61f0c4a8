"""Orders: who buys what, what it comes to, who has paid and how far the parcel is."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from ngorder_tui.sandbox.rates import shipping_cost
from ngorder_tui.sandbox.world_basket import Basket, Till
from ngorder_tui.sandbox.world_book import Book, Deck, Row, stamp
from ngorder_tui.sandbox.world_goods import Variation
from ngorder_tui.sandbox.world_parcel import Dispatch, Parcel
from ngorder_tui.sandbox.world_people import CATEGORY_NAMES, Customer
from ngorder_tui.sandbox.world_shelf import Shelf
from ngorder_tui.sandbox.world_shop import SHOP_ID, USERS, Shop, Supplier
from ngorder_tui.sandbox.world_trade import (
    BANK_NAMES,
    BY_HAND,
    ORDER_SOURCES,
    OWN_BANKS,
    PICK_UP,
    SHOPEE_BANK,
    Courier,
    Trade,
)

WEB_STORES = ("PRIVOR", "STORE_FRONT")
_NOTES = ("Tolong dibungkus rapi", "Jangan sertakan nota", "Kirim sebelum Jumat", "Warna lain boleh kalau habis")
_FIRST_ORDER, _FIRST_PO = 700001, 10001


class Fate(NamedTuple):
    """What has become of an order: where it came from, its state, and how it was paid."""

    category: str
    status: str
    payment: str
    """UNPAID, INSTALLMENT, PAID or COD; for orders the shop never took, the payment state as it stands."""


class WebPayment(NamedTuple):
    """The Privor or Storefront payment that an order belongs to."""

    id: int
    buyer: Customer
    bank_id: int
    pg_provider: str | None
    va_no: str | None
    paid_at: datetime | None
    decided_at: datetime | None


class Made(NamedTuple):
    """What is left to do or to tell of an order that has been written."""

    order_id: int
    po_number: int
    total: int
    basket: Basket
    taken_at: datetime | None
    """When its goods leave the shelf: at once, or for the web stores when the shop says yes; None for never."""
    given_back_at: datetime | None


class _Shipping(NamedTuple):
    courier: Courier
    expedition_id: int | None
    rate_id: int | None
    rate_name: str
    cost: int
    discount: int


class OrderMaker:
    """Makes orders in the order of their time."""

    def __init__(
        self, book: Book, shop: Shop, trade: Trade, customers: Sequence[Customer], goods: list[Variation], shelf: Shelf
    ) -> None:
        self._book = book
        self._rng = book.rng
        self._shop = shop
        self._trade = trade
        self._customers = customers
        self._joined = [customer.joined for customer in customers]
        self._dropshippers = [customer for customer in customers if customer.category == "D"]
        self._till = Till(book, goods, shelf)
        self._dispatch = Dispatch(book)
        self._count = 0
        self._dropships = Deck(book.rng, (True, 3), (False, 17))
        self.last_order: dict[int, datetime] = {}
        """When each customer ordered last."""

    def somebody(self, at: datetime) -> Customer:
        """A customer who had joined by then."""
        return self._customers[int(self._rng.random() * bisect_right(self._joined, at))]

    def make(self, at: datetime, fate: Fate, web: WebPayment | None = None) -> Made:
        """Write one order with its lines, costs, payments and parcel."""
        book = self._book
        order_id, po_number = _FIRST_ORDER + self._count, _FIRST_PO + self._count
        self._count += 1
        sender, receiver = self._people(at, fate, web)
        self.last_order[sender.id] = self.last_order[receiver.id] = at
        basket = self._till.fill(at, sender.category)
        supplier = self._supplier(basket)
        shipping = self._shipping(fate, supplier, receiver, basket.weight)
        costs = self._till.costs(basket, fate.category)
        total = basket.goods_amount + shipping.cost - shipping.discount
        total += costs.other + costs.insurance - costs.discount
        self._till.write_lines(basket, order_id)
        self._till.write_costs(costs, order_id)

        user = (0, "") if fate.category in {*WEB_STORES, "SHOPEE"} else self._book.pick(USERS)[:2]
        decided = web.decided_at if web else None
        paid_at = self._paid_at(at, fate, web)
        parcel = self._parcel(order_id, fate, paid_at or decided or at, shipping, supplier, receiver)
        payment = fate.payment
        if payment == "COD":
            payment, paid_at = ("PAID", parcel.delivered_at) if parcel.delivered_at else ("UNPAID", None)
        paid, bank = 0, None
        if paid_at and payment in {"PAID", "INSTALLMENT"}:
            bank = web.bank_id if web else SHOPEE_BANK if fate.category == "SHOPEE" else self._book.pick(OWN_BANKS)
            paid = self._pay(order_id, po_number, at, paid_at, payment, total, bank, user[0], web)
        canceled_at = self._canceled_at(at, fate, decided)
        moments = (at, decided, paid_at, parcel.seen_at, canceled_at)
        touched = max(moment for moment in moments if moment is not None)
        last_user = user if touched == at or user[0] else USERS[2][:2]
        shopee = self._shopee(fate, order_id, receiver, total)
        book.add(
            "orders",
            {
                "order_id": order_id,
                "object_id": book.hex(24),
                "po_number": po_number,
                "shop_id": SHOP_ID,
                "order_date": stamp(at)[:10],
                "order_status": fate.status,
                "order_category": fate.category,
                "order_progress_status": self._progress(fate, payment, parcel),
                "payment_status": payment,
                "payment_date": stamp(paid_at)[:10] if paid_at and paid else None,
                "product_status": basket.product_type,
                "is_member": int(fate.category == "PRIVOR" or sender.is_member),
                **_people_cells(sender, receiver),
                **self._origin_cells(supplier, fate),
                **_shipping_cells(shipping),
                "auto_pickup": int(parcel.service == "PICKUP" and self._rng.random() < 0.3),
                "weight": basket.weight,
                "goods_amount": basket.goods_amount,
                "discount_amount": costs.discount,
                "other_cost_amount": costs.other,
                "insurance_amount": costs.insurance,
                "total_amount": total,
                "paid_amount": paid,
                "cost_of_goods_sold": basket.cost_of_goods if basket.product_type != "R" else 0,
                "cost_of_goods_sales": basket.cost_of_goods if basket.product_type == "R" and paid else 0,
                "bank_id": bank,
                "bank_name": BANK_NAMES[bank] if bank else None,
                "privor_payment_id": web.id if web else None,
                **_parcel_cells(parcel),
                "marketplace_awb": parcel.awb_number if shopee else None,
                "shipper_tracking": book.hex(10).upper() if parcel.requested_at else None,
                "is_cod": int(fate.payment == "COD"),
                "cod_amount": total if fate.payment == "COD" else 0,
                "shopee_invoice": _ordersn(order_id) if shopee else None,
                "shopee": shopee,
                "note": self._book.pick(_NOTES) if self._rng.random() < 0.12 else "",
                "is_printed": int(parcel.requested_at is not None),
                "source": "MOBILE" if self._rng.random() < 0.4 else "WEB",
                "canceled_at": stamp(canceled_at) if canceled_at else None,
                "canceled_by": last_user[0] if canceled_at else None,
                "created_by": user[0],
                "created_by_name": user[1],
                "created_at": stamp(at),
                "updated_by": last_user[0] or None,
                "updated_by_name": last_user[1],
                "updated_at": stamp(touched),
            },
        )
        taken_at = (decided or at) if fate.status in {"ACCEPTED", "CANCELED"} else None
        given_back_at = canceled_at if fate.status == "CANCELED" else None
        return Made(order_id, po_number, total, basket, taken_at, given_back_at)

    def take(self, made: Made, at: datetime) -> None:
        """Take the goods of an order off their shelf."""
        self._till.take(made.basket, made.order_id, made.po_number, at)

    def give_back(self, made: Made, at: datetime) -> None:
        """Put the goods of a canceled order back on their shelf."""
        self._till.give_back(made.basket, made.order_id, made.po_number, at)

    def _people(self, at: datetime, fate: Fate, web: WebPayment | None) -> tuple[Customer, Customer]:
        sender = web.buyer if web else self.somebody(at)
        if fate.category not in {"SHOPEE", "STORE_FRONT"} and self._dropships.draw() and self._dropshippers:
            if web is None:
                sender = self._book.pick(self._dropshippers)
            receiver = self.somebody(at)
            return sender, receiver
        return sender, sender

    def _supplier(self, basket: Basket) -> Supplier:
        if basket.warehouse_id is None:
            return self._shop.suppliers[27 if basket.product_type == "R" else 21]
        return self._shop.suppliers[self._shop.supplier_of_warehouse[basket.warehouse_id]]

    def _shipping(self, fate: Fate, supplier: Supplier, receiver: Customer, weight: int) -> _Shipping:
        rng, couriers = self._rng, self._trade.couriers
        if fate.category in {"APP", "QUICK_ORDER"} and fate.payment != "COD":
            draw = rng.random()
            if draw < 0.05:
                return _Shipping(couriers[PICK_UP], None, PICK_UP, "", 0, 0)
            if draw < 0.08:
                return _Shipping(couriers[BY_HAND], None, BY_HAND, "Kurir toko", 12000, 0)
        while True:
            service = self._book.pick(self._trade.services)
            courier = couriers[service.courier_number]
            by_truck = service.least > 1
            if by_truck == (weight >= 10000) and (fate.payment != "COD" or courier.is_cod):
                break
        start, end = supplier.district, receiver.district
        cost = shipping_cost(
            service.rates,
            service.least,
            (start.city_id, start.province_id),
            (end.city_id, end.province_id),
            weight,
        )
        discount = min(cost, self._book.pick((3000, 5000, 10000))) if rng.random() < 0.06 else 0
        return _Shipping(courier, service.id, service.rate_id, service.rate_name, cost, discount)

    def _paid_at(self, at: datetime, fate: Fate, web: WebPayment | None) -> datetime | None:
        if fate.payment not in {"PAID", "INSTALLMENT"}:
            return None
        if web:
            return web.paid_at
        return min(self._book.after(at, 0, 20), self._book.latest)

    def _parcel(
        self, order_id: int, fate: Fate, ready: datetime, shipping: _Shipping, supplier: Supplier, receiver: Customer
    ) -> Parcel:
        if fate.status != "ACCEPTED" or fate.payment not in {"PAID", "COD"}:
            return Parcel()
        if shipping.expedition_id is None:
            handed = self._book.after(ready, 5, 60)
            if handed > self._book.latest:
                return Parcel()
            return Parcel(progress="DELIVERED", delivered_at=handed, seen_at=handed)
        parcel = self._dispatch.send(order_id, ready, shipping.courier, supplier.district.city, receiver)
        if fate.category == "SHOPEE":  # the marketplace ships these itself
            parcel.shipment_status = parcel.service = parcel.requested_at = None
        self._dispatch.note(order_id, parcel)
        return parcel

    def _pay(
        self,
        order_id: int,
        po_number: int,
        at: datetime,
        paid_at: datetime,
        payment: str,
        total: int,
        bank: int,
        user: int,
        web: WebPayment | None,
    ) -> int:
        """Write the payments; what they add up to is given."""
        parts = [total]
        if payment == "INSTALLMENT":
            parts = [total * self._rng.randint(20, 60) // 100]
            if self._rng.random() < 0.3:
                parts.append((total - parts[0]) // 3)
        elif web is None and total > 90000 and self._rng.random() < 0.12:
            first = total // 3000 * 1000
            parts = [first, total - first]
        for number, part in enumerate(parts):
            # Several parts lie evenly between the order and its last payment.
            when = paid_at - (paid_at - at) * (len(parts) - 1 - number) / len(parts)
            done = payment == "PAID" and number == len(parts) - 1
            self._book.add(
                "order_payment",
                {
                    "order_id": order_id,
                    "privor_payment_id": web.id if web else None,
                    "bank_id": bank,
                    "nominal": part,
                    "status": "PAID" if done else "INSTALLMENT",
                    "description": f"Pembayaran order PO#{po_number}" + (" dari Shopee" if bank == SHOPEE_BANK else ""),
                    "pg_provider": web.pg_provider if web else "Shopee" if bank == SHOPEE_BANK else None,
                    "va_no": web.va_no if web else None,
                    "type": 11 if bank == SHOPEE_BANK else 1,
                    "paid_at": stamp(when)[:10],
                    "created_by": user,
                    "created_at": stamp(when),
                },
            )
        return sum(parts)

    def _canceled_at(self, at: datetime, fate: Fate, decided: datetime | None) -> datetime | None:
        if fate.status in {"ACCEPTED", "WAITING"}:
            return None
        if fate.status == "CANCELED":
            return min(self._book.after(decided or at, 1, 40), self._book.latest)
        return decided

    @staticmethod
    def _progress(fate: Fate, payment: str, parcel: Parcel) -> str:
        if fate.payment == "COD" or payment == "PAID":
            return parcel.progress
        return payment if payment == "INSTALLMENT" else "UNPAID"

    def _origin_cells(self, supplier: Supplier, fate: Fate) -> Row:
        source = None
        if fate.category == "SHOPEE":
            source = ORDER_SOURCES[2]
        elif fate.category in {"APP", "QUICK_ORDER"} and self._rng.random() < 0.6:
            source = self._book.pick(ORDER_SOURCES[:5])
        return {
            "supplier_id": supplier.id,
            "origin_name": supplier.name,
            "origin_phone": supplier.phone,
            "origin_address": supplier.address,
            "order_source_id": source[0] if source else None,
            "order_source": source[2] if source else "",
        }

    def _shopee(self, fate: Fate, order_id: int, receiver: Customer, total: int) -> str | None:
        if fate.category != "SHOPEE":
            return None
        return json.dumps(
            {
                "ordersn": _ordersn(order_id),
                "buyer_username": receiver.name.lower().replace(" ", ""),
                "total_escrow": str(total * 96 // 100),
                "total_amount": str(total),
                "status": "CANCELLED" if fate.status == "CANCELED" else "COMPLETED",
                "payment_method": "Saldo rekaan",
            }
        )


def _ordersn(order_id: int) -> str:
    return f"REKAAN{order_id}"


def _people_cells(sender: Customer, receiver: Customer) -> Row:
    return {
        "customer_sender_id": sender.id,
        "sender_name": sender.name,
        "sender_phone": sender.phone,
        "sender_address": sender.street,
        "sender_category_code": sender.category,
        "sender_category": CATEGORY_NAMES[sender.category],
        "customer_receiver_id": receiver.id,
        "receiver_name": receiver.name,
        "receiver_phone": receiver.phone,
        "receiver_address": receiver.whole_address,
        "receiver_district_id": receiver.district.id,
        "receiver_postal_code": receiver.postal_code,
        "is_dropship": int(sender is not receiver),
    }


def _shipping_cells(shipping: _Shipping) -> Row:
    return {
        "courier_number": shipping.courier.number,
        "expedition_id": shipping.expedition_id,
        "rate_id": shipping.rate_id,
        "shipping_logistic": shipping.courier.name,
        "shipping_rate": shipping.rate_name,
        "shipping_cost": shipping.cost,
        "shipping_discount": shipping.discount,
    }


def _parcel_cells(parcel: Parcel) -> Row:
    return {
        "awb_number": parcel.awb_number,
        "awb_updated_at": stamp(parcel.awb_at) if parcel.awb_at else None,
        "shipment_status": parcel.shipment_status,
        "shipment_service": parcel.service,
        "request_date": stamp(parcel.requested_at) if parcel.requested_at else None,
        "delivered_at": stamp(parcel.delivered_at) if parcel.delivered_at else None,
    }
