"""`ngorder-tui api`: any endpoint, once, page by page, or the list of them all."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ngorder_tui.api.errors import Invalid
from ngorder_tui.cli import output
from ngorder_tui.cli.arguments import read_arguments
from ngorder_tui.cli.calling import Caller, endpoint_named, refuse_writes
from ngorder_tui.cli.given import DONE, Given
from ngorder_tui.i18n import _

if TYPE_CHECKING:
    from ngorder_tui.api.endpoint import Call, Endpoint
    from ngorder_tui.api.models import Query
    from ngorder_tui.settings import Settings


@dataclass(frozen=True, slots=True)
class Wanted:
    """What `api` was asked: see CLI help. `timeout` in seconds."""

    id: str | None = None
    pairs: Sequence[str] = ()
    input: str | None = None
    all: bool = False
    raw: bool = False
    output: Path | None = None
    timeout: float | None = None
    unconfirmed_path: bool = False


def call(given: Given, wanted: Wanted) -> int:
    """One call, or all pages of a list. Raises ApiError, BadSettings."""
    if wanted.id is None:
        raise Invalid(_("Name an endpoint, such as `ngorder-tui api order.list`; `ngorder-tui api --list` shows them."))
    if wanted.all and wanted.raw:
        raise Invalid(_("--all gives one line a record, --raw the body as it came: choose one."))
    if wanted.output is not None and wanted.output.exists():
        raise Invalid(_("{file} is there already: no file is written over.").format(file=wanted.output))
    settings = given.settings(timeout=wanted.timeout)
    endpoint = endpoint_named(wanted.id)
    refuse_writes(settings, endpoint)
    asked = endpoint.parse(read_arguments(wanted.pairs, wanted.input))
    settings = consenting(settings, endpoint, wanted)
    return asyncio.run(_call(given, settings, asked, wanted))


def consenting(settings: Settings, endpoint: Endpoint[Any, Any], wanted: Wanted) -> Settings:
    """The settings with --unconfirmed-path taken as consent for this call. Raises Invalid where it is needed."""
    if not (endpoint.unconfirmed and endpoint.is_write) or endpoint.id in settings.paths:
        return settings
    if wanted.unconfirmed_path:
        return replace(settings, consented=settings.consented | {endpoint.id})
    if endpoint.id in settings.consented:
        return settings
    raise Invalid(
        _(
            "{id} is a write to a path that is our guess, {path}: nothing was sent. Send it on purpose with"
            " --unconfirmed-path, or set the right path in the config file."
        ).format(id=endpoint.id, path=endpoint.path)
    )


async def _call(given: Given, settings: Settings, asked: Call[Any], wanted: Wanted) -> int:
    async with Caller(given, settings) as caller:
        if wanted.all:
            await _all(caller, asked, wanted)
            return DONE
        sent = await caller.send(asked, save_to=wanted.output)
    saved = saved_of(sent.value)
    if saved is not None:
        output.result_json(saved)
    elif wanted.output is not None and not asked.endpoint.sends_file:
        text = text_of(sent.body) if wanted.raw else output.as_line(json_of(sent.value))
        output.result_json(await asyncio.to_thread(_write_result, wanted.output, text))
    elif wanted.raw:
        output.result(text_of(sent.body))
    else:
        output.result_json(json_of(sent.value), pretty=True)
    return DONE


async def _all(caller: Caller, asked: Call[Any], wanted: Wanted) -> None:
    count = 0
    lines = io.StringIO()
    async for record in records(caller, asked):
        count += 1
        if wanted.output is None:
            output.result_json(record)
        else:
            lines.write(output.as_line(record) + "\n")
            output.counting(count, None)
    output.counted()
    if wanted.output is not None:
        output.result_json(await asyncio.to_thread(_write_result, wanted.output, lines.getvalue()))


async def records(caller: Caller, asked: Call[Any]) -> AsyncIterator[object]:
    """Every record of a list as JSON, once. Raises ApiError; Invalid for what answers no list."""
    from ngorder_tui.api.models import as_json
    from ngorder_tui.api.paging import Walk, gives_pages

    if not gives_pages(asked.endpoint):
        raise Invalid(_("{id} answers no list of records.").format(id=asked.endpoint.id))
    client = await caller.client()
    walk: Walk[object] = Walk(client.send, asked)
    async for row in walk:
        yield as_json(row)
    if not walk.settled:
        output.say(_("The list changed all the while it was read: a record may be missing."))


def json_of(value: object) -> object:
    """The typed answer as JSON; a file that was saved as {"file", "bytes", "content_type"}."""
    from ngorder_tui.api.models import as_json

    return saved_of(value) or as_json(value)


def saved_of(value: object) -> dict[str, object] | None:
    """What is told of a file that was saved, None where none was."""
    from ngorder_tui.api.models import FileReply

    if isinstance(value, FileReply) and value.saved is not None:
        return value.saved.model_dump()
    return None


def text_of(body: bytes) -> str:
    """A body as it came, without its last line end: output.result drops what steers a terminal."""
    return body.decode("utf-8", "replace").rstrip("\r\n")


def _write_result(path: Path, text: str) -> dict[str, object]:
    from ngorder_tui.api.text import drop_controls

    content = drop_controls(text).rstrip("\n").encode("utf-8", "replace") + b"\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise Invalid(_("{file} is there already: no file is written over.").format(file=path)) from None
    return {"file": str(path), "bytes": len(content), "content_type": "application/json"}


def list_endpoints(name: str | None, *, as_json: bool) -> int:
    """Every endpoint, or those whose id begins with `name`: as a table, or as one JSON array."""
    from ngorder_tui.api.endpoint import every

    found = [endpoint for endpoint in every() if endpoint.id.startswith(name or "")]
    if not found:
        raise Invalid(_("No endpoint's id begins with {name}.").format(name=repr(name)))
    if as_json:
        output.result_json([_described(endpoint) for endpoint in found])
        return DONE
    width = max(len(endpoint.id) for endpoint in found)
    for endpoint in found:
        mark = "?" if endpoint.unconfirmed else " "
        output.result(f"{endpoint.id:<{width}} {mark}{endpoint.method:<6} {endpoint.path}  {endpoint.summary}")
        if len(found) == 1:
            for argument in _arguments(endpoint):
                needed = _("required") if argument["required"] else _("optional")
                choices = (
                    f" ({', '.join(str(choice) for choice in argument['choices'])})" if argument["choices"] else ""
                )
                output.result(f"  {argument['name']}: {argument['type']}, {needed}{choices}")
    return DONE


def _described(endpoint: Endpoint[Any, Any]) -> dict[str, object]:
    return {
        "id": endpoint.id,
        "method": endpoint.method,
        "path": endpoint.path,
        "chapter": endpoint.chapter,
        "summary": endpoint.summary,
        "arguments": _arguments(endpoint),
        "unconfirmed": endpoint.unconfirmed,
    }


def _arguments(endpoint: Endpoint[Any, Any]) -> list[dict[str, Any]]:
    return _fields(endpoint.takes, "")


def _fields(model: type[Query], within: str) -> list[dict[str, Any]]:
    from ngorder_tui.api.fields import meanings

    found: list[dict[str, Any]] = []
    for name, field in model.model_fields.items():
        kind = meanings(model)[name]
        sent = f"{within}[{field.alias or name}]" if within else field.alias or name
        found.append({"name": sent, "type": kind.kind, "required": field.is_required(), "choices": list(kind.choices)})
        if kind.model is not None:
            found += _fields(kind.model, f"{sent}[0]" if kind.kind == "objects" else sent)
    return found
