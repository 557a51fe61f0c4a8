"""How the outbox tells of a write: its state, its countdown, the intent and the evidence beside it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ngorder_tui import formats
from ngorder_tui.clock import now
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.reconcile.desk import ASK_AGAIN_AFTER
from ngorder_tui.screens.said import said
from ngorder_tui.widgets.detail_pane import Section, section
from ngorder_tui.widgets.labels import label
from ngorder_tui.widgets.record_table import Row

if TYPE_CHECKING:
    from ngorder_tui.reconcile.evidence import Evidence
    from ngorder_tui.store.outbox import Waiting

_STYLES = {"unknown": "bad", "done": "dim", "dropped": "dim", "refused": "warn"}


def state_words(one: Waiting) -> str:
    """The state of a write in a word or two."""
    match one.intent.state:
        case "queued":
            return _("held") if one.is_held else _("waits")
        case "sending":
            return _("being sent")
        case "unknown":
            return _("answer unknown")
        case "done":
            return _("done")
        case "refused":
            return _("refused")
        case "dropped":
            return _("given up")
        case "draft":
            return _("draft")


def countdown(one: Waiting) -> str:
    """How long a write waits at least, for the server asked to: 45 s, 2:05 min."""
    if one.intent.state != "queued" or one.not_before is None:
        return ""
    seconds = -int((now() - one.not_before).total_seconds() // 1)
    if seconds <= 0:
        return ""
    if seconds < 60:
        return _("in {n} s").format(n=seconds)
    return _("in {n}:{seconds:02} min").format(n=seconds // 60, seconds=seconds % 60)


def row_of(one: Waiting) -> Row:
    """A write as a row."""
    intent = one.intent
    style = "warn" if intent.state == "queued" and one.why and one.is_held else _STYLES.get(intent.state, "")
    cells = (str(intent.n), state_words(one), intent.title, formats.age(intent.begun_at), countdown(one))
    return Row(str(intent.n), cells, style)


def summary(found: Sequence[Waiting], *, by_hand: bool, read_only: bool) -> str:
    """The line above the list."""
    counts: dict[str, int] = {}
    for one in found:
        counts[one.intent.state] = counts.get(one.intent.state, 0) + 1
    waiting, unknown = counts.get("queued", 0), counts.get("unknown", 0)
    parts = []
    if unknown:
        parts.append(ngettext("{n} answer unknown", "{n} answers unknown", unknown).format(n=unknown))
    if waiting:
        parts.append(ngettext("{n} waits", "{n} wait", waiting).format(n=waiting))
    if read_only:
        parts.append(_("read-only: nothing is sent"))
    elif by_hand:
        parts.append(_("nothing is sent by itself"))
    return " · ".join(parts)


def intent_sections(one: Waiting) -> Iterator[Section]:
    """What was meant, and how it stands."""
    intent = one.intent
    moment = "" if one.not_before is None or not countdown(one) else formats.moment(one.not_before)
    yield section(
        _("No. {n}: {title}").format(n=intent.n, title=intent.title),
        (_("State"), state_words(one)),
        (_("Why"), one.why),
        (_("Not before"), moment),
        (_("Begun"), formats.moment(intent.begun_at)),
        (_("Since"), formats.moment(intent.changed_at) if intent.changed_at != intent.begun_at else ""),
        (_("Note"), intent.note),
    )
    told = tuple((label(name), said(value).strip().replace("\n  ", "\n")) for name, value in intent.arguments.items())
    yield Section(_("What it sends") if intent.state == "queued" else _("What it sent"), told)


def evidence_section(evidence: Evidence | None, *, looks: int) -> Section:
    """What the server shows of a write whose answer is unknown, after so many looks; None while it is asked."""
    title = _("What the server shows")
    if evidence is None:
        return Section(title, (("", _("Asking the server…") if looks else _("Enter looks for it.")),))
    seconds = round(ASK_AGAIN_AFTER)
    match evidence.verdict:
        case "landed":
            verdict = _("✓ It was done.")
        case "not seen" if looks < 2:
            verdict = _("… Not seen. A slow server may still be at it: it is looked for again in {n} s.")
        case "not seen":
            verdict = _("✗ Not seen, looked for twice, {n} s apart. It is not sent again by itself.")
        case "ambiguous":
            verdict = _("? It may have been done: this cannot be told for certain.")
        case "cannot tell":
            verdict = _("? It cannot be told whether it was done.")
    return Section(title, (("", verdict.format(n=seconds)), *(("", line) for line in evidence.lines)))
