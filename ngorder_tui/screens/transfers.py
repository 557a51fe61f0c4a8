"""Stock transfers: what moved from one warehouse to another."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from ngorder_tui import formats
from ngorder_tui.commands import Command
from ngorder_tui.i18n import N_, _, ngettext
from ngorder_tui.screens.list_screen import ListScreen
from ngorder_tui.screens.list_source import ListEndpoints
from ngorder_tui.widgets.detail_pane import Section, section
from ngorder_tui.widgets.labels import choice_label
from ngorder_tui.widgets.record_columns import Column

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.stock_transfer import MovedVariation, Transfer, TransferRow
    from ngorder_tui.api.chapters.warehouse_stock import WarehouseName

LINES_A_PAGE = 100
"""As many lines as one transfer holds."""


class TransfersScreen(ListScreen["TransferRow"]):
    """The stock transfers, newest first."""

    area: ClassVar[str] = "stock"
    name_of_list: ClassVar[str] = "transfers"
    per_page: ClassVar[int] = 20
    searches: ClassVar[bool] = False
    commands: ClassVar[tuple[Command, ...]] = (
        Command("list.new", "n", "new", N_("New"), N_("Move stock: count it with the scanner"), footer=True),
    )

    @property
    def heading(self) -> str:
        """The screen's name."""
        return _("Stock transfers")

    def columns(self) -> tuple[Column, ...]:
        """From where, to where and when are always there."""
        return (
            Column(_("No."), "id", width=6),
            Column(_("Made"), "created_at", width=17),
            Column(_("From"), "origin_warehouse.name", width=14, grow=1),
            Column(_("To"), "destination_warehouse.name", width=14, grow=1),
            Column(_("Description"), "description", width=16, grow=2, drop=1),
        )

    def chapter(self) -> ListEndpoints[TransferRow]:
        """The stock transfer chapter."""
        from ngorder_tui.api.chapters import stock_transfer

        return ListEndpoints(read=stock_transfer.LIST)

    def period(self) -> str:
        """Older ones are hidden unless a first day is asked for."""
        return "" if "start_date" in self.question else _("last 30 days")

    def empty_sentence(self) -> str:
        """Why there is none."""
        if self.question:
            return super().empty_sentence()
        return _("No stock has moved in the last 30 days. f asks for an earlier day, n moves some.")

    def copyables(self, row: TransferRow) -> Sequence[tuple[str, str]]:
        """Its number and what it is for."""
        found = ((_("Number"), str(row.id)), (_("Description"), row.description or ""))
        return [(label, text) for label, text in found if text]

    async def sections(self, row: TransferRow) -> AsyncIterator[Sequence[Section]]:
        """The transfer from its row, then whole, then with its lines."""
        from ngorder_tui.api.chapters import stock_transfer

        head = _head(row)
        yield (head,)
        async for kept in self.session.read(stock_transfer.GET(stock_transfer.OneTransfer(id=row.id))):
            if (transfer := kept.value.data) is not None:
                head = _whole(row, transfer)
                yield (head,)
        async for lines in self._lines(row):
            yield (head, lines)

    async def _lines(self, row: TransferRow) -> AsyncIterator[Section]:
        from ngorder_tui.api.chapters import stock_transfer

        moved: list[MovedVariation] = []
        page = 1
        while True:
            question = stock_transfer.TransferLinesQuery(id=row.id, per_page=LINES_A_PAGE, pagination_offset=page)
            is_last, found = True, moved
            async for kept in self.session.read(stock_transfer.LIST_TRANSACTIONS(question)):
                found = [*moved, *kept.value.readable()]
                is_last = kept.value.is_last
                yield _moved(found, kept.value.total)
            if is_last:
                return
            moved, page = found, page + 1

    def action_new(self) -> None:
        """Count a new transfer."""
        self.run_worker(self._new(), group="dialog", exclusive=True, exit_on_error=False)

    async def _new(self) -> None:
        await self.source()
        from ngorder_tui.screens.transfer_form import TransferForm

        if await self.app.push_screen_wait(TransferForm()):
            self.action_refresh_list()


def _head(row: TransferRow) -> Section:
    return section(
        _("Transfer {n}").format(n=row.id),
        (_("From"), _name(row.origin_warehouse)),
        (_("To"), _name(row.destination_warehouse)),
        (_("Made"), formats.shown(row.created_at)),
        (_("Description"), row.description),
    )


def _whole(row: TransferRow, transfer: Transfer) -> Section:
    """The reference shows one warehouse where two are to be expected: what it leaves out, the row has."""
    maker = transfer.created_by
    progress = None
    if transfer.variation_total is not None:
        progress = _("{n} of {total} variants").format(n=transfer.processed or 0, total=transfer.variation_total)
    return section(
        _("Transfer {n}").format(n=row.id),
        (_("From"), _name(transfer.origin_warehouse or row.origin_warehouse)),
        (_("To"), _name(transfer.destination_warehouse or row.destination_warehouse or transfer.warehouse)),
        (_("Made"), formats.shown(row.created_at)),
        (_("By"), (maker.name or maker.email) if maker is not None else None),
        (_("State"), choice_label(transfer.progress_status) if transfer.progress_status else None),
        (_("Progress"), progress),
        (_("Description"), transfer.description or row.description),
    )


def _moved(lines: Sequence[MovedVariation], total: int | None) -> Section:
    count = len(lines) if total is None else total
    pieces = sum(line.transferred_stock or 0 for line in lines)
    title = ngettext("{n} variant", "{n} variants", count).format(n=formats.number(count))
    if count == len(lines):
        title += ", " + ngettext("{n} piece", "{n} pieces", pieces).format(n=formats.number(pieces))
    return Section(title, tuple((_quantity(line), _what(line)) for line in lines))


def _quantity(line: MovedVariation) -> str:
    return f"{formats.number(line.transferred_stock or 0):>5} x"


def _what(line: MovedVariation) -> str:
    variant = "" if line.variant_name in (None, "-") else line.variant_name
    return "  ".join(part for part in (line.sku, line.product_name, variant) if part)


def _name(warehouse: WarehouseName | None) -> str | None:
    return warehouse.name if warehouse is not None else None
