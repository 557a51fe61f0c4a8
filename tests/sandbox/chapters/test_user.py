from __future__ import annotations

from tests.sandbox.asking import Asker


async def test_users_are_listed_without_their_secrets(shop: Asker) -> None:
    users = await shop.rows("user.list")
    assert len(users) == shop.number("SELECT count(*) FROM user")
    assert all(set(user) == {"id", "name", "email"} for user in users)


async def test_the_callers_own_profile_is_changed(shop: Asker) -> None:
    await shop.done("user.update_profile", full_name="Nama Baru", phone_number="0081100")
    owner = shop.db.execute("SELECT name, phone, password FROM user WHERE level = 'Owner'").fetchone()
    assert tuple(owner) == ("Nama Baru", "0081100", None)
    assert shop.number("SELECT count(*) FROM user WHERE name = 'Nama Baru'") == 1


async def test_a_new_password_needs_its_repetition(shop: Asker) -> None:
    profile = {"full_name": "Nama", "phone_number": "0811", "password": "rahasia sekali"}
    assert list(await shop.refused("user.update_profile", **profile)) == ["password_confirmation"]
    wrong = await shop.refused("user.update_profile", **profile, password_confirmation="lain")
    assert list(wrong) == ["password_confirmation"]
    await shop.done("user.update_profile", **profile, password_confirmation="rahasia sekali")
    assert shop.number("SELECT count(*) FROM user WHERE password NOT NULL") == 1
