"""The form of a new order: the input model's form, with its goods, courier, costs and payment at work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError
from textual.app import ComposeResult
from typing_extensions import override

from ngorder_tui import clock
from ngorder_tui.api.chapters.order import CreateOrder
from ngorder_tui.api.endpoint import reasons_by_field
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.screens.order_costs import CostsPart, KeptCosts
from ngorder_tui.screens.order_courier import AskRates, CourierPart
from ngorder_tui.screens.order_fold import FoldLine
from ngorder_tui.screens.order_goods import GoodsPart, Shop
from ngorder_tui.screens.order_payment import PaymentPart
from ngorder_tui.screens.order_people import CustomerInput, People, SenderInput
from ngorder_tui.screens.order_totals import Totals, add_up
from ngorder_tui.widgets.field_input import UNSET, FieldInput
from ngorder_tui.widgets.form_lines import PressableLine
from ngorder_tui.widgets.form_parts import Part, PartMaker
from ngorder_tui.widgets.labels import label
from ngorder_tui.widgets.lookup import Choice, Finder
from ngorder_tui.widgets.model_form import ModelForm
from ngorder_tui.widgets.pick_input import PickInput

if TYPE_CHECKING:
    from ngorder_tui.api.models import Query
    from ngorder_tui.widgets.form_shape import FieldShape

PartT = TypeVar("PartT")
_line_path = re.compile(r"products[.\[](\d+)\]?(?:[.\[](\w+)\]?)?.*")
ORDER = (
    "customer_receiver_id", "customer_sender_id", "supplier_id", "products", "expedition", "order_cost", "payment",
    "note",
)  # fmt: skip
FOLDED = ("order_date", "order_source_id", "awb_number", "marketplace_awb", "is_print", "send_sms", "source")


@dataclass(frozen=True)
class OrderPartMaker(PartMaker):
    """Makes the parts of an order: those that have work of their own, and the plain rest."""

    people: People = field(kw_only=True)
    shop: Shop = field(kw_only=True)
    kept_costs: KeptCosts = field(kw_only=True)
    ask_rates: AskRates = field(kw_only=True)
    promos: Callable[[], Sequence[object]] = field(kw_only=True)

    @override
    def part(self, shape: FieldShape, path: str, depth: int) -> Part:
        finder = self.finders.get(shape.id_type)
        match path:
            case "supplier_id":
                return PickInput(path, label(path), finder, required=True)
            case "products" if shape.model is not None:
                return GoodsPart(self, shape.model, self.shop)
            case "expedition" if shape.model is not None:
                regions = self.finders["DistrictId"]
                return CourierPart(self, shape.model, self.ask_rates, regions, self.promos)
            case "order_cost" if shape.model is not None:
                return CostsPart(self, shape.model, self.kept_costs, label(path))
            case "payment" if shape.model is not None:
                return PaymentPart(self, shape.model)
            case _:
                return super().part(shape, path, depth)


class OrderSheet(ModelForm):
    """A new order, top to bottom."""

    def __init__(
        self,
        finders: Mapping[str, Finder],
        people: People,
        kept_costs: KeptCosts,
        shop: Callable[[SenderInput], Shop],
        ask_rates: AskRates,
    ) -> None:
        super().__init__(CreateOrder, only=())
        self.receiver = CustomerInput("customer_receiver_id", label("customer_receiver_id"), people, required=True)
        self.sender = SenderInput("customer_sender_id", label("customer_sender_id"), people, self.receiver)
        maker = OrderPartMaker(
            finders,
            frozenset({"payment.cost_of_goods_sales"}),
            people=people,
            shop=shop(self.sender),
            kept_costs=kept_costs,
            ask_rates=ask_rates,
            promos=self._promos,
        )
        made = maker.parts(CreateOrder, "", 0) | {
            "customer_receiver_id": self.receiver,
            "customer_sender_id": self.sender,
        }
        self._parts = {name: made[name] for name in (*ORDER, *FOLDED)}
        self.goods = _a(GoodsPart, made["products"])
        self.courier = _a(CourierPart, made["expedition"])
        self.costs = _a(CostsPart, made["order_cost"])
        self.payment = _a(PaymentPart, made["payment"])
        self.supplier = _a(PickInput, made["supplier_id"])
        self.fold = FoldLine("fold.more", _("More"), [_a(FieldInput, made[name]) for name in FOLDED])
        self._people = people

    @override
    def compose(self) -> ComposeResult:
        yield self._top
        yield from (self._parts[name] for name in ORDER)
        yield self.fold
        yield from (self._parts[name] for name in FOLDED)

    @override
    def lines(self) -> Iterator[FieldInput]:
        """Every line that is shown, from top to bottom; what is folded is not."""
        return (line for line in self.every_line() if line.display)

    def every_line(self) -> Iterator[FieldInput]:
        """Every line, from top to bottom, whether it is folded or not."""
        for name, part in self._parts.items():
            if name == FOLDED[0]:
                yield self.fold
            if isinstance(part, FieldInput):
                yield part
            else:
                yield from part.lines()

    def begin(self) -> None:
        """What a new order says before a person says anything: today, made here, and two flags that must be sent."""
        self.fill(
            {
                "order_date": clock.today(),
                "is_print": False,
                "source": "WEB",
                "expedition": {"auto_pickup": False},
            }
        )

    def _promos(self) -> Sequence[object]:
        """The promo details of the goods, as the variation list gave them."""
        return [one for _line, item in self.goods.known() for one in item.details]

    @property
    def folds(self) -> tuple[FoldLine, ...]:
        """What is folded until it is wanted."""
        return (self.courier.fold, self.fold)

    def totals(self) -> Totals:
        """What the order comes to, as far as it is typed."""
        rate, discount = self.courier.amounts
        return add_up(self.goods.figures(), self.costs.costs(), rate, discount)

    def text_of(self, path: str) -> str:
        """What the field at this path says; nothing where there is none."""
        return next((line.text.strip() for line in self.every_line() if line.field == path), "")

    def follow(self) -> None:
        """Show what follows from what is typed."""
        self.payment.ask_cost(self.goods.has_others)
        for line in self.folds:
            line.redraw()

    async def take_cost(self, choice: Choice) -> None:
        """A row for a kept cost."""
        row = self.costs.take(choice)
        await self.costs.mount(row, before=self.costs.line)
        self.follow()

    @override
    async def _press(self, line: PressableLine) -> None:
        if isinstance(line, FoldLine):
            line.fold(not line.is_folded)
            if not line.is_folded:
                self._show(line.fields[-1])
                self._show(line)
            line.edited()
            return
        await super()._press(line)
        self.follow()

    @override
    def content(self) -> dict[str, object]:
        keys = [str(part.typed()) for part in (self.receiver, self.sender) if part.typed() is not UNSET]
        return super().content() | {"people": self._people.content(keys)}

    @override
    def restore(self, content: Mapping[str, object]) -> None:
        """Take back what `content` gave. A day that nobody chose is today's, not that of the draft."""
        self._people.restore(content.get("people"))
        filled, fields = content.get("filled"), content.get("fields")
        if isinstance(filled, Mapping) and isinstance(fields, Mapping) and "order_date" not in fields:
            content = {**content, "filled": {**filled, "order_date": clock.today().isoformat()}}
        super().restore(content)
        self.follow()

    @override
    def build(self) -> Query | None:
        """The order; None where something is wrong, which then stands on its field, and the focus goes there."""
        sent = {name: part for name, part in self._parts.items() if part.touched or part.required}
        values = {name: value for name, part in sent.items() if (value := part.typed()) is not UNSET}
        problems: dict[str, Sequence[str]] = {path: (why,) for path, why in self._missing().items()}
        problems |= {line.field: (complaint,) for line in self.every_line() if (complaint := line.complaint())}
        query: Query | None = None
        try:
            query = self.model.model_validate(values)
        except ValidationError as error:
            known = [*problems]
            for path, reasons in reasons_by_field(error).items():
                if not any(path == one or path.startswith(f"{one}.") for one in known):
                    problems[path] = reasons
        self.show_problems(problems)
        return None if problems else query

    def _missing(self) -> dict[str, str]:
        """What an order wants beyond what its model knows, by path."""
        reasons = self.payment.missing()
        waiting = len(self.goods.ledger.to_look_up())
        if waiting:
            reasons["products"] = ngettext(
                "{n} code is not looked up yet.", "{n} codes are not looked up yet.", waiting
            ).format(n=waiting)
        elif not self.goods.known():
            reasons["scan"] = _("Scan what is ordered.")
            reasons["products"] = _("There is nothing in this order yet.")
        return reasons

    @override
    def show_problems(self, problems: Mapping[str, Sequence[str]]) -> None:
        """As any form does; a line's stand below the line, a folded field is unfolded, the first has the focus."""
        rest: dict[str, Sequence[str]] = {}
        of_lines: dict[int, list[str]] = {}
        for path, why in problems.items():
            if (match := _line_path.fullmatch(path)) is not None:
                named = f"{label(match[2])}: " if match[2] else ""
                of_lines.setdefault(int(match[1]), []).append(named + " ".join(why))
            else:
                rest["expedition.id" if path == "expedition" else path] = why
        self.goods.show_line_problems({at: " ".join(why) for at, why in of_lines.items()})
        if of_lines:
            count = ngettext("{n} line has a problem.", "{n} lines have a problem.", len(of_lines))
            rest = {**rest, "products": (*rest.get("products", ()), count.format(n=len(of_lines)))}
        for fold in self.folds:
            if any(fold.holds(path) for path in rest):
                fold.fold(False)
        super().show_problems(rest)


def _a(kind: type[PartT], part: object) -> PartT:
    if not isinstance(part, kind):
        raise TypeError(f"{part!r} is no {kind.__name__}")
    return part
