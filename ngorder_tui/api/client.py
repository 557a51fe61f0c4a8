"""The one door to the network: a Call goes in, its typed answer comes out, or an error that says what happened."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar, cast

import httpx

from ngorder_tui import __version__
from ngorder_tui.api.address import BASE_URL, checked_base_url
from ngorder_tui.api.answers import failure_of, no_answer, said_no, unreadable
from ngorder_tui.api.endpoint import Call, Endpoint, Parts, decode
from ngorder_tui.api.errors import (
    AnswerUnknown,
    ApiError,
    Garbled,
    Invalid,
    NotAllowedHere,
    ServerFault,
    Unauthorized,
    Unreachable,
)
from ngorder_tui.api.files import file_name, open_part, read_uploads, settle_part
from ngorder_tui.api.models import FileReply, SavedFile
from ngorder_tui.api.retry import Patience, next_wait, retry_after
from ngorder_tui.api.text import clean
from ngorder_tui.api.tokens import Credentials, FixedKey, OAuth, Question, Secret, Token, token_of
from ngorder_tui.api.trust import authorities, not_reached
from ngorder_tui.clock import now
from ngorder_tui.i18n import _

if TYPE_CHECKING:
    from types import TracebackType

log = logging.getLogger(__name__)
Out = TypeVar("Out")
ANSWER_LIMIT = 64 * 1024 * 1024
"""Bytes: more than any answer in JSON can sensibly have."""
TOKEN_ANSWER_LIMIT = 64 * 1024
TOKEN_SECONDS = 15.0
"""The longest silence of the token server that is borne."""
ASKING_FOR_A_TOKEN = "oauth.token"
"""What `watch` is told of a request for a token, in the place of an endpoint's id."""

_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)

Progress = Callable[[int, int | None], None]
"""Told (bytes so far, bytes in all or None) while a file comes in."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One finished attempt, for whoever watches the line. `status` is None where no answer came; times in seconds."""

    endpoint_id: str
    status: int | None
    seconds: float
    bytes_out: int
    bytes_in: int


