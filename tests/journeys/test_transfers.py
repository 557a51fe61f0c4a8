"""Moving stock with a scanner: counted at machine speed, sent in parts, nothing lost whatever happens."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from textual.app import App

from ngorder_tui.sandbox.faults import Faults
from ngorder_tui.screens.transfer_draft import KIND, Line
from ngorder_tui.screens.transfer_form import TransferForm
from ngorder_tui.widgets.scan_box import ScanBox
from tests.desk import Desk, desk
from tests.widgets.form_samples import feed

MAIN, BANDUNG = 0, 4


class Held(NamedTuple):
    """A variation as the main warehouse has it."""

    sku: str
    number: int
    stock: int


def held(db: sqlite3.Connection, count: int, least: int = 5) -> list[Held]:
    rows = db.execute(
        "SELECT variation.sku, variation.id, warehouse_stock.stock FROM variation"
        " JOIN product ON product.id = product_id AND product.deleted_at IS NULL"
        " JOIN warehouse_stock ON variation_id = variation.id AND warehouse_id = 0"
        " WHERE variation.deleted_at IS NULL AND warehouse_stock.stock >= ? ORDER BY variation.id LIMIT ?",
        (least, count),
    )
    found = [Held(*row) for row in rows]
    assert len(found) == count
    return found


def stock(at: Desk, number: int, warehouse: int) -> int:
    found = at.one("SELECT stock FROM warehouse_stock WHERE variation_id = ? AND warehouse_id = ?", number, warehouse)
    return int(found or 0)


def moved(at: Desk, transfer: int) -> list[tuple[int, int]]:
    rows = at.db.execute(
        "SELECT variation_id, transfered_stock FROM stock_transfer_line WHERE stock_transfer_id = ? ORDER BY id",
        (transfer,),
    )
    return [(row[0], row[1]) for row in rows]


def transfers(at: Desk) -> list[int]:
    return [row[0] for row in at.db.execute("SELECT id FROM stock_transfer ORDER BY id")]


def form(at: Desk) -> TransferForm:
    assert isinstance(at.app.screen, TransferForm)
    return at.app.screen


def lines(at: Desk) -> list[tuple[str, int]]:
    return [(line.key, line.quantity) for line in form(at).draft.ledger.lines()]


def apart(at: Desk) -> list[str]:
    return [what for _key, what, _count, _why in form(at).draft.apart()]


def line(at: Desk, code: str) -> Line:
    found = form(at).draft.ledger.line(code)
    assert found is not None
    return found


async def open_form(at: Desk) -> None:
    await at.press("4")
    await at.sees("last 30 days")
    await at.press("n")
    await at.sees("Origin warehouse*")
    await at.rest()


async def choose(at: Desk, words: str, name: str) -> None:
    """Type into a warehouse field, take what is found, and go on."""
    await feed(at.pilot, words)
    await at.press("enter")
    await at.until(lambda: at.app.focused is not None and name == getattr(at.app.focused, "value", ""))
    await at.press("enter")


async def begin(at: Desk, description: str = "restock") -> None:
    """Open the form and fill its head: from the main warehouse to Bandung."""
    await open_form(at)
    await choose(at, "utama", "Gudang Utama")
    await choose(at, "bandung", "Gudang Bandung")
    await feed(at.pilot, f"{description}\r")
    await at.rest()
    assert isinstance(at.app.focused, ScanBox)


async def scan(at: Desk, *codes: str) -> None:
    """As a scanner does: each code and its Enter in one read."""
    for code in codes:
        await feed(at.pilot, f"{code}\r")
    await at.rest()


async def send(at: Desk) -> None:
    await at.press("ctrl+s")
    await at.sees("Send?")
    await at.press("y")
    await at.rest()


async def drafts(at: Desk) -> int:
    return len(await at.app.session.store.drafts.list(KIND))


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often the terminal's bell was rung: without a terminal Textual rings none."""
    rung: list[str] = []
    monkeypatch.setattr(App, "bell", lambda _app: rung.append("bell"))
    return rung


