"""Product: products, their variations, prices and stock. What is asked stands in `product_queries`."""

from __future__ import annotations

from ngorder_tui.api.chapters.product_queries import (
    CheckStock,
    CreateProduct,
    DeleteProducts,
    DeleteVariations,
    DownloadProducts,
    GenerateSku,
    OneProduct,
    OneVariation,
    ProductQuery,
    SyncStock,
    UpdateProduct,
    UpdateStock,
    ValidateSku,
    VariationHistoryQuery,
    VariationQuery,
)
from ngorder_tui.api.chapters.warehouse_stock import WarehouseName
from ngorder_tui.api.endpoint import Endpoint
from ngorder_tui.api.fields import (
    CategoryId,
    Number,
    OpnameId,
    Opt,
    OrderId,
    ProductId,
    RootCategoryId,
    Rupiah,
    ShopId,
    Text,
    UserId,
    VariationId,
    WarehouseId,
    When,
    YesNo,
)
from ngorder_tui.api.models import FileReply, Page, Record, Reply, spelled


class NewSku(Record):
    """The SKU that was made for a product."""

    name: Opt[Text]
    color: Opt[Text]
    size: Opt[Text]
    sku: Opt[Text]
    old_sku: Opt[Text]


class NewSkus(Page[NewSku]):
    """The SKUs that were made."""

    response: Opt[Text]


class SkuCheck(Record):
    """Whether the SKU may be used, and which variation was asked for."""

    status: Opt[YesNo]
    variation: Opt[Text]
    product_id: Opt[ProductId]


class SavedProduct(Record):
    """What is answered when a product was made or changed; `product_meta_id` are its variations."""

    product_id: Opt[ProductId]
    product_meta_id: Opt[list[VariationId]]
    total_stock: Opt[int]


class Prices(Record):
    """Rupiah a piece, by who buys."""

    price_buy: Opt[Rupiah]
    price: Opt[Rupiah]
    price_reseller: Opt[Rupiah]
    price1: Opt[Rupiah]
    price2: Opt[Rupiah]
    price3: Opt[Rupiah]


class ProductVariation(Prices):
    """A variation of a product. `stock` tells whether it can be had, `stock_quantity` how many there are."""

    id: VariationId
    sku: Opt[Text]
    primary_image: Opt[int]
    image: Opt[Text]
    images: Opt[list[Text]]
    thumbnail: Opt[Text]
    thumbnails: Opt[list[Text]]
    weight: Opt[Number]
    size: Opt[Text]
    color: Opt[Text]
    stock_quantity: Opt[int]
    stock: Opt[YesNo]


class WholesalePrice(Record):
    """What a piece costs from and to which quantity. No example shows one: these are the keys that are sent."""

    id: Opt[int]
    from_: Opt[int] = spelled("from")
    to: Opt[int]
    price: Opt[Rupiah]


class Preorder(Record):
    """How long a preorder takes: a number of days or weeks."""

    number: Opt[int]
    type: Opt[Text]


class ProductRow(Record):
    """A product as listed."""

    id: ProductId
    name: Opt[Text]
    product_type: Opt[Text]
    type_description: Opt[Text]
    category_id: Opt[CategoryId]
    category_name: Opt[Text]
    description: Opt[Text]
    discount: Opt[Rupiah]
    weight: Opt[Number]
    is_warehouse: Opt[YesNo]
    publish_status: Opt[YesNo]
    shop_id: Opt[ShopId]
    user_id: Opt[UserId]
    show_stock: Opt[YesNo]
    total_stock: Opt[int]
    wholesale_status: Opt[YesNo]
    has_variation: Opt[YesNo]
    image: Opt[Text]
    thumbnail: Opt[Text]
    wholesales: Opt[list[WholesalePrice]]
    variations: Opt[list[ProductVariation]]
    update_access: Opt[YesNo]
    warehouse: Opt[list[WarehouseName]]


class Product(ProductRow):
    """A product whole; its wholesale steps are in `wholesale_prices`."""

    preorder_setting: Opt[Preorder]
    root_categories_id: Opt[RootCategoryId]
    root_categories_name: Opt[Text]
    is_empty_root_category: Opt[YesNo]
    wholesale_prices: Opt[list[WholesalePrice]]


class StockAndPrices(Record):
    """What there is of a variation and what it costs; `price_dropship` is the resellers' price."""

    stock: Opt[int]
    price: Opt[Rupiah]
    price_dropship: Opt[Rupiah]
    price1: Opt[Rupiah]
    price2: Opt[Rupiah]
    price3: Opt[Rupiah]


class WarehouseStockRow(Record):
    """How many pieces of a variation lie in a warehouse."""

    warehouse_id: WarehouseId
    name: Opt[Text]
    stock: Opt[int]


class VariationRow(Prices):
    """A variation with its product's fields, as a flat row."""

    variation_id: VariationId
    product_id: Opt[ProductId]
    name: Opt[Text]
    product_type: Opt[Text]
    type_description: Opt[Text]
    preorder_title: Opt[Text]
    publish_status: Opt[YesNo]
    stock_quantity: Opt[int]
    sku: Opt[Text]
    image: Opt[Text]
    thumbnail: Opt[Text]
    discount: Opt[Rupiah]
    color: Opt[Text]
    size: Opt[Text]
    weight: Opt[Number]
    category_id: Opt[CategoryId]
    created_at: Opt[When]
    wholesale_status: Opt[YesNo]
    is_warehouse: Opt[YesNo]
    warehouse_stock: Opt[list[WarehouseStockRow]]
    promo: Opt[object]