@dataclass(frozen=True, slots=True)
class Wire:
    """How the client reaches its server. Seconds; `timeout` is the longest silence that is borne."""

    base_url: str = BASE_URL
    language: str = "en"
    timeout: float = 30.0
    connect_timeout: float = 10.0
    patience: Patience = field(default_factory=Patience)
    paths: Mapping[str, str] = field(default_factory=dict)
    read_only: bool = False
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A usable answer, not yet typed: the body as it came, or the file that it was saved to."""

    body: bytes
    saved: SavedFile | None = None


class Client:
    """Sends calls. One connection pool; closed by `async with` or `close`.

    `credentials` is a key, or what brings tokens; `consented` holds the ids of unconfirmed writes that the user has
    agreed to send; `downloads` is where files go; `watch` is told of every attempt. No secret appears in any text of
    this object. Raises Invalid for what cannot be used.
    """

    def __init__(
        self,
        credentials: Credentials | str,
        wire: Wire | None = None,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        consented: frozenset[str] = frozenset(),
        downloads: Path | None = None,
        watch: Callable[[Exchange], None] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        random: Random | None = None,
    ) -> None:
        self.wire = wire or Wire()
        self.language = self.wire.language
        self.consented = consented
        self._downloads = downloads
        self._watch = watch or (lambda _exchange: None)
        self._sleep = sleep
        self._random = random or Random()
        self._credentials = FixedKey(credentials) if isinstance(credentials, str) else credentials
        self._renewal: asyncio.Task[Secret] | None = None
        self._base = checked_base_url(self.wire.base_url)
        self._http = httpx.AsyncClient(
            transport=transport,
            verify=authorities(self.wire.ca_file) if transport is None else True,
            # Plain http goes to this machine only: never by way of a proxy, which would see the key.
            mounts={"http://": None} if transport is None else None,
            timeout=httpx.Timeout(self.wire.timeout, connect=self.wire.connect_timeout, pool=self.wire.connect_timeout),
            limits=httpx.Limits(max_connections=6, max_keepalive_connections=4, keepalive_expiry=30.0),
            headers={"User-Agent": f"ngorder-tui/{__version__}", "Accept": "application/json, */*;q=0.5"},
            follow_redirects=False,
        )

    def __repr__(self) -> str:
        return f"Client({self._base})"

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections; a token that is being renewed is taken first, for the old one may be spent."""
        if self._renewal is not None and not self._renewal.done():
            await asyncio.wait({self._renewal}, timeout=1.0)
            self._renewal.cancel()
        await self._http.aclose()

    async def send(self, call: Call[Out], *, save_to: Path | None = None, progress: Progress | None = None) -> Out:
        """The typed answer. Raises an ApiError that says what it means for the user's data."""
        return self.read(call, await self.fetch(call, save_to=save_to, progress=progress))

    def read(self, call: Call[Out], answer: Answer) -> Out:
        """The typed answer of what `fetch` brought. Raises AnswerUnknown (a write) or Garbled (a read)."""
        if answer.saved is not None:
            return cast(Out, FileReply.model_validate({"saved": answer.saved}))
        try:
            return call.endpoint.read(answer.body or b"{}")
        except ValueError:
            raise unreadable(call.endpoint) from None

    async def fetch(self, call: Call[Any], *, save_to: Path | None = None, progress: Progress | None = None) -> Answer:
        """The untyped answer, after as many attempts as retry.py allows. Raises ApiError."""
        endpoint = call.endpoint
        self.check_allowed(endpoint)
        parts = call.parts(self.wire.paths.get(endpoint.id))
        files = await asyncio.to_thread(read_uploads, parts.files) if parts.files else None
        began, attempt, may_renew = time.monotonic(), 1, isinstance(self._credentials, OAuth)
        while True:
            left = self.wire.patience.total - (time.monotonic() - began)
            silence = self.wire.timeout if endpoint.is_write else max(1.0, min(self.wire.timeout, left))
            bearer: Secret | None = None
            try:
                bearer = await self._bearer()
                return await self._attempt(endpoint, parts, files, bearer, silence, save_to, progress)
            except ApiError as error:
                # 401 means that nothing was done: with a new token even a write is sent once more.
                if may_renew and bearer is not None and isinstance(error, Unauthorized):
                    may_renew = False
                    self._refused(bearer)
                    continue
                wait = next_wait(
                    error,
                    is_write=endpoint.is_write,
                    attempt=attempt,
                    elapsed=time.monotonic() - began,
                    patience=self.wire.patience,
                    random=self._random,
                )
                if wait is None:
                    raise
            await self._sleep(wait)
            attempt += 1

    def check_allowed(self, endpoint: Endpoint[Any, Any]) -> None:
        """Raises NotAllowedHere for a write that is not to be sent: nothing needs to be journalled for it."""
        if not endpoint.is_write:
            return
        if self.wire.read_only:
            raise NotAllowedHere("This session is read-only: nothing was sent.")
        if endpoint.unconfirmed and endpoint.id not in self.consented and endpoint.id not in self.wire.paths:
            raise NotAllowedHere(
                f"The reference does not name the path of {endpoint.id}; ours is a guess. Nothing was sent."
            )

    async def _attempt(
        self,
        endpoint: Endpoint[Any, Any],
        parts: Parts,
        files: Mapping[str, tuple[str, bytes]] | None,
        bearer: Secret,
        silence: float,
        save_to: Path | None,
        progress: Progress | None,
    ) -> Answer:
        request = self._request(parts, files, bearer, silence)
        bytes_out = int(request.headers.get("Content-Length", 0))
        began = time.monotonic()
        status: int | None = None
        bytes_in = 0
        try:
            response = await self._http.send(request, stream=True)
            try:
                status = response.status_code
                if _is_file(endpoint, response):
                    return await self._save(endpoint, response, save_to, progress)
                body = await _read_body(response)
            finally:
                bytes_in = response.num_bytes_downloaded
                await response.aclose()
        except _NEVER_LEFT as error:
            raise not_reached(error) from None
        except (httpx.TransportError, httpx.DecodingError, httpx.StreamError, OSError):
            raise no_answer(endpoint) from None
        finally:
            self._watch(Exchange(endpoint.id, status, time.monotonic() - began, bytes_out, bytes_in))
        return _usable(endpoint, response, body)

    def _request(
        self, parts: Parts, files: Mapping[str, tuple[str, bytes]] | None, bearer: Secret, silence: float
    ) -> httpx.Request:
        connect = min(self.wire.connect_timeout, silence)
        headers = {"Authorization": f"Bearer {bearer.reveal()}", "Accept-Language": self.language}
        form = {name: _form_text(value) for name, value in (parts.body or {}).items()} if files else None
        return self._http.build_request(
            parts.method,
            self._base + parts.path,
            params=list(parts.query) or None,
            json=parts.body if files is None else None,
            data=form,
            files=files,
            headers=headers,
            timeout=httpx.Timeout(silence, connect=connect, pool=connect),
        )

    async def _bearer(self) -> Secret:
        """What the next attempt is signed with. Raises ApiError: then nothing of the call was sent."""
        if isinstance(self._credentials, FixedKey):
            return self._credentials.bearer
        if (bearer := self._credentials.bearer(now())) is not None:
            return bearer
        if self._renewal is None or self._renewal.done():
            # A task of its own: a caller that is cancelled must not lose a refresh token that was given once.
            self._renewal = asyncio.create_task(self._renew(self._credentials))
            self._renewal.add_done_callback(lambda task: task.cancelled() or task.exception())
        return await asyncio.shield(self._renewal)

    def _refused(self, bearer: Secret) -> None:
        if isinstance(self._credentials, OAuth):
            self._credentials.refused(bearer)

    async def _renew(self, oauth: OAuth) -> Secret:
        question = await asyncio.to_thread(oauth.question)
        try:
            token = await self._ask_for_token(question)
        except Unauthorized:
            if not await asyncio.to_thread(oauth.is_outdated, question):
                raise
            token = await self._ask_for_token(await asyncio.to_thread(oauth.question))
        try:
            return await asyncio.to_thread(oauth.take, token)
        except (OSError, ApiError) as error:
            log.warning("the renewed refresh token cannot be kept (%s): it is lost at the end", type(error).__name__)
            return token.bearer

    async def _ask_for_token(self, question: Question) -> Token:
        timeout = httpx.Timeout(min(self.wire.timeout, TOKEN_SECONDS), connect=self.wire.connect_timeout)
        request = self._http.build_request(
            "POST", question.url, data=dict(question.form), headers=dict(question.headers), timeout=timeout
        )
        began, status, bytes_in = time.monotonic(), None, 0
        try:
            response = await self._http.send(request, stream=True)
            try:
                status = response.status_code
                found = token_of(
                    status,
                    await _read_body(response, TOKEN_ANSWER_LIMIT),
                    retry_after(response.headers.get("Retry-After")),
                    now(),
                )
            finally:
                bytes_in = response.num_bytes_downloaded
                await response.aclose()
        except _NEVER_LEFT as error:
            raise not_reached(error) from None
        except (httpx.TransportError, httpx.DecodingError, httpx.StreamError, OSError):
            raise Unreachable(_("The token server did not answer. Nothing was sent.")) from None
        finally:
            bytes_out = int(request.headers.get("Content-Length", 0))
            self._watch(Exchange(ASKING_FOR_A_TOKEN, status, time.monotonic() - began, bytes_out, bytes_in))
        if isinstance(found, ApiError):
            raise found
        return found

    async def _save(
        self, endpoint: Endpoint[Any, Any], response: httpx.Response, save_to: Path | None, progress: Progress | None
    ) -> Answer:
        content_type = response.headers.get("Content-Type", "application/octet-stream")
        named = file_name(endpoint.id, response.headers.get("Content-Disposition", ""), content_type)
        target = save_to or (self._downloads or Path.cwd()) / named
        whole = int(length) if (length := response.headers.get("Content-Length", "")).isdigit() else None
        size = 0
        try:
            handle, part = await asyncio.to_thread(open_part, target)
            try:
                with handle:
                    async for chunk in response.aiter_bytes(65536):
                        await asyncio.to_thread(handle.write, chunk)
                        size += len(chunk)
                        if progress is not None:
                            progress(size, whole)
                target = await asyncio.to_thread(settle_part, part, target, rename=save_to is None)
            finally:
                part.unlink(missing_ok=True)
        except OSError as error:
            raise Invalid(f"The file cannot be saved at {target}: {error.strerror}.") from None
        return Answer(b"", SavedFile(file=str(target), bytes=size, content_type=clean(content_type)))


