"""Orders: the list that the day begins with."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from ngorder_tui.i18n import _
from ngorder_tui.screens import order_detail
from ngorder_tui.screens.list_screen import ListScreen
from ngorder_tui.screens.list_source import ListEndpoints
from ngorder_tui.widgets.detail_pane import Section
from ngorder_tui.widgets.record_columns import Column

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.order_rows import OrderRow


class OrdersScreen(ListScreen["OrderRow"]):
    """The orders of the shop, newest first."""

    area: ClassVar[str] = "orders"
    name_of_list: ClassVar[str] = "orders"

    @property
    def heading(self) -> str:
        """The screen's name."""
        return _("Orders")

    def columns(self) -> tuple[Column, ...]:
        """Money and state are always there."""
        return (
            Column(_("PO"), "po_number", width=6),
            Column(_("Date"), "order_date", kind="day", width=6),
            Column(_("Receiver"), "receiver_name", width=12, grow=3),
            Column(_("Courier"), "shipping_logistic", width=11, grow=1, drop=2),
            Column(_("Total"), "total_amount", kind="money", width=12),
            Column(_("Paid"), "payment_status", width=11),
            Column(_("Status"), "order_progress_status", width=11),
            Column(_("AWB"), "awb_number", width=15, grow=1, drop=1),
        )

    def chapter(self) -> ListEndpoints[OrderRow]:
        """The order chapter."""
        from ngorder_tui.api.chapters import order

        return ListEndpoints(read=order.LIST, key="order_id")

    def period(self) -> str:
        """Without a date the server shows thirty days."""
        return "" if "start_date" in self.question else _("last 30 days")

    def empty_sentence(self) -> str:
        """An empty month is not an empty shop."""
        if self.question:
            return super().empty_sentence()
        return _("No order in the last 30 days. f asks for another period, n makes an order.")

    async def sections(self, row: OrderRow) -> AsyncIterator[Sequence[Section]]:
        """First what the row tells, then the detail with its payments, then the parcel's way."""
        yield order_detail.row_sections(row)
        await self.source()
        if (detail := await order_detail.detail_of(self.session, row)) is None:
            return
        whole = order_detail.full_sections(row, detail, await order_detail.payments_of(self.session, row))
        yield whole
        if (parcel := await order_detail.parcel_of(self.session, row, detail)) is not None:
            yield [*whole, *order_detail.parcel_sections(parcel)]

    def copyables(self, row: OrderRow) -> Sequence[tuple[str, str]]:
        """What is asked for most."""
        values = (
            (_("PO"), str(row.po_number or "")),
            (_("AWB"), row.awb_number),
            (_("Receiver"), row.receiver_name),
            (_("Address"), row.receiver_address),
        )
        return [(label, text) for label, text in values if text]

    def action_new(self) -> None:
        """Make an order."""
        self.run_worker(self._new(), group="dialog", exclusive=True, exit_on_error=False)

    async def _new(self) -> None:
        from ngorder_tui.screens.order_form import open_order_form

        if await open_order_form(self) is not None:
            self.action_refresh_list()
