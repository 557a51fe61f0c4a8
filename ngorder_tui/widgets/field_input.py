"""What all inputs of a form share: a label at the left, what is said at the right, a problem below."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar, Final, Self

from textual import events, on
from textual.app import ComposeResult, RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input
from typing_extensions import override

from ngorder_tui.i18n import _
from ngorder_tui.widgets.keeping import KeysKept
from ngorder_tui.widgets.line_input import LineInput
from ngorder_tui.widgets.record_columns import fit, one_line

LABEL_WIDTH = 26
"""Cells before what is typed: gutter, indent and label."""
GUTTER = 2
"""Cells at the very left: the mark of the focus, the mark of a problem."""


class Unset(Enum):
    """Nothing was said: no value at all, which is something else than an empty one."""

    UNSET = "unset"


UNSET: Final = Unset.UNSET


class FieldInput(KeysKept, Widget):
    """One field of a form, one line high but for its problem.

    `field` is its dotted path ("payment.amount"). `typed()` is the value that goes to the model: UNSET if nothing was
    said, and the bare text where that cannot be read, for the model to refuse; `complaint()` tells what is wrong with
    it in the user's words. `draft()` is what a draft keeps, and `restore` takes it back.
    """

    DEFAULT_CSS = """
    FieldInput { height: auto; width: 1fr; text-wrap: nowrap; }
    """

    is_focusable: ClassVar[bool] = True
    """Whether the focus may come here, into the field or into the line of text in it."""

    class Changed(Message):
        """A person changed what a field says; nothing set by code sends it."""

        def __init__(self, field_input: FieldInput) -> None:
            super().__init__()
            self.field_input = field_input

        @property
        def control(self) -> FieldInput:
            """The field."""
            return self.field_input

    def __init__(
        self, field: str, label: str, *, required: bool = False, depth: int = 0, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.field = field
        self.label = label
        self.required = required
        self.depth = depth
        self.may_be_blank = False
        self._filled = ""
        self._problem = ""
        self._here = False

    @property
    def text(self) -> str:
        """What is typed or picked, as text."""
        return ""

    def typed(self) -> object:
        """The value that was said, or UNSET."""
        return UNSET

    def complaint(self) -> str:
        """Why what is typed cannot be read, as a sentence; empty if it can."""
        return ""

    def draft(self) -> str:
        """What a draft keeps of this field."""
        return self.text

    def restore(self, text: object) -> None:
        """Take back what `draft` gave; anything else empties the field. Sends no message."""

    def fill(self, value: object) -> None:
        """Show a value that the record has: it counts as untouched until it is changed. None empties the field."""
        self.restore("" if value is None else self.shown(value))
        self.settle()

    def settle(self) -> None:
        """What it says now counts as untouched."""
        self._filled = self.draft()
        self.redraw()

    def shown(self, value: object) -> str:
        """A record's value as the draft of this field."""
        return one_line(str(value))

    @property
    def touched(self) -> bool:
        """Whether it says something else than what it was filled with."""
        return self.draft() != self._filled

    @property
    def problem(self) -> str:
        """What is wrong, shown under the field; setting it shows it."""
        return self._problem

    @problem.setter
    def problem(self, problem: str) -> None:
        if problem != self._problem:
            self._problem = problem
            self.redraw(layout=True)

    @property
    def is_here(self) -> bool:
        """Whether the focus is in this field."""
        return self._here

    @override
    def focus(self, scroll_visible: bool = True) -> Self:
        """Take the focus at once, so that keys typed ahead come here."""
        if self.is_attached:
            self.screen.set_focus(self, scroll_visible)
        return self

    def redraw(self, *, layout: bool = False) -> None:
        """Draw again; with `layout` where the number of lines may differ."""
        if self.is_attached:
            self.refresh(layout=layout)

    def edited(self) -> None:
        """A person changed it: the problem is gone until the next look, and the form hears of it.

        Keys that came in one read with the one that left the field change it after that look: they are looked at now.
        """
        self.problem = "" if self._here else self.complaint()
        self.redraw()
        self.post_message(self.Changed(self))

    def said(self, width: int) -> Content:
        """What stands right of the label, in `width` cells."""
        return Content(fit(self.text, width))

    def below(self) -> list[tuple[str, str]]:
        """Lines under the field, before its problem: text and style."""
        return []

    def wants(self, key: str) -> bool:  # noqa: ARG002
        """Whether this key, which else moves the focus, has a meaning in this field now."""
        return False

    @override
    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All that there is."""
        return container.width

    @override
    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line, and what stands below it."""
        return 1 + len(self.below()) + len(self._problem_lines(width))

    def render(self) -> RenderResult:
        """Gutter, label, what is said; then the lines below."""
        width = self.size.width
        marks = (">" if self._here else " ") + ("!" if self._problem else " ")
        label = "  " * self.depth + self.label + ("*" if self.required and not self.may_be_blank else "")
        first = Content.assemble(
            marks,
            (fit(label, LABEL_WIDTH - GUTTER - 1), "bold" if self._here else ""),
            " ",
            self.said(max(0, width - LABEL_WIDTH)),
        )
        room = max(0, width - LABEL_WIDTH)
        below = [Content.assemble(" " * LABEL_WIDTH, (fit(text, room), style)) for text, style in self.below()]
        return Content("\n").join([first, *below, *self._problem_lines(width)])

    def _problem_lines(self, width: int) -> list[Content]:
        if not self._problem:
            return []
        indent = LABEL_WIDTH if width >= 2 * LABEL_WIDTH else GUTTER
        text = Content.styled(one_line(self._problem), "$text-error")
        return [Content(" " * indent) + line for line in text.wrap(max(8, width - indent))]

    @override
    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Printable keys end here, so that none that is typed or scanned on a form's line is a command elsewhere."""
        return character is not None and character.isprintable() and key != "space"

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable:
            event.stop()
            event.prevent_default()

    def on_focus(self) -> None:
        """The focus came to this field."""
        self._arrive()

    def on_blur(self) -> None:
        """The focus left this field."""
        self._leave()

    def on_descendant_focus(self) -> None:
        """The focus came into this field."""
        self._arrive()

    def on_descendant_blur(self) -> None:
        """The focus left this field."""
        self._leave()

    def _arrive(self) -> None:
        self._here = True
        self.redraw()

    def _leave(self) -> None:
        self._here = False
        self.problem = self.complaint() or self.problem
        self.redraw()


