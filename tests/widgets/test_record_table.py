from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest
from rich.cells import cell_len
from textual.geometry import Region

from ngorder_tui.widgets.record_table import Column, CursorLook, Row
from tests.widgets.record_desk import NARROW, WIDE, Desk, body, gutters, row, still


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_first_page_is_asked_for_and_shown_under_its_titles(size: tuple[int, int]) -> None:
    app = Desk(10)
    async with app.run_test(size=size) as pilot:
        await still(pilot)
        assert app.asked == [1]
        head = app.lines()[0]
        first = body(app)[0]
        assert head.index("Receiver") == first.index("Receiver 0")
        assert head.index("Total") + len("Total") == first.index("Rp0.000") + len("Rp0.000")
        assert "UNPAID" in first
        assert ("note 0" in first) is (size == WIDE)
        assert ("Lion" in first) is (size == WIDE)
        assert body(app)[10] == ""
        assert app.highlighted() == ["order 0"]


async def test_movement() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        for keys, place in [
            (["down", "j", "j"], 3),
            (["up", "k"], 1),
            (["up", "up", "up"], 0),
            (["pagedown"], 23),
            (["pagedown"], 46),
            (["pageup"], 23),
            (["G"], 99),
            (["down"], 99),
            (["g"], 0),
            (["end"], 99),
            (["home"], 0),
        ]:
            await pilot.press(*keys)
            await still(pilot)
            assert app.table.cursor_index == place
            assert app.table.cursor_key == f"order {place}"


async def test_a_page_down_moves_the_view_by_what_was_on_it() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        await pilot.press("down", "down", "pagedown")
        await still(pilot)
        assert "Receiver 23" in body(app)[0]
        assert app.table.cursor_index == 25


async def test_end_goes_to_the_last_of_a_million_and_asks_for_one_page() -> None:
    app = Desk(0, silent=True)
    app.server = []
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        app.table.put(0, [row(number) for number in range(25)], 1_000_000)
        await pilot.press("end")
        await still(pilot)
        assert app.table.cursor_index == 999_999
        assert app.asked == [1, 40_000]
        assert body(app) == ["  …"] * 23
        assert app.table.cursor_key is None
        app.table.put(999_975, [row(number) for number in range(999_975, 1_000_000)], 1_000_000)
        await still(pilot)
        assert "Receiver 999999" in body(app)[-1]
        assert app.highlighted() == ["order 0", None, "order 999999"]


async def test_pages_passed_over_while_another_is_awaited_are_not_asked_for() -> None:
    app = Desk(1000, silent=True)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        app.answer(1)
        for _press in range(8):
            app.table.action_page_down()
        await asyncio.wait_for(app.last_page_asked.wait(), 10)
        assert app.asked == [1, 2, 8, 9]


async def test_a_page_is_asked_for_once_until_it_fails() -> None:
    app = Desk(100, silent=True)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        await pilot.press("down", "down")
        await still(pilot)
        assert app.asked == [1]
        app.table.page_failed(1)
        await still(pilot)
        assert app.asked == [1]
        await pilot.press("down")
        await still(pilot)
        assert app.asked == [1, 1]


async def test_a_list_without_a_total_grows_as_pages_come() -> None:
    app = Desk(60, tells_total=False)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        counts = [app.table.row_count]
        for _round in range(4):
            await pilot.press("end")
            await still(pilot)
            counts.append(app.table.row_count)
        assert counts == [26, 51, 60, 60, 60]
        assert app.table.cursor_key == "order 59"


@pytest.mark.parametrize(("look", "width"), [("highlight", 79), ("gutter", 2)])
async def test_a_cursor_move_repaints_the_two_rows_and_nothing_else(look: CursorLook, width: int) -> None:
    app = Desk(100, look=look)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        app.table.repainted.clear()
        await pilot.press("down")
        await still(pilot)
        assert app.table.repainted == [(Region(0, 1, width, 1), Region(0, 2, width, 1))]


async def test_the_same_rows_repaint_nothing_and_one_changed_row_only_itself() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        app.table.repainted.clear()
        app.server = [row(number) for number in range(100)]
        app.table.ask_again()
        await still(pilot)
        assert app.asked == [1, 1]
        assert app.table.repainted == []
        app.server[4] = row(4, "Somebody else")
        app.table.ask_again()
        await still(pilot)
        assert app.table.repainted == [(Region(0, 5, 79, 1),)]
        assert "Somebody else" in body(app)[4]
        app.table.repainted.clear()
        assert app.table.replace_row(row(5, "Replaced"))
        await still(pilot)
        assert app.table.repainted == [(Region(0, 6, 79, 1),)]
        assert "Replaced" in body(app)[5]


