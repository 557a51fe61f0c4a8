from __future__ import annotations

import pytest

from tests.sandbox.asking import Asker
from tests.sandbox.calls import PNG

GENERAL = {
    "shop_name": "Toko Uji",
    "phone": "081100000002",
    "description": "",
    "address": "Jalan Contoh 1",
    "logo": "https://gambar.example/a.png",
}


async def test_what_was_saved_is_shown(shop: Asker) -> None:
    await shop.done("shop.update_general", **GENERAL)
    [record] = await shop.rows("shop.get")
    assert (record["shop_name"], record["phone"], record["address"]) == ("Toko Uji", "081100000002", "Jalan Contoh 1")


@pytest.mark.parametrize("subdomain", ["Toko", "toko uji", "-toko", "toko.uji"])
async def test_a_subdomain_is_a_name_for_addresses(shop: Asker, subdomain: str) -> None:
    reasons = await shop.refused("shop.update", shop_name="T", subdomain=subdomain, phone="0811", name="N")
    assert list(reasons) == ["subdomain"]


async def test_a_logo_must_be_a_small_picture(shop: Asker) -> None:
    assert list(await shop.refused("shop.upload_logo")) == ["logo"]
    assert list(await shop.refused("shop.upload_logo", logo="a.png")) == ["logo"]
    assert list(await shop.refused("shop.upload_logo", logo=b"no picture")) == ["logo"]
    assert list(await shop.refused("shop.upload_logo", logo=PNG + bytes(2 * 1024 * 1024))) == ["logo"]
    answer = await shop.done("shop.upload_logo", logo=PNG)
    saved = shop.db.execute("SELECT logo FROM shop").fetchone()[0]
    assert answer["data"] == {"logo": saved}
