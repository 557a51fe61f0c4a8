"""Woowa Customer: WhatsApp messages to customers."""

from __future__ import annotations

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import CustomerId, Opt, Text, Words, YesNo
from ngorder_tui.api.models import Page, Query, Record, Reply


class SendBulkMessage(Query):
    """The text, with placeholders such as {%shopname%}, and who gets it."""

    customers: tuple[CustomerId, ...]
    template: Words


class TemplateRow(Record):
    """A text with placeholders and line breaks."""

    id: int
    type: Opt[Text]
    template: Opt[Text]


class SentMessage(Record):
    """The text as it went out."""

    text: Opt[Text]
    msid: Opt[Text]
    status: Opt[YesNo]


LIST_TEMPLATES = Endpoint(
    "woowa_customer.list_templates",
    "GET",
    "/woowa/customer",
    Query,
    Page[TemplateRow],
    "Lists the WhatsApp message templates for customers.",
)
SEND_BULK_MESSAGE = Endpoint(
    "woowa_customer.send_bulk_message",
    "POST",
    "/woowa/customer",
    SendBulkMessage,
    Reply[SentMessage],
    "Sends a WhatsApp message to several customers.",
)
