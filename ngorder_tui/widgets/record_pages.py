"""The window on a long list: which rows are here, which pages are asked for, and what is no longer sure.

Nothing in here draws; `record_table` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

WINDOW_ROWS = 2000
"""How many rows are kept, whatever the length of the list."""
RESTARTS = 3
"""How many epochs answers may begin before somebody touches the table: a server whose pages never agree
(an unstable sort, a total per page) must not make us ask for ever."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record as the table shows it: its key, its cell texts in the order of the columns, and a look.

    `style` is "", "warn", "bad", "good" or "dim".
    """

    key: str
    cells: tuple[str, ...]
    style: str = ""


class RecordPages:
    """The held rows of a list by their place in it, and the state of its pages (numbered from 1).

    An *epoch* is a time in which the list did not change: one total, one place for each key. A row of a former
    epoch is *stale*: still shown, to be asked for again.
    """

    def __init__(self, per_page: int = 25, bound: int = WINDOW_ROWS, epoch: int = 0) -> None:
        """`epoch` is the first one: answers asked for in an earlier one are to another list."""
        self.per_page = max(1, per_page)
        self.bound = max(bound, 4 * self.per_page)
        self.epoch = epoch
        self._first_epoch = epoch
        self.total: int | None = None
        self._known_end: int | None = None
        self._seen_end = 0
        self._rows: dict[int, Row] = {}
        self._born: dict[int, int] = {}
        self._places: dict[str, int] = {}
        self._answered: set[int] = set()
        self._pending: set[int] = set()
        self._restarts = 0

    def __len__(self) -> int:
        """How many rows are held."""
        return len(self._rows)

    @property
    def count(self) -> int:
        """How many rows the list shows: the total; where there is none, the rows seen and one more to look for."""
        end = self.total if self.total is not None else self._known_end
        if end is not None:
            return max(end, self._seen_end)
        return self._seen_end + 1 if self._seen_end else 0

    @property
    def untold(self) -> bool:
        """Whether nothing is known of the list yet, not even that it is empty."""
        return not self._rows and self.total is None and self._known_end is None

    def row(self, index: int) -> Row | None:
        """The row at this place, if it is here."""
        return self._rows.get(index)

    def key_at(self, index: int) -> str | None:
        """The key of the row at this place, if it is here."""
        row = self._rows.get(index)
        return row.key if row else None

    def index_of(self, key: str) -> int | None:
        """The place of the row with this key, if it is here."""
        return self._places.get(key)

    def is_stale(self, index: int) -> bool:
        """Whether the row at this place is held from a former epoch."""
        return index in self._rows and self._born[index] != self.epoch

    def held(self) -> Iterator[tuple[int, Row]]:
        """The held rows with their places, in the order of the list."""
        return ((index, self._rows[index]) for index in sorted(self._rows))

    def page_of(self, index: int) -> int:
        """The number of the page on which this place is."""
        return index // self.per_page + 1

    def is_answered(self, page: int) -> bool:
        """Whether this page has come in this epoch and is still here."""
        return page in self._answered

    def put(
        self, first: int, rows: Sequence[Row], total: int | None, epoch: int | None = None, *, remembered: bool = False
    ) -> int:
        """Take rows that stand from place `first` on. Returns by how many places the stale rows were moved.

        `epoch` is the one in which they were asked for (None: now). An answer that contradicts what is held begins a
        new epoch if it is of the present one, and is dropped if it is older. `remembered` rows (of an earlier
        sitting) only fill gaps, and their pages are still asked for.
        """
        if epoch is not None and epoch < self._first_epoch:
            return 0
        if remembered:
            if self.untold or self._agrees(first, rows, total):
                self._settle_end(first, len(rows), total)
                self._place(first, rows, fill=True)
            return 0
        asked = self.epoch if epoch is None else epoch
        shift = 0
        if asked > self.epoch:
            shift = self._begin(total, asked)
        elif not self._agrees(first, rows, total):
            if asked < self.epoch:
                return 0
            if self._restarts < RESTARTS:
                self._restarts += 1
                shift = self._begin(total, self.epoch + 1)
        self._settle_end(first, len(rows), total)
        self._place(first, rows)
        self._count_as_answered(first, len(rows))
        return shift

    def wanted(self, first: int, last: int) -> list[int]:
        """The pages on the places `first` to `last` that are neither here nor asked for."""
        last = max(0, min(last, self.count - 1))
        pages = range(self.page_of(max(0, min(first, last))), self.page_of(last) + 1)
        return [page for page in pages if page not in self._answered and page not in self._pending]

    @property
    def waits(self) -> bool:
        """Whether some page is asked for and has not come."""
        return bool(self._pending)

    def asked(self, pages: Iterable[int]) -> None:
        """These pages have been asked for: not wanted until they come or fail."""
        self._pending.update(pages)

    def failed(self, page: int) -> None:
        """This page will not come: it may be asked for again."""
        self._pending.discard(page)

    def ask_again(self) -> None:
        """Every page may have changed: each is wanted once more when it is looked at; what is held stays as it is."""
        self._answered.clear()
        self._pending.clear()
        self.touched()

    def touched(self) -> None:
        """Somebody moved in the list: answers may begin new epochs again."""
        self._restarts = 0

    def set_per_page(self, per_page: int) -> None:
        """Count pages in another size from now on; the held rows stay."""
        self.per_page = max(1, per_page)
        self.bound = max(self.bound, 4 * self.per_page)
        self.ask_again()

    def replace(self, row: Row) -> bool:
        """Put a row in the place of the held one with the same key; False if there is none."""
        index = self._places.get(row.key)
        if index is None:
            return False
        self._rows[index] = row
        return True

    def forget(self, key: str) -> bool:
        """The record is gone by our own deed: the rows after it move up; False if it is not held."""
        gone = self._places.get(key)
        if gone is None:
            return False
        last_page = self.page_of(self.count - 1)
        if self.total is not None:
            self.total = max(0, self.total - 1)
        if self._known_end is not None:
            self._known_end -= 1
        self._seen_end = max(0, self._seen_end - 1)
        self._drop([gone])
        self._move([index for index in sorted(self._rows) if index > gone], -1)
        for page in range(self.page_of(gone), last_page + 1):
            if min(page * self.per_page, self.count) - 1 not in self._rows:
                self._answered.discard(page)
        # What was asked before still counts the record: in a new epoch such an answer is an older one.
        fresh = [index for index in self._rows if self._is_fresh(index)]
        self.epoch += 1
        self._born.update(dict.fromkeys(fresh, self.epoch))
        self._pending.clear()
        return True

    def trim(self, focus: int) -> None:
        """Drop the pages farthest from this place until no more than `bound` rows are held."""
        if len(self._rows) <= self.bound:
            return
        pages: dict[int, list[int]] = {}
        for index in self._rows:
            pages.setdefault(self.page_of(index), []).append(index)
        home = self.page_of(focus)
        for page in sorted(pages, key=lambda page: abs(page - home), reverse=True):
            if len(self._rows) <= self.bound:
                return
            self._drop(pages[page])
            self._answered.discard(page)

    def _agrees(self, first: int, rows: Sequence[Row], total: int | None) -> bool:
        if self.total is not None and total is not None and total != self.total:
            return False
        if first == 0 and rows and self._is_fresh(0) and self._rows[0].key != rows[0].key:
            return False
        seen: set[str] = set()
        for index, row in enumerate(rows, first):
            # The second row of one key within an answer says nothing about places.
            if row.key in seen:
                continue
            seen.add(row.key)
            place = self._places.get(row.key)
            if place is not None and place != index and self._is_fresh(place):
                return False
        return True

    def _is_fresh(self, index: int) -> bool:
        return self._born.get(index) == self.epoch

    def _begin(self, total: int | None, epoch: int) -> int:
        self.epoch = epoch
        self._answered.clear()
        self._pending.clear()
        self._known_end = None
        shift = total - self.total if total is not None and self.total is not None else 0
        if shift:
            # Records come in and go out on top, mostly: the rest has probably moved by as many places.
            self._move(sorted(self._rows, reverse=shift > 0), shift)
            self._drop([index for index in self._rows if index < 0])
        if total is not None:
            self._drop([index for index in self._rows if index >= total])
        self._seen_end = max(self._rows, default=-1) + 1
        return shift

    def _settle_end(self, first: int, count: int, total: int | None) -> None:
        if total is not None:
            self.total = total
            self._known_end = None
        elif self.total is None and count < self.per_page and first % self.per_page == 0:
            end = first + count
            if not count and self._known_end is not None:
                end = min(end, self._known_end)
            self._known_end = self._seen_end = end
            self._drop([index for index in self._rows if index >= end])

    def _place(self, first: int, rows: Sequence[Row], *, fill: bool = False) -> None:
        end = first + len(rows)
        self._seen_end = max(self._seen_end, end if rows else 0)
        # From the end, so that of two rows with one key the first is the one that is found.
        for index, row in reversed(list(enumerate(rows, first))):
            held = self._rows.get(index)
            if held is not None and fill:
                continue
            former = self._places.get(row.key)
            if former is not None and not first <= former < end and not self._is_fresh(former):
                self._drop([former])
            if held is not None and self._places.get(held.key) == index:
                del self._places[held.key]
            self._rows[index] = held if held == row else row
            self._born[index] = self.epoch
            self._places[row.key] = index

    def _count_as_answered(self, first: int, count: int) -> None:
        page = self.page_of(first)
        if first % self.per_page == 0:
            # A short page is an answer too: asking again would bring the same rows.
            self._answered.add(page)
            self._pending.discard(page)
        end = first + count
        for later in range(page + 1, self.page_of(max(first, end - 1)) + 1):
            if later * self.per_page <= end or end >= self.count:
                self._answered.add(later)
                self._pending.discard(later)

    def _move(self, indexes: Iterable[int], by: int) -> None:
        for index in indexes:
            row = self._rows.pop(index)
            self._rows[index + by] = row
            self._born[index + by] = self._born.pop(index)
            if self._places.get(row.key) == index:
                self._places[row.key] = index + by

    def _drop(self, indexes: Iterable[int]) -> None:
        for index in indexes:
            row = self._rows.pop(index)
            del self._born[index]
            if self._places.get(row.key) == index:
                del self._places[row.key]
