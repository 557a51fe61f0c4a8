"""Privor: the payments that wait for confirmation, oldest first; two keys each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from ngorder_tui import formats
from ngorder_tui.api.errors import ApiError, Missing
from ngorder_tui.clock import now
from ngorder_tui.commands import Command
from ngorder_tui.dialogs.decide import Decide, Decision, Pending, Question
from ngorder_tui.i18n import N_, _, ngettext
from ngorder_tui.screens.list_screen import ListScreen
from ngorder_tui.screens.list_source import ListEndpoints
from ngorder_tui.screens.sending import Source, offer_hold, send
from ngorder_tui.widgets.detail_pane import Section, section
from ngorder_tui.widgets.record_columns import Column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ngorder_tui.api.chapters.storefront import StorefrontOrder, StorefrontPayment, StorefrontRow
    from ngorder_tui.api.endpoint import Call
    from ngorder_tui.api.fields import PaymentId
    from ngorder_tui.api.models import Reply

WAITING, CONFIRMED = 4, 3
"""payment_status_code: the buyer has not confirmed yet; has confirmed."""
MOST_PAGES = 40
"""The queue is read whole to be put oldest first; one of more than this many pages of 50 is shown as far as that."""


class PrivorScreen(ListScreen["StorefrontRow"]):
    """The queue of payments. It is read whole, since the API gives the newest first and the oldest is due first."""

    area: ClassVar[str] = "privor"
    name_of_list: ClassVar[str] = "privor"
    per_page: ClassVar[int] = 50
    commands: ClassVar[tuple[Command, ...]] = (
        Command("privor.accept", "a", "decide('ACCEPT')", N_("Accept"), N_("Accept its orders"), True, True),
        Command("privor.reject", "x", "decide('REJECT')", N_("Reject"), N_("Reject its orders"), True, True),
        Command("privor.accept_all", "A", "accept_all", N_("Accept all"), N_("Accept all its orders"), on_record=True),
    )

    def __init__(self) -> None:
        super().__init__()
        self._shown: StorefrontPayment | None = None
        self._sending: set[PaymentId] = set()

    @property
    def heading(self) -> str:
        """The screen's name."""
        return _("Privor payments")

    def columns(self) -> tuple[Column, ...]:
        """Buyer, what they should have paid, state and deadline are always there."""
        return (
            Column(_("No."), "payment_id", width=7),
            Column(_("Since"), "created_at", kind="age", width=7, drop=3),
            Column(_("Buyer"), "customer.name", width=16, grow=3),
            Column(_("To pay"), "nominal_invoice", kind="money", width=12),
            Column(_("Code"), "nominal_unique", kind="number", width=4, drop=2),
            Column(_("Bank"), "bank.name", width=8, grow=1, drop=1),
            Column(_("Orders"), "orders", kind="number", width=6, drop=4),
            Column(_("State"), "payment_status", width=16),
            Column(_("Left"), "expired_at", width=8),
        )

    def chapter(self) -> ListEndpoints[StorefrontRow]:
        """The storefront chapter."""
        from ngorder_tui.api.chapters import storefront

        return ListEndpoints(read=storefront.LIST_ORDERS, key="payment_id")

    def cells(self, row: StorefrontRow) -> tuple[str, ...]:
        """The amount with its unique code is what the buyer should have transferred."""
        return (
            str(row.payment_id),
            formats.age(row.created_at) if isinstance(row.created_at, datetime) else "",
            (row.customer.name if row.customer else None) or "",
            formats.rupiah(_due(row)),
            str(row.nominal_unique or ""),
            (row.bank.name if row.bank else None) or "",
            str(len(row.orders or ())),
            state_words(row.payment_status_code, row.payment_status, row.pg_provider),
            _deadline(row),
        )

    def row_style(self, row: StorefrontRow) -> str:
        """An expired payment stands back; its state says so in words too."""
        return "dim" if _is_expired(row) else ""

    def empty_sentence(self) -> str:
        """Nothing waits."""
        return (
            super().empty_sentence()
            if self.question
            else _("No payment waits for confirmation. r asks again, f shows unpaid ones.")
        )

    def period(self) -> str:
        """Which payments are listed when no filter says another."""
        return "" if "payment_status" in self.question else _("confirmed by the buyer")

    async def load(self, page: int, epoch: int) -> None:
        """Read the whole queue, whichever page is looked at, and put the oldest first."""
        source = await self.source()
        queue: list[StorefrontRow] = []
        try:
            for number in range(1, MOST_PAGES + 1):
                answer = await self.session.latest(source.page(self.question, number, self.per_page))
                queue += answer.readable()
                if answer.is_last:
                    break
        except ApiError as error:
            self.table.page_failed(page)
            await self._show_kept(source, epoch)
            self.failed(error)
            return
        self._put_queue(source, queue, epoch, remembered=False)
        self._shown_at = now()
        await self.loaded(self.table.total, is_first=True)

    def _put_queue(
        self, source: ListEndpoints[StorefrontRow], queue: Sequence[StorefrontRow], epoch: int, *, remembered: bool
    ) -> None:
        unique = {row.payment_id: row for row in queue}.values()
        oldest_first = sorted(unique, key=lambda row: (str(row.created_at or ""), row.payment_id))
        rows = self.rows_of(source, oldest_first, 0)
        self.put_rows(0, rows, len(rows), epoch, remembered=remembered)

    async def _show_kept(self, source: ListEndpoints[StorefrontRow], epoch: int) -> None:
        """The queue as it was last read: what is shown can be opened, though the server cannot be reached."""
        queue: list[StorefrontRow] = []
        for number in range(1, MOST_PAGES + 1):
            kept = await self.session.kept(source.page(self.question, number, self.per_page))
            if kept is None:
                break
            queue += kept.value.readable()
            self._shown_at = kept.at
            if kept.value.is_last:
                break
        if queue:
            self._put_queue(source, queue, epoch, remembered=True)

    async def sections(self, row: StorefrontRow) -> AsyncIterator[Sequence[Section]]:
        """The payment from its row, then with its orders."""
        head = _payment_section(row)
        items = section(_("Goods"), *((f"{item.quantity or 0} x", item.name) for item in row.products or ()))
        yield (head, items)
        async for kept in self.session.read(await self._detail_call(row)):
            if (payment := kept.value.data) is not None:
                yield (head, *_detail_sections(payment))

    async def _detail_call(self, row: StorefrontRow) -> Call[Reply[StorefrontPayment]]:
        await self.source()
        from ngorder_tui.api.chapters import storefront

        return storefront.GET_ORDER(storefront.WhichPayment(payment_id=row.payment_id))

    def action_decide(self, decision: Decision) -> None:
        """Decide on the payment under the cursor: one order by this key; several one by one."""
        self._begin(decision, all_of_them=False)

    def action_accept_all(self) -> None:
        """Accept every order of the payment under the cursor."""
        self._begin("ACCEPT", all_of_them=True)

    def _begin(self, decision: Decision, *, all_of_them: bool) -> None:
        if (row := self.current) is None:
            return
        if row.payment_id in self._sending:
            self.say(_("Payment {n} is being sent; wait for the answer.").format(n=row.payment_id))
            return
        title = _("Payment {n}: {buyer}, {amount}").format(
            n=row.payment_id, buyer=row.customer.name if row.customer else "", amount=formats.rupiah(_due(row))
        )
        # Opened before this returns: a key typed right behind must find the dialog, not the list.
        self.app.push_screen(
            Decide(title, partial(self._question, row, decision, all_of_them)), partial(self._decided, row)
        )

    async def _question(self, row: StorefrontRow, decision: Decision, all_of_them: bool) -> Question | str:
        self._shown = None
        try:
            payment = (await self.session.recent(await self._detail_call(row), 60.0)).data
        except ApiError as error:
            return _("The payment cannot be read, nothing was sent: {why}").format(why=error)
        found = (payment.orders if payment else None) or ()
        orders = tuple(Pending(str(order.order_id), _order_text(order)) for order in found)
        if payment is None or not orders:
            return _("This payment has no orders to decide on.")
        self._shown = payment
        preset = decision if len(orders) == 1 or all_of_them else None
        return Question(orders, preset, (payment.xendit_message or "") if payment.is_xendit_pay else "")

    def _decided(self, row: StorefrontRow, decisions: Mapping[str, Decision] | None) -> None:
        if decisions is not None and self._shown is not None:
            self.run_worker(self._settle(row, self._shown, decisions), group="sending", exit_on_error=False)

    async def _settle(self, row: StorefrontRow, payment: StorefrontPayment, decisions: Mapping[str, Decision]) -> None:
        self._sending.add(row.payment_id)
        try:
            await self._send(row, payment, decisions)
        finally:
            self._sending.discard(row.payment_id)

    async def _send(self, row: StorefrontRow, payment: StorefrontPayment, decisions: Mapping[str, Decision]) -> None:
        """Read the payment again, and send only if it still stands as it was shown."""
        from ngorder_tui.api.chapters import storefront

        call = storefront.CONFIRM_ORDERS.parse(
            {"id": row.payment_id, "orders": [{"id": key, "action": decision} for key, decision in decisions.items()]}
        )
        accepted = sum(decision == "ACCEPT" for decision in decisions.values())
        title = _("payment {n}: {accepted} accepted, {rejected} rejected").format(
            n=row.payment_id, accepted=accepted, rejected=len(decisions) - accepted
        )
        source = Source(call.endpoint.id, str(row.payment_id), once=False, asked=True)
        facts = {"transfer_total": payment.transfer_total, "payment_status_code": payment.payment_status_code}
        gone = _("Payment {n} is not waiting any more: somebody else has decided on it. Nothing was sent.")
        try:
            answer, listed = await asyncio.gather(
                self.session.latest(await self._detail_call(row)), self._listed_now(row)
            )
        except Missing:
            self._gone(row, gone)
            return
        except ApiError as error:
            self.say(_("The payment cannot be read again, so nothing was sent: {why}").format(why=error), bad=True)
            await offer_hold(self, call, title, error, source, facts=facts)
            return
        if listed is None:
            self._gone(row, gone)
            return
        if (fresh := answer.data) is None or not _same(payment, fresh):
            self._gone(row, _("Payment {n} has changed since it was shown. Nothing was sent; look at it again."))
            return
        if _is_expired(listed):
            self._gone(row, _("Payment {n} has expired meanwhile. Nothing was sent."))
            return
        receipt = await send(self, call, title, source, facts=facts)
        if receipt is not None and receipt.state == "done":
            self.table.forget(str(row.payment_id))
            self.tell_query()

    async def _listed_now(self, row: StorefrontRow) -> StorefrontRow | None:
        """The payment among those that wait, None where it is not: its detail tells nothing of a decision.

        What cannot be told from one page is taken to wait still: the server has the last word.
        """
        from ngorder_tui.api.chapters import storefront

        number = next((order.po_number for order in row.orders or () if order.po_number is not None), None)
        if number is None:
            return row
        page = await self.session.latest(
            storefront.LIST_ORDERS.parse({"keyword": str(number), "payment_status": "ALL", "per_page": 50})
        )
        found = next((one for one in page.readable() if one.payment_id == row.payment_id), None)
        return found if found is not None or page.is_last else row

    def _gone(self, row: StorefrontRow, sentence: str) -> None:
        self.say(sentence.format(n=row.payment_id), bad=True)
        self.action_refresh_list()


