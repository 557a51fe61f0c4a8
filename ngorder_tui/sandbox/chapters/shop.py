"""The shop itself."""

from __future__ import annotations

import hashlib
import re

from ngorder_tui.sandbox.answering import Answer, Args, Shop, answers

LARGEST_LOGO = 2 * 1024 * 1024
_PICTURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"), (b"RIFF", "webp"))


@answers("shop.get")
def get_shop(shop: Shop, _args: Args) -> Answer:
    record = shop.need("There is no shop.", "Toko tidak ada.", "SELECT * FROM shop")
    supplier = shop.row(
        "SELECT supplier.id, supplier.name, city.name AS location, phone, address, description AS note"
        " FROM supplier JOIN district ON district.id = supplier.district_id JOIN city ON city.id = district.city_id"
        " WHERE supplier.id = ?",
        record["active_supplier_id"],
    )
    plain = ("id", "username", "shop_name", "status", "class", "join_date", "expired_date", "phone", "courier")
    return {
        "data": [
            {
                **{name: record[name] for name in (*plain, "address", "shipper_status", "note")},
                "store_front": bool(record["store_front"]),
                "warehouse": bool(record["warehouse"]),
                "users": [dict(row) for row in shop.rows("SELECT id, email, name FROM user WHERE id > 0 ORDER BY id")],
                "active_supplier": None if supplier is None else dict(supplier),
            }
        ]
    }


@answers("shop.update")
def update_shop(shop: Shop, args: Args) -> Answer:
    changes = {
        "shop_name": args.text("shop_name", required=True, maximum=100),
        "subdomain": args.text("subdomain", required=True, maximum=63),
        "phone": args.digits("phone", required=True),
        "account_name": args.text("name", required=True, maximum=100),
        "description": args.text("description"),
    }
    subdomain = changes["subdomain"]
    if subdomain and re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", subdomain) is None:
        args.refuse(
            "subdomain",
            "The subdomain may hold small letters, digits and hyphens only.",
            "Subdomain hanya boleh huruf kecil, angka dan tanda hubung.",
        )
    args.check()
    shop_id = shop.number("SELECT id FROM shop")
    shop.update("shop", {"id": shop_id}, changes)
    return {"response": "Success", "data": {"shop_id": shop_id}}


@answers("shop.upload_logo")
def upload_logo(shop: Shop, args: Args) -> Answer:
    picture = args.file("logo", maximum=LARGEST_LOGO)
    kind = next((kind for magic, kind in _PICTURES if picture.content.startswith(magic)), None)
    if picture.content and kind is None:
        args.refuse(
            "logo", "The logo must be a picture (PNG, JPEG, GIF or WebP).", "Logo harus gambar (PNG, JPEG, GIF, WebP)."
        )
    args.check()
    shop_id = shop.number("SELECT id FROM shop")
    name = hashlib.sha256(picture.content).hexdigest()[:16]
    logo = f"https://files.sandbox.invalid/{shop_id}/logo/logo-{name}.{kind}"
    shop.update("shop", {"id": shop_id}, {"logo": logo})
    return {"response": "Success", "data": {"logo": logo}}


@answers("shop.update_general")
def update_general(shop: Shop, args: Args) -> Answer:
    changes = {
        "shop_name": args.text("shop_name", required=True, maximum=100),
        "address": args.text("address", required=True),
        "description": args.text("description", required=True, empty=True),
        "phone": args.digits("phone", required=True),
        "logo": args.text("logo", required=True, empty=True),
    }
    args.check()
    shop.update("shop", {"id": shop.number("SELECT id FROM shop")}, changes)
    return {
        "response": "Success",
        "message": shop.say("General info successfully updated", "Informasi umum berhasil diperbarui"),
        "data": changes,
    }
