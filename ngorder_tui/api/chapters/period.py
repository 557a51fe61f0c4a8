"""The period that expenses, reports and the analyzer are asked for: dates or a month."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ngorder_tui.api.fields import Day
from ngorder_tui.api.models import Query


class Period(Query):
    """Dates (BY_DATE, which is the default), or a month and the last two digits of its year (BY_MONTH)."""

    type: Literal["BY_DATE", "BY_MONTH"] | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    year: Annotated[int, Field(ge=0, le=99)] | None = None
    start_date: Day | None = None
    end_date: Day | None = None
