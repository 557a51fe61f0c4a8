from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from ngorder_tui.widgets.record_pages import RESTARTS, RecordPages, Row


def rows(*keys: int | str) -> list[Row]:
    return [Row(str(key), (f"cell {key}",)) for key in keys]


def shown(pages: RecordPages) -> list[str | None]:
    return [pages.key_at(index) for index in range(pages.count)]


def filled(total: int = 100, per_page: int = 10) -> RecordPages:
    pages = RecordPages(per_page)
    for first in range(0, total, per_page):
        pages.put(first, rows(*range(first, min(first + per_page, total))), total)
    return pages


def test_of_an_unknown_list_the_first_page_is_wanted_once() -> None:
    pages = RecordPages()
    assert pages.untold
    assert pages.wanted(0, 20) == [1]
    pages.asked([1])
    assert pages.waits
    assert pages.wanted(0, 20) == []
    pages.failed(1)
    assert pages.wanted(0, 20) == [1]


def test_only_pages_looked_at_are_wanted_and_held_ones_never() -> None:
    pages = RecordPages(10)
    pages.put(0, rows(*range(10)), 1_000_000)
    assert pages.count == 1_000_000
    assert pages.wanted(0, 9) == []
    assert pages.wanted(5, 24) == [2, 3]
    assert pages.wanted(999_985, 999_999) == [99_999, 100_000]
    pages.asked([2])
    assert pages.wanted(5, 24) == [3]


def test_a_page_shorter_than_expected_is_not_asked_for_again() -> None:
    pages = RecordPages(10)
    pages.put(0, rows(*range(7)), 30)
    assert pages.wanted(0, 9) == []
    pages.ask_again()
    assert pages.wanted(0, 9) == [1]


def test_an_empty_list_is_asked_for_again_only_on_request() -> None:
    pages = RecordPages()
    pages.put(0, [], 0)
    assert not pages.untold
    assert pages.count == 0
    assert pages.wanted(0, 20) == []
    pages.ask_again()
    assert pages.wanted(0, 20) == [1]


def test_without_a_total_the_list_grows_until_a_short_page() -> None:
    pages = RecordPages(3)
    pages.put(0, rows(0, 1, 2), None)
    assert pages.count == 4
    assert pages.wanted(0, 3) == [2]
    pages.put(3, rows(3, 4, 5), None)
    assert pages.count == 7
    pages.put(6, [], None)
    assert pages.count == 6
    assert pages.wanted(0, 6) == []


def test_without_a_total_the_list_keeps_its_length_when_rows_are_dropped() -> None:
    pages = RecordPages(10, bound=40)
    for first in range(0, 100, 10):
        pages.put(first, rows(*range(first, first + 10)), None)
    pages.trim(0)
    assert len(pages) == 40
    assert pages.count == 101


def test_more_rows_than_the_total_says_are_shown() -> None:
    pages = RecordPages(10)
    pages.put(0, rows(1, 2, 3), 1)
    assert shown(pages) == ["1", "2", "3"]


def test_another_total_makes_stale_what_is_held_and_moves_it_along() -> None:
    pages = filled(20)
    assert pages.put(0, rows("new", *range(9)), 21) == 1
    assert shown(pages) == ["new", *map(str, range(20))]
    assert [pages.is_stale(index) for index in (0, 9, 10, 20)] == [False, False, True, True]
    assert pages.wanted(0, 20) == [2, 3]


def test_fewer_records_drop_what_falls_off_the_ends() -> None:
    pages = filled(20)
    assert pages.put(0, rows(*range(1, 11)), 19) == -1
    assert shown(pages) == [str(key) for key in range(1, 20)]
    assert pages.index_of("0") is None


def test_a_key_at_another_place_begins_an_epoch_though_the_total_is_the_same() -> None:
    pages = filled(20)
    pages.put(10, rows(9, *range(10, 19)), 20)
    assert pages.is_stale(0)
    assert pages.index_of("9") == 10
    assert pages.key_at(9) is None
    assert pages.wanted(0, 19) == [1]


