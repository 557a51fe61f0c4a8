"""An order whole, as `order.list_details` gives it: nested where the short list is flat."""

from __future__ import annotations

from ngorder_tui.api.chapters.order_rows import CostLine, ShopeeSale
from ngorder_tui.api.fields import (
    BankId,
    CategoryId,
    CustomerId,
    DistrictId,
    Number,
    Opt,
    OrderId,
    PaymentId,
    Rupiah,
    ServiceId,
    ShopId,
    SupplierId,
    Text,
    UserId,
    VariationId,
    When,
    YesNo,
)
from ngorder_tui.api.models import Record, spelled


class Party(Record):
    """A customer with a part in the order: buyer, dropshipper or receiver."""

    id: Opt[CustomerId]
    name: Opt[Text]
    phone: Opt[Text]
    district: Opt[Text]
    city: Opt[Text]
    province: Opt[Text]
    district_id: Opt[DistrictId]
    city_id: Opt[int]
    province_id: Opt[int]
    postal_code: Opt[Text]
    address: Opt[Text]
    line: Opt[Text]
    email: Opt[Text]
    type: Opt[Text]


class Shipping(Record):
    """How the parcel goes, and its cost in rupiah."""

    id: Opt[ServiceId]
    rate_name: Opt[Text]
    logistic_name: Opt[Text]
    cost: Opt[Rupiah]


class Origin(Record):
    """The supplier whose address the parcel leaves from; `is_shipper_active` may be a sentence."""

    id: Opt[SupplierId]
    name: Opt[Text]
    location: Opt[Text]
    phone: Opt[Text]
    address: Opt[Text]
    note: Opt[Text]
    is_shipper_active: Opt[Text]
    city_id: Opt[int]


class BuyersAccount(Record):
    """The account that a payment came from; an account of nulls is none."""

    id: Opt[int]
    account_name: Opt[Text]
    account_number: Opt[Text]
    transfer_image: Opt[Text]


class ShopsAccount(Record):
    """The account that a payment went to."""

    id: Opt[BankId]
    bank_name: Opt[Text]


class BothAccounts(Record):
    """Where a payment came from and went to."""

    origin: Opt[BuyersAccount]
    destination: Opt[ShopsAccount]


class PaymentStep(Record):
    """One payment made on the order."""

    id: Opt[int]
    payment_id: Opt[PaymentId]
    order_id: Opt[OrderId]
    description: Opt[Text]
    nominal: Opt[Rupiah]
    payment_fee: Opt[Rupiah]
    bank: Opt[BothAccounts]
    note: Opt[Text]
    pg_provider: Opt[Text]
    va_no: Opt[Text]
    is_confirmed: Opt[YesNo]
    type: Opt[int]
    is_installment_first: Opt[YesNo]
    created_by: Opt[UserId]
    updated_by: Opt[UserId]
    paid_at: Opt[When]


class OrderPayments(Record):
    """The payments on the order; the reference spells the key `payment_histoy`."""

    payment_history: Opt[list[PaymentStep]] = spelled("payment_histoy", "payment_history")


class Waybill(Record):
    """The air waybill number and when it was stored."""

    updated_at: Opt[When] = spelled("update_at", "updated_at")
    number: Opt[Text]


class ItemCategory(Record):
    """The product category of a line."""

    id: Opt[CategoryId]
    name: Opt[Text]


class DetailedItem(Record):
    """A line of the order; `description` is HTML."""

    product_meta_id: Opt[VariationId]
    name: Opt[Text]
    category: Opt[ItemCategory]
    description: Opt[Text]
    product_status: Opt[Text]
    price: Opt[Rupiah]
    cost_of_goods_sold: Opt[Rupiah]
    quantity: Opt[int]
    discount_nominal: Opt[Rupiah]
    discount_percentage: Opt[Number]
    is_warehouse: Opt[YesNo]


class Author(Record):
    """The user who made or changed the order."""

    id: Opt[UserId]
    name: Opt[Text]
    email: Opt[Text]


class OrderDetail(Record):
    """An order with its parties, payments, costs and lines; `weight` is in kg and may have decimals."""

    record_id: Opt[Text] = spelled("_id")
    order_id: OrderId
    po_number: Opt[int]
    shop_id: Opt[ShopId]
    order_date: Opt[When]
    customer: Opt[Party]
    dropshipper: Opt[Party]
    receiver: Opt[Party]
    total_amount: Opt[Rupiah]
    shipping: Opt[Shipping]
    weight: Opt[Number]
    note: Opt[Text]
    origin: Opt[Origin]
    payment: Opt[OrderPayments]
    cost_of_goods_sold: Opt[Rupiah]
    order_source: Opt[Text]
    order_cost: Opt[list[CostLine]]
    awb: Opt[Waybill]
    discount_amount: Opt[Rupiah]
    order_cost_amount: Opt[Rupiah]
    coupon: Opt[Text]
    is_printed: Opt[YesNo]
    is_shipper_order: Opt[YesNo]
    is_note_print: Opt[YesNo]
    order_progress_status: Opt[Text]
    order_status: Opt[Text]
    order_category: Opt[Text]
    is_private_order: Opt[YesNo]
    payment_status: Opt[Text]
    payment_date: Opt[When]
    products: Opt[list[DetailedItem]]
    shopee: Opt[ShopeeSale]
    created_by: Opt[Author]
    updated_by: Opt[Author]
    updated_at: Opt[When]
    created_at: Opt[When]
