"""How an order's parcel goes: a rate between two districts, pick-up at the shop, or typed by hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widget import Widget

from ngorder_tui import formats
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.screens.order_fold import FoldLine
from ngorder_tui.widgets.choice_input import FlagInput
from ngorder_tui.widgets.field_input import UNSET, FieldInput
from ngorder_tui.widgets.form_lines import Heading
from ngorder_tui.widgets.form_parts import ObjectPart, Part, PartMaker
from ngorder_tui.widgets.inputs import RupiahInput, TextInput
from ngorder_tui.widgets.labels import label
from ngorder_tui.widgets.lookup import Choice, Finder, LookupInput
from ngorder_tui.widgets.pick_input import PickInput

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.expedition import ShippingCosts
    from ngorder_tui.api.models import Query
    from ngorder_tui.session import Session

PICK_UP, BY_HAND = 98, 99
"""What is sent in place of a rate: fetched at the shop, typed by hand."""
RECENT = 300.0
"""Seconds for which a rate is recent enough."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a rate is asked for: districts, begun kilograms, and the goods' value in rupiah."""

    origin_id: int
    destination_id: int
    kilograms: int
    value: int


@dataclass(frozen=True, slots=True)
class Rate:
    """What a courier's service asks: rupiah, and days from and to."""

    rate_id: int
    courier: str
    service: str
    amount: int
    days: tuple[int | None, int | None] = (None, None)

    @property
    def key(self) -> str:
        """Its number, as a choice has it."""
        return str(self.rate_id)

    @property
    def choice(self) -> Choice:
        """How it is offered: the courier's service, its price and its days."""
        return Choice(
            self.key,
            f"{self.courier} {self.service}".strip(),
            "  ".join(part for part in (formats.rupiah(self.amount), self.days_words) if part),
        )

    @property
    def days_words(self) -> str:
        """From and to how many days."""
        first, last = self.days
        if first is None and last is None:
            return ""
        low, high = (first if first is not None else last), (last if last is not None else first)
        if low == high:
            return ngettext("{n} day", "{n} days", low or 0).format(n=low)
        return _("{low}-{high} days").format(low=low, high=high)


def rates_of(costs: ShippingCosts) -> list[Rate]:
    """Every rate of the answer that has a number and a price, the cheapest first."""
    groups = costs.data
    rows = [] if groups is None else [*(groups.regular or ()), *(groups.express or ()), *(groups.trucking or ())]
    rates = [
        Rate(row.rate_id, row.name or "", row.rate_name or "", row.final_rate, (row.min_day, row.max_day))
        for row in rows
        if row.rate_id is not None and row.final_rate is not None
    ]
    return sorted(rates, key=lambda rate: (rate.amount, rate.days[1] or 0, rate.courier, rate.service))


class Rates:
    """The rates for a parcel, asked once for each."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, parcel: Parcel) -> list[Rate]:
        """The rates, the cheapest first. Raises ApiError."""
        from ngorder_tui.screens.calls import chapter

        await chapter("expedition")
        from ngorder_tui.api.chapters import expedition

        question = expedition.GET_COST.parse(
            {
                "origin_id": parcel.origin_id,
                "destination_id": parcel.destination_id,
                "weight": parcel.kilograms,
                "price": parcel.value,
            }
        )
        return rates_of(await self._session.recent(question, RECENT))


class NoParcel(Exception):
    """There is nothing to ask a rate for yet: why, as a sentence for the user."""


class RateInput(PickInput):
    """The courier's service, picked among the rates; below it may stand what is to be known about them."""

    _words = ""

    def say(self, words: str) -> None:
        """Say this below the field; nothing says nothing."""
        if words != self._words:
            self._words = words
            self.redraw(layout=True)

    def below(self) -> list[tuple[str, str]]:
        """The rates, then what is to be known."""
        return super().below() + ([(self._words, "$text-warning")] if self._words else [])


AskRates = Callable[[], Awaitable[Sequence[Rate]]]
"""The rates for the order as it is now. Raises NoParcel, ApiError."""


