"""The server's HTML as safe styled text: emphasis and line breaks, nothing else of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from textual.content import Content

from ngorder_tui.api.text import clean

_spaces = re.compile(r"\s+")
_BOLD = frozenset({"strong", "b", "h1", "h2", "h3", "h4", "th"})
_ITALIC = frozenset({"em", "i"})
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4"})
_HIDDEN = frozenset({"script", "style", "head", "title", "template"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str, str]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _BREAKS:
            self._break()
        if tag not in {"br", "img", "hr", "input", "meta", "link"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag in _BREAKS and tag != "br":
            self._break()

    def handle_data(self, data: str) -> None:
        if _HIDDEN.intersection(self._open):
            return
        styles = ["bold"] if _BOLD.intersection(self._open) else []
        styles += ["italic"] if _ITALIC.intersection(self._open) else []
        self.parts.append((clean(_spaces.sub(" ", data)), " ".join(styles)))

    def _break(self) -> None:
        if self.parts and self.parts[-1][0] != "\n":
            self.parts.append(("\n", ""))


def html_content(html: str) -> Content:
    """The text of an HTML fragment, its emphasis kept; broken HTML is read as far as it goes."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    parts = reader.parts
    while parts and not parts[0][0].strip():
        del parts[0]
    return Content.assemble(*(part if part[1] else part[0] for part in parts)).rstrip()


def html_plain(html: str) -> str:
    """The text of an HTML fragment without any style."""
    return html_content(html).plain
