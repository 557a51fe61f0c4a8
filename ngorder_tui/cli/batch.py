"""`ngorder-tui api --batch`: JSON lines in, one JSON line out for each, in order, as each is done."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from ngorder_tui.api.errors import ApiError, Invalid
from ngorder_tui.api.text import clean_all
from ngorder_tui.cli import output
from ngorder_tui.cli.api import Wanted, json_of, records, text_of
from ngorder_tui.cli.arguments import Tree, parse_object
from ngorder_tui.cli.calling import Caller, endpoint_named, refuse_writes
from ngorder_tui.cli.given import DONE, REFUSED, Given, exit_code
from ngorder_tui.i18n import _


def run(given: Given, source: str, wanted: Wanted) -> int:
    """Every line of the file, or of stdin for "-". 0 where every line has exit 0, else 1. Raises ApiError."""
    if wanted.id is not None or wanted.input is not None or wanted.output is not None:
        raise Invalid(_("--batch takes its endpoints and arguments from the file: no ID, no --input, no --output."))
    if wanted.all and wanted.raw:
        raise Invalid(_("--all gives the records, --raw the body as it came: choose one."))
    settings = given.settings(timeout=wanted.timeout)
    if wanted.unconfirmed_path:
        from ngorder_tui.api.endpoint import every

        guesses = {endpoint.id for endpoint in every() if endpoint.unconfirmed}
        settings = replace(settings, consented=settings.consented | guesses)
    caller = Caller(given, settings)
    if source == "-":
        return asyncio.run(_lines(caller, sys.stdin.buffer, _("stdin"), wanted))
    with _opened(source) as file:
        return asyncio.run(_lines(caller, file, source, wanted))


def _opened(source: str) -> BinaryIO:
    try:
        return Path(source).open("rb")
    except OSError as error:
        raise Invalid(_("{file} cannot be read: {why}.").format(file=source, why=error.strerror)) from None


async def _lines(caller: Caller, file: BinaryIO, named: str, wanted: Wanted) -> int:
    code, number = DONE, 0
    async with caller:
        while line := await asyncio.to_thread(file.readline):
            number += 1
            if not line.strip():
                continue
            told = await _one(caller, line.removeprefix(b"\xef\xbb\xbf"), f"{named}:{number}", wanted)
            if told["exit"] != DONE:
                code = REFUSED
            output.result_json(told)
            output.flush()
    return code


async def _one(caller: Caller, line: bytes, place: str, wanted: Wanted) -> dict[str, Any]:
    """What is told of one line, whatever it holds."""
    asked: Tree = {}
    try:
        asked = parse_object(line, place)
        name, given = asked.get("id"), asked.get("args", {})
        if not isinstance(name, str) or not isinstance(given, dict) or asked.keys() - {"id", "args"}:
            raise Invalid(_('{place}: write {{"id": "order.list", "args": {{…}}}}.').format(place=place))
        endpoint = endpoint_named(name)
        refuse_writes(caller.settings, endpoint)
        call = endpoint.parse(given)
        result = await _result(caller, call, wanted)
    except ApiError as error:
        fields = {field: list(reasons) for field, reasons in error.fields.items()}
        told = {"kind": error.kind, "message": output.shortened(str(error)), "fields": clean_all(fields)}
        return {"id": clean_all(asked.get("id")), "exit": exit_code(error), "error": told}
    return {"id": name, "exit": DONE, "result": result}


async def _result(caller: Caller, call: Any, wanted: Wanted) -> object:
    if wanted.all:
        return [record async for record in records(caller, call)]
    sent = await caller.send(call)
    if wanted.raw and sent.body:
        return text_of(sent.body)
    return json_of(sent.value)
