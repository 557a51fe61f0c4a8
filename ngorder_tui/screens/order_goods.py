"""The goods of an order: the warehouse they leave, the scan box, the lines, and what each of them comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widget import Widget

from ngorder_tui import formats
from ngorder_tui.i18n import _
from ngorder_tui.screens.order_items import (
    ORDINARY,
    OTHERS,
    OWN,
    Change,
    Item,
    line_arguments,
    read_item,
    warehouse_of,
    write_item,
)
from ngorder_tui.screens.order_lines import LinesView, ShownLine
from ngorder_tui.screens.order_prices import Prices
from ngorder_tui.screens.order_scan import LineScan, ScanField, Search
from ngorder_tui.screens.order_totals import PERCENTAGE, Goods, line_discount
from ngorder_tui.widgets.field_input import UNSET, FieldInput
from ngorder_tui.widgets.form_parts import ObjectPart, Part, PartMaker
from ngorder_tui.widgets.labels import label
from ngorder_tui.widgets.lookup import Finder
from ngorder_tui.widgets.pick_input import PickInput
from ngorder_tui.widgets.scanned_lines import ScanLedger, ScannedLine

if TYPE_CHECKING:
    from ngorder_tui.api.models import Query

UNREAD = "unread "
"""What the keys of lines begin with that could not be read as scans."""


@dataclass(frozen=True, slots=True)
class Shop:
    """What the goods need from outside: the search by name, the prices, whose prices, and how to ring the bell."""

    search: Search
    warehouses: Finder
    prices: Prices
    category: Callable[[], str]
    bell: Callable[[], None]


class GoodsPart(ObjectPart):
    """The part of the form behind `products`. Every change is made at once; it never waits for the server."""

    def __init__(self, maker: PartMaker, model: type[Query], shop: Shop) -> None:
        self.ledger: ScanLedger[Item] = ScanLedger()
        self.changes: dict[str, Change] = {}
        self.unread: list[tuple[str, str]] = []
        self.problems: dict[str, str] = {}
        self.hints: dict[str, str] = {}
        self._shop = shop
        self.warehouse = PickInput("warehouse", label("warehouse"), shop.warehouses)
        self._written: dict[str, tuple[Item, dict[str, object]]] = {}
        self.scan = ScanField(_("Scan"), self, shop.search)
        self.view = LinesView("products", _("Goods"), self)
        super().__init__(maker, model, self.view)

    def compose(self) -> ComposeResult:
        """Warehouse, scan box, lines."""
        yield self.warehouse
        yield self.scan
        yield self.view

    def _make(self) -> list[Widget]:
        self.parts: dict[str, Part] = {}
        return []

    def lines(self) -> Iterator[FieldInput]:
        """Every field, from top to bottom."""
        yield from (self.warehouse, self.scan, self.view)

    @property
    def box(self) -> LineScan | None:
        """The scan box."""
        return self.scan.box

    @property
    def touched(self) -> bool:
        """Whether anything is scanned or typed."""
        is_scanned = bool(self.ledger.lines() or self.ledger.unknown_lines() or self.unread)
        return is_scanned or self.warehouse.touched or bool(self.scan.text)

    @property
    def warehouse_id(self) -> int | None:
        """The warehouse that goods leave which say no other."""
        value = self.warehouse.typed()
        return int(value) if isinstance(value, str) and value.isdecimal() else None

    def known(self) -> Sequence[tuple[ScannedLine[Item], Item]]:
        """The lines whose goods are known, in their order: the order's lines."""
        return [(line, line.item) for line in self.ledger.lines() if line.item is not None]

    def facts(self) -> dict[str, object]:
        """What the order is made on: what the goods are called, and what one costs an ordinary customer."""
        items = {str(item.variation_id): item for _line, item in self.known()}
        return {
            "names": {key: item.sku or item.title for key, item in items.items()},
            "prices": {key: price for key, item in items.items() if (price := item.price_for(ORDINARY)) is not None},
        }

    @property
    def has_others(self) -> bool:
        """Whether a line is another supplier's, so that the cost of goods is asked."""
        return any(item.origin == OTHERS for _line, item in self.known())

    def take(self, code: str, quantity: int) -> None:
        """Count a scan; what it is comes later, or is known already."""
        was = self.ledger.line(code)
        if (item := self._known_as(code)) is not None:
            self.ledger.resolve(code, str(item.variation_id), item)
        elif was is not None and was.state == "pending" and was.why:
            self.ledger.forget_answer(code)
        self._point_at(self.ledger.scan(code, quantity).key)
        self._tell(code, quantity)
        self._changed()

    def _known_as(self, code: str) -> Item | None:
        return next((item for _line, item in self.known() if item.is_called(code)), None)

    def take_unreadable(self, text: str, why: str) -> None:
        """List what is no scan."""
        self.unread.append((text, why))
        self.scan.tell(_("not read: {text}  {why}").format(text=text, why=why), bad=True)
        self._shop.bell()
        self._changed()

    def take_item(self, item: Item, quantity: int, instead_of: str) -> None:
        """Count a variation that was picked by name, with the scans of the code that it was picked for."""
        unknown = self.ledger.line(instead_of) if instead_of else None
        if unknown is not None and unknown.state == "unknown":
            quantity = unknown.quantity
            self.ledger.remove(unknown.key)
        line = self.ledger.line_of_item(str(item.variation_id))
        code = line.key if line is not None else item.sku or f"#{item.variation_id}"
        self.ledger.scan(code, quantity)
        self.ledger.resolve(code, str(item.variation_id), item)
        self._point_at(code)
        self._tell(code, quantity)
        self._changed()

    def _point_at(self, code: str) -> None:
        """The cursor of the lines follows the scans, so that the line scanned last is in sight."""
        if not self.view.is_here and (line := self.ledger.line(code)) is not None:
            self.view.point_at(line.key)

    def add(self, key: str, quantity: int) -> None:
        """So many more pieces on a line, or fewer; one stays."""
        if self.ledger.add(key, quantity):
            self._changed(at_once=True)

    def set_quantity(self, key: str, quantity: int) -> None:
        """So many pieces on a line."""
        if self.ledger.set_quantity(key, quantity):
            self._changed()

    def set_change(self, item_key: str, change: Change) -> None:
        """What is set on a line beside its quantity."""
        self.changes[item_key] = dict(change)
        self._changed()

    def take_out(self, key: str) -> None:
        """Take a line out, or one of what is listed apart."""
        if key.startswith(UNREAD):
            at = int(key.removeprefix(UNREAD))
            if at < len(self.unread):
                del self.unread[at]
        elif (line := self.ledger.line(key)) is not None:
            self.ledger.remove(key)
            self.changes.pop(line.item_key, None)
            self.scan.tell(_("taken out: {quantity} x {code}").format(quantity=line.quantity, code=line.key))
        self._changed(at_once=True)

    def resolved(self, code: str, item: Item) -> None:
        """The code is this variation."""
        line = self.ledger.line(code)
        was_waiting = line is not None and line.state == "pending"
        self.ledger.resolve(code, str(item.variation_id), item)
        if was_waiting:
            self._tell(code, 0)

    def not_found(self, code: str, hint: str) -> None:
        """The code is no SKU: say so, ring, keep it in sight; `hint` tells what comes near."""
        self.ledger.unknown(code)
        self.hints[code] = hint
        self.scan.tell(_("not found: {code}").format(code=code), bad=True)
        self._shop.bell()

    def not_looked_up(self, code: str, why: str) -> None:
        """The code could not be looked up: its line waits."""
        self.ledger.failed(code, why)

    def _tell(self, code: str, quantity: int) -> None:
        line = self.ledger.line(code)
        if line is None:
            return
        name = line.item.title if line.item is not None else ""
        added = f"+{quantity}  " if quantity else ""
        verdict = f"{added}{line.quantity} x {line.item.sku if line.item else line.key}  {name}".rstrip()
        if line.state == "unknown":
            self.scan.tell(_("not found: {code}").format(code=code), bad=True)
            self._shop.bell()
        else:
            self.scan.tell(verdict)

    def _changed(self, *, at_once: bool = False) -> None:
        """The lines are others; they are drawn soon, or at once where the next key may be about what is drawn."""
        self.problems = {}
        if at_once:
            self.show()
        self.view.edited()

    def show(self) -> None:
        """Draw the lines as they are now."""
        codes = [line.key for line in self.ledger.unknown_lines()]
        apart = _("not found: {code}").format(code=", ".join(codes)) if codes else ""
        is_other = bool(apart) != bool(self.scan.apart)
        self.scan.pieces, self.scan.apart = self.ledger.pieces, apart
        self.scan.redraw(layout=is_other)
        self.view.show_lines()

    def shown_lines(self) -> Sequence[ShownLine]:
        """The lines, then what is listed apart."""
        goods = [self._shown(line) for line in self.ledger.lines()]
        apart = [
            ShownLine(line.key, "unknown", line.quantity, line.key, self.hints.get(line.key, ""))
            for line in self.ledger.unknown_lines()
        ]
        unread = [ShownLine(f"{UNREAD}{at}", "unread", 0, text, why) for at, (text, why) in enumerate(self.unread)]
        return [*goods, *apart, *unread]

    def _shown(self, line: ScannedLine[Item]) -> ShownLine:
        item = line.item
        if item is None:
            words = _("not looked up: {why}").format(why=line.why) if line.why else _("looking it up…")
            return ShownLine(line.key, "pending", line.quantity, line.key, words)
        figures = self._figures(line.quantity, item, self.changes.get(line.item_key, {}))
        stock = item.stock_in(warehouse_of(item, self.changes.get(line.item_key, {}), self.warehouse_id))
        return ShownLine(
            line.key,
            "known",
            line.quantity,
            item.sku,
            item.title,
            price=figures.price,
            amount=None if figures.price is None else line.quantity * figures.price - figures.discount,
            stock=stock,
            is_short=stock is not None and stock < line.quantity,
            notes=tuple(self._notes(line, item, figures)),
            problem=self.problems.get(line.key, ""),
        )

    def _notes(self, line: ScannedLine[Item], item: Item, figures: Goods) -> Iterator[str]:
        change = self.changes.get(line.item_key, {})
        words = []
        if item.origin != OWN:
            words.append(_("from another supplier") if item.origin == OTHERS else _("preorder"))
        if isinstance(own := change.get("warehouse_id"), int) and own != self.warehouse_id:
            words.append(_("from warehouse {n}").format(n=own))
        if figures.discount:
            percent = change.get("percentage")
            by = f" ({percent} %)" if change.get("type") == PERCENTAGE and not change.get("discount_promo") else ""
            words.append(_("discount {amount}").format(amount=formats.rupiah(figures.discount)) + by)
        elif item.promos:
            promo = item.promos[0]
            words.append(
                _("promo {title}: {amount} off each; space opens the line").format(
                    title=promo.title, amount=formats.rupiah(promo.discount)
                )
            )
        if words:
            yield " · ".join(words)

    def _figures(self, quantity: int, item: Item, change: Change) -> Goods:
        price = self._shop.prices.of(item, quantity, self._shop.category())
        return Goods(quantity, price, line_discount(quantity, price, change), item.weight)

    def figures(self) -> list[Goods]:
        """What each line comes to."""
        return [self._figures(line.quantity, item, self.changes.get(line.item_key, {})) for line, item in self.known()]

    def typed(self) -> object:
        """The lines as they are sent."""
        lines = [
            line_arguments(item, line.quantity, self.changes.get(line.item_key, {}), self.warehouse_id)
            for line, item in self.known()
        ]
        return lines or UNSET

    def show_line_problems(self, reasons: Mapping[int, str]) -> None:
        """Say what is wrong with the lines at these places of what was sent; the cursor goes to the first."""
        keys = [line.key for line, _item in self.known()]
        self.problems = {keys[at]: why for at, why in reasons.items() if 0 <= at < len(keys)}
        self.show()
        if self.problems:
            self.view.select(next(key for key in keys if key in self.problems))

    def draft(self) -> object:
        """All that was scanned, with what is known of it."""
        said: dict[str, object] = {
            "scans": self.ledger.content(self._write),
            "changes": {key: dict(change) for key, change in self.changes.items() if change},
            "unread": [list(one) for one in self.unread],
            "warehouse": self.warehouse.draft(),
            "scan": self.scan.draft(),
        }
        return {name: value for name, value in said.items() if value}

    def _write(self, item: Item) -> dict[str, object]:
        """The item as JSON values, made once: every key writes all of them."""
        key = str(item.variation_id)
        kept = self._written.get(key)
        if kept is None or kept[0] is not item:
            kept = self._written[key] = (item, write_item(item))
        return kept[1]

    def restore(self, draft: object) -> None:
        """Take back what `draft` gave."""
        said = draft if isinstance(draft, Mapping) else {}
        self.ledger.restore(said.get("scans"), read_item)
        changes, unread = said.get("changes"), said.get("unread")
        self.changes = {
            str(key): {str(name): value for name, value in change.items()}
            for key, change in (changes.items() if isinstance(changes, Mapping) else ())
            if isinstance(change, Mapping)
        }
        self.unread = [
            (str(one[0]), str(one[1]))
            for one in (unread if isinstance(unread, list) else ())
            if isinstance(one, list | tuple) and len(one) == 2
        ]
        self.warehouse.restore(said.get("warehouse"))
        self.scan.restore(said.get("scan"))
        self.show()

    def fill(self, value: object) -> None:
        """Empty it: an order that is made has no lines yet."""
        if value is None:
            self.restore({})
            self.settle()

    def settle(self) -> None:
        """What the fields say counts as untouched."""
        self.warehouse.settle()
        self.scan.settle()