def _due(row: StorefrontRow) -> int:
    return (row.nominal_invoice or 0) + (row.nominal_unique or 0)


def _is_expired(row: StorefrontRow) -> bool:
    """Only what the buyer has not confirmed can expire."""
    if row.payment_status_code == CONFIRMED:
        return False
    return isinstance(row.expired_at, datetime) and row.expired_at <= now()


def _deadline(row: StorefrontRow) -> str:
    if row.payment_status_code == CONFIRMED or not isinstance(row.expired_at, datetime):
        return ""
    return formats.left(row.expired_at)


def _same(shown: StorefrontPayment, fresh: StorefrontPayment) -> bool:
    """Whether what was decided on is still what the server has: state, amount and orders."""
    return (
        shown.payment_status_code == fresh.payment_status_code
        and shown.transfer_total == fresh.transfer_total
        and {order.order_id for order in shown.orders or ()} == {order.order_id for order in fresh.orders or ()}
    )


def state_words(code: int | None, text: str | None, gateway: str | None) -> str:
    """The state of a payment in words."""
    word = {CONFIRMED: _("confirmed"), WAITING: _("waiting")}.get(code or 0, text or "")
    return f"{word} {gateway}" if gateway and gateway.casefold() == "xendit" else word


def _payment_section(row: StorefrontRow) -> Section:
    return section(
        _("Payment {n}").format(n=row.payment_id),
        (_("Buyer"), row.customer.name if row.customer else None),
        (_("Phone"), row.customer.phone if row.customer else None),
        (_("Invoice"), formats.rupiah(row.nominal_invoice or 0)),
        (_("Unique code"), str(row.nominal_unique or "")),
        (_("To pay"), formats.rupiah(_due(row))),
        (_("Transferred"), formats.rupiah(row.nominal_transfer) if row.nominal_transfer is not None else None),
        (_("Bank"), row.bank.name if row.bank else None),
        (_("Virtual account"), row.va_no),
        (_("State"), state_words(row.payment_status_code, row.payment_status, row.pg_provider)),
        (_("Made"), formats.shown(row.created_at)),
        (_("Confirmed"), formats.shown(row.confirmed_at)),
        (_("Expires"), formats.shown(row.expired_at)),
    )


