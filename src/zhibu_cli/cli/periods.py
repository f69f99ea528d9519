"""The range a command is asked about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import typer

from zhibu_cli.model.period import Span, Unit, parse_period, period_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def asked_span(
    day: date,
    *,
    year: int | None,
    quarter: str | None,
    start: date | None,
    end: date | None,
    default: bool = True,
) -> Span | None:
    """The range of days; where none was named the calendar year of the day, or None.

    Raises:
        BadParameter: two ranges were named, or it ends before it begins.
    """
    named: Sequence[object] = [one for one in (year, quarter, start or end) if one]
    if len(named) > 1:
        raise typer.BadParameter("--year、--quarter、--from/--to 等只能用一种。")
    if start or end:
        return _from_to(day, start, end)
    period = parse_period(quarter or str(year or ""))
    if period is None and not default:
        return None
    return (period or period_of(Unit.YEAR, day)).span


def _from_to(day: date, start: date | None, end: date | None) -> Span:
    first = start or date((end or day).year, 1, 1)
    last = end or max(date((start or day).year, 12, 31), first)
    if first > last:
        raise typer.BadParameter(f"--from（{first}）晚于 --to（{last}）。")
    return Span(first, last)
