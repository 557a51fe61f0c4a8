"""Notification: what happened in the shop, and news of the service."""

from __future__ import annotations

from typing import Literal

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import NotificationId, Opt, Text, UserId, Words
from ngorder_tui.api.models import Page, Paged, Query, Record, Reply

NotificationKind = Literal["ACTIVITY", "NEWS"]


class NotificationQuery(Paged):
    """Which kind of notification; without one, activity."""

    type: NotificationKind | None = None


class CreateToken(Query):
    """A device that shall get push messages, by its Firebase token."""

    token: Words
    device: Words | None = None


class MarkRead(Query):
    """Which notification was read; without an id, all of the kind."""

    id: NotificationId | None = None
    type: NotificationKind | None = None


class NotificationAction(Record):
    """What the notification leads to: a kind of thing and its number there."""

    data_id: Opt[int]
    type: Opt[Text]
    api_path: Opt[Text]


class NotificationRow(Record):
    """A notification; `content` is HTML and `body` the same as plain text."""

    id: NotificationId
    title: Opt[Text]
    content: Opt[Text]
    body: Opt[Text]
    icon: Opt[Text]
    web_path: Opt[Text]
    action: Opt[NotificationAction]
    time_ago: Opt[Text]


class NotificationPage(Page[NotificationRow]):
    """A page of notifications and how many of the kind are unread."""

    unread_count: Opt[int]


class UnreadCount(Record):
    """How many are unread; the texts for display are capped."""

    activity: Opt[int]
    news: Opt[int]
    activity_display: Opt[Text]
    news_display: Opt[Text]


class DeviceToken(Record):
    """The device that gets push messages now."""

    token: Opt[Text]
    device: Opt[Text]
    user_id: Opt[UserId]


LIST = Endpoint(
    "notification.list",
    "GET",
    "/notification",
    NotificationQuery,
    NotificationPage,
    "Lists notifications of one kind, page by page, with the unread count.",
)
GET_UNREAD_COUNT = Endpoint(
    "notification.get_unread_count",
    "GET",
    "/notification/unread",
    Query,
    Reply[UnreadCount],
    "Counts unread notifications.",
)
CREATE_TOKEN = Endpoint(
    "notification.create_token",
    "POST",
    "/notification/token",
    CreateToken,
    Reply[DeviceToken],
    "Registers a device for push messages.",
)
MARK_READ = Endpoint(
    "notification.mark_read",
    "POST",
    "/notification/read",
    MarkRead,
    Reply[object],
    "Marks one notification, or all of a kind, as read.",
)
