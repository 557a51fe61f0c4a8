"""A form of any input model: the meaning of each field picks its input, the model validates, problems land on fields.

It invents nothing: nothing is preselected, an optional object is absent until it is added, and what was not touched is
not sent.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic import BaseModel, ValidationError
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from ngorder_tui.api.endpoint import reasons_by_field
from ngorder_tui.api.models import Query, as_json
from ngorder_tui.widgets.field_input import UNSET, FieldInput, TextField
from ngorder_tui.widgets.form_lines import PressableLine, RowLine
from ngorder_tui.widgets.form_parts import ListPart, ObjectPart, Part, PartMaker, lines_of
from ngorder_tui.widgets.form_shape import shape_of
from ngorder_tui.widgets.labels import label
from ngorder_tui.widgets.lookup import Choice, Finder
from ngorder_tui.widgets.record_columns import one_line

_brackets = re.compile(r"\[(\w+)\]")


class ModelForm(VerticalScroll, can_focus=False):
    """A form of `model`.

    `finders` search for ids, by the name of the id's type ("CustomerId"); `only` names the fields that are shown, in
    that order; `hide` and `labels` take names, or paths without row numbers ("products.qty"). `build` gives the
    query; `content` and `restore` are for drafts; `fill` shows a record that is edited.
    """

    DEFAULT_CSS = """
    ModelForm {
        height: 1fr; scrollbar-size-vertical: 1; background: $background;
        & > .form--top { height: auto; color: $text-error; display: none; }
    }
    """
    # These keys move the focus, so they are looked at before the keys typed after them: else, when a slow line brings
    # "12⇥3" in one read, the 3 would land in the field before.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "step('enter', 1)", show=False, priority=True),
        Binding("tab", "step('tab', 1)", show=False, priority=True),
        Binding("shift+tab", "step('shift+tab', -1)", show=False, priority=True),
        Binding("down", "step('down', 1)", show=False, priority=True),
        Binding("up", "step('up', -1)", show=False, priority=True),
        Binding("space", "press", show=False, priority=True),
        Binding("ctrl+n", "add_row", show=False, priority=True),
    ]

    class Changed(Message):
        """A person changed what the form says, at this field."""

        def __init__(self, form: ModelForm, field: str) -> None:
            super().__init__()
            self.form = form
            self.field = field

        @property
        def control(self) -> ModelForm:
            """The form."""
            return self.form

    def __init__(
        self,
        model: type[Query],
        *,
        finders: Mapping[str, Finder] | None = None,
        only: Sequence[str] | None = None,
        hide: Sequence[str] = (),
        labels: Mapping[str, str] | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.model = model
        parts = PartMaker(finders or {}, frozenset(hide), labels or {}).parts(model, "", 0)
        self._parts: dict[str, Part] = parts if only is None else {name: parts[name] for name in only}
        self._top = Static("", classes="form--top", markup=False)
        self._kept: dict[str, object] = {}
        self._filled: dict[str, object] = {}
        self._focus = ""
        self._blamed: list[FieldInput] = []

    def compose(self) -> ComposeResult:
        """The line for problems that are no field's, and the parts."""
        yield self._top
        yield from self._parts.values()

    def on_mount(self) -> None:
        """Put the cursor where the draft had it."""
        if self._focus:
            self.call_after_refresh(self.focus_field, self._focus)

    @property
    def touched(self) -> bool:
        """Whether it says anything that it was not filled with."""
        return any(part.touched for part in self._parts.values())

    def lines(self) -> Iterator[FieldInput]:
        """Every line that is shown, from top to bottom."""
        return lines_of(self._parts)

    def input(self, path: str) -> FieldInput:
        """The field at a dotted path ("products.0.qty"). Raises KeyError where none is shown."""
        for line in self.lines():
            if line.field == path:
                return line
        raise KeyError(path)

    def fill(self, values: Mapping[str, object] | BaseModel) -> None:
        """Show what a record has: it counts as untouched. Required fields are sent all the same, hidden ones too.

        The value of an id may be a Choice, which says what it is.
        """
        plain = as_json(values)
        given = plain if isinstance(plain, Mapping) else {}
        for name, part in self._parts.items():
            part.fill(given.get(name))
        self._kept = {
            shape.name: value.key if isinstance(value := given[shape.name], Choice) else value
            for shape in shape_of(self.model)
            if shape.required and shape.name not in self._parts and given.get(shape.name) is not None
        }
        self._filled = self._drafts(touched_only=False)

    def content(self) -> dict[str, object]:
        """All that is typed, for a draft, as JSON values; no secrets. Says too where the cursor is."""
        return {
            "fields": self._drafts(touched_only=True),
            "filled": dict(self._filled),
            "kept": dict(self._kept),
            "focus": self._cursor(),
        }

    def _cursor(self) -> str:
        """Where the cursor is; where it was last, while it is elsewhere."""
        line = self._focused_line() if self.is_attached else None
        return line.field if line is not None and self in line.ancestors else self._focus

    def _drafts(self, *, touched_only: bool) -> dict[str, object]:
        drafts = {name: part.draft() for name, part in self._parts.items() if part.touched or not touched_only}
        return {name: draft for name, draft in drafts.items() if draft or (touched_only and self._filled.get(name))}

    def restore(self, content: Mapping[str, object]) -> None:
        """Take back what `content` gave; names that the form does not have are passed over. Sends no message."""
        fields, filled, kept = (_mapping(content.get(key)) for key in ("fields", "filled", "kept"))
        for name, part in self._parts.items():
            part.restore(filled.get(name))
            part.settle()
            if name in fields:
                part.restore(fields[name])
        self._kept = dict(kept)
        self._filled = {name: draft for name, draft in filled.items() if name in self._parts}
        focus = content.get("focus")
        self._focus = focus if isinstance(focus, str) else ""
        if self._focus and self.is_mounted:
            self.call_after_refresh(self.focus_field, self._focus)

    async def keys_handled(self) -> None:
        """Wait until every field has handled the keys that were typed into it before this was called.

        A key that acts on the whole form may come in one read with keys that its fields have still to look at.
        """
        handled = {one: asyncio.Event() for one in self.query(Widget) if one.can_focus}
        for one, event in handled.items():
            one.call_later(event.set)
        await asyncio.gather(*(event.wait() for event in handled.values()))

    def build(self) -> Query | None:
        """The query; None where something is wrong, which then stands on its field, and the focus goes there."""
        sent = {name: part for name, part in self._parts.items() if part.touched or part.required}
        values = self._kept | {name: value for name, part in sent.items() if (value := part.typed()) is not UNSET}
        problems: dict[str, Sequence[str]] = {
            line.field: (complaint,) for line in lines_of(sent) if (complaint := line.complaint())
        }
        query: Query | None = None
        try:
            query = self.model.model_validate(values)
        except ValidationError as error:
            for path, reasons in reasons_by_field(error).items():
                # What could not be read has its sentence already; the model's would say it in other words, or call
                # the list around it too short.
                if not any(_is_within(path, known) or _is_within(known, path) for known in problems):
                    problems[path] = reasons
        self.show_problems(problems)
        return None if problems else query

    def show_problems(self, problems: Mapping[str, Sequence[str]]) -> None:
        """Show reasons on the fields that they belong to, by dotted path; the focus goes to the first.

        The reasons of a path inside what is not shown go to the line that stands for it, those of a path that the form
        does not know to its top line.
        """
        for line in (*self.lines(), *self._blamed):
            line.problem = ""
        shown = {line.field: line for line in self.lines()}
        reasons: dict[str, list[str]] = {}
        unknown: list[str] = []
        for path, why in problems.items():
            words = " ".join(one_line(reason) for reason in why)
            known, rest = _nearest(_brackets.sub(r".\1", path), shown)
            if not known:
                unknown.append(f"{one_line(path)}: {words}" if path else words)
            elif rest and not isinstance(shown[known], TextField):
                reasons.setdefault(known, []).append(f"{label(rest.rpartition('.')[2])}: {words}")
            else:
                reasons.setdefault(known, []).append(words)
        for known, sentences in reasons.items():
            shown[known].problem = " ".join(dict.fromkeys(sentences))
        self._blamed = [line for line in shown.values() if line.field in reasons]
        self._top.update("\n".join(unknown))
        self._top.display = bool(unknown)
        if self._blamed:
            self.focus_field(self._blamed[0].field)
        elif unknown:
            self.scroll_home(animate=False)

    def focus_field(self, path: str) -> None:
        """Put the cursor into the field at this path, or into the first one after it that takes it."""
        is_found = False
        for line in self.lines():
            is_found = is_found or line.field == path
            if is_found and line.is_focusable:
                line.focus(scroll_visible=False)
                self._show(line)
                return

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        for line in self.lines():
            self.focus_field(line.field)
            return

    def _show(self, line: Widget) -> None:
        self.call_after_refresh(line.scroll_visible, animate=False)

    def _focused_line(self) -> FieldInput | None:
        focused = self.screen.focused
        if focused is None:
            return None
        return next((node for node in focused.ancestors_with_self if isinstance(node, FieldInput)), None)

    def _focused_list(self) -> ListPart | None:
        focused = self.screen.focused
        if focused is None:
            return None
        return next((node for node in focused.ancestors_with_self if isinstance(node, ListPart)), None)

    @override
    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        line = self._focused_line()
        match action:
            case "step":
                return line is None or not line.wants(str(parameters[0]))
            case "press":
                return isinstance(line, PressableLine)
            case "add_row":
                return self._focused_list() is not None
            case _:
                return super().check_action(action, parameters)

    def action_step(self, key: str, step: int) -> None:
        """Move the focus to the next or previous field; Tab and Enter go on after the form, the arrows stay in it."""
        # By our own order: the screen's goes by places on screen, which new fields get with the next layout only.
        stops = [line for line in self.lines() if line.is_focusable]
        line = self._focused_line()
        if line not in stops:
            return
        at = stops.index(line) + step
        if 0 <= at < len(stops):
            stops[at].focus(scroll_visible=False)
            self._show(stops[at])
        elif key not in {"up", "down"}:
            self._leave_form(step)

    def _leave_form(self, step: int) -> None:
        chain = self.screen.focus_chain
        inside = [at for at, widget in enumerate(chain) if self in widget.ancestors]
        if inside:
            self.screen.set_focus(chain[(inside[-1 if step > 0 else 0] + step) % len(chain)])

    async def action_press(self) -> None:
        """Do what the line under the cursor is for."""
        line = self._focused_line()
        if isinstance(line, PressableLine):
            await self._press(line)

    async def action_add_row(self) -> None:
        """Add a row to the list that the cursor is in."""
        if (rows := self._focused_list()) is not None:
            await self._add_row(rows)

    async def _press(self, line: PressableLine) -> None:
        part = line.parent
        if isinstance(part, ListPart):
            await self._add_row(part)
        elif isinstance(part, ObjectPart):
            # Awaited here, so that the fields are there before the next key is looked at.
            if made := part.turn(not part.is_present):
                await part.mount(*made)
            line.edited()

    async def _add_row(self, rows: ListPart) -> None:
        row = rows.add()
        await rows.mount(row, before=rows.line)
        first = next((line for line in lines_of(row.parts) if line.is_focusable), row.line)
        first.focus(scroll_visible=False)
        self._show(first)
        rows.line.edited()

    @on(PressableLine.Pressed)
    async def _pressed(self, event: PressableLine.Pressed) -> None:
        event.stop()
        await self._press(event.line)

    @on(RowLine.Removed)
    async def _remove_row(self, event: RowLine.Removed) -> None:
        event.stop()
        row = event.line.parent
        rows = row.parent if row is not None else None
        if not isinstance(row, ObjectPart) or not isinstance(rows, ListPart) or row not in rows.rows:
            return
        at = rows.rows.index(row)
        rows.remove_row(row)
        (rows.rows[at].line if at < len(rows.rows) else rows.line).focus(scroll_visible=False)
        await row.remove()
        rows.line.edited()

    @on(FieldInput.Changed)
    def _field_changed(self, event: FieldInput.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self, event.field_input.field))

    def on_resize(self) -> None:
        """A smaller window never hides the field that the cursor is in."""
        line = self._focused_line() if self.is_attached else None
        if line is not None and self in line.ancestors:
            self._show(line)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember where the cursor is, for the draft."""
        for node in event.widget.ancestors_with_self:
            if isinstance(node, FieldInput):
                self._focus = node.field
                return


def _mapping(value: object) -> dict[str, object]:
    return {str(key): item for key, item in value.items()} if isinstance(value, Mapping) else {}


def _is_within(path: str, whole: str) -> bool:
    return path == whole or path.startswith(f"{whole}.")


def _nearest(path: str, shown: Mapping[str, object]) -> tuple[str, str]:
    """The longest path that is shown of which this one is a part, and what is left of it; nothing if none is."""
    known, rest = path, ""
    while known and known not in shown:
        known, _dot, last = known.rpartition(".")
        rest = f"{last}.{rest}" if rest else last
    return known, rest