def test_another_first_key_begins_an_epoch() -> None:
    pages = filled(20)
    pages.put(0, rows(*range(100, 110)), 20)
    assert pages.is_stale(15)


def test_the_same_rows_once_more_change_nothing() -> None:
    pages = filled(20)
    before = [pages.row(index) for index in range(20)]
    pages.ask_again()
    pages.put(0, rows(*range(10)), 20)
    assert pages.epoch == 0
    assert all(pages.row(index) is row for index, row in enumerate(before))


def test_an_older_answer_is_taken_if_it_fits_and_dropped_if_not() -> None:
    pages = RecordPages(10)
    pages.put(0, rows(*range(10)), 30)
    pages.put(0, rows("new", *range(9)), 31)
    assert pages.epoch == 1
    pages.put(10, rows(*range(10, 20)), 30, epoch=0)
    assert pages.total == 31
    assert pages.wanted(10, 19) == [2]
    pages.put(10, rows(*range(9, 19)), 31, epoch=0)
    assert pages.key_at(10) == "9"
    assert pages.wanted(10, 19) == []


def test_an_answer_to_the_list_before_this_one_is_dropped() -> None:
    pages = RecordPages(10, epoch=5)
    pages.put(0, rows(1, 2), 2, epoch=4)
    assert pages.untold


def test_a_caller_may_begin_an_epoch() -> None:
    pages = filled(20)
    pages.put(0, rows(*range(10)), 20, epoch=7)
    assert pages.epoch == 7
    assert pages.is_stale(10)
    assert not pages.is_stale(0)


def test_pages_that_never_agree_do_not_make_us_ask_for_ever() -> None:
    pages = RecordPages(2)
    asked = 0
    for _round in range(50):
        wanted = pages.wanted(0, 3)
        if not wanted:
            break
        pages.asked(wanted)
        asked += len(wanted)
        for page in wanted:
            # The sort is not stable: "twin" is on both pages, and each page has a total of its own.
            pages.put((page - 1) * 2, rows("twin", f"own {page}"), 4 + page, pages.epoch)
    assert pages.wanted(0, 3) == []
    assert asked <= 2 * (RESTARTS + 1)
    assert pages.key_at(0) == pages.key_at(2) == "twin"


def test_remembered_rows_fill_gaps_and_their_page_is_still_wanted() -> None:
    pages = RecordPages(10)
    pages.put(0, rows(*range(10)), 20, remembered=True)
    assert pages.wanted(0, 9) == [1]
    pages.put(0, [Row("0", ("fresh",)), *rows(*range(1, 10))], 20)
    pages.put(0, rows(*range(10)), 20, remembered=True)
    row = pages.row(0)
    assert row is not None
    assert row.cells == ("fresh",)
    pages.put(10, rows(*range(9, 19)), 20, remembered=True)
    assert pages.key_at(10) is None


def test_forgetting_a_record_moves_up_the_rest() -> None:
    pages = filled(30)
    pages.asked([9])
    assert pages.forget("5")
    assert not pages.forget("5")
    assert shown(pages) == [str(key) for key in range(30) if key != 5]
    assert not any(pages.is_stale(index) for index in range(29))
    assert pages.wanted(0, 28) == []
    pages.put(20, rows(*range(20, 30)), 30, epoch=0)
    assert pages.total == 29


def test_forgetting_a_record_wants_the_page_whose_last_row_is_missing() -> None:
    pages = RecordPages(10)
    pages.put(0, rows(*range(10)), 30)
    pages.forget("0")
    assert pages.key_at(8) == "9"
    assert pages.wanted(0, 9) == [1]


def test_a_row_is_replaced_by_its_key() -> None:
    pages = filled(20)
    assert pages.replace(Row("3", ("paid",)))
    assert pages.row(3) == Row("3", ("paid",))
    assert not pages.replace(Row("99", ()))


