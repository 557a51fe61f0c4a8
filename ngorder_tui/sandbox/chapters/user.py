"""The shop's users."""

from __future__ import annotations

from ngorder_tui.sandbox.answering import Answer, Args, Shop, answers


@answers("user.list")
def list_users(shop: Shop, _args: Args) -> Answer:
    rows = shop.rows("SELECT id, name, email FROM user WHERE id > 0 ORDER BY id")
    return {"response": "Success", "data": [dict(row) for row in rows]}


@answers("user.update_profile")
def update_profile(shop: Shop, args: Args) -> Answer:
    full_name = args.text("full_name", required=True, maximum=100)
    phone = args.digits("phone_number", required=True)
    password = args.text("password", maximum=200)
    if password and args.text("password_confirmation", maximum=200) != password:
        args.refuse(
            "password_confirmation",
            "The password_confirmation does not match.",
            "Isian password_confirmation tidak cocok.",
        )
    args.check()
    shop.update("user", {"id": shop.user_id}, {"name": full_name, "phone": phone, "password": password or None})
    return {"response": "success", "data": {"full_name": full_name, "phone_number": phone}}