class TextField(FieldInput):
    """A field that is typed: a line of text at the right of the label, and beside it how the text is read."""

    DEFAULT_CSS = """
    TextField {
        layout: vertical;
    }
    """
    reading_width: ClassVar[int] = 0
    """Cells at the right that are kept for the reading."""
    is_masked: ClassVar[bool] = False

    def __init__(
        self, field: str, label: str, *, required: bool = False, depth: int = 0, id: str | None = None
    ) -> None:
        super().__init__(field, label, required=required, depth=depth, id=id)
        self._text = ""
        self._line: LineInput | None = None
        self._wants_focus = False

    def compose(self) -> ComposeResult:
        """The line of text; label, reading and problem are drawn around it by the field itself."""
        self._line = LineInput(self._text, password=self.is_masked)
        self._line.styles.margin = (0, self.reading_width and self.reading_width + 1, 0, LABEL_WIDTH)
        yield self._line

    def on_mount(self) -> None:
        """Take the focus that came before there was a line to take it."""
        if self._wants_focus:
            self.focus()

    @property
    def text(self) -> str:
        """What is typed, to the last key."""
        return self._text if self._line is None else self._line.value

    def set_text(self, text: str) -> None:
        """Show this text as typed. Sends no message."""
        self._text = text
        if self._line is not None:
            with self._line.prevent(Input.Changed):
                self._line.value = text
            self._line.cursor_position = len(text)
        self.redraw()

    def restore(self, text: object) -> None:
        """Take back what `draft` gave."""
        self.set_text(one_line(text) if isinstance(text, str) else "")

    def read(self, text: str) -> object:
        """The value of what was typed; raises ValueError with a sentence for the user."""
        return text

    def typed(self) -> object:
        """The value, the bare text where it cannot be read, UNSET where there is none but blanks."""
        text = self.text.strip()
        if not text:
            return UNSET
        try:
            return self.read(text)
        except ValueError:
            return text

    def complaint(self) -> str:
        """Why the text cannot be read."""
        text = self.text.strip()
        try:
            if text:
                self.read(text)
        except ValueError as error:
            return str(error)
        return ""

    def reading(self) -> str:
        """How the text is read, where that is not plain from the text itself."""
        return ""

    def said(self, width: int) -> Content:
        """The reading, at the right of the line of text."""
        words = self.reading()
        if self._filled and not self.text.strip():
            words = _("not sent")
        if not self.reading_width or not words:
            return Content("")
        return Content.assemble(
            " " * max(0, width - self.reading_width), (fit(words, self.reading_width), "$text-muted")
        )

    def focus(self, scroll_visible: bool = True) -> Self:
        """Put the cursor into the line of text."""
        if self._line is not None and self._line.is_attached:
            self._wants_focus = False
            self.screen.set_focus(self._line, scroll_visible)
        else:
            self._wants_focus = True
        return self

    @on(Input.Changed)
    def _line_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._text:
            self._text = event.value
            self.edited()