def test_the_farthest_pages_are_dropped_first() -> None:
    pages = filled(100)
    pages.bound = 40
    pages.trim(55)
    assert [index // 10 for index, _row in pages.held()][::10] == [4, 5, 6, 7]
    assert pages.wanted(30, 49) == [4]


def test_another_page_size_asks_for_all_again_and_keeps_the_rows() -> None:
    pages = filled(30)
    pages.set_per_page(15)
    assert len(pages) == 30
    assert pages.wanted(0, 29) == [1, 2]


class Shop:
    """A server's list in which records come and go."""

    def __init__(self) -> None:
        self.keys = [str(key) for key in range(200)]
        self.next = 200

    def page(self, page: int, per_page: int) -> tuple[int, list[Row], int]:
        first = (page - 1) * per_page
        return first, rows(*self.keys[first : first + per_page]), len(self.keys)


class PagesOfAMovingList(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.shop = Shop()
        self.pages = RecordPages(10, bound=60)
        self.focus = 0
        self.late: list[tuple[tuple[int, list[Row], int], int]] = []

    @rule(focus=st.integers(0, 250))
    def look(self, focus: int) -> None:
        self.focus = focus
        wanted = self.pages.wanted(focus, focus + 15)
        assert not any(self.pages.is_answered(page) for page in wanted)
        self.pages.asked(wanted)
        assert self.pages.wanted(focus, focus + 15) == []
        self.late += [(self.shop.page(page, 10), self.pages.epoch) for page in wanted]

    @precondition(lambda self: bool(self.late))
    @rule(which=st.integers(0, 1000))
    def answer(self, which: int) -> None:
        (first, new, total), epoch = self.late.pop(which % len(self.late))
        current = epoch == self.pages.epoch
        self.pages.put(first, new, total, epoch)
        if current:
            assert [self.pages.row(first + at) for at in range(len(new))] == new
            assert self.pages.total == total
        self.pages.trim(self.focus)

    @rule(at=st.integers(0, 1000))
    def record_comes(self, at: int) -> None:
        self.shop.keys.insert(at % (len(self.shop.keys) + 1), str(self.shop.next))
        self.shop.next += 1

    @precondition(lambda self: len(self.shop.keys) > 50)
    @rule(at=st.integers(0, 1000))
    def record_goes(self, at: int) -> None:
        self.shop.keys.pop(at % len(self.shop.keys))

    @precondition(lambda self: len(self.pages) > 0)
    @rule(which=st.integers(0, 1000))
    def forget(self, which: int) -> None:
        held = list(self.pages.held())
        _index, row = held[which % len(held)]
        if row.key in self.shop.keys:
            self.shop.keys.remove(row.key)
        self.pages.forget(row.key)
        assert self.pages.index_of(row.key) is None

    @rule()
    def ask_again(self) -> None:
        self.pages.ask_again()

    @invariant()
    def bounded(self) -> None:
        assert len(self.pages) <= 60

    @invariant()
    def found_where_it_stands(self) -> None:
        for index, row in self.pages.held():
            place = self.pages.index_of(row.key)
            assert place is None or self.pages.key_at(place) == row.key
            assert index < self.pages.count

    @invariant()
    def comes_to_rest_with_what_the_server_has(self) -> None:
        if self.late:
            return
        self.pages.ask_again()
        for _round in range(20):
            wanted = self.pages.wanted(self.focus, self.focus + 15)
            if not wanted:
                break
            for page in wanted:
                self.pages.put(*self.shop.page(page, 10), self.pages.epoch)
            self.pages.trim(self.focus)
        assert self.pages.wanted(self.focus, self.focus + 15) == []
        count = len(self.shop.keys)
        assert self.pages.count == count
        for index in range(self.focus, min(self.focus + 16, count)):
            assert self.pages.key_at(index) == self.shop.keys[index]
            assert not self.pages.is_stale(index)


TestPagesOfAMovingList = PagesOfAMovingList.TestCase
TestPagesOfAMovingList.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 60)), max_size=30),
    st.integers(1, 25),
)
def test_every_row_put_is_found_at_its_place(puts: list[tuple[int, int]], per_page: int) -> None:
    pages = RecordPages(per_page)
    for first, count in puts:
        pages.put(first, rows(*range(first, first + count)), 1000)
        for index in range(first, first + count):
            assert pages.key_at(index) == str(index)
            assert pages.index_of(str(index)) == index
