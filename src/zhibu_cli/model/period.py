"""Calendar periods: natural months, quarters and years (regulations.md §10-1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = timedelta(days=1)
_QUARTER_NAMES = "一二三四"
_YEAR = re.compile(r"(\d{4})\s*年?(?:度)?$")
_QUARTER = re.compile(r"(\d{4})\s*(?:-?[Qq]|年\s*第?)\s*([1-4一二三四])\s*(?:季度)?$")
_MONTH = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*月?$")


class Unit(StrEnum):
    """The three natural units in which duties are counted."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Span(NamedTuple):
    """A run of days, both ends included."""

    start: date
    end: date

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one day."""
        return self.start <= other.end and other.start <= self.end

    def __contains__(self, day: object) -> bool:
        """Whether the day lies in the span."""
        return isinstance(day, date) and self.start <= day <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One natural month, quarter or year."""

    start: date
    end: date
    unit: Unit

    @property
    def key(self) -> str:
        """The stable name: ``2026``, ``2026-Q1``, ``2026-03``."""
        if self.unit is Unit.YEAR:
            return f"{self.start.year:04d}"
        if self.unit is Unit.QUARTER:
            return f"{self.start.year:04d}-Q{quarter_of(self.start)}"
        return f"{self.start.year:04d}-{self.start.month:02d}"

    @property
    def label(self) -> str:
        """The Chinese name as papers print it: ``2026年第一季度``."""
        if self.unit is Unit.YEAR:
            return f"{self.start.year}年"
        if self.unit is Unit.QUARTER:
            return f"{self.start.year}年第{_QUARTER_NAMES[quarter_of(self.start) - 1]}季度"
        return f"{self.start.year}年{self.start.month}月"

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.start, self.end)

    def __contains__(self, day: object) -> bool:
        """Whether the day lies in the period."""
        return isinstance(day, date) and self.start <= day <= self.end

    def next(self) -> Period:
        """The period that follows at once."""
        return period_of(self.unit, self.end + _DAY)


def quarter_of(day: date) -> int:
    """The natural quarter, 1 to 4."""
    return (day.month + 2) // 3


@lru_cache(maxsize=4096)
def period_of(unit: Unit, day: date) -> Period:
    """The period of that unit in which the day lies."""
    if unit is Unit.YEAR:
        return Period(date(day.year, 1, 1), date(day.year, 12, 31), unit)
    months = 3 if unit is Unit.QUARTER else 1
    first = (day.month - 1) // months * months + 1
    start = date(day.year, first, 1)
    return Period(start, add_months(start, months) - _DAY, unit)


def periods_between(unit: Unit, span: Span) -> Iterator[Period]:
    """Every period of that unit which shares a day with the span, in order."""
    period = period_of(unit, span.start)
    while period.start <= span.end:
        yield period
        if period.end.year == date.max.year and period.end.month == 12:
            return
        period = period.next()


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month where it has no such day.

    Beyond the first and the last day there is, that day.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if year < date.min.year else date.max
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError


def parse_period(text: str) -> Period | None:
    """Read ``2026``, ``2026Q3``, ``2026-Q3``, ``2026年第三季度`` or ``2026-03``, else None."""
    text = text.strip()
    if match := _QUARTER.match(text):
        name = match[2]
        number = int(name) if name.isdecimal() else _QUARTER_NAMES.index(name) + 1
        return _checked(Unit.QUARTER, int(match[1]), number * 3)
    if match := _YEAR.match(text):
        return _checked(Unit.YEAR, int(match[1]), 1)
    if match := _MONTH.match(text):
        return _checked(Unit.MONTH, int(match[1]), int(match[2]))
    return None


_AHEAD = re.compile(r"(\d{1,3})\s*(d|w|m|y|天|日|周|个?星期|个?月|年)?")
_AHEAD_UNITS = {
    "天": "d",
    "日": "d",
    "周": "w",
    "星期": "w",
    "个星期": "w",
    "月": "m",
    "个月": "m",
    "年": "y",
}


FARTHEST = "5y"
"""How far ahead anybody may ask: more than a term of office, and its days off are known to nobody."""


def parse_ahead(text: str) -> str:
    """A length of time as ``30d``, ``2w``, ``3m`` or ``1y``, from 90天, 2周, 3个月 …; empty: it is none."""
    match = _AHEAD.fullmatch(clean(text).lower())
    if match is None:
        return ""
    unit = match[2] or "d"
    return f"{int(match[1])}{_AHEAD_UNITS.get(unit, unit)}"


def day_ahead(day: date, ahead: str) -> date:
    """The last day of that length of time (in the form of ``parse_ahead``) from ``day`` on."""
    number, unit = int(ahead[:-1]), ahead[-1]
    if unit in "dw":
        return day + _DAY * number * (7 if unit == "w" else 1)
    return add_months(day, number * (12 if unit == "y" else 1))


def _checked(unit: Unit, year: int, month: int) -> Period | None:
    if not (1900 <= year <= 2999 and 1 <= month <= 12):
        return None
    return period_of(unit, date(year, month, 1))
