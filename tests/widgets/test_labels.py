"""Names for people: every parameter has one, codes get their meaning from the choices around them."""

from __future__ import annotations

import pytest

from ngorder_tui.api.endpoint import every
from ngorder_tui.widgets.form_shape import FieldShape, shape_of
from ngorder_tui.widgets.labels import choice_label, label


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("customer_receiver_id", "Receiver"),
        ("awb_number", "AWB number"),
        ("some_new_thing", "Some new thing"),
        ("new_thing_id", "New thing"),
        ("id", "Id"),
        ("", ""),
        ("_", "_"),
    ],
)
def test_a_name_for_every_parameter(name: str, words: str) -> None:
    assert label(name) == words


@pytest.mark.parametrize(
    ("choice", "choices", "words"),
    [
        ("Y", ("Y", "N"), "yes"),
        ("N", ("Y", "N"), "no"),
        ("N", ("N", "Y", "D"), "customer"),
        (0, (1, 0), "no"),
        (0, (0, 1, 2), "ready to send"),
        ("R", ("S", "R", "PO"), "another supplier's"),
        ("R", ("0", "1", "4", "T", "R"), "asked to join"),
        (True, (True, False), "yes"),
        ("NO AWB", (), "no AWB"),
        ("SOME_NEW_WORD", (), "some new word"),
        ("JNE", (), "JNE"),
        (7, (), "7"),
    ],
)
def test_a_name_for_every_choice(choice: object, choices: tuple[object, ...], words: str) -> None:
    assert choice_label(choice, choices) == words


def test_every_field_and_every_choice_of_every_endpoint_has_a_name() -> None:
    def walk(shapes: tuple[FieldShape, ...]) -> int:
        seen = 0
        for shape in shapes:
            assert label(shape.name)
            assert all(choice_label(choice, shape.choices) for choice in shape.choices)
            assert (shape.model is not None) == (shape.kind in {"object", "objects"}), shape
            seen += 1 + (walk(shape_of(shape.model)) if shape.model is not None else 0)
        return seen

    assert sum(walk(shape_of(endpoint.takes)) for endpoint in every()) > 200
