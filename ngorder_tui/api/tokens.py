"""What requests are signed with: a key, or OAuth 2 tokens that are asked for and renewed. Pure: no network, no disk."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol
from urllib.parse import quote_plus

from ngorder_tui.api.address import checked_base_url
from ngorder_tui.api.errors import ApiError, Invalid, Throttled, Unauthorized, Unreachable
from ngorder_tui.i18n import _

GrantKind = Literal["client_credentials", "refresh_token"]
ClientAuth = Literal["basic", "post"]
LONGEST_MARGIN = 60.0
"""Seconds before its end at which a token is renewed; a tenth of its life where that is shorter."""
_RFC_WORDS = frozenset(
    {"invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type",
     "invalid_scope"}
)  # fmt: skip


class Secret:
    """A text that is shown by `reveal` alone: no repr, no format, no pickle holds it.

    Made of the text, or of a function that brings it when it is first needed.
    """

    __slots__ = ("_bring", "_text")

    def __init__(self, text: str | Callable[[], str]) -> None:
        self._text = text if isinstance(text, str) else None
        self._bring = None if isinstance(text, str) else text

    def reveal(self) -> str:
        """The text itself, for the request alone. May block, and raise what the function raises, the first time."""
        if self._text is None:
            self._text = self._bring() if self._bring is not None else ""
        return self._text

    def __repr__(self) -> str:
        return "Secret(***)"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not written anywhere")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and (other._text, other._bring) == (self._text, self._bring)

    def __hash__(self) -> int:
        return hash(Secret)


class FixedKey:
    """A key that is sent with every request as it is. Raises Invalid for one that no header can hold."""

    def __init__(self, key: str | Secret) -> None:
        self.bearer = key if isinstance(key, Secret) else Secret(key)
        if not is_bearer(self.bearer.reveal()):
            raise Invalid(_("The key holds characters that no key has. Nothing was sent."))


@dataclass(frozen=True, slots=True)
class Grant:
    """How tokens are asked for; nothing in it is secret.

    `token_url` is where (RFC 6749, 3.2); `client_auth` whether the client's id and secret go as HTTP Basic or in the
    form. Raises Invalid for an address that is neither https nor of this machine.
    """

    token_url: str
    client_id: str
    kind: GrantKind = "client_credentials"
    scope: str = ""
    client_auth: ClientAuth = "basic"

    def __post_init__(self) -> None:
        checked_base_url(self.token_url)


class Vault(Protocol):
    """Where a grant's secrets are kept. Its methods may block. They raise Unauthorized for what cannot be had."""

    def client_secret(self) -> Secret | None:
        """None for a client that has none."""

    def refresh_token(self) -> Secret | None:
        """As it is kept now: another process may have had it renewed."""

    def keep_refresh_token(self, token: Secret) -> None:
        """Keep this one in the old one's place: the old one may work no more."""


@dataclass(frozen=True, slots=True)
class Question:
    """A request for a token: a form that is posted to `url`. Only its address is shown."""

    url: str
    headers: Mapping[str, str] = field(repr=False)
    form: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Token:
    """An access token. `renew_at` is when it is renewed; None: when the server refuses it."""

    bearer: Secret
    renew_at: datetime | None = None
    refresh: Secret | None = None


