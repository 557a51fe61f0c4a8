"""The options that `demo` and `sandbox` share: the shop and how bad its line is."""

from __future__ import annotations

from typing import Annotated

import typer

from ngorder_tui.cli.quick import read_rate
from ngorder_tui.i18n import _
from ngorder_tui.settings import DemoOptions

Fresh = Annotated[bool, typer.Option("--fresh", help=_("Begin with a new shop."))]
Seed = Annotated[int, typer.Option(min=0, help=_("Which shop is invented: the same number, the same shop."))]
Orders = Annotated[int, typer.Option(min=0, max=1_000_000, help=_("How many orders it has."))]
Latency = Annotated[int, typer.Option(min=0, max=600_000, metavar="MS", help=_("Milliseconds on top of every answer."))]
Kbps = Annotated[int | None, typer.Option(min=1, metavar="N", help=_("The line's speed in kbit/s."))]
ErrorRate = Annotated[
    float, typer.Option(min=0.0, max=1.0, metavar="P", help=_("Share of requests, 0 to 1, that fail at the other end."))
]
Drop = Annotated[
    float,
    typer.Option(
        min=0.0, max=1.0, metavar="P", help=_("Share of writes, 0 to 1, that are done and whose answer is lost.")
    ),
]
RateLimit = Annotated[str | None, typer.Option(metavar="N/min", help=_("How many requests a minute are let in."))]


def demo_options(
    fresh: bool,
    seed: int,
    orders: int,
    latency: int,
    kbps: int | None,
    error_rate: float,
    drop_after_commit: float,
    rate_limit: str | None,
) -> DemoOptions:
    """The options as one value. Raises BadParameter for a rate that cannot be read."""
    try:
        limit = None if rate_limit is None else read_rate(rate_limit)
    except ValueError:
        raise typer.BadParameter(
            _("--rate-limit: {given} is no rate; write it as 60/min.").format(given=repr(rate_limit))
        ) from None
    return DemoOptions(
        fresh=fresh,
        seed=seed,
        orders=orders,
        latency_ms=latency,
        kbps=kbps,
        error_rate=error_rate,
        drop_after_commit=drop_after_commit,
        rate_limit=limit,
    )