class CourierPart(ObjectPart):
    """The part of the form behind `expedition`, and the destination that its rates are asked for."""

    def __init__(
        self,
        maker: PartMaker,
        model: type[Query],
        ask: AskRates,
        regions: Finder,
        promos: Callable[[], Sequence[object]],
    ) -> None:
        self._ask = ask
        self._promos = promos
        self._rates: dict[str, Rate] = {}
        self.destination = LookupInput("destination", _("Destination"), regions)
        self.rate_id = RateInput("expedition.id", label("expedition"), self._find, required=True)
        self.name_field = TextInput("expedition.name", _("Courier's name"), required=True)
        self.rate = RupiahInput("expedition.rate", _("Shipping cost"), required=True)
        self.auto_pickup = FlagInput("expedition.auto_pickup", label("auto_pickup"), required=True)
        self.discount = RupiahInput("expedition.discount_promo", _("Shipping discount"))
        self.promo = FlagInput("expedition.promo", _("Promo goes with it"))
        self.fold = FoldLine("fold.courier", _("More of the courier"), (self.auto_pickup, self.discount, self.promo))
        super().__init__(maker, model, Heading("expedition", label("expedition"), required=True))

    def compose(self) -> ComposeResult:
        """Destination, courier, cost; the rest is folded."""
        yield from self.lines()

    def _make(self) -> list[Widget]:
        self.parts: dict[str, Part] = {
            "id": self.rate_id,
            "name": self.name_field,
            "rate": self.rate,
            "auto_pickup": self.auto_pickup,
            "discount_promo": self.discount,
            "promo": self.promo,
            "destination": self.destination,
        }
        return []

    def lines(self) -> Iterator[FieldInput]:
        """Every field, from top to bottom."""
        yield from (self.destination, self.rate_id, self.name_field, self.rate)
        yield self.fold
        yield from (self.auto_pickup, self.discount, self.promo)

    @property
    def destination_id(self) -> int | None:
        """The district that the parcel goes to."""
        value = self.destination.typed()
        return int(value) if isinstance(value, str) and value.isdecimal() else None

    @property
    def amounts(self) -> tuple[int, int]:
        """The rate and its discount in rupiah, as far as they can be read."""
        rate, discount = self.rate.typed(), self.discount.typed()
        return (rate if isinstance(rate, int) else 0, discount if isinstance(discount, int) else 0)

    async def _find(self, words: str) -> Sequence[Choice]:
        """The rates that the words fit, the cheapest first, then the two ways that need none."""
        others = (
            Choice(str(PICK_UP), _("Pick-up at the shop")),
            Choice(str(BY_HAND), _("Manual input"), _("courier and cost typed by hand")),
        )
        rates: Sequence[Rate] = ()
        self.rate_id.say("")
        try:
            rates = await self._ask()
        except NoParcel as why:
            self.rate_id.say(str(why))
        except Exception as error:
            self.rate_id.say(_("No rates: {why}").format(why=error))
        self._rates = {rate.key: rate for rate in rates}
        wanted = words.casefold().split()
        return [
            choice
            for choice in (*(rate.choice for rate in rates), *others)
            if all(word in f"{choice.label} {choice.detail}".casefold() for word in wanted)
        ]

    def chose(self, choice: Choice) -> None:
        """A courier was chosen: its name and cost go with it."""
        if (rate := self._rates.get(choice.key)) is not None:
            self.name_field.set_text(rate.courier)
            self.rate.set_text(self.rate.shown(rate.amount))
        elif choice.key == str(PICK_UP):
            self.name_field.set_text(choice.label)
            self.rate.set_text("0")
        elif choice.key == str(BY_HAND):
            self.name_field.set_text("")
            self.rate.set_text("")
        self.rate_id.say("")
        self.name_field.problem = self.rate.problem = ""

    def compare(self, rates: Sequence[Rate]) -> None:
        """The rates are others now: say so where the chosen one is not what it was. What was taken stays taken."""
        chosen = self.rate_id.chosen
        rate = next((one for one in rates if chosen is not None and one.key == chosen.key), None)
        taken = self.rate.typed()
        if chosen is None or int(chosen.key or 0) in {PICK_UP, BY_HAND}:
            self.rate_id.say("")
        elif rate is None:
            self.rate_id.say(_("This courier has no rate for the order as it is now."))
        elif rate.amount != taken:
            self.rate_id.say(_("The rate is {amount} now.").format(amount=formats.rupiah(rate.amount)))
        else:
            self.rate_id.say("")

    def typed(self) -> object:
        """What is sent of it."""
        values = {
            name: value
            for name, part in self.parts.items()
            if name not in {"destination", "promo"} and (value := part.typed()) is not UNSET
        }
        if self.promo.typed() is True and (promos := tuple(self._promos())):
            values["promo"] = promos
        return values

    def fill(self, value: object) -> None:
        """Show what the record has."""
        given = value if isinstance(value, Mapping) else {}
        for name, part in self.parts.items():
            part.fill(given.get(name))
        self.fold.fold(True)
