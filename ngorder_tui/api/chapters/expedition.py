"""Expedition: courier services, what they cost, and where a parcel is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import (
    Amount,
    DistrictId,
    Number,
    Opt,
    OrderId,
    RateId,
    Rupiah,
    ServiceId,
    Text,
    When,
    Words,
    YesNo,
)
from ngorder_tui.api.models import Page, Paged, Query, Record, Reply, spelled


class ActiveServiceQuery(Paged):
    """Which of the shop's courier services."""

    keyword: Annotated[Words, Field(max_length=20)] | None = None
    per_page: Annotated[int, Field(ge=1, le=100)] | None = None


class CostQuery(Query):
    """A parcel between two districts: `weight` in kg, `price` the goods' value in rupiah."""

    origin_id: DistrictId
    destination_id: DistrictId
    weight: Annotated[int, Field(ge=0)]
    price: Amount
    is_privor: bool | None = None
    is_shipper: bool | None = None


class TrackingQuery(Query):
    """Which parcel: air waybill number, courier service and order."""

    awb_number: Words
    expedition_id: ServiceId
    order_id: OrderId


class ServiceRow(Record):
    """A courier service; `logo_url` is told of the shop's own services only."""

    id: ServiceId
    rate_name: Opt[Text]
    logistic_name: Opt[Text]
    show_name: Opt[Text]
    logo_url: Opt[Text]
    pickup_available: Opt[Text]


class ShippingRate(Record):
    """What one service asks: `final_rate` in rupiah, weights in kg, days from and to."""

    name: Opt[Text]
    logo_url: Opt[Text]
    rate_id: Opt[RateId]
    show_id: Opt[int]
    rate_name: Opt[Text]
    stop_origin: Opt[int]
    stop_destination: Opt[int]
    weight: Opt[Number]
    volume_weight: Opt[Number] = spelled("volumeWeight", "volume_weight")
    final_weight: Opt[Number] = spelled("finalWeight", "final_weight")
    goods_price: Opt[Rupiah] = spelled("itemPrice")
    item_price: Opt[Rupiah]
    final_rate: Opt[Rupiah] = spelled("finalRate", "final_rate")
    insurance_rate: Opt[Rupiah] = spelled("insuranceRate", "insurance_rate")
    compulsory_insurance: Opt[Rupiah]
    liability: Opt[Rupiah]
    discount: Opt[Rupiah]
    min_day: Opt[int]
    max_day: Opt[int]
    pickup_agent: Opt[int]
    is_pickup_available: Opt[YesNo]


class RatesBySpeed(Record):
    """The services, grouped by how fast they are."""

    regular: Opt[list[ShippingRate]]
    express: Opt[list[ShippingRate]]
    trucking: Opt[list[ShippingRate]]


class CostStatus(Record):
    """The answer's own success code."""

    code: Opt[int]
    message: Opt[Text]


class Place(Record):
    """An end of the way."""

    area_id: Opt[int]
    district_id: Opt[DistrictId]
    desc: Opt[Text]


class TotalWeight(Record):
    """The weight that was reckoned with, and its unit."""

    total: Opt[Number]
    type: Opt[Text]


class CostMeta(Record):
    """What was reckoned with."""

    origin: Opt[Place]
    destination: Opt[Place]
    weight: Opt[TotalWeight]
    is_shipper_api: Opt[YesNo]
    use_cod: Opt[YesNo]


class ShippingCosts(Record):
    """The rates between two districts."""

    status: Opt[CostStatus]
    data: Opt[RatesBySpeed]
    meta: Opt[CostMeta]


class ParcelStep(Record):
    """What happened to the parcel: `desc` is a code, `location` the sentence."""

    date: Opt[When]
    desc: Opt[Text]
    location: Opt[Text]


class Parcel(Record):
    """Where a parcel is and was."""

    awb_number: Opt[Text]
    rate_name: Opt[Text]
    delivery_date: Opt[When]
    delivery_time: Opt[When]
    weight: Opt[Number]
    sender_name: Opt[Text]
    origin_city: Opt[Text]
    receiver_name: Opt[Text]
    receiver_address: Opt[Text]
    receiver_city: Opt[Text]
    status: Opt[Text]
    consignees_name: Opt[Text]
    date_received: Opt[When]
    time_received: Opt[Text]
    history: Opt[list[ParcelStep]]
    logistic_name: Opt[Text]


class Tracking(Reply[Parcel]):
    """The parcel; a success code stands beside it."""

    code: Opt[int] = spelled("0")


LIST = Endpoint("expedition.list", "GET", "/expedition", Query, Page[ServiceRow], "Lists all courier services.")
LIST_ACTIVE = Endpoint(
    "expedition.list_active",
    "GET",
    "/expedition/active",
    ActiveServiceQuery,
    Page[ServiceRow],
    "Lists the courier services turned on for the shop, page by page.",
)
GET_COST = Endpoint(
    "expedition.get_cost",
    "GET",
    "/expedition/cost",
    CostQuery,
    ShippingCosts,
    "Gives shipping costs between two districts, grouped by speed.",
)
TRACK = Endpoint(
    "expedition.track",
    "GET",
    "/expedition/tracking",
    TrackingQuery,
    Tracking,
    "Follows a parcel by its air waybill number.",
)
