"""The detail of one record: sections of labelled lines, scrolled, without markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ngorder_tui.widgets.record_columns import fit, one_line


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

    def _content(self) -> Content:
        lines: list[Content] = [Content.styled(one_line(self._note), "dim")] if self._note else []
        for part in self._sections:
            if not part.title and not part.lines:
                continue
            if lines:
                lines.append(Content(""))
            if part.title:
                lines.append(Content.styled(one_line(part.title), "bold"))
            width = max((len(label) for label, _ in part.lines), default=0)
            for label, text in part.lines:
                lines.extend(_labelled(label, text, min(width, 18)))
        return Content("\n").join(lines)


def _labelled(label: str, text: str, width: int) -> list[Content]:
    first, *more = [one_line(line) for line in text.split("\n")] or [""]
    if not label:
        return [Content(line) for line in (first, *more)]
    lines = [Content.assemble((fit(label, width), "dim"), "  ", first)]
    return lines + [Content(" " * (width + 2) + line) for line in more]