def _detail_sections(payment: StorefrontPayment) -> list[Section]:
    proof = section(
        "",
        (_("Account holder"), payment.holder_name),
        (_("Proof"), payment.transfer_image),
        (_("Note"), payment.note),
        (_("Paid"), formats.shown(payment.paid_at)),
        ("!", payment.xendit_message if payment.is_xendit_pay else None),
    )
    orders = payment.orders or []
    title = ngettext("{n} order", "{n} orders", len(orders)).format(n=len(orders))
    return [proof, Section(title, ()), *(_order_section(order) for order in orders)]


def _order_section(order: StorefrontOrder) -> Section:
    buyer = order.customer
    dropshipper = order.dropshipper.name if order.dropshipper else None
    return section(
        _order_text(order),
        (
            _("Receiver"),
            "\n".join(part for part in ((buyer.name, buyer.phone, buyer.address) if buyer else ()) if part),
        ),
        (_("Dropshipper"), dropshipper),
        (_("Goods"), "\n".join(order.products or ())),
        (_("Courier"), " ".join(part for part in (order.shipping_logistic, order.shipping_rate) if part)),
        (_("Shipping"), formats.rupiah(order.shipping_cost) if order.shipping_cost is not None else None),
        (_("Warehouse"), order.warehouse_name),
        (_("Note"), order.note),
    )


def _order_text(order: StorefrontOrder) -> str:
    buyer = order.customer.name if order.customer else ""
    return f"PO {order.po_number}  {formats.rupiah(order.total_amount or 0)}  {buyer}".rstrip()
