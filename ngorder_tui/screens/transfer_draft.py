"""A stock transfer as it is being counted: its lines, the parts it is sent in, what has become of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ngorder_tui import formats
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.widgets.counted_lines import Unread
from ngorder_tui.widgets.scanned_lines import ScanLedger, ScannedLine

KIND = "stock_transfer.create"
"""The kind of its drafts."""
MOST_VARIATIONS = 100
"""Variations of one transfer: the API takes no more."""
Look = Literal["", "good", "warn", "bad", "dim"]


@dataclass(frozen=True, slots=True)
class Goods:
    """A variation as the origin has it; `stock` in pieces, None where the server did not say."""

    variation_id: int
    sku: str
    product: str
    variant: str
    stock: int | None

    def content(self) -> dict[str, object]:
        """As JSON values for a draft."""
        return {
            "variation_id": self.variation_id,
            "sku": self.sku,
            "product": self.product,
            "variant": self.variant,
            "stock": self.stock,
        }


def read_goods(value: object) -> Goods | None:
    """What `Goods.content` gave; None for anything else."""
    if not isinstance(value, Mapping):
        return None
    number, stock = value.get("variation_id"), value.get("stock")
    if not isinstance(number, int) or not isinstance(stock, int | None):
        return None
    sku, product, variant = (str(value.get(name) or "") for name in ("sku", "product", "variant"))
    return Goods(number, sku, product, variant, stock)


Line = ScannedLine[Goods]


@dataclass(frozen=True, slots=True)
class Moved:
    """One line of a part: the code that it was scanned by, and what it is."""

    code: str
    quantity: int
    goods: Goods


@dataclass(frozen=True, slots=True)
class Part:
    """What goes in one request. `name` tells its place ("2 of 3"); `note` what became of it.

    An "unknown" part was sent and may have been done: it is never sent again by itself. One with a `number` is held in
    the outbox under it.
    """

    name: str
    lines: tuple[Moved, ...]
    state: Literal["ready", "sending", "unknown"] = "ready"
    note: str = ""
    number: int = 0

    @property
    def pieces(self) -> int:
        """Pieces in all."""
        return sum(line.quantity for line in self.lines)

    def size(self) -> str:
        """How much it is, in words."""
        count = len(self.lines)
        variants = ngettext("{n} variant", "{n} variants", count).format(n=formats.number(count))
        pieces = ngettext("{n} piece", "{n} pieces", self.pieces).format(n=formats.number(self.pieces))
        return f"{variants}, {pieces}"

    def arguments(self) -> list[dict[str, int]]:
        """Its lines as the API takes them."""
        return [{"variation_id": line.goods.variation_id, "transfer_stock": line.quantity} for line in self.lines]

    def content(self) -> dict[str, object]:
        """As JSON values for a draft."""
        rows = [{"code": line.code, "quantity": line.quantity, "item": line.goods.content()} for line in self.lines]
        return {"name": self.name, "note": self.note, "number": self.number, "lines": rows}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a line: a look, a symbol, and words with the running count."""

    look: Look
    symbol: str
    words: str

    @property
    def text(self) -> str:
        """Symbol and words."""
        return f"{self.symbol} {self.words}"


