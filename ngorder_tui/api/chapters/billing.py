"""Billing: what the shop pays for the service."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import BillingId, Day, Opt, Rupiah, Text, When, YesNo
from ngorder_tui.api.models import FileReply, Page, Paged, Query, Record, spelled


class BillQuery(Paged):
    """Which bills are listed."""

    start_date: Day | None = None
    end_date: Day | None = None
    per_page: Annotated[int, Field(ge=1, le=100)] | None = None


class OneBill(Query):
    """Which bill."""

    id: BillingId


class AddonRow(Record):
    """An add-on of the shop; `sub_message` tells in words until when."""

    sort: Opt[int]
    class_: Opt[Text] = spelled("class")
    button_title: Opt[Text]
    message: Opt[Text]
    sub_message: Opt[Text]
    active: Opt[YesNo]
    logo: Opt[Text]
    link: Opt[Text]
    package: Opt[Text]


class BillRow(Record):
    """A bill: rupiah asked for and rupiah received."""

    id: BillingId
    invoice: Opt[Text]
    invoice_url: Opt[Text]
    services: Opt[list[Text]]
    created_at: Opt[When]
    payment_date: Opt[When]
    xendit_id: Opt[Text]
    status: Opt[Text]
    amount: Opt[Rupiah]
    received_amount: Opt[Rupiah]
    payment_method: Opt[Text]
    bank_image: Opt[Text]


class Bills(Page[BillRow]):
    """The bills, and the period that they are of."""

    start_date: Opt[When]
    end_date: Opt[When]


LIST_ADDONS = Endpoint(
    "billing.list_addons", "GET", "/billing/addons", Query, Page[AddonRow], "Lists the shop's add-ons."
)
LIST = Endpoint("billing.list", "GET", "/billing", BillQuery, Bills, "Lists the shop's bills.")
DOWNLOAD_INVOICE = Endpoint(
    "billing.download_invoice",
    "GET",
    "/billing/{id}/download",
    OneBill,
    FileReply,
    "Downloads one bill as PDF.",
    sends_file=True,
)
