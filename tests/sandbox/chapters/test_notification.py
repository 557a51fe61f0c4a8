from __future__ import annotations

from tests.sandbox.asking import Asker


async def test_kinds_are_listed_apart_newest_first(shop: Asker) -> None:
    for kind in ("ACTIVITY", "NEWS"):
        body = await shop.done("notification.list", type=kind, per_page=100)
        unread = "SELECT count(*) FROM notification WHERE kind = ? AND read_at IS NULL"
        assert body["unread_count"] == shop.number(unread, kind)
        rows = body["data"]
        assert isinstance(rows, list)
        expected = shop.db.execute(
            "SELECT id FROM notification WHERE kind = ? ORDER BY created_at DESC, id", (kind,)
        ).fetchall()
        assert [row["id"] for row in rows] == [row[0] for row in expected]
        assert all(row["time_ago"].endswith(" yang lalu") for row in rows)


async def test_one_is_read_and_stays_read(shop: Asker) -> None:
    before = (await shop.done("notification.get_unread_count"))["data"]
    assert isinstance(before, dict)
    one = shop.db.execute("SELECT id FROM notification WHERE kind = 'NEWS' AND read_at IS NULL").fetchone()[0]
    for _ in range(2):
        answer = await shop.done("notification.mark_read", id=one, type="NEWS")
        assert list(answer) == ["request_id", "response"]
        after = (await shop.done("notification.get_unread_count"))["data"]
        assert isinstance(after, dict)
        assert (after["activity"], after["news"]) == (before["activity"], before["news"] - 1)
    assert list(await shop.refused("notification.mark_read", id="nothing")) == ["id"]


async def test_all_of_a_kind_are_read_at_once(shop: Asker) -> None:
    before = (await shop.done("notification.get_unread_count"))["data"]
    assert isinstance(before, dict)
    await shop.done("notification.mark_read")
    after = (await shop.done("notification.get_unread_count"))["data"]
    assert after == {**before, "activity": 0, "activity_display": "0"}


async def test_the_count_is_shown_up_to_99(shop: Asker) -> None:
    shop.db.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)"
        " INSERT INTO notification (id, kind, title, content, body, created_at)"
        " SELECT 'n' || i, 'NEWS', 'Uji', 'Uji', 'Uji', '2026-01-01 00:00:00' FROM n"
    )
    shop.db.commit()
    data = (await shop.done("notification.get_unread_count"))["data"]
    assert isinstance(data, dict)
    assert data["news_display"] == "99+"


async def test_a_token_is_kept_once_for_its_user(shop: Asker) -> None:
    for device in ("Ponsel Uji", "Ponsel Lain"):
        body = await shop.done("notification.create_token", token="token-uji", device=device)
        owner = shop.number("SELECT id FROM user WHERE level = 'Owner'")
        assert body == {"data": {"token": "token-uji", "device": device, "user_id": owner}}
    assert shop.number("SELECT count(*) FROM device_token WHERE token = 'token-uji'") == 1