async def test_scanned_pieces_move(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path) as at:
        first, second = held(at.db, 2, least=15)
        before = {each: (stock(at, each.number, MAIN), stock(at, each.number, BANDUNG)) for each in (first, second)}
        was = transfers(at)
        await begin(at, "restock")
        await scan(at, first.sku, second.sku, first.sku, f"12*{first.sku}")
        assert lines(at) == [(first.sku, 14), (second.sku, 1)]
        await at.sees(f"ok 14 of {first.stock}", "2 lines · 15 pieces")

        await at.press("ctrl+s")
        await at.sees("Send?", "Gudang Utama to Gudang Bandung", "restock", "2 variants, 15 pieces")
        await at.press("enter", "space")
        await at.type(first.sku.lower().replace("y", "").replace("n", ""))
        await at.press("enter")
        assert transfers(at) == was

        await at.press("y")
        await at.rest()
        (made,) = set(transfers(at)) - set(was)
        assert moved(at, made) == [(first.number, 14), (second.number, 1)]
        for each, pieces in ((first, 14), (second, 1)):
            origin, destination = before[each]
            assert (stock(at, each.number, MAIN), stock(at, each.number, BANDUNG)) == (
                origin - pieces,
                destination + pieces,
            )
        assert at.one("SELECT description FROM stock_transfer WHERE id = ?", made) == "restock"
        assert await drafts(at) == 0
        await at.sees("Stock transfers", str(made))


async def test_the_list_tells_its_period_and_takes_every_filter(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path, size=(120, 36)) as at:
        await at.press("4")
        recent = at.one("SELECT count(*) FROM stock_transfer WHERE created_at >= '2026-10-25'")
        await at.sees("last 30 days", f"{recent} records")

        await at.press("f")
        await at.sees("Origin warehouse", "Destination warehouse", "User", "Until")
        await at.type("31-31-2026")
        await at.press("ctrl+s")
        await at.sees("yyyy-mm-dd")
        assert "31-31-2026" in at.text()
        await at.press("ctrl+u")
        await at.type("2026-09-01")
        await at.press("tab", "tab")
        await at.type("utama")
        await at.press("enter")
        await at.press("ctrl+s")
        since = "SELECT count(*) FROM stock_transfer WHERE created_at >= '2026-09-01' AND origin_warehouse_id = 0"
        await at.sees(f"{at.one(since)} record")
        assert "last 30 days" not in at.text()


async def test_a_transfer_shows_its_lines(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path, size=(120, 36)) as at:
        number = at.one("SELECT max(id) FROM stock_transfer")
        parts = moved(at, number)
        await at.press("4")
        await at.sees(f"{len(parts)} variant", f"{sum(pieces for _id, pieces in parts)} pieces", "By", "success")
        sku = at.one("SELECT sku FROM variation WHERE id = ?", parts[0][0])
        await at.sees(f"{parts[0][1]} x", sku)


async def test_unknown_codes_ring_stand_apart_and_block_nothing(
    shop_db: sqlite3.Connection, tmp_path: Path, bells: list[str]
) -> None:
    async with desk(shop_db, tmp_path) as at:
        (good,) = held(at.db, 1)
        was = transfers(at)
        await begin(at)
        await scan(at, good.sku)
        assert not bells
        await scan(at, "NOSUCH")
        assert len(bells) == 1
        await at.sees("✗ unknown at the origin", "Listed apart, not sent: 1")
        await scan(at, f"0*{good.sku}", f"1000000000000*{good.sku}", "5*", "NOSUCH")
        assert len(bells) == 5
        assert apart(at) == ["NOSUCH", f"0*{good.sku}", f"1000000000000*{good.sku}", "5*"]
        assert lines(at) == [(good.sku, 1)]
        await at.sees("The quantity must be from 1 to")

        await send(at)
        (made,) = set(transfers(at)) - set(was)
        assert moved(at, made) == [(good.number, 1)]
        assert apart(at)[0] == "NOSUCH", "what could not be sent is still there to be looked at"
        await at.press("down", "tab", "delete", "delete", "delete", "delete")
        assert apart(at) == []
        await at.press("escape", "escape")
        assert await drafts(at) == 1, "the head is still typed"


