"""Supplier: the origin addresses that parcels leave from."""

from __future__ import annotations

from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import DistrictId, Opt, Phone, SupplierId, Text, Words
from ngorder_tui.api.models import Page, Query, Record, Reply


class CreateSupplier(Query):
    """A new origin address; `addess` is the reference's own spelling."""

    name: Words
    district_id: DistrictId
    addess: Words
    phone: Phone
    description: Words


class UpdateSupplier(Query):
    """What shall be different about an origin address."""

    supplier_id: SupplierId
    name: Words | None = None
    district_id: DistrictId | None = None
    addess: Words | None = None
    phone: Phone | None = None
    description: Words | None = None


class SupplierRow(Record):
    """An origin address as listed."""

    id: SupplierId
    name: Opt[Text]
    district_id: Opt[DistrictId]
    shipper_id: Opt[int]
    district: Opt[Text]
    city_id: Opt[int]
    city: Opt[Text]
    location: Opt[Text]
    phone: Opt[Text]
    address: Opt[Text]
    description: Opt[Text]
    shipper_status: Opt[Text]


class SavedSupplier(Record):
    """What is answered when an origin address was made or changed."""

    supplier_id: Opt[SupplierId]
    name: Opt[Text]


CREATE = Endpoint(
    "supplier.create", "POST", "/supplier/create", CreateSupplier, Reply[SavedSupplier], "Adds a supplier."
)
LIST = Endpoint("supplier.list", "GET", "/supplier", Query, Page[SupplierRow], "Lists the suppliers.")
UPDATE = Endpoint(
    "supplier.update",
    "PATCH",
    "/supplier/update",
    UpdateSupplier,
    Reply[SavedSupplier],
    "Changes a supplier.",
    unconfirmed=True,
)
