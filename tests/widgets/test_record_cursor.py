from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ngorder_tui.widgets.record_cursor import RecordCursor
from ngorder_tui.widgets.record_pages import RecordPages, Row


def rows(keys: list[str]) -> list[Row]:
    return [Row(key, (key,)) for key in keys]


class Desk:
    """Pages of ten, a cursor in them, and a server's list."""

    def __init__(self, count: int) -> None:
        self.server = [str(key) for key in range(count)]
        self.pages = RecordPages(10)
        self.cursor = RecordCursor()

    def put(self, page: int, *, remembered: bool = False) -> str | None:
        first = (page - 1) * 10
        new = rows(self.server[first : first + 10])
        shift = self.pages.put(first, new, len(self.server), remembered=remembered)
        return self.cursor.follow(self.pages, shift, remembered=remembered)

    def sought(self) -> list[int]:
        """The pages put one after another while the cursor looks for its record."""
        asked: list[int] = []
        while wanted := self.cursor.wanted(self.pages):
            for page in wanted:
                asked.append(page)
                self.put(page)
        return asked


def desk(count: int = 50, at: int = 0) -> Desk:
    made = Desk(count)
    for page in range(1, count // 10 + 1):
        made.put(page)
    made.cursor.move(at, made.pages)
    return made


def test_it_stands_on_the_first_row_that_comes() -> None:
    made = Desk(20)
    made.put(1)
    assert (made.cursor.index, made.cursor.key) == (0, "0")


def test_it_never_leaves_the_list() -> None:
    made = desk()
    made.cursor.move(999, made.pages)
    assert (made.cursor.index, made.cursor.key) == (49, "49")
    made.cursor.move(-5, made.pages)
    assert made.cursor.index == 0


def test_a_new_record_on_top_moves_it_with_its_record() -> None:
    made = desk(at=3)
    made.server.insert(0, "new")
    assert made.put(1) is None
    assert (made.cursor.index, made.cursor.key) == (4, "3")
    assert not made.cursor.seeks


def test_it_goes_over_the_edge_of_a_page() -> None:
    made = desk(at=9)
    made.server.insert(0, "new")
    made.put(1)
    assert made.cursor.seeks
    assert made.cursor.wanted(made.pages) == [2]
    assert made.sought() == [2]
    assert (made.cursor.index, made.cursor.key) == (10, "9")


def test_it_looks_one_page_to_either_side() -> None:
    made = desk(at=25)
    made.server.remove("25")
    made.server.insert(36, "25")
    assert made.put(3) is None
    assert made.sought() == [2, 4]
    assert (made.cursor.index, made.cursor.key) == (36, "25")


def test_a_record_that_is_gone_leaves_it_at_its_place() -> None:
    made = desk(at=25)
    made.server.remove("25")
    lost = made.put(1)
    assert lost is None
    while made.cursor.seeks:
        for page in made.cursor.wanted(made.pages):
            lost = made.put(page) or lost
    assert lost == "25"
    assert (made.cursor.index, made.cursor.key) == (25, "26")


def test_the_last_record_gone_leaves_it_on_the_new_last() -> None:
    made = desk(at=49)
    made.server.pop()
    lost = None
    made.put(1)
    while made.cursor.seeks:
        for page in made.cursor.wanted(made.pages):
            lost = made.put(page) or lost
    assert lost == "49"
    assert (made.cursor.index, made.cursor.key) == (48, "48")


def test_all_records_gone() -> None:
    made = desk(at=25)
    made.server.clear()
    assert made.put(1) == "25"
    assert (made.cursor.index, made.cursor.key) == (0, None)


def test_moving_ends_the_search() -> None:
    made = desk(at=9)
    made.server.insert(0, "new")
    made.put(1)
    made.cursor.move(2, made.pages)
    assert made.cursor.key == "1"
    assert made.cursor.wanted(made.pages) == []


def test_a_row_that_was_not_here_is_taken_when_it_comes() -> None:
    made = Desk(50)
    made.put(1)
    made.cursor.move(45, made.pages)
    keys = [made.cursor.key]
    made.put(5)
    keys.append(made.cursor.key)
    assert keys == [None, "45"]
    assert made.cursor.index == 45


def test_a_record_dropped_far_away_is_still_the_one() -> None:
    made = desk(at=5)
    made.pages.bound = 20
    made.pages.trim(45)
    made.put(5)
    assert made.cursor.key == "5"
    assert made.cursor.wanted(made.pages) == []


def test_of_a_remembered_list_it_goes_to_the_first_fresh_row() -> None:
    made = Desk(20)
    made.put(1, remembered=True)
    assert made.cursor.key == "0"
    made.server[:0] = ["new 1", "new 2"]
    made.put(1)
    assert (made.cursor.index, made.cursor.key) == (0, "new 1")


def test_somebody_who_has_moved_in_a_remembered_list_stays_there() -> None:
    made = Desk(20)
    made.put(1, remembered=True)
    made.cursor.move(1, made.pages)
    made.server.insert(0, "new")
    made.put(1)
    assert (made.cursor.index, made.cursor.key) == (2, "1")


def test_after_its_own_record_was_forgotten_it_stands_on_the_next() -> None:
    made = desk(at=5)
    made.pages.forget("5")
    made.cursor.forgotten(5, made.pages)
    assert (made.cursor.index, made.cursor.key) == (5, "6")
    made.pages.forget("0")
    made.cursor.forgotten(0, made.pages)
    assert (made.cursor.index, made.cursor.key) == (4, "6")


@given(
    st.integers(0, 49),
    st.lists(st.tuples(st.sampled_from(["in", "out"]), st.integers(0, 40)), max_size=8),
    st.permutations([1, 2, 3, 4, 5]),
)
def test_whatever_changes_the_search_ends_and_a_near_record_is_found(
    at: int, changes: list[tuple[str, int]], order: list[int]
) -> None:
    made = desk(at=at)
    for number, (what, where) in enumerate(changes):
        if what == "in":
            made.server.insert(where, f"new {number}")
        else:
            made.server.pop(where)
    made.pages.ask_again()
    lost: list[str | None] = [made.put(page) for page in order]
    for _round in range(20):
        wanted = made.cursor.wanted(made.pages)
        if not wanted:
            break
        lost += [made.put(page) for page in wanted]
    assert not made.cursor.seeks
    assert made.cursor.key == made.server[made.cursor.index]
    if str(at) in made.server:
        assert made.cursor.key == str(at)
        assert not any(lost)
    else:
        assert str(at) in lost
