"""Where an order's goods are scanned: one box for codes and names, its verdict below it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from typing_extensions import override

from ngorder_tui.api.text import clean
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.screens.order_items import Item
from ngorder_tui.widgets.field_input import LABEL_WIDTH, UNSET
from ngorder_tui.widgets.lookup import Choice, LookupInput
from ngorder_tui.widgets.scan_box import ScanBox

_times = re.compile(r"\s*([0-9]{1,7})\s*\*\s*(.*)")


class Takes(Protocol):
    """Where scans go. Everything is taken at once, before the box looks at its next key."""

    def take(self, code: str, quantity: int) -> None:
        """A code was scanned, so many pieces of it."""

    def take_unreadable(self, text: str, why: str) -> None:
        """A line that is no scan."""

    def take_item(self, item: Item, quantity: int, instead_of: str) -> None:
        """A variation was picked by name, maybe in place of a code that is not known."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search by name brought: how it is offered, and the variation itself."""

    choice: Choice
    item: Item


Search = Callable[[str], Awaitable[Sequence[Found]]]


class LineScan(ScanBox):
    """A scan box whose scans are taken inside its key handling, so that they are on disk before the next key."""

    def __init__(self, field: ScanField) -> None:
        super().__init__(placeholder=_("SKU, 12*SKU, or a name"))
        self._scan_field = field

    @override
    def scan(self, line: str) -> None:
        """Take a line as if it had been scanned; a blank one is nothing."""
        text = " ".join(clean(line).split())
        if not text:
            return
        match self._read(text):
            case ScanBox.Scanned(code=code, quantity=quantity):
                self._scan_field.scanned(code, quantity)
            case ScanBox.Unreadable(text=unread, why=why):
                self._scan_field.unreadable(unread, why)
            case _:
                pass

    @override
    def keeps_after(self, event: events.Event) -> bool:
        # A scanner's burst is one change: its characters alone are worth nothing, its Enter is.
        is_scan = isinstance(event, events.Key) and event.key in {"enter", "ctrl+j"}
        return is_scan or isinstance(event, events.Paste) or self.message_queue_size == 0

    async def _on_key(self, event: events.Key) -> None:
        if event.key in {"enter", "ctrl+j"} and self._scan_field.take_suggestion():
            event.stop()
            event.prevent_default()

    def type_in(self, event: events.Key) -> None:
        """A key that came to another widget is typed here; an Enter scans."""
        if event.key in {"enter", "ctrl+j"}:
            self._scan_what_is_typed()
        elif event.is_printable and event.character:
            self.insert_text_at_cursor(event.character)
        elif event.key == "backspace":
            self.action_delete_left()


class ScanField(LookupInput):
    """The scan box in its line: `SKU⏎`, `12*SKU⏎`, or a name, whose finds are picked with ↑, ↓ and Enter.

    What was scanned never waits for anything. A find is taken only where the cursor was put on it: a scanner's Enter
    always scans.
    """

    class Scanned(Message):
        """Something was taken into the order."""

    def __init__(self, label: str, takes: Takes, search: Search) -> None:
        super().__init__("scan", label, self._find)
        self._takes = takes
        self._look = search
        self._items: dict[str, Item] = {}
        self._verdict = ("", "")
        self._instead_of = ""
        self.pieces = 0
        self.apart = ""

    def compose(self) -> ComposeResult:
        """The scan box at the right of the label."""
        self._line = LineScan(self)
        self._line.value = self._text
        self._line.styles.margin = (0, self.reading_width + 1, 0, LABEL_WIDTH)
        yield self._line

    @property
    def box(self) -> LineScan | None:
        """The box, once it is there."""
        return self._line if isinstance(self._line, LineScan) else None

    @property
    def chosen(self) -> Choice | None:
        """Nothing stays chosen here: it goes into the lines."""
        return None

    def typed(self) -> object:
        """Nothing: what is scanned is in the lines."""
        return UNSET

    def complaint(self) -> str:
        """That something is typed and not scanned."""
        return _("This is not scanned yet: Enter takes it, or clear it.") if self.text.strip() else ""

    def draft(self) -> str:
        """What is typed."""
        return self.text

    def restore(self, text: object) -> None:
        """Type it again, without looking for it."""
        self._close()
        self.set_text(text if isinstance(text, str) else "")

    def reading(self) -> str:
        """How many pieces there are."""
        if self._searching:
            return _("searching…")
        return ngettext("{n} piece", "{n} pieces", self.pieces).format(n=self.pieces)

    @override
    def wants(self, key: str) -> bool:
        """Enter scans; ↑ and ↓ while there are finds."""
        return key == "enter" or (bool(self._suggestions) and key in {"up", "down"})

    def below(self) -> list[tuple[str, str]]:
        """What a name has found; then the last scan's verdict, and what was scanned in vain."""
        said = [self._verdict] if self._verdict[0] else []
        if self.apart and self.apart not in self._verdict[0]:
            said.append((f"{self._sign(bad=True)} {self.apart}", "$text-error"))
        return super().below() + said

    def _sign(self, *, bad: bool) -> str:
        if bool(getattr(getattr(self.app, "settings", None), "ascii", False)):
            return "x" if bad else "ok"
        return "✗" if bad else "✓"

    def tell(self, verdict: str, *, bad: bool = False) -> None:
        """What became of the last scan, by symbol, word and running count."""
        had_one = bool(self._verdict[0])
        self._verdict = (f"{self._sign(bad=bad)} {verdict}", "$text-error" if bad else "$text-success")
        self.redraw(layout=not had_one or bool(self.apart))

    def scanned(self, code: str, quantity: int) -> None:
        """The box read a scan."""
        self._forget_finds()
        self._takes.take(code, quantity)
        self.edited()

    def unreadable(self, text: str, why: str) -> None:
        """The box could not read a line."""
        self._forget_finds()
        self._takes.take_unreadable(text, why)
        self.edited()

    def offer(self, code: str, finds: Sequence[Found]) -> None:
        """The code just scanned is no SKU, but these are called so: offer them, if nothing else has begun here."""
        if finds and self.is_here and not self.text:
            self._hold(finds)
            self._instead_of = code
            self._suggestions, self._at = tuple(found.choice for found in finds), -1
            self._show_all()

    async def _find(self, words: str) -> Sequence[Choice]:
        match = _times.fullmatch(words)
        name = match[2] if match else words
        finds = await self._look(name) if name else ()
        self._hold(finds)
        return [found.choice for found in finds]

    def _hold(self, finds: Sequence[Found]) -> None:
        self._items = {found.choice.key: found.item for found in finds}

    def _forget_finds(self) -> None:
        self._close()
        self._instead_of = ""

    def edited(self) -> None:
        """Another text: what was found for the one before is no answer to it."""
        self._instead_of = ""
        super().edited()

    def take_suggestion(self) -> bool:
        """Take the find that the cursor is on; False where it is on none."""
        if not self._suggestions or self._at < 0:
            return False
        self._take(self._suggestions[self._at])
        return True

    @override
    def _take(self, choice: Choice) -> None:
        item, instead_of = self._items.get(choice.key), self._instead_of
        match = _times.fullmatch(self.text)
        quantity = max(1, int(match[1])) if match else 1
        self._forget_finds()
        self.set_text("")
        if item is not None:
            self._takes.take_item(item, quantity, instead_of)
        self.edited()
