"""Setting payment fee: admin fees by customer category, and the shop's Xendit key."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import AdminFeeId, Amount, BankId, Opt, Rupiah, Secret, Text, Words, YesNo
from ngorder_tui.api.models import Page, Query, Record, Reply

Fee = Annotated[Amount, Field(le=4500)]
"""Whole rupiah, 4500 at most."""


class CreateAdminFee(Query):
    """A fee for a customer category; `catgory_code`, the reference's spelling, is N, Y, D or a code of the shop's."""

    nominal: Fee
    catgory_code: Words


class UpdateAdminFee(Query):
    """A fee as it shall be."""

    id: AdminFeeId
    nominal: Fee
    catgory_code: Words


class UpdateXenditKey(Query):
    """The shop's key at Xendit."""

    xendit_key: Secret


class SavedAdminFee(Record):
    """A fee as saved."""

    id: Opt[AdminFeeId]
    nominal: Opt[Rupiah]
    category_code: Opt[Text]


class FeeCategory(Record):
    """The customer category that pays a fee."""

    code: Opt[Text]
    name: Opt[Text]


class AdminFeeRow(Record):
    """A fee and who pays it."""

    id: AdminFeeId
    nominal: Opt[Rupiah]
    customer_category: Opt[FeeCategory]


class XenditBank(Record):
    """A bank that the shop takes money at through Xendit."""

    id: BankId
    name: Opt[Text]
    holder_name: Opt[Text]
    bank_number: Opt[Text]
    image: Opt[Text]


class SavedXenditKey(Record):
    """The key as saved."""

    xendit_key: Annotated[Opt[Text], Field(repr=False, json_schema_extra={"secret": True})]


class XenditSetting(SavedXenditKey):
    """The shop's key at Xendit, whether it is in use, and for which banks."""

    is_xendit_active: Opt[YesNo]
    bank_support: Opt[list[XenditBank]]


CREATE_ADMIN_FEE = Endpoint(
    "payment_setting.create_admin_fee",
    "POST",
    "/setting/payment/admin-fee",
    CreateAdminFee,
    Reply[SavedAdminFee],
    "Adds an admin fee for a customer category.",
)
LIST_ADMIN_FEES = Endpoint(
    "payment_setting.list_admin_fees",
    "GET",
    "/setting/payment/admin-fee",
    Query,
    Page[AdminFeeRow],
    "Lists the admin fees.",
)
UPDATE_ADMIN_FEE = Endpoint(
    "payment_setting.update_admin_fee",
    "PATCH",
    "/setting/payment/admin-fee",
    UpdateAdminFee,
    Reply[SavedAdminFee],
    "Changes an admin fee.",
)
GET_XENDIT = Endpoint(
    "payment_setting.get_xendit",
    "GET",
    "/setting/payment/xendit",
    Query,
    Reply[XenditSetting],
    "Shows the shop's Xendit key, whether it is in use, and its banks.",
    holds_secret=True,
)
UPDATE_XENDIT_KEY = Endpoint(
    "payment_setting.update_xendit_key",
    "PATCH",
    "/setting/payment/xendit",
    UpdateXenditKey,
    Reply[SavedXenditKey],
    "Changes the shop's Xendit key.",
    unconfirmed=True,
    holds_secret=True,
)
