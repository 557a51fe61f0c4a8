"""What is sent, as text for people: values of an endpoint's arguments."""

from __future__ import annotations

from ngorder_tui import formats
from ngorder_tui.widgets.labels import label


def said(value: object) -> str:
    """A value as it is sent: lists one item a line, sets of values with their names."""
    match value:
        case dict():
            return "; ".join(f"{label(str(name))} {said(item)}" for name, item in value.items())
        case list():
            return "".join(f"\n  {said(item)}" for item in value)
        case _:
            return formats.shown(value)
