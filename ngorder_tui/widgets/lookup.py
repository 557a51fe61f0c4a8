"""A field that holds the id of something: typed words are looked for, and what is found is picked below."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events
from textual.message import Message
from typing_extensions import override

from ngorder_tui.i18n import _
from ngorder_tui.widgets.field_input import TextField
from ngorder_tui.widgets.record_columns import one_line
from ngorder_tui.widgets.working import begin

SHOWN = 6
"""Suggestions that are shown at once."""
_by_number = re.compile(r"#\s*(\S+)(?:\s+(.*))?")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that was found: the API's key for it, what people call it, what tells it from others."""

    key: str
    label: str
    detail: str = ""


Finder = Callable[[str], Awaitable[Sequence[Choice]]]
"""Looks for words (empty: for anything); its errors are shown as the field's problem."""


class LookupInput(TextField):
    """The id of something, found by words.

    After a pause in typing the finder is asked; ↓ and ↑ go through what it found, Enter takes one, or the only one,
    Esc closes the list; a single space asks for anything. `#123` is the id itself. Without a finder bare digits are.
    An answer that comes after the text has changed, or after the focus has left, is dropped.
    """

    reading_width: ClassVar[int] = 14

    class Chosen(Message):
        """A person chose one."""

        def __init__(self, lookup: LookupInput, choice: Choice) -> None:
            super().__init__()
            self.lookup = lookup
            self.choice = choice

        @property
        def control(self) -> LookupInput:
            """The field."""
            return self.lookup

    def __init__(
        self,
        field: str,
        label: str,
        finder: Finder | None = None,
        *,
        pause: float = 0.15,
        required: bool = False,
        depth: int = 0,
        id: str | None = None,
    ) -> None:
        super().__init__(field, label, required=required, depth=depth, id=id)
        self._finder = finder
        self._pause = pause
        self._choice: Choice | None = None
        self._suggestions: tuple[Choice, ...] = ()
        self._at = -1
        self._searching = False
        self._take_the_only_one = False
        self._note = ""

    @property
    def chosen(self) -> Choice | None:
        """What was chosen, or typed as its number."""
        text = self.text.strip()
        if self._choice is not None and text == self._choice.label.strip():
            return self._choice
        if match := _by_number.fullmatch(text):
            return Choice(match[1], text)
        if self._finder is None and text.isascii() and text.isdigit():
            return Choice(text, text)
        return None

    @property
    def suggestions(self) -> tuple[Choice, ...]:
        """What is offered now."""
        return self._suggestions

    def set_choice(self, choice: Choice | None) -> None:
        """Show this as chosen, without looking for it and without a message."""
        self._close()
        if choice is not None:
            choice = Choice(one_line(choice.key), one_line(choice.label).strip() or f"#{choice.key}", choice.detail)
        self._choice = choice
        self.set_text(choice.label if choice else "")
        self.problem = ""

    def typed(self) -> object:
        """The chosen key as text; the bare text where nothing is chosen; UNSET where nothing is typed."""
        chosen = self.chosen
        return chosen.key if chosen is not None else super().typed()

    def complaint(self) -> str:
        """That text is typed and nothing is chosen."""
        if not self.text.strip() or self.chosen is not None:
            return ""
        if self._finder is None:
            return _("Type its number, such as #123.")
        return _("Nothing is chosen: pick one of what is found, or type its number as #123.")

    def draft(self) -> str:
        """The number and the label of what is chosen, or the bare text."""
        chosen = self.chosen
        if chosen is None:
            return self.text
        return f"#{chosen.key}" if chosen.label.startswith("#") else f"#{chosen.key} {chosen.label}"

    def restore(self, text: object) -> None:
        """Take back what `draft` gave, without looking for it."""
        text = one_line(text).strip() if isinstance(text, str) else ""
        match = _by_number.fullmatch(text)
        if match is None:
            self.set_choice(None)
            self.set_text(text)
        else:
            self.set_choice(Choice(match[1], match[2] or f"#{match[1]}"))

    def fill(self, value: object) -> None:
        """Show a record's id, or better a Choice that says what it is."""
        super().fill(value)
        if isinstance(value, Choice):
            self.set_choice(value)
            self.settle()

    def shown(self, value: object) -> str:
        """A key, and the label where there is one."""
        return f"#{value.key} {value.label}".strip() if isinstance(value, Choice) else f"#{value}"

    @property
    def touched(self) -> bool:
        """Whether another one is chosen than it was filled with."""
        return self.draft().partition(" ")[0] != self._filled.partition(" ")[0]

    def reading(self) -> str:
        """The number of what is chosen, or that it is being looked for."""
        if self._searching:
            return _("searching…")
        chosen = self.chosen
        return f"#{chosen.key}" if chosen is not None and not chosen.label.startswith("#") else ""

    def edited(self) -> None:
        """What was typed is looked for after the pause."""
        if self._choice is not None and self.text.strip() != self._choice.label.strip():
            self._choice = None
        self._close()
        if self._finder is not None and self.text and self.chosen is None and self.is_here:
            self._search(self._finder)
        super().edited()

    def below(self) -> list[tuple[str, str]]:
        """The suggestions around the one that the cursor is on."""
        if self._note:
            return [(self._note, "$text-muted")]
        lines = []
        for at in self._window():
            choice = self._suggestions[at]
            text = ("> " if at == self._at else "  ") + one_line(choice.label)
            if choice.detail:
                text += "  " + one_line(choice.detail)
            lines.append((text, "bold" if at == self._at else ""))
        if len(self._suggestions) > SHOWN:
            count = _("{at} of {count}").format(at=self._at + 1, count=len(self._suggestions))
            lines.append(("  " + count, "$text-muted"))
        return lines

    @override
    def wants(self, key: str) -> bool:
        """Enter while there is something to take or to wait for, ↑ and ↓ while there is a list."""
        return bool(self._suggestions) or (key == "enter" and self._searching)

    def _window(self) -> range:
        count = len(self._suggestions)
        first = max(0, min(self._at - SHOWN // 2, count - SHOWN))
        return range(first, min(count, first + SHOWN))

    def _search(self, finder: Finder) -> None:
        self._searching = True
        begin(self, partial(self._ask, finder, self.text), "lookup", exclusive=True)

    async def _ask(self, finder: Finder, text: str) -> None:
        await asyncio.sleep(self._pause)
        found: tuple[Choice, ...] = ()
        problem = ""
        try:
            found = tuple(await finder(text.strip()))
        except Exception as error:
            problem = one_line(str(error)) or _("The search failed.")
        # A finder may shield its request from being cancelled: what it then brings is no answer any more.
        if text != self.text or not self.is_here or self.chosen is not None:
            return
        self._searching = False
        only = found[0] if len(found) == 1 and self._take_the_only_one else None
        self._take_the_only_one = False
        if only is not None:
            self._take(only)
            return
        self._suggestions, self._at = found, -1
        self._note = "" if found or problem else _("Nothing was found.")
        self.problem = problem
        self._show_all()

    def _show_all(self) -> None:
        self.redraw(layout=True)
        self.call_after_refresh(self.scroll_visible, animate=False)

    def _close(self) -> None:
        if self.is_attached:
            self.workers.cancel_group(self, "lookup")
        self._searching = self._take_the_only_one = False
        if self._suggestions or self._note:
            self._suggestions, self._at, self._note = (), -1, ""
            self.redraw(layout=True)

    def _take(self, choice: Choice) -> None:
        self.set_choice(choice)
        self.post_message(self.Changed(self))
        self.post_message(self.Chosen(self, choice))

    async def _on_key(self, event: events.Key) -> None:
        took = False
        match event.key:
            case "down" | "up" if self._suggestions:
                step = 1 if event.key == "down" else -1
                self._at = max(0, min(len(self._suggestions) - 1, self._at + step))
                took = True
                self._show_all()
            case "enter":
                took = self._enter()
            case "escape" if self._suggestions or self._note or self._searching:
                took = True
                self._close()
                self.redraw()
            case _:
                pass
        if took:
            event.stop()
            event.prevent_default()

    def _enter(self) -> bool:
        """Take the suggestion under the cursor or the only one; whether Enter had a meaning here."""
        if self._searching:
            self._take_the_only_one = True
        elif not self._suggestions:
            return False
        elif self._at >= 0 or len(self._suggestions) == 1:
            self._take(self._suggestions[max(0, self._at)])
        else:
            self._at = 0
            self.redraw()
        return True

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click on a suggestion takes it."""
        window = self._window()
        if self._suggestions and 1 <= event.y <= len(window):
            event.stop()
            self._take(self._suggestions[window[event.y - 1]])

    def _arrive(self) -> None:
        super()._arrive()
        if self._finder is not None and self.text.strip() and self.chosen is None and not self._searching:
            self._search(self._finder)

    def _leave(self) -> None:
        self._close()
        super()._leave()
