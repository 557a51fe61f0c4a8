"""How a screen sends a write: consent to a guessed path, the session's receipt, a sentence about the user's data.

What did not leave this machine may be held in the outbox, and nothing that waits there is sent a second time from the
form that it was made from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from ngorder_tui.dialogs.confirm import Confirm, ConfirmByWord
from ngorder_tui.dialogs.hold import Hold
from ngorder_tui.i18n import _
from ngorder_tui.session import Receipt

if TYPE_CHECKING:
    from ngorder_tui.api.endpoint import Call
    from ngorder_tui.api.errors import ApiError
    from ngorder_tui.screens.base import NgorderScreen
    from ngorder_tui.session import Session

Out = TypeVar("Out")


@dataclass(frozen=True, slots=True)
class Source:
    """What a write is made from: a form's draft, or the one thing that it is about, by kind and id.

    `once`: it makes one new thing, so that sending it after it was done makes a second one. `asked`: the user has
    already agreed that it may be done twice.
    """

    kind: str
    id: str
    once: bool = True
    asked: bool = False

    @property
    def draft(self) -> tuple[str, str]:
        """As the journal names it."""
        return self.kind, self.id


async def send(
    screen: NgorderScreen[Any],
    call: Call[Out],
    title: str,
    source: Source | None = None,
    *,
    facts: Mapping[str, object] | None = None,
    holds: bool = True,
) -> Receipt[Out] | None:
    """Send and say what became of it; None where the user did not consent. Runs in a worker of the screen.

    What did not leave may be held in the outbox, unless its answer is waited for here (`holds` False). `facts` are what
    it is made on, for the check of a held one.
    """
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
    if source is not None and not await _may_send(screen, title, source):
        return None
    receipt = await screen.session.write(call, title, draft=None if source is None else source.draft)
    if not app.is_running:
        return receipt
    tell(screen, receipt, title)
    if holds and receipt.state == "unsent" and receipt.error is not None:
        number = await offer_hold(screen, call, title, receipt.error, source, facts=facts)
        if number is not None:
            return replace(receipt, number=number, state="held")
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
                _(
                    "Sent, answer unknown: {title}. It is noted in the journal as no. {n}; it is not sent again. "
                    "{key} looks for it."
                ).format(title=title, n=receipt.number, key=screen.ngorder.key_to("app.outbox")),
                bad=True,
            )


async def offer_hold(
    screen: NgorderScreen[Any],
    call: Call[Any],
    title: str,
    error: ApiError,
    source: Source | None = None,
    *,
    facts: Mapping[str, object] | None = None,
) -> int | None:
    """Offer to hold a write that was not done; its number in the outbox, None where it is not held.

    Runs in a worker of the screen.
    """
    from ngorder_tui.api.errors import Throttled, Unreachable
    from ngorder_tui.outbox import can_hold
    from ngorder_tui.store.database import StoreError

    if not isinstance(error, Throttled | Unreachable):
        return None
    if not can_hold(call):
        screen.say(_("It holds a secret, which is never kept: it cannot be held in the outbox."))
        return None
    lines = str(error) + "\n" + _(
        "Held, it is looked at again and sent when the line is back; {key} shows the outbox. "
        "Left, what you typed is still here, and nothing is sent."
    ).format(key=screen.ngorder.key_to("app.outbox"))  # fmt: skip
    if not await screen.app.push_screen_wait(Hold(_("Not sent: {title}").format(title=title), lines)):
        return None
    draft = None if source is None else source.draft
    try:
        number = await screen.ngorder.outbox.hold(call, title, draft=draft, facts=facts, error=error)
    except StoreError as fault:
        screen.say(_("It cannot be held on this machine: {why}").format(why=fault), bad=True)
        return None
    screen.say(_("Held in the outbox as no. {n}: {title}").format(n=number, title=title))
    screen.ngorder.outbox_watch.follow()
    return number


async def _may_send(screen: NgorderScreen[Any], title: str, source: Source) -> bool:
    """Whether it may be sent, though it was sent or held before; whom that would double is asked."""
    from ngorder_tui.store.database import StoreError

    try:
        before = await screen.session.store.journal.latest_of(source.draft)
    except StoreError:
        # It cannot be noted either, and so is not sent.
        return True
    if before is None:
        return True
    match before.state:
        case "queued":
            words = _("No. {n} in the outbox was made from the same. Send this one? The held one is taken out.")
            yes = await screen.app.push_screen_wait(Confirm(title, words.format(n=before.n)))
            return yes is True and await take_out(screen, before.n)
        case "sending":
            screen.say(_("It is being sent as no. {n}; wait for the answer.").format(n=before.n), bad=True)
            return False
        case "unknown":
            words = _("It was sent as no. {n}, answer unknown: it may have been done. If it was, this does it again.")
        case "done" if source.once:
            words = _("It was sent as no. {n}, and done. Sent again, it is done a second time.")
        case _:
            return True
    if source.asked:
        return True
    question_of_word = ConfirmByWord(_("Send it again?"), words.format(n=before.n), _("again"))
    return await screen.app.push_screen_wait(question_of_word) is True


async def take_out(screen: NgorderScreen[Any], number: int) -> bool:
    """Take a held write out of the outbox; False, and said so, where it waits no more."""
    from ngorder_tui.store.database import StoreError
    from ngorder_tui.store.journal import IllegalStep

    try:
        await screen.ngorder.outbox.drop(number)
    except IllegalStep:
        screen.say(_("No. {n} waits no more: it was just taken to be sent, or decided on.").format(n=number), bad=True)
        return False
    except StoreError as error:
        screen.say(str(error), bad=True)
        return False
    return True


async def fate_of(session: Session, kind: str, draft_id: str) -> str:
    """What has become of the write that was last made from this draft, in words; empty where that is nothing open."""
    from ngorder_tui.store.database import StoreError

    try:
        before = await session.store.journal.latest_of((kind, draft_id))
    except StoreError:
        return ""
    match None if before is None else before.state:
        case "queued":
            return _("held in the outbox")
        case "sending" | "unknown":
            return _("sent, answer unknown")
    return ""


async def may_open(screen: NgorderScreen[Any], kind: str, draft_id: str) -> bool:
    """Whether a parked draft may be gone on with: what is held of it is taken out of the outbox first, after asking.

    Runs in a worker of the screen.
    """
    from ngorder_tui.store.database import StoreError

    try:
        before = await screen.session.store.journal.latest_of((kind, draft_id))
    except StoreError:
        return True
    if before is None or before.state != "queued":
        return True
    words = _("It is held in the outbox as no. {n}. To change it, it is taken out of there: you send it yourself.")
    yes = await screen.app.push_screen_wait(Confirm(before.title, words.format(n=before.n)))
    return yes is True and await take_out(screen, before.n)