async def test_the_bell_can_be_switched_off(shop_db: sqlite3.Connection, tmp_path: Path, bells: list[str]) -> None:
    async with desk(shop_db, tmp_path, bell=False) as at:
        await begin(at)
        await scan(at, "NOSUCH", "0*X")
        await at.sees("Listed apart, not sent: 2")
        assert not bells


async def test_scans_at_machine_speed_are_all_there_in_order(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path, faults=Faults(latency_ms=30)) as at:
        goods = held(at.db, 40, least=8)
        await begin(at)
        was = transfers(at)
        codes = [each.sku for each in goods]
        codes += ["NOSUCH", *codes[::2], codes[3].lower(), *codes[::4], "UNDO"]
        await feed(at.pilot, "".join(f"{code}\r" for code in codes))
        await at.rest()
        wanted = [1 + (index % 2 == 0) + (index % 4 == 0) + (index == 3) for index in range(40)]
        wanted[36] -= 1  # taken back
        assert lines(at) == list(zip([each.sku for each in goods], wanted, strict=True))
        assert all(found.state == "known" for found in form(at).draft.ledger.lines())
        assert apart(at) == ["NOSUCH"]
        assert at.requests("stock_transfer.search_variations") < len(codes) - 20, (
            "a code is not asked for at every scan"
        )
        await send(at)
        (made,) = set(transfers(at)) - set(was)
        assert moved(at, made) == [(each.number, count) for each, count in zip(goods, wanted, strict=True)]


async def test_lines_are_changed_by_keys_and_changes_taken_back(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path) as at:
        first, second, third = held(at.db, 3, least=10)
        was = transfers(at)
        await begin(at)
        await scan(at, first.sku, second.sku, third.sku)
        await at.press("down", "home", "plus", "plus", "minus")
        assert lines(at)[0] == (first.sku, 2)
        await at.press("down", "delete")
        assert lines(at) == [(first.sku, 2), (third.sku, 1)]
        await at.press("u")
        assert lines(at) == [(first.sku, 2), (second.sku, 1), (third.sku, 1)]
        await at.press("end", "enter")
        await at.sees("Quantity")
        for text, sentence in (("x7", "no whole number"), ("0", "from 1 to"), ("1000000000000", "from 1 to")):
            await at.press("ctrl+u")
            await at.type(text)
            await at.press("enter")
            await at.sees(sentence, text)
        await at.press("ctrl+u", "7", "enter")
        assert lines(at)[2] == (third.sku, 7)
        await at.press("escape")
        await scan(at, "UNDO", "undo")
        assert lines(at) == [(first.sku, 3), (second.sku, 1), (third.sku, 1)], "seven and the minus are taken back"
        assert transfers(at) == was


async def test_letters_and_digits_in_the_scan_box_are_only_text(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path) as at:
        (good,) = held(at.db, 1)
        await begin(at)
        await scan(at, good.sku)
        await at.type("1dq9nufre-+p?:d")
        await at.rest()
        assert form(at).scan_box.value == "1dq9nufre-+p?:d"
        assert lines(at) == [(good.sku, 1)]
        assert len(at.app.screen_stack) == 2


async def test_more_than_the_origin_has_is_said_at_once_and_the_refusal_lands_on_the_line(
    shop_db: sqlite3.Connection, tmp_path: Path, bells: list[str]
) -> None:
    async with desk(shop_db, tmp_path) as at:
        first, second = held(at.db, 2)
        was, before = transfers(at), stock(at, second.number, MAIN)
        await begin(at)
        await scan(at, first.sku, f"{second.stock + 1}*{second.sku}")
        await at.sees(f"✗ short {second.stock + 1} of {second.stock}", "1 short")
        assert len(bells) == 1
        await at.press("ctrl+s")
        await at.sees("1 line asks for more than the origin holds", second.sku)
        await at.press("y")
        await at.rest()
        assert transfers(at) == was
        assert stock(at, second.number, MAIN) == before
        await at.sees(f"✗ Gudang Utama holds only {second.stock} of")
        assert "holds only" in form(at).draft.verdict(line(at, second.sku)).words
        assert lines(at) == [(first.sku, 1), (second.sku, second.stock + 1)]

        await at.press("down", "end", "minus")
        await at.sees(f"ok {second.stock} of {second.stock}")
        await send(at)
        (made,) = set(transfers(at)) - set(was)
        assert moved(at, made) == [(first.number, 1), (second.number, second.stock)]


