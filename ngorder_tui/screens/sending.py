"""How a screen sends a write: consent to a guessed path, the session's receipt, a sentence about the user's data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ngorder_tui.dialogs.confirm import Confirm
from ngorder_tui.i18n import _
from ngorder_tui.session import Receipt

if TYPE_CHECKING:
    from ngorder_tui.api.endpoint import Call
    from ngorder_tui.screens.base import NgorderScreen

Out = TypeVar("Out")


async def send(screen: NgorderScreen[Any], call: Call[Out], title: str) -> Receipt[Out] | None:
    """Send and say what became of it; None where the user did not consent. Runs in a worker of the screen."""
    app = screen.ngorder
    if call.endpoint.is_write and app.settings.read_only:
        screen.say(_("This session is read-only: nothing was sent."), bad=True)
        return None
    if app.needs_consent(call.endpoint):
        question = _(
            "The reference does not give the address of this call ({path}); ours is a good guess.\n"
            "Send to it? Your answer is remembered for this profile."
        ).format(path=call.endpoint.path)
        if not await app.push_screen_wait(Confirm(title, question)):
            return None
        app.consent(call.endpoint.id)
    receipt = await screen.session.write(call, title)
    if app.is_running:
        tell(screen, receipt, title)
    return receipt


def tell(screen: NgorderScreen[Any], receipt: Receipt[Any], title: str) -> None:
    """One sentence: what happened, what it means for the user's data, which key helps."""
    why = str(receipt.error or "")
    match receipt.state:
        case "done":
            screen.say(_("Done: {title}").format(title=title))
        case "refused":
            screen.say(_("Refused, nothing was done: {title}. {why}").format(title=title, why=why), bad=True)
        case "unsent":
            screen.say(
                _("Not sent: {title}. {why} What you typed is still here.").format(title=title, why=why), bad=True
            )
        case "unknown":
            screen.say(
                _("Sent, answer unknown: {title}. It is noted in the journal as no. {n}; it is not sent again.").format(
                    title=title, n=receipt.number
                ),
                bad=True,
            )
