"""User: the people who work in the shop."""

from __future__ import annotations

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import Opt, Phone, Secret, Text, UserId, Words
from ngorder_tui.api.models import Page, Query, Record, Reply


class UpdateProfile(Query):
    """The calling user's name and phone; a new password only together with its repetition."""

    full_name: Words
    phone_number: Phone
    password: Secret | None = None
    password_confirmation: Secret | None = None


class UserRow(Record):
    """A user of the shop."""

    id: UserId
    name: Opt[Text]
    email: Opt[Text]


class Users(Page[UserRow]):
    """The users of the shop."""

    response: Opt[Text]


class Profile(Record):
    """The calling user as saved."""

    full_name: Opt[Text]
    phone_number: Opt[Text]


LIST = Endpoint("user.list", "GET", "/user", Query, Users, "Lists the users of the shop.")
UPDATE_PROFILE = Endpoint(
    "user.update_profile",
    "PATCH",
    "/user/profile",
    UpdateProfile,
    Reply[Profile],
    "Changes the calling user's name, phone and, if given, password.",
)
