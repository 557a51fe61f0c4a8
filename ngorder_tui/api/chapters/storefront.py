"""Storefront and Privor: payments from the shop's own web stores, each for one or more orders."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import (
    BankId,
    CustomerId,
    Opt,
    OrderId,
    PaymentId,
    ProductId,
    Rupiah,
    ServiceId,
    ShopId,
    Text,
    VariationId,
    When,
    Words,
    YesNo,
)
from ngorder_tui.api.models import Anything, Page, Paged, Query, Record, Reply, spelled


class StorefrontQuery(Paged):
    """Which payments; without a status, those that the buyer has confirmed."""

    keyword: Words | None = None
    customer_category: Literal["MEMBER", "GUEST"] | None = None
    payment_status: Literal["UNPAID", "CONFIRM", "ALL"] | None = None
    per_page: Annotated[int, Field(ge=1, le=50)] | None = None


class WhichPayment(Query):
    """The payment, as a part of the path."""

    payment_id: PaymentId


class OrderDecision(Query):
    """What happens to one order of the payment."""

    id: OrderId
    action: Literal["ACCEPT", "REJECT"]


class ConfirmOrders(Query):
    """The payment and the decision on each of its orders."""

    id: PaymentId
    orders: tuple[OrderDecision, ...]


class Payer(Record):
    """The customer who pays."""

    id: Opt[CustomerId]
    name: Opt[Text]
    phone: Opt[Text]


class PaidTo(Record):
    """The account that is paid to."""

    id: Opt[BankId]
    name: Opt[Text]


class CoveredOrder(Record):
    """An order that the payment is for."""

    po_number: Opt[int]
    order_id: Opt[OrderId]


class CoveredItem(Record):
    """A line of the orders that the payment is for."""

    name: Opt[Text]
    quantity: Opt[int]
    product_meta_id: Opt[VariationId]
    product_id: Opt[ProductId]


class StorefrontRow(Record):
    """A payment as listed; `nominal_unique` are the rupiah added so that a bank line tells whose it is."""

    payment_id: PaymentId
    shop_id: Opt[ShopId]
    nominal_invoice: Opt[Rupiah]
    nominal_unique: Opt[Rupiah]
    nominal_transfer: Opt[Rupiah]
    is_installment: Opt[YesNo]
    payment_from: Opt[Text]
    payment_status: Opt[Text]
    payment_type: Opt[int]
    payment_fee: Opt[Rupiah]
    pg_provider: Opt[Text]
    xendit_id: Opt[Text]
    va_no: Opt[Text]
    created_by: Opt[int]
    updated_by: Opt[int]
    created_at: Opt[When]
    updated_at: Opt[When]
    confirmed_at: Opt[When]
    expired_at: Opt[When]
    old_payment_id: Opt[PaymentId]
    description: Opt[Text]
    customer: Opt[Payer]
    bank: Opt[PaidTo]
    payment_status_code: Opt[int]
    orders: Opt[list[CoveredOrder]]
    products: Opt[list[CoveredItem]]


class PaidToAccount(Record):
    """The account that is paid to, in full."""

    id: Opt[BankId]
    bank: Opt[Text]
    holder_name: Opt[Text]
    bank_number: Opt[Text]
    image: Opt[Text]


class Dropshipper(Record):
    """Who appears as the sender; one of nulls is none."""

    name: Opt[Text]
    phone: Opt[Text]


class Buyer(Record):
    """Who gets the parcel."""

    name: Opt[Text]
    address: Opt[Text]
    phone: Opt[Text]


class StorefrontOrder(Record):
    """An order to decide on; its products are sentences with the quantity at their end."""

    order_id: Opt[OrderId]
    po_number: Opt[int]
    note: Opt[Text]
    reseller: Opt[Text]
    is_dropshipper: Opt[YesNo]
    dropshipper: Opt[Dropshipper]
    customer: Opt[Buyer]
    products: Opt[list[Text]]
    total_amount: Opt[Rupiah]
    is_warehouse: Opt[YesNo]
    warehouse_name: Opt[Text]
    shipping_id: Opt[ServiceId]
    shipping_rate: Opt[Text]
    shipping_logistic: Opt[Text]
    shipping_cost: Opt[Rupiah]
    shipping_logo_url: Opt[Text]


class StorefrontPayment(Record):
    """A payment with its orders; `xendit_message` says what a rejection costs."""

    payment_id: PaymentId
    bill_total: Opt[Rupiah]
    unique_code: Opt[Rupiah] = spelled("unique_code ", "unique_code")
    transfer_total: Opt[Rupiah]
    payment_date: Opt[When]
    holder_name: Opt[Text]
    pg_provider: Opt[Text]
    is_manual_payment: Opt[YesNo]
    bank: Opt[PaidToAccount]
    transfer_image: Opt[Text]
    note: Opt[Text]
    paid_at: Opt[When]
    confirmation_status: Opt[YesNo]
    payment_status_code: Opt[int]
    payment_status: Opt[Text]
    is_installment: Opt[YesNo]
    installment_transferred: Opt[Rupiah]
    payment_fee: Opt[Rupiah]
    virtual_account: Opt[Text]
    is_xendit_pay: Opt[YesNo]
    xendit_message: Opt[Text]
    orders: Opt[list[StorefrontOrder]]


LIST_ORDERS = Endpoint(
    "storefront.list_orders",
    "GET",
    "/order/unconfirmed-privor",
    StorefrontQuery,
    Page[StorefrontRow],
    "Lists Privor and Storefront payments that wait for confirmation, with their orders, page by page.",
)
GET_ORDER = Endpoint(
    "storefront.get_order",
    "GET",
    "/order/unconfirmed-privor/{payment_id}",
    WhichPayment,
    Reply[StorefrontPayment],
    "Gives one Privor or Storefront payment with its orders.",
)
CONFIRM_ORDERS = Endpoint(
    "storefront.confirm_orders",
    "PATCH",
    "/order/confirm",
    ConfirmOrders,
    Anything,
    "Accepts or rejects each order of a Privor or Storefront payment.",
)
