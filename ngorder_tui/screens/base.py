"""What every screen shares: the frame, the common commands, and one way to tell what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from ngorder_tui.commands import Command, Commanded
from ngorder_tui.dialogs.text import TextDialog
from ngorder_tui.i18n import N_, _
from ngorder_tui.widgets.key_bar import KeyBar
from ngorder_tui.widgets.top_line import AreaLine, TopLine

if TYPE_CHECKING:
    from ngorder_tui.app import NgorderApp
    from ngorder_tui.session import Session

Result = TypeVar("Result")


class NgorderScreen(Commanded, Screen[Result]):
    """A screen inside the frame. Subclasses give `heading`, `body` and their commands."""

    AUTO_FOCUS: ClassVar[str | None] = None
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = []
    area: ClassVar[str] = ""
    commands: ClassVar[tuple[Command, ...]] = (
        Command("app.help", "question_mark", "help", N_("Help"), N_("What can be done on this screen")),
        Command("app.back", "q,escape", "back", N_("Back"), N_("Back to where you came from")),
    )

    @property
    def ngorder(self) -> NgorderApp:
        """The app, by its own type."""
        return cast("NgorderApp", self.app)

    @property
    def session(self) -> Session:
        """Where every answer comes from."""
        return self.ngorder.session

    @property
    def here(self) -> str:
        """The area that the screen belongs to."""
        return self.area

    @property
    def heading(self) -> str:
        """The screen's name in the top line."""
        return ""

    def body(self) -> ComposeResult:
        """The screen's own widgets, between the area line and the key bar."""
        yield from ()

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        top = TopLine()
        top.heading = self.heading
        yield top
        yield AreaLine(self.here)
        yield from self.body()
        yield KeyBar()

    def on_mount(self) -> None:
        """Offer the commands in the key bar."""
        self.set_class(self.ngorder.is_light, "-light")
        self.offer_commands()

    def on_screen_resume(self) -> None:
        """The screen is on top again."""
        self.offer_commands()

    def can_use(self, command: Command) -> bool:
        """Whether the command can be used now."""
        return bool(command.action)

    def offer_commands(self) -> None:
        """Show in the key bar what can be used now."""
        bar = self.query(KeyBar)
        if bar:
            offered = [command for command in self.all_commands() if command.footer and self.can_use(command)]
            bar.first().offer((self.ngorder.key_of(command), command.shown_name) for command in offered)

    def usable_commands(self) -> Sequence[Command]:
        """All commands that can be used now, for help and palette."""
        return [command for command in self.all_commands() if self.can_use(command)]

    def action_help(self) -> None:
        """Show what can be done here, made from the live Commands."""
        self.app.push_screen(TextDialog(_("Keys: {screen}").format(screen=self.heading), self.help_text()))

    def help_text(self) -> str:
        """The commands of this screen, then those that are the same everywhere."""
        lines = [self._help_line(command) for command in self.usable_commands()]
        everywhere = [self._help_line(command) for command in self.ngorder.all_commands()]
        return "\n".join([*lines, "", _("Everywhere"), *everywhere])

    def _help_line(self, command: Command) -> str:
        return f"{self.ngorder.key_of(command):>8}  {command.shown_help}"

    def action_back(self) -> None:
        """Leave this screen, if there is one below it."""
        if len(self.app.screen_stack) > 1:
            self.dismiss(None)

    def say(self, sentence: str, *, bad: bool = False) -> None:
        """Tell something in passing."""
        self.app.notify(sentence, severity="error" if bad else "information", markup=False, timeout=8 if bad else 4)

    def focus_on(self, widget: Widget) -> None:
        """Give the focus to this widget of the screen."""
        self.set_focus(widget)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker that failed without a sentence of its own is a fault of this program: say so, keep running."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.ngorder.report_fault(event.worker.error)
