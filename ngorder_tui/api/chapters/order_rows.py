"""An order as the lists show it: flat, shared by the orders and the canceled orders."""

from __future__ import annotations

from ngorder_tui.api.fields import Number, Opt, OrderId, Rupiah, ShopId, Text, VariationId, When, YesNo
from ngorder_tui.api.models import Record


class OrderedItem(Record):
    """A line of an order; sku, colour, size and picture are told of canceled orders only."""

    product_meta_id: Opt[VariationId]
    sku: Opt[Text]
    name: Opt[Text]
    price: Opt[Rupiah]
    quantity: Opt[int]
    thumbnail_url: Opt[Text]
    color: Opt[Text]
    size: Opt[Text]


class ShopeeSale(Record):
    """What Shopee says of an order that was made there; escrow is what it pays out."""

    ordersn: Opt[Text]
    buyer_username: Opt[Text]
    total_escrow: Opt[Rupiah]
    total_amount: Opt[Rupiah]
    status: Opt[Text]
    payment_method: Opt[Text]


class CostLine(Record):
    """A discount or cost on an order; `nominal` may be negative."""

    category: Opt[Text]
    description: Opt[Text]
    nominal: Opt[Rupiah]
    percentage: Opt[Number]
    is_percentage: Opt[YesNo]


class OrderRow(Record):
    """An order in short; `weight` is in kg."""

    order_id: OrderId
    po_number: Opt[int]
    shop_id: Opt[ShopId]
    order_date: Opt[When]
    sender_name: Opt[Text]
    sender_address: Opt[Text]
    receiver_name: Opt[Text]
    receiver_address: Opt[Text]
    total_amount: Opt[Rupiah]
    shipping_rate: Opt[Text]
    shipping_logistic: Opt[Text]
    weight: Opt[Number]
    note: Opt[Text]
    origin_name: Opt[Text]
    origin_address: Opt[Text]
    cost_of_goods_sold: Opt[Rupiah]
    order_source: Opt[Text]
    other_cost_amount: Opt[Rupiah]
    order_progress_status: Opt[Text]
    order_status: Opt[Text]
    order_category: Opt[Text]
    payment_status: Opt[Text]
    payment_date: Opt[When]
    products: Opt[list[OrderedItem]]
    shopee: Opt[ShopeeSale]
    created_by_name: Opt[Text]
    created_at: Opt[When]
    updated_by_name: Opt[Text]
    updated_at: Opt[When]
    awb_number: Opt[Text]
