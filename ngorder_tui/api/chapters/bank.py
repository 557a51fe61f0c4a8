"""Bank: the shop's accounts, and the banks there are."""

from __future__ import annotations

from typing import Literal

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import BankId, BankMasterId, Digits, Opt, Secret, Text, Words, YesNo
from ngorder_tui.api.models import Page, Query, Record, Reply


class BankKindQuery(Query):
    """Whether business banks are left out."""

    without_business_bank: bool | None = None


class XenditBankQuery(Query):
    """Part of a bank's name."""

    keyword: Words | None = None


class CreateBank(Query):
    """A new bank account; a business bank needs its company id, too. The login serves to follow its mutations."""

    bank_type: Words
    account_number: Digits
    holder_name: Words
    branch: Words
    username: Secret | None = None
    pin: Secret | None = None
    corporate_id: Words | None = None


class BankQuery(Query):
    """Own accounts, or those at a payment gateway."""

    type: Literal["BANK", "PAYMENT GATEWAY"]


class BankDetailQuery(Query):
    """The account, as a part of the path."""

    id: BankId


class UpdateBank(Query):
    """What shall be different about a bank account; its kind of bank is always sent."""

    bank_id: BankId
    bank_type: Words
    account_number: Digits | None = None
    holder_name: Words | None = None
    branch: Words | None = None
    username: Secret | None = None
    pin: Secret | None = None
    corporate_id: Words | None = None


class WhichBank(Query):
    """The account, as a part of the path."""

    bank_id: BankId


class BankKind(Record):
    """A kind of bank; accounts name it by `bank_type`."""

    bank_type: Opt[Text]
    bank_label: Opt[Text]
    bank_family: Opt[Text]
    image: Opt[Text]
    web_login_url: Opt[Text]
    status: Opt[YesNo]


class XenditBank(Record):
    """A bank that Xendit can pay to."""

    id: BankMasterId
    name: Opt[Text]
    code: Opt[Text]
    can_disburse: Opt[YesNo]
    can_name_validate: Opt[YesNo]


class SavedBank(Record):
    """The account that was made or changed; `name` is its kind of bank."""

    bank_id: Opt[BankId]
    name: Opt[Text]


class BankAccount(Record):
    """An account of the shop."""

    bank_id: BankId
    bank_name: Opt[Text]
    bank_type: Opt[Text]
    branch: Opt[Text]
    holder_name: Opt[Text]
    account_number: Opt[Text]
    image: Opt[Text]
    type: Opt[Text]


LIST_MASTER = Endpoint(
    "bank.list_master",
    "GET",
    "/bank/master",
    BankKindQuery,
    Page[BankKind],
    "Lists the kinds of bank the platform knows.",
)
LIST_XENDIT_MASTER = Endpoint(
    "bank.list_xendit_master",
    "GET",
    "/bank/master/xendit",
    XenditBankQuery,
    Page[XenditBank],
    "Lists the banks Xendit can pay to.",
    unconfirmed=True,
)
CREATE = Endpoint(
    "bank.create", "POST", "/bank/create", CreateBank, Reply[SavedBank], "Adds a bank account to the shop."
)
LIST = Endpoint(
    "bank.list", "GET", "/bank", BankQuery, Page[BankAccount], "Lists the shop's bank accounts.", unconfirmed=True
)
GET = Endpoint(
    "bank.get", "GET", "/bank/{id}/detail", BankDetailQuery, BankAccount, "Gives one of the shop's bank accounts."
)
UPDATE = Endpoint(
    "bank.update", "PATCH", "/bank/update", UpdateBank, Reply[SavedBank], "Changes one of the shop's bank accounts."
)
DELETE_MUTATION = Endpoint(
    "bank.delete_mutation",
    "DELETE",
    "/bank/delete-mutation/{bank_id}",
    WhichBank,
    Reply[SavedBank],
    "Stops following a bank account's mutations.",
)
DELETE = Endpoint(
    "bank.delete",
    "DELETE",
    "/bank/delete/{bank_id}",
    WhichBank,
    Reply[object],
    "Deletes one of the shop's bank accounts.",
)
