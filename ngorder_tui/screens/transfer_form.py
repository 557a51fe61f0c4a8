"""New stock transfer: origin, destination, then one scan after another; reviewed, then sent part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Static

from ngorder_tui import formats
from ngorder_tui.commands import Command
from ngorder_tui.dialogs.ask import Ask
from ngorder_tui.dialogs.choose import Choose
from ngorder_tui.dialogs.confirm import Confirm, ConfirmByWord
from ngorder_tui.dialogs.text import TextDialog
from ngorder_tui.i18n import N_, _, ngettext
from ngorder_tui.screens.finders import finders
from ngorder_tui.screens.kept_draft import KeptDraft
from ngorder_tui.screens.line_file import ask_for_lines
from ngorder_tui.screens.transfer_counting import TransferCounting
from ngorder_tui.screens.transfer_draft import KIND, Line, Part
from ngorder_tui.screens.transfer_sending import Head, PartResult, decide, look_at_held, review_lines, send_part
from ngorder_tui.screens.transfer_view import TransferView
from ngorder_tui.widgets.counted_lines import read_quantity
from ngorder_tui.widgets.lines_scan_box import LinesScanBox
from ngorder_tui.widgets.lookup import LookupInput
from ngorder_tui.widgets.model_form import ModelForm
from ngorder_tui.widgets.record_messages import Highlighted, Opened
from ngorder_tui.widgets.record_table import RecordTable

ORIGIN, DESTINATION, DESCRIPTION = "origin_warehouse_id", "destination_warehouse_id", "description"
NEW = "new"


class TransferForm(TransferCounting):
    """Answers True once all of it is done; None when it was left, its draft staying."""

    DEFAULT_CSS = """
    TransferForm {
        & ModelForm { height: auto; max-height: 12; }
        & .transfer--scan { height: 1; }
        & .transfer--label { width: 26; padding: 0 0 0 2; }
        & Button { min-width: 8; margin: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "to_lines", show=False)]
    area: ClassVar[str] = "stock"
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            "transfer.send", "ctrl+s,f10", "review", N_("Send"), N_("Review the transfer and send it"), footer=True
        ),
        Command("transfer.more", "plus", "count(1)", N_("More"), N_("One more piece on this line"), True, True),
        Command("transfer.less", "minus", "count(-1)", N_("Less"), N_("One piece less on this line"), True, True),
        Command("transfer.quantity", "e", "quantity", N_("Quantity"), N_("Type this line's quantity"), True, True),
        Command("transfer.remove", "delete", "remove", N_("Remove"), N_("Take this line out"), True, True),
        Command("transfer.undo", "u", "undo", N_("Undo"), N_("Take the last change back (or scan UNDO)"), footer=True),
        Command("transfer.file", "f,ctrl+o", "read_file", N_("File"), N_("Read lines (SKU, quantity) from a CSV file")),
        Command("transfer.again", "r", "look_again", N_("Refresh"), N_("Ask again for every line's stock")),
        Command("transfer.part", "p", "decide_part", N_("Decide"), N_("Decide on a part whose answer is unknown")),
        Command("transfer.discard", "d", "discard", N_("Discard"), N_("Throw this draft away")),
        Command("app.back", "escape", "back", N_("Leave"), N_("Leave the form; the draft stays"), footer=True),
    )

    def __init__(self) -> None:
        super().__init__()
        self._sending: Part | None = None
        self._kept: KeptDraft

    @property
    def heading(self) -> str:
        """The screen's name."""
        return _("New stock transfer")

    def body(self) -> ComposeResult:
        """The head, the scan box, the lines."""
        from ngorder_tui.api.chapters import stock_transfer

        yield ModelForm(
            stock_transfer.CREATE.takes, finders=finders(self.session), only=(ORIGIN, DESTINATION, DESCRIPTION)
        )
        with Horizontal(classes="transfer--scan"):
            yield Static(_("Scan"), classes="transfer--label", markup=False)
            yield LinesScanBox(self.take, _("SKU, 12*SKU, UNDO, or paste lines"), id="scan")
            yield Button(_("Send"), id="send", compact=True)
        yield TransferView(is_light=self.ngorder.is_light)

    @property
    def form(self) -> ModelForm:
        """The head's form."""
        return self.query_one(ModelForm)

    @property
    def scan_box(self) -> LinesScanBox:
        """Where codes are scanned."""
        return self.query_one(LinesScanBox)

    def warehouse(self, field: str) -> LookupInput:
        """The field of the origin or the destination."""
        return next(found for found in self.form.query(LookupInput) if found.field == field)

    def warehouse_id(self, field: str) -> int | None:
        """The number of the warehouse that is chosen; 0 is the main one."""
        chosen = self.warehouse(field).chosen
        return int(chosen.key) if chosen is not None and chosen.key.isascii() and chosen.key.isdigit() else None

    def on_mount(self) -> None:
        """Begin in the first field; offer the drafts."""
        super().on_mount()
        self._kept = KeptDraft(self.session.store.drafts, KIND, partial(self.say, bad=True))
        # The lines are counted beside the form: to the form there are none.
        self.form.fill({"stock_adjustment": []})
        self.call_after_refresh(self.form.focus_first)
        self.run_worker(self._offer_drafts(), group="dialog", exclusive=True, exit_on_error=False)

    async def _offer_drafts(self) -> None:
        if not (drafts := await self._kept.others()):
            return
        options = [(draft.draft_id, _summary(formats.moment(draft.updated_at), draft.content)) for draft in drafts]
        picked = await self.app.push_screen_wait(Choose(_("Go on with a draft?"), [*options, (NEW, _("a new one"))]))
        for draft in drafts:
            if draft.draft_id == picked:
                self._kept.go_on(draft)
                self._restore(draft.content)
                if await look_at_held(self, self.draft):
                    await self._changed("")

    def _restore(self, content: Mapping[str, object]) -> None:
        self.draft.restore(content)
        head = content.get("head")
        head = dict(head) if isinstance(head, Mapping) else {}
        if self.draft.ledger.lines():
            # Whoever has begun to scan goes on scanning.
            head["focus"] = ""
            self.call_after_refresh(self.focus_on, self.scan_box)
        self.form.restore(head)
        # What the draft knows of the stock is old.
        self.ask_all_again(self.warehouse_id(ORIGIN), forget=False)

    async def keep(self) -> None:
        """Put the form on disk; one that holds nothing any more is forgotten."""
        is_blank = self.draft.is_blank and self._sending is None and not self.form.touched
        await self._kept.keep({} if is_blank else {"head": self.form.content(), **self.draft.content(self._sending)})

    async def on_model_form_changed(self, event: ModelForm.Changed) -> None:
        """Every change is on disk before the next key is handled; another origin has other stock."""
        event.stop()
        self._compare_warehouses()
        if (origin_id := self.warehouse_id(ORIGIN)) != self.origin_id:
            self.ask_all_again(origin_id, forget=True)
        await self.keep()

    def _compare_warehouses(self) -> bool:
        """Whether they differ; said on the field at once."""
        field, sentence = self.warehouse(DESTINATION), _("Origin and destination are the same warehouse.")
        origin_id = self.warehouse_id(ORIGIN)
        is_same = origin_id is not None and origin_id == self.warehouse_id(DESTINATION)
        if is_same:
            field.problem = sentence
        elif field.problem == sentence:
            field.problem = ""
        return not is_same

    @property
    def table(self) -> RecordTable:
        """The table that has the focus; else that of the lines."""
        return self.view.apart if self.focused is self.view.apart else self.view.lines

    @property
    def line(self) -> Line | None:
        """The line under the cursor of the lines, where they have the focus."""
        return self.draft.ledger.line(self.view.lines.cursor_key or "") if self.focused is self.view.lines else None

    def can_use(self, command: Command) -> bool:
        """Keys that are letters are for the tables: in a field they are text."""
        in_tables = isinstance(self.focused, RecordTable)
        match command.id:
            case "transfer.remove":
                return in_tables and self.table.cursor_key is not None
            case "transfer.undo":
                return in_tables and self.draft.ledger.can_undo
            case "transfer.part":
                return bool(self.draft.parts)
            case _:
                return super().can_use(command) and (not command.on_record or self.line is not None)

    def on_descendant_focus(self) -> None:
        """Other keys can be used in another place."""
        self.offer_commands()

    def on_record_table_highlighted(self, event: Highlighted) -> None:
        """Other keys can be used on another line; what its cell had no room for is told."""
        event.stop()
        if self.line is not None:
            self.tell(self.line)
        self.offer_commands()

    def on_record_table_opened(self, event: Opened) -> None:
        """Enter on a line asks for its quantity."""
        event.stop()
        self.action_quantity()

    def action_to_lines(self) -> None:
        """From the scan box into the lines."""
        if self.focused is self.scan_box:
            self.focus_on(self.view.lines)

    def action_back(self) -> None:
        """From the tables into the scan box, from there away; the draft stays."""
        if isinstance(self.focused, RecordTable):
            self.focus_on(self.scan_box)
        elif self._sending is not None:
            self.say(_("It is being sent; wait for its answer."))
        else:
            if self._kept.is_kept:
                self.say(_("Your draft is kept."))
            super().action_back()

    async def action_count(self, pieces: int) -> None:
        """More or fewer pieces on the line under the cursor."""
        if (line := self.line) is not None:
            self.draft.ledger.add(line.key, pieces)
            await self._changed(line.key)

    async def action_undo(self) -> None:
        """Take the last change back."""
        self.undo()
        await self.keep()

    async def action_remove(self) -> None:
        """Take out the line under the cursor, or what is listed apart under it."""
        if self.focused is self.view.apart:
            self.draft.remove_apart(self.view.apart.cursor_key or "")
            if not any(True for _line in self.draft.apart()):
                self.focus_on(self.scan_box)
            await self._changed("")
        elif (line := self.line) is not None:
            self.draft.ledger.remove(line.key)
            await self._changed("")

    async def _changed(self, key: str) -> None:
        self.last = key
        self.show()
        await self.keep()

    def action_quantity(self) -> None:
        """Type how many pieces of the line under the cursor."""
        if (line := self.line) is not None:
            self.run_worker(self._quantity(line), group="dialog", exclusive=True, exit_on_error=False)

    async def _quantity(self, line: Line) -> None:
        name = f"{line.item.sku}  {line.item.product} {line.item.variant}" if line.item is not None else line.key
        typed = await self.app.push_screen_wait(Ask(_("Quantity"), name, str(line.quantity), check=_no_quantity))
        if typed is not None:
            self.draft.ledger.set_quantity(line.key, read_quantity(typed))
            await self._changed(line.key)

    def action_look_again(self) -> None:
        """Ask again for what every code is, and for its stock."""
        self.ask_all_again(self.origin_id, forget=False)

    def action_read_file(self) -> None:
        """Read lines from a file."""
        self.run_worker(self._read_file(), group="dialog", exclusive=True, exit_on_error=False)

    async def _read_file(self) -> None:
        if lines := await ask_for_lines(self):
            self.take(lines)
            await self.keep()

    def action_discard(self) -> None:
        """Throw the draft away, after a word."""
        self.run_worker(self._discard(), group="dialog", exclusive=True, exit_on_error=False)

    async def _discard(self) -> None:
        count = len(self.draft.ledger.lines())
        lines = ngettext("{n} counted line is lost.", "{n} counted lines are lost.", count).format(n=count)
        if await self.app.push_screen_wait(ConfirmByWord(_("Throw this draft away"), lines, _("discard"))):
            await self._kept.keep({})
            self.dismiss(None)

    def action_decide_part(self) -> None:
        """Decide on the first part whose answer is unknown."""
        if self.draft.parts:
            self.run_worker(self._decide_part(self.draft.parts[0]), group="dialog", exclusive=True, exit_on_error=False)

    async def _decide_part(self, part: Part) -> None:
        if await decide(self, self.draft, part):
            self.ask_all_again(self.origin_id, forget=False)
        await self._changed("")

    async def on_button_pressed(self, event: Button.Pressed) -> None:
        """The button reviews; it does not send by itself."""
        event.stop()
        await self.action_review()

    async def action_review(self) -> None:
        """Check all of it; if nothing is missing, show what is sent and ask."""
        await self.form.keys_handled()
        query = self.form.build()
        if not self._compare_warehouses():
            self.form.focus_field(DESTINATION)
        elif query is None or self._sending is not None:
            return
        elif waiting := len(self.draft.ledger.to_look_up()):
            words = ngettext("{n} code is not known yet:", "{n} codes are not known yet:", waiting).format(n=waiting)
            self.say(words + " " + _("wait, r in the lines asks again, Del there takes it out."), bad=True)
        elif not (parts := self.draft.split()):
            self.say(_("There is nothing to send yet: scan the first code."), bad=True)
            self.focus_on(self.scan_box)
        else:
            self.run_worker(self._send(parts), group="dialog", exclusive=True, exit_on_error=False)

    def _head(self) -> Head:
        origin, destination = self.warehouse(ORIGIN), self.warehouse(DESTINATION)
        return Head(
            self.warehouse_id(ORIGIN) or 0,
            self.warehouse_id(DESTINATION) or 0,
            self.form.input(DESCRIPTION).text.strip(),
            origin.chosen.label if origin.chosen else "",
            destination.chosen.label if destination.chosen else "",
        )

    async def _send(self, parts: list[Part]) -> None:
        head = self._head()
        if not await self.app.push_screen_wait(Confirm(_("Send?"), review_lines(self.draft, head, parts))):
            return
        results: list[PartResult] = []
        for part in parts:
            # On disk it is unknown before it leaves: should the program end now, it is not sent again.
            self._sending = part
            await self.keep()
            try:
                result = await send_part(self, head, part, len(parts))
            finally:
                self._sending = None
            if result is None:
                break
            results.append(result)
            self._took(result)
            self.show()
            await self.keep()
            if result.state in {"unsent", "held", "unknown"}:
                break
        await self.keep()
        await self._tell(results, len(parts))

    def _took(self, result: PartResult) -> None:
        """What became of a part, for the lines."""
        self.last = ""
        self.view.hush()
        match result.state:
            case "done":
                self.draft.settle(result.part)
            case "unknown" | "held":
                self.draft.settle(result.part)
                self.draft.parts.append(replace(result.part, state="unknown", note=result.words, number=result.number))
            case _:
                self.form.show_problems(self.draft.refuse(result.part, result.fields))
                refused = (line.code for line in result.part.lines if self.draft.is_refused(line))
                self.last = next(refused, "")

    async def _tell(self, results: list[PartResult], count: int) -> None:
        """Each part's own result, where there are several; away, if all is done and nothing is left."""
        if count > 1:
            lines = [result.text for result in results]
            if (left := count - len(results)) > 0:
                lines.append(ngettext("{n} more was not sent.", "{n} more were not sent.", left).format(n=left))
            await self.app.push_screen_wait(TextDialog(_("What became of the transfers"), "\n".join(lines)))
        if results and all(result.state == "done" for result in results) and self.draft.is_blank:
            await self._kept.keep({})
            self.dismiss(True)


def _no_quantity(text: str) -> str:
    try:
        read_quantity(text)
    except ValueError as error:
        return str(error)
    return ""


def _summary(when: str, content: Mapping[str, object]) -> str:
    rows = content.get("lines")
    count = len(rows) if isinstance(rows, list) else 0
    lines = ngettext("{n} line", "{n} lines", count).format(n=count)
    return f"{when}  {lines}"
