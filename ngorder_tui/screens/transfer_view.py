"""What a stock transfer form shows of its lines: the last scan's verdict, the lines, and what is listed apart."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import ComposeResult, RenderResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from ngorder_tui import formats
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.screens.transfer_draft import Line, TransferDraft, Verdict
from ngorder_tui.widgets.record_columns import Column, fit, one_line
from ngorder_tui.widgets.record_messages import PageWanted
from ngorder_tui.widgets.record_table import RecordTable, Row

MOST_APART = 4
"""Rows that are shown at once of what is listed apart."""
_COLOURS = {"bad": "$text-error", "warn": "$text-warning", "good": "$text-success", "dim": "dim", "": ""}


class Told(Widget):
    """One line: the last scan's verdict at the left, cut where it must be; the counts at the right, always whole."""

    DEFAULT_CSS = """
    Told { height: 1; }
    """
    said: reactive[tuple[str, Verdict] | None] = reactive[tuple[str, Verdict] | None](None)
    """What was scanned, and what is to be said of it."""
    counts: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        """Symbol, word and running count first, then what it is."""
        left, look = "", ""
        if self.said is not None:
            what, verdict = self.said
            left, look = f"{verdict.text}  {what}", _COLOURS[verdict.look]
        room = max(0, self.size.width - cell_len(self.counts) - 2)
        return Content.assemble((fit(left, room), look), " ", (self.counts, "$text-muted"), " ")


class TransferView(Vertical):
    """Two tables, each row of which has the key of its line; all rows are here, so no page is ever asked for."""

    DEFAULT_CSS = """
    TransferView {
        height: 1fr;
        & .transfer--parts { height: auto; display: none; color: $text-warning; }
        & .transfer--title { height: 1; display: none; color: $text-error; }
        & #apart { display: none; height: 2; }
        &.-parts .transfer--parts { display: block; }
        &.-apart { & .transfer--title { display: block; } & #apart { display: block; } }
    }
    """

    def __init__(self, *, is_light: bool = False) -> None:
        super().__init__()
        self._is_light = is_light
        self._height = 1
        self._parts: list[str] = []

    def compose(self) -> ComposeResult:
        """The verdict and the counts, the lines, what is listed apart."""
        yield Told()
        yield Static("", classes="transfer--parts", markup=False)
        yield self._table(
            "lines",
            Column(_("SKU"), "sku", width=13, drop=1),
            Column(_("Product"), "product", width=14, grow=3),
            Column(_("Variant"), "variant", width=10, grow=1, drop=2),
            Column(_("Stock"), "stock", kind="number", width=7, drop=3),
            Column(_("Quantity"), "quantity", kind="number", width=9),
            Column("", "verdict", width=17, grow=1),
        )
        yield Static("", classes="transfer--title", markup=False)
        yield self._table(
            "apart",
            Column(_("Scanned"), "code", width=20, grow=1),
            Column(_("Quantity"), "quantity", kind="number", width=9, drop=1),
            Column(_("Why"), "why", width=24, grow=2),
        )

    def _table(self, name: str, *columns: Column) -> RecordTable:
        table = RecordTable(columns, id=name)
        if self._is_light:
            table.cursor_look = "gutter"
            table.show_scrollbar = False
        return table

    def on_mount(self) -> None:
        """Say what is to be done."""
        self.lines.clear(_("Scan the first code: SKU, or 12*SKU for twelve. UNDO takes the last scan back."))

    @property
    def lines(self) -> RecordTable:
        """The table of what is moved."""
        return self.query_one("#lines", RecordTable)

    @property
    def apart(self) -> RecordTable:
        """The table of what cannot be moved."""
        return self.query_one("#apart", RecordTable)

    def show(self, draft: TransferDraft, here: str = "") -> None:
        """Show the draft's lines; the cursor goes to the line with the key `here`."""
        lines = draft.ledger.lines()
        _put(self.lines, [_row(line, draft.verdict(line)) for line in lines])
        if here:
            self.lines.select(here)
        apart = [
            Row(key, (what, formats.number(count) if count else "", f"✗ {why}"), "bad")
            for key, what, count, why in draft.apart()
        ]
        self._show_apart(apart)
        self._show_parts(draft)
        self.query_one(Told).counts = _counts(draft, lines)

    def _show_apart(self, rows: list[Row]) -> None:
        """As high as what it holds. Only what differs is laid out anew: a scanner does not wait."""
        _put(self.apart, rows)
        if (height := min(len(rows), MOST_APART) + 1) != self._height:
            self._height = self.apart.styles.height = height
        self.set_class(bool(rows), "-apart")
        title = _("Listed apart, not sent: {n}").format(n=len(rows))
        self.query_one(".transfer--title", Static).update(title, layout=False)

    def _show_parts(self, draft: TransferDraft) -> None:
        self.set_class(bool(draft.parts), "-parts")
        texts = [
            _("? {size}: {note} p in the lines decides.").format(size=part.size(), note=one_line(part.note))
            for part in draft.parts
        ]
        if texts != self._parts:
            self._parts = texts
            self.query_one(".transfer--parts", Static).update("\n".join(texts))

    def tell(self, what: str, verdict: Verdict) -> None:
        """Say this of the last scan: symbol, word and running count first, then what it is."""
        self.query_one(Told).said = (what, verdict)

    def hush(self) -> None:
        """Nothing is to be said of a scan."""
        self.query_one(Told).said = None

    def on_record_table_page_wanted(self, event: PageWanted) -> None:
        """Every row is here already."""
        event.stop()


def _put(table: RecordTable, rows: list[Row]) -> None:
    # A new epoch each time: these rows are all there are, whatever the table held before.
    table.put(0, rows, len(rows), table.epoch + 1)


def _row(line: Line, verdict: Verdict) -> Row:
    goods = line.item
    if goods is None:
        return Row(line.key, (line.key, "", "", "", formats.number(line.quantity), verdict.text), verdict.look)
    stock = "" if goods.stock is None else formats.number(goods.stock)
    cells = (goods.sku, goods.product, goods.variant, stock, formats.number(line.quantity), verdict.text)
    return Row(line.key, cells, verdict.look)


def _counts(draft: TransferDraft, lines: tuple[Line, ...]) -> str:
    words = [
        ngettext("{n} line", "{n} lines", len(lines)).format(n=formats.number(len(lines))),
        ngettext("{n} piece", "{n} pieces", draft.ledger.pieces).format(n=formats.number(draft.ledger.pieces)),
    ]
    if (short := len(draft.short())) > 0:
        words.append(_("{n} short").format(n=short))
    if (parts := len(draft.split())) > 1:
        words.append(ngettext("{n} transfer", "{n} transfers", parts).format(n=parts))
    return " · ".join(words)
