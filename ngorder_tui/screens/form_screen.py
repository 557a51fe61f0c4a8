"""A form of any endpoint: made from its input model, kept as a draft at every change, reviewed, then sent."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
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
from ngorder_tui.screens.said import said
from ngorder_tui.screens.sending import Source, fate_of, may_open, send
from ngorder_tui.session import Receipt
from ngorder_tui.store.database import StoreError
from ngorder_tui.widgets.form_shape import shape_of
from ngorder_tui.widgets.labels import label
from ngorder_tui.widgets.lookup import LookupInput
from ngorder_tui.widgets.model_form import ModelForm

if TYPE_CHECKING:
    from ngorder_tui.api.endpoint import Call, Endpoint
    from ngorder_tui.store.drafts import Draft

NEW = "new"


class FormScreen(NgorderScreen[Receipt[Any]]):
    """Answers the receipt once the form was sent and done; None when it was left, its draft staying.

    `initial` are the values of a record that is changed, and `record` is its key; the ids in them that must be sent are
    no fields of the form. The drafts that were left are offered: of this record, or of new ones.
    """

    DEFAULT_CSS = """
    FormScreen {
        & ModelForm { height: 1fr; }
        & Button { margin: 0 2; }
    }
    """
    commands: ClassVar[tuple[Command, ...]] = (
        Command("form.send", "ctrl+s,f10", "review", N_("Send"), N_("Review the form and send it"), footer=True),
        Command("app.back", "escape", "back", N_("Leave"), N_("Leave the form; the draft stays"), footer=True),
    )

    def __init__(
        self,
        endpoint: Endpoint[Any, Any],
        initial: Mapping[str, object],
        *,
        area: str,
        title: str = "",
        record: str = "",
    ) -> None:
        super().__init__()
        self._record = record
        self._is_sending = False
        self._endpoint = endpoint
        self._initial = initial
        self._title = title or endpoint.summary.rstrip(".")
        self._draft_id = record or uuid4().hex
        self._kept: dict[str, object] = {}
        self._is_keeping = True
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
        ids = [
            shape.name
            for shape in shape_of(self._endpoint.takes)
            if shape.required and shape.kind == "id" and shape.name in self._initial
        ]
        yield ModelForm(self._endpoint.takes, finders=finders(self.session), hide=ids)
        yield Button(_("Send"), id="send", compact=True)

    @property
    def form(self) -> ModelForm:
        """The form."""
        return self.query_one(ModelForm)

    def on_mount(self) -> None:
        """Show the record, or offer the drafts."""
        super().on_mount()
        self.form.fill(self._initial)
        self.call_after_refresh(self.form.focus_first)
        self.run_worker(self._offer_drafts(), group="dialog", exclusive=True, exit_on_error=False)

    async def _offer_drafts(self) -> None:
        try:
            drafts = await self.session.store.drafts.list(self._endpoint.id)
        except StoreError as error:
            self._cannot_keep(error)
            return
        if self._record:
            drafts = tuple(draft for draft in drafts if draft.draft_id == self._record)
            if not await may_open(self, self._endpoint.id, self._record):
                self.dismiss(None)
                return
        if not drafts:
            return
        options = [(draft.draft_id, await self._named(draft)) for draft in drafts]
        other = (NEW, _("as the server has it") if self._record else _("a new one"))
        picked = await self.app.push_screen_wait(Choose(_("Go on with a draft?"), [*options, other]))
        for draft in drafts:
            if draft.draft_id == picked:
                if not await may_open(self, self._endpoint.id, draft.draft_id):
                    self.dismiss(None)
                    return
                self._draft_id = draft.draft_id
                self.form.restore(draft.content)

    async def _named(self, draft: Draft) -> str:
        name = _("draft of {time}").format(time=formats.moment(draft.updated_at))
        fate = await fate_of(self.session, self._endpoint.id, draft.draft_id)
        return f"{name} · {fate}" if fate else name

    async def keep(self) -> None:
        """Put what is typed on disk, before the next key is handled."""
        content = self.form.content()
        if (self.form.touched or self._kept) and content != self._kept:
            self._kept = content
            try:
                await self.session.store.drafts.save(self._endpoint.id, self._draft_id, content, str(content["focus"]))
            except StoreError as error:
                self._cannot_keep(error)

    def _cannot_keep(self, error: StoreError) -> None:
        """Said once: nothing that is typed here outlives the program."""
        if self._is_keeping:
            self._is_keeping = False
            self.say(_("What is typed here cannot be kept as a draft: {why}").format(why=error), bad=True)

    async def on_model_form_changed(self, event: ModelForm.Changed) -> None:
        """What was changed by other means than a key is kept too."""
        event.stop()
        await self.keep()

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """The button reviews; it does not send by itself."""
        event.stop()
        await self.action_review()

    async def action_review(self) -> None:
        """Check the form; if all can be read, show what is sent and ask."""
        await self.form.keys_handled()
        if self._is_sending:
            self._wait()
        elif self._record and not self.form.touched:
            self.say(_("Nothing is changed: there is nothing to send."))
        elif (query := self.form.build()) is not None:
            call = self._endpoint(query)
            title, lines = _("Send: {title}").format(title=self._title), _review(call, self._found())
            # Opened before this returns: a key typed right behind must find the question, not the form.
            self.app.push_screen(Confirm(title, lines), partial(self._answered, call))

    def _answered(self, call: Call[Any], yes: bool | None) -> None:
        if yes:
            self.run_worker(self._send(call), group="sending", exit_on_error=False)

    async def _send(self, call: Call[Any]) -> None:
        self._is_sending = True
        try:
            source = Source(self._endpoint.id, self._draft_id, once=not self._record)
            receipt = await send(self, call, self._title, source)
        finally:
            self._is_sending = False
        if receipt is None:
            return
        if receipt.error is not None and receipt.error.fields:
            self.form.show_problems(receipt.error.fields)
        if receipt.state == "held":
            self.dismiss(None)
        elif receipt.state == "done":
            try:
                await self.session.store.drafts.drop(self._endpoint.id, self._draft_id)
            except StoreError as error:
                self._cannot_keep(error)
            self.dismiss(receipt)

    def _found(self) -> dict[str, str]:
        """The numbers in the form, by field, with the names of what they stand for."""
        return {line.field: line.draft() for line in self.form.lines() if isinstance(line, LookupInput)}

    def _wait(self) -> None:
        self.say(_("It is being sent; wait for the answer."))

    def action_back(self) -> None:
        """Leave; what was typed stays as a draft."""
        if self._is_sending:
            self._wait()
            return
        if self.form.touched and self._is_keeping:
            self.say(_("Your draft is kept."))
        super().action_back()


def _review(call: Call[Any], found: Mapping[str, str]) -> str:
    """What is sent, one line a field; secrets masked."""
    return "\n".join(f"{label(name)}: {found.get(name) or said(value)}" for name, value in call.noted().items())
