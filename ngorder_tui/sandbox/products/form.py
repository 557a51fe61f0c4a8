"""A product as it is sent, new or changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ngorder_tui.sandbox.answering import Args, Shop
from ngorder_tui.sandbox.chapters.root_category import check_root
from ngorder_tui.sandbox.products.variation_form import VariationForm, read_variations

Columns = dict[str, object]
LONGEST = {"day": 90, "week": 12}
"""The longest preorder, by its unit."""
MOST_STEPS = 20
MOST_PIECES = 1_000_000


@dataclass(frozen=True, slots=True)
class Step:
    """A wholesale price and the quantities it is for; without `id` it is a new one."""

    id: int | None
    from_quantity: int
    to_quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class ProductForm:
    """What was sent. `steps` are all steps that the product shall have, None leaves them as they are; variations that
    are not named stay as they are."""

    columns: Columns
    steps: list[Step] | None
    variations: list[VariationForm] = field(default_factory=list)


def read_product(shop: Shop, args: Args, before: sqlite3.Row | None) -> ProductForm:
    """The product that was sent, `before` being what it was; what is wrong is noted."""
    product_type = args.choice("product_type", ("S", "R", "PO"), required=True)
    category_id = args.integer("category_id", required=True, minimum=0)
    wholesale_status = args.choice("wholesale_status", ("Y", "N"), required=True)
    has_variation = args.choice("has_variation", ("Y", "N"), required=True)
    weight = args.integer("weight", minimum=0, maximum=10_000_000)
    is_warehouse = args.flag("is_warehouse")
    columns: Columns = {
        "name": args.text("name", required=True, maximum=200),
        "product_type": product_type,
        "category_id": category_id,
        "root_categories_id": _root(shop, args, category_id),
        "description": args.text("description", required=True, maximum=20_000),
        "shop_id": _one_of(shop, args, "shop_id", "shop"),
        "user_id": _one_of(shop, args, "user_id", "user"),
        "discount": args.integer("discount", required=True, minimum=0),
        "wholesale_status": wholesale_status,
        "publish_status": args.choice("publish_status", ("Y", "N"), required=True),
        "show_stock": args.choice("show_stock", ("Y", "N"), required=True),
        "has_variation": has_variation,
        **_preorder(args, product_type, before),
        **({} if weight is None else {"weight": weight}),
        **({} if is_warehouse is None else {"is_warehouse": int(is_warehouse)}),
    }
    steps = _steps(shop, args, wholesale_status == "Y", before)
    usual_weight = weight if weight is not None else (before["weight"] if before else 0)
    variations = read_variations(shop, args, product_type, usual_weight, before)
    _check_number(shop, args, has_variation, variations, before)
    return ProductForm(columns, steps, variations)


def _root(shop: Shop, args: Args, category_id: int) -> int | None:
    """The root category sent, or else that of the shop's own category."""
    category = shop.row("SELECT root_categories_id FROM product_category WHERE id = ?", category_id)
    if category is None and category_id and args.has("category_id"):
        args.unknown("category_id")
    root_id = args.integer("root_categories_id")
    if root_id is not None:
        check_root(shop, args, root_id)
        return root_id
    return category["root_categories_id"] if category else None


def _one_of(shop: Shop, args: Args, name: str, table: str) -> int:
    found = args.integer(name, required=True)
    if args.has(name) and shop.row(f"SELECT 1 FROM {table} WHERE id = ?", found) is None:
        args.unknown(name)
    return found


def _preorder(args: Args, product_type: str, before: sqlite3.Row | None) -> Columns:
    """The terms of a preorder; a product that has some keeps them where none are sent."""
    needed = product_type == "PO" and (before is None or before["preorder_number"] is None)
    setting = args.object("preorder_setting", required=needed)
    if setting is None or (setting.names() == [] and not needed):
        return {}
    kind = setting.choice("type", LONGEST, required=True)
    number = setting.integer("number", required=True, minimum=1, maximum=LONGEST[kind])
    return {"preorder_type": kind, "preorder_number": number}


def _steps(shop: Shop, args: Args, is_on: bool, before: sqlite3.Row | None) -> list[Step] | None:
    # The table of the reference says wholesale, its example wholesales: both are sent.
    name = "wholesale" if args.has("wholesale") or not args.has("wholesales") else "wholesales"
    had = {} if before is None else {row["id"]: row for row in _steps_of(shop, before["id"])}
    if is_on and not args.has(name) and had:
        return None
    sent = args.objects(name, required=is_on, maximum=MOST_STEPS)
    steps: list[Step] = []
    for item in sent:
        step = Step(
            id=item.integer("id"),
            from_quantity=item.integer("from", required=True, minimum=1, maximum=MOST_PIECES),
            to_quantity=item.integer("to", required=True, minimum=1, maximum=MOST_PIECES),
            price=item.integer("price", required=True, minimum=1),
        )
        _check_step(item, step, steps, had)
        steps.append(step)
    return steps if args.has(name) else None


def _steps_of(shop: Shop, product_id: int) -> list[sqlite3.Row]:
    return shop.rows("SELECT * FROM wholesale WHERE product_id = ?", product_id)


def _check_step(item: Args, step: Step, earlier: Iterable[Step], had: Mapping[int, object]) -> None:
    if step.id is not None and (step.id not in had or any(step.id == other.id for other in earlier)):
        item.unknown("id")
    if item.has("to") and step.to_quantity < step.from_quantity:
        item.refuse("to", "The to may not be less than the from.", "Isian to tidak boleh kurang dari from.")
        return
    for other in earlier:
        if step.from_quantity <= other.to_quantity and other.from_quantity <= step.to_quantity:
            item.refuse(
                "from",
                f"This overlaps with the step from {other.from_quantity} to {other.to_quantity}.",
                f"Ini bertumpang tindih dengan langkah {other.from_quantity} sampai {other.to_quantity}.",
            )


def _check_number(
    shop: Shop, args: Args, has_variation: str, variations: list[VariationForm], before: sqlite3.Row | None
) -> None:
    """A product has at least one variation, and just one if it says that it has none."""
    had = 0
    if before is not None:
        had = shop.number("SELECT count(*) FROM variation WHERE product_id = ? AND deleted_at IS NULL", before["id"])
    left = had + sum(variation.id is None for variation in variations) - sum(item.is_gone for item in variations)
    if "variations" in args.errors:
        return
    if left < 1:
        args.refuse("variations", "A product has at least one variation.", "Produk mempunyai sedikitnya satu variasi.")
    elif left > 1 and has_variation == "N" and args.has("has_variation"):
        args.refuse(
            "has_variation",
            f"This product has {left} variations.",
            f"Produk ini mempunyai {left} variasi.",
        )
