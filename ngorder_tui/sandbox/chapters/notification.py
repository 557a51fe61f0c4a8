"""Notifications: what happened in the shop, and the service's own news."""

from __future__ import annotations

import sqlite3

from ngorder_tui.sandbox.answering import Answer, Args, Shop, answers, paged
from ngorder_tui.sandbox.spelling import stored, time_ago

KINDS = ("ACTIVITY", "NEWS")
_UNREAD = "SELECT count(*) FROM notification WHERE kind = ? AND read_at IS NULL"


@answers("notification.list")
def list_notifications(shop: Shop, args: Args) -> Answer:
    kind = args.choice("type", KINDS, default="ACTIVITY")
    window = args.page(20)
    args.check()
    rows = shop.rows(
        "SELECT * FROM notification WHERE kind = ? ORDER BY created_at DESC, id LIMIT ? OFFSET ?",
        kind,
        window.size,
        window.offset,
    )
    total = shop.number("SELECT count(*) FROM notification WHERE kind = ?", kind)
    page = paged(shop, window, [_shown(shop, row) for row in rows], total)
    return {"unread_count": shop.number(_UNREAD, kind), **page}


@answers("notification.get_unread_count")
def get_unread_count(shop: Shop, _args: Args) -> Answer:
    activity, news = shop.number(_UNREAD, "ACTIVITY"), shop.number(_UNREAD, "NEWS")
    return {
        "data": {
            "activity": activity,
            "news": news,
            "activity_display": _capped(activity),
            "news_display": _capped(news),
        }
    }


@answers("notification.create_token")
def create_token(shop: Shop, args: Args) -> Answer:
    token = args.text("token", required=True)
    device = args.text("device", default="", maximum=200)
    args.check()
    shop.run("DELETE FROM device_token WHERE token = ?", token)
    shop.insert("device_token", token=token, device=device, user_id=shop.user_id, created_at=stored(shop.now()))
    return {"data": {"token": token, "device": device, "user_id": shop.user_id}}


@answers("notification.mark_read")
def mark_read(shop: Shop, args: Args) -> Answer:
    notification_id = args.text("id", maximum=50) or None
    kind = args.choice("type", KINDS, default="ACTIVITY")
    args.check()
    now = stored(shop.now())
    if notification_id is None:
        shop.run("UPDATE notification SET read_at = ? WHERE kind = ? AND read_at IS NULL", now, kind)
    elif shop.run("UPDATE notification SET read_at = coalesce(read_at, ?) WHERE id = ?", now, notification_id) == 0:
        raise args.unknown("id")
    return {"request_id": shop.request_id, "response": "Success"}


def _capped(count: int) -> str:
    return str(count) if count <= 99 else "99+"


def _shown(shop: Shop, row: sqlite3.Row) -> dict[str, object]:
    action = {"data_id": row["data_id"], "type": row["type"], "api_path": row["api_path"]}
    return {
        **{name: row[name] for name in ("id", "title", "content", "body", "icon", "web_path")},
        "action": action if row["type"] is not None else None,
        "time_ago": time_ago(row["created_at"], shop.now()),
    }
