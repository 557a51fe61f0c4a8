"""What the product chapter asks: products with their variations, and changes of stock."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ngorder_tui.api.fields import (
    Amount,
    CategoryId,
    CustomerId,
    Day,
    MaybeBlank,
    ProductId,
    Quantity,
    RootCategoryId,
    ShopId,
    UserId,
    VariationId,
    WarehouseId,
    Words,
    whole,
)
from ngorder_tui.api.models import Paged, Query

Stock = Annotated[int, Field(ge=0, le=1_000_000)]
"""How many pieces there are: none is a number too."""
Weight = Annotated[int, Field(ge=0, le=10_000_000)]
"""Grams, as far as the reference lets one guess."""
Order = Literal["NEWEST", "LONGEST", "CHEAPEST", "EXPENSIVE", "LEAST_STOCK", "MOST_STOCK", "ASC", "DESC"]
Source = Literal["S", "R", "PO"]
"""Where the stock comes from: S own, R another supplier's, PO preorder."""
Priced = Literal["NON_SET_PRICE", "NON_PROFIT"]
Channel = Literal["JURNAL", "SHOPEE"]


class NamedProduct(Query):
    """A product that a SKU is wanted for."""

    name: Words
    color: Words | None = None
    size: Words | None = None
    old_sku: Words | None = None


class GenerateSku(Query):
    """The products that SKUs are wanted for."""

    products: tuple[NamedProduct, ...]


class ValidateSku(Query):
    """A SKU, and the variation that is to have it."""

    sku: Words
    product_meta_id: VariationId


class PreorderSetting(Query):
    """How long a preorder takes: at most 90 days or 12 weeks."""

    type: Literal["day", "week"] | None = None
    number: Annotated[int, Field(ge=1, le=90)] | None = None


class NewWholesaleStep(Query):
    """From and to which quantity a piece has which price."""

    from_: Annotated[Quantity | None, Field(alias="from")] = None
    to: Quantity | None = None
    price: Amount | None = None


class WholesaleStep(Query):
    """A wholesale step as it shall be; without `id` it is a new one."""

    id: Annotated[int, Field(ge=0)] | None = None
    from_: Annotated[Quantity, Field(alias="from")]
    to: Quantity
    price: Amount


class NewWarehouseStock(Query):
    """How many pieces lie in which warehouse."""

    warehouse_id: WarehouseId
    stock: Stock


class WarehouseStock(Query):
    """How many pieces shall lie in which warehouse."""

    warehouse_id: WarehouseId | None = None
    stock: Stock | None = None


Pictures = Annotated[tuple[Words, ...], Field(max_length=5)]
"""Up to five addresses of pictures."""
PictureIndex = Annotated[int, Field(ge=0, le=4)]
"""Which of the pictures is the main one, from 0; None where there is none."""


class NewVariation(Query):
    """A variation of a new product. `stock` is for products of type R and PO, `stock_quantity` for type S."""

    sku: Words
    images: Pictures
    primary_image: PictureIndex | None
    price_buy: Amount
    price: Amount
    price1: Amount
    price2: Amount
    price3: Amount
    price_reseller: Amount
    size: MaybeBlank
    color: MaybeBlank
    stock: Literal["Y", "N"] | None = None
    stock_quantity: Stock | None = None
    warehouse_stock: tuple[NewWarehouseStock, ...]
    weight: Weight | None = None
    image: Words | None = None
    is_warehouse: bool | None = None


class Variation(Query):
    """A variation as it shall be; without `id` it is a new one, with `flag` it goes."""

    id: VariationId | None = None
    flag: Literal["DELETE"] | None = None
    sku: Words
    images: Pictures
    primary_image: PictureIndex | None
    price_buy: Amount
    price: Amount
    price1: Amount
    price2: Amount
    price3: Amount
    price_reseller: Amount
    size: MaybeBlank
    color: MaybeBlank
    stock: Literal["Y", "N"] | None = None
    stock_quantity: Stock | None = None
    weight: Weight | None = None
    image: Words | None = None
    is_warehouse: bool | None = None
    warehouse_stock: tuple[WarehouseStock, ...] | None = None


