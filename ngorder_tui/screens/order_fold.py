"""What is folded until it is wanted: one line that says what lies under it, and opens it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from ngorder_tui.i18n import _
from ngorder_tui.widgets.choice_input import ChoiceInput
from ngorder_tui.widgets.field_input import FieldInput
from ngorder_tui.widgets.form_lines import PressableLine
from ngorder_tui.widgets.labels import choice_label
from ngorder_tui.widgets.record_columns import fit


class FoldLine(PressableLine):
    """Space opens and closes it; closed, it says what its fields say."""

    def __init__(self, field: str, label: str, fields: Sequence[FieldInput]) -> None:
        super().__init__(field, label)
        self.fields = tuple(fields)
        self.is_folded = True
        self.fold(True)

    def fold(self, folded: bool) -> None:
        """Close or open it."""
        self.is_folded = folded
        for field in self.fields:
            field.display = not folded
        self.redraw()

    def holds(self, path: str) -> bool:
        """Whether the field at this path lies under it."""
        return any(field.field == path for field in self.fields)

    def said(self, width: int) -> Content:
        """What lies under it, and the key."""
        if not self.is_folded:
            return Content.styled(fit(_("space folds it"), width), "$text-muted")
        told = [f"{field.label.casefold()} {_words(field)}" for field in self.fields if field.text.strip()]
        words = " · ".join([*told, _("space opens it")])
        return Content.styled(fit(words, width), "$text-muted")


def _words(field: FieldInput) -> str:
    if isinstance(field, ChoiceInput):
        return choice_label(field.typed(), field.choices)
    return field.text.strip()
