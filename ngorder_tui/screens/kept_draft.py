"""A form's draft on disk: written whenever it differs from what is there, forgotten when there is nothing to keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from uuid import uuid4

from ngorder_tui.i18n import _
from ngorder_tui.store.database import StoreError

if TYPE_CHECKING:
    from ngorder_tui.store.drafts import Draft, Drafts


class KeptDraft:
    """One draft of a kind. A disk that cannot be used is told once, by `complain`: then nothing outlives the program.

    `is_kept` tells whether there is something on disk to come back to.
    """

    def __init__(self, drafts: Drafts, kind: str, complain: Callable[[str], None]) -> None:
        self._drafts = drafts
        self._kind = kind
        self._complain = complain
        self._draft_id = uuid4().hex
        self._content: Mapping[str, object] = {}
        self._works = True

    @property
    def is_kept(self) -> bool:
        """Whether the form is on disk."""
        return bool(self._content) and self._works

    async def others(self) -> tuple[Draft, ...]:
        """The parked drafts of this kind, the one saved last first."""
        try:
            return await self._drafts.list(self._kind)
        except StoreError as error:
            self._failed(error)
            return ()

    def go_on(self, draft: Draft) -> None:
        """It is this parked one from now on."""
        self._draft_id, self._content = draft.draft_id, draft.content

    async def keep(self, content: Mapping[str, object]) -> None:
        """Put this on disk if it differs from what is there; an empty one is forgotten."""
        if content == self._content:
            return
        self._content = content
        try:
            if content:
                await self._drafts.save(self._kind, self._draft_id, content, "")
            else:
                await self._drafts.drop(self._kind, self._draft_id)
        except StoreError as error:
            self._failed(error)

    def _failed(self, error: StoreError) -> None:
        if self._works:
            self._works = False
            self._complain(_("What is typed here cannot be kept as a draft: {why}").format(why=error))
