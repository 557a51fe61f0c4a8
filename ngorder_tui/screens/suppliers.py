"""Suppliers: the origin addresses that parcels leave from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ngorder_tui.i18n import _
from ngorder_tui.screens.list_screen import ListScreen
from ngorder_tui.screens.list_source import ListEndpoints
from ngorder_tui.widgets.record_columns import Column

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.supplier import SupplierRow


class SuppliersScreen(ListScreen["SupplierRow"]):
    """The shop's origin addresses."""

    area: ClassVar[str] = "office"
    name_of_list: ClassVar[str] = "suppliers"
    searches: ClassVar[bool] = False

    @property
    def heading(self) -> str:
        """The screen's name."""
        return _("Suppliers")

    def columns(self) -> tuple[Column, ...]:
        """Name and place are always there."""
        return (
            Column(_("Name"), "name", width=20, grow=2),
            Column(_("Location"), "location", width=24, grow=2),
            Column(_("Phone"), "phone", width=14, drop=1),
            Column(_("Address"), "address", width=16, grow=3, drop=2),
        )

    def chapter(self) -> ListEndpoints[SupplierRow]:
        """The supplier chapter; the edit endpoint has its own names for id and address."""
        from ngorder_tui.api.chapters import supplier
        from ngorder_tui.widgets.lookup import Choice

        return ListEndpoints(
            read=supplier.LIST,
            create=supplier.CREATE,
            edit=supplier.UPDATE,
            initial=lambda row: {
                "supplier_id": row.id,
                "name": row.name,
                "district_id": None if row.district_id is None else Choice(str(row.district_id), row.location or ""),
                "addess": row.address,
                "phone": row.phone,
                "description": row.description,
            },
        )
