"""Where the stock of one variant came from and went: its movements, newest first."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from ngorder_tui import formats
from ngorder_tui.commands import Command
from ngorder_tui.i18n import N_, _
from ngorder_tui.screens.list_screen import ListScreen
from ngorder_tui.screens.list_source import ListEndpoints
from ngorder_tui.widgets.detail_pane import Section, section
from ngorder_tui.widgets.record_columns import Column
from ngorder_tui.widgets.record_table import Row

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.product import HistoryRow
    from ngorder_tui.api.models import Page, Unreadable
    from ngorder_tui.session import Kept


class VariationHistoryScreen(ListScreen["HistoryRow"]):
    """The stock movements of one variation."""

    area: ClassVar[str] = "products"
    per_page: ClassVar[int] = 25
    searches: ClassVar[bool] = False
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            "history.linked", "o", "linked", N_("Order"), N_("Go to the order that the stock moved for"), True, True
        ),
    )

    def __init__(self, variation_id: int, name: str) -> None:
        super().__init__()
        self._variation_id = variation_id
        self._name = name
        self._length: int | None = None

    @property
    def heading(self) -> str:
        """Whose history it is."""
        return _("History: {name}").format(name=self._name)

    def columns(self) -> tuple[Column, ...]:
        """When, how many, and what was left are always there."""
        return (
            Column(_("Day"), "date", width=18),
            Column(_("In"), "in", kind="number", width=6),
            Column(_("Out"), "out", kind="number", width=6),
            Column(_("Left"), "last", kind="number", width=6),
            Column(_("Why"), "detail.description", width=20, grow=3),
            Column(_("Warehouse"), "warehouse.name", width=14, grow=1, drop=1),
            Column(_("User"), "user", width=14, grow=1, drop=2),
        )

    def chapter(self) -> ListEndpoints[HistoryRow]:
        """The history of a variation; which one stands in every question."""
        from ngorder_tui.api.chapters import product

        return ListEndpoints(read=product.LIST_VARIATION_HISTORY)

    @property
    def standing_question(self) -> Mapping[str, object]:
        """Always this variation."""
        return {"id": self._variation_id}

    def empty_sentence(self) -> str:
        """Nothing moved."""
        return super().empty_sentence() if self.question else _("No stock of this variant has ever moved.")

    def cells(self, row: HistoryRow) -> tuple[str, ...]:
        """What did not move is left blank."""
        moved = row.stock
        return (
            row.date or "",
            formats.number(moved.in_) if moved is not None and moved.in_ else "",
            formats.number(moved.out) if moved is not None and moved.out else "",
            formats.number(moved.last) if moved is not None and moved.last is not None else "",
            (row.detail.description if row.detail is not None else None) or "",
            (row.warehouse.name if row.warehouse is not None else None) or "",
            row.user or "",
        )

    def put_page(
        self,
        source: ListEndpoints[HistoryRow],
        page: int,
        kept: Kept[Page[HistoryRow]],
        epoch: int,
        *,
        remembered: bool,
    ) -> None:
        """Show the movements of one page."""
        self._length = kept.value.total
        super().put_page(source, page, kept, epoch, remembered=remembered)

    def rows_of(
        self, _source: ListEndpoints[HistoryRow], records: Sequence[HistoryRow | Unreadable], first: int
    ) -> list[Row]:
        """Movements have no number of their own: each is known by its place counted from the oldest one."""
        from ngorder_tui.api.models import Unreadable

        rows: list[Row] = []
        for index, record in enumerate(records, first):
            key = str(index if self._length is None else self._length - index)
            if isinstance(record, Unreadable):
                rows.append(Row(f"?{key}", (_("unreadable"),), "bad"))
                continue
            self._hold(key, record)
            rows.append(Row(key, self.cells(record), self.row_style(record)))
        return rows

    async def sections(self, row: HistoryRow) -> AsyncIterator[Sequence[Section]]:
        """The movement in full."""
        moved, detail = row.stock, row.detail
        yield [
            section(
                row.date or "",
                ("", row.time_ago),
                (_("Before"), _count(row.old)),
                (_("In"), _count(moved.in_ if moved is not None else None)),
                (_("Out"), _count(moved.out if moved is not None else None)),
                (_("Left"), _count(moved.last if moved is not None else None)),
                (_("Warehouse"), row.warehouse.name if row.warehouse is not None else None),
                (_("Why"), detail.description if detail is not None else None),
                (_("Order"), _("{n} (o opens it)").format(n=order_id) if (order_id := _order_of(row)) else None),
                (_("Stock opname"), _count(detail.stock_opname_id if detail is not None else None)),
                (_("By"), row.user),
            )
        ]

    def copyables(self, row: HistoryRow) -> Sequence[tuple[str, str]]:
        """Why, and for which order."""
        found = ((_("Why"), row.detail.description if row.detail is not None else None), (_("Order"), _order_of(row)))
        return [(label, text) for label, text in found if text]

    async def action_linked(self) -> None:
        """Go to the order that the stock moved for."""
        if self.current is None:
            return
        if (order_id := _order_of(self.current)) is None:
            self.say(_("This movement was not for an order."))
            return
        await self.ngorder.show_in("orders", order_id)


def _order_of(row: HistoryRow) -> str | None:
    order_id = row.detail.id_order if row.detail is not None else None
    return None if order_id is None else str(order_id)


def _count(number: int | None) -> str | None:
    return None if number is None else formats.number(number)
