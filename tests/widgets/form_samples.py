"""Input models that are plainly invented, and an app that shows a form of one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Literal

from pydantic import Field
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Button

from ngorder_tui.api.fields import (
    Amount,
    CustomerId,
    Day,
    Digits,
    MaybeBlank,
    Month,
    Number,
    Percent,
    Phone,
    Quantity,
    Secret,
    Upload,
    VariationId,
    WarehouseId,
    Words,
    YesNo,
)
from ngorder_tui.api.models import Query
from ngorder_tui.widgets.lookup import Choice
from ngorder_tui.widgets.model_form import ModelForm

Press = Callable[[str], Awaitable[None]]


class Pay(Query):
    status: Literal["PAID", "INSTALLMENT", "UNPAID"]
    amount: Amount | None = None
    day: Annotated[Day | None, Field(alias="date")] = None


class Line(Query):
    sku: Words
    qty: Quantity
    gift: YesNo | None = None


class Sale(Query):
    """Something of everything."""

    customer_id: CustomerId
    note: Words | None = None
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]
    payment: Pay | None = None
    is_print: bool | None = None
    interval: Percent | None = None


class Parcel(Query):
    name: MaybeBlank
    pin: Secret | None = None
    weight: Number | None = None
    month: Month | None = None
    phone: Phone | None = None
    postal_code: Digits | None = None
    file: Upload | None = None
    codes: tuple[Words, ...] | None = None
    services: tuple[Literal[1, 2, 3], ...] | None = None
    variation_ids: tuple[VariationId, ...] = ()
    stock: Literal["Y", "N"] | None = None
    level: Literal[1, 0] | None = None


class Shelf(Query):
    warehouse_id: WarehouseId
    pieces: Annotated[int, Field(ge=0)]
    kept: tuple[Line, ...] | None = None


class Move(Query):
    """Lists in lists, and an object that must be there."""

    shelves: tuple[Shelf, ...]
    place: Shelf
    day: Day


PEOPLE = (
    Choice("41", "Orang Contoh", "Jalan Contoh 1"),
    Choice("42", "Orang Percobaan", "Jalan Contoh 2"),
    Choice("0", "Gudang Contoh [b]", "nol"),
)


async def find_people(words: str) -> Sequence[Choice]:
    return [person for person in PEOPLE if words.casefold() in person.label.casefold()]


class Showing(App[None]):
    """Shows widgets, and keeps every message about them that a person's keys caused."""

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self.widgets = widgets
        self.changes: list[str] = []

    def compose(self) -> ComposeResult:
        yield from self.widgets
        yield Button("Send", id="send")

    def on_model_form_changed(self, event: ModelForm.Changed) -> None:
        self.changes.append(event.field)


async def feed(pilot: Pilot[None], text: str) -> None:
    """All of the text as one read from the terminal would bring it."""
    for event in XTermParser().feed(text):
        event.set_sender(pilot.app)
        pilot.app.post_message(event)
    await pilot.pause()


def screen_text(app: App[None]) -> str:
    """What stands on the screen, line by line."""
    lines = app.screen._compositor.render_strips()
    return "\n".join(line.text.rstrip() for line in lines)
