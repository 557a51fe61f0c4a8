"""Banks: the kinds there are, and the shop's own accounts."""

from __future__ import annotations

import sqlite3

from ngorder_tui.sandbox.answering import Answer, Args, Shop, Where, answers
from ngorder_tui.sandbox.spelling import stored

_SHOWN = "bank_id, bank_name, bank_type, branch, holder_name, account_number, image, type"


@answers("bank.list_master")
def list_master(shop: Shop, args: Args) -> Answer:
    private_only = args.flag("without_business_bank", default=False)
    args.check()
    where = Where()
    if private_only:
        where.add("is_business = 0")
    rows = shop.rows(
        "SELECT bank_type, bank_label, bank_family, image, web_login_url, status FROM bank_master"
        f"{where.sql} ORDER BY bank_label"
    )
    return {"data": [dict(row) for row in rows]}


@answers("bank.list_xendit_master")
def list_xendit_master(shop: Shop, args: Args) -> Answer:
    keyword = args.text("keyword", maximum=100)
    args.check()
    where = Where().contains(("name", "code"), keyword)
    rows = shop.rows(
        f"SELECT id, name, code, can_disburse, can_name_validate FROM xendit_bank{where.sql} ORDER BY name, id",
        *where.values,
    )
    return {"data": [dict(row) for row in rows]}


@answers("bank.create")
def create_bank(shop: Shop, args: Args) -> Answer:
    master = _master(shop, args)
    number = args.digits("account_number", required=True, maximum=30)
    holder = args.text("holder_name", required=True, maximum=100)
    branch = args.text("branch", required=True, maximum=100)
    secrets = _secrets(args)
    _check_corporate(args, master, None)
    args.check()
    bank_id = shop.insert(
        "bank",
        **_kind(master),
        branch=branch,
        holder_name=holder,
        account_number=number,
        type="BANK",
        **secrets,
    )
    return {"response": "Success", "data": {"bank_id": bank_id, "name": master["bank_type"]}}


@answers("bank.list")
def list_banks(shop: Shop, args: Args) -> Answer:
    kind = args.choice("type", ("BANK", "PAYMENT GATEWAY"), required=True)
    args.check()
    rows = shop.rows(f"SELECT {_SHOWN} FROM bank WHERE type = ? AND deleted_at IS NULL ORDER BY bank_id", kind)
    return {"data": [dict(row) for row in rows]}


@answers("bank.get")
def get_bank(shop: Shop, args: Args) -> Answer:
    return dict(_account(shop, args.integer("id", required=True), _SHOWN))


@answers("bank.update")
def update_bank(shop: Shop, args: Args) -> Answer:
    bank_id = args.integer("bank_id", required=True)
    master = _master(shop, args)
    changes = {
        **_kind(master),
        "branch": args.text("branch", maximum=100),
        "holder_name": args.text("holder_name", maximum=100) or None,
        "account_number": args.digits("account_number", maximum=30),
        **_secrets(args),
    }
    found = shop.row("SELECT * FROM bank WHERE bank_id = ? AND deleted_at IS NULL", bank_id)
    if found is None:
        raise args.unknown("bank_id")
    if found["type"] != "BANK":
        args.refuse(
            "bank_id",
            "A payment gateway account cannot be changed here.",
            "Akun payment gateway tidak dapat diubah di sini.",
        )
    _check_corporate(args, master, found["corporate_id"])
    args.check()
    shop.update("bank", {"bank_id": bank_id}, changes)
    return {"response": "Success", "data": {"bank_id": bank_id, "name": master["bank_type"]}}


@answers("bank.delete_mutation")
def delete_mutation(shop: Shop, args: Args) -> Answer:
    bank_id = args.integer("bank_id", required=True)
    found = _account(shop, bank_id, "bank_type")
    args.check()
    shop.run(
        "UPDATE bank SET follows_mutation = 0, username = NULL, pin = NULL, corporate_id = NULL WHERE bank_id = ?",
        bank_id,
    )
    return {"response": "Success", "data": {"bank_id": bank_id, "name": found["bank_type"]}}


@answers("bank.delete")
def delete_bank(shop: Shop, args: Args) -> Answer:
    bank_id = args.integer("bank_id", required=True)
    _account(shop, bank_id, "1")
    args.check()
    shop.update("bank", {"bank_id": bank_id}, {"deleted_at": stored(shop.now())})
    return {"response": "Success", "data": None}


def _account(shop: Shop, bank_id: int, columns: str) -> sqlite3.Row:
    return shop.need(
        "There is no such bank account.",
        "Rekening tidak ada.",
        f"SELECT {columns} FROM bank WHERE bank_id = ? AND deleted_at IS NULL",
        bank_id,
    )


def _master(shop: Shop, args: Args) -> sqlite3.Row:
    bank_type = args.text("bank_type", required=True, maximum=50)
    found = shop.row("SELECT * FROM bank_master WHERE bank_type = ?", bank_type)
    if found is None:
        if bank_type:
            args.unknown("bank_type")
        args.check()
        raise args.unknown("bank_type")
    return found


def _kind(master: sqlite3.Row) -> dict[str, object]:
    return {
        "bank_type": master["bank_type"],
        "bank_name": str(master["bank_label"]).removeprefix("Bank "),
        "image": master["image"],
        "follows_mutation": 1,
    }


def _secrets(args: Args) -> dict[str, object]:
    return {name: args.text(name, maximum=100) for name in ("username", "pin", "corporate_id")}


def _check_corporate(args: Args, master: sqlite3.Row, held: str | None) -> None:
    if master["is_business"] and not held and not args.text("corporate_id", maximum=100):
        args.refuse(
            "corporate_id",
            "The corporate_id is required for a business bank.",
            "Isian corporate_id wajib untuk bank bisnis.",
        )
