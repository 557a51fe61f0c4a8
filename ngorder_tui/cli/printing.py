"""`ngorder-tui print`: what is drawn from the app's own commands."""

from __future__ import annotations

from pathlib import Path

from ngorder_tui.api.errors import Invalid
from ngorder_tui.i18n import _


def run(what: str, output: Path | None) -> int:
    """Raises Invalid: this version prints no cards."""
    if what not in {"keys", "barcodes"}:
        raise Invalid(_("There is no {what} to print: keys or barcodes.").format(what=repr(what)))
    named = f" ({output})" if output is not None else ""
    raise Invalid(_("This version of ngorder-tui cannot print {what} yet{file}.").format(what=what, file=named))