async def test_the_gutter_cursor_is_plain_text() -> None:
    app = Desk(3, look="gutter")
    async with app.run_test(size=NARROW) as pilot:
        app.theme = "ansi-dark"
        await still(pilot)
        await pilot.press("down", "space")
        await still(pilot)
        assert gutters(app)[:4] == ["  ", ">*", "  ", "  "]
        segment = next(iter(app.table.render_line(2)))
        assert segment.text == ">*"
        assert not segment.style


async def test_a_smaller_window_keeps_the_cursor_on_view() -> None:
    app = Desk(100)
    async with app.run_test(size=WIDE) as pilot:
        await still(pilot)
        await pilot.press(*["down"] * 30)
        await pilot.resize_terminal(*NARROW)
        await still(pilot)
        assert "Receiver 30" in body(app)[-1]
        assert "note 30" not in body(app)[-1]
        await pilot.resize_terminal(*WIDE)
        await still(pilot)
        assert any("note 30" in line for line in body(app))


async def test_a_tiny_window_does_not_crash() -> None:
    app = Desk(100)
    async with app.run_test(size=(80, 24)) as pilot:
        await still(pilot)
        for size in [(3, 2), (1, 1), (20, 1), (2, 10), (80, 24)]:
            await pilot.resize_terminal(*size)
            await pilot.press("down", "pagedown", "up")
            await still(pilot)
        assert app.table.cursor_key is not None


async def test_columns_stand_under_each_other_by_cells() -> None:
    app = Desk(4)
    app.server[0] = row(0, "漢字の店")
    app.server[1] = row(1, "Cafe\u0301 Contoh")
    app.server[2] = row(2, "a name far longer than any column could ever be, " * 3)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        status = {cell_len(line[: line.index("UNPAID")]) for line in body(app)[:4]}
        assert len(status) == 1
        assert "…" in body(app)[2]


async def test_hostile_text_is_drawn_as_text() -> None:
    app = Desk(3)
    app.server[0] = row(0, "[/x] [bold]b[/]")
    app.server[1] = row(1, "\x1b]0;title\x07\x1b[2Jgone\nnext\tlast\u202e\ud800")
    app.server[2] = Row("order 2", ("only one cell",))
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        assert "[/x] [bold]b[/]" in body(app)[0]
        assert "gone next last" in body(app)[1]
        assert all(character.isprintable() for line in app.lines() for character in line)


async def test_the_looks_of_rows() -> None:
    app = Desk(4)
    app.server[1:] = [row(1, style="warn"), row(2, style="dim"), row(3, style="no such look")]
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        last = [list(app.table.render_line(y))[-1].style for y in (2, 3, 4)]
        plain = app.table.rich_style
        assert last[0] is not None
        assert last[0].color != plain.color
        assert last[1] is not None
        assert last[1].dim
        assert last[2] == plain


async def test_no_scrollbar_in_the_light_profile() -> None:
    app = Desk(100)
    app.table.show_scrollbar = False
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        assert app.table.scrollable_content_region.width == 80
        app.table.show_scrollbar = True
        await still(pilot)
        assert app.table.scrollable_content_region.width == 79


async def test_other_columns() -> None:
    app = Desk(3)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        app.table.set_columns([Column("Number", "order_id", width=10)])
        await still(pilot)
        assert app.lines()[0].split() == ["Number"]
        assert body(app)[:2] == ["  0", "  1"]
        assert [column.title for column in app.table.columns] == ["Number"]


async def test_another_page_size() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        app.asked.clear()
        app.table.per_page = 10
        await still(pilot)
        assert app.asked == [1, 2, 3]


async def test_the_keys_can_be_remapped() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        app.set_keymap({"table.down": "n", "table.last": "e,ctrl+e"})
        await pilot.press("n", "j", "down")
        assert app.table.cursor_index == 1
        await pilot.press("e")
        assert app.table.cursor_index == 99


async def test_scrolling_without_the_cursor_asks_for_what_comes_into_view() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        app.table.scroll_to(y=70, animate=False)
        await still(pilot)
        assert app.asked == [1, 3, 4]
        assert app.table.cursor_index == 0
        await pilot.press("down")
        await still(pilot)
        assert "Receiver 1" in body(app)[0]


def test_the_first_paint_needs_neither_models_nor_network() -> None:
    code = "import sys, ngorder_tui.widgets.record_table; print({'pydantic', 'httpx', 'sqlite3'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
