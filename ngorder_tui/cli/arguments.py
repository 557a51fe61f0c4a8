"""Arguments as people type them: name=value, name[0][key]=value, name.0.key=value, and JSON from a file."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ngorder_tui.api.errors import Invalid
from ngorder_tui.i18n import _

Tree = dict[str, Any]
_step = re.compile(r"\[([^\[\]]*)\]|\.([^.\[\]]+)")


def read_arguments(pairs: Iterable[str], source: str | None = None) -> Tree:
    """The arguments of a call: those of the JSON `source` (a file, or "-" for stdin), then name=value over them.

    Raises Invalid, in the user's words.
    """
    tree: Tree = {} if source is None else read_json(source)
    typed: Tree = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise Invalid(_("{pair}: write it as name=value.").format(pair=repr(pair)))
        _put(typed, name, value)
    return tree | {name: _lists(value, name) for name, value in typed.items()}


def read_json(source: str) -> Tree:
    """A JSON object from a file, or "-" for stdin. Raises Invalid."""
    named = _("stdin") if source == "-" else source
    try:
        text = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise Invalid(_("{file} cannot be read: {why}.").format(file=named, why=error.strerror)) from None
    return parse_object(text, named)


def parse_object(text: bytes, named: str) -> Tree:
    """A JSON object. Raises Invalid that names the place."""
    try:
        value = json.loads(text.decode("utf-8"), parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise Invalid(
            _("{file}, line {line}, column {column}: that is not JSON ({why}).").format(
                file=named, line=error.lineno, column=error.colno, why=error.msg
            )
        ) from None
    except RecursionError:
        raise Invalid(_("{file}: that is nested too deep.").format(file=named)) from None
    except ValueError:
        raise Invalid(_("{file}: that is not JSON in UTF-8.").format(file=named)) from None
    if not isinstance(value, dict):
        raise Invalid(_('{file}: the arguments must be one JSON object: {{"name": value}}.').format(file=named))
    return value


def _refuse(name: str) -> object:
    raise ValueError(name)


def _steps(name: str) -> list[str]:
    """ "products[0][sku]" and "products.0.sku" as ["products", "0", "sku"]. Raises Invalid."""
    first = re.match(r"[^.\[\]]+", name)
    steps = [first[0]] if first else []
    at = len(steps[0]) if first else 0
    while first and at < len(name):
        step = _step.match(name, at)
        if step is None:
            break
        steps.append(step[1] if step[1] is not None else step[2])
        at = step.end()
    if not first or at < len(name):
        raise Invalid(_("{name}: write a nested argument as name[0][key]=value.").format(name=repr(name)))
    return steps


def _put(tree: Tree, name: str, value: str) -> None:
    *path, last = _steps(name)
    here = tree
    for step in path:
        inner = here.setdefault(step or str(len(here)), {})
        if not isinstance(inner, dict):
            raise Invalid(_("{name}: it was given a plain value before.").format(name=repr(name)))
        here = inner
    last = last or str(len(here))
    if last in here:
        raise Invalid(_("{name}: it is given twice.").format(name=repr(name)))
    here[last] = value


def _lists(value: Any, name: str) -> Any:
    """Numbered values as a list. Raises Invalid where a number is left out."""
    if not isinstance(value, Mapping):
        return value
    inner = {key: _lists(item, f"{name}[{key}]") for key, item in value.items()}
    if not all(re.fullmatch(r"\d{1,6}", key) for key in inner):
        return inner
    numbers = sorted(int(key) for key in inner)
    for expected, number in enumerate(numbers):
        if expected != number:
            raise Invalid(
                _("{given} is there, but {missing} is not: lists count from 0.").format(
                    given=f"{name}[{number}]", missing=f"{name}[{expected}]"
                )
            )
    return [inner[key] for key in sorted(inner, key=int)]
