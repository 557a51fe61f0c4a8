"""Woowa Order: WhatsApp messages about an order."""

from __future__ import annotations

from typing import Literal

from ngorder_tui.api.chapters.woowa_customer import SentMessage
from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import Opt, OrderId, Text, Words
from ngorder_tui.api.models import Anything, Query, Record, Reply


class SendMessage(Query):
    """The text and the order it is about."""

    id: OrderId
    message: Words


class MessageQuery(Query):
    """Which message for which order; without a type, the reminder."""

    id: OrderId
    type: Literal["REMINDER", "ORDER_PROCESSED", "ORDER_COMPLETED", "ORDER_CANCELED", "PROMO"] | None = None


class WhichOrder(Query):
    """The order, as a part of the path."""

    order_id: OrderId


class OrderMessage(Record):
    """A message with the order's values filled in."""

    id: Opt[int]
    type: Opt[Text]
    title: Opt[Text]
    customer_phone: Opt[Text]
    message: Opt[Text]


SEND_MESSAGE = Endpoint(
    "woowa_order.send_message",
    "POST",
    "/woowa/order/message",
    SendMessage,
    Reply[SentMessage],
    "Sends a WhatsApp message about an order.",
)
GET_MESSAGE = Endpoint(
    "woowa_order.get_message",
    "GET",
    "/woowa/order/message",
    MessageQuery,
    Reply[OrderMessage],
    "Gives the filled-in message of one kind for an order.",
)
LIST_MESSAGES = Endpoint(
    "woowa_order.list_messages",
    "GET",
    "/woowa/order/messages/{order_id}",
    WhichOrder,
    Anything,
    "Gives all filled-in messages for an order.",
)
