"""Order: made, changed, paid and listed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ngorder_tui.api.chapters.order_details import OrderDetail
from ngorder_tui.api.chapters.order_parts import OrderCost, OrderExpedition, OrderLine, OrderPayment, StockOrigin
from ngorder_tui.api.chapters.order_rows import OrderRow
from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import (
    Amount,
    BankId,
    CustomerId,
    Day,
    Opt,
    OrderId,
    OrderSourceId,
    PaymentId,
    Quantity,
    Rupiah,
    SupplierId,
    Text,
    UserId,
    VariationId,
    WarehouseId,
    When,
    Words,
    YesNo,
    whole,
)
from ngorder_tui.api.models import Anything, FileReply, Page, Paged, Query, Record, Reply

PaymentStatus = Literal["UNPAID", "PAID", "INSTALLMENT"]
Progress = Literal["UNPAID", "NO AWB", "ON PROCESS", "DELIVERED", "UNPROCESSED", "INSTALLMENT"]
MadeIn = Literal["APP", "PRIVOR", "STORE_FRONT", "SHOPEE", "QUICK_ORDER", "UNCATEGORIZED"]
KeywordField = Literal[
    "ORDER_ID", "CUSTOMER_NAME", "AWB_NUMBER", "CUSTOMER_PHONE", "SHOPEE_INVOICE", "PRODUCT_NAME", "SKU",
    "SHIPPER_TRACKING",
]  # fmt: skip
SortDate = Literal["ORDER_DATE", "PAYMENT_DATE"]
Courier = Annotated[Literal[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 98, 99], BeforeValidator(whole)]
"""1 JNE, 2 TIKI, 3 POS, 4 SICEPAT, 5 WAHANA, 6 JNT, 7 Alfatrex, 8 Lion Parcel, 9 Ninja Xpress, 10 SAP, 11 RPX,
98 pick-up at the shop, 99 manual input: a number space of these filters alone."""
Pickup = Annotated[Literal[0, 1, 2], BeforeValidator(whole)]
"""0 ready to send, 1 pickup asked for, 2 delivered."""


class WholesaleQuery(Query):
    """Which variation, and how many of it."""

    variation_id: VariationId
    qty: Quantity


class PriceAccessQuery(Query):
    """Which customer category: N, Y, D or a custom code."""

    customer_category_code: Words


class CreateOrder(Query):
    """A new order."""

    customer_sender_id: CustomerId
    customer_receiver_id: CustomerId
    supplier_id: SupplierId
    order_date: Day
    order_source_id: OrderSourceId | None = None
    note: Words | None = None
    is_print: bool
    products: tuple[OrderLine, ...]
    expedition: OrderExpedition
    payment: OrderPayment
    order_cost: tuple[OrderCost, ...] | None = None
    awb_number: Words | None = None
    send_sms: bool | None = None
    marketplace_awb: Words | None = None
    source: Literal["MOBILE", "WEB"]


class AddAwb(Query):
    """The air waybill number of an order."""

    id: OrderId
    awb_number: Words


class OrderQuery(Paged):
    """Which orders; without a period, those of the last 30 days."""

    keyword: Words | None = None
    payment_status: PaymentStatus | None = None
    order_progress_status: Progress | None = None
    order_category: MadeIn | None = None
    order_source_id: OrderSourceId | None = None
    type: KeywordField | None = None
    order_by: SortDate | None = None
    start_date: Day | None = None
    end_date: Day | None = None
    user_id: UserId | None = None
    bank_id: BankId | None = None
    warehouse_id: WarehouseId | None = None
    customer_category_code: Words | None = None
    expedition_id: Courier | None = None
    pickup: Pickup | None = None
    print_status: Literal["Y", "N"] | None = None
    product_type: StockOrigin | None = None
    per_page: Annotated[int, Field(ge=1, le=100)] | None = None


class OrderDetailQuery(Paged):
    """Which orders, by state and day of creation; these words are not those of the short list."""

    order_status: Literal["ACCEPTED", "REJECTED"] | None = None
    payment_status: (
        Literal["UNPAID", "PAID", "FAIL", "WAITING_CONFIRMATION", "WAITING PAYMENT", "REFUND_REJECTED", "EXPIRED"]
        | None
    ) = None
    order_progress_status: Literal["UNPAID", "NO AWB", "ON PROCESS", "DELIVERED"] | None = None
    order_category: Literal["APP", "PRIVOR", "SF_MEMBER", "SF_GUEST", "SHOPEE"] | None = None
    create_from: Day | None = None
    create_to: Day | None = None
    per_page: Annotated[int, Field(ge=1, le=100)] | None = None


class PaymentHistoryQuery(Query):
    """Whose payments: `id` is an order's, or a payment's where status is PAYMENT."""

    id: OrderId | PaymentId
    status: Literal["ORDER", "PAYMENT"] | None = None


class AdminRevenueQuery(Query):
    """Which period; without one, the current month."""

    start_date: Day | None = None
    end_date: Day | None = None


class OrderDownload(Paged):
    """Which orders go into the file; `without_being_sent` asks for it as the answer, not by e-mail."""

    payment_status: PaymentStatus | None = None
    order_progress_status: Progress | None = None
    order_category: MadeIn | None = None
    order_source_id: OrderSourceId | None = None
    type: KeywordField | None = None
    keyword: Words | None = None
    order_by: SortDate | None = None
    start_date: Day | None = None
    end_date: Day | None = None
    user_id: UserId | None = None
    bank_id: BankId | None = None
    warehouse_id: WarehouseId | None = None
    customer_category_code: Words | None = None
    expedition_id: Courier | None = None
    pickup: Pickup | None = None
    print_status: Literal["Y", "N"] | None = None
    without_being_sent: bool | None = None
    per_page: Annotated[int, Field(ge=1, le=100)] | None = None


class NewPayment(Query):
    """A payment that came in; the amount is needed for an instalment."""

    status: Literal["PAID", "INSTALLMENT"]
    date: Day
    bank_id: BankId
    amount: Amount | None = None
    cost_of_goods_sales: Amount | None = None


class UpdatePayment(Query):
    """A payment and the order it is for."""

    id: OrderId
    payment: NewPayment


class UpdateOrder(Query):
    """The order as it shall be; its day cannot be changed."""

    order_id: OrderId
    customer_sender_id: CustomerId
    customer_receiver_id: CustomerId
    supplier_id: SupplierId
    order_source_id: OrderSourceId | None = None
    note: Words | None = None
    is_print: bool
    products: tuple[OrderLine, ...]
    expedition: OrderExpedition
    payment: OrderPayment
    order_cost: tuple[OrderCost, ...] | None = None
    awb_number: Words | None = None
    send_sms: bool | None = None
    marketplace_awb: Words | None = None
    source: Literal["MOBILE", "WEB"]


class WhichOrder(Query):
    """The order, as a part of the path."""

    order_id: OrderId


class WholesalePrice(Record):
    """The price of one piece at that quantity."""

    variation_id: Opt[VariationId]
    quantity: Opt[int]
    price: Opt[Rupiah]


class PriceAccess(Record):
    """Which price cuts a customer category gets."""

    wholesale_access: Opt[YesNo]
    discount_access: Opt[YesNo]


class SavedOrder(Record):
    """The order that was made or changed."""

    order_id: Opt[OrderId]
    po_number: Opt[int]


class SmsNotice(Record):
    """What became of the SMS to the buyer."""

    id: Opt[int]
    title: Opt[Text]
    content: Opt[Text]


class AwbAdded(SavedOrder):
    """The order that has its air waybill number now; the notice tells the SMS credit left."""

    notification: Opt[SmsNotice]


class PaidOrder(SavedOrder):
    """The order that was paid on; its status is a code that the reference does not explain."""

    payment_status: Opt[Text]


class PaymentRow(Record):
    """A payment made on an order."""

    payment_id: PaymentId
    bank_id: Opt[BankId]
    bank_name: Opt[Text]
    account_number: Opt[Text]
    paid_at: Opt[When]
    created_at: Opt[When]
    nominal: Opt[Rupiah]
    status: Opt[Text]


class PaymentHistory(Page[PaymentRow]):
    """The payments made on an order."""

    response: Opt[Text]


class AdminRevenue(Record):
    """What one user sold; user 0 gathers the orders that have none."""

    user_id: UserId
    name: Opt[Text]
    level: Opt[Text]
    net_sales: Opt[Rupiah]
    gross_profit: Opt[Rupiah]
    order_count: Opt[int]
    item_sold: Opt[int]


GET_WHOLESALE_PRICE = Endpoint(
    "order.get_wholesale_price",
    "GET",
    "/order/wholesale",
    WholesaleQuery,
    Reply[WholesalePrice],
    "Gives the price of a variation at a quantity.",
)
GET_PRICE_ACCESS = Endpoint(
    "order.get_price_access",
    "GET",
    "/order/check-price/{customer_category_code}",
    PriceAccessQuery,
    Reply[PriceAccess],
    "Tells whether a customer category gets discounts and wholesale prices.",
)
CREATE = Endpoint("order.create", "POST", "/order", CreateOrder, Reply[SavedOrder], "Makes an order.")
ADD_AWB = Endpoint(
    "order.add_awb",
    "POST",
    "/order/awb-number/add",
    AddAwb,
    Reply[AwbAdded],
    "Stores the air waybill number of an order.",
)
LIST = Endpoint("order.list", "GET", "/order", OrderQuery, Page[OrderRow], "Lists orders in short form, page by page.")
LIST_DETAILS = Endpoint(
    "order.list_details",
    "GET",
    "/order/details",
    OrderDetailQuery,
    Page[OrderDetail],
    "Lists orders in full form, page by page.",
)
LIST_PAYMENT_HISTORY = Endpoint(
    "order.list_payment_history",
    "GET",
    "/order/payment-history",
    PaymentHistoryQuery,
    PaymentHistory,
    "Lists the payments made on an order.",
)
LIST_ADMIN_REVENUE = Endpoint(
    "order.list_admin_revenue",
    "GET",
    "/order/admin-revenue",
    AdminRevenueQuery,
    Page[AdminRevenue],
    "Gives sales, profit and order counts per user.",
)
DOWNLOAD = Endpoint(
    "order.download",
    "GET",
    "/order/download",
    OrderDownload,
    FileReply,
    "Has the order list e-mailed, or answered directly if asked.",
    sends_file=True,
)
UPDATE_PAYMENT = Endpoint(
    "order.update_payment",
    "PATCH",
    "/order/quick-payment",
    UpdatePayment,
    Reply[PaidOrder],
    "Records a payment or instalment on an order.",
)
UPDATE = Endpoint("order.update", "PATCH", "/order", UpdateOrder, Anything, "Changes an order.")
DELETE_INSTALLMENT_HISTORY = Endpoint(
    "order.delete_installment_history",
    "DELETE",
    "/order/installment/{order_id}",
    WhichOrder,
    Reply[object],
    "Deletes the instalments recorded on an order.",
)
