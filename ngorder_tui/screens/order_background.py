"""What a new order asks the server while it is typed: codes, prices, rates, districts. Nothing typed waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from ngorder_tui.api.errors import ApiError
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.screens.calls import chapter
from ngorder_tui.screens.order_courier import NoParcel, Parcel, Rate, Rates
from ngorder_tui.screens.order_items import Item
from ngorder_tui.screens.order_lookup import Lookup, finds
from ngorder_tui.screens.order_prices import Prices
from ngorder_tui.screens.order_scan import Found
from ngorder_tui.widgets.working import begin

if TYPE_CHECKING:
    from ngorder_tui.link import Link
    from ngorder_tui.screens.order_form import OrderForm

PAUSE = 0.2
"""Seconds without a change before prices and rates are asked for."""
LONG_RECENT = 600.0
"""Seconds for which the list of suppliers is recent enough."""
PEOPLE = ("customer_receiver_id", "customer_sender_id")


class Background:
    """The questions of one form. Workers of the form run them and die with it; each answer is shown as it comes."""

    def __init__(self, form: OrderForm) -> None:
        self._form = form
        self._lookup = Lookup(form.session)
        self._rates = Rates(form.session)
        self.prices = Prices(form.session)
        self._asked: set[str] = set()
        self._customer_id: int | None = None
        self._was_offline = False

    def changed(self, field: str) -> None:
        """A field says something else."""
        if field == "products":
            self._look_up_codes()
        if field in PEOPLE and self._is_other_sender():
            begin(self._form, self._refresh, "codes")
        if field in {"warehouse", *PEOPLE}:
            self._ask_prices()
        if field in {"supplier_id", "destination"}:
            self._compare_rates()

    def goods_changed(self) -> None:
        """The lines are others than before: so may prices and rates be."""
        self._ask_prices()
        self._compare_rates()

    def chosen(self, field: str) -> None:
        """A person chose something."""
        if field == "customer_receiver_id":
            begin(self._form, self._find_destination, "destination", exclusive=True)
        self.changed(field)

    def catch_up(self) -> None:
        """Ask everything that is open, when a form begins or somebody says so."""
        self._is_other_sender()
        self._look_up_codes(again=True)
        begin(self._form, self._refresh, "codes")
        begin(self._form, self._know_buyer, "buyer", exclusive=True)
        if self._form.sheet.courier.destination_id is None and self._form.sheet.receiver.person is not None:
            begin(self._form, self._find_destination, "destination", exclusive=True)
        self._ask_prices()

    def line_changed(self, link: Link) -> None:
        """The line is back: look up what could not be."""
        was_offline, self._was_offline = self._was_offline, link.state == "offline"
        if was_offline and not self._was_offline:
            self._look_up_codes(again=True)

    async def search(self, words: str) -> Sequence[Found]:
        """Variations by name, for the scan box. Raises ApiError."""
        sheet = self._form.sheet
        items = await self._lookup.rows(words, self._customer_id)
        return finds(items, sheet.sender.category, sheet.goods.warehouse_id)

    def _look_up_codes(self, *, again: bool = False) -> None:
        """Look up the codes that nobody has looked up; `again`: those that could not be, too."""
        ledger = self._form.sheet.goods.ledger
        for line in ledger.lines():
            if line.state != "pending" or (line.why and not again):
                continue
            for code in line.codes:
                if code not in self._asked:
                    self._asked.add(code)
                    begin(self._form, partial(self._look_up, code), "codes")

    async def _look_up(self, code: str) -> None:
        goods = self._form.sheet.goods
        try:
            item, near = await self._lookup.by_code(code, self._customer_id)
        except ApiError as error:
            goods.not_looked_up(code, str(error))
            self._form.follow_soon()
            return
        finally:
            self._asked.discard(code)
        if goods.ledger.line(code) is None:
            return
        if item is not None:
            goods.resolved(code, item)
        else:
            hint = ngettext("{n} thing is called so", "{n} things are called so", len(near)).format(n=len(near))
            goods.not_found(code, hint if near else "")
            goods.scan.offer(code, finds(near, self._form.sheet.sender.category, goods.warehouse_id))
        self._form.follow_soon()
        await self._form.keep()

    async def _refresh(self) -> None:
        """Prices, stock and promos of the goods as they are now, for this sender."""
        goods = self._form.sheet.goods
        for line, item in list(goods.known()):
            fresh: Item | None = None
            try:
                fresh = await self._lookup.again(item, self._customer_id)
            except ApiError:
                return
            if fresh is not None:
                for code in line.codes:
                    if goods.ledger.line(code) is not None:
                        goods.resolved(code, fresh)
        self._form.follow()
        await self._form.keep()

    async def _know_buyer(self) -> None:
        """A copied order does not say which category its buyer is of, and so at which prices."""
        buyer = self._form.sheet.sender.buyer
        try:
            if buyer is None or buyer.category is not None or not await self._form.people.know(buyer.key):
                return
        except ApiError:
            return
        self._form.follow()
        self._ask_prices()

    def _is_other_sender(self) -> bool:
        """Whether promos are another customer's now; from then on it is his that are asked for."""
        value = self._form.sheet.sender.typed()
        customer_id = int(value) if isinstance(value, str) and value.isdecimal() else None
        was, self._customer_id = self._customer_id, customer_id
        return was != customer_id

    def _ask_prices(self) -> None:
        begin(self._form, self._learn_prices, "prices", exclusive=True)

    async def _learn_prices(self) -> None:
        await asyncio.sleep(PAUSE)
        sheet = self._form.sheet
        lines = [(item, line.quantity) for line, item in sheet.goods.known()]
        await self.prices.learn(lines, sheet.sender.category)
        self._form.follow()

    async def _find_destination(self) -> None:
        sheet = self._form.sheet
        chosen = sheet.receiver.chosen
        if chosen is None:
            return
        try:
            place = await self._form.people.district_of(chosen.key)
        except ApiError:
            place = None
        if sheet.receiver.chosen != chosen:
            return
        sheet.courier.destination.set_choice(place)
        if place is None:
            sheet.courier.destination.problem = _("The receiver's district is not clear: choose it for the rates.")
        self._compare_rates()
        await self._form.keep()

    async def ask_rates(self) -> Sequence[Rate]:
        """The rates for the order as it is now. Raises NoParcel, ApiError."""
        return await self._rates.of(await self._parcel())

    async def _parcel(self) -> Parcel:
        sheet = self._form.sheet
        totals = sheet.totals()
        origin_id = await self._origin()
        destination_id = sheet.courier.destination_id
        if origin_id is None:
            raise NoParcel(_("For the rates, choose the supplier that it leaves from."))
        if destination_id is None:
            raise NoParcel(_("For the rates, choose the destination."))
        return Parcel(origin_id, destination_id, totals.kilograms, max(0, totals.goods))

    async def _origin(self) -> int | None:
        """The district of the supplier that is chosen. Raises ApiError."""
        chosen = self._form.sheet.supplier.chosen
        if chosen is None:
            return None
        await chapter("supplier")
        from ngorder_tui.api.chapters import supplier

        page = await self._form.session.recent(supplier.LIST(), LONG_RECENT)
        return next((row.district_id for row in page.readable() if str(row.id) == chosen.key), None)

    def _compare_rates(self) -> None:
        if self._form.sheet.courier.rate_id.chosen is not None:
            begin(self._form, self._compare, "rates", exclusive=True)

    async def _compare(self) -> None:
        await asyncio.sleep(PAUSE)
        courier = self._form.sheet.courier
        try:
            rates = await self.ask_rates()
        except (NoParcel, ApiError):
            return
        courier.compare(rates)
