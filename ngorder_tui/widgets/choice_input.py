"""A field whose value is one of a few: picked by arrows or letters on its own line; at first nothing is picked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from typing_extensions import override

from ngorder_tui.i18n import _
from ngorder_tui.widgets.field_input import UNSET, FieldInput
from ngorder_tui.widgets.labels import choice_label
from ngorder_tui.widgets.record_columns import fit, one_line

NOT_SAID = "—"
"""How it looks that nothing is picked."""


class ChoiceInput(FieldInput, can_focus=True):
    """One of some choices, or none of them.

    ← and → go through them, "not said" among them; a letter or digit goes to the next choice that begins with it;
    Backspace or Delete says nothing again. Every printable key is taken here, so that none triggers a command.
    """

    def __init__(
        self,
        field: str,
        label: str,
        choices: Sequence[object],
        *,
        required: bool = False,
        depth: int = 0,
        id: str | None = None,
    ) -> None:
        super().__init__(field, label, required=required, depth=depth, id=id)
        self.choices = tuple(choices)
        self._labels = tuple(one_line(choice_label(choice, self.choices)) for choice in self.choices)
        self._at = -1

    @property
    def text(self) -> str:
        """The choice as the API writes it, empty for none."""
        return "" if self._at < 0 else str(self.choices[self._at])

    def typed(self) -> object:
        """The choice, or UNSET."""
        return UNSET if self._at < 0 else self.choices[self._at]

    def restore(self, text: object) -> None:
        """Take back what `draft` gave; a choice that there is no longer is no choice."""
        texts = [str(choice) for choice in self.choices]
        self._at = texts.index(text) if isinstance(text, str) and text in texts else -1
        self.redraw()

    def shown(self, value: object) -> str:
        """The choice that means the record's value: a flag may be spelled Y and N or 1 and 0 here."""
        words = ("True", "Y", "1") if value is True else ("False", "N", "0") if value is False else (str(value),)
        spelled = {word.casefold() for word in words}
        if isinstance(value, str | int) and {*map(str, self.choices)} == {"True", "False"}:
            yes_no = {"y": "True", "1": "True", "n": "False", "0": "False"}
            spelled |= {yes_no.get(str(value).casefold(), "").casefold()} - {""}
        return next((str(choice) for choice in self.choices if str(choice).casefold() in spelled), "")

    def pick(self, at: int) -> None:
        """Pick a choice by its place, -1 for none, as a person does."""
        if at != self._at:
            self._at = at
            self.edited()

    def said(self, width: int) -> Content:
        """While the focus is here all choices, the picked one in brackets; else the picked one alone."""
        words = (NOT_SAID, *self._labels)
        picked = self._at + 1
        if not self.is_here:
            return Content(fit(words[picked], width))
        row = [f"[{word}]" if at == picked else f" {word} " for at, word in enumerate(words)]
        if sum(len(word) for word in row) > width:
            place = f"< {words[picked]} >  " + _("{at} of {count}").format(at=self._at + 1, count=len(self.choices))
            return Content.styled(fit(place, width), "bold")
        return Content.assemble(*((word, "bold" if at == picked else "") for at, word in enumerate(row)))

    @override
    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Printable keys are this field's."""
        return character is not None and character.isprintable()

    async def _on_key(self, event: events.Key) -> None:
        states = len(self.choices) + 1
        if event.key in {"right", "space"}:
            self.pick((self._at + 2) % states - 1)
        elif event.key == "left":
            self.pick(self._at - 1 if self._at >= 0 else states - 2)
        elif event.key in {"backspace", "delete"}:
            self.pick(-1)
        elif event.is_printable and event.character:
            self._pick_by_letter(event.character.casefold())
        else:
            return
        event.stop()
        event.prevent_default()

    def _pick_by_letter(self, letter: str) -> None:
        count = len(self.choices)
        around = [(self._at + step) % count for step in range(1, count + 1)]
        by_label = [at for at in around if self._labels[at].casefold().startswith(letter)]
        by_word = [at for at in around if str(self.choices[at]).casefold().startswith(letter)]
        if found := by_label or by_word:
            self.pick(found[0])

    def on_click(self, event: events.Click) -> None:
        """A click goes on to the next choice."""
        event.stop()
        self.pick((self._at + 2) % (len(self.choices) + 1) - 1)


class FlagInput(ChoiceInput):
    """Yes, no, or not said; y and n pick, space and the arrows go on."""

    def __init__(
        self, field: str, label: str, *, required: bool = False, depth: int = 0, id: str | None = None
    ) -> None:
        super().__init__(field, label, (True, False), required=required, depth=depth, id=id)