@dataclass(slots=True)
class TransferDraft:
    """All that a stock transfer form holds but its head.

    `unread` are typed lines that are no scans; `refusals` the server's reasons, by variation, with the quantity that
    they are about; `parts` those whose answer is unknown: their lines are no lines of the draft any more.
    """

    ledger: ScanLedger[Goods] = field(default_factory=ScanLedger)
    unread: list[Unread] = field(default_factory=list)
    refusals: dict[str, tuple[int, str]] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing."""
        return not (self.ledger.lines() or self.ledger.unknown_lines() or self.unread or self.parts)

    def known(self) -> tuple[Line, ...]:
        """The lines that can be sent."""
        return tuple(line for line in self.ledger.lines() if line.state == "known")

    def short(self) -> tuple[Line, ...]:
        """The lines that ask for more than the origin holds."""
        return tuple(line for line in self.known() if is_short(line))

    def apart(self) -> Iterator[tuple[str, str, int, str]]:
        """What is listed apart: (key, what was scanned, pieces, why). An unknown code first, then unread lines."""
        for line in self.ledger.unknown_lines():
            yield f"code:{line.key}", line.key, line.quantity, line.why
        for index, unread in enumerate(self.unread):
            yield f"line:{index}", unread.text, 0, unread.why

    def remove_apart(self, key: str) -> bool:
        """Take out one of what is listed apart; False where it is not there."""
        kind, _colon, name = key.partition(":")
        if kind == "code":
            return self.ledger.remove(name)
        if name.isdigit() and int(name) < len(self.unread):
            del self.unread[int(name)]
            return True
        return False

    def split(self) -> list[Part]:
        """The known lines, in their order, in parts of at most a hundred."""
        moved = [Moved(line.key, line.quantity, line.item) for line in self.known() if line.item is not None]
        chunks = [moved[start : start + MOST_VARIATIONS] for start in range(0, len(moved), MOST_VARIATIONS)]
        return [
            Part(_("{n} of {count}").format(n=number, count=len(chunks)), tuple(chunk))
            for number, chunk in enumerate(chunks, 1)
        ]

    def verdict(self, line: Line) -> Verdict:
        """What is to be said of a line."""
        if line.state == "unknown":
            return Verdict("bad", "✗", line.why or _("unknown"))
        if line.item is None:
            return Verdict("warn", "!", line.why) if line.why else Verdict("dim", "…", _("looked up"))
        refused_at, refusal = self.refusals.get(line.item_key, (0, ""))
        if refused_at == line.quantity:
            return Verdict("bad", "✗", refusal)
        stock = line.item.stock
        if stock is None:
            return Verdict("", "✓", _("{n}, stock not told").format(n=formats.number(line.quantity)))
        counted = _("{n} of {stock}").format(n=formats.number(line.quantity), stock=formats.number(stock))
        if is_short(line):
            return Verdict("bad", "✗", _("short {counted}").format(counted=counted))
        return Verdict("", "✓", _("ok {counted}").format(counted=counted))

    def refuse(self, part: Part, fields: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Put the server's reasons on the lines that they belong to; answers those of the form's head and of nothing.

        The paths are "stock_adjustment.N.…", N counted from 0 within the part.
        """
        others: dict[str, tuple[str, ...]] = {}
        for path, why in fields.items():
            name, *rest = path.replace("[", ".").replace("]", "").split(".")
            index = int(rest[0]) if name == "stock_adjustment" and rest and rest[0].isdigit() else -1
            if 0 <= index < len(part.lines):
                line = part.lines[index]
                self.refusals[str(line.goods.variation_id)] = (line.quantity, " ".join(str(reason) for reason in why))
            else:
                others[path] = why
        return others

    def is_refused(self, moved: Moved) -> bool:
        """Whether the server has said no to this line."""
        return str(moved.goods.variation_id) in self.refusals

    def settle(self, part: Part) -> None:
        """The part is done, or its answer is unknown: its lines leave the draft, and no undo brings them back."""
        for moved in part.lines:
            self.ledger.take_off(moved.code, moved.quantity)
            self.refusals.pop(str(moved.goods.variation_id), None)

    def put_back(self, part: Part) -> None:
        """A part whose answer was unknown was not done after all: its lines are lines of the draft again."""
        self.parts.remove(part)
        for moved in part.lines:
            self.ledger.scan(moved.code, moved.quantity)
            self.ledger.resolve(moved.code, str(moved.goods.variation_id), moved.goods)

    def content(self, sending: Part | None = None) -> dict[str, object]:
        """As JSON values for a draft. A part that is being sent is written as one whose answer is unknown: should the
        program end now, nobody knows whether it was done.
        """
        rows = self.ledger.content(Goods.content)
        parts = list(self.parts)
        if sending is not None:
            gone = {moved.code: moved.quantity for moved in sending.lines}
            rows = _without(rows, gone, self.ledger)
            parts.append(sending)
        return {
            "lines": rows,
            "unread": [[unread.text, unread.why] for unread in self.unread],
            "parts": [part.content() for part in parts],
        }

    def restore(self, content: Mapping[str, object]) -> None:
        """Take back what `content` gave; what cannot be read is passed over."""
        self.ledger.restore(content.get("lines"), read_goods)
        self.refusals.clear()
        self.unread = [
            Unread(row[0], row[1])
            for row in _rows(content.get("unread"))
            if isinstance(row, list) and len(row) == 2 and all(isinstance(word, str) for word in row)
        ]
        self.parts = [part for row in _rows(content.get("parts")) if (part := _read_part(row)) is not None]


def is_short(line: Line) -> bool:
    """Whether it asks for more than the origin holds, as far as the server has told."""
    return line.item is not None and line.item.stock is not None and line.quantity > line.item.stock


def _rows(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _without(
    rows: list[dict[str, object]], gone: Mapping[str, int], ledger: ScanLedger[Goods]
) -> list[dict[str, object]]:
    """The rows of a draft less the pieces that are being sent, which are counted by the first code of their line."""
    left = dict(gone)
    kept: list[dict[str, object]] = []
    for row in rows:
        code, quantity = str(row["code"]), row["quantity"]
        line = ledger.line(code)
        taken = min(left.get(line.key, 0), quantity) if line is not None and isinstance(quantity, int) else 0
        if line is not None and taken:
            left[line.key] -= taken
        if isinstance(quantity, int) and quantity > taken:
            kept.append({**row, "quantity": quantity - taken})
    return kept


def _read_part(value: object) -> Part | None:
    if not isinstance(value, Mapping):
        return None
    lines: list[Moved] = []
    for row in _rows(value.get("lines")):
        if not isinstance(row, Mapping):
            return None
        code, quantity, goods = row.get("code"), row.get("quantity"), read_goods(row.get("item"))
        if not isinstance(code, str) or not isinstance(quantity, int) or quantity < 1 or goods is None:
            return None
        lines.append(Moved(code, quantity, goods))
    name, note, number = value.get("name"), value.get("note"), value.get("number")
    if not lines or not isinstance(name, str):
        return None
    return Part(
        name,
        tuple(lines),
        "unknown",
        str(note or _("the program ended while it was being sent; it is not sent again.")),
        number if isinstance(number, int) else 0,
    )
