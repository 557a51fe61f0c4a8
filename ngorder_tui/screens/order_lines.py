"""The lines of an order on screen: goods with price and stock, then what was scanned and is no goods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from typing_extensions import override

from ngorder_tui import formats
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.screens.order_scan import LineScan
from ngorder_tui.widgets.field_input import GUTTER, FieldInput
from ngorder_tui.widgets.model_form import ModelForm
from ngorder_tui.widgets.record_columns import Column, fit, lay_out, one_line

MARGIN = 9
"""Cells before what stands below a line."""
LEAST_ROOM = 6
"""Rows that are shown at least, whatever the terminal's height."""


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line as it is drawn. `price` and `amount` in rupiah, None while they are not known; `stock` in pieces."""

    key: str
    state: Literal["known", "pending", "unknown", "unread"]
    quantity: int
    code: str
    title: str = ""
    price: int | None = None
    amount: int | None = None
    stock: int | None = None
    is_short: bool = False
    notes: tuple[str, ...] = ()
    problem: str = ""


class HoldsLines(Protocol):
    """Who has the lines that are drawn, and changes them at once when a key says so."""

    def shown_lines(self) -> Sequence[ShownLine]:
        """The lines, goods first."""

    def add(self, key: str, quantity: int) -> None:
        """So many more pieces, or fewer."""

    def take_out(self, key: str) -> None:
        """Take the line out."""

    @property
    def box(self) -> LineScan | None:
        """Where codes are scanned that come while the focus is on the lines."""


def columns() -> tuple[Column, ...]:
    """Quantity, goods, price, amount, stock; what is left out first where it is narrow has the highest `drop`."""
    return (
        Column("", "quantity", "number", width=8),
        Column("", "code", width=14, drop=1),
        Column("", "title", width=12, grow=1),
        Column("", "price", "money", width=12),
        Column("", "amount", "money", width=13, drop=2),
        Column("", "stock", width=11, align="right"),
    )


class LinesView(FieldInput, can_focus=True):
    """Draws the lines around the one under the cursor, which is the one scanned last until a person moves it.

    `+` and `-` change that line, Del takes it out, space opens it. Any other key that prints is the beginning of a
    scan: it and what follows it goes to the scan box, in its order.
    """

    class Opened(Message):
        """The line under the cursor is to be looked at whole."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, field: str, label: str, holder: HoldsLines) -> None:
        super().__init__(field, label, required=True)
        self._holder = holder
        self._shown: tuple[ShownLine, ...] = ()
        self._key = ""
        self._first = 0
        self._hands_over = False

    @property
    def cursor_key(self) -> str:
        """The line under the cursor, "" where there is none."""
        return self._shown[self._at].key if self._shown else ""

    @property
    def _at(self) -> int:
        return next((at for at, line in enumerate(self._shown) if line.key == self._key), 0)

    def show_lines(self) -> None:
        """Draw the lines as they are now; the cursor stays on its line, or on the place where that was."""
        before, height, at = self._shown, self._height(), self._at
        self._shown = tuple(self._holder.shown_lines())
        if self._shown and all(line.key != self._key for line in self._shown):
            self._key = self._shown[min(at, len(self._shown) - 1)].key
        if before != self._shown:
            self.redraw(layout=height != self._height())

    def select(self, key: str) -> None:
        """Put the cursor on this line."""
        height = self._height()
        self._key = key
        self.redraw(layout=height != self._height())

    def point_at(self, key: str) -> None:
        """The cursor goes to this line when the lines are drawn next."""
        self._key = key

    def _room(self) -> int:
        """Rows that lines may take: about a third of the terminal."""
        return max(LEAST_ROOM, self.screen.size.height // 3) if self.is_attached else LEAST_ROOM

    def _window(self) -> range:
        """The lines that are drawn: as many as there is room for, the one under the cursor among them."""
        count, room, at = len(self._shown), self._room(), self._at
        first = min(self._first, at)
        while first < at and sum(map(_height, self._shown[first : at + 1])) > room:
            first += 1
        end, used = first, 0
        while end < count and (used + _height(self._shown[end]) <= room or end <= at):
            used += _height(self._shown[end])
            end += 1
        while first > 0 and used + _height(self._shown[first - 1]) <= room:
            first -= 1
            used += _height(self._shown[first])
        self._first = first
        return range(first, end)

    def _height(self) -> int:
        """Rows of the lines that are drawn, and of what tells that there are others."""
        window = self._window()
        return max(1, sum(_height(self._shown[at]) for at in window) + (len(window) < len(self._shown)))

    @override
    def wants(self, key: str) -> bool:
        """Enter, which may end a scan; ↑ and ↓ while there is a line to go to."""
        if key == "up":
            return self._at > 0
        return key == "enter" or (key == "down" and self._at < len(self._shown) - 1)

    @override
    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Printable keys are this widget's."""
        return character is not None and character.isprintable()

    async def _on_key(self, event: events.Key) -> None:
        box = self._holder.box
        if self._hands_over and box is not None:
            box.type_in(event)
        elif event.key == "enter":
            self._step_on()
        elif not self._act(event.key):
            if not event.is_printable or box is None:
                return
            self._hands_over = True
            box.type_in(event)
            self._hand_over()
        event.stop()
        event.prevent_default()

    def _act(self, key: str) -> bool:
        """Do what this key is for; False where it is for nothing."""
        match key:
            case "up" | "down":
                step = 1 if key == "down" else -1
                at = max(0, min(len(self._shown) - 1, self._at + step))
                if self._shown:
                    self.select(self._shown[at].key)
            case "home" | "end":
                if self._shown:
                    self.select(self._shown[0 if key == "home" else -1].key)
            case "plus":
                self._holder.add(self.cursor_key, 1)
            case "minus":
                self._holder.add(self.cursor_key, -1)
            case "delete":
                self._holder.take_out(self.cursor_key)
            case "space":
                self.post_message(self.Opened(self.cursor_key))
            case _:
                return False
        return True

    def _hand_over(self) -> None:
        """Give the focus to the scan box once no key is left here that came before those that will go there."""
        if self.message_queue_size:
            self.call_later(self._hand_over)
            return
        self._hands_over = False
        if (box := self._holder.box) is not None and self.is_here:
            self.screen.set_focus(box)

    def _step_on(self) -> None:
        for node in self.ancestors:
            if isinstance(node, ModelForm):
                node.action_step("enter", 1)
                return

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A row for each line that is drawn, and what stands below it."""
        return self._height() + len(self._problem_lines(width))

    def render(self) -> RenderResult:
        """The lines, then the problem of all of them."""
        width = self.size.width
        rows: list[Content] = []
        if not self._shown:
            mark = ">" if self.is_here else " "
            rows.append(Content.styled(fit(f"{mark} " + _("Nothing is scanned yet."), width), "$text-muted"))
        window = self._window()
        for at in window:
            rows.extend(self._drawn(self._shown[at], self.is_here and at == self._at, width))
        if len(window) < len(self._shown):
            words = _("lines {first}-{last} of {count}").format(
                first=window.start + 1, last=window.stop, count=len(self._shown)
            )
            rows.append(Content.styled(fit(" " * MARGIN + words, width), "$text-muted"))
        return Content("\n").join([*rows, *self._problem_lines(width)])

    def _drawn(self, line: ShownLine, is_at: bool, width: int) -> list[Content]:
        marks = (">" if is_at else " ") + ("!" if line.problem or line.state in {"unknown", "unread"} else " ")
        style = "bold" if is_at else ""
        rows = [Content.assemble((marks, style), *_cells(line, width - GUTTER, style))]
        room = max(0, width - MARGIN)
        rows += [Content.styled(" " * MARGIN + fit(note, room), "$text-muted") for note in line.notes]
        if line.problem:
            rows.append(Content.styled(" " * MARGIN + fit(line.problem, room), "$text-error"))
        return rows


def _height(line: ShownLine) -> int:
    return 1 + len(line.notes) + bool(line.problem)


def _cells(line: ShownLine, width: int, style: str) -> list[tuple[str, str]]:
    if line.state == "unknown":
        scans = ngettext("{n} scan", "{n} scans", line.quantity).format(n=formats.number(line.quantity))
        text = _("not found: {code} ({scans})").format(code=line.code, scans=scans)
        return [(fit(" ".join(part for part in (text, line.title) if part), width), f"{style} $text-error".strip())]
    if line.state == "unread":
        text = _("not read: {text}  {why}").format(text=line.code, why=line.title)
        return [(fit(text, width), f"{style} $text-error".strip())]
    texts = (
        formats.number(line.quantity) + " x",
        line.code,
        line.title,
        "" if line.price is None else formats.rupiah(line.price),
        "" if line.amount is None else formats.rupiah(line.amount),
        _stock_words(line),
    )
    cells: list[tuple[str, str]] = []
    slots = lay_out(columns(), width)
    for at, slot in enumerate(slots):
        is_stock = columns()[slot.cell].field == "stock"
        colour = "$text-error" if is_stock and line.is_short else "$text-muted" if line.state == "pending" else ""
        words = fit(one_line(texts[slot.cell]), slot.width, slot.to_right) + (" " if at < len(slots) - 1 else "")
        cells.append((words, f"{style} {colour}".strip()))
    return cells


def _stock_words(line: ShownLine) -> str:
    if line.stock is None:
        return ""
    pieces = formats.number(line.stock)
    return _("short: {pieces}").format(pieces=pieces) if line.is_short else _("stock {pieces}").format(pieces=pieces)
