"""The one door for every sentence that a person reads: gettext, with the catalogues of ngorder_tui/locale."""

from __future__ import annotations

import gettext as _gettext
from pathlib import Path

LANGUAGES = ("en", "id")
_catalogues = Path(__file__).parent / "locale"
_current: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def use(language: str) -> None:
    """Speak this language ("en" or "id") from now on; a missing catalogue speaks English."""
    global _current, _language  # noqa: PLW0603
    _language = language if language in LANGUAGES else "en"
    _current = _gettext.translation("ngorder_tui", _catalogues, [_language], fallback=True)


def language() -> str:
    """The language in force: goes out as Accept-Language."""
    return _language


def _(message: str) -> str:
    """The message in the language in force."""
    return _current.gettext(message)


def N_(message: str) -> str:  # noqa: N802
    """Mark a message for the catalogues; whoever shows it translates it then, into the language in force."""
    return message


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message that fits this count, in the language in force."""
    return _current.ngettext(singular, plural, count)
