"""How a scanned code becomes goods: asked of the origin warehouse, a few codes at a time, answers in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ngorder_tui.i18n import _, ngettext
from ngorder_tui.screens.transfer_draft import Goods

if TYPE_CHECKING:
    from ngorder_tui.api.chapters.warehouse_stock import FoundVariation
    from ngorder_tui.session import Session

AT_ONCE = 4
"""Codes that are asked for at the same time."""


class Turns:
    """Whose turn it is to be asked for: the codes that wait, in their order, but so many at once.

    A code that failed is not asked for again before another one succeeds, or before somebody wants it.
    """

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._asking: set[str] = set()
        self._failed: set[str] = set()
        self._wanted: dict[str, None] = {}

    def want(self, codes: Iterable[str]) -> None:
        """These codes are to be asked for, though there may be an answer already, or though they failed."""
        for code in codes:
            self._failed.discard(code)
            self._wanted[code] = None

    def begin(self, waiting: Iterable[str]) -> list[str]:
        """The codes to ask for now, those that wait for an answer first: each is to be given back with `end`."""
        begun: list[str] = []
        for code in (*waiting, *self._wanted):
            if len(self._asking) >= self._at_once:
                break
            if code not in self._asking and code not in self._failed:
                self._asking.add(code)
                begun.append(code)
        for code in begun:
            self._wanted.pop(code, None)
        return begun

    def end(self, code: str, *, failed: bool = False) -> None:
        """The code was answered, or could not be asked for. An answer is a sign that the failed ones may be tried."""
        self._asking.discard(code)
        if failed:
            self._failed.add(code)
        else:
            self._failed.clear()


async def find_goods(session: Session, code: str, origin_id: int) -> Goods | str:
    """The variation with this SKU as the origin has it, or why there is none. Raises ApiError."""
    from ngorder_tui.api.chapters import stock_transfer

    call = stock_transfer.SEARCH_VARIATIONS.parse({"keyword": code, "warehouse_id": origin_id})
    found = (await session.recent(call, 0.0)).readable()
    for fits in (_exactly(code), _but_for_case(code)):
        rows = [row for row in found if row.sku is not None and fits(row.sku)]
        if len(rows) == 1:
            return _goods(rows[0])
        if rows:
            return ngettext("{n} variant has this SKU", "{n} variants have this SKU", len(rows)).format(n=len(rows))
    similar = next((row.sku for row in found if row.sku), None)
    return _("unknown here; similar: {sku}").format(sku=similar) if similar else _("unknown at the origin")


def _exactly(code: str) -> Callable[[str], bool]:
    return lambda sku: sku.strip() == code


def _but_for_case(code: str) -> Callable[[str], bool]:
    return lambda sku: sku.strip().casefold() == code.casefold()


def _goods(row: FoundVariation) -> Goods:
    variant = row.variation_name or ""
    return Goods(
        row.variation_id,
        row.sku or "",
        row.product_name or row.name or "",
        "" if variant == "-" else variant,
        row.system_stock,
    )
