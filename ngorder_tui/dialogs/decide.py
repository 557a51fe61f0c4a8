"""Decide on each order of a payment: accept or reject by one key, then send all decisions at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static
from typing_extensions import override

from ngorder_tui.dialogs.base import Dialog
from ngorder_tui.i18n import _

Decision = Literal["ACCEPT", "REJECT"]


@dataclass(frozen=True, slots=True)
class Pending:
    """An order to decide on: its key, and how it is named to a person."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be decided: the orders, how they are decided at first, and what a rejection costs."""

    orders: tuple[Pending, ...]
    preset: Decision | None = None
    reject_warning: str = ""


class Decide(Dialog[Mapping[str, Decision]]):
    """Answers a decision for every order. `y` sends, and only once all are decided; Enter does nothing.

    It opens at once, so that keys typed ahead come here and do nothing while `reading` reads the question; a text
    instead of one says why there is nothing to decide.
    """

    DEFAULT_CSS = """
    Decide VerticalScroll { height: auto; max-height: 14; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("a", "decide('ACCEPT')", show=False),
        Binding("x", "decide('REJECT')", show=False),
        Binding("A", "decide_all", show=False),
        Binding("y", "send", show=False),
    ]

    def __init__(self, title: str, reading: Callable[[], Awaitable[Question | str]]) -> None:
        super().__init__(title)
        self._reading = reading
        self._orders: tuple[Pending, ...] = ()
        self._decisions: dict[str, Decision] = {}
        self._at = 0
        self._reject_warning = ""

    def body(self) -> ComposeResult:
        """The orders with their decisions, the warning, the keys."""
        with VerticalScroll():
            yield Static("", classes="decide--orders", markup=False)
        yield Static("", classes="dialog--problem", markup=False)
        yield Static("", classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Read the question."""
        self.query_one(".decide--orders", Static).update(_("Asking the server…"))
        self._tell_keys(_("Esc Leave it"))
        self.run_worker(self._read(), group="question", exit_on_error=False)

    async def _read(self) -> None:
        question = await self._reading()
        if isinstance(question, str):
            self.query_one(".decide--orders", Static).update("")
            self.query_one(".dialog--problem", Static).update(question)
            return
        self._orders = question.orders
        self._reject_warning = question.reject_warning
        if question.preset is not None:
            self._decisions = dict.fromkeys((order.key for order in question.orders), question.preset)
        self._draw()

    def _draw(self) -> None:
        words = {"ACCEPT": _("✓ accept"), "REJECT": _("✗ reject"), None: _("  ?")}
        lines = [
            f"{'>' if index == self._at else ' '} {words[self._decisions.get(order.key)]:<9} {order.text}"
            for index, order in enumerate(self._orders)
        ]
        self.query_one(".decide--orders", Static).update("\n".join(lines))
        rejects = "REJECT" in self._decisions.values()
        self.query_one(".dialog--problem", Static).update(self._reject_warning if rejects else "")
        keys = _("a Accept   x Reject   A Accept all   Esc Leave it")
        self._tell_keys(_("y Send it   ") + keys if self._is_complete else keys)

    def _tell_keys(self, keys: str) -> None:
        self.query_one(".dialog--keys", Static).update(keys)

    @property
    def _is_complete(self) -> bool:
        return bool(self._orders) and all(order.key in self._decisions for order in self._orders)

    @override
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be decided before the question is here."""
        return bool(self._orders) or action == "leave"

    def action_move(self, step: int) -> None:
        """Another order."""
        self._at = max(0, min(len(self._orders) - 1, self._at + step))
        self._draw()

    def action_decide(self, decision: Decision) -> None:
        """Decide on this order, and go to the next."""
        self._decisions[self._orders[self._at].key] = decision
        self._at = min(len(self._orders) - 1, self._at + 1)
        self._draw()

    def action_decide_all(self) -> None:
        """Accept all of them."""
        self._decisions = dict.fromkeys((order.key for order in self._orders), "ACCEPT")
        self._draw()

    def action_send(self) -> None:
        """Answer, once every order is decided."""
        if self._is_complete:
            self.dismiss(self._decisions)