class OAuth:
    """The tokens of one grant, in memory alone: only a renewed refresh token goes back to the vault."""

    def __init__(self, grant: Grant, vault: Vault) -> None:
        self.grant = grant
        self._vault = vault
        self._token: Token | None = None

    def __repr__(self) -> str:
        return f"OAuth({self.grant.token_url})"

    def bearer(self, at: datetime) -> Secret | None:
        """What to send at this moment; None where a token must be asked for first."""
        token = self._token
        if token is None or (token.renew_at is not None and at >= token.renew_at):
            return None
        return token.bearer

    def refused(self, bearer: Secret) -> None:
        """The server does not take this one: it is not sent again."""
        if self._token is not None and self._token.bearer is bearer:
            self._token = None

    def question(self) -> Question:
        """What to ask now. May block. Raises Unauthorized where a secret is missing."""
        grant, secret = self.grant, self._vault.client_secret()
        form: dict[str, str] = {"grant_type": grant.kind}
        if grant.kind == "refresh_token":
            refresh = self._vault.refresh_token()
            if refresh is None:
                raise Unauthorized(_("There is no refresh token: `ngorder-tui login` takes one. Nothing was sent."))
            form["refresh_token"] = refresh.reveal()
        if grant.scope:
            form["scope"] = grant.scope
        headers: dict[str, str] = {}
        if secret is not None and grant.client_auth == "basic":
            pair = f"{quote_plus(grant.client_id)}:{quote_plus(secret.reveal())}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form["client_id"] = grant.client_id
            if secret is not None:
                form["client_secret"] = secret.reveal()
        return Question(grant.token_url, headers, form)

    def is_outdated(self, question: Question) -> bool:
        """Whether another process has had the refresh token renewed since this was asked. May block."""
        if self.grant.kind != "refresh_token":
            return False
        kept = self._vault.refresh_token()
        return kept is not None and kept.reveal() != question.form["refresh_token"]

    def take(self, token: Token) -> Secret:
        """Use this token from now on, and keep its refresh token. May block. Raises OSError, Unauthorized."""
        self._token = token
        if self.grant.kind == "refresh_token" and token.refresh is not None:
            self._vault.keep_refresh_token(token.refresh)
        return token.bearer


Credentials = FixedKey | OAuth


def is_bearer(text: str) -> bool:
    """Whether a header can hold it."""
    return re.fullmatch(r"[!-~]+", text) is not None


def token_of(status: int, body: bytes, retry_after: float | None, at: datetime) -> Token | ApiError:
    """What the token server's answer means: a token, or the error that the waiting call ends in.

    The call itself has not been sent, so none of the errors leaves it unknown. Nothing of the answer stands in them
    but the error words that the standard has.
    """
    try:
        value = json.loads(body)
    except ValueError:
        value = None
    answer = value if isinstance(value, dict) else {}
    if status == 429:
        return Throttled(_("The token server asks to wait. Nothing was sent."), retry_after)
    if status >= 500:
        return Unreachable(_("The token server could not answer ({status}). Nothing was sent.").format(status=status))
    if 300 <= status < 400:
        return Unauthorized(
            _("The token server sends us elsewhere ({status}), which is never followed: check token_url.").format(
                status=status
            )
        )
    if status >= 400:
        return _refusal(status, answer.get("error"))
    bearer, kind = answer.get("access_token"), answer.get("token_type", "bearer")
    if not (isinstance(bearer, str) and is_bearer(bearer) and isinstance(kind, str) and kind.casefold() == "bearer"):
        return Unauthorized(_("The token server's answer holds no token: check token_url. Nothing was sent."))
    refresh = answer.get("refresh_token")
    return Token(
        Secret(bearer),
        _renew_at(answer.get("expires_in"), at),
        Secret(refresh) if isinstance(refresh, str) and is_bearer(refresh) else None,
    )


def _refusal(status: int, error: object) -> ApiError:
    word = error if isinstance(error, str) and error in _RFC_WORDS else str(status)
    match word:
        case "invalid_client" | "401":
            sentence = _("The token server does not know this client ({word}): check client_id and the client secret.")
        case "invalid_grant":
            sentence = _("The refresh token is not valid any more ({word}): `ngorder-tui login` takes a new one.")
        case _:
            sentence = _("The token server said no ({word}): check the profile's oauth settings.")
    return Unauthorized(f"{sentence.format(word=word)} {_('Nothing was sent.')}")


def _renew_at(expires_in: object, at: datetime) -> datetime | None:
    if isinstance(expires_in, str) and re.fullmatch(r"\d{1,9}", expires_in):
        expires_in = int(expires_in)
    if isinstance(expires_in, bool) or not isinstance(expires_in, int | float) or not 0 < expires_in < 1e9:
        return None
    return at + timedelta(seconds=expires_in - min(LONGEST_MARGIN, expires_in / 10))