def pasted(goods: Sequence[Held], separator: str = ",") -> str:
    rows = "\n".join(f"{each.sku}{separator}1" for each in goods)
    return f"\x1b[200~{rows}\x1b[201~"


async def test_more_than_a_hundred_variants_go_in_several_transfers(
    shop_db: sqlite3.Connection, tmp_path: Path
) -> None:
    async with desk(shop_db, tmp_path) as at:
        goods = held(at.db, 130, least=2)
        was = transfers(at)
        await begin(at)
        await feed(at.pilot, pasted(goods))
        await at.rest()
        assert lines(at) == [(each.sku, 1) for each in goods]
        await at.sees("130 lines · 130 pieces · 2 transfers")
        await at.press("ctrl+s")
        await at.sees(
            "2 transfers, since one holds at most 100", "1 of 2: 100 variants, 100 pieces", "2 of 2: 30 variants"
        )
        await at.press("y")
        await at.rest()
        made = sorted(set(transfers(at)) - set(was))
        assert [moved(at, number) for number in made] == [
            [(each.number, 1) for each in goods[:100]],
            [(each.number, 1) for each in goods[100:]],
        ]
        await at.sees(f"✓ 1 of 2: 100 variants, 100 pieces. Done: transfer no. {made[0]}", f"no. {made[1]}")
        await at.press("escape")
        await at.sees("Stock transfers")
        assert await drafts(at) == 0


async def test_each_part_has_its_own_result(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path) as at:
        goods = held(at.db, 102, least=2)
        was = transfers(at)
        await begin(at)
        await feed(at.pilot, pasted(goods, ";"))
        await scan(at, f"100000*{goods[0].sku}")
        await send(at)
        (made,) = set(transfers(at)) - set(was)
        assert moved(at, made) == [(each.number, 1) for each in goods[100:]]
        await at.sees("✗ 1 of 2: 100 variants", "Refused, nothing was done", "✓ 2 of 2: 2 variants, 2 pieces. Done")
        await at.press("escape")
        assert [key for key, _count in lines(at)] == [each.sku for each in goods[:100]]

        await at.press("down", "home", "e", "ctrl+u", "1", "enter")
        await send(at)
        (second,) = set(transfers(at)) - {*was, made}
        assert moved(at, second) == [(each.number, 1) for each in goods[:100]]


async def test_an_unknown_answer_is_not_sent_again(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path, faults=Faults(drop_after_commit=1.0)) as at:
        first, second = held(at.db, 2)
        was = transfers(at)
        await begin(at)
        await scan(at, first.sku)
        await send(at)
        (made,) = set(transfers(at)) - set(was)
        await at.sees("? 1 variant, 1 piece: sent, answer unknown, not sent again")
        assert lines(at) == []
        await at.press("ctrl+s")
        await at.hears("nothing to send yet")
        await scan(at, "UNDO")
        assert lines(at) == [], "what was sent cannot be taken back"
        assert [number for number in transfers(at) if number not in was] == [made]

    async with desk(shop_db, tmp_path) as at:
        await open_form(at)
        await at.sees("Go on with a draft?")
        await at.press("enter")
        await at.sees("sent, answer unknown")
        await at.until(lambda: form(at).origin_id == MAIN)
        await scan_from_anywhere(at, second.sku)
        await send(at)
        (again,) = set(transfers(at)) - {*was, made}
        assert moved(at, again) == [(second.number, 1)], "the unknown part is not in it"
        form(at).focus_on(form(at).view.lines)
        await at.press("p")
        await at.sees("It was done: forget it here")
        await at.press("enter")
        await at.until(lambda: not form(at).draft.parts)


