"""NgorderApp: the areas, the theme, the keymap and what all screens see. No business in it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.reactive import var

from ngorder_tui.areas import AREAS
from ngorder_tui.commands import Command, Commanded, key_name
from ngorder_tui.i18n import N_, _, ngettext
from ngorder_tui.link import Link
from ngorder_tui.outbox import Outbox, Outcome
from ngorder_tui.outbox_watch import OutboxWatch
from ngorder_tui.session import Session

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.notifications import SeverityLevel

    from ngorder_tui.api.chapters.notification import UnreadCount
    from ngorder_tui.api.endpoint import Endpoint
    from ngorder_tui.api.models import Reply
    from ngorder_tui.settings import Settings

log = logging.getLogger(__name__)
UNREAD_SECONDS = 60.0
"""How often the unread badge is asked for."""


def styles(name: str) -> Path:
    """A style sheet: beside the package's modules when installed, beside the package in a checkout."""
    installed = Path(__file__).parent / "styles" / name
    return installed if installed.exists() else Path(__file__).parent.parent / "styles" / name


def _palette() -> type[Provider]:
    from ngorder_tui.palette import Everything

    return Everything


class NgorderApp(Commanded, App[None]):
    """The program on screen."""

    TITLE = "Ngorder"
    CSS_PATH = [styles("base.tcss"), styles("widgets.tcss")]
    MODES = {area.name: area.open for area in AREAS}
    DEFAULT_MODE = "orders"
    COMMANDS = {_palette}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(area.key, f"area({area.name!r})", show=False, id=f"area.{area.name}") for area in AREAS
    ]
    commands: ClassVar[tuple[Command, ...]] = (
        Command("app.palette", "colon,ctrl+p", "command_palette", N_("Find"), N_("Find a screen, an action, an order")),
        Command("app.outbox", "ctrl+t", "outbox", N_("Outbox"), N_("What waits to be sent, or has no known answer")),
        Command("app.redraw", "ctrl+l", "redraw", N_("Redraw"), N_("Draw the whole screen again")),
        Command("app.quit", "ctrl+q,ctrl+c", "quit", N_("Quit"), N_("Leave; what is being sent is waited for")),
    )

    link: var[Link] = var(Link())
    unsettled: var[int] = var(0)
    unread: var[int] = var(0)
    shop: var[str] = var("")

    def __init__(self, settings: Settings, session: Session, *, is_sandbox: bool = False) -> None:
        super().__init__()
        self.settings = settings
        self.session = session
        self.is_sandbox = is_sandbox
        self._consented = set(settings.consented)
        self._remember: Callable[[str], None] | None = None
        self.outbox = Outbox(session, is_read_only=settings.read_only)
        self.outbox_watch = OutboxWatch(self)
        self.outbox.listen(self._tell_outcome)
        session.listen(self._follow)

    @property
    def is_light(self) -> bool:
        """Whether the terminal or the line asks for few bytes: 16 colours, a gutter cursor, no scrollbars."""
        return bool(self.settings.lite)

    async def on_mount(self) -> None:
        """Apply the settings; start what runs beside the screens once the first paint is out."""
        self._choose_theme()
        if self.settings.keymap:
            self.set_keymap(dict(self.settings.keymap))
        self.call_after_refresh(self._start_beside)

    def _choose_theme(self) -> None:
        wanted = self.settings.theme or ("ansi-dark" if self.is_light else "")
        if wanted in self.available_themes:
            self.theme = wanted
        elif wanted:
            names = ", ".join(sorted(self.available_themes))
            self.notify(
                _("There is no theme {name}. There are: {names}").format(name=wanted, names=names), markup=False
            )

    def _start_beside(self) -> None:
        for notice in self.session.store.notices:
            self.notify(notice, severity="warning", markup=False, timeout=10)
        self.run_worker(self._look_at_open_writes(), group="start", exit_on_error=False)
        self.run_worker(self._poll_unread(), group="unread", exit_on_error=False)
        self.run_worker(self._name_the_shop(), group="shop", exit_on_error=False)

    def _follow(self) -> None:
        self.link = self.session.link
        self.unsettled = self.session.unsettled
        self.outbox_watch.follow()

    async def _look_at_open_writes(self) -> None:
        """What the last run left behind is told once; what waits is sent when the line is there."""
        await self.session.start()
        await self.outbox.waiting()
        waiting, unknown = self.outbox.count, await self.session.store.journal.unknown()
        told = []
        if waiting:
            words = ngettext("{n} write waits to be sent.", "{n} writes wait to be sent.", waiting)
            told.append(words.format(n=waiting))
        if unknown:
            words = ngettext(
                "{n} write was sent and has no known answer.", "{n} writes were sent and have no known answer.",
                len(unknown),
            )  # fmt: skip
            told.append(words.format(n=len(unknown)))
        if told:
            key = _("{key} shows them.").format(key=self.key_to("app.outbox"))
            self.notify(" ".join((*told, key)), severity="warning", markup=False, timeout=10)
        self.outbox_watch.follow()

    def _tell_outcome(self, outcome: Outcome) -> None:
        """What became of a held write; that it waits on shows in the outbox."""
        if self.is_running and outcome.fate not in {"waits", "gone"}:
            is_good = outcome.fate == "done"
            severity: SeverityLevel = "information" if is_good else "error"
            self.notify(outcome.sentence, severity=severity, markup=False, timeout=4 if is_good else 10)

    async def _poll_unread(self) -> None:
        from ngorder_tui.screens.calls import unread_count

        async for answer in self.session.poll(unread_count, UNREAD_SECONDS):
            self._show_unread(answer)

    async def count_unread(self) -> None:
        """Ask for the unread badge now. Raises ApiError."""
        from ngorder_tui.screens.calls import unread_count

        self._show_unread(await self.session.latest(await unread_count()))

    def _show_unread(self, answer: Reply[UnreadCount]) -> None:
        if answer.data is not None:
            self.unread = (answer.data.activity or 0) + (answer.data.news or 0)

    async def _name_the_shop(self) -> None:
        from ngorder_tui.api.errors import ApiError
        from ngorder_tui.screens.calls import shop

        try:
            async for kept in self.session.read(await shop(), max_age=86400):
                names = [row.shop_name for row in kept.value.readable() if row.shop_name]
                self.shop = names[0] if names else ""
        except ApiError as error:
            log.info("the shop's name is not known: %s", error)

    def action_area(self, name: str) -> None:
        """Go to an area; a dialog on top must be answered first."""
        if not self.screen.is_modal:
            self.switch_mode(name)

    async def action_find_in(self, name: str, words: str) -> None:
        """Go to an area and search its list."""
        from ngorder_tui.screens.list_screen import ListScreen

        await self.switch_mode(name)
        if isinstance(self.screen, ListScreen):
            self.screen.ask({"keyword": words})

    async def show_in(self, name: str, key: str) -> None:
        """Go to an area and put the cursor on this record."""
        from ngorder_tui.screens.list_screen import ListScreen

        await self.switch_mode(name)
        if isinstance(self.screen, ListScreen):
            self.screen.seek(key)

    def action_outbox(self) -> None:
        """Show the outbox over whatever is open; a dialog on top must be answered first."""
        from ngorder_tui.screens.outbox import OutboxScreen

        if not self.screen.is_modal and not isinstance(self.screen, OutboxScreen):
            self.push_screen(OutboxScreen())

    def action_redraw(self) -> None:
        """Draw the whole screen again."""
        self.refresh(repaint=True, layout=True)
        self.screen.refresh(repaint=True, layout=True)

    def key_of(self, command: Command) -> str:
        """How the key of a command is written, by the user's own keymap where it names the command."""
        return key_name(self.settings.keymap.get(command.id, command.key))

    def key_to(self, command_id: str) -> str:
        """How the key of one of the app's own commands is written."""
        return next((self.key_of(command) for command in self.all_commands() if command.id == command_id), "")

    def needs_consent(self, endpoint: Endpoint[Any, Any]) -> bool:
        """Whether a write goes to a path that is our guess, and nobody has agreed to that yet."""
        return (
            endpoint.is_write
            and endpoint.unconfirmed
            and endpoint.id not in self._consented
            and endpoint.id not in self.settings.paths
        )

    def consent(self, endpoint_id: str) -> None:
        """Remember that the user agreed to send this write to its guessed path."""
        from ngorder_tui.settings import remember_consent

        self._consented.add(endpoint_id)
        remember_consent(self.settings, endpoint_id)
        self.session.consent(endpoint_id)

    def report_fault(self, error: BaseException) -> None:
        """A fault of this program's own: into the log, and one sentence on screen; nothing typed is lost."""
        log.error("fault", exc_info=error)
        self.notify(
            _("A fault in this program ({kind}). What you typed is kept; see the log file.").format(
                kind=type(error).__name__
            ),
            severity="error",
            markup=False,
        )
