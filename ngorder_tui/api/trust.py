"""Whose certificates are trusted: the machine's authorities, or those of a file. Nothing turns the check off."""

from __future__ import annotations

import ssl
from pathlib import Path

from ngorder_tui.api.errors import Invalid, Unreachable
from ngorder_tui.i18n import _


def authorities(ca_file: Path | None) -> ssl.SSLContext | bool:
    """What httpx verifies with. Raises Invalid for a file that holds no certificates."""
    if ca_file is None:
        return True
    try:
        return ssl.create_default_context(cafile=str(ca_file))
    except OSError as error:
        # An SSLError's own words name a line of OpenSSL's source.
        why = _("no certificate in it") if isinstance(error, ssl.SSLError) else error.strerror
        raise Invalid(
            _("The file of certificates {file} cannot be used: {why}.").format(file=ca_file, why=why)
        ) from None


def not_reached(error: BaseException) -> Unreachable:
    """Why nothing left: a certificate that is not trusted is told apart, for waiting does not mend it."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    if cause is None:
        return Unreachable("The server cannot be reached. Nothing was sent.")
    return Unreachable(
        _(
            "The server cannot prove who it is ({why}). Nothing was sent. If your network has an authority of its own,"
            " name its certificates as ca_file in the profile."
        ).format(why=cause.verify_message)
    )
