"""How an order is paid: nothing yet, or a state with day, account and amount."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content

from ngorder_tui.i18n import _
from ngorder_tui.widgets.field_input import UNSET, FieldInput
from ngorder_tui.widgets.form_lines import SwitchLine
from ngorder_tui.widgets.form_parts import ObjectPart, PartMaker
from ngorder_tui.widgets.inputs import RupiahInput
from ngorder_tui.widgets.labels import label
from ngorder_tui.widgets.record_columns import fit

if TYPE_CHECKING:
    from ngorder_tui.api.models import Query

UNPAID = "UNPAID"
WANTED = ("date", "bank_id", "amount")
"""What goes with a payment that was made."""


class PaymentSwitch(SwitchLine):
    """Whether there is a payment."""

    def said(self, width: int) -> Content:
        """Its state, what is sent without one, and the key."""
        words = _("present; space takes it out") if self.is_on else _("none: unpaid; space adds one")
        return Content(fit(words, width))


class PaymentPart(ObjectPart):
    """The part of the form behind `payment`. An order without one is sent as unpaid.

    The cost of goods, which is the payment's by name, is asked whenever a line is another supplier's.
    """

    def __init__(self, maker: PartMaker, model: type[Query]) -> None:
        self.cost_of_goods = RupiahInput("payment.cost_of_goods_sales", label("cost_of_goods_sales"))
        self.asks_cost = False
        super().__init__(maker, model, PaymentSwitch("payment", label("payment")))
        self.required = True
        self.cost_of_goods.display = False

    def compose(self) -> ComposeResult:
        """The cost of goods, the switch, the payment's fields."""
        yield self.cost_of_goods
        yield from super().compose()

    def lines(self) -> Iterator[FieldInput]:
        """Every line that is shown, from top to bottom."""
        yield self.cost_of_goods
        yield from super().lines()

    def ask_cost(self, asks: bool) -> None:
        """Whether a line is another supplier's, so that the cost of goods must be said."""
        self.asks_cost = asks
        self.cost_of_goods.required = asks
        self.show_cost()

    def show_cost(self) -> None:
        """Show the cost of goods where it may be said."""
        self.cost_of_goods.display = self.asks_cost or self.is_present or bool(self.cost_of_goods.text)
        self.cost_of_goods.redraw()

    def typed(self) -> object:
        """What is sent of it: the state, and what goes with it."""
        values = super().typed()
        said = dict(values) if isinstance(values, Mapping) else {"status": UNPAID}
        cost = self.cost_of_goods.typed()
        return said if cost is UNSET else {**said, "cost_of_goods_sales": cost}

    def missing(self) -> dict[str, str]:
        """What must be said with what is said, by path."""
        said = self.typed()
        values = said if isinstance(said, Mapping) else {}
        reasons: dict[str, str] = {}
        if values.get("status") in {"PAID", "INSTALLMENT"}:
            reasons = {
                f"payment.{name}": _("This goes with a payment that was made.") for name in WANTED if name not in values
            }
        if self.asks_cost and "cost_of_goods_sales" not in values:
            reasons["payment.cost_of_goods_sales"] = _("A line is another supplier's: say what the goods cost.")
        return reasons

    @property
    def touched(self) -> bool:
        """Whether anything is said."""
        return super().touched or bool(self.cost_of_goods.text)

    def draft(self) -> object:
        """What a draft keeps."""
        said = super().draft()
        cost = self.cost_of_goods.draft()
        fields = dict(said) if isinstance(said, Mapping) else {}
        return {**fields, "cost": cost} if cost else fields

    def restore(self, draft: object) -> None:
        """Take back what `draft` gave."""
        super().restore(draft)
        self.cost_of_goods.restore(draft.get("cost") if isinstance(draft, Mapping) else None)
        self.show_cost()
