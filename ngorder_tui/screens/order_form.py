"""A new order: one page, worked by Tab and Enter, on disk at every key, looked at whole before it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Static

from ngorder_tui import clock, formats
from ngorder_tui.commands import Command
from ngorder_tui.dialogs.confirm import ConfirmByWord
from ngorder_tui.i18n import N_, _
from ngorder_tui.screens.base import NgorderScreen
from ngorder_tui.screens.calls import chapter
from ngorder_tui.screens.finders import finders
from ngorder_tui.screens.order_background import Background
from ngorder_tui.screens.order_costs import KeptCosts
from ngorder_tui.screens.order_dialogs import LineDialog, NewCustomer
from ngorder_tui.screens.order_draft import KIND, OrderDraft, Sent, copy_of
from ngorder_tui.screens.order_goods import Shop
from ngorder_tui.screens.order_lines import LinesView
from ngorder_tui.screens.order_parked import NEW, choose_draft
from ngorder_tui.screens.order_people import CustomerInput, People, SenderInput
from ngorder_tui.screens.order_review import Review, review_text, totals_line, totals_parts
from ngorder_tui.screens.order_sheet import OrderSheet
from ngorder_tui.screens.sending import Source, send
from ngorder_tui.store.database import StoreError
from ngorder_tui.widgets.lookup import LookupInput
from ngorder_tui.widgets.model_form import ModelForm
from ngorder_tui.widgets.working import begin

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.order import SavedOrder
    from ngorder_tui.api.chapters.order_details import OrderDetail
    from ngorder_tui.api.endpoint import Call
    from ngorder_tui.api.models import Query, Reply
    from ngorder_tui.session import Receipt
    from ngorder_tui.store.drafts import Draft

BURST = 0.05
"""Seconds in which scans and answers are taken together before what follows from them is shown."""


class OrderForm(NgorderScreen[int]):
    """Answers the number of the order that was made; None when it was left, its draft staying.

    `draft` is a parked one to go on with; `copied` an order that the new one begins as.
    """

    DEFAULT_CSS = """
    OrderForm {
        & .order--warning { height: auto; color: $text-warning; text-style: bold; display: none; }
        & .order--end { height: 1; }
        & .order--totals { width: 1fr; text-align: right; text-wrap: nowrap; text-overflow: ellipsis; padding: 0 1; }
        & Button { min-width: 12; margin: 0 1; }
    }
    """
    commands: ClassVar[tuple[Command, ...]] = (
        Command(
            "order.review",
            "f10,ctrl+s",
            "review",
            N_("Review"),
            N_("Look at the whole order, then send it"),
            footer=True,
        ),
        Command(
            "order.customer",
            "ctrl+n",
            "new_customer",
            N_("New customer"),
            N_("In receiver and sender: make a customer"),
            footer=True,
        ),
        Command(
            "order.retry", "f5,ctrl+r", "look_up_again", N_("Look up"), N_("Look up again what could not be looked up")
        ),
        Command("app.back", "escape", "back", N_("Leave"), N_("Leave the form; the draft stays"), footer=True),
    )
    area: ClassVar[str] = "orders"

    def __init__(self, draft: Draft | None = None, *, copied: OrderDetail | None = None) -> None:
        super().__init__()
        self._draft_id = draft.draft_id if draft is not None else uuid4().hex
        self._start = OrderDraft.read(draft.content) if draft is not None else None
        if copied is not None:
            self._start = OrderDraft(copy_of(copied))
        self._sent = self._start.sent if self._start is not None else None
        self._customer_left: Mapping[str, object] | None = None
        self._kept: dict[str, object] | None = None
        self._is_over = False
        self._is_sending = False
        self._made: int | None = None
        self._cannot_keep = ""
        self._follows = False

    @property
    def heading(self) -> str:
        """The screen's name."""
        return _("New order")

    def body(self) -> ComposeResult:
        """The warning, the form, the button and what it comes to."""
        self.people = People(self.session)
        self._costs = KeptCosts(self.session)
        self._background = Background(self)
        search = finders(self.session)
        yield Static("", classes="order--warning", markup=False)
        self.sheet = OrderSheet(search, self.people, self._costs, self._shop, self._background.ask_rates)
        yield self.sheet
        with Horizontal(classes="order--end"):
            yield Button(_("Review and send"), id="review", compact=True)
            yield Static("", classes="order--totals", markup=False)

    def _shop(self, sender: SenderInput) -> Shop:
        return Shop(
            search=self._background.search,
            warehouses=finders(self.session)["WarehouseId"],
            prices=self._background.prices,
            category=lambda: sender.category,
            bell=self._ring,
        )

    def _ring(self) -> None:
        if self.ngorder.settings.bell:
            self.app.bell()

    def on_mount(self) -> None:
        """Show the draft, or an empty order."""
        super().on_mount()
        self.sheet.begin()
        if self._start is not None:
            left = self._start.form.get("new_customer")
            self._customer_left = left if isinstance(left, Mapping) else None
            self.sheet.restore({**self.sheet.content(), **self._start.form})
        self._kept = {name: value for name, value in self._content().items() if name != "focus"}
        self._warn()
        self.follow()
        self._background.catch_up()
        if self._start is None:
            self.call_after_refresh(self.sheet.focus_first)
        self.watch(self.app, "link", self._background.line_changed, init=False)

    def on_screen_resume(self) -> None:
        """An order that was made while another area was on top is done with."""
        super().on_screen_resume()
        if self._made is not None:
            self.dismiss(self._made)

    def _content(self) -> dict[str, object]:
        content = dict(self.sheet.content())
        if self._customer_left:
            content["new_customer"] = dict(self._customer_left)
        return OrderDraft(content, self._sent).write()

    async def keep(self) -> None:
        """Put the order on disk as it is now, if it differs from what is there."""
        if self._is_over or self._kept is None:
            return
        content = self._content()
        focus = str(content.pop("focus", ""))
        if content == self._kept:
            return
        self._kept = content
        try:
            await self.session.store.drafts.save(KIND, self._draft_id, {**content, "focus": focus}, focus)
        except StoreError as error:
            if str(error) != self._cannot_keep:
                self._cannot_keep = str(error)
                self.say(_("The draft cannot be kept on this machine: {why}").format(why=error), bad=True)

    async def on_model_form_changed(self, event: ModelForm.Changed) -> None:
        """Something says something else: show what follows from it, and keep it.

        What stands in the scan box is kept by its keys, and nothing follows from it.
        """
        event.stop()
        if event.field == "scan":
            return
        if event.field == "products":
            self.follow_soon()
        else:
            self.follow()
        self._background.changed(event.field)
        await self.keep()

    def follow_soon(self) -> None:
        """Show what follows from the goods, once for all scans and answers that come in a burst."""
        if not self._follows:
            self._follows = True
            begin(self, self._follow_later, "follow")

    async def _follow_later(self) -> None:
        await asyncio.sleep(BURST)
        self._follows = False
        self.follow()
        self._background.goods_changed()

    def follow(self) -> None:
        """Show what follows from what is typed."""
        self.sheet.goods.show()
        self.sheet.follow()
        totals = self.sheet.totals()
        parts = totals_parts(totals)
        self.query_one(".order--totals", Static).update(f"{parts}   {totals_line(totals)}".strip())

    def _warn(self) -> None:
        line = self.query_one(".order--warning", Static)
        line.display = self._sent is not None
        if self._sent is not None:
            line.update(
                f" ! {self._sent.sentence()} " + _("Look for it in the list of orders before you send it again.")
            )

    @on(LookupInput.Chosen)
    async def _chosen(self, event: LookupInput.Chosen) -> None:
        event.stop()
        field = event.lookup.field
        if field == "expedition.id":
            self.sheet.courier.chose(event.choice)
        elif field == "kept_cost":
            await self.sheet.take_cost(event.choice)
        self.follow()
        self._background.chosen(field)
        await self.keep()

    @on(LinesView.Opened)
    def _line_opened(self, event: LinesView.Opened) -> None:
        event.stop()
        begin(self, partial(self._open_line, event.key), "dialog", exclusive=True)

    async def _open_line(self, key: str) -> None:
        goods = self.sheet.goods
        line = goods.ledger.line(key)
        if line is None or line.item is None:
            return
        warehouses = finders(self.session)["WarehouseId"]
        change = goods.changes.get(line.item_key, {})
        said = await self.app.push_screen_wait(LineDialog(line.item, line.quantity, change, warehouses))
        if said is None:
            return
        quantity = said.pop("qty", line.quantity)
        goods.set_quantity(line.key, quantity if isinstance(quantity, int) else line.quantity)
        goods.set_change(line.item_key, said)
        self.follow()
        await self.keep()

    def action_look_up_again(self) -> None:
        """Look up what could not be looked up."""
        self._background.catch_up()

    def action_new_customer(self) -> None:
        """Make a customer for the field that the cursor is in."""
        focused = self.focused
        nodes = focused.ancestors_with_self if focused is not None else []
        field = next((node for node in nodes if isinstance(node, CustomerInput)), None)
        if field is None:
            self.say(_("Go to receiver or sender first."))
            return
        begin(self, partial(self._new_customer, field), "dialog", exclusive=True)

    async def _new_customer(self, field: CustomerInput) -> None:
        await chapter("customer")
        typed = field.text.strip() if field.chosen is None else ""
        dialog = NewCustomer(self, finders(self.session), typed, self._customer_left, self._keep_customer)
        person = await self.app.push_screen_wait(dialog)
        if person is None:
            return
        self._customer_left = None
        self.people.meet(person)
        field.set_choice(person.choice)
        self.follow()
        self._background.chosen(field.field)
        await self.keep()

    async def _keep_customer(self, content: Mapping[str, object]) -> None:
        self._customer_left = content
        await self.keep()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The button shows the review; it does not send by itself."""
        event.stop()
        self.action_review()

    def action_review(self) -> None:
        """Check the form; if all can be read, show the whole order and ask."""
        if not self._is_sending and (query := self.sheet.build()) is not None:
            begin(self, partial(self._review, query), "dialog", exclusive=True)

    async def _review(self, query: Query) -> None:
        from ngorder_tui.api.chapters import order

        if not isinstance(query, order.CreateOrder):
            raise TypeError(f"{query!r} is no order")
        call = order.CREATE(query)
        totals = self.sheet.totals()
        warning = self._sent.sentence() if self._sent is not None else ""
        text = review_text(self.sheet, call.given(), warning)
        if not await self.app.push_screen_wait(
            Review(_("Send this order?"), text, f"{totals_parts(totals)}   {totals_line(totals)}")
        ):
            return
        if self._sent is not None and not await self._may_send_again(self._sent):
            return
        await self._send(call, totals.total)

    async def _may_send_again(self, sent: Sent) -> bool:
        words = sent.sentence() + "\n" + _("If it was made, sending makes a second one.")
        answer = await self.app.push_screen_wait(ConfirmByWord(_("Send it again?"), words, _("again")))
        return answer is True

    async def _send(self, call: Call[Reply[SavedOrder]], total: int) -> None:
        """Send; the draft says that it is being sent, for this program may end before the answer comes."""
        before = self._sent
        self._sent = Sent("sending", clock.now())
        self._is_sending = True
        await self.keep()
        receiver = self.sheet.receiver.text.strip()
        title = _("new order for {name}, {total}").format(name=receiver, total=formats.rupiah(total))
        try:
            source = Source(KIND, self._draft_id, asked=before is not None)
            receipt = await send(self, call, title, source, facts=self.sheet.goods.facts())
        finally:
            self._is_sending = False
        if receipt is None or receipt.state in {"refused", "unsent", "held"}:
            self._sent = before
        elif receipt.state == "unknown":
            self._sent = Sent("unknown", clock.now(), receipt.number)
        if receipt is not None and receipt.state == "done":
            await self._finish(receipt)
            return
        await self.keep()
        self._warn()
        if receipt is not None and receipt.state == "held" and self.app.screen is self:
            self.dismiss(None)
        elif receipt is not None and receipt.error is not None and receipt.error.fields:
            self.sheet.show_problems(receipt.error.fields)

    async def _finish(self, receipt: Receipt[Reply[SavedOrder]]) -> None:
        self._is_over = True
        await self.session.store.drafts.drop(KIND, self._draft_id)
        made = receipt.value.data if receipt.value is not None else None
        self._made = made.order_id if made is not None and made.order_id is not None else 0
        if made is not None and made.po_number is not None:
            self.say(_("PO {n} was made.").format(n=made.po_number))
        if self.app.screen is self:
            self.dismiss(self._made)

    def action_back(self) -> None:
        """Leave; the draft stays. While it is being sent the answer is waited for."""
        if self._is_sending:
            self.say(_("The order is being sent: wait for the answer."))
            return
        if self.sheet.touched:
            self.say(_("Your draft is kept: n goes on with it."))
        super().action_back()


async def open_order_form(screen: NgorderScreen[Any], *, copied: OrderDetail | None = None) -> int | None:
    """Offer the parked drafts, then open the form; the number of the order that was made, None where none was.

    Runs in a worker of the screen's group "dialog". `copied` is an order that the new one begins as. The number is 0
    where the server made an order and did not say its number.
    """
    await asyncio.gather(chapter("order"), chapter("product"))
    draft: Draft | None = None
    if copied is None:
        chosen = await choose_draft(screen)
        if chosen is None:
            return None
        draft = None if chosen is NEW else chosen
    return await screen.app.push_screen_wait(OrderForm(draft, copied=copied))