def _is_file(endpoint: Endpoint[Any, Any], response: httpx.Response) -> bool:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().casefold()
    return endpoint.sends_file and response.is_success and not kind.endswith("json") and kind != "text/html"


async def _read_body(response: httpx.Response, limit: int = ANSWER_LIMIT) -> bytes:
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.aiter_bytes():
        size += len(chunk)
        if size > limit:
            raise httpx.DecodingError("the answer does not end", request=response.request)
        chunks.append(chunk)
    return b"".join(chunks)


def _form_text(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _usable(endpoint: Endpoint[Any, Any], response: httpx.Response, body: bytes) -> Answer:
    """The answer, where it is one. Raises the ApiError that its status or its own words stand for."""
    status = response.status_code
    if 300 <= status < 400:
        if endpoint.is_write:
            raise AnswerUnknown(f"It was sent, but the server sent us elsewhere ({status}): it may have happened.")
        raise Garbled(f"The server sends us elsewhere ({status}), which is never followed: check the base URL.")
    if status >= 500 or status < 200:
        if endpoint.is_write:
            raise AnswerUnknown(f"It was sent, but the server answered with a fault ({status}): it may have happened.")
        raise ServerFault(f"The server could not answer ({status}).")
    try:
        value = decode(body) if body.strip() else None
    except ValueError:
        value = None
        if status < 400:
            raise unreadable(endpoint) from None
    if status >= 400:
        raise failure_of(status, value, retry_after(response.headers.get("Retry-After")))
    if said_no(value):
        raise failure_of(status, value, None)
    if value is None and not _may_be_empty(endpoint, response):
        raise unreadable(endpoint)
    return Answer(body)


def _may_be_empty(endpoint: Endpoint[Any, Any], response: httpx.Response) -> bool:
    """Whether an answer of nothing can be believed: a write whose body is said to be empty was done."""
    return response.status_code == 204 or (endpoint.is_write and response.headers.get("Content-Length") == "0")
