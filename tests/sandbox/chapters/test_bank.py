from __future__ import annotations

from tests.sandbox.asking import Asker


def kind(shop: Asker, *, business: bool) -> object:
    return shop.db.execute("SELECT bank_type FROM bank_master WHERE is_business = ?", (business,)).fetchone()[0]


def account(bank_type: object, **more: object) -> dict[str, object]:
    return {"bank_type": bank_type, "account_number": "0012", "holder_name": "Pemilik", "branch": "Contoh", **more}


async def test_an_account_is_made_changed_and_deleted(shop: Asker) -> None:
    made = await shop.done("bank.create", **account(kind(shop, business=False)))
    assert isinstance(made["data"], dict)
    number = made["data"]["bank_id"]
    kept = await shop.done("bank.get", id=number)
    assert (kept["account_number"], kept["type"], kept["bank_type"]) == ("0012", "BANK", made["data"]["name"])
    assert kept in await shop.rows("bank.list", type="BANK")
    await shop.done("bank.update", bank_id=number, bank_type=kept["bank_type"], branch="Lain")
    assert await shop.done("bank.get", id=number) == {**kept, "branch": "Lain"}
    assert await shop.done("bank.delete", bank_id=number) == {"response": "Success", "data": None}
    assert (await shop.ask("bank.get", id=number)).status_code == 404
    assert (await shop.ask("bank.delete_mutation", bank_id=number)).status_code == 404


async def test_a_business_bank_needs_a_company(shop: Asker) -> None:
    business = kind(shop, business=True)
    assert list(await shop.refused("bank.create", **account(business))) == ["corporate_id"]
    await shop.done("bank.create", **account(business, corporate_id="PT-UJI"))
    private = await shop.rows("bank.list_master", without_business_bank="true")
    assert business not in [row["bank_type"] for row in private]
    assert len(private) < len(await shop.rows("bank.list_master"))


async def test_no_answer_shows_a_secret(shop: Asker) -> None:
    made = await shop.ask("bank.create", **account(kind(shop, business=False), username="uji_masuk", pin="314159"))
    number = made.json()["data"]["bank_id"]
    answers = [made, await shop.ask("bank.get", id=number), await shop.ask("bank.list", type="BANK")]
    for answer in answers:
        assert "314159" not in answer.text
        assert "uji_masuk" not in answer.text
    await shop.done("bank.delete_mutation", bank_id=number)
    assert (
        shop.number("SELECT count(*) FROM bank WHERE pin = '314159' OR follows_mutation AND bank_id = ?", number) == 0
    )


async def test_gateways_are_listed_apart_and_not_changed(shop: Asker) -> None:
    gateways = await shop.rows("bank.list", type="PAYMENT GATEWAY")
    assert {row["type"] for row in gateways} == {"PAYMENT GATEWAY"}
    wrong = await shop.refused("bank.update", bank_id=gateways[0]["bank_id"], bank_type=kind(shop, business=False))
    assert list(wrong) == ["bank_id"]
    assert list(await shop.refused("bank.list", type="PAYMENT_GATEWAY")) == ["type"]


async def test_xendit_banks_are_found_by_name(shop: Asker) -> None:
    every = await shop.rows("bank.list_xendit_master")
    name = str(every[0]["name"])
    assert every[0] in await shop.rows("bank.list_xendit_master", keyword=name.upper())
    assert await shop.rows("bank.list_xendit_master", keyword="no such bank") == []
