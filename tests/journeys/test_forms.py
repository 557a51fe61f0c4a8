"""Making and changing records by forms: nothing typed is lost, and what is wrong stands on its field."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import httpx
import pytest

from ngorder_tui.screens.form_screen import FormScreen
from ngorder_tui.screens.list_screen import ListScreen
from tests.desk import Desk, desk
from tests.line import Line

CREATE, UPDATE_CUSTOMER, UPDATE_SUPPLIER = "/customer/create", "/customer/update", "/supplier/update"


@pytest.fixture
def line() -> Line:
    return Line()


def form(at: Desk) -> FormScreen:
    screen = next(screen for screen in at.app.screen_stack if isinstance(screen, FormScreen))
    assert isinstance(screen, FormScreen)
    return screen


def problem(at: Desk, field: str) -> str:
    return form(at).form.input(field).problem


def text(at: Desk, field: str) -> str:
    return form(at).form.input(field).text


async def opened(at: Desk, key: str, first: str = "name") -> None:
    await at.press(key)
    await at.until(lambda: isinstance(at.app.screen, FormScreen) and at.focused() == first)


async def left(at: Desk) -> None:
    await at.until(lambda: isinstance(at.app.screen, ListScreen))
    await at.rest()


async def test_a_customer_is_made_with_what_is_wrong_told_on_its_field(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.press("6")
        await opened(at, "n")
        # Digits and letters that are commands elsewhere are text in a field.
        await at.burst(*"Qey 1 n/f?:", "tab", *"abc", "tab", *"palmerah")
        await at.sees("Write a phone number", "Palmerah, Kota Jakarta Barat")
        await at.press("enter", "tab")
        await at.sees("#2105")
        await at.burst(*"Jl. Uji No. 1", "tab", *"12a", "tab", *"Z", "tab")
        await at.sees("Write digits only.")
        await at.press("ctrl+s")
        assert at.focused() == "phone"
        assert not at.asks()
        assert problem(at, "is_active") == "is required"
        assert problem(at, "postal_code")
        assert text(at, "name") == "Qey 1 n/f?:"
        assert line.to(CREATE) == []

        await at.burst(*["backspace"] * 3, *"081234000001", *["tab"] * 3, "backspace", *["tab"] * 5, "right", "f10")
        await at.sees("Send: New: Customers", "District: #2105 Palmerah", "y Yes   n No")
        # A scanner's Enter sends nothing; no leads back to the form as it was.
        await at.press("enter", "n")
        assert line.to(CREATE) == []
        await at.press("ctrl+s", "y")
        # The category is unknown to the server alone: its reason lands on the field.
        await at.hears("Refused, nothing was done")
        await at.until(lambda: at.focused() == "category")
        assert problem(at, "category")
        assert text(at, "name") == "Qey 1 n/f?:"
        assert at.one("SELECT count(*) FROM customer WHERE name = 'Qey 1 n/f?:'") == 0

        await at.burst("backspace", *"N", "ctrl+s")
        await at.sees("Send: New")
        await at.press("y")
        await at.hears("Done: New: Customers")
        await left(at)
        made = shop_db.execute("SELECT * FROM customer WHERE name = 'Qey 1 n/f?:'").fetchone()
        assert (made["phone"], made["district_id"], made["address"]) == ("081234000001", 2105, "Jl. Uji No. 1")
        assert (made["postal_code"], made["category_code"], made["is_active"]) == ("12", "N", "Y")
        assert line.to(CREATE)[-1].body == {
            "name": "Qey 1 n/f?:", "phone": "081234000001", "district_id": 2105, "address": "Jl. Uji No. 1",
            "postal_code": "12", "category": "N", "is_active": "Y",
        }  # fmt: skip
        # The list shows it without being asked, and no draft is left of it.
        await at.sees("Qey 1 n/f?:")
        await opened(at, "n")
        assert not at.asks()
        assert text(at, "name") == ""


async def test_a_customer_is_changed_and_only_what_differs_is_sent(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.press("6", "down")
        screen = at.app.screen
        assert isinstance(screen, ListScreen)
        key = screen.table.cursor_key
        old = shop_db.execute("SELECT * FROM customer WHERE id = ?", (key,)).fetchone()
        await opened(at, "e")
        assert text(at, "name") == old["name"]
        await at.press("ctrl+s")
        await at.hears("Nothing is changed")
        await at.burst(*" Baru", "ctrl+s")
        await at.sees("Send: Change: Customers", f"Name: {old['name']} Baru")
        await at.press("y")
        await at.hears("Done: Change: Customers")
        await left(at)
        assert at.one("SELECT name FROM customer WHERE id = ?", key) == f"{old['name']} Baru"
        assert at.one("SELECT phone FROM customer WHERE id = ?", key) == old["phone"]
        assert line.to(UPDATE_CUSTOMER)[-1].body == {"customer_id": int(key or ""), "name": f"{old['name']} Baru"}
        assert screen.table.cursor_key == key
        await at.sees(f"{old['name']} Baru"[:20])

        # A change that was begun is a draft of this customer alone.
        await opened(at, "e")
        await at.burst(*" lagi", "escape")
        await at.hears("Your draft is kept.")
        await left(at)
        await at.press("down")
        await opened(at, "e")
        assert not at.asks()
        await at.press("escape", "up")
        await opened_with_drafts(at, "e")
        await at.sees("draft of 24 Nov 2026 12:00", "as the server has it")
        await at.press("enter")
        await at.until(lambda: text(at, "name") == f"{old['name']} Baru lagi")


async def opened_with_drafts(at: Desk, key: str) -> None:
    await at.press(key)
    await at.sees("Go on with a draft?")


async def test_a_draft_outlives_leaving_the_form_and_the_program(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path) as at:
        await at.press("6")
        await opened(at, "n")
        await at.burst(*"Calon Uji", "tab", *"08x", "escape")
        await at.hears("Your draft is kept.")
        await left(at)
        await opened_with_drafts(at, "n")
        await at.press("down", "enter")
        assert text(at, "name") == ""
        await at.press("escape")
        await left(at)

    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.press("6")
        await opened_with_drafts(at, "n")
        await at.press("enter")
        await at.until(lambda: text(at, "name") == "Calon Uji")
        assert text(at, "phone") == "08x"
        await at.until(lambda: at.focused() == "phone")
        assert at.one("SELECT count(*) FROM customer WHERE name = 'Calon Uji'") == 0
        # Emptied again, it is empty in the draft as well.
        await at.burst(*["backspace"] * 3, "escape")
        await left(at)
        await opened_with_drafts(at, "n")
        await at.press("enter")
        await at.until(lambda: text(at, "name") == "Calon Uji")
        assert text(at, "phone") == ""


async def test_a_guessed_address_is_asked_about_once_and_remembered(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    first = shop_db.execute("SELECT * FROM supplier ORDER BY id").fetchone()
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.press("9")
        await opened(at, "e")
        await at.burst(*" Baru", "ctrl+s")
        await at.sees("Send: Change: Suppliers")
        await at.press("y")
        await at.sees("is a good guess")
        await at.press("n")
        await at.rest()
        assert line.to(UPDATE_SUPPLIER) == []
        assert text(at, "name") == f"{first['name']} Baru"
        await at.press("ctrl+s", "y")
        await at.sees("is a good guess")
        await at.press("y")
        await at.hears("Done: Change: Suppliers")
        await left(at)
        assert line.to(UPDATE_SUPPLIER)[-1].body == {"supplier_id": first["id"], "name": f"{first['name']} Baru"}
        assert at.one("SELECT name FROM supplier WHERE id = ?", first["id"]) == f"{first['name']} Baru"

        await opened(at, "e")
        await at.burst("tab", "tab", *" 2", "ctrl+s")
        await at.sees("Send: Change: Suppliers")
        await at.press("y")
        await at.hears("Done: Change: Suppliers")
        await left(at)
        assert at.one("SELECT address FROM supplier WHERE id = ?", first["id"]) == f"{first['address']} 2"
    assert json.loads((tmp_path / "state" / "consent.json").read_text("utf-8")) == {"consented": ["supplier.update"]}


async def test_what_is_typed_stays_whatever_the_line_does(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.press("6")
        await opened(at, "n")
        await at.burst(*"Calon Uji", "tab", *"081234000002", "tab", *"#2105", "tab", *"Jl. Uji", "tab", "tab", *"N")
        await at.burst(*["tab"] * 4, "right")

        # The lookup fails on its own line, the form goes on.
        line.is_down = True
        await at.burst(*["shift+tab"] * 7, "end", *["backspace"] * 5, *"coblong")
        await at.sees("cannot be reached")
        await at.burst(*["backspace"] * 7, *"#2105", "ctrl+s")
        await at.sees("Send: New")
        await at.press("y")
        await at.hears("Not sent: New: Customers", "What you typed is still here.")
        await at.press("escape")
        assert text(at, "name") == "Calon Uji"
        assert line.to(CREATE) == []
        line.is_down = False

        # While it is being sent, nothing sends it a second time, and leaving waits.
        line.hold(CREATE)
        await at.press("ctrl+s")
        await at.burst("y")
        await at.until(lambda: line.to(CREATE))
        await at.burst("ctrl+s", "escape")
        await at.hears("It is being sent; wait for the answer.")
        assert not at.asks()
        assert isinstance(at.app.screen, FormScreen)
        line.meets(CREATE, httpx.ReadTimeout)
        line.release()
        await at.hears("Sent, answer unknown: New: Customers")
        await at.sees("1 unsent")
        assert text(at, "name") == "Calon Uji"
        assert len(line.to(CREATE)) == 1
        line.clears(CREATE)

        line.meets(CREATE, httpx.Response(422, json={"message": {"phone": ["sudah dipakai"], "lain": ["salah"]}}))
        await at.press("ctrl+s", "y")
        await at.sees("Send it again?", "it may have been done")
        await at.burst(*"again", "enter")
        await at.until(lambda: problem(at, "phone") == "sudah dipakai")
        await at.sees("lain: salah")
        assert at.focused() == "phone"
        assert len(line.to(CREATE)) == 2
        assert at.one("SELECT count(*) FROM customer WHERE name = 'Calon Uji'") == 0


async def test_a_draft_that_cannot_be_kept_is_told_and_the_form_goes_on(
    shop_db: sqlite3.Connection, tmp_path: Path, line: Line
) -> None:
    async with desk(shop_db, tmp_path, wrap=line) as at:
        await at.press("6")
        await opened(at, "n")
        other = sqlite3.connect(tmp_path / "state" / "state.sqlite")
        other.execute("DROP TABLE draft")
        other.commit()
        other.close()
        await at.burst(*"Calon Uji")
        await at.hears("cannot be kept as a draft")
        assert text(at, "name") == "Calon Uji"
        assert len([said for said in at.heard() if "cannot be kept" in said]) == 1
        await at.press("escape")
        await left(at)
        assert "Your draft is kept." not in at.heard()