class HistoryTitle(Record):
    """Whose stock movements these are."""

    product_id: Opt[ProductId]
    variation_id: Opt[VariationId]
    product_name: Opt[Text]
    variation_name: Opt[Text]


class HistoryDetail(Record):
    """Why the stock moved, and for which order or stock opname."""

    description: Opt[Text]
    id_order: Opt[OrderId]
    stock_opname_id: Opt[OpnameId]


class Movement(Record):
    """How many pieces came, went and were left."""

    in_: Opt[int] = spelled("in")
    out: Opt[int]
    last: Opt[int]


class HistoryRow(Record):
    """One movement of stock; its `date` is a sentence, not a date."""

    date: Opt[Text]
    time_ago: Opt[Text]
    user: Opt[Text]
    detail: Opt[HistoryDetail]
    warehouse: Opt[WarehouseName]
    stock: Opt[Movement]
    old: Opt[int]


class VariationHistory(Page[HistoryRow]):
    """A variation's stock movements."""

    title: Opt[HistoryTitle]


class WholesaleMinimum(Record):
    """The quantity that wholesale prices begin at."""

    product_id: Opt[ProductId]
    minimum_quantity: Opt[int]


class ChangedStock(Record):
    """A change that was made to a warehouse's stock."""

    amount: Opt[int]
    status: Opt[Text]
    warehouse_id: Opt[WarehouseId]


class UpdatedStock(Record):
    """What is answered when stock was added or taken."""

    date: Opt[When]
    variation_id: Opt[VariationId]
    stock: Opt[list[ChangedStock]]
    shop_id: Opt[ShopId]
    description: Opt[Text]
    total_stock: Opt[int]


class SyncedStock(Record):
    """What is answered when stock was set."""

    variation_id: Opt[VariationId]
    amount: Opt[int]
    request_id: Opt[Text]


GENERATE_SKU = Endpoint(
    "product.generate_sku",
    "GET",
    "/product/sku/generate-new",
    GenerateSku,
    NewSkus,
    "Makes SKUs for the named products.",
)
VALIDATE_SKU = Endpoint(
    "product.validate_sku",
    "POST",
    "/product/sku/validation",
    ValidateSku,
    Reply[SkuCheck],
    "Tells whether a variation may have a SKU.",
    harmless=True,
)
CREATE = Endpoint(
    "product.create", "POST", "/product", CreateProduct, Reply[SavedProduct], "Adds a product with its variations."
)
LIST = Endpoint("product.list", "GET", "/product/search", ProductQuery, Page[ProductRow], "Searches the products.")
GET = Endpoint(
    "product.get",
    "GET",
    "/product/{product_id}/detail",
    OneProduct,
    Reply[Product],
    "Shows one product with its variations.",
)
CHECK_STOCK = Endpoint(
    "product.check_stock",
    "GET",
    "/product/check-stock",
    CheckStock,
    Reply[StockAndPrices],
    "Shows the stock and the prices of one variation.",
)
LIST_WAREHOUSE_STOCK = Endpoint(
    "product.list_warehouse_stock",
    "GET",
    "/product/history/warehouse/{variation_id}",
    OneVariation,
    Page[WarehouseStockRow],
    "Lists one variation's stock by warehouse.",
)
LIST_VARIATIONS = Endpoint(
    "product.list_variations",
    "GET",
    "/product/variation",
    VariationQuery,
    Page[VariationRow],
    "Lists the variations as flat rows.",
)
LIST_VARIATION_HISTORY = Endpoint(
    "product.list_variation_history",
    "GET",
    "/product/history",
    VariationHistoryQuery,
    VariationHistory,
    "Lists one variation's stock movements.",
)
GET_WHOLESALE_MINIMUM = Endpoint(
    "product.get_wholesale_minimum",
    "GET",
    "/product/wholesale",
    OneProduct,
    Reply[WholesaleMinimum],
    "Shows the quantity that a product's wholesale prices begin at.",
)
UPDATE = Endpoint(
    "product.update", "PATCH", "/product", UpdateProduct, Reply[SavedProduct], "Changes a product and its variations."
)
UPDATE_STOCK = Endpoint(
    "product.update_stock",
    "PATCH",
    "/product/update-stock",
    UpdateStock,
    Reply[UpdatedStock],
    "Adds to or takes from one variation's stock by warehouse.",
)
SYNC_STOCK = Endpoint(
    "product.sync_stock",
    "PATCH",
    "/product/sync-stock",
    SyncStock,
    Reply[SyncedStock],
    "Sets one variation's stock to an exact quantity.",
)
DOWNLOAD = Endpoint(
    "product.download",
    "GET",
    "/product/download",
    DownloadProducts,
    FileReply,
    "Has the product list e-mailed as an Excel file.",
    sends_file=True,
)
DELETE_VARIATIONS = Endpoint(
    "product.delete_variations",
    "DELETE",
    "/product/variation",
    DeleteVariations,
    Reply[object],
    "Deletes several variations.",
)
DELETE = Endpoint("product.delete", "DELETE", "/product", DeleteProducts, Reply[object], "Deletes several products.")
