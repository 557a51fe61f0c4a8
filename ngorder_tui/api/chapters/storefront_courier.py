"""Setting Storefront Courier: which courier services the shop's own web stores offer."""

from __future__ import annotations

from typing import Annotated

from pydantic import PlainSerializer

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import Amount, CustomCourierId, Opt, Rupiah, ServiceId, Text, Words, YesNo
from ngorder_tui.api.models import Page, Query, Record, Reply, spelled

ServiceIdAsText = Annotated[ServiceId, PlainSerializer(str, return_type=str)]
"""A courier service where the reference asks for text: its id is sent as a string."""


class UpdateCourier(Query):
    """A courier service to turn on; the server turns it off when `is_active` is left out."""

    id: ServiceIdAsText
    is_active: bool | None = None


class UpdateAllCouriers(Query):
    """The courier services that are on, by speed."""

    regular: tuple[ServiceIdAsText, ...] | None = None
    express: tuple[ServiceIdAsText, ...] | None = None
    trucking: tuple[ServiceIdAsText, ...] | None = None


class UpdateCustomCourier(Query):
    """What shall be different about one of the shop's own couriers: name and flat cost."""

    id: CustomCourierId
    name: Words
    fee: Amount


class WhichCustomCourier(Query):
    """One of the shop's own couriers, as a part of the path."""

    id: CustomCourierId


class Courier(Record):
    """A courier service and whether it is on."""

    id: Opt[ServiceId]
    logistic_name: Opt[Text]
    rate_name: Opt[Text]
    is_active: Opt[YesNo]


class CouriersBySpeed(Record):
    """The courier services, grouped by how fast they are."""

    regular: Opt[list[Courier]] = spelled("Regular", "regular")
    express: Opt[list[Courier]] = spelled("Express", "express")
    trucking: Opt[list[Courier]] = spelled("Trucking", "trucking")


class CustomCourierRow(Record):
    """One of the shop's own couriers and its flat cost."""

    id: CustomCourierId
    name: Opt[Text]
    fee: Opt[Rupiah]


class SavedCourier(Record):
    """A courier service and whether it is on now."""

    id: Opt[ServiceId]
    is_active: Opt[YesNo]


class SavedCouriers(Record):
    """The courier services that are on now, by speed."""

    regular: Opt[list[ServiceId]]
    express: Opt[list[ServiceId]]
    trucking: Opt[list[ServiceId]]


class SavedCustomCourier(Record):
    """The shop's own courier that was changed or deleted."""

    id: Opt[CustomCourierId]


LIST = Endpoint(
    "storefront_courier.list",
    "GET",
    "/setting/courier",
    Query,
    Reply[CouriersBySpeed],
    "Lists the courier services of the Storefront by speed, with their on/off state.",
)
LIST_CUSTOM = Endpoint(
    "storefront_courier.list_custom",
    "GET",
    "/setting/courier/custom",
    Query,
    Page[CustomCourierRow],
    "Lists the shop's own couriers.",
)
UPDATE = Endpoint(
    "storefront_courier.update",
    "PATCH",
    "/setting/courier",
    UpdateCourier,
    Reply[SavedCourier],
    "Turns one courier service on or off.",
)
UPDATE_ALL = Endpoint(
    "storefront_courier.update_all",
    "PATCH",
    "/setting/courier/all",
    UpdateAllCouriers,
    Reply[SavedCouriers],
    "Sets which courier services are on, all at once.",
)
UPDATE_CUSTOM = Endpoint(
    "storefront_courier.update_custom",
    "PATCH",
    "/setting/courier/custom",
    UpdateCustomCourier,
    Reply[SavedCustomCourier],
    "Changes one of the shop's own couriers.",
)
DELETE_CUSTOM = Endpoint(
    "storefront_courier.delete_custom",
    "DELETE",
    "/setting/courier/custom/{id}",
    WhichCustomCourier,
    Reply[SavedCustomCourier],
    "Deletes one of the shop's own couriers.",
)
