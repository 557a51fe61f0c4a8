"""The filter form of a list: exactly the arguments that the API has for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ngorder_tui.dialogs.base import Dialog
from ngorder_tui.i18n import _
from ngorder_tui.screens.finders import finders
from ngorder_tui.widgets.model_form import ModelForm

if TYPE_CHECKING:
    from ngorder_tui.api.endpoint import Endpoint
    from ngorder_tui.session import Session


@dataclass(frozen=True, slots=True)
class Filter:
    """What was set: the arguments as JSON values, how they read to a person, and the form as it was left."""

    question: Mapping[str, object]
    words: str
    form: Mapping[str, object]


class FilterScreen(Dialog[Filter]):
    """Answers what was set; a filter of nothing shows the whole list again.

    `standing` are arguments that no filter changes: they are no fields of the form.
    """

    DEFAULT_CSS = """
    FilterScreen {
        & > Vertical { height: 90%; }
        & ModelForm { background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        # Without priority: a field must have read what was typed before, also when it all came in one read.
        Binding("ctrl+s,f10", "ask", show=False),
        Binding("ctrl+r", "reset", show=False),
    ]

    def __init__(
        self,
        endpoint: Endpoint[Any, Any],
        names: Sequence[str],
        left: Filter | None,
        session: Session,
        standing: Mapping[str, object],
    ) -> None:
        super().__init__(_("Filter"))
        self._form = ModelForm(endpoint.takes, finders=finders(session), only=names)
        self._left = left
        self._standing = standing

    def body(self) -> ComposeResult:
        """One field an argument."""
        yield self._form
        yield Static(_("F10 or ctrl+s Show   ctrl+r No filter   Esc Leave it"), classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """The form as it was left."""
        self._form.fill(self._standing)
        if self._left is not None:
            self._form.restore(self._left.form)
        self.call_after_refresh(self._form.focus_first)

    async def action_ask(self) -> None:
        """Answer, if every field can be read."""
        await self._form.keys_handled()
        if (query := self._form.build()) is not None:
            standing = set(self._standing)
            given = query.model_dump(mode="json", exclude_unset=True, exclude_none=True, exclude=standing)
            words = " · ".join(line.text for line in self._form.lines() if line.text)
            self.dismiss(Filter(given, words, self._form.content()))

    def action_reset(self) -> None:
        """Answer that there is no filter."""
        self.dismiss(Filter({}, "", {}))
