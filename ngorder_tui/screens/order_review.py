"""The last look at a new order: everything that will be sent, and what it comes to, before `y` sends it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from ngorder_tui import formats
from ngorder_tui.dialogs.base import Dialog
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.screens.order_totals import Totals
from ngorder_tui.widgets.labels import choice_label, label
from ngorder_tui.widgets.record_columns import one_line

if TYPE_CHECKING:
    from ngorder_tui.screens.order_sheet import OrderSheet

WIDTH = 20
"""Cells for what stands before a value."""


class Review(Dialog[bool]):
    """Shows it all; `y` sends, `n` and Esc go back. Enter does nothing: scanners send Enter."""

    DEFAULT_CSS = """
    Review {
        & > Vertical { width: 78; max-width: 98%; height: 90%; }
        & VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", show=False),
        Binding("n", "answer(False)", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("pageup", "scroll(-15)", show=False),
        Binding("pagedown,space", "scroll(15)", show=False),
    ]

    def __init__(self, title: str, text: str, total: str) -> None:
        super().__init__(title)
        self.text = text
        self._total = total

    def body(self) -> ComposeResult:
        """What is sent, what it comes to, the keys."""
        with VerticalScroll(can_focus=False):
            yield Static(self.text, markup=False)
        yield Static(self._total, classes="dialog--title", markup=False)
        yield Static(_("y Send it   n Back   ↑ ↓ More"), classes="dialog--keys", markup=False)

    def action_answer(self, yes: bool) -> None:
        """Answer and close."""
        self.dismiss(yes)

    def action_scroll(self, lines: int) -> None:
        """Move the text."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def totals_line(totals: Totals) -> str:
    """What the order comes to, in one line; it is an estimate until the server has answered."""
    text = _("Estimate {total}").format(total=formats.rupiah(totals.total))
    if totals.unpriced:
        without = ngettext("without {n} line", "without {n} lines", totals.unpriced).format(n=totals.unpriced)
        text += f" ({without})"
    return text


def totals_parts(totals: Totals) -> str:
    """The sums that make the total, those that are not nothing."""
    parts = [
        (_("goods"), totals.goods),
        (_("courier"), totals.courier),
        (_("other"), totals.other_costs),
        (_("insurance"), totals.insurance),
        (_("discount"), -totals.discounts),
    ]
    return "  ".join(f"{name} {formats.rupiah(amount)}" for name, amount in parts if amount)


def review_text(sheet: OrderSheet, given: Mapping[str, object], warning: str = "") -> str:
    """Everything that is sent, under the form's own words; then what is not, and why."""
    lines = [f"! {warning}", ""] if warning else []
    lines += _said(sheet, given)
    apart = [one for one in sheet.goods.shown_lines() if one.state in {"unknown", "unread"}]
    if apart:
        lines += ["", _("Not in this order:")]
        lines += [f"  {_('not found') if one.state == 'unknown' else _('not read')}: {one.code}" for one in apart]
    short = [one for one in sheet.goods.shown_lines() if one.is_short]
    if short:
        lines += ["", _("Short in the warehouse, so that it may be refused:")]
        lines += [f"  {one.quantity} x {one.code}  {_('stock {pieces}').format(pieces=one.stock)}" for one in short]
    return "\n".join(one_line(line) for line in lines)


def _said(sheet: OrderSheet, given: Mapping[str, object]) -> list[str]:
    """The values by field; lines and costs one below the other."""
    lines: list[str] = []
    for name, value in given.items():
        if name == "products" and isinstance(value, list):
            lines += [_row(label(name), f"{len(value)}"), *_goods(sheet, value)]
        elif name == "order_cost" and isinstance(value, list):
            lines += [_row(label(name), "; ".join(_fields(one)) if isinstance(one, Mapping) else "") for one in value]
        elif isinstance(value, Mapping):
            lines += [_row(label(name), "; ".join(_named(sheet, name, value)))]
        else:
            lines += [_row(label(name), _value(sheet, name, value))]
    return lines


def _row(name: str, words: str) -> str:
    return f"{name[:WIDTH]:<{WIDTH}} {words}"


def _goods(sheet: OrderSheet, given: Sequence[object]) -> Iterator[str]:
    shown = [line for line in sheet.goods.shown_lines() if line.state == "known"]
    for line, sent in zip(shown, given, strict=True):
        amount = "" if line.amount is None else formats.rupiah(line.amount)
        yield f"  {line.quantity} x {line.code}  {line.title}  {amount}".rstrip()
        if isinstance(sent, Mapping):
            rest = {name: value for name, value in sent.items() if name not in {"id", "qty"}}
            if "warehouse_id" in rest and rest["warehouse_id"] == sheet.goods.warehouse_id:
                rest["warehouse_id"] = f"{sheet.goods.warehouse.text.strip()} #{rest['warehouse_id']}"
            yield f"      #{sent.get('id')}  " + "; ".join(_fields(rest))


def _fields(values: Mapping[str, object]) -> list[str]:
    return [f"{label(name).casefold()} {_plain(name, value)}" for name, value in values.items()]


def _named(sheet: OrderSheet, parent: str, values: Mapping[str, object]) -> Iterator[str]:
    for name, value in values.items():
        words = _value(sheet, f"{parent}.{name}", value)
        yield words if name == "id" else f"{label(name).casefold()} {words}"


def _value(sheet: OrderSheet, path: str, value: object) -> str:
    """A value; a number that stands for something is said with what the field says."""
    name = path.rpartition(".")[2]
    text = sheet.text_of(path)
    if name == "customer_sender_id" and not text:
        text = sheet.text_of("customer_receiver_id")
    if name.endswith("id") and text:
        return text if text.startswith("#") else f"{text} #{value}"
    return _plain(name, value)


_MONEY = frozenset({"rate", "amount", "nominal", "discount_promo", "cost_of_goods_sales"})


def _plain(name: str, value: object) -> str:
    if isinstance(value, bool):
        return formats.shown(value)
    if isinstance(value, int) and name in _MONEY:
        return formats.rupiah(value)
    if isinstance(value, str) and value.isupper():
        return f"{choice_label(value)} ({value})" if choice_label(value) != value else value
    if isinstance(value, list):
        return "; ".join(_plain(name, one) for one in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(str(key), one)}" for key, one in value.items())
    return formats.shown(value)
