"""Warehouses; number 0 is the main one."""

from __future__ import annotations

from ngorder_tui.sandbox.answering import Answer, Args, Refused, Shop, Where, answers
from ngorder_tui.sandbox.spelling import stored

MAIN = 0
_SELECT = (
    "SELECT warehouse.id, warehouse, supplier_id, district.name || ', ' || city.name AS address FROM warehouse"
    " JOIN supplier ON supplier.id = warehouse.supplier_id JOIN district ON district.id = supplier.district_id"
    " JOIN city ON city.id = district.city_id"
)


@answers("warehouse.create")
def create_warehouse(shop: Shop, args: Args) -> Answer:
    name, supplier_id, users, is_active = _wanted(shop, args)
    args.check()
    warehouse_id = shop.insert("warehouse", warehouse=name, supplier_id=supplier_id, is_active=int(is_active))
    _entrust(shop, warehouse_id, users)
    return {"response": "Success", "data": {"id": warehouse_id, "name": name}}


@answers("warehouse.list")
def list_warehouses(shop: Shop, args: Args) -> Answer:
    with_main = args.flag("with_main_warehouse", default=False)
    own_only = args.flag("admin_permission", default=False)
    state = args.choice("is_active", ("ALL", "ACTIVE", "NON_ACTIVE"), default="ACTIVE" if own_only else "ALL")
    args.check()
    where = Where().add("deleted_at IS NULL")
    if not with_main:
        where.add("warehouse.id <> ?", MAIN)
    if state != "ALL":
        where.add("is_active = ?", int(state == "ACTIVE"))
    if own_only:
        where.add(
            "warehouse.id = ? OR ? IN (SELECT id FROM user WHERE level = 'Owner')"
            " OR ? IN (SELECT user_id FROM warehouse_user WHERE warehouse_id = warehouse.id)",
            MAIN,
            shop.user_id,
            shop.user_id,
        )
    return {"data": [dict(row) for row in shop.rows(f"{_SELECT}{where.sql} ORDER BY warehouse.id", *where.values)]}


@answers("warehouse.get")
def get_warehouse(shop: Shop, args: Args) -> Answer:
    return {"response": "Success", "data": _found(shop, args.integer("id", required=True))}


@answers("warehouse.update")
def update_warehouse(shop: Shop, args: Args) -> Answer:
    warehouse_id = args.integer("id", required=True)
    name, supplier_id, users, is_active = _wanted(shop, args)
    if shop.row("SELECT 1 FROM warehouse WHERE id = ? AND deleted_at IS NULL", warehouse_id) is None:
        raise args.unknown("id")
    if warehouse_id == MAIN and not is_active:
        args.refuse("is_active", "The main warehouse is always in use.", "Gudang utama selalu dipakai.")
    args.check()
    shop.update(
        "warehouse",
        {"id": warehouse_id},
        {"warehouse": name, "supplier_id": supplier_id, "is_active": int(is_active)},
    )
    _entrust(shop, warehouse_id, users)
    return {"response": "Success", "data": {"id": warehouse_id, "name": name}}


@answers("warehouse.delete")
def delete_warehouse(shop: Shop, args: Args) -> Answer:
    warehouse_id = args.integer("id", required=True)
    args.check()
    found = _found(shop, warehouse_id)
    if warehouse_id == MAIN:
        raise Refused(shop.say("The main warehouse cannot be deleted.", "Gudang utama tidak dapat dihapus."))
    if shop.number("SELECT sum(stock) FROM warehouse_stock WHERE warehouse_id = ?", warehouse_id) > 0:
        raise Refused(
            shop.say(
                "This warehouse still holds stock; move it first.",
                "Gudang ini masih berisi stok; pindahkan dulu.",
            )
        )
    shop.update("warehouse", {"id": warehouse_id}, {"deleted_at": stored(shop.now())})
    return {"response": "Success", "data": found}


def _found(shop: Shop, warehouse_id: int) -> dict[str, object]:
    row = shop.need(
        "There is no such warehouse.",
        "Gudang tidak ada.",
        f"{_SELECT} WHERE warehouse.id = ? AND deleted_at IS NULL",
        warehouse_id,
    )
    return dict(row)


def _wanted(shop: Shop, args: Args) -> tuple[str, int, list[int], bool]:
    name = args.text("warehouse", required=True, maximum=100)
    supplier_id = args.integer("supplier_id", required=True)
    users = args.integers("user_id", required=True)
    is_active = args.flag("is_active", required=True)
    if shop.row("SELECT 1 FROM supplier WHERE id = ?", supplier_id) is None:
        args.unknown("supplier_id")
    for place, user in enumerate(users):
        if shop.row("SELECT 1 FROM user WHERE id = ? AND id > 0", user) is None:
            args.unknown(f"user_id.{place}")
    return name, supplier_id, users, is_active


def _entrust(shop: Shop, warehouse_id: int, users: list[int]) -> None:
    shop.run("DELETE FROM warehouse_user WHERE warehouse_id = ?", warehouse_id)
    for user in set(users):
        shop.insert("warehouse_user", warehouse_id=warehouse_id, user_id=user)
