"""The counting half of a stock transfer form: scans are counted at once, what they are comes later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from ngorder_tui.api.errors import ApiError
from ngorder_tui.i18n import _
from ngorder_tui.screens.base import NgorderScreen
from ngorder_tui.screens.transfer_draft import Goods, Line, TransferDraft, Verdict, is_short
from ngorder_tui.screens.transfer_lookup import Turns, find_goods
from ngorder_tui.screens.transfer_view import TransferView
from ngorder_tui.widgets.counted_lines import Counted, Unread

UNDO = "undo"
"""The code that is no code: it takes the last change back."""


class TransferCounting(NgorderScreen[bool]):
    """Counts what is scanned, asks the origin for it, and shows both."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self) -> None:
        super().__init__()
        self.draft = TransferDraft()
        self.origin_id: int | None = None
        """The warehouse that is asked for what the codes are; none is chosen at first."""
        self.last = ""
        """The code that the verdict is about."""
        self._turns = Turns()

    @property
    def view(self) -> TransferView:
        """The lines as they are shown."""
        return self.query_one(TransferView)

    def take(self, lines: Sequence[Counted | Unread]) -> None:
        """Count these lines, in their order; those that cannot be read are listed apart."""
        if len(lines) == 1 and isinstance(lines[0], Counted) and lines[0].code.casefold() == UNDO:
            self.undo()
            return
        unread = [line for line in lines if isinstance(line, Unread)]
        for line in lines:
            if isinstance(line, Counted):
                self.draft.ledger.scan(line.code, line.quantity)
                self.last = line.code
        self.draft.unread += unread
        self.look_up()
        self.show(self.last)
        counted = self.draft.ledger.line(self.last)
        if unread:
            self.view.tell(unread[-1].text, Verdict("bad", "✗", unread[-1].why))
        if unread or (counted is not None and (counted.state == "unknown" or is_short(counted))):
            self.ring()

    def ask_all_again(self, origin_id: int | None, *, forget: bool) -> None:
        """Look every code up in this warehouse. `forget`: what is known is of another one, and holds no more."""
        self.origin_id = origin_id
        self.draft.refusals.clear()
        if forget:
            self.draft.ledger.forget_answers()
        for line in () if origin_id is None else (*self.draft.ledger.lines(), *self.draft.ledger.unknown_lines()):
            self._turns.want(line.codes)
        self.look_up()
        self.show()

    def look_up(self) -> None:
        """Ask for the codes that wait, as many at once as may be."""
        waiting = self.draft.ledger.to_look_up()
        if self.origin_id is None:
            for code in waiting:
                self.draft.ledger.failed(code, _("choose the origin"))
            return
        for code in self._turns.begin(waiting):
            self.run_worker(self._ask(code, self.origin_id), group="scan", exit_on_error=False)

    async def _ask(self, code: str, origin_id: int) -> None:
        ledger = self.draft.ledger
        try:
            found = await find_goods(self.session, code, origin_id)
        except ApiError as error:
            self._turns.end(code, failed=True)
            if ledger.line(code) is not None and code in ledger.to_look_up():
                ledger.failed(code, str(error))
        else:
            self._turns.end(code)
            # An answer about another origin, or about what was taken back meanwhile, is none.
            if origin_id == self.origin_id and ledger.line(code) is not None:
                self._answered(code, found)
        self.look_up()
        self.show()

    def _answered(self, code: str, found: Goods | str) -> None:
        ledger = self.draft.ledger
        if isinstance(found, str):
            was = ledger.line(code)
            ledger.unknown(code, found)
            if was is None or was.state != "unknown":
                self.last = code
                self.ring()
            return
        ledger.resolve(code, str(found.variation_id), found)
        if (line := ledger.line(code)) is not None and is_short(line):
            self.ring()

    def undo(self) -> None:
        """Take the last change back."""
        codes = self.draft.ledger.undo()
        self.show()
        what = ", ".join(codes) or _("There is nothing to take back.")
        self.view.tell(what, Verdict("", "↶", _("taken back")) if codes else Verdict("warn", "!", ""))
        self.look_up()

    def ring(self) -> None:
        """Something is wrong with what was scanned: sound the bell, unless it is switched off."""
        if self.ngorder.settings.bell:
            self.app.bell()

    def show(self, here: str = "") -> None:
        """Show the lines as they are now; the cursor goes to the line of the code `here`."""
        line = self.draft.ledger.line(here) if here else None
        self.view.show(self.draft, line.key if line is not None else "")
        if (line := self.draft.ledger.line(self.last)) is not None:
            self.tell(line)
        self.offer_commands()

    def tell(self, line: Line) -> None:
        """Say what is to be said of a line, whole."""
        goods = line.item
        name = f"{goods.sku}  {goods.product} {goods.variant}" if goods is not None else line.key
        self.view.tell(name, self.draft.verdict(line))
