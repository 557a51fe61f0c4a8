"""How a counted stock transfer is sent: what is shown before, and one part after another, each with its own result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from ngorder_tui import formats
from ngorder_tui.api.errors import Invalid
from ngorder_tui.dialogs.choose import Choose
from ngorder_tui.i18n import _, ngettext
from ngorder_tui.screens.sending import send, take_out
from ngorder_tui.screens.transfer_draft import Part, TransferDraft

if TYPE_CHECKING:
    from ngorder_tui.screens.base import NgorderScreen

SHOWN = 12
"""Lines of one kind that a review names at most."""
REASONS = 3
"""Reasons of a refusal that are told with a part's result; each line has its own beside it."""


@dataclass(frozen=True, slots=True)
class Head:
    """From where to where, and why: as the API takes it, and how the warehouses are called."""

    origin_id: int
    destination_id: int
    description: str
    origin: str
    destination: str

    @property
    def way(self) -> str:
        """From where to where, in words."""
        return _("{origin} to {destination}").format(origin=self.origin, destination=self.destination)


@dataclass(frozen=True, slots=True)
class PartResult:
    """What became of a part. `fields` are the server's reasons, by dotted path; `number` its place in the outbox."""

    part: Part
    state: Literal["done", "refused", "unsent", "held", "unknown"]
    words: str
    fields: Mapping[str, tuple[str, ...]]
    number: int = 0

    @property
    def text(self) -> str:
        """One line: symbol, which part, how much, what became of it."""
        symbol = {"done": "✓", "unknown": "?", "held": "…"}.get(self.state, "✗")
        return f"{symbol} {self.part.name}: {self.part.size()}. {self.words}"


def review_lines(draft: TransferDraft, head: Head, parts: Sequence[Part]) -> str:
    """What will be sent, and what is wrong with it."""
    lines = [head.way, head.description, ""]
    if len(parts) > 1:
        lines.append(
            _("{n} transfers, since one holds at most 100 variants; sent one after another:").format(n=len(parts))
        )
    lines += [f"  {part.name}: {part.size()}" for part in parts[:SHOWN]]
    if len(parts) > SHOWN:
        lines.append("  …")
    if short := draft.short():
        words = ngettext(
            "{n} line asks for more than the origin holds; the server may refuse its whole transfer:",
            "{n} lines ask for more than the origin holds; the server may refuse their whole transfer:",
            len(short),
        )
        lines += ["", "✗ " + words.format(n=len(short))]
        for line in short[:SHOWN]:
            if (goods := line.item) is not None:
                counted = _("{n} of {stock}").format(
                    n=formats.number(line.quantity), stock=formats.number(goods.stock or 0)
                )
                lines.append(f"  {goods.sku}  {goods.product} {goods.variant}  {counted}")
    if apart := sum(1 for _line in draft.apart()):
        words = ngettext("{n} line that is listed apart is not sent.", "{n} lines listed apart are not sent.", apart)
        lines += ["", "✗ " + words.format(n=apart)]
    return "\n".join(lines)


async def send_part(screen: NgorderScreen[Any], head: Head, part: Part, count: int) -> PartResult | None:
    """Send one part of `count`; None where the user did not consent. Runs in a worker of the screen."""
    from ngorder_tui.api.chapters import stock_transfer

    title = _("stock transfer, {way}, {size}").format(way=head.way, size=part.size())
    if count > 1:
        title = _("stock transfer {part}, {way}, {size}").format(part=part.name, way=head.way, size=part.size())
    try:
        call = stock_transfer.CREATE.parse(
            {
                "origin_warehouse_id": head.origin_id,
                "destination_warehouse_id": head.destination_id,
                "description": head.description,
                "stock_adjustment": part.arguments(),
            }
        )
    except Invalid as error:
        return PartResult(part, "refused", _("Not sent: {why}").format(why=error), error.fields)
    names = {str(line.goods.variation_id): line.goods.sku for line in part.lines}
    receipt = await send(screen, call, title, facts={"names": names})
    if receipt is None:
        return None
    fields = receipt.error.fields if receipt.error is not None else {}
    why = " ".join(list(dict.fromkeys(" ".join(reasons) for reasons in fields.values()))[:REASONS])
    why = why or str(receipt.error or "")
    match receipt.state:
        case "done":
            made = receipt.value.data if receipt.value is not None else None
            words = _("Done.") if made is None else _("Done: transfer no. {n}.").format(n=made.id)
        case "refused":
            words = _("Refused, nothing was done. {why}").format(why=why)
        case "unsent":
            words = _("Not sent. {why}").format(why=why)
        case "unknown":
            words = _("sent, answer unknown, not sent again; no. {n} in the journal.").format(n=receipt.number)
        case "held":
            words = _("held in the outbox as no. {n}; it is sent from there.").format(n=receipt.number)
            return PartResult(part, "held", words, fields, receipt.number)
    return PartResult(part, receipt.state, words, fields)


async def look_at_held(screen: NgorderScreen[Any], draft: TransferDraft) -> bool:
    """What became of the parts that the outbox holds, for the draft; whether anything did.

    One that was done is forgotten; the lines of one that was not are lines of the draft again.
    """
    from ngorder_tui.store.database import StoreError
    from ngorder_tui.store.journal import NoSuchWrite

    changed = False
    for part in [part for part in draft.parts if part.number]:
        try:
            state = (await screen.session.store.journal.get(part.number)).state
        except (StoreError, NoSuchWrite):
            continue
        if state == "done":
            draft.parts.remove(part)
        elif state in {"refused", "dropped"}:
            draft.put_back(part)
        elif state == "unknown":
            words = _("sent, answer unknown, not sent again; no. {n} in the journal.").format(n=part.number)
            draft.parts[draft.parts.index(part)] = replace(part, note=words, number=0)
        else:
            continue
        changed = True
    return changed


async def decide(screen: NgorderScreen[Any], draft: TransferDraft, part: Part) -> bool:
    """A person's word on a part that was sent or is held; whether its lines are lines of the draft again.

    Runs in a worker of the screen.
    """
    if part.number:
        return not await look_at_held(screen, draft) and await _take_back(screen, draft, part)
    title = _("Sent, answer unknown: {size}. Look at the list of transfers, then say what is so.")
    options = [("done", _("It was done: forget it here")), ("not", _("It was not done: put its lines back"))]
    match await screen.app.push_screen_wait(Choose(title.format(size=part.size()), options)):
        case "done":
            draft.parts.remove(part)
        case "not":
            draft.put_back(part)
            return True
    return False


async def _take_back(screen: NgorderScreen[Any], draft: TransferDraft, part: Part) -> bool:
    words = _("{size} are held in the outbox as no. {n}.").format(size=part.size(), n=part.number)
    options = [("stay", _("Leave it there: it is sent from there")), ("out", _("Take it out: put its lines back"))]
    if await screen.app.push_screen_wait(Choose(words, options)) != "out":
        return False
    await take_out(screen, part.number)
    return await look_at_held(screen, draft)
