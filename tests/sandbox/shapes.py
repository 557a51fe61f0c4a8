"""The shape of an answer: which keys it has, and the JSON type of each value."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

Shape = dict[str, frozenset[str]]
"""Types by path: `/data/*/id` is the id of each element of data."""

_FIXTURE = Path(__file__).with_name("shapes.json")
_TYPES = {
    dict: "object",
    list: "array",
    str: "string",
    bool: "boolean",
    int: "number",
    float: "number",
    type(None): "null",
}


def documented() -> dict[str, Shape]:
    """The shapes of the reference's examples of success, by endpoint id; empty where it shows none."""
    read: dict[str, dict[str, str]] = json.loads(_FIXTURE.read_text("utf-8"))
    return {key: {path: frozenset(types.split()) for path, types in paths.items()} for key, paths in read.items()}


def shape_of(value: object) -> Shape:
    """The shape of an answer; elements of a list are merged."""
    paths: dict[str, set[str]] = {}
    _walk(value, "", paths)
    return {path: frozenset(types) for path, types in paths.items()}


def _walk(value: object, path: str, paths: dict[str, set[str]]) -> None:
    paths.setdefault(path, set()).add(_TYPES[type(value)])
    if isinstance(value, dict):
        for key, inner in value.items():
            _walk(inner, f"{path}/{key}", paths)
    elif isinstance(value, list):
        for inner in value:
            _walk(inner, f"{path}/*", paths)


def differences(answer: object, example: Shape, allowed: Iterable[str] = ()) -> list[str]:
    """What is not as the example has it.

    Null in the example says nothing of the value, and an empty list nothing of its elements. `allowed` names paths
    that may be there, be missing, or have another type, with all that is below them.
    """
    found = shape_of(answer)
    free = [*allowed]
    free += [path for path, types in example.items() if types == {"null"}]
    free += [f"{path}/*" for path, types in example.items() if "array" in types and f"{path}/*" not in example]
    problems = []
    for path, types in found.items():
        if _is_free(path, free):
            continue
        if path not in example:
            problems.append(f"{path}: not in the example")
        elif types - example[path]:
            problems.append(f"{path}: {sorted(types)}, in the example {sorted(example[path])}")
    problems += [f"{path}: missing" for path in example if path not in found and not _is_free(path, allowed)]
    return problems + [f"{path}: missing in some rows" for path in _gaps(answer) if not _is_free(path, allowed)]


def _is_free(path: str, free: Iterable[str]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in free)


def _gaps(value: object, path: str = "") -> list[str]:
    """Keys that one element of a list has and another has not."""
    if isinstance(value, dict):
        return [gap for key, inner in value.items() for gap in _gaps(inner, f"{path}/{key}")]
    if not isinstance(value, list):
        return []
    objects = [inner for inner in value if isinstance(inner, dict)]
    every = {key for inner in objects for key in inner}
    gaps = {f"{path}/*/{key}" for key in every if any(key not in inner for inner in objects)}
    return [*sorted(gaps), *(gap for inner in value for gap in _gaps(inner, f"{path}/*"))]
