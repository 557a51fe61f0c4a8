"""What a product's row and detail say, from the shapes that the API has for it."""

from __future__ import annotations

from typing import Any

import pytest

from ngorder_tui.api.chapters.product import Product, ProductRow, WarehouseStockRow
from ngorder_tui.screens import product_detail
from ngorder_tui.widgets.detail_pane import Section


def product(**given: Any) -> ProductRow:
    return ProductRow.model_validate({"id": 7, "name": "Kaos", "product_type": "S", **given})


def variations(*prices: int | None) -> list[dict[str, object]]:
    return [{"id": number, "sku": f"S{number}", "price": price, "stock": "Y"} for number, price in enumerate(prices)]


@pytest.mark.parametrize(
    ("prices", "price", "skus"),
    [
        ((), "", "0 variants"),
        ((12000,), "Rp12.000", "S0"),
        ((12000, 12000), "Rp12.000", "2 variants"),
        ((15000, 12000, None), "Rp12.000+", "3 variants"),
    ],
)
def test_one_price_and_one_sku_stand_for_several(prices: tuple[int | None, ...], price: str, skus: str) -> None:
    row = product(variations=variations(*prices))
    assert (product_detail.price_text(row), product_detail.skus_text(row)) == (price, skus)


@pytest.mark.parametrize(
    ("kind", "total", "text"),
    [("S", 0, "0"), ("S", 1234, "1.234"), ("S", None, ""), ("R", 0, "can be had"), ("PO", 0, "can be had")],
)
def test_stock_is_a_number_only_where_it_is_ones_own(kind: str, total: int | None, text: str) -> None:
    row = product(product_type=kind, total_stock=total, variations=variations(1000))
    assert product_detail.stock_text(row) == text


def lines(sections: list[Section]) -> dict[str, str]:
    return {label: text for part in sections for label, text in part.lines}


def test_preorder_and_wholesale_are_told() -> None:
    whole = Product.model_validate(
        {
            "id": 7,
            "name": "Kaos",
            "product_type": "PO",
            "preorder_setting": {"number": 2, "type": "week"},
            "wholesale_status": "Y",
            "wholesale_prices": [{"from": 6, "to": 11, "price": 9000}, {"from": 12, "to": None, "price": "Rp8.000"}],
            "variations": variations(10000),
        }
    )
    said = lines(product_detail.sections_of(whole, {}, minimum=6))
    assert said["Preorder"] == "2 weeks"
    assert said["Wholesale"] == "yes, from 6 pieces"
    assert said["6 to 11 pieces"] == "Rp9.000"
    assert said["12 to … pieces"] == "Rp8.000"


def test_stock_by_warehouse_keeps_the_main_one_whose_number_is_zero() -> None:
    row = product(variations=[{"id": 1, "sku": "S1", "stock_quantity": 8, "price_buy": 0}])
    stock = [
        WarehouseStockRow.model_validate({"warehouse_id": 0, "name": None, "stock": 5}),
        WarehouseStockRow.model_validate({"warehouse_id": 4, "name": "Gudang Bandung", "stock": 3}),
    ]
    said = lines(product_detail.sections_of(row, {1: stock}))
    assert said["By warehouse"].split("\n") == ["     5  0", "     3  Gudang Bandung"]
    assert said["Purchase"] == "Rp0"


def test_a_description_of_html_is_shown_as_text() -> None:
    said = lines(product_detail.sections_of(product(description="<p>Kaos <b>tebal</b></p>"), {}))
    assert said["Description"] == "Kaos tebal"
