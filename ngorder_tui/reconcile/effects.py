"""Which of the things on the server is the effect of a write: told by when they were made and by who else asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from ngorder_tui import clock
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.reconcile.evidence import Evidence, Verdict

if TYPE_CHECKING:
    from ngorder_tui.store.journal import Intent

ALLOWANCE = timedelta(minutes=5)
"""How far the server's clock and this machine's may be apart, and how late a request may still be done."""
Place = Literal["before", "within", "unsure", "after"]


@dataclass(frozen=True, slots=True)
class Window:
    """The time in which a write can have had its effect."""

    since: datetime
    until: datetime

    @classmethod
    def of(cls, intent: Intent) -> Window:
        """From when it was begun to when it was known to have no answer, and the allowance on both sides."""
        return cls(intent.begun_at - ALLOWANCE, intent.changed_at + ALLOWANCE)

    def days(self) -> tuple[date, date]:
        """The first and last day to look at, in Jakarta: a day more than the window, so that late effects are seen."""
        last = min(clock.now() + ALLOWANCE, self.until + timedelta(days=1))
        return self.since.astimezone(clock.JAKARTA).date(), last.astimezone(clock.JAKARTA).date()


@dataclass(frozen=True, slots=True)
class Span:
    """When something was made, as closely as the server tells; a side that is None is not told."""

    earliest: datetime | None = None
    latest: datetime | None = None

    @classmethod
    def at(cls, when: date | None) -> Span:
        """A moment, any moment of a day, or not told."""
        if when is None or isinstance(when, datetime):
            return cls(when, when)
        start = datetime.combine(when, time(), clock.JAKARTA)
        return cls(start, start + timedelta(days=1))

    def place(self, window: Window) -> Place:
        """Where it lies: `unsure` where its ends lie on different sides, or are not told."""
        if self.latest is not None and self.latest < window.since:
            return "before"
        if self.earliest is not None and self.earliest > window.until:
            return "after"
        if self.earliest is None or self.latest is None:
            return "unsure"
        return "within" if window.since <= self.earliest and self.latest <= window.until else "unsure"


@dataclass(frozen=True, slots=True)
class Effect:
    """Something on the server that looks like what a write meant; `differs` names in words what is different."""

    id: str
    text: str
    made: Span = Span()
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """How effects were looked for.

    `where` says it in words. `whole`: whether all was read. `answer_key`: the name of an effect's id in the answers
    to such writes, empty where they give none. `same` tells whether another write of the journal would look the same
    on the server. `untimed`: whether what is there once is the effect though the server does not tell since when.
    """

    where: str
    whole: bool = True
    answer_key: str = ""
    same: Callable[[Intent], bool] = lambda _other: True
    untimed: bool = False


def judge(intent: Intent, effects: Sequence[Effect], others: Sequence[Intent], search: Search) -> Evidence:
    """The verdict on what was found."""
    window = Window.of(intent)
    claimed = {made: one.n for one in others if (made := _answered(one, search)) is not None}
    free = [effect for effect in effects if effect.id not in claimed]
    possible = [effect for effect in free if effect.made.place(window) != "before"]
    fits = [effect for effect in possible if not effect.differs]
    rivals = [one for one in others if search.same(one) and _answered(one, search) is None and _may_be_of(one, fits)]
    verdict = _verdict(fits, possible, window, search)
    if verdict == "landed" and rivals:
        verdict = "ambiguous"
    shown = fits or possible
    lines = [search.where, *_found(verdict, shown, window, search)]
    lines += [
        _("Number {number} of the journal asked for the same: this may be its effect.").format(number=one.n)
        for one in rivals
    ]
    lines += [
        _("{what}: it is the answer to number {number}.").format(what=effect.text, number=claimed[effect.id])
        for effect in effects
        if effect.id in claimed and not effect.differs
    ]
    lines += [
        _("Alike, but by the server's clock it was there before: {what}").format(what=effect.text)
        for effect in free
        if effect not in possible and not effect.differs
    ]
    if not search.whole:
        lines.append(_("Not all that is there could be read."))
    found = () if verdict in {"not seen", "cannot tell"} else tuple(dict.fromkeys(effect.id for effect in shown))
    return Evidence(verdict, tuple(lines), found)


def _verdict(fits: Sequence[Effect], possible: Sequence[Effect], window: Window, search: Search) -> Verdict:
    if not possible:
        return "not seen" if search.whole else "cannot tell"
    if len(fits) != 1 or not search.whole:
        return "ambiguous"
    return "landed" if _is_sure(fits[0], window, search) else "ambiguous"


def _is_sure(effect: Effect, window: Window, search: Search) -> bool:
    if effect.made.earliest is None or effect.made.latest is None:
        return search.untimed
    return effect.made.place(window) == "within"


def _found(verdict: Verdict, shown: Sequence[Effect], window: Window, search: Search) -> list[str]:
    if not shown:
        return [_("Nothing there fits.")]
    if verdict == "landed":
        lines = [_("It is there: {what}").format(what=shown[0].text)]
        if search.untimed:
            lines.append(_("The server does not tell since when."))
        return lines
    count = len(shown)
    lines = [ngettext("{n} may be its effect:", "{n} may be its effect; at most one is:", count).format(n=count)]
    for effect in shown:
        why = _why(effect, window, search)
        lines.append(f"{effect.text} ({why})" if why else effect.text)
    return lines


def _why(effect: Effect, window: Window, search: Search) -> str:
    """What speaks against an effect."""
    if effect.differs:
        return _("different: {what}").format(what=", ".join(effect.differs))
    match effect.made.place(window):
        case "after":
            return _("made long after this was sent")
        case "unsure" if not search.untimed:
            return _("when it was made is not told closely enough")
    return ""


def _may_be_of(other: Intent, fits: Sequence[Effect]) -> bool:
    window = Window.of(other)
    return any(effect.made.place(window) in {"within", "unsure"} for effect in fits)


def _answered(other: Intent, search: Search) -> str | None:
    """The id that the answer to another write gave its effect."""
    if other.state != "done" or other.answer is None or not search.answer_key:
        return None
    answer: object = json.loads(other.answer)
    if isinstance(answer, dict) and isinstance(answer.get("data"), dict):
        answer = answer["data"]
    found = answer.get(search.answer_key) if isinstance(answer, dict) else None
    return None if found is None else str(found)
