"""The fixed day of the theme day (主题党日固定日): 每月20日, 每月第二个星期五, 每月最后一个工作日.

How it is read (支部工作条例 第十六条: 每月相对固定; regulations.md §3 ``theme-day-fixed-day``): a day off is
shifted to the next working day, over weekends and holidays; where that would leave the month, in which
the theme day has to be held, it is brought forward to the last working day of the month. In a month
without such a day (31日) it is the last day of the month. ``每月第一个工作日`` can be told only in a year
whose days off are known. Anything else that somebody may have written is not guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.period import Unit, period_of
from zhibu_cli.text import chinese_date, clean, read_chinese_number, weekday

if TYPE_CHECKING:
    from zhibu_cli.model.workdays import WorkCalendar

_DAY = timedelta(days=1)
LAST = -1
"""In place of a number: the last one of the month."""

_NUMBER = "[0-9零一二三四五六七八九十]{1,3}"
_ORDINAL = rf"(?:第({_NUMBER})个?|(首)个?|(最后)(?:的?一个|1个)?|(末)个)"
_LEAD = "(?:固定)?(?:在|为|是|于)?(?:每个?月)?(?:的|里)?"
_TAIL = r"(?:[(,;。、]?[^0-9或]*顺延[^0-9]*|(?:上午|下午|晚上)?(?:[0-9]{1,2}[:点时].{0,4})?)"
_DATE = rf"{_LEAD}({_NUMBER})[日号]?{_TAIL}"
_WEEKDAY = rf"{_LEAD}{_ORDINAL}(?:星期|周|礼拜)([一二三四五六日天1-7]){_TAIL}"
_WORKDAY = rf"{_LEAD}{_ORDINAL}工作日{_TAIL}"
_LAST_DAY = rf"{_LEAD}(?:月末|月底|最后[一1][天日]){_TAIL}"
_WEEK = "一二三四五六日"


class DayInMonth(NamedTuple):
    """The fixed day in one month."""

    nominal: date | None
    """As the rule reads by the calendar on the wall; None: it cannot be told without the days off."""
    shifted: date | None
    """The day on which it is held: never a day off. None: the days off are not known."""

    @property
    def day(self) -> date | None:
        """The best that is known: shifted, else as it reads."""
        return self.shifted or self.nominal

    @property
    def told(self) -> str:
        """``2026年2月24日（星期二，由2月20日顺延）``: the day, its weekday, and from where it was shifted.

        未顺延 stands where the days off of the year are not known.
        """
        if self.day is None:
            return "（放假安排未登记全，日子不能确定）"
        return f"{chinese_date(self.day)}（{'，'.join(filter(None, (weekday(self.day), self.note)))}）"

    @property
    def note(self) -> str:
        """``由2月20日顺延`` or 未顺延; empty: it is held as it reads."""
        if self.shifted is None:
            return "未顺延"
        if self.nominal is None or self.nominal == self.shifted:
            return ""
        how = "顺延" if self.nominal < self.shifted else "提前"
        return f"由{self.nominal.month}月{self.nominal.day}日{how}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedDay:
    """What the branch has fixed."""

    number: int
    """The day of the month, or which one of its weekdays or working days; ``LAST``."""
    weekday: int | None = None
    """Monday is 0; None: a day of the month, or a working day."""
    workdays: bool = False
    """Working days are counted."""

    def day_in(self, year: int, month: int, calendar: WorkCalendar) -> DayInMonth:
        """The fixed day of that month, and the day to which days off shift it."""
        first, last = _ends(year, month)
        if self.workdays:
            day = self._workday(first, last, calendar)
            return DayInMonth(day, day)
        nominal = self._weekday(first, last) if self.weekday is not None else self._date(first, last)
        return DayInMonth(nominal, calendar.shifted(nominal, last))

    def _date(self, first: date, last: date) -> date:
        return last if self.number == LAST or self.number > last.day else first.replace(day=self.number)

    def _weekday(self, first: date, last: date) -> date:
        assert self.weekday is not None
        if self.number == LAST:
            return last - _DAY * ((last.weekday() - self.weekday) % 7)
        return first + _DAY * ((self.weekday - first.weekday()) % 7 + 7 * (self.number - 1))

    def _workday(self, first: date, last: date, calendar: WorkCalendar) -> date | None:
        days = [first + _DAY * n for n in range((last - first).days + 1)]
        worked = [calendar.is_workday(day) for day in days]
        if None in worked:
            return None
        found = [day for day, work in zip(days, worked, strict=True) if work]
        if not found:
            return None
        return found[-1] if self.number == LAST else found[min(self.number, len(found)) - 1]


def _ends(year: int, month: int) -> tuple[date, date]:
    period = period_of(Unit.MONTH, date(year, month, 1))
    return period.start, period.end


def parse_fixed_day(text: str) -> FixedDay | None:
    """Read what 支部信息 says; None where it cannot be read with certainty.

    Read are a day of the month (每月20日, 每月二十号, 20日), one of its weekdays (每月第一个星期五,
    每月最后一个周五) or of its working days, in Chinese numerals or digits of any width, and what follows
    about 顺延 or the time of day.
    """
    plain = "".join(clean(text).split())
    if match := re.fullmatch(_WEEKDAY, plain):
        number, week = _ordinal(match.groups()[:4]), match[5].replace("天", "日")
        weekday = int(week) - 1 if week.isdecimal() else _WEEK.index(week)
        return FixedDay(number=number, weekday=weekday) if number in {LAST, 1, 2, 3, 4} else None
    if match := re.fullmatch(_WORKDAY, plain):
        number = _ordinal(match.groups()[:4])
        return FixedDay(number=number, workdays=True) if number == LAST or 1 <= number <= 10 else None
    if re.fullmatch(_LAST_DAY, plain):
        return FixedDay(number=LAST)
    match = re.fullmatch(_DATE, plain)
    day = _number(match[1]) if match else 0
    return FixedDay(number=day) if 1 <= day <= 31 else None


def _ordinal(found: tuple[str | None, ...]) -> int:
    number, first, *_last = found
    return _number(number) if number else 1 if first else LAST


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() else read_chinese_number(text) or 0
