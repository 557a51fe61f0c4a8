"""Discounts and added costs of an order: typed row by row, or taken from those that the shop keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from ngorder_tui import formats
from ngorder_tui.i18n import _
from ngorder_tui.screens.order_totals import Cost, cost_of
from ngorder_tui.widgets.field_input import FieldInput
from ngorder_tui.widgets.form_parts import ListPart, ObjectPart, PartMaker
from ngorder_tui.widgets.labels import choice_label
from ngorder_tui.widgets.lookup import Choice, LookupInput

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.order_cost import OrderCostRow
    from ngorder_tui.api.models import Query
    from ngorder_tui.session import Session

RECENT = 600.0
"""Seconds for which the list of kept costs is recent enough."""


class KeptCosts:
    """The costs that the shop keeps for use in orders."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[str, OrderCostRow] = {}

    async def find(self, words: str) -> Sequence[Choice]:
        """Those that the words fit. Raises ApiError."""
        from ngorder_tui.screens.calls import chapter

        await chapter("order_cost")
        from ngorder_tui.api.chapters import order_cost

        page = await self._session.recent(order_cost.LIST(), RECENT)
        self._rows = {row.order_cost_id: row for row in page.readable()}
        wanted = words.casefold().split()
        choices = [Choice(key, row.name or "", _told(row)) for key, row in self._rows.items()]
        return [one for one in choices if all(word in f"{one.label} {one.detail}".casefold() for word in wanted)]

    def values(self, key: str) -> dict[str, str]:
        """What a row says after this one was taken, as a draft has it."""
        row = self._rows[key]
        counted = ("percentage", row.percentage) if row.type == "PERCENTAGE" else ("nominal", row.nominal)
        said = {"name": row.name, "category": row.category, "type": row.type, counted[0]: counted[1]}
        return {name: str(value) for name, value in said.items() if value is not None}


def _told(row: OrderCostRow) -> str:
    much = f"{row.percentage} %" if row.type == "PERCENTAGE" else formats.rupiah(row.nominal or 0)
    return f"{choice_label(row.category or '')}  {much}"


class CostsPart(ListPart):
    """The part of the form behind `order_cost`."""

    def __init__(self, maker: PartMaker, model: type[Query], kept: KeptCosts, name: str) -> None:
        super().__init__(maker, model, "order_cost", name)
        self._kept = kept
        self.kept_field = LookupInput("kept_cost", _("Kept costs"), kept.find)

    def compose(self) -> ComposeResult:
        """The lookup, the rows, the line that adds one."""
        yield self.kept_field
        yield from super().compose()

    def lines(self) -> Iterator[FieldInput]:
        """Every line that is shown, from top to bottom."""
        yield self.kept_field
        yield from super().lines()

    def take(self, choice: Choice) -> ObjectPart:
        """A row for a kept cost, not mounted yet; the lookup is free for the next."""
        row = self.add()
        row.restore(self._kept.values(choice.key))
        self.kept_field.set_choice(None)
        return row

    def costs(self) -> list[Cost]:
        """The costs as far as they are typed."""
        typed = (row.typed() for row in self.rows)
        return [cost_of(values) for values in typed if isinstance(values, Mapping)]
