"""Stock: the one way in which pieces come to a warehouse and leave it. Every move is a line of history."""

from __future__ import annotations

from typing import Literal

from ngorder_tui.sandbox.answering import Refused, Shop
from ngorder_tui.sandbox.spelling import stored

Reason = Literal["initial", "order", "cancel", "return", "edit", "opname", "transfer", "manual", "sync"]


class ShortStock(Refused):
    """A move would take more than the warehouse holds. As a refusal it is one sentence; a handler that knows which
    argument asked for so much catches it and says so there."""

    def __init__(self, sentence: str, variation_id: int, warehouse_id: int, held: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.variation_id = variation_id
        self.warehouse_id = warehouse_id
        self.held = held


def held(shop: Shop, variation_id: int, warehouse_id: int) -> int:
    """Pieces of a variation in a warehouse."""
    return shop.number(
        "SELECT stock FROM warehouse_stock WHERE variation_id = ? AND warehouse_id = ?", variation_id, warehouse_id
    )


def move(
    shop: Shop,
    variation_id: int,
    warehouse_id: int,
    change: int,
    reason: Reason,
    description: str,
    *,
    order_id: int | None = None,
    stock_opname_id: int | None = None,
    stock_transfer_id: int | None = None,
) -> int:
    """Put `change` pieces into a warehouse, or take them out where it is negative; answers what lies there then.

    A change of 0 leaves no history. Raises ShortStock if there is not so much to take.
    """
    before = held(shop, variation_id, warehouse_id)
    if before + change < 0:
        raise short(shop, variation_id, warehouse_id, before)
    if change:
        shop.insert(
            "stock_history",
            variation_id=variation_id,
            warehouse_id=warehouse_id,
            at=stored(shop.now()),
            user_id=shop.user_id,
            reason=reason,
            description=description,
            order_id=order_id,
            stock_opname_id=stock_opname_id,
            stock_transfer_id=stock_transfer_id,
            stock_in=max(change, 0),
            stock_out=max(-change, 0),
        )
    return before + change


def short(shop: Shop, variation_id: int, warehouse_id: int, pieces: int) -> ShortStock:
    """What to raise, or to take the sentence from, where a warehouse holds only so many pieces."""
    found = shop.row(
        "SELECT product.name, color, size, warehouse FROM variation JOIN product ON product.id = product_id, warehouse"
        " WHERE variation.id = ? AND warehouse.id = ?",
        variation_id,
        warehouse_id,
    )
    goods = " ".join(part for part in found[:3] if part) if found else str(variation_id)
    place = found["warehouse"] if found else str(warehouse_id)
    sentence = shop.say(
        f"{place} holds only {pieces} of {goods}.",
        f"{place} hanya menyimpan {pieces} {goods}.",
    )
    return ShortStock(sentence, variation_id, warehouse_id, pieces)
