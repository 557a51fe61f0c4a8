"""An endpoint is a declaration; a call is a value that can be kept, compared and sent."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ngorder_tui.api.chapters import (
    billing,
    payment_setting,
    product,
    shipment,
    shop,
    stock_transfer,
    supplier,
    user,
    warehouse,
)
from ngorder_tui.api.chapters.product_queries import DeleteProducts, GenerateSku, NamedProduct
from ngorder_tui.api.endpoint import CHAPTERS, Call, Endpoint, Parts, every, find, of_chapter
from ngorder_tui.api.errors import Invalid
from ngorder_tui.api.fields import InvoiceId, ProductId, WarehouseId
from ngorder_tui.api.models import Anything, FileReply, Page, Reply, Unreadable, as_json

TRANSFER = {
    "origin_warehouse_id": 0,
    "destination_warehouse_id": 5,
    "description": "Pindah",
    "stock_adjustment": [{"variation_id": 7, "transfer_stock": 3}, {"variation_id": 8, "transfer_stock": 1}],
}


def test_calls_are_hashable_and_equal_for_equal_questions() -> None:
    one = stock_transfer.CREATE.parse(TRANSFER)
    other = stock_transfer.CREATE.parse(dict(reversed(TRANSFER.items())))
    assert one == other
    assert len({one, other}) == 1
    assert one.key == other.key


def test_keys_are_equal_for_questions_that_are_sent_alike() -> None:
    typed = supplier.UPDATE.parse({"supplier_id": "1", "name": "Pemasok"})
    programmed = supplier.UPDATE.parse({"name": "Pemasok", "supplier_id": 1, "phone": None})
    assert typed.key == programmed.key
    assert product.LIST().key == product.LIST.parse({}).key


def test_keys_tell_different_questions_apart() -> None:
    calls: list[Call[Any]] = [
        product.LIST(),
        product.LIST.parse({"keyword": "a"}),
        product.LIST.parse({"keyword": "a", "pagination_offset": 1}),
        product.LIST.parse({"keyword": "a", "pagination_offset": 2}),
        product.DOWNLOAD.parse({"keyword": "a"}),
        warehouse.LIST.parse({"with_main_warehouse": False}),
        warehouse.LIST.parse({"with_main_warehouse": True}),
        warehouse.GET.parse({"id": 0}),
        warehouse.GET.parse({"id": 1}),
        warehouse.DELETE.parse({"id": 1}),
    ]
    assert len({call.key for call in calls}) == len(calls)


def test_a_call_without_arguments_sends_none() -> None:
    assert warehouse.LIST().given() == {}
    assert warehouse.LIST().parts() == Parts("GET", "/warehouse", (), None, {})


def test_arguments_in_the_path_leave_the_rest() -> None:
    call = shipment.RESEND.parse({"order_id": 12})
    assert call.parts() == Parts("POST", "/shipping/resend/12", (), None, {})


def test_id_0_goes_into_the_path() -> None:
    assert warehouse.GET.parse({"id": 0}).parts().path == "/warehouse/0"


def test_a_path_argument_cannot_leave_its_place() -> None:
    call = shipment.DOWNLOAD_INVOICE_PDF(shipment.InvoicePdf(invoice_id=InvoiceId("a/b?c#d e")))
    assert call.parts().path == "/shipping/invoice/download/pdf/a%2Fb%3Fc%23d%20e"


def test_nested_arguments_of_a_get_are_flattened() -> None:
    asked = GenerateSku(products=(NamedProduct(name="Kaos", color="merah"), NamedProduct(name="Topi")))
    assert product.GENERATE_SKU(asked).parts().query == (
        ("products[0][name]", "Kaos"),
        ("products[0][color]", "merah"),
        ("products[1][name]", "Topi"),
    )


def test_flags_are_sent_as_digits_in_a_query_and_as_flags_in_a_body() -> None:
    asked = warehouse.LIST.parse({"with_main_warehouse": "false", "admin_permission": True, "is_active": "ALL"})
    assert asked.parts().query == (
        ("with_main_warehouse", "0"),
        ("admin_permission", "1"),
        ("is_active", "ALL"),
    )
    made = warehouse.CREATE.parse({"warehouse": "Satu", "supplier_id": 1, "user_id": [1, 2], "is_active": "no"})
    assert dict(made.parts().body or {}) == {
        "warehouse": "Satu",
        "supplier_id": 1,
        "user_id": [1, 2],
        "is_active": False,
    }


def test_a_delete_may_have_a_body() -> None:
    call = product.DELETE(DeleteProducts(id=(ProductId(1), ProductId(2))))
    assert call.parts() == Parts("DELETE", "/product", (), {"id": [1, 2]}, {})


def test_keys_that_are_no_python_names_are_sent_as_documented() -> None:
    call = product.UPDATE.parse(
        {
            "id": 1,
            "name": "Kaos",
            "product_type": "S",
            "category_id": 0,
            "description": "Katun",
            "shop_id": 1,
            "user_id": 1,
            "discount": "Rp1.000",
            "wholesale_status": "Y",
            "wholesale": [{"from": 1, "to": 9, "price": 1000}],
            "is_warehouse": "0",
            "publish_status": "Y",
            "show_stock": "N",
            "has_variation": "N",
        }
    )
    body = call.parts().body or {}
    assert body["wholesale"] == [{"from": 1, "to": 9, "price": 1000}]
    assert (body["category_id"], body["discount"], body["is_warehouse"]) == (0, 1000, 0)


def test_a_file_stands_apart_from_the_fields() -> None:
    parts = shop.UPLOAD_LOGO.parse({"logo": "/somewhere/logo.png"}).parts()
    assert parts.files == {"logo": Path("/somewhere/logo.png")}
    assert not parts.body


def test_another_path_can_be_tried_where_ours_is_a_guess() -> None:
    parts = billing.DOWNLOAD_INVOICE.parse({"id": 5}).parts("/billing/pdf/{id}")
    assert parts.path == "/billing/pdf/5"
    assert billing.DOWNLOAD_INVOICE.parse({"id": 5}).parts("/billing/pdf").query == (("id", "5"),)


def test_secrets_are_sent_but_not_noted() -> None:
    call = user.UPDATE_PROFILE.parse(
        {"full_name": "Orang Satu", "phone_number": "0812000010", "password": "hush", "password_confirmation": "hush"}
    )
    assert (call.parts().body or {})["password"] == "hush"
    assert "hush" not in json.dumps(call.noted())
    assert call.noted()["full_name"] == "Orang Satu"
    assert "hush" not in repr(call)
    assert "hush" not in repr(payment_setting.UPDATE_XENDIT_KEY.parse({"xendit_key": "hush"}))


def reasons(endpoint: Endpoint[Any, Any], given: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    with pytest.raises(Invalid) as refused:
        endpoint.parse(given)
    assert refused.value.kind == "Invalid"
    return dict(refused.value.fields)


def test_reasons_stand_at_the_field_they_belong_to() -> None:
    lines = [{"variation_id": 1, "transfer_stock": 0}, {"transfer_stock": "few"}]
    assert reasons(stock_transfer.CREATE, {"origin_warehouse_id": "", "stock_adjustment": lines, "extra": 1}) == {
        "origin_warehouse_id": ("must be a whole number",),
        "destination_warehouse_id": ("is required",),
        "description": ("is required",),
        "stock_adjustment.0.transfer_stock": ("must be 1 or more",),
        "stock_adjustment.1.variation_id": ("is required",),
        "stock_adjustment.1.transfer_stock": ("must be a whole number",),
        "extra": ("is no argument of this call",),
    }


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"status": "SENT"}, "must be one of 'COMPLETE' or 'PENDING'"),
        ({"per_page": 101}, "must be 100 or less"),
        ({"per_page": 0}, "must be 1 or more"),
        ({"per_page": "ten"}, "must be a whole number"),
        ({"per_page": "1.5"}, "must be a whole number"),
        ({"per_page": True}, "yes or no given where something else is asked"),
        ({"start_date": "yesterday"}, "not a day (write it as yyyy-mm-dd)"),
        ({"courier": ""}, "must not be empty"),
        ({"courier": "\x1b[31m"}, "holds control characters"),
        ({"courier": 5}, "must be text"),
    ],
)
def test_reasons_are_sentences(given: dict[str, object], why: str) -> None:
    assert reasons(shipment.LIST_INVOICES, given) == {next(iter(given)): (why,)}


def test_a_list_may_be_too_long() -> None:
    lines = [{"variation_id": number, "transfer_stock": 1} for number in range(101)]
    assert reasons(stock_transfer.CREATE, TRANSFER | {"stock_adjustment": lines}) == {
        "stock_adjustment": ("may hold 100 at most",)
    }


def test_an_amount_that_is_none_has_one_reason() -> None:
    fee = {"catgory_code": "N"}
    assert reasons(payment_setting.CREATE_ADMIN_FEE, fee | {"nominal": "free"}) == {
        "nominal": ("not an amount of rupiah",)
    }
    assert reasons(payment_setting.CREATE_ADMIN_FEE, fee | {"nominal": "Rp4.501"}) == {
        "nominal": ("must be 4500 or less",)
    }


def test_a_reason_never_repeats_what_was_typed() -> None:
    with pytest.raises(Invalid) as refused:
        user.UPDATE_PROFILE.parse(
            {"full_name": "a", "phone_number": "hush hush", "password": ["hush"], "pin\x1b": "hush"}
        )
    assert "hush" not in str(refused.value)
    assert "\x1b" not in str(refused.value)
    assert refused.value.__cause__ is None


def page_of(*rows: object, **beside: object) -> Page[Any]:
    read = supplier.LIST.read(json.dumps({"data": rows, **beside}).encode())
    assert isinstance(read, Page)
    return read


@pytest.mark.parametrize("bad", [{"name": "no id"}, {"id": "x"}, None, 5, "text", [], [1]])
def test_one_bad_row_costs_one_row(bad: object) -> None:
    page = page_of({"id": 1}, bad, {"id": "3"})
    assert [row.id for row in page.readable()] == [1, 3]
    assert isinstance(page.data[1], Unreadable)
    assert as_json(page) == {"data": [{"id": 1}, bad, {"id": 3}]}


def test_unknown_keys_are_kept_at_every_depth() -> None:
    body = {
        "data": [{"id": 1, "new": {"deep": [1, "a"]}}],
        "meta": {"pagination": {"total": 9, "newer": 1}},
        "newest": 0,
    }
    assert as_json(supplier.LIST.read(json.dumps(body).encode())) == body


@pytest.mark.parametrize(
    ("here", "last"),
    [
        ({"current_page": 1, "total_pages": 3}, False),
        ({"current_page": 3, "total_pages": 3}, True),
        ({"current_page": 4, "total_pages": 3}, True),
        ({"current_page": 1, "total_pages": 3, "count": 1, "total": 1}, False),
    ],
)
def test_the_last_page_is_told_by_page_numbers(here: dict[str, int], last: bool) -> None:
    assert page_of({"id": 1}, meta={"pagination": here}).is_last is last


def test_a_page_without_meta_or_without_rows_is_the_last() -> None:
    assert page_of({"id": 1}).is_last
    assert page_of({"id": 1}, meta=[]).is_last
    assert page_of(meta={"pagination": {"current_page": 1, "total_pages": 3}}).is_last
    assert page_of({"id": 1}).total is None
    assert page_of({"id": 1}, meta={"pagination": {"total": "12"}}).total == 12


@pytest.mark.parametrize("data", [None, [], "missing"])
def test_a_list_may_be_missing(data: object) -> None:
    body = {} if data == "missing" else {"data": data}
    assert supplier.LIST.read(json.dumps(body).encode()).data == []


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        (None, ""),
        ("Saved", "Saved"),
        (["Saved", "and sent"], "Saved and sent"),
    ],
)
def test_the_servers_message_is_one_sentence(message: object, sentence: str) -> None:
    read = supplier.CREATE.read(json.dumps({"response": "Success", "message": message}).encode())
    assert isinstance(read, Reply)
    assert read.sentence == sentence


@pytest.mark.parametrize("body", [b"<html>", b"", b"[]", b'"text"', b"{"])
def test_what_is_no_answer_raises_value_error(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        supplier.LIST.read(body)


def test_an_answer_is_cleaned_before_it_is_read() -> None:
    read = supplier.LIST.read(b'{"data": [{"id": 1, "name": "\\u001b[31mred\\u202e", "k\\u0007ey": 1}]}')
    assert as_json(read) == {"data": [{"id": 1, "name": "red", "key": 1}]}


@pytest.mark.parametrize(
    "id",
    [
        "",
        ".",
        "supplier",
        "supplier.",
        ".list",
        "supplier.LIST",
        "supplier.nothing",
        "supplier.page",
        "supplier.__doc__",
        "supplier.list.more",
        "Supplier.list",
        "warehouse_stock.words",
        "os.path",
    ],
)
def test_find_knows_only_ids(id: str) -> None:
    with pytest.raises(KeyError):
        find(id)


def test_finding_one_endpoint_imports_one_chapter() -> None:
    program = (
        "import sys; from ngorder_tui.api.endpoint import find; find('region.list');"
        "print(*sorted(name for name in sys.modules if name.startswith('ngorder_tui.api.chapters.')))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["ngorder_tui.api.chapters.region"]


def test_a_chapter_has_its_endpoints_in_order() -> None:
    assert of_chapter("warehouse") == (
        warehouse.CREATE,
        warehouse.LIST,
        warehouse.GET,
        warehouse.UPDATE,
        warehouse.DELETE,
    )
    assert {each.chapter for each in every()} == set(CHAPTERS)


def test_what_changes_nothing_is_no_write() -> None:
    assert not product.VALIDATE_SKU.is_write
    assert not warehouse.LIST.is_write
    assert warehouse.DELETE.is_write
    assert [each.id for each in every() if each.harmless] == ["product.validate_sku"]


def test_only_downloads_send_files() -> None:
    assert all(each.sends_file == ("download" in each.id) == (each.gives is FileReply) for each in every())


def test_an_undocumented_answer_keeps_everything() -> None:
    body = {"anything": [1, {"a": None}], "response": "Success"}
    read = shipment.GET_REPORT.read(json.dumps(body).encode())
    assert isinstance(read, Anything)
    assert as_json(read) == body


def test_warehouse_0_is_an_answer_like_any_other() -> None:
    read = warehouse.GET.read(b'{"data": {"id": 0, "warehouse": "Gudang Utama"}}')
    assert read.data is not None
    assert read.data.id == WarehouseId(0)
