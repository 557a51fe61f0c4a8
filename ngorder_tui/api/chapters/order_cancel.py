"""Cancel Order: orders that were canceled, rejected or have expired."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ngorder_tui.api.chapters.order_rows import CostLine, OrderRow
from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import Day, Opt, OrderId, Rupiah, ServiceId, Text, YesNo
from ngorder_tui.api.models import Anything, FileReply, Page, Paged, Query, Record, Reply

Ending = Literal["CANCEL", "REJECTED", "EXPIRED"]


class CancelOrder(Query):
    """The order to cancel."""

    id: OrderId


class CanceledOrderQuery(Paged):
    """Which ended orders."""

    type: Ending | None = None
    start_date: Day | None = None
    end_date: Day | None = None
    per_page: Annotated[int, Field(ge=1, le=50)] | None = None


class CanceledOrderDownload(Query):
    """Which ended orders go into the file."""

    type: Ending | None = None
    start_date: Day | None = None
    end_date: Day | None = None


class RestoreOrder(Query):
    """The canceled order that shall be active again."""

    id: OrderId


class DeleteCanceledOrder(Query):
    """The canceled order to delete; the reference asks for it in the path and, as `id`, in the body."""

    order_id: OrderId
    id: OrderId | None = None


class CanceledOrder(Record):
    """The order that was canceled."""

    order_id: Opt[OrderId]
    po_number: Opt[int]


class CanceledOrderRow(OrderRow):
    """An ended order: the short form and some more."""

    username: Opt[Text]
    invoice: Opt[Text]
    sender_category: Opt[Text]
    sender_category_code: Opt[Text]
    receiver_phone: Opt[Text]
    remaining_amount: Opt[Rupiah]
    shipping_id: Opt[ServiceId]
    shipping_cost: Opt[Rupiah]
    product_status: Opt[Text]
    cost_of_goods_sales: Opt[Rupiah]
    order_cost: Opt[list[CostLine]]
    bank_name: Opt[Text]
    warehouse_name: Opt[Text]
    cod_status: Opt[YesNo]


CREATE = Endpoint(
    "order_cancel.create", "POST", "/order/cancel", CancelOrder, Reply[CanceledOrder], "Cancels an order."
)
LIST = Endpoint(
    "order_cancel.list",
    "GET",
    "/order-cancel",
    CanceledOrderQuery,
    Page[CanceledOrderRow],
    "Lists canceled, rejected or expired orders, page by page.",
)
DOWNLOAD = Endpoint(
    "order_cancel.download",
    "GET",
    "/order-cancel/download",
    CanceledOrderDownload,
    FileReply,
    "Downloads canceled, rejected or expired orders as an Excel file.",
    sends_file=True,
)
RESTORE = Endpoint(
    "order_cancel.restore",
    "POST",
    "/order-cancel/return",
    RestoreOrder,
    Anything,
    "Makes a canceled order active again.",
)
DELETE = Endpoint(
    "order_cancel.delete",
    "DELETE",
    "/order-cancel/{order_id}",
    DeleteCanceledOrder,
    Anything,
    "Deletes a canceled order for good.",
)
