"""Customers: who buys, and who sells on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ngorder_tui.i18n import _
from ngorder_tui.screens.list_screen import ListScreen
from ngorder_tui.screens.list_source import ListEndpoints
from ngorder_tui.widgets.record_columns import Column

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.customer import CustomerRow


class CustomersScreen(ListScreen["CustomerRow"]):
    """The customers of the shop."""

    area: ClassVar[str] = "customers"
    name_of_list: ClassVar[str] = "customers"

    @property
    def heading(self) -> str:
        """The screen's name."""
        return _("Customers")

    def columns(self) -> tuple[Column, ...]:
        """Name and phone are always there."""
        return (
            Column(_("Name"), "name", width=20, grow=3),
            Column(_("Phone"), "phone", width=14),
            Column(_("Category"), "category", width=10, drop=2),
            Column(_("District"), "district", width=14, grow=1, drop=3),
            Column(_("City"), "city", width=16, grow=1, drop=1),
        )

    def chapter(self) -> ListEndpoints[CustomerRow]:
        """The customer chapter; a row tells the district's name alone, so the form leaves the district as it is."""
        from ngorder_tui.api.chapters import customer

        return ListEndpoints(
            read=customer.LIST,
            create=customer.CREATE,
            edit=customer.UPDATE,
            initial=lambda row: {
                "customer_id": row.id,
                "name": row.name,
                "phone": row.phone,
                "address": row.address,
                "postal_code": row.postal_code,
                "category": row.category_code,
                "line": row.line,
                "email": row.email,
                "other": row.other,
            },
        )
