"""Shipment: parcels on their way, pickups, and what cash on delivery brings in."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import Day, InvoiceId, Opt, OrderId, Rupiah, SupplierId, Text, When, Words, YesNo
from ngorder_tui.api.models import Anything, FileReply, Page, Paged, Query, Record, Reply

AtMost100 = Annotated[int, Field(ge=1, le=100)]


class OneOrder(Query):
    """Which order."""

    order_id: OrderId


class PickupLine(Query):
    """Which order's parcel is handed over, and how; fetched if not said."""

    id: OrderId
    service: Literal["PICKUP", "DROP_OFF"] | None = None


class RequestPickup(Query):
    """The parcels that are handed over."""

    pickup_request: tuple[PickupLine, ...]


class CancelPickup(Query):
    """Which order's pickup is called off, and why: JNE needs a reason."""

    id: OrderId
    reason: Words | None = None


class InvoiceQuery(Paged):
    """Which shipping invoices or settlements are listed; `courier` is a name of list_cod_couriers."""

    courier: Words | None = None
    start_date: Day | None = None
    end_date: Day | None = None
    status: Literal["COMPLETE", "PENDING"] | None = None
    per_page: AtMost100 | None = None


class ReportQuery(Query):
    """Which courier's report, and of how many days: 31 at most."""

    courier: Words | None = None
    interval: Annotated[int, Field(ge=1, le=31)] | None = None


class InvoiceCsv(Query):
    """Which invoice, by the id of list_invoices."""

    id: Annotated[InvoiceId, Field(min_length=1)]


class InvoicePdf(Query):
    """Which invoice, by the id of list_invoices."""

    invoice_id: Annotated[InvoiceId, Field(min_length=1)]


class DownloadShipments(Query):
    """Which parcels: READY_TO_SHIP if not said; `type` tells what the keyword is compared with."""

    keyword: Words | None = None
    courier: Words | None = None
    status: (
        Literal[
            "READY_TO_SHIP",
            "PICKUP_REQUEST",
            "UNPICK",
            "ON_PROCESS",
            "DELIVERED",
            "RETURNED",
            "LOST",
            "INVALID",
            "SHIPMENT_PROBLEM",
            "DROPOFF",
        ]
        | None
    ) = None
    type: Literal["ORDER_ID", "CUSTOMER_NAME", "AWB_NUMBER"] | None = None
    start_date: Day | None = None
    end_date: Day | None = None
    cod_status: Literal["NON_COD", "COD"] | None = None
    supplier_id: SupplierId | None = None


class ShipmentQuery(Paged, DownloadShipments):
    """Which parcels are listed."""


class ShownOrder(Record):
    """The order whose parcel was meant."""

    id: Opt[OrderId]


class PickupReply(Reply[object]):
    """The orders whose parcels will be handed over stand beside the envelope."""

    success_data: Opt[list[OrderId]]
    status: Opt[Text]


class CodCourier(Record):
    """A courier that is turned on for cash on delivery."""

    expedition_name: Opt[Text]
    logo_url: Opt[Text]


class InvoiceRow(Record):
    """A shipping invoice."""

    id: InvoiceId
    date: Opt[When]
    vendor: Opt[Text]
    invoice_number: Opt[Text]
    total: Opt[Rupiah]
    status: Opt[Text]


class SettlementRow(Record):
    """What a courier collected and passes on."""

    date: Opt[When]
    vendor: Opt[Text]
    invoice_number: Opt[Text]
    description: Opt[Text]
    total: Opt[Rupiah]
    status: Opt[Text]


class Settlements(Page[SettlementRow]):
    """The settlements, and the rupiah that can be withdrawn now."""

    withdrawable_balance: Opt[Rupiah]


class Sender(Record):
    """The origin address that a parcel leaves from."""

    name: Opt[Text]
    address: Opt[Text]
    location: Opt[Text]
    code: Opt[Text]
    phone: Opt[Text]


class Receiver(Record):
    """Whom a parcel goes to."""

    name: Opt[Text]
    address: Opt[Text]
    district: Opt[Text]
    city: Opt[Text]
    postal_code: Opt[Text]


