"""The parked drafts of new orders: offered when one is begun, and thrown away when nobody wants them any more."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from ngorder_tui.dialogs.choose import Choose
from ngorder_tui.dialogs.confirm import Confirm
from ngorder_tui.i18n import _
from ngorder_tui.screens.order_draft import KIND, draft_title
from ngorder_tui.screens.sending import fate_of, may_open

if TYPE_CHECKING:
    from ngorder_tui.screens.base import NgorderScreen
    from ngorder_tui.store.drafts import Draft


class New(Enum):
    """No draft: a new order."""

    NEW = "new"


NEW: Final = New.NEW
THROW_AWAY = "throw away"


async def choose_draft(screen: NgorderScreen[Any]) -> Draft | New | None:
    """The draft to go on with, or NEW, also where there is none; None where the user leaves it all."""
    while drafts := await screen.session.store.drafts.list(KIND):
        options = [*await _told(screen, drafts), (NEW.value, _("A new order")), (THROW_AWAY, _("Throw a draft away…"))]
        picked = await screen.app.push_screen_wait(Choose(_("Go on with a draft?"), options))
        if picked != THROW_AWAY:
            found = next((one for one in drafts if one.draft_id == picked), None)
            if found is not None and not await may_open(screen, KIND, found.draft_id):
                return None
            return NEW if picked == NEW.value else found
        await _throw_one_away(screen, drafts)
    return NEW


async def _told(screen: NgorderScreen[Any], drafts: Sequence[Draft]) -> list[tuple[str, str]]:
    """The titles, and what became of those that were sent or held."""
    told = []
    for draft_id, title in _titles(drafts):
        fate = await fate_of(screen.session, KIND, draft_id)
        told.append((draft_id, f"{title} · {fate}" if fate and fate not in title else title))
    return told


def _titles(drafts: Sequence[Draft]) -> list[tuple[str, str]]:
    return [(draft.draft_id, draft_title(draft)) for draft in drafts]


async def _throw_one_away(screen: NgorderScreen[Any], drafts: Sequence[Draft]) -> None:
    picked = await screen.app.push_screen_wait(Choose(_("Which draft is thrown away?"), _titles(drafts)))
    title = dict(_titles(drafts)).get(picked or "")
    if picked is None or title is None:
        return
    if await screen.app.push_screen_wait(Confirm(_("Throw this draft away?"), title)):
        await screen.session.store.drafts.drop(KIND, picked)
