from __future__ import annotations

from textual.geometry import Region

from ngorder_tui.widgets.record_table import RecordTable
from tests.widgets.record_desk import NARROW, WIDE, Desk, body, gutters, row, still


async def test_marks() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        app.table.repainted.clear()
        await pilot.press("space")
        await still(pilot)
        assert app.table.rows_marked == {"order 0"}
        assert app.table.repainted == [(Region(0, 1, 2, 1),)]
        await pilot.press("j", "j", "j", "V")
        await still(pilot)
        assert app.table.rows_marked == {f"order {number}" for number in range(4)}
        assert gutters(app)[:5] == [" *"] * 4 + ["  "]
        await pilot.press("space")
        await still(pilot)
        assert app.table.rows_marked == {"order 0", "order 1", "order 2"}
        app.table.mark(["order 99"])
        app.table.mark(["order 99"])
        await still(pilot)
        told = [len(message.keys) for message in app.heard if isinstance(message, RecordTable.MarksChanged)]
        assert told == [1, 4, 3, 1]


async def test_marks_go_upwards_too_and_stay_with_their_records() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        await pilot.press("j", "j", "space", "k", "V")
        app.server.insert(0, row(500))
        app.table.ask_again()
        await still(pilot)
        assert app.table.rows_marked == {"order 1", "order 2"}
        assert gutters(app)[:5] == ["  ", "  ", " *", " *", "  "]


async def test_enter_opens_the_record_under_the_cursor() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        await pilot.press("j", "enter")
        await still(pilot)
        opened = [message.key for message in app.heard if isinstance(message, RecordTable.Opened)]
        assert opened == ["order 1"]


async def test_a_row_that_is_not_here_is_neither_opened_nor_marked() -> None:
    app = Desk(100, silent=True)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        await pilot.press("enter", "space", "V")
        await still(pilot)
        assert app.heard == []


async def test_the_mouse_moves_and_then_opens() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        await pilot.press("pagedown")
        await pilot.click(app.table, offset=(5, 3))
        await still(pilot)
        assert app.table.cursor_index == 25
        await pilot.click(app.table, offset=(5, 3))
        await pilot.click(app.table, offset=(5, 0))
        await still(pilot)
        opened = [message.key for message in app.heard if isinstance(message, RecordTable.Opened)]
        assert opened == ["order 25"]
        assert app.table.cursor_index == 25


async def test_the_cursor_stays_on_its_record_when_records_come_in_on_top() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        await pilot.press("j", "j")
        app.server[:0] = [row(500), row(501)]
        app.table.ask_again()
        await still(pilot)
        assert app.table.cursor_key == "order 2"
        assert app.table.cursor_index == 4
        assert "Receiver 500" in body(app)[0]
        assert app.highlighted()[-1] == "order 2"


async def test_far_down_the_view_goes_with_the_record() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        await pilot.press("pagedown", "pagedown", "k")
        await still(pilot)
        before = body(app)
        app.server.insert(0, row(500))
        app.table.ask_again()
        await still(pilot)
        assert body(app) == before
        assert app.table.cursor_key == "order 45"
        assert app.table.cursor_index == 46


async def test_what_is_held_from_before_is_drawn_as_stale_until_it_comes_again() -> None:
    app = Desk(100)
    async with app.run_test(size=WIDE) as pilot:
        await still(pilot)
        app.silent = True
        app.server.insert(0, row(500))
        app.answer(1)
        await still(pilot)

        def dim(index: int) -> bool:
            last = list(app.table.render_line(index + 1))[-1]
            return last.style is not None and bool(last.style.dim)

        assert [dim(index) for index in (24, 25, 30)] == [False, True, True]
        app.answer(2)
        await still(pilot)
        assert not dim(25)


async def test_a_record_that_is_gone_is_sought_and_then_told_of() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        await pilot.press("pagedown", "pagedown")
        await still(pilot)
        del app.server[46]
        app.asked.clear()
        app.table.ask_again()
        await still(pilot)
        lost = [message.key for message in app.heard if isinstance(message, RecordTable.CursorLost)]
        assert lost == ["order 46"]
        assert set(app.asked) == {1, 2, 3}
        assert app.table.cursor_index == 46
        assert app.table.cursor_key == "order 47"


async def test_a_record_gone_by_our_own_deed_gives_way_to_the_next() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        await pilot.press("j", "j", "space")
        del app.server[2]
        assert app.table.forget("order 2")
        assert not app.table.forget("order 2")
        await still(pilot)
        assert app.table.cursor_key == "order 3"
        assert app.table.cursor_index == 2
        assert app.table.rows_marked == frozenset()
        assert app.table.row_count == 99
        assert "Receiver 3" in body(app)[2]


async def test_select_goes_by_key() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        assert app.table.select("order 24")
        assert not app.table.select("order 99")
        await still(pilot)
        assert app.table.cursor_key == "order 24"
        assert "Receiver 24" in body(app)[-1]
        assert app.table.row("order 24") == app.server[24]
        assert app.table.row("order 99") is None


async def test_an_empty_list_says_why() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        await pilot.press("G")
        app.table.clear("No unpaid orders. f changes the filter.")
        await still(pilot)
        assert [line for line in body(app) if line] == ["  No unpaid orders. f changes the filter."]
        assert app.table.cursor_key is None
        assert app.highlighted()[-1] is None
        app.table.set_message("Something else.")
        await still(pilot)
        assert [line for line in body(app) if line] == ["  Something else."]


async def test_an_empty_answer_has_a_sentence_of_its_own() -> None:
    app = Desk(0)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        assert [line for line in body(app) if line] == ["  There is nothing in this list."]
        assert app.asked == [1]


async def test_an_emptied_list_takes_rows_again() -> None:
    app = Desk(0)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        app.server = [row(1)]
        app.table.ask_again()
        await still(pilot)
        assert app.asked == [1, 1]
        assert app.table.cursor_key == "order 1"


async def test_a_reset_begins_anew_and_late_answers_to_the_former_list_are_dropped() -> None:
    app = Desk(100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        await pilot.press("pagedown", "space")
        await still(pilot)
        former = app.table.epoch
        app.silent = True
        app.asked.clear()
        app.table.reset()
        app.answer(1, former)
        await still(pilot)
        assert app.asked == [1]
        assert app.table.row_count == 0
        assert app.table.rows_marked == frozenset()
        assert [line for line in body(app) if line] == ["  …"]
        app.server = [row(7)]
        app.answer(1, app.table.epoch)
        await still(pilot)
        assert app.table.cursor_key == "order 7"


async def test_remembered_rows_are_shown_and_asked_for() -> None:
    app = Desk(100, silent=True)
    async with app.run_test(size=NARROW) as pilot:
        app.table.put(0, app.server[:25], 100, remembered=True)
        await still(pilot)
        assert "Receiver 0" in body(app)[0]
        assert app.asked == [1]


async def test_the_window_of_rows_is_bounded() -> None:
    app = Desk(3000, per_page=100)
    async with app.run_test(size=NARROW) as pilot:
        await still(pilot)
        for page in range(1, 31):
            app.answer(page)
        assert len(app.table.held_rows()) <= 2000
        assert app.table.held_rows()[0].key == "order 0"
        assert app.table.row_count == 3000
