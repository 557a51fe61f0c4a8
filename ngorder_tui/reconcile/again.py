"""The call of an intent, to be sent again because a person wants it so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ngorder_tui.i18n import _

if TYPE_CHECKING:
    from ngorder_tui.api.endpoint import Call
    from ngorder_tui.store.journal import Intent

_MASK = "***"
"""What stands in the journal for a secret."""


def call_of(intent: Intent) -> Call[Any]:
    """The same call again. Raises Invalid where the journal does not hold all of it or it cannot be read any more."""
    from ngorder_tui.api.endpoint import find
    from ngorder_tui.api.errors import Invalid

    if _MASK in intent.arguments.values():
        raise Invalid(
            _("Number {number} held a secret, which is never kept: it cannot be sent again. Make it anew.").format(
                number=intent.n
            )
        )
    try:
        endpoint = find(intent.endpoint_id)
    except KeyError:
        raise Invalid(
            _("Number {number} was noted by another version of this program, which knew {name}.").format(
                number=intent.n, name=intent.endpoint_id
            )
        ) from None
    return endpoint.parse(intent.arguments)
