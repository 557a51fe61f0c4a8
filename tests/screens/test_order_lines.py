"""The lines on screen: however many there are, the one under the cursor is in sight, and little room is taken."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult

from ngorder_tui.screens.order_lines import LinesView, ShownLine
from ngorder_tui.screens.order_scan import LineScan
from tests.widgets.form_samples import screen_text


class Lines:
    """Lines that are plainly invented; every third has a note."""

    def __init__(self, count: int) -> None:
        self.shown = [
            ShownLine(
                f"K{at}", "known", at + 1, f"SKU-{at:02}", f"Barang {at}", 1_000, 1_000 * (at + 1), 9,
                notes=("catatan",) if at % 3 == 0 else (),
            )
            for at in range(count)
        ]  # fmt: skip
        self.asked: list[tuple[str, str, int]] = []

    def shown_lines(self) -> Sequence[ShownLine]:
        return self.shown

    def add(self, key: str, quantity: int) -> None:
        self.asked.append(("add", key, quantity))

    def take_out(self, key: str) -> None:
        self.asked.append(("out", key, 0))

    @property
    def box(self) -> LineScan | None:
        return None


class LinesApp(App[None]):
    def __init__(self, lines: Lines) -> None:
        super().__init__()
        self.view = LinesView("products", "Goods", lines)

    def compose(self) -> ComposeResult:
        yield self.view

    def on_mount(self) -> None:
        self.view.show_lines()
        self.view.focus()


@pytest.mark.parametrize("height", [12, 24, 36])
async def test_the_cursor_is_always_in_sight(height: int) -> None:
    app = LinesApp(Lines(40))
    async with app.run_test(size=(80, height)) as pilot:
        for at in [*range(40), *range(38, -1, -1)]:
            app.view.select(f"K{at}")
            await pilot.pause()
            text = screen_text(app)
            assert f"SKU-{at:02}" in text
            assert app.view.size.height <= max(6, height // 3) + 1
        assert "of 40" in screen_text(app)


async def test_keys_are_about_the_line_under_the_cursor() -> None:
    lines = Lines(3)
    app = LinesApp(lines)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("plus", "down", "minus", "down", "down", "delete", "up", "up", "up", "plus")
        assert lines.asked == [("add", "K0", 1), ("add", "K1", -1), ("out", "K2", 0), ("add", "K0", 1)]


async def test_money_and_stock_are_whole_at_80_columns_and_words_never_wrap() -> None:
    lines = Lines(0)
    lines.shown = [
        ShownLine("A", "known", 12_000, "SKU-" + "9" * 30, "Kaos [b]tebal[/x] " * 9, 99_999_999, 999_999_999, 3, True),
        ShownLine("B", "unknown", 2, "X[/red]", "3 things are called so"),
        ShownLine("C", "unread", 0, "0*Y", "why"),
        ShownLine("D", "pending", 1, "Z", "looking it up…"),
    ]
    app = LinesApp(lines)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        rows = [row for row in screen_text(app).split("\n") if row.strip()]
        assert len(rows) == 4
        assert all(words in rows[0] for words in ("12.000 x", "Rp99.999.999", "Rp999.999.999"))
        assert rows[0].endswith("short: 3")
        assert "not found: X[/red] (2 scans) 3 things are called so" in rows[1]
        assert "not read: 0*Y  why" in rows[2]
        assert "looking it up…" in rows[3]
