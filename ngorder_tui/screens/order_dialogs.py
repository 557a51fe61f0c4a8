"""Two small windows of the order form: a customer made on the spot, and one line with all that can be set on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from ngorder_tui import formats
from ngorder_tui.dialogs.base import Dialog
from ngorder_tui.dialogs.confirm import Confirm
from ngorder_tui.i18n import _
from ngorder_tui.screens.order_items import Change, Item
from ngorder_tui.screens.order_people import Person
from ngorder_tui.screens.sending import send
from ngorder_tui.widgets.labels import label
from ngorder_tui.widgets.lookup import Choice, Finder, LookupInput
from ngorder_tui.widgets.model_form import ModelForm
from ngorder_tui.widgets.working import begin

if TYPE_CHECKING:
    from ngorder_tui.api.models import Query
    from ngorder_tui.screens.base import NgorderScreen

Result = TypeVar("Result")
Keep = Callable[[Mapping[str, object]], Awaitable[None]]


class FormDialog(Dialog[Result]):
    """A form in a window: F10 or ctrl+s takes it."""

    DEFAULT_CSS = """
    FormDialog {
        & > Vertical { height: 90%; }
        & ModelForm { background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s,f10", "take", show=False, priority=True)]

    def __init__(self, title: str, form: ModelForm) -> None:
        super().__init__(title)
        self.form = form

    def body(self) -> ComposeResult:
        """The form and the keys."""
        yield self.form
        yield Static(self.keys(), classes="dialog--keys", markup=False)

    def keys(self) -> str:
        """What the keys do."""
        return _("F10 or ctrl+s Take it   Esc Leave it")

    def on_mount(self) -> None:
        """Begin at the first field."""
        self.call_after_refresh(self.form.focus_first)

    def action_take(self) -> None:
        """Answer, if every field can be read."""


class NewCustomer(FormDialog[Person]):
    """Makes a customer and answers who it is. What is typed is kept with the order's draft."""

    def __init__(
        self,
        screen: NgorderScreen[Any],
        finders: Mapping[str, Finder],
        typed: str,
        left: Mapping[str, object] | None,
        keep: Keep,
    ) -> None:
        from ngorder_tui.api.chapters.customer import CreateCustomer

        super().__init__(_("New customer"), ModelForm(CreateCustomer, finders=finders))
        self._screen = screen
        self._keep = keep
        if left:
            self.form.restore(left)
        elif typed:
            is_phone = typed.lstrip("+").replace(" ", "").replace("-", "").isdecimal()
            self.form.input("phone" if is_phone else "name").restore(typed)

    def keys(self) -> str:
        """What the keys do."""
        return _("F10 or ctrl+s Send   Esc Leave it, what is typed stays with the order")

    async def keep(self) -> None:
        """Every key is on disk before the next."""
        await self._keep(self.form.content())

    async def on_model_form_changed(self, event: ModelForm.Changed) -> None:
        """What no key says, such as a click, is kept too."""
        event.stop()
        await self.keep()

    def action_take(self) -> None:
        """Say what is sent, and send it."""
        if (query := self.form.build()) is not None:
            begin(self, partial(self._send, query), "dialog", exclusive=True)

    async def _send(self, query: Query) -> None:
        from ngorder_tui.api.chapters import customer

        if not isinstance(query, customer.CreateCustomer):
            raise TypeError(f"{query!r} is no customer")
        call = customer.CREATE(query)
        name = self.form.input("name").text.strip()
        lines = "\n".join(f"{line.label}: {line.text.strip()}" for line in self.form.lines() if line.text.strip())
        if not await self.app.push_screen_wait(Confirm(_("Make this customer?"), lines)):
            return
        receipt = await send(self._screen, call, _("new customer {name}").format(name=name), holds=False)
        if receipt is None:
            return
        if receipt.error is not None and receipt.error.fields:
            self.form.show_problems(receipt.error.fields)
        if receipt.state != "done" or receipt.value is None or receipt.value.data is None:
            return
        number = receipt.value.data.customer_id
        if number is None:
            self._screen.say(_("The customer was made; the server does not say its number. Look for it by name."))
            self.dismiss(None)
            return
        district = self.form.input("district_id")
        chosen = district.chosen if isinstance(district, LookupInput) else None
        self.dismiss(
            Person(
                key=str(number),
                name=name,
                phone=self.form.input("phone").text.strip(),
                category=self.form.input("category").text.strip(),
                district=chosen.label if chosen else "",
                district_id=int(chosen.key) if chosen and chosen.key.isdecimal() else None,
            )
        )


class LineDialog(FormDialog[dict[str, object]]):
    """A line whole: quantity, warehouse, discount, promo. Answers the line's values as they are sent."""

    DEFAULT_CSS = """
    LineDialog > Vertical { height: 18; }
    """
    FIELDS: ClassVar[tuple[str, ...]] = (
        "qty", "warehouse_id", "type", "nominal", "percentage", "promo_id", "discount_promo", "flag",
    )  # fmt: skip

    def __init__(self, item: Item, quantity: int, change: Change, warehouses: Finder | None) -> None:
        from ngorder_tui.api.chapters.order_parts import OrderLine

        self._item = item

        async def promos(_words: str) -> Sequence[Choice]:
            return [
                Choice(str(promo.promo_id), promo.title or f"#{promo.promo_id}", formats.rupiah(promo.discount))
                for promo in item.promos
            ]

        finders: dict[str, Finder] = {"PromoId": promos} | ({"WarehouseId": warehouses} if warehouses else {})
        form = ModelForm(
            OrderLine, finders=finders, only=self.FIELDS, labels={"nominal": _("Discount in Rp"), "type": _("Discount")}
        )
        super().__init__(f"{item.sku}  {item.title}".strip(), form)
        form.fill({"id": item.variation_id, "product_status": item.origin, "qty": quantity, **change})

    def keys(self) -> str:
        """What the keys do."""
        return _("A space in Warehouse or Promo lists them   F10 or ctrl+s Take it   Esc Leave it")

    @on(LookupInput.Chosen)
    def _promo_chosen(self, event: LookupInput.Chosen) -> None:
        """What a promo takes off each piece goes with it."""
        event.stop()
        if event.lookup.field == "promo_id":
            for promo in self._item.promos:
                if str(promo.promo_id) == event.choice.key:
                    self.form.input("discount_promo").restore(str(promo.discount))

    def action_take(self) -> None:
        """Answer, if every field can be read."""
        problems: dict[str, Sequence[str]] = {}
        kind = self.form.input("type").text
        wanted = {"NOMINAL": "nominal", "PERCENTAGE": "percentage"}.get(kind, "")
        if wanted and not self.form.input(wanted).text.strip():
            problems[wanted] = (_("Say how much: the discount is {kind}.").format(kind=label(wanted).casefold()),)
        for name, other in (("nominal", "NOMINAL"), ("percentage", "PERCENTAGE")):
            if not kind and self.form.input(name).text.strip():
                problems["type"] = (_("Say whether the discount is rupiah or percent."),)
            elif kind and kind != other and self.form.input(name).text.strip():
                problems[name] = (_("The discount is of the other kind: clear this."),)
        if (query := self._all(problems)) is not None:
            self.dismiss(query)

    def _all(self, problems: Mapping[str, Sequence[str]]) -> dict[str, object] | None:
        """Everything the form says: what was filled in and not touched is the line's all the same."""
        query = self.form.build()
        if query is None:
            return None
        if problems:
            self.form.show_problems(problems)
            return None
        said = {line.field: line.typed() for line in self.form.lines() if line.text.strip()}
        values = self.form.model.model_validate({"id": 0, "product_status": "S", "qty": 1, **said})
        return values.model_dump(mode="json", exclude_unset=True, include=set(said))
