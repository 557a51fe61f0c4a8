from __future__ import annotations

import asyncio
import math
import threading
from datetime import datetime, timedelta

import pytest

from ngorder_tui import clock
from ngorder_tui.store.database import Database, StoreError
from ngorder_tui.store.drafts import Draft, Drafts
from ngorder_tui.store.values import Json

from .conftest import OpenState

NOON = datetime(2025, 3, 4, 12, 0, 0, tzinfo=clock.JAKARTA)


async def test_a_draft_is_there_for_the_next_process_with_its_focus(open_state: OpenState) -> None:
    content: dict[str, Json] = {
        "receiver": "Bu Contoh\ud800\0\x1b",
        "lines": [{"id": 0, "qty": 2}],
        "paid": None,
        "cod": False,
    }
    clock.stop_at(NOON)
    try:
        saved = await Drafts(await open_state()).save("order", "d1", content, "lines.0.qty")
    finally:
        clock.stop_at(None)
    found = await Drafts(await open_state()).get("order", "d1")
    assert found == saved == Draft("order", "d1", content, "lines.0.qty", NOON)


async def test_saving_again_replaces(state: Database) -> None:
    drafts = Drafts(state)
    await drafts.save("order", "d1", {"note": "a"}, "note")
    await drafts.save("order", "d1", {"note": "ab", "cod": True}, "cod")
    (draft,) = await drafts.list("order")
    assert (draft.content, draft.focus) == ({"note": "ab", "cod": True}, "cod")


async def test_the_one_saved_last_comes_first_though_the_clock_goes_back(state: Database) -> None:
    drafts = Drafts(state)
    try:
        for hours, draft_id in ((0, "a"), (0, "b"), (-2, "c"), (-3, "a")):
            clock.stop_at(NOON + timedelta(hours=hours))
            await drafts.save("order", draft_id, {}, "")
    finally:
        clock.stop_at(None)
    assert [draft.draft_id for draft in await drafts.list("order")] == ["a", "c", "b"]


async def test_kinds_are_apart(state: Database) -> None:
    drafts = Drafts(state)
    await drafts.save("order", "1", {"of": "order"}, "")
    await drafts.save("transfer", "1", {"of": "transfer"}, "")
    await drafts.drop("order", "1")
    await drafts.drop("order", "never there")
    assert await drafts.list("order") == ()
    assert await drafts.get("order", "1") is None
    assert [draft.content for draft in await drafts.list("transfer")] == [{"of": "transfer"}]


async def test_a_change_while_the_disk_is_waited_for_does_not_slip_in(state: Database) -> None:
    gate = threading.Event()
    holding = asyncio.create_task(state.run(lambda _: gate.wait(30)))
    content: dict[str, object] = {"note": "as typed"}
    saving = asyncio.create_task(Drafts(state).save("order", "1", content, ""))
    turned = asyncio.Event()
    asyncio.get_running_loop().call_soon(turned.set)
    await turned.wait()
    content["note"] = "changed"
    gate.set()
    await asyncio.gather(holding, saving)
    (draft,) = await Drafts(state).list("order")
    assert draft.content == {"note": "as typed"}


@pytest.mark.parametrize("value", [math.nan, math.inf, {1, 2}, NOON])
async def test_what_json_has_not_is_refused_and_the_older_draft_stays(state: Database, value: object) -> None:
    drafts = Drafts(state)
    await drafts.save("order", "1", {"note": "older"}, "")
    with pytest.raises((TypeError, ValueError)):
        await drafts.save("order", "1", {"note": value}, "")
    (draft,) = await drafts.list("order")
    assert draft.content == {"note": "older"}


async def test_a_store_that_cannot_keep_says_so(state: Database) -> None:
    await state.close()
    with pytest.raises(StoreError):
        await Drafts(state).save("order", "1", {}, "")
