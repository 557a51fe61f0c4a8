"""The scan box: every scan comes out, in order, whatever the speed; nothing typed there is a command."""

from __future__ import annotations

import pytest

from ngorder_tui.widgets.scan_box import MOST_PIECES, ScanBox
from tests.widgets.form_samples import Showing, feed


class Counter(Showing):
    """Keeps what the box says; every letter, digit and sign is a command here."""

    BINDINGS = [
        *((key, "command") for key in "abcdefghijklmnopqrstuvwxyz0123456789"),
        ("space,minus,plus,slash,question_mark,colon,asterisk,full_stop", "command"),
        ("up", "passed('up')"),
        ("down", "passed('down')"),
        ("escape", "passed('escape')"),
    ]

    def __init__(self) -> None:
        self.box = ScanBox()
        super().__init__(self.box)
        self.scans: list[tuple[str, int]] = []
        self.refused: list[tuple[str, str]] = []
        self.commands = 0
        self.keys: list[str] = []

    def on_mount(self) -> None:
        self.box.focus()

    def on_scan_box_scanned(self, event: ScanBox.Scanned) -> None:
        self.scans.append((event.code, event.quantity))

    def on_scan_box_unreadable(self, event: ScanBox.Unreadable) -> None:
        self.refused.append((event.text, event.why))

    def action_command(self) -> None:
        self.commands += 1

    def action_passed(self, key: str) -> None:
        self.keys.append(key)


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
async def test_a_hundred_scans_in_one_read_come_out_in_order(end: str) -> None:
    app = Counter()
    codes = [f"SKU-{number:03}" for number in range(100)]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await feed(pilot, "".join(code + end for code in codes))
        await pilot.pause()
        assert app.scans == [(code, 1) for code in codes]
        assert app.box.value == ""
        assert app.commands == 0
        assert app.refused == []


async def test_scans_by_single_keys_come_out_in_order() -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for number in range(5):
            await pilot.press(*f"a{number}", "enter")
        assert app.scans == [(f"a{number}", 1) for number in range(5)]
        assert app.commands == 0


@pytest.mark.parametrize(
    ("typed", "code", "quantity"),
    [
        ("12*SKU", "SKU", 12),
        ("12 * SKU", "SKU", 12),
        ("+3*SKU", "SKU", 3),
        ("007*SKU", "SKU", 7),
        (f"{MOST_PIECES}*SKU", "SKU", MOST_PIECES),
        ("1*2*SKU", "2*SKU", 1),
        ("A*B", "A*B", 1),
        ("-", "-", 1),
        ("+", "+", 1),
        ("*", "*", 1),
        ("  SKU  1 ", "SKU 1", 1),
        ("[red]x[/]", "[red]x[/]", 1),
    ],
)
async def test_what_a_line_means(typed: str, code: str, quantity: int) -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await feed(pilot, typed + "\r")
        await pilot.pause()
        assert app.scans == [(code, quantity)]
        assert app.refused == []


@pytest.mark.parametrize("typed", ["0*SKU", "-2*SKU", f"{MOST_PIECES + 1}*SKU", "9" * 5000 + "*SKU", "12*", "x" * 129])
async def test_what_is_no_scan_is_told_with_its_text_and_the_next_scan_is_whole(typed: str) -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.box.scan(typed)
        await feed(pilot, "SKU\r")
        await pilot.pause()
        assert app.scans == [("SKU", 1)]
        assert [text for text, _why in app.refused] == [typed]
        assert all(why for _text, why in app.refused)


async def test_a_smaller_bound_can_be_set() -> None:
    app = Counter()
    app.box = ScanBox(most=5)
    app.widgets = (app.box,)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await feed(pilot, "5*A\r6*B\r")
        await pilot.pause()
        assert app.scans == [("A", 5)]
        assert "5" in app.refused[0][1]


async def test_enter_on_nothing_is_nothing() -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await feed(pilot, "\r\r \r")
        await pilot.pause()
        assert app.scans == []
        assert app.refused == []


async def test_pasted_lines_are_scans_and_a_pasted_word_is_text() -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await feed(pilot, "\x1b[200~SK\x1b[201~")
        await pilot.pause()
        assert app.scans == []
        assert app.box.value == "SK"
        await feed(pilot, "\x1b[200~U-1\r\n\r\n3*SKU-2\nSKU\u202e-3\x1b[201~")
        await pilot.pause()
        assert app.scans == [("SKU-1", 1), ("SKU-2", 3), ("SKU-3", 1)]
        assert app.box.value == ""


async def test_editing_keys_keep_their_place_among_the_characters() -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await feed(pilot, "abc\x7fd\rxy\x1b[D-\r")
        await pilot.pause()
        assert app.scans == [("abd", 1), ("x-y", 1)]


async def test_arrows_escape_and_tab_go_on_and_signs_are_text() -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("up", "down", "escape", "minus", "plus", "slash", "1")
        assert app.keys == ["up", "down", "escape"]
        assert app.box.value == "-+/1"
        assert app.commands == 0
        await pilot.press("tab")
        assert not app.box.has_focus
