"""The detail of one record: sections of labelled lines, scrolled, without markup."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ngorder_tui.widgets.record_columns import fit, one_line

MOST_LABEL = 18
"""Cells that labels take at most."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a detail: a title and its lines, each (label, text); a line without a label is text alone."""

    title: str
    lines: tuple[tuple[str, str], ...]


def section(title: str, *lines: tuple[str, str | None]) -> Section:
    """A section of the lines that say something."""
    return Section(title, tuple((label, text) for label, text in lines if text))


class DetailPane(VerticalScroll):
    """Shows sections; keeps its place while the same record is refreshed."""

    DEFAULT_CSS = """
    DetailPane {
        width: 1fr; height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; background: $background;
        & > Static { width: 1fr; height: auto; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", show=False),
        Binding("down,j", "scroll_down", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._key: str | None = None
        self._sections: tuple[Section, ...] = ()
        self._note = ""

    def compose(self) -> list[Static]:
        """One text; its lines are rebuilt when the sections differ."""
        return [Static(markup=False)]

    def show(self, key: str | None, sections: Sequence[Section], note: str = "") -> None:
        """Show this record; `note` says how old it is or what is still loading."""
        if (key, tuple(sections), note) == (self._key, self._sections, self._note):
            return
        if key != self._key:
            self.scroll_home(animate=False)
        self._key, self._sections, self._note = key, tuple(sections), note
        self.query_one(Static).update(self._content())

    def plain(self) -> str:
        """What is shown, as text."""
        return self._content().plain

    def on_resize(self) -> None:
        """Break the lines for the new width."""
        self.query_one(Static).update(self._content())

    def _content(self) -> Content:
        room = max(MOST_LABEL + 8, self.scrollable_content_region.width)
        lines: list[Content] = [Content.styled(one_line(self._note), "dim")] if self._note else []
        for part in self._sections:
            if not part.title and not part.lines:
                continue
            if lines:
                lines.append(Content(""))
            if part.title:
                lines.append(Content.styled(one_line(part.title), "bold"))
            width = min(MOST_LABEL, max((len(label) for label, _text in part.lines), default=0))
            for label, text in part.lines:
                lines.extend(_labelled(label, text, width, room))
        return Content("\n").join(lines)


def _labelled(label: str, text: str, width: int, room: int) -> list[Content]:
    """A label and its text; what does not fit goes on under the text, not under the label."""
    indent = width + 2 if label else 0
    first, *more = [broken for line in text.split("\n") for broken in _broken(one_line(line), room - indent)]
    if not label:
        return [Content(line) for line in (first, *more)]
    head = Content.assemble((fit(label, width), "dim"), "  ", first)
    return [head, *(Content(" " * indent + line) for line in more)]


def _broken(line: str, room: int) -> list[str]:
    return textwrap.wrap(line, room, break_on_hyphens=False) or [""]
