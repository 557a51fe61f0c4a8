"""Shop: who the shop is."""

from __future__ import annotations

from ngorder_tui.api.chapters.user import UserRow
from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import Opt, Phone, ShopId, SupplierId, Text, Upload, When, Words, YesNo
from ngorder_tui.api.models import Page, Query, Record, Reply, spelled


class UpdateShop(Query):
    """The shop's name, the subdomain of its page, its phone and the name on the account."""

    shop_name: Words
    subdomain: Words
    phone: Phone
    name: Words
    description: Words | None = None


class UploadLogo(Query):
    """A picture for the shop: 2 MB at most."""

    logo: Upload


class UpdateGeneral(Query):
    """What customers see of the shop; `logo` is the address of a picture that was uploaded before."""

    shop_name: Words
    phone: Phone
    description: Words
    address: Words
    logo: Words


class ActiveSupplier(Record):
    """The origin address that the shop sends from."""

    id: Opt[SupplierId]
    name: Opt[Text]
    location: Opt[Text]
    phone: Opt[Text]
    address: Opt[Text]
    note: Opt[Text]


class Shop(Record):
    """The shop; `courier` names its couriers with commas between, `warehouse` tells whether it has several."""

    id: ShopId
    username: Opt[Text]
    shop_name: Opt[Text]
    status: Opt[Text]
    class_: Opt[Text] = spelled("class")
    join_date: Opt[When]
    expired_date: Opt[When]
    phone: Opt[Text]
    courier: Opt[Text]
    address: Opt[Text]
    shipper_status: Opt[Text]
    note: Opt[Text]
    store_front: Opt[YesNo]
    warehouse: Opt[YesNo]
    users: Opt[list[UserRow]]
    active_supplier: Opt[ActiveSupplier]


class SavedShop(Record):
    """What is answered when the shop was changed."""

    shop_id: Opt[ShopId]


class Logo(Record):
    """Where the uploaded picture is."""

    logo: Opt[Text]


class General(Record):
    """What customers see of the shop, as saved."""

    shop_name: Opt[Text]
    address: Opt[Text]
    description: Opt[Text]
    phone: Opt[Text]
    logo: Opt[Text]


GET = Endpoint(
    "shop.get", "GET", "/shop", Query, Page[Shop], "Shows the shop, its users and its active supplier: a list of one."
)
UPDATE = Endpoint(
    "shop.update",
    "PATCH",
    "/shop/update",
    UpdateShop,
    Reply[SavedShop],
    "Changes the shop's name, subdomain, phone and account name.",
)
UPLOAD_LOGO = Endpoint(
    "shop.upload_logo",
    "PATCH",
    "/shop/logo",
    UploadLogo,
    Reply[Logo],
    "Uploads a picture as the shop's logo.",
    unconfirmed=True,
)
UPDATE_GENERAL = Endpoint(
    "shop.update_general",
    "PATCH",
    "/shop/general",
    UpdateGeneral,
    Reply[General],
    "Changes what customers see of the shop.",
)
