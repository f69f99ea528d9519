"""Which days are worked: days declared in the ledger first, then the calendar kept by a library.

The library gets the next year with a release each November; a computer without a network does not.
Its days off and made-up workdays can be declared in the register 放假安排 instead.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhibu_cli.model.entry import Entry

_DAY = timedelta(days=1)
_LEGAL = 13
"""Days off a year for everybody (全国年节及纪念日放假办法 as of 2025); more are announced for any year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day of 放假安排: off though a weekday may be, or worked though a weekend."""

    day: date
    off: bool
    """False: 调休上班."""
    name: str = ""


def read_calendar_day(entry: Entry) -> CalendarDay:
    """The typed view of an entry of the register 放假安排."""
    data = entry.payload
    return CalendarDay(
        day=date.fromisoformat(data["date"]), off=data["nature"] == "off", name=data.get("name", "")
    )


class WorkCalendar:
    """The working days of a branch.

    A declared day counts before the library. A year is known where the library covers it, or where no
    fewer days off of it are declared than the law gives: its other days then go by the week. With fewer,
    the holidays that nobody has declared yet would pass for days of work.
    """

    def __init__(self, declared: Iterable[CalendarDay] = ()) -> None:
        """Take the declared days; of two for one day the later one counts."""
        self._declared = {one.day: one for one in declared}
        self._off = Counter(one.day.year for one in self._declared.values() if one.off)

    def covers(self, year: int) -> bool:
        """Whether the days off of the year are known."""
        return self._off[year] >= _LEGAL or year in _library().years

    def declared_off(self, year: int) -> int:
        """How many days off of the year are declared."""
        return self._off[year]

    def is_workday(self, day: date) -> bool | None:
        """Whether the day is worked; None: it is not declared and its year is not known."""
        declared = self._declared.get(day)
        if declared is not None:
            return not declared.off
        if not self.covers(day.year):
            return None
        library = _library()
        return day in library.workdays or (day.weekday() < 5 and day not in library.holidays)

    def name(self, day: date) -> str:
        """The name of the holiday to which the day belongs as a day off or made-up workday, or nothing."""
        declared = self._declared.get(day)
        if declared is not None:
            return declared.name
        library = _library()
        return library.names.get(library.holidays.get(day) or library.workdays.get(day, ""), "")

    def shifted(self, day: date, last: date) -> date | None:
        """The first working day from ``day`` to ``last``, both included, else the last one before ``day``.

        None: a year on the way is not known.
        """
        later = day
        while later <= last:
            worked = self.is_workday(later)
            if worked is not False:
                return later if worked else None
            later += _DAY
        while self.is_workday(day) is False:
            day -= _DAY
        return day if self.is_workday(day) else None


class _Library(NamedTuple):
    """Days off and made-up workdays with the library's word for their holiday, and the years known."""

    holidays: Mapping[date, str]
    workdays: Mapping[date, str]
    names: Mapping[str, str]
    """The library's word -> Chinese name."""
    years: range


@cache
def _library() -> _Library:
    from chinese_calendar import constants  # noqa: PLC0415 - only who asks for a day pays for it

    names = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    days = constants.holidays
    return _Library(days, constants.workdays, names, range(min(days).year, max(days).year + 1))
