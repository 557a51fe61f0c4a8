"""Region: the subdistricts of the country; their id is what other calls name district_id."""

from __future__ import annotations

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import DistrictId, Opt, Text, Words
from ngorder_tui.api.models import Page, Paged, Record, spelled


class RegionQuery(Paged):
    """Part of a subdistrict's name."""

    keyword: Words | None = None


class RegionAbove(Record):
    """A city, regency or province."""

    id: Opt[int]
    name: Opt[Text]


class RegionRow(Record):
    """A subdistrict; `district` is the city or regency one level up, and its id is no district_id."""

    record_id: Opt[Text] = spelled("_id")
    id: DistrictId
    subdistrict: Opt[Text]
    district: Opt[RegionAbove]
    province: Opt[RegionAbove]
    fullname: Opt[Text]
    postal_code: Opt[list[Text]]


LIST = Endpoint(
    "region.list",
    "GET",
    "/region",
    RegionQuery,
    Page[RegionRow],
    "Searches subdistricts; their id is the district_id other calls ask for.",
)
