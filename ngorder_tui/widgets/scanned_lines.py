"""Scanned lines that resolve later: what was scanned is counted at once, what it is comes when the server answers.

Pure bookkeeping. What is shown follows from the scans and the answers alone: in whichever order answers come in, the
lines, their order and their quantities are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

ItemT = TypeVar("ItemT")
State = Literal["pending", "known", "unknown"]


@dataclass(frozen=True, slots=True)
class ScannedLine(Generic[ItemT]):
    """One line: a thing, and how many pieces of it.

    `key` names the line in the ledger and stays the same while answers come in; it is the code that was scanned first.
    `codes` are all codes that turned out to be this thing. `item_key` and `item` are there once it is known. `why` says
    why it is unknown, or why it could not be looked up yet.
    """

    key: str
    codes: tuple[str, ...]
    quantity: int
    state: State
    item_key: str = ""
    item: ItemT | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Answer(Generic[ItemT]):
    state: State
    item_key: str = ""
    item: ItemT | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Count:
    """How many pieces of a code, and its place among the lines; of no pieces there is no line."""

    place: int
    quantity: int


_NOTHING = _Count(0, 0)


class ScanLedger(Generic[ItemT]):
    """Counts scans by code, and knows what each code is as soon as somebody has said so.

    Two codes that turn out to be the same thing are one line, in the place of the one scanned first. Every change by a
    person can be undone, last first; answers are no changes.
    """

    def __init__(self) -> None:
        self._counts: dict[str, _Count] = {}
        self._answers: dict[str, _Answer[ItemT]] = {}
        self._steps: list[tuple[tuple[str, _Count], ...]] = []
        self._places = 0
        self._all: tuple[ScannedLine[ItemT], ...] | None = None

    def clear(self) -> None:
        """Forget everything."""
        self._counts.clear()
        self._answers.clear()
        self._steps.clear()
        self._all = None

    def scan(self, code: str, quantity: int = 1) -> ScannedLine[ItemT]:
        """Count so many more pieces of a code; its line as it is now. A new code comes last, without an answer yet.

        Raises ValueError for fewer than one piece.
        """
        if quantity < 1:
            raise ValueError(f"{quantity} pieces of {code}")
        was = self._counts.get(code, _NOTHING)
        self._change({code: _Count(was.place if was.quantity else self._next_place(), was.quantity + quantity)})
        return self._line_of(code)

    def add(self, key: str, quantity: int) -> bool:
        """Count more pieces on a line, or fewer; at least one stays. False where there is no such line, or no change.

        Fewer pieces are taken from the code that was scanned last.
        """
        line = self.line(key)
        if line is None:
            return False
        return self.set_quantity(key, max(1, line.quantity + quantity))

    def set_quantity(self, key: str, quantity: int) -> bool:
        """Make it so many pieces, at least one. False where there is no such line, or no change."""
        line = self.line(key)
        if line is None or quantity < 1 or quantity == line.quantity:
            return False
        change: dict[str, _Count] = {}
        missing = quantity - line.quantity
        if missing > 0:
            first = self._counts[key]
            change[key] = _Count(first.place, first.quantity + missing)
        for code in reversed(line.codes):
            if missing >= 0:
                break
            was = self._counts[code]
            taken = min(-missing, was.quantity - (code == key))
            change[code] = _Count(was.place, was.quantity - taken)
            missing += taken
        self._change(change)
        return True

    def remove(self, key: str) -> bool:
        """Take a line out; False where there is none."""
        line = self.line(key)
        if line is None:
            return False
        self._change({code: _Count(self._counts[code].place, 0) for code in line.codes})
        return True

    def take_off(self, key: str, quantity: int) -> None:
        """So many pieces of a line are done with, and leave it; where none are left, it goes. No change by a person:
        this and what was changed before cannot be undone any more.
        """
        line = self.line(key)
        for code in line.codes if line is not None else ():
            was = self._counts[code]
            taken = min(quantity, was.quantity)
            self._counts[code] = _Count(was.place, was.quantity - taken)
            quantity -= taken
        self._steps.clear()
        self._all = None

    def undo(self) -> tuple[str, ...]:
        """Take the last change back, and say which codes it was about; none where nothing is left to undo."""
        if not self._steps:
            return ()
        step = self._steps.pop()
        self._counts.update(step)
        self._all = None
        return tuple(code for code, _count in step)

    def resolve(self, code: str, item_key: str, item: ItemT) -> None:
        """The code is this thing. Codes with the same `item_key` are one line; the newest `item` of them is shown."""
        self._answer(code, _Answer("known", item_key, item))
        for other, answer in list(self._answers.items()):
            if other != code and answer.item_key == item_key and answer.state == "known":
                self._answers[other] = _Answer("known", item_key, item)

    def unknown(self, code: str, why: str = "") -> None:
        """The code is nothing that there is."""
        self._answer(code, _Answer("unknown", why=why))

    def failed(self, code: str, why: str) -> None:
        """The code could not be looked up: it stays without an answer, and its line says why."""
        self._answer(code, _Answer("pending", why=why))

    def forget_answers(self) -> None:
        """What was answered holds no more: every code is to be looked up again."""
        self._answers.clear()
        self._all = None

    def forget_answer(self, code: str) -> None:
        """What was answered about this code holds no more."""
        self._answers.pop(code, None)
        self._all = None

    def to_look_up(self) -> tuple[str, ...]:
        """The codes that wait for an answer, in the order in which they were scanned; those that failed included."""
        return tuple(code for line in self._everything() if line.state == "pending" for code in line.codes)

    def lines(self) -> tuple[ScannedLine[ItemT], ...]:
        """The lines that are known or waited for, in the order in which they were scanned."""
        return tuple(line for line in self._everything() if line.state != "unknown")

    def unknown_lines(self) -> tuple[ScannedLine[ItemT], ...]:
        """The lines whose code is nothing that there is, in the order in which they were scanned."""
        return tuple(line for line in self._everything() if line.state == "unknown")

    def line(self, key: str) -> ScannedLine[ItemT] | None:
        """The line with this key, or that this code is counted in."""
        return next((line for line in self._everything() if key in line.codes), None)

    def line_of_item(self, item_key: str) -> ScannedLine[ItemT] | None:
        """The line of this thing."""
        return next((line for line in self._everything() if line.item_key == item_key), None)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._steps)

    @property
    def pieces(self) -> int:
        """Pieces on all lines that are known or waited for."""
        return sum(line.quantity for line in self.lines())

    def content(self, write: Callable[[ItemT], object]) -> list[dict[str, object]]:
        """All that is counted, with the answers, as JSON values for a draft; `write` makes one of an item."""
        saved: list[dict[str, object]] = []
        for code, count in self._in_order():
            row: dict[str, object] = {"code": code, "quantity": count.quantity}
            answer = self._answers.get(code)
            if answer is not None and answer.state == "known" and answer.item is not None:
                row |= {"key": answer.item_key, "item": write(answer.item)}
            elif answer is not None and answer.state == "unknown":
                row["unknown"] = answer.why
            saved.append(row)
        return saved

    def restore(self, content: object, read: Callable[[object], ItemT | None]) -> None:
        """Take back what `content` gave, in place of all that is here; what cannot be read is passed over.

        An item that `read` cannot make anything of is looked up again. What was restored cannot be undone.
        """
        self.clear()
        for row in content if isinstance(content, list) else ():
            if not isinstance(row, Mapping):
                continue
            code, quantity = row.get("code"), row.get("quantity")
            if not isinstance(code, str) or not code or not isinstance(quantity, int) or quantity < 1:
                continue
            self._counts[code] = _Count(self._next_place(), quantity)
            key, why = row.get("key"), row.get("unknown")
            if isinstance(key, str) and (item := read(row.get("item"))) is not None:
                self.resolve(code, key, item)
            elif isinstance(why, str):
                self.unknown(code, why)

    def _next_place(self) -> int:
        self._places += 1
        return self._places

    def _change(self, counts: Mapping[str, _Count]) -> None:
        self._steps.append(tuple((code, self._counts.get(code, _NOTHING)) for code in counts))
        self._counts.update(counts)
        self._all = None

    def _answer(self, code: str, answer: _Answer[ItemT]) -> None:
        self._answers[code] = answer
        self._all = None

    def _in_order(self) -> list[tuple[str, _Count]]:
        return sorted(((code, count) for code, count in self._counts.items() if count.quantity), key=_place)

    def _line_of(self, code: str) -> ScannedLine[ItemT]:
        return next(line for line in self._everything() if code in line.codes)

    def _everything(self) -> tuple[ScannedLine[ItemT], ...]:
        if self._all is None:
            groups: dict[tuple[str, str], list[str]] = {}
            for code, _count in self._in_order():
                answer = self._answers.get(code)
                group = ("thing", answer.item_key) if answer and answer.state == "known" else ("code", code)
                groups.setdefault(group, []).append(code)
            self._all = tuple(self._made(codes) for codes in groups.values())
        return self._all

    def _made(self, codes: Iterable[str]) -> ScannedLine[ItemT]:
        every = tuple(codes)
        answer: _Answer[ItemT] = self._answers.get(every[0]) or _Answer("pending")
        quantity = sum(self._counts[code].quantity for code in every)
        return ScannedLine(every[0], every, quantity, answer.state, answer.item_key, answer.item, answer.why)


def _place(entry: tuple[str, _Count]) -> int:
    return entry[1].place
