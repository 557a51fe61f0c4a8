"""Texts that try to steer a terminal, break markup or burst a cell, and answers in which every text is one of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count

import httpx

from tests.api.test_text import UNSAFE

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

SEEN = "~seen~"
"""Stands in every hostile text, behind what is hostile in it, and is to be left."""
TEXTS = (
    "\x1b[2J\x1b[1;1H\x1b[31mred\x1b[0m\x1b[?1049h\x1b[6n" + SEEN,
    "\x1b]0;title\x07\x1b]8;;https://contoh.example\x1b\\link\x1b]8;;\x07" + SEEN,
    "\x1b]52;c;aGFsbG8=\x07\x1b]52;p;aGFsbG8=\x1b\\" + SEEN,
    "\x1bPq#0\x1b\\\x1b_app\x1b\\\x1b^pm\x1b\\\x1bX\x1b\\\x1bc\x1b(0" + SEEN,
    "\x9b2J\x9b31m\x9d52;c;aGFsbG8=\x9c\x90q\x9c\x85\x8d" + SEEN,
    "\x00\x01\x07\x08\x0b\x0c\x0e\x0f\x16\x1a\x7f\r\n\tover\rwritten\x1bé" + SEEN,
    "\u202egnp.exe\u202c\u2066in\u2069\u200e\u200f\u061c\u2028\u2029\ufeff\ufff9" + SEEN,
    "half \ud83d a pair \udc00" + SEEN,
    "[/x][bold red]b[/] [@click=app.quit]go[/] [link='a']\\[ ]] [/][" + SEEN,
    "<b>b</b><script>x()</script>&#27;[2J&#x9b;2J&#x202e;<img src=x onerror=y><!-- <a href='" + SEEN + "'>" + SEEN,
    "\u0301\u200be\u0301" + "\u0301\u0489" * 400 + "\u200b\u200d\u2060\u00ad" * 100 + SEEN,
    "漢字" * 20 + "👩‍👩‍👧‍👦🇮🇩🏴‍☠️\ufe0f" + SEEN,
    "A" * 10_000 + SEEN,
    "{0} {name} %s %(a)s $x `id` \\x1b[2J \\u001b" + SEEN,
    "=cmd()|' '!A1" + SEEN,
    "\x1b\x1b[\x1b]é" + SEEN + "\x1b",
    SEEN + "\x1b]52;c;",
)
_unsafe = re.compile(f"[{re.escape(''.join(UNSAFE))}]")
_MEANS_SOMETHING = re.compile(r"|(Rp)?[-+0-9.,:/TZ ]+|[YNyn]|[A-Za-z0-9+/=_-]{24}")
"""Numbers, money, days, flags and object ids: with another text in their place nothing would be shown of a record."""


def unsafe_in(text: str) -> str:
    """The characters of a text that must not reach a terminal."""
    return "".join(_unsafe.findall(text))


def texts_in(value: object) -> Iterator[str]:
    """Every text and every key of plain JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from texts_in(inner)


def spoilt(body: Json, turn: int, *, wholly: bool) -> Json:
    """The same answer with a hostile text in every text, and as a key more of every object.

    `turn` says which text comes first. `wholly`: numbers and days that are spelled as text are not spared.
    """
    places = count(turn)

    def spoil(value: Json) -> Json:
        if isinstance(value, str):
            place = next(places)
            hostile = TEXTS[place % len(TEXTS)]
            if wholly:
                return hostile
            if _MEANS_SOMETHING.fullmatch(value):
                return value
            return hostile + value if place % 2 else value + hostile
        if isinstance(value, list):
            return [spoil(inner) for inner in value]
        if isinstance(value, dict) and value.keys() != {"$date"}:
            told = {key: spoil(inner) for key, inner in value.items()}
            hostile = TEXTS[next(places) % len(TEXTS)]
            return told | {hostile: hostile}
        return value

    return spoil(body)


def on_the_wire(body: Json, *, escaped: bool) -> bytes:
    """A body as a server may spell it: all escaped, or as it is, be it UTF-8 or not."""
    return json.dumps(body, ensure_ascii=escaped).encode("utf-8", "surrogatepass")


class Spoiler(httpx.AsyncBaseTransport):
    """A line whose other end has only hostile texts to tell."""

    def __init__(self, shop: httpx.AsyncBaseTransport) -> None:
        self._shop = shop
        self._turns = count()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one request, and spoil its answer."""
        response = await self._shop.handle_async_request(request)
        await response.aread()
        turn = next(self._turns)
        body = on_the_wire(spoilt(response.json(), turn, wholly=False), escaped=turn % 2 == 0)
        return httpx.Response(response.status_code, headers={"Content-Type": "application/json"}, content=body)
