"""The areas behind the digits 1 to 9: key, title, and the screen, whose module is imported on the first visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from ngorder_tui.i18n import _

if TYPE_CHECKING:
    from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class Area:
    """One area. `screen` is "module:class" below ngorder_tui.screens; an area still to come has none."""

    key: str
    name: str
    title: Callable[[], str]
    screen: str = ""

    def open(self) -> Screen[object]:
        """A new screen of this area."""
        module, _colon, name = (self.screen or "later:LaterScreen").partition(":")
        made = getattr(import_module(f"ngorder_tui.screens.{module}"), name)
        return cast("Screen[object]", made() if self.screen else made(self))


AREAS = (
    Area("1", "orders", lambda: _("Orders"), "orders:OrdersScreen"),
    Area("2", "privor", lambda: _("Privor"), "privor:PrivorScreen"),
    Area("3", "products", lambda: _("Products"), "products:ProductsScreen"),
    Area("4", "stock", lambda: _("Stock"), "transfers:TransfersScreen"),
    Area("5", "shipping", lambda: _("Shipping")),
    Area("6", "customers", lambda: _("Customers"), "customers:CustomersScreen"),
    Area("7", "reports", lambda: _("Reports")),
    Area("8", "inbox", lambda: _("Inbox"), "inbox:InboxScreen"),
    Area("9", "office", lambda: _("Office"), "suppliers:SuppliersScreen"),
)
