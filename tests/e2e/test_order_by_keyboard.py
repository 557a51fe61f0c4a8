"""The whole of it: the real program in a real terminal, the real sandbox over HTTP, an order made with the keyboard."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.terminal import Terminal

PROGRAM = (sys.executable, "-m", "ngorder_tui")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def environ(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An environment whose own server runs, and in which nothing of this machine's user is found."""
    places = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("CONFIG", "STATE", "CACHE", "DATA")}
    plain = {"HOME": str(tmp_path), "PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **places}
    server = subprocess.Popen(
        [*PROGRAM, "sandbox", "--port", "0", "--data", str(tmp_path / "shop.sqlite")],
        env=plain,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stderr is not None
        address = re.search(r"http://\S+/api/open", server.stderr.readline())
        assert address is not None
        yield {**plain, "NGORDER_BASE_URL": address[0], "NGORDER_TOKEN": "sandbox"}
    finally:
        server.terminate()
        server.communicate(timeout=10)


def api(environ: dict[str, str], *arguments: str) -> Any:
    """What `ngorder-tui api` prints."""
    done = subprocess.run([*PROGRAM, "api", *arguments], env=environ, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_an_order_is_made_with_the_keyboard_alone_and_found_from_the_shell(environ: dict[str, str]) -> None:
    buyer = api(environ, "customer.list", "per_page=1")["data"][0]
    stocked = api(environ, "stock_transfer.search_variations", "warehouse_id=0", "keyword=a")["data"]
    sku = max(stocked, key=lambda variation: variation["system_stock"])["sku"]

    with Terminal([*PROGRAM], environ, (80, 24)) as terminal:
        terminal.until(r"\d+ records")
        terminal.send("n")
        terminal.until("New order")
        terminal.send(buyer["phone"])
        terminal.until(rf"{buyer['name']} +{buyer['phone']}")
        terminal.send("down", "enter")
        terminal.until(rf"#{buyer['id']}")
        terminal.send("tab", "tab", "Toko")
        terminal.until("Toko Bambu +Lowokwaru")
        terminal.send("down", "enter")
        terminal.until("Toko Bambu +#")
        terminal.send("tab", "Gudang Utama")
        terminal.until(r"Gudang Utama +Jl|Gudang Utama +\S")
        terminal.send("down", "enter")
        terminal.until(r"Gudang Utama +#0")
        terminal.send("tab", f"2*{sku}", "enter")
        terminal.until(rf"2 x {sku}")
        terminal.send("tab", "tab", "tab")
        terminal.until("> Courier")
        terminal.send("Pick-up")
        terminal.until("Pick-up at the shop")
        terminal.send("down", "enter", "f10")
        terminal.until("y Send it")
        terminal.send("y")
        made = terminal.until(r"PO \d+ was made")
        assert made
        number = re.search(r"PO (\d+) was made", terminal.text())
        assert number is not None
        terminal.send("\x11")
        assert terminal.ended() == 0

    found = api(environ, "order.list", f"keyword={buyer['name']}", "type=CUSTOMER_NAME")["data"]
    order = next(order for order in found if str(order["po_number"]) == number[1])
    assert [line["quantity"] for line in order["products"]] == [2]
    assert order["payment_status"] == "UNPAID"
