"""The parts of a form that hold fields: an object that may be absent, and a list of objects that grows row by row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from textual.app import ComposeResult
from textual.widget import Widget

from ngorder_tui.api.models import Query
from ngorder_tui.widgets.field_input import UNSET, FieldInput
from ngorder_tui.widgets.form_lines import AddLine, Heading, RowLine, SwitchLine
from ngorder_tui.widgets.form_shape import FieldShape, shape_of
from ngorder_tui.widgets.inputs import make_input
from ngorder_tui.widgets.labels import label
from ngorder_tui.widgets.lookup import Finder

_index = re.compile(r"\.\d+(?=\.|$)")


@dataclass(frozen=True)
class PartMaker:
    """Makes the parts of a form: knows who searches for which id, what is hidden and what is called otherwise.

    Paths in `hide` and `labels` are without row numbers: "products.qty".
    """

    finders: Mapping[str, Finder] = field(default_factory=dict)
    hide: Collection[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    def parts(self, model: type[Query], path: str, depth: int) -> dict[str, Part]:
        """A part for every field of the model that is not hidden, by name."""
        shapes = {f"{path}.{shape.name}" if path else shape.name: shape for shape in shape_of(model)}
        return {
            shape.name: self.part(shape, at, depth)
            for at, shape in shapes.items()
            if without_indexes(at) not in self.hide
        }

    def part(self, shape: FieldShape, path: str, depth: int) -> Part:
        """The part for one field."""
        name = self.labels.get(without_indexes(path)) or self.labels.get(shape.name) or label(shape.name)
        if shape.kind == "objects" and shape.model is not None:
            rows = ListPart(self, shape.model, path, name, required=shape.required, depth=depth)
            rows.line.may_be_blank = shape.may_be_blank
            return rows
        if shape.kind == "object" and shape.model is not None:
            kind = Heading if shape.required else SwitchLine
            return ObjectPart(self, shape.model, kind(path, name, required=shape.required, depth=depth))
        return make_input(
            shape.kind,
            path,
            name,
            choices=shape.choices,
            item=shape.item,
            finder=self.finders.get(shape.id_type),
            required=shape.required,
            may_be_blank=shape.may_be_blank,
            depth=depth,
        )


def without_indexes(path: str) -> str:
    """The path of a field whatever row it is in: products.0.qty is products.qty."""
    return _index.sub("", path)


class ObjectPart(Widget):
    """A nested object: its first line, and its fields, which are made when it first becomes present."""

    DEFAULT_CSS = """
    ObjectPart {
        height: auto; width: 1fr; layout: vertical;
        &.-folded > * { display: none; }
        &.-folded > SwitchLine { display: block; }
    }
    """

    def __init__(self, maker: PartMaker, model: type[Query], line: FieldInput) -> None:
        super().__init__()
        self.line = line
        self.required = line.required
        self.parts: dict[str, Part] = {}
        self._maker = maker
        self._model = model
        self._was_present = self.is_present
        if self.is_present:
            self._make()

    def compose(self) -> ComposeResult:
        """The line and what there is of fields."""
        yield self.line
        yield from self.parts.values()

    @property
    def field(self) -> str:
        """The path."""
        return self.line.field

    @property
    def is_present(self) -> bool:
        """Whether the object is said to be there."""
        return not isinstance(self.line, SwitchLine) or self.line.is_on

    def turn(self, present: bool) -> list[Widget]:
        """Say that it is there or not; what is typed in it stays. Returns the fields that must be mounted for it."""
        if isinstance(self.line, SwitchLine):
            self.line.is_on = present
            self.line.redraw()
        self.set_class(not present, "-folded")
        return self._make() if present and not self.parts else []

    def _make(self) -> list[Widget]:
        self.parts = self._maker.parts(self._model, self.field, self.line.depth + 1)
        return list(self.parts.values())

    @property
    def touched(self) -> bool:
        """Whether it says something else than what it was filled with."""
        return self.is_present != self._was_present or (
            self.is_present and any(part.touched for part in self.parts.values())
        )

    def says_something(self) -> bool:
        """Whether anything at all is typed in it."""
        return any(part.touched or part.draft() for part in self.parts.values())

    def typed(self) -> object:
        """The values that were said, by name; UNSET while it is absent."""
        if not self.is_present:
            return UNSET
        values = {name: part.typed() for name, part in self.parts.items()}
        return {name: value for name, value in values.items() if value is not UNSET}

    def draft(self) -> object:
        """What a draft keeps: whether it is present, and its fields that say something."""
        said = {name: draft for name, part in self.parts.items() if (draft := part.draft())}
        if isinstance(self.line, SwitchLine):
            return {"present": self.is_present, "fields": said} if self.is_present or said else {}
        return said

    def restore(self, draft: object) -> None:
        """Take back what `draft` gave; what it does not name is emptied."""
        said = draft if isinstance(draft, dict) else {}
        if isinstance(self.line, SwitchLine):
            present, fields = said.get("present") is True, said.get("fields")
            said = fields if isinstance(fields, dict) else {}
            self.place(self.turn(present or bool(said)))
            self.turn(present)
        for name, part in self.parts.items():
            part.restore(said.get(name))

    def fill(self, value: object) -> None:
        """Show what the record has."""
        values = value if isinstance(value, Mapping) else None
        self.place(self.turn(values is not None))
        for name, part in self.parts.items():
            part.fill((values or {}).get(name))
        self._was_present = self.is_present

    def settle(self) -> None:
        """What it says now counts as untouched."""
        self._was_present = self.is_present
        for part in self.parts.values():
            part.settle()

    def place(self, made: list[Widget]) -> None:
        """Mount what was made, where this part is on screen."""
        if made and self.line.is_attached:
            self.mount(*made)

    def rename(self, path: str) -> None:
        """Move it, with all in it, to another path."""
        self.line.field = path
        for name, part in self.parts.items():
            if isinstance(part, FieldInput):
                part.field = f"{path}.{name}"
            else:
                part.rename(f"{path}.{name}")

    def lines(self) -> Iterator[FieldInput]:
        """Every line that is shown, from top to bottom."""
        yield self.line
        if self.is_present:
            yield from lines_of(self.parts)


class ListPart(Widget):
    """A list of objects: a row for each, and the line that adds one. At first there is no row."""

    DEFAULT_CSS = "ListPart { height: auto; width: 1fr; layout: vertical; }"

    def __init__(
        self, maker: PartMaker, model: type[Query], path: str, name: str, *, required: bool = False, depth: int = 0
    ) -> None:
        super().__init__()
        self.required = required
        self.rows: list[ObjectPart] = []
        self.line = AddLine(path, name, required=required, depth=depth)
        self._maker = maker
        self._model = model
        self._is_changed = False
        self._filled_rows = 0

    def compose(self) -> ComposeResult:
        """The rows, and the line that adds one."""
        yield from self.rows
        yield self.line

    @property
    def field(self) -> str:
        """The path."""
        return self.line.field

    def add(self) -> ObjectPart:
        """A new row at the end, not mounted yet."""
        line = RowLine(f"{self.field}.{len(self.rows)}", "", depth=self.line.depth)
        row = ObjectPart(self._maker, self._model, line)
        line.holds_something = row.says_something
        self.rows.append(row)
        self._is_changed = True
        self._number()
        return self.rows[-1]

    def remove_row(self, row: ObjectPart) -> None:
        """Take a row out; the rows after it move up."""
        self.rows.remove(row)
        self._is_changed = True
        self._number()

    def _number(self) -> None:
        for index, row in enumerate(self.rows):
            row.rename(f"{self.field}.{index}")
            row.line.label = f"{self.line.label} {index + 1}"
            row.line.redraw()
        self.line.count = len(self.rows)
        self.line.redraw()

    @property
    def touched(self) -> bool:
        """Whether it says something else than what it was filled with."""
        if not self.rows and not self._filled_rows:
            return False
        return self._is_changed or any(row.touched for row in self.rows)

    def typed(self) -> object:
        """The rows. None is UNSET, but where a list without rows is a value, or a record had some."""
        if not self.rows and not self._filled_rows and not (self.required and self.line.may_be_blank):
            return UNSET
        return [row.typed() for row in self.rows]

    def draft(self) -> object:
        """What a draft keeps of each row."""
        return [row.draft() for row in self.rows]

    def restore(self, draft: object) -> None:
        """Take back what `draft` gave, in place of all rows that there are."""
        drafts = draft if isinstance(draft, list) else []
        for row, said in zip(self._renew(len(drafts)), drafts, strict=True):
            row.restore(said)

    def fill(self, value: object) -> None:
        """Show the rows that the record has."""
        values = [item for item in value if isinstance(item, Mapping)] if isinstance(value, list | tuple) else []
        for row, item in zip(self._renew(len(values)), values, strict=True):
            row.fill(item)
        self.settle()

    def settle(self) -> None:
        """What it says now counts as untouched."""
        self._filled_rows = len(self.rows)
        self._is_changed = False
        for row in self.rows:
            row.settle()

    def _renew(self, count: int) -> list[ObjectPart]:
        for row in self.rows:
            if row.is_attached:
                row.remove()
        self.rows = []
        self._is_changed = True
        self._number()
        made = [self.add() for _row in range(count)]
        if made and self.line.is_attached:
            self.mount(*made, before=self.line)
        return made

    def rename(self, path: str) -> None:
        """Move it, with all in it, to another path."""
        self.line.field = path
        self._number()

    def lines(self) -> Iterator[FieldInput]:
        """Every line that is shown, from top to bottom."""
        for row in self.rows:
            yield from row.lines()
        yield self.line


def lines_of(parts: Mapping[str, Part]) -> Iterator[FieldInput]:
    """Every line of these parts that is shown, from top to bottom."""
    for part in parts.values():
        if isinstance(part, FieldInput):
            yield part
        else:
            yield from part.lines()


Part = FieldInput | ObjectPart | ListPart
"""A piece of a form under one name."""
