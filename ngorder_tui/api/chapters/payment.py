"""Payment: the balances at OrderPay and Xendit, what came and went, and paying out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import Amount, Day, Digits, Opt, PaymentId, Rupiah, Text, When, Words, XenditBankId
from ngorder_tui.api.models import Page, Paged, Query, Record, Reply


class PaymentQuery(Paged):
    """Which payments are listed: those of OrderPay, and of the current month, if not said."""

    payment_type: Literal["ORDER_PAY", "PAYMENT_GATEWAY"] | None = None
    funds: Literal["OUTGOING", "INCOMING"] | None = None
    start_date: Day | None = None
    end_date: Day | None = None


class Withdraw(Query):
    """How much is paid out to which account: 50000 rupiah at least, and a fee of 45000 comes on top."""

    xendit_bank_id: XenditBankId
    nominal: Annotated[Amount, Field(ge=50_000)]
    holder_name: Words
    account_number: Digits


class PaymentKind(Record):
    """What kind of payment; `status` is + or -."""

    id: Opt[int]
    status: Opt[Text]


class PaymentRow(Record):
    """Money that came or went."""

    id: PaymentId
    transaction_number: Opt[Text]
    type: Opt[PaymentKind]
    date: Opt[When]
    title: Opt[Text]
    description: Opt[Text]
    nominal: Opt[Rupiah]


class OrderpayBalance(Record):
    """Rupiah at OrderPay: all of it, what may be paid out, and what is on hold and why."""

    total: Opt[Rupiah]
    withdrawal_allowed: Opt[Rupiah]
    onhold_total: Opt[Rupiah]
    balance_onhold: Opt[Rupiah]
    withdrawal_onhold: Opt[Rupiah]


class XenditBalance(Record):
    """Rupiah at Xendit."""

    balance: Opt[Rupiah]


LIST = Endpoint(
    "payment.list",
    "GET",
    "/payment",
    PaymentQuery,
    Page[PaymentRow],
    "Lists the payments through OrderPay or the payment gateway.",
    unconfirmed=True,
)
GET_ORDERPAY_BALANCE = Endpoint(
    "payment.get_orderpay_balance",
    "GET",
    "/payment/orderpay-balance",
    Query,
    Reply[OrderpayBalance],
    "Shows the OrderPay balance and what of it is on hold.",
)
GET_XENDIT_BALANCE = Endpoint(
    "payment.get_xendit_balance",
    "GET",
    "/payment/xendit/balance",
    Query,
    Reply[XenditBalance],
    "Shows the Xendit balance.",
)
WITHDRAW = Endpoint(
    "payment.withdraw",
    "POST",
    "/payment/withdraw",
    Withdraw,
    Reply[object],
    "Asks for money to be paid out to a bank account.",
)
