"""A form of any endpoint: made from its input model, kept as a draft at every change, reviewed, then sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from textual.app import ComposeResult
from textual.widgets import Button

from ngorder_tui import formats
from ngorder_tui.commands import Command
from ngorder_tui.dialogs.choose import Choose
from ngorder_tui.dialogs.confirm import Confirm
from ngorder_tui.i18n import N_, _
from ngorder_tui.screens.base import NgorderScreen
from ngorder_tui.screens.finders import finders
from ngorder_tui.screens.sending import send
from ngorder_tui.session import Receipt
from ngorder_tui.widgets.labels import label
from ngorder_tui.widgets.model_form import ModelForm

if TYPE_CHECKING:
    from ngorder_tui.api.endpoint import Call, Endpoint

NEW = "new"


class FormScreen(NgorderScreen[Receipt[Any]]):
    """Answers the receipt once the form was sent and done; None when it was left, its draft staying.

    `initial` are the values of a record that is changed; a form of a new record offers the drafts that were left.
    """

    DEFAULT_CSS = """
    FormScreen {
        & ModelForm { height: 1fr; }
        & Button { height: 1; min-width: 12; border: none; margin: 0 2; }
    }
    """
    commands: ClassVar[tuple[Command, ...]] = (
        Command("form.send", "ctrl+s,f10", "review", N_("Send"), N_("Review the form and send it"), footer=True),
        Command("app.back", "escape", "back", N_("Leave"), N_("Leave the form; the draft stays"), footer=True),
    )

    def __init__(
        self, endpoint: Endpoint[Any, Any], initial: Mapping[str, object], *, area: str, title: str = ""
    ) -> None:
        super().__init__()
        self._endpoint = endpoint
        self._initial = initial
        self._title = title or endpoint.summary.rstrip(".")
        self._draft_id = uuid4().hex
        self._here = area

    @property
    def heading(self) -> str:
        """What the form is for."""
        return self._title

    @property
    def here(self) -> str:
        """The area that the form was opened from."""
        return self._here

    def body(self) -> ComposeResult:
        """The form and its button."""
        yield ModelForm(self._endpoint.takes, finders=finders(self.session))
        yield Button(_("Send"), id="send")

    @property
    def form(self) -> ModelForm:
        """The form."""
        return self.query_one(ModelForm)

    def on_mount(self) -> None:
        """Show the record, or offer the drafts."""
        super().on_mount()
        self.form.fill(self._initial)
        self.call_after_refresh(self.form.focus_first)
        if not self._initial:
            self.run_worker(self._offer_drafts(), group="dialog", exclusive=True, exit_on_error=False)

    async def _offer_drafts(self) -> None:
        drafts = await self.session.store.drafts.list(self._endpoint.id)
        if not drafts:
            return
        options = [
            (draft.draft_id, _("draft of {time}").format(time=formats.moment(draft.updated_at))) for draft in drafts
        ]
        picked = await self.app.push_screen_wait(Choose(_("Go on with a draft?"), [*options, (NEW, _("a new one"))]))
        for draft in drafts:
            if draft.draft_id == picked:
                self._draft_id = draft.draft_id
                self.form.restore(draft.content)

    async def on_model_form_changed(self, event: ModelForm.Changed) -> None:
        """Every change is on disk before the next key is handled."""
        event.stop()
        await self.session.store.drafts.save(self._endpoint.id, self._draft_id, self.form.content(), event.field)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The button reviews; it does not send by itself."""
        event.stop()
        self.action_review()

    def action_review(self) -> None:
        """Check the form; if all can be read, show what is sent and ask."""
        if (query := self.form.build()) is not None:
            call = self._endpoint(query)
            self.run_worker(self._send(call), group="dialog", exclusive=True, exit_on_error=False)

    async def _send(self, call: Call[Any]) -> None:
        if not await self.app.push_screen_wait(Confirm(_("Send: {title}").format(title=self._title), _review(call))):
            return
        receipt = await send(self, call, self._title)
        if receipt is None:
            return
        if receipt.error is not None and receipt.error.fields:
            self.form.show_problems(receipt.error.fields)
        if receipt.state == "done":
            await self.session.store.drafts.drop(self._endpoint.id, self._draft_id)
            self.dismiss(receipt)

    def action_back(self) -> None:
        """Leave; what was typed stays as a draft."""
        if self.form.touched:
            self.say(_("Your draft is kept."))
        super().action_back()


def _review(call: Call[Any]) -> str:
    """What is sent, one line a field; secrets masked."""
    return "\n".join(f"{label(name)}: {_said(value)}" for name, value in call.noted().items())


def _said(value: object) -> str:
    match value:
        case dict():
            return "; ".join(f"{label(str(name))} {_said(item)}" for name, item in value.items())
        case list():
            return "".join(f"\n  {_said(item)}" for item in value)
        case _:
            return formats.shown(value)