class Carriage(Record):
    """Which courier carries a parcel, and what it collects on delivery."""

    logistic_name: Opt[Text]
    rate_name: Opt[Text]
    is_cod: Opt[YesNo]
    cod_amount: Opt[Rupiah]
    awb_number: Opt[Text]


class HandingOver(Record):
    """The ways in which a parcel may be handed over."""

    pickup: Opt[YesNo]
    drop_off: Opt[YesNo]


class ShipmentRow(Record):
    """A parcel; `dropship` is an empty list where nobody else is named as the sender."""

    order_id: OrderId
    order_date: Opt[When]
    request_date: Opt[When]
    po_number: Opt[int]
    supplier: Opt[Sender]
    customer: Opt[Receiver]
    expedition: Opt[Carriage]
    service: Opt[HandingOver]
    dropship: Opt[object]


class Shipments(Page[ShipmentRow]):
    """The parcels, and the least number of them that is fetched or taken in."""

    message: Opt[Text]
    min_pickup: Opt[int]
    min_drop_off: Opt[int]
    is_cancel_requirement: Opt[YesNo]


RESEND = Endpoint(
    "shipment.resend",
    "POST",
    "/shipping/resend/{order_id}",
    OneOrder,
    Reply[ShownOrder],
    "Puts a parcel back among those that are ready to ship.",
)
REQUEST_PICKUP = Endpoint(
    "shipment.request_pickup",
    "POST",
    "/shipping/pickup-request",
    RequestPickup,
    PickupReply,
    "Asks couriers to fetch parcels, or tells them that parcels will be dropped off.",
)
CANCEL_PICKUP = Endpoint(
    "shipment.cancel_pickup", "POST", "/shipping/cancel-pickup", CancelPickup, Reply[OrderId], "Calls off a pickup."
)
LIST_COD_COURIERS = Endpoint(
    "shipment.list_cod_couriers",
    "GET",
    "/shipping/cod-active",
    Query,
    Page[CodCourier],
    "Lists the couriers that are turned on for cash on delivery.",
)
LIST_INVOICES = Endpoint(
    "shipment.list_invoices",
    "GET",
    "/shipping/invoice",
    InvoiceQuery,
    Page[InvoiceRow],
    "Lists the shipping invoices.",
)
GET_REPORT = Endpoint(
    "shipment.get_report",
    "GET",
    "/shipping/report",
    ReportQuery,
    Anything,
    "Shows the shipping report of the last days.",
)
DOWNLOAD_REPORT = Endpoint(
    "shipment.download_report",
    "GET",
    "/shipping/report/download",
    ReportQuery,
    FileReply,
    "Downloads the shipping report of the last days as CSV.",
    sends_file=True,
)
DOWNLOAD_INVOICE_CSV = Endpoint(
    "shipment.download_invoice_csv",
    "GET",
    "/shipping/invoice/download/csv/{id}",
    InvoiceCsv,
    FileReply,
    "Downloads one shipping invoice as CSV.",
    sends_file=True,
)
DOWNLOAD_INVOICE_PDF = Endpoint(
    "shipment.download_invoice_pdf",
    "GET",
    "/shipping/invoice/download/pdf/{invoice_id}",
    InvoicePdf,
    FileReply,
    "Downloads one shipping invoice as PDF.",
    sends_file=True,
)
LIST_PAYMENTS = Endpoint(
    "shipment.list_payments",
    "GET",
    "/shipping/payment",
    InvoiceQuery,
    Settlements,
    "Lists what cash on delivery brought in, with the balance that can be withdrawn.",
)
LIST = Endpoint("shipment.list", "GET", "/shipping", ShipmentQuery, Shipments, "Lists the parcels.")
DOWNLOAD = Endpoint(
    "shipment.download",
    "GET",
    "/shipping/download",
    DownloadShipments,
    FileReply,
    "Downloads the parcels as an Excel file.",
    sends_file=True,
)
DELETE_ORDER = Endpoint(
    "shipment.delete_order",
    "DELETE",
    "/shipping/remove/{order_id}",
    OneOrder,
    Reply[ShownOrder],
    "Takes an order off the list of parcels.",
)
