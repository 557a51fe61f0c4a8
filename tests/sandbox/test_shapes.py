from __future__ import annotations

import pytest

from ngorder_tui.sandbox.answering import handlers
from tests.sandbox.asking import Asker
from tests.sandbox.calls import CALLS
from tests.sandbox.shapes import differences, documented

DOCUMENTED = documented()


@pytest.mark.parametrize("id", [name for name in CALLS if DOCUMENTED[name]])
async def test_answers_have_the_documented_shape(shop: Asker, id: str) -> None:
    call = CALLS[id]
    response = await shop.ask_with(id, call.arguments(shop.db))
    assert response.status_code == 200, response.text
    assert differences(response.json(), DOCUMENTED[id], call.allowed) == []


def test_every_handler_has_a_call(shop: Asker) -> None:
    assert set(handlers()) - set(CALLS) == set()


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ({"data": [{"id": 1}]}, "/data/*/email: missing"),
        ({"data": [{"id": "1", "email": None}]}, "/data/*/id: ['string'], in the example ['number']"),
        ({"data": [{"id": 1, "email": 0, "more": 1}]}, "/data/*/more: not in the example"),
        ({"data": [{"id": None, "email": "a"}]}, "/data/*/id: ['null'], in the example ['number']"),
        ({"data": [{"id": 1, "email": ""}, {"id": 2}]}, "/data/*/email: missing in some rows"),
        ({"data": [{"id": 1, "email": {"any": "thing"}}]}, None),
    ],
)
def test_differences_are_told(answer: object, problem: str | None) -> None:
    example = {
        "": frozenset({"object"}),
        "/data": frozenset({"array"}),
        "/data/*": frozenset({"object"}),
        "/data/*/id": frozenset({"number"}),
        "/data/*/email": frozenset({"null"}),
    }
    assert differences(answer, example, ()) == ([] if problem is None else [problem])