class CreateProduct(Query):
    """A new product. Preorder terms are needed when its type is PO."""

    name: Words
    product_type: Source
    category_id: CategoryId
    root_categories_id: RootCategoryId | None = None
    description: Words
    preorder_setting: PreorderSetting | None = None
    shop_id: ShopId
    user_id: UserId
    discount: Amount
    wholesale_status: Literal["Y", "N"]
    wholesale: tuple[NewWholesaleStep, ...] | None = None
    is_warehouse: Annotated[Literal[1, 0], BeforeValidator(whole)] | None = None
    publish_status: Literal["Y", "N"]
    show_stock: Literal["Y", "N"]
    has_variation: Literal["Y", "N"]
    variations: tuple[NewVariation, ...]
    weight: Weight | None = None


class UpdateProduct(Query):
    """A product as it shall be. Preorder terms are needed when its type is PO."""

    id: ProductId
    name: Words
    product_type: Source
    category_id: CategoryId
    root_categories_id: RootCategoryId | None = None
    description: Words
    preorder_setting: PreorderSetting | None = None
    shop_id: ShopId
    user_id: UserId
    discount: Amount
    wholesale_status: Literal["Y", "N"]
    wholesale: tuple[WholesaleStep, ...] | None = None
    is_warehouse: Annotated[Literal[1, 0], BeforeValidator(whole)] | None = None
    publish_status: Literal["Y", "N"]
    show_stock: Literal["Y", "N"]
    has_variation: Literal["Y", "N"]
    variations: tuple[Variation, ...] | None = None
    weight: Weight | None = None


class ProductQuery(Query):
    """Which products are listed. `category` is UNCATEGORIZED, ARCHIVED or the id of a product category."""

    keyword: Words | None = None
    shop_id: ShopId | None = None
    category: Words | None = None
    type: Source | None = None
    price: Priced | None = None
    channel: Channel | None = None
    order_by: Order | None = None
    pagination_offset: Annotated[int, Field(ge=1)] | None = None


class OneProduct(Query):
    """Which product."""

    product_id: ProductId


class CheckStock(Query):
    """Which variation's stock, and in which warehouse."""

    variation_id: VariationId
    warehouse_id: WarehouseId | None = None


class OneVariation(Query):
    """Which variation."""

    variation_id: VariationId


class VariationQuery(Query):
    """Which variations are listed, and for which customer's promotions."""

    keyword: Words | None = None
    per_page: Annotated[int, Field(ge=1)] | None = None
    customer_id: CustomerId | None = None


class VariationHistoryQuery(Paged):
    """Which variation's stock movements are listed: `id` is the variation's."""

    id: VariationId
    warehouse_id: WarehouseId | None = None
    start_date: Day | None = None
    end_date: Day | None = None


class StockChange(Query):
    """How many pieces are added to (ADD) or taken from (SUB) a warehouse."""

    amount: Quantity
    status: Literal["ADD", "SUB"]
    warehouse_id: WarehouseId


class UpdateStock(Query):
    """Changes of one variation's stock; `description` is the reason that its history shows."""

    variation_id: VariationId
    stock: tuple[StockChange, ...]
    move_warehouse_stock: bool | None = None
    description: Words


class SyncStock(Query):
    """The exact stock that a variation shall have."""

    variation_id: VariationId
    amount: Stock


class DownloadProducts(Query):
    """Which products the e-mailed list shall hold."""

    category: Words | None = None
    price: Priced | None = None
    channel: Channel | None = None
    order_by: Order | None = None
    keyword: Words | None = None


class DeleteVariations(Query):
    """The variations that go."""

    id: tuple[VariationId, ...]


class DeleteProducts(Query):
    """The products that go."""

    id: tuple[ProductId, ...]
