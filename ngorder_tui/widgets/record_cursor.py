"""Where somebody is in a long list that moves under them."""

from __future__ import annotations

from ngorder_tui.widgets.record_pages import RecordPages


class RecordCursor:
    """The place in the list that somebody is at, held to the record there while the list moves under it."""

    def __init__(self) -> None:
        self.index = 0
        self.key: str | None = None
        self._settled = False
        self._origin: int | None = None
        self._looked: set[int] = set()
        self._epoch = 0

    @property
    def seeks(self) -> bool:
        """Whether the record is being looked for."""
        return self._origin is not None

    def move(self, index: int, pages: RecordPages) -> None:
        """Go to this place, or the nearest there is; the record there is the one to follow from now on."""
        self._stand(index, pages)
        self._settled = True

    def forgotten(self, index: int, pages: RecordPages) -> None:
        """The record that was at this place has left the list: stay on ours, or stand on the one after it."""
        if index < self.index:
            self.index -= 1
        elif index == self.index:
            self._stand(index, pages)

    def follow(self, pages: RecordPages, shift: int = 0, *, remembered: bool = False) -> str | None:
        """After rows were put: stand where the record is now. Returns its key if it is not to be found any more.

        While it is sought, the place is its old one plus `shift`; one that is lost leaves the cursor at the old one.
        """
        if not self._settled and not remembered:
            # Nobody has moved since the list was only remembered: the first fresh row is the one to stand on.
            self.key, self._settled, shift = None, True, 0
        if self.key is None:
            self._stand(self.index, pages)
            return None
        if pages.epoch != self._epoch:
            self._looked.clear()
            self._epoch = pages.epoch
        origin = self.index if self._origin is None else self._origin
        self.index = _within(self.index + shift, pages)
        place = self.index if pages.key_at(self.index) == self.key else pages.index_of(self.key)
        if place is not None:
            self.index = place
            if pages.is_stale(place):
                self._origin = origin
            else:
                self._found()
            return None
        if self._origin is None and pages.row(self.index) is None and pages.count:
            return None
        self._origin = origin
        near = self._near(pages)
        self._looked.update(page for page in near if pages.is_answered(page))
        if pages.count and not self._looked.issuperset(near):
            return None
        lost = self.key
        self._stand(origin, pages)
        return lost

    def wanted(self, pages: RecordPages) -> list[int]:
        """The pages to look through for the record: its own, then the one to either side."""
        if self._origin is None or not pages.count:
            return []
        home, *sides = self._near(pages)
        look = sides if home in self._looked else [home]
        size = pages.per_page
        return [page for page in look if page not in self._looked and pages.wanted((page - 1) * size, page * size - 1)]

    def _near(self, pages: RecordPages) -> list[int]:
        home, last = pages.page_of(self.index), pages.page_of(max(0, pages.count - 1))
        return [home, *(page for page in (home - 1, home + 1) if 1 <= page <= last)]

    def _stand(self, index: int, pages: RecordPages) -> None:
        self.index = _within(index, pages)
        self.key = pages.key_at(self.index)
        self._found()

    def _found(self) -> None:
        self._origin = None
        self._looked.clear()


def _within(index: int, pages: RecordPages) -> int:
    return max(0, min(index, pages.count - 1))