async def scan_from_anywhere(at: Desk, code: str) -> None:
    while not isinstance(at.app.focused, ScanBox):
        await at.press("tab")
    await scan(at, code)


async def test_a_part_that_was_not_done_comes_back(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path, wrap=lambda inner: Silent(inner, "POST")) as at:
        (good,) = held(at.db, 1)
        was = transfers(at)
        await begin(at)
        await scan(at, f"3*{good.sku}")
        await send(at)
        assert transfers(at) == was
        await at.sees("sent, answer unknown")
        await at.press("down", "p")
        await at.sees("put its lines back")
        await at.press("down", "enter")
        await at.until(lambda: lines(at) == [(good.sku, 3)])
        assert not form(at).draft.parts


class Silent(httpx.AsyncBaseTransport):
    """A line on which requests of one method are lost after they left."""

    def __init__(self, inner: httpx.AsyncBaseTransport, method: str) -> None:
        self.inner = inner
        self.method = method

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == self.method:
            raise httpx.ReadTimeout("no answer", request=request)
        return await self.inner.handle_async_request(request)


class Switched(httpx.AsyncBaseTransport):
    """A line that can be cut and mended."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner
        self.is_cut = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_cut:
            raise httpx.ConnectError("no route", request=request)
        return await self.inner.handle_async_request(request)


async def test_the_server_goes_away_and_nothing_is_lost(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    switches: list[Switched] = []

    def wrap(inner: httpx.AsyncBaseTransport) -> httpx.AsyncBaseTransport:
        switches.append(Switched(inner))
        return switches[-1]

    async with desk(shop_db, tmp_path, wrap=wrap) as at:
        first, second = held(at.db, 2)
        was = transfers(at)
        await begin(at)
        await scan(at, first.sku)
        switches[0].is_cut = True
        await scan(at, second.sku, second.sku)
        assert lines(at) == [(first.sku, 1), (second.sku, 2)]
        assert line(at, second.sku).state == "pending"
        await at.press("ctrl+s")
        await at.hears("1 code is not known yet")
        await at.press("down", "r")
        assert line(at, first.sku).state == "known", "an answer that there was is not lost"

        switches[0].is_cut = False
        await at.press("r")
        assert line(at, second.sku).state == "known"
        switches[0].is_cut = True
        await send(at)
        await at.hears("Not sent")
        await at.press("escape")
        assert transfers(at) == was
        switches[0].is_cut = False
        await send(at)
        (made,) = set(transfers(at)) - set(was)
        assert moved(at, made) == [(first.number, 1), (second.number, 2)]


async def test_every_change_is_on_disk_and_offered_on_return(
    shop_db: sqlite3.Connection, tmp_path: Path, bells: list[str]
) -> None:
    async with desk(shop_db, tmp_path) as at:
        first, second = held(at.db, 2)
        await begin(at, "night shift")
        await scan(at, f"3*{first.sku}", "NOSUCH", second.sku, f"0*{first.sku}")
        (draft,) = await at.app.session.store.drafts.list(KIND)
        rows = draft.content["lines"]
        assert isinstance(rows, list)
        assert [(row["code"], row["quantity"]) for row in rows if isinstance(row, dict)] == [
            (first.sku, 3),
            ("NOSUCH", 1),
            (second.sku, 1),
        ]

    async with desk(shop_db, tmp_path) as at:
        bells.clear()
        await open_form(at)
        await at.sees("Go on with a draft?", "3 lines")
        await at.press("enter")
        await at.until(lambda: lines(at) == [(first.sku, 3), (second.sku, 1)])
        await at.rest()
        await at.sees("Gudang Utama", "Gudang Bandung", "night shift")
        assert apart(at) == ["NOSUCH", f"0*{first.sku}"]
        assert not bells, "what was told before is not told again"
        assert isinstance(at.app.focused, ScanBox)
        was = transfers(at)
        await send(at)
        (made,) = set(transfers(at)) - set(was)
        assert moved(at, made) == [(first.number, 3), (second.number, 1)]


async def test_a_draft_is_thrown_away_by_a_word_only(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path) as at:
        (good,) = held(at.db, 1)
        await begin(at)
        await scan(at, good.sku)
        await at.press("down", "d")
        await at.sees("1 counted line is lost", "discard")
        await at.type(good.sku)
        await at.press("enter")
        await at.sees("That is not the word")
        assert await drafts(at) == 1
        await at.type("discard")
        await at.press("enter")
        await at.sees("Stock transfers")
        assert await drafts(at) == 0


async def test_origin_and_destination_must_differ_and_nothing_is_sent_without_a_head(
    shop_db: sqlite3.Connection, tmp_path: Path
) -> None:
    async with desk(shop_db, tmp_path) as at:
        (good,) = held(at.db, 1)
        was = transfers(at)
        await open_form(at)
        await scan_from_anywhere(at, good.sku)
        await at.sees("choose the origin")
        await at.press("ctrl+s")
        await at.rest()
        assert transfers(at) == was
        assert form(at).form.input("origin_warehouse_id").problem

        await choose(at, "utama", "Gudang Utama")
        await at.until(lambda: line(at, good.sku).state == "known")
        await at.type("utama")
        await at.press("enter")
        await at.sees("Origin and destination are the same warehouse.")
        await at.press("ctrl+s")
        assert not at.app.screen.is_modal
        await at.press("ctrl+u")
        await choose(at, "bandung", "Gudang Bandung")
        assert "same warehouse" not in at.text()


async def test_another_origin_has_other_stock(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path) as at:
        number = at.one(
            "SELECT a.variation_id FROM warehouse_stock a JOIN warehouse_stock b USING (variation_id)"
            " WHERE a.warehouse_id = 0 AND b.warehouse_id = 9 AND a.stock > b.stock AND b.stock > 0 LIMIT 1"
        )
        good = Held(at.one("SELECT sku FROM variation WHERE id = ?", number), number, stock(at, number, MAIN))
        await begin(at)
        await scan(at, good.sku)
        await at.sees(f"ok 1 of {good.stock}")
        await at.press("shift+tab", "shift+tab", "shift+tab", "ctrl+u")
        await choose(at, "surabaya", "Gudang Surabaya")
        there = stock(at, good.number, 9)
        found = line(at, good.sku)
        assert found.item is not None
        assert found.item.stock == there
        assert lines(at) == [(good.sku, 1)]


async def test_lines_from_a_file(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path) as at:
        first, second = held(at.db, 2)
        book = tmp_path / "lines.xlsx"
        book.write_bytes(b"PK")
        sheet = tmp_path / "lines.csv"
        sheet.write_text(f"SKU;Qty\n{first.sku};3\n{second.sku};two\nNOSUCH;1\n\n{second.sku}\n")
        await begin(at)
        await at.press("ctrl+o")
        await at.sees("Read lines from a file")
        for path, sentence in ((tmp_path / "none.csv", "There is no such file"), (book, "Only CSV can be read yet")):
            await at.press("ctrl+u")
            await feed(at.pilot, str(path))
            await at.press("enter")
            await at.sees(sentence)
        await at.press("ctrl+u")
        await feed(at.pilot, str(sheet))
        await at.press("enter")
        await at.until(lambda: lines(at) == [(first.sku, 3), (second.sku, 1)])
        assert apart(at) == ["NOSUCH", f"{second.sku};two"]


async def test_lines_typed_with_a_separator(shop_db: sqlite3.Connection, tmp_path: Path) -> None:
    async with desk(shop_db, tmp_path) as at:
        first, second = held(at.db, 2)
        await begin(at)
        await scan(at, f"{first.sku},4")
        await feed(at.pilot, f"\x1b[200~{second.sku}\t2\x1b[201~\r")
        await feed(at.pilot, f"\x1b[200~{first.sku}\t1\n{second.sku}\t1\n\x1b[201~")
        await at.rest()
        assert lines(at) == [(first.sku, 5), (second.sku, 3)]
