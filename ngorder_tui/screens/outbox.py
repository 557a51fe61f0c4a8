"""Outbox: the writes that wait, and those whose answer is unknown, with what the server shows of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from ngorder_tui.commands import Command
from ngorder_tui.dialogs.confirm import Confirm, ConfirmByWord
from ngorder_tui.i18n import N_, _
from ngorder_tui.reconcile.desk import ASK_AGAIN_AFTER, looks
from ngorder_tui.screens.base import NgorderScreen
from ngorder_tui.screens.outbox_words import evidence_section, intent_sections, row_of, summary
from ngorder_tui.store.database import StoreError
from ngorder_tui.store.journal import IllegalStep
from ngorder_tui.widgets.detail_pane import DetailPane
from ngorder_tui.widgets.record_columns import Column
from ngorder_tui.widgets.record_messages import Highlighted, Opened
from ngorder_tui.widgets.record_table import RecordTable, Row
from ngorder_tui.widgets.working import begin

if TYPE_CHECKING:
    from ngorder_tui.outbox import Outbox
    from ngorder_tui.reconcile.evidence import Evidence
    from ngorder_tui.store.outbox import Waiting

    Decision = Callable[[Waiting], Awaitable[None]]

TICK = 1.0
"""Seconds after which the list is looked at again: other processes work at it too, and countdowns go on."""
SETTLED = 50
"""Settled writes that are shown at most."""


class OutboxScreen(NgorderScreen[None]):
    """Open writes: the unknown first, then what is being sent, then what waits, in its order. `w`: the settled ones."""

    DEFAULT_CSS = """
    OutboxScreen {
        & .outbox--summary { height: 1; color: $text-muted; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """
    ask_again_after: ClassVar[float] = ASK_AGAIN_AFTER
    """Seconds after which "not seen" is looked at again."""
    commands: ClassVar[tuple[Command, ...]] = (
        Command("outbox.open", "enter", "open", N_("Look"), N_("Look what the server shows of it"), True, True),
        Command("outbox.done", "a", "as_done", N_("It is done"), N_("This one was done: settle it"), True, True),
        Command("outbox.send", "t", "send", N_("Send"), N_("Send it now; an unknown one again"), True, True),
        Command("outbox.hold", "h", "hold", N_("Hold"), N_("Hold it, or let it be sent by itself"), True, True),
        Command("outbox.up", "K,shift+up", "move(-1)", N_("Up"), N_("Send it before the one above"), on_record=True),
        Command(
            "outbox.down", "J,shift+down", "move(1)", N_("Down"), N_("Send it after the one below"), on_record=True
        ),
        Command("outbox.drop", "d", "drop", N_("Drop"), N_("Give it up"), True, True),
        Command("outbox.by_hand", "H", "by_hand", N_("By hand"), N_("Whether anything is sent by itself")),
        Command("outbox.settled", "w", "settled", N_("Settled"), N_("The last settled ones, or the open ones"), True),
        Command("outbox.refresh", "r", "look_again", N_("Refresh"), N_("Look at the list again, and try the line")),
    )

    def __init__(self) -> None:
        super().__init__()
        self._is_settled = False
        self._shown: dict[str, Waiting] = {}
        self._opened: str | None = None
        self._words = ""
        self._evidence: dict[int, Evidence | None] = {}
        self._looks: dict[int, int] = {}
        self._looking: dict[int, AsyncIterator[Evidence]] = {}

    @property
    def heading(self) -> str:
        """The screen's name."""
        return _("Outbox")

    @property
    def outbox(self) -> Outbox:
        """The app's outbox."""
        return self.ngorder.outbox

    @property
    def table(self) -> RecordTable:
        """The writes."""
        return self.query_one(RecordTable)

    @property
    def detail(self) -> DetailPane:
        """The intent, and the evidence."""
        return self.query_one(DetailPane)

    @property
    def current(self) -> Waiting | None:
        """The write under the cursor."""
        return self._shown.get(self.table.cursor_key or "")

    def body(self) -> ComposeResult:
        """How many there are, the writes, the detail."""
        yield Static("", classes="outbox--summary", markup=False)
        with Horizontal(classes="list--panes"):
            table = RecordTable(
                (
                    Column(_("No."), "n", width=5),
                    Column(_("State"), "state", width=14),
                    Column(_("What"), "title", width=20, grow=1),
                    Column(_("Age"), "age", width=7, drop=2),
                    Column(_("Sent"), "countdown", width=11, drop=1),
                ),
                per_page=200,
            )
            if self.ngorder.is_light:
                table.cursor_look = "gutter"
                table.show_scrollbar = False
            yield table
            yield DetailPane()

    def on_mount(self) -> None:
        """Show them, and go on looking."""
        super().on_mount()
        self.focus_on(self.table)
        self.set_interval(TICK, self._tick)

    def on_screen_resume(self) -> None:
        """The screen is on top, or is so again."""
        super().on_screen_resume()
        begin(self, self.show_writes, "writes", exclusive=True)

    async def _tick(self) -> None:
        if self.is_current:
            await self.show_writes()

    async def show_writes(self) -> None:
        """Show the list as it is now."""
        try:
            found = await self._found()
            by_hand = await self.outbox.is_by_hand()
        except StoreError as error:
            self._tell(str(error))
            return
        if not self.is_attached:
            return
        self._shown = {str(one.intent.n): one for one in found}
        self._put([row_of(one) for one in found])
        words = summary(found, by_hand=by_hand, read_only=self.outbox.is_read_only)
        self._tell(_("The last {n} settled").format(n=SETTLED) if self._is_settled else words)
        if self._opened is not None and self._opened not in self._shown:
            self._close()
        self.show_detail()
        self.offer_commands()

    def _put(self, rows: list[Row]) -> None:
        """Every second: what is the same draws nothing."""
        if not rows:
            self.table.clear(
                _("Nothing is settled yet. w shows the open ones.")
                if self._is_settled
                else _("Nothing waits, and no answer is unknown. w shows the settled ones.")
            )
        elif rows != self.table.held_rows():
            self.table.put(0, rows, len(rows), self.table.epoch + 1)

    def _tell(self, words: str) -> None:
        if words != self._words and self.is_attached:
            self._words = words
            self.query_one(".outbox--summary", Static).update(words)

    async def _found(self) -> Sequence[Waiting]:
        return await (self.outbox.settled(SETTLED) if self._is_settled else self.outbox.open_writes())

    def show_detail(self) -> None:
        """Show the write under the cursor, and what is known of it."""
        if (one := self.current) is None:
            self.detail.show(None, ())
            return
        n = one.intent.n
        sections = list(intent_sections(one))
        if one.intent.state == "unknown":
            sections.insert(1, evidence_section(self._evidence.get(n), looks=self._looks.get(n, 0)))
        self.detail.show(str(n), sections)

    def on_record_table_highlighted(self, event: Highlighted) -> None:
        """The detail follows the cursor."""
        event.stop()
        self.show_detail()
        self.offer_commands()

    async def on_record_table_opened(self, event: Opened) -> None:
        """Enter on a row."""
        event.stop()
        self.action_open()

    def can_use(self, command: Command) -> bool:
        """What can be done with a write depends on its state."""
        one = self.current if self.query(RecordTable) else None
        if command.on_record and one is None:
            return False
        state = None if one is None else one.intent.state
        match command.id:
            case "outbox.done":
                return state == "unknown"
            case "outbox.send" | "outbox.drop":
                return state in {"queued", "unknown"}
            case "outbox.hold" | "outbox.up" | "outbox.down":
                return state == "queued"
        return super().can_use(command)

    def action_open(self) -> None:
        """Show the intent, and look for the effect of one whose answer is unknown."""
        if (one := self.current) is None:
            return
        self._opened = str(one.intent.n)
        self.add_class("-detail")
        self.focus_on(self.detail)
        if one.intent.state == "unknown":
            self._look_for(one.intent.n)
        self.show_detail()

    def _look_for(self, n: int) -> None:
        """Begin to look, from the first look on, unless a second one is awaited already."""
        if n not in self._looking:
            self._looks[n], self._evidence[n] = 1, None
            # The pause between the looks is the timer's: it must not hold a worker.
            self._looking[n] = looks(self.session, n, sleep=_at_once)
            begin(self, partial(self._look, n), "evidence")

    async def _look(self, n: int) -> None:
        looking = self._looking[n]
        try:
            evidence = await anext(looking)
        except StoreError as error:
            self._forget(n)
            self.say(str(error), bad=True)
            return
        if self._looking.get(n) is not looking:
            return
        self._evidence[n] = evidence
        if evidence.verdict == "not seen" and self._looks[n] < 2:
            self.set_timer(self.ask_again_after, partial(self._look_again, n, looking))
        else:
            del self._looking[n]
        await self.show_writes()

    def _look_again(self, n: int, looking: AsyncIterator[Evidence]) -> None:
        if self._looking.get(n) is looking:
            self._looks[n] = 2
            begin(self, partial(self._look, n), "evidence")

    def action_as_done(self) -> None:
        """Settle an unknown one as done."""
        self._decide(self._as_done)

    async def _as_done(self, one: Waiting) -> None:
        n = one.intent.n
        words = [text for _label, text in evidence_section(self._evidence.get(n), looks=self._looks.get(n, 0)).lines]
        words.append(_("Was it done? Then nothing is sent again, and the draft that it was made from is dropped."))
        if await self.app.push_screen_wait(Confirm(one.intent.title, "\n".join(words))):
            await self.session.decide(n, "as-done")
            self.say(_("No. {n} is done: {title}").format(n=n, title=one.intent.title))

    def action_send(self) -> None:
        """Send one that waits now; one whose answer is unknown again, after a word."""
        self._decide(self._send)

    async def _send(self, one: Waiting) -> None:
        if one.intent.state == "unknown":
            await self._send_again(one)
            return
        words = one.why or _("It is looked at again first; what does not fit any more is not sent.")
        if await self.app.push_screen_wait(Confirm(_("Send now: {title}").format(title=one.intent.title), words)):
            outcome = await self.outbox.send_now(one.intent.n)
            if outcome.fate in {"waits", "gone"}:
                self.say(outcome.sentence, bad=True)

    async def _send_again(self, one: Waiting) -> None:
        from ngorder_tui.screens.sending import tell

        n = one.intent.n
        lines = evidence_section(self._evidence.get(n), looks=self._looks.get(n, 0)).lines
        words = [text for _label, text in lines]
        words.append(_("If it was done, sending it again does it a second time."))
        title = _("Send again: {title}").format(title=one.intent.title)
        if await self.app.push_screen_wait(ConfirmByWord(title, "\n".join(words), _("again"))):
            self._forget(n)
            receipt = await self.session.send_again(n)
            if self.is_attached:
                tell(self, receipt, one.intent.title)

    def action_drop(self) -> None:
        """Give one up, after a word."""
        self._decide(self._drop)

    async def _drop(self, one: Waiting) -> None:
        words = _("It is not sent. The draft that it was made from stays.")
        if one.intent.state == "unknown":
            words = _("It is forgotten that it may have been done. The draft that it was made from stays.")
        title = _("Drop: {title}").format(title=one.intent.title)
        if await self.app.push_screen_wait(ConfirmByWord(title, words, _("drop"))):
            await self.session.decide(one.intent.n, "drop")
            await self.outbox.waiting()

    def action_hold(self) -> None:
        """Hold one that waits, or let it go."""
        self._decide(self._hold)

    async def _hold(self, one: Waiting) -> None:
        await self.outbox.set_held(one.intent.n, not one.is_held)
        if one.is_held:
            self.ngorder.outbox_watch.follow()

    def action_move(self, step: int) -> None:
        """Let one change places with the next one above or below."""
        self._decide(partial(self._move, step))

    async def _move(self, step: int, one: Waiting) -> None:
        await self.outbox.move(one.intent.n, step)

    def _decide(self, decision: Decision) -> None:
        if (one := self.current) is not None:
            begin(self, partial(self._decided, decision, one), "dialog", exclusive=True)

    async def _decided(self, decision: Decision, one: Waiting) -> None:
        """Do what a person says; another process may have been faster."""
        from ngorder_tui.api.errors import ApiError

        try:
            await decision(one)
        except IllegalStep:
            self.say(_("No. {n} is not what it was any more: look at it again.").format(n=one.intent.n), bad=True)
        except (ApiError, StoreError) as error:
            self.say(str(error), bad=True)
        await self.show_writes()

    async def action_by_hand(self) -> None:
        """Whether anything is sent by itself."""
        await self.outbox.set_by_hand(not await self.session.store.outbox.is_by_hand())
        await self.show_writes()
        self.ngorder.outbox_watch.follow()

    async def action_settled(self) -> None:
        """The settled writes, or the open ones."""
        self._is_settled = not self._is_settled
        self.table.reset()
        await self.show_writes()

    async def action_look_again(self) -> None:
        """Look at the list again, try the line, and look for the effect of the one that is open."""
        one = self._shown.get(self._opened or "")
        if one is not None and one.intent.state == "unknown":
            self._look_for(one.intent.n)
        self.ngorder.outbox_watch.try_the_line()
        await self.show_writes()

    def action_back(self) -> None:
        """Close the detail, then leave."""
        if self._opened is not None:
            self._close()
        else:
            super().action_back()

    def _close(self) -> None:
        """Show the list again; what was opened may be settled by now."""
        self._opened = None
        self.remove_class("-detail")
        self.focus_on(self.table)

    def _forget(self, n: int) -> None:
        """What was seen of it is old: it is sent again."""
        for known in (self._evidence, self._looks, self._looking):
            known.pop(n, None)


async def _at_once(_seconds: float) -> None:
    return
