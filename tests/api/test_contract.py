"""The declarations say what the contract says, all 160 of them."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from ngorder_tui.api.endpoint import CHAPTERS, Endpoint, every, find, of_chapter
from ngorder_tui.api.errors import Invalid
from ngorder_tui.api.fields import meaning
from ngorder_tui.api.models import Page, Query
from tests.api.contract import Expected, Parameter, expected

PAGING = {"per_page", "pagination_offset"}
each_endpoint = pytest.mark.parametrize("one", expected(), ids=lambda one: one.id)


def declared(model: type[Query], parent: str | None = None) -> Iterator[tuple[str | None, str, bool]]:
    """Every field of an input model and of the models in it: (list or object that it is in, name sent, required)."""
    for name, field in model.model_fields.items():
        sent = field.alias or name
        yield parent, sent, field.is_required()
        if inner := meaning(field.annotation).model:
            yield from declared(inner, sent)


def as_typed(value: Any) -> Any:
    """The same arguments as a command line has them: text, but for lists and objects."""
    match value:
        case dict():
            return {name: as_typed(item) for name, item in value.items()}
        case list():
            return [as_typed(item) for item in value]
        case _:
            return str(value)


def flat(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Query pairs as PHP reads them: name[0][key]."""
    match value:
        case dict():
            for key, item in value.items():
                yield from flat(item, f"{name}[{key}]" if name else key)
        case list():
            for index, item in enumerate(value):
                yield from flat(item, f"{name}[{index}]")
        case bool():
            yield name, str(int(value))
        case _:
            yield name, str(value)


def sent_as(given: Any, sent: Any) -> bool:
    """Whether a body holds what was given, as the same value or as the text of it."""
    match given:
        case dict():
            return (
                isinstance(sent, dict)
                and given.keys() == sent.keys()
                and all(sent_as(given[name], sent[name]) for name in given)
            )
        case list():
            return isinstance(sent, list) and len(given) == len(sent) and all(map(sent_as, given, sent))
        case _:
            return str(given) == str(sent)


def test_every_endpoint_is_declared_in_the_order_of_the_reference() -> None:
    assert [each.id for each in every()] == [one.id for one in expected()]
    assert len(every()) == 160


def test_every_chapter_has_endpoints() -> None:
    assert all(of_chapter(chapter) for chapter in CHAPTERS)


@each_endpoint
def test_the_id_is_its_module_and_its_constant(one: Expected) -> None:
    chapter, _, verb = one.id.partition(".")
    constant = getattr(import_module(f"ngorder_tui.api.chapters.{chapter}"), verb.upper())
    assert isinstance(constant, Endpoint)
    assert constant.id == one.id
    assert find(one.id) is constant


@each_endpoint
def test_method_path_and_certainty(one: Expected) -> None:
    endpoint = find(one.id)
    assert (endpoint.method, endpoint.path, endpoint.unconfirmed) == (one.method, one.path, one.unconfirmed)


@each_endpoint
def test_summaries_are_sentences(one: Expected) -> None:
    summary = find(one.id).summary
    assert summary[:1].isupper()
    assert summary.endswith(".")


@each_endpoint
def test_parameters_have_the_documented_names_and_order(one: Expected) -> None:
    got = [(parent, name, required) for parent, name, required in declared(find(one.id).takes)]
    wanted = [(each.parent, each.name, each.required) for each in one.parameters]
    assert sorted(got, key=str) == sorted(wanted, key=str)
    assert [each for each in got if each[1] not in PAGING] == [each for each in wanted if each[1] not in PAGING]


@each_endpoint
def test_every_argument_goes_where_it_belongs(one: Expected) -> None:
    given = one.sample()
    parts = find(one.id).parse(given).parts()
    by_place = {place: {} for place in ("path", "query", "body", "form")}  # type: dict[str, dict[str, Any]]
    for each in one.fields_of(None):
        by_place[each.place][each.name] = given[each.name]
    path = one.path
    for name, value in by_place["path"].items():
        path = path.replace(f"{{{name}}}", str(value).replace(" ", "%20"))
    files = {each.name for each in one.parameters if each.type == "file"}
    assert parts.method == one.method
    assert parts.path == path
    assert sorted(parts.query) == sorted(flat(by_place["query"]))
    assert parts.files == {name: Path(str(given[name])) for name in files}
    in_body = by_place["body"] | {name: value for name, value in by_place["form"].items() if name not in files}
    assert sent_as(in_body, dict(parts.body or {}))


@each_endpoint
def test_what_is_typed_means_the_same_as_what_is_programmed(one: Expected) -> None:
    endpoint, given = find(one.id), one.sample()
    assert endpoint.parse(as_typed(given)) == endpoint.parse(given)


@each_endpoint
def test_only_required_arguments_are_required(one: Expected) -> None:
    endpoint, given = find(one.id), one.sample(required_only=True)
    assert endpoint.parse(given).given().keys() == given.keys()


def required_paths(one: Expected, parent: str | None = None, path: tuple[str | int, ...] = ()) -> Iterator[Any]:
    for each in one.fields_of(parent):
        if each.required:
            yield (*path, each.name)
        if each.type == "object":
            yield from required_paths(one, each.name, (*path, each.name))
        if each.type == "array[object]":
            yield from required_paths(one, each.name, (*path, each.name, 0))


@each_endpoint
def test_each_required_argument_is_missed_by_name(one: Expected) -> None:
    for path in required_paths(one):
        given: Any = deepcopy(one.sample())
        inner = given
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]
        with pytest.raises(Invalid) as refused:
            find(one.id).parse(given)
        assert dict(refused.value.fields) == {".".join(map(str, path)): ("is required",)}


def nested(one: Expected, parameter: Parameter, value: object) -> dict[str, Any]:
    """A sample with another value for this parameter, wherever it stands."""
    given = one.sample()

    def put(inner: Any) -> None:
        if isinstance(inner, list):
            for item in inner:
                put(item)
        if isinstance(inner, dict):
            for name, item in inner.items():
                if name == parameter.parent:
                    for target in item if isinstance(item, list) else [item]:
                        target[parameter.name] = value
                put(item)

    if parameter.parent is None:
        given[parameter.name] = value
    else:
        put(given)
    return given


@each_endpoint
def test_documented_words_are_taken_and_others_only_where_the_list_is_open(one: Expected) -> None:
    endpoint = find(one.id)
    for each in one.parameters:
        for value in each.values:
            endpoint.parse(nested(one, each, value))
        if each.values and each.closed:
            with pytest.raises(Invalid) as refused:
                endpoint.parse(nested(one, each, "nothing of the kind"))
            assert any(path.split(".")[-1] == each.name for path in refused.value.fields)
        elif each.values:
            endpoint.parse(nested(one, each, "5"))


@each_endpoint
def test_pages_can_be_asked_for_where_the_answer_is_a_page(one: Expected) -> None:
    endpoint = find(one.id)
    documented = {each.name for each in one.parameters} & PAGING
    assert endpoint.takes.model_fields.keys() & PAGING == documented
    if one.paginated:
        assert "pagination_offset" in documented
        assert issubclass(endpoint.gives, Page)
