"""The two lines at the top of every screen: where you are and how the line is; and the areas behind the digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import var
from textual.widget import Widget

from ngorder_tui import formats
from ngorder_tui.areas import AREAS
from ngorder_tui.i18n import _
from ngorder_tui.link import Link
from ngorder_tui.widgets.record_columns import fit

if TYPE_CHECKING:
    from ngorder_tui.app import NgorderApp


def link_text(link: Link, *, sandbox: bool, ascii_only: bool) -> str:
    """The state of the line by symbol and word, never by colour alone."""
    dot = "*" if ascii_only else "●"
    hollow = "o" if ascii_only else "○"
    latency = "" if link.latency is None else _(" {ms} ms").format(ms=max(1, round(link.latency * 1000)))
    match link.state:
        case "untried":
            text = hollow + " " + _("not asked yet")
        case "online":
            text = dot + latency
        case "slow":
            text = dot + latency + " " + _("slow")
        case "offline":
            since = "" if link.since is None else _(" since {time}").format(time=formats.clock(link.since))
            text = hollow + " " + _("offline") + since
    return f"{text} {_('sandbox')}" if sandbox else text


class TopLine(Widget):
    """Shop, screen, link state, writes not yet confirmed, unread notifications: one line."""

    DEFAULT_CSS = """
    TopLine { height: 1; background: $panel; color: $foreground; }
    """

    heading: var[str] = var("")

    def on_mount(self) -> None:
        """Follow the app's state."""
        for name in ("link", "unsettled", "unread", "shop"):
            self.watch(self.app, name, self._redraw, init=False)

    def _redraw(self) -> None:
        self.refresh()

    def watch_heading(self) -> None:
        """Another screen title."""
        self.refresh()

    def render(self) -> RenderResult:
        """The line, fitted to the width: the right part is always whole."""
        app: NgorderApp = self.app  # type: ignore[assignment]
        right = [link_text(app.link, sandbox=app.is_sandbox, ascii_only=app.settings.ascii)]
        if app.unsettled:
            right.append(_("{n} unsent").format(n=app.unsettled) + f" {app.key_to('app.outbox')}")
        if app.unread:
            right.append(f"{'mail' if app.settings.ascii else '✉'} {app.unread}")
        end = "   ".join(right) + " "
        left = " Ngorder" + (f"  {app.shop}" if app.shop else "") + (f"  ·  {self.heading}" if self.heading else "")
        return Content(fit(left, max(1, self.size.width - cell_len(end))) + end)


class AreaLine(Widget):
    """The areas with their digits; the one that is open is marked."""

    DEFAULT_CSS = """
    AreaLine { height: 1; color: $text-muted; &> .area-line--here { text-style: reverse; } }
    """
    COMPONENT_CLASSES = {"area-line--here"}

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here = here

    def render(self) -> RenderResult:
        """One line of "digit title"."""
        style = self.get_visual_style("area-line--here")
        texts = [(area.name, f"{area.key} {area.title()}") for area in AREAS]
        if sum(cell_len(text) + 1 for _name, text in texts) > self.size.width:
            texts = [(name, text.replace(" ", "", 1)) for name, text in texts]
        parts: list[Content] = []
        for name, text in texts:
            parts.append(Content(" "))
            parts.append(Content.styled(text, style) if name == self.here else Content(text))
        return Content("").join(parts)
