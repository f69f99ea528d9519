"""Working days by the public calendar of 2026 and by the days that a ledger declares."""

from __future__ import annotations

from datetime import date

import pytest

from zhibu_cli.model.workdays import CalendarDay, WorkCalendar

KNOWN = WorkCalendar()


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 9, 20), True),  # a Sunday, made up for 国庆节
        (date(2026, 2, 14), True),  # a Saturday, made up for 春节
        (date(2026, 10, 5), False),  # a Monday of 国庆节
        (date(2026, 5, 4), False),  # a Monday of 劳动节
        (date(2026, 3, 8), False),  # a plain Sunday
        (date(2026, 3, 9), True),  # a plain Monday
    ],
)
def test_made_up_sundays_are_worked_and_holiday_mondays_are_not(day: date, *, worked: bool) -> None:
    assert KNOWN.is_workday(day) is worked


def test_the_holiday_of_a_day_has_a_name() -> None:
    assert KNOWN.name(date(2026, 10, 5)) == "国庆节"
    assert KNOWN.name(date(2026, 3, 9)) == ""


@pytest.mark.parametrize(
    ("fixed", "shifted"),
    [
        (date(2026, 2, 20), date(2026, 2, 24)),  # 春节 is off up to the 23rd
        (date(2026, 6, 20), date(2026, 6, 22)),  # 端午节, a Saturday
        (date(2026, 9, 20), date(2026, 9, 20)),  # a made-up Sunday stays
        (date(2026, 3, 20), date(2026, 3, 20)),  # an ordinary Friday stays
        (date(2026, 12, 20), date(2026, 12, 21)),  # an ordinary Sunday
    ],
)
def test_the_20th_is_shifted_over_days_off(fixed: date, shifted: date) -> None:
    assert KNOWN.shifted(fixed, date(2026, 12, 31)) == shifted


def test_what_would_be_shifted_beyond_the_last_day_is_brought_forward() -> None:
    """31 January 2026 is a Saturday: the last working day of the month is the 30th."""
    assert KNOWN.shifted(date(2026, 1, 31), date(2026, 1, 31)) == date(2026, 1, 30)
    assert KNOWN.shifted(date(2026, 1, 31), date(2026, 2, 2)) == date(2026, 2, 2)


def test_a_year_that_is_not_known_is_not_guessed() -> None:
    assert KNOWN.covers(2099) is False
    assert KNOWN.is_workday(date(2099, 3, 9)) is None
    assert KNOWN.shifted(date(2099, 3, 9), date(2099, 3, 31)) is None
    assert KNOWN.name(date(2099, 10, 1)) == ""


def declared(days: int) -> WorkCalendar:
    """Of 2099 the 1st of October and as many days before it as make up the number, and a made-up Saturday."""
    off = [CalendarDay(day=date(2099, 10, 1), off=True, name="国庆节")]
    off += [CalendarDay(day=date(2099, 9, 31 - n), off=True) for n in range(1, days)]
    return WorkCalendar([*off, CalendarDay(day=date(2099, 10, 10), off=False)])


def test_as_many_declared_days_off_as_the_law_gives_make_their_year_known() -> None:
    calendar = declared(13)
    assert calendar.covers(2099) is True
    assert calendar.is_workday(date(2099, 10, 1)) is False
    assert calendar.name(date(2099, 10, 1)) == "国庆节"
    assert calendar.is_workday(date(2099, 10, 10)) is True
    assert calendar.is_workday(date(2099, 10, 11)) is False
    assert calendar.shifted(date(2099, 10, 1), date(2099, 10, 31)) == date(2099, 10, 2)
    assert calendar.is_workday(date(2098, 10, 9)) is None


def test_fewer_declared_days_off_are_known_themselves_and_nothing_else_is() -> None:
    calendar = declared(12)
    assert calendar.covers(2099) is False
    assert calendar.declared_off(2099) == 12
    assert calendar.is_workday(date(2099, 10, 1)) is False
    assert calendar.is_workday(date(2099, 10, 10)) is True
    assert calendar.is_workday(date(2099, 5, 1)) is None
    assert calendar.shifted(date(2099, 10, 1), date(2099, 10, 31)) is None


def test_a_made_up_day_alone_does_not_make_its_year_known() -> None:
    calendar = WorkCalendar([CalendarDay(day=date(2099, 10, 10), off=False)])
    assert calendar.is_workday(date(2099, 10, 10)) is True
    assert calendar.is_workday(date(2099, 10, 9)) is None


def test_what_the_ledger_declares_comes_before_the_library() -> None:
    calendar = WorkCalendar([CalendarDay(day=date(2026, 3, 9), off=True, name="本地放假")])
    assert calendar.is_workday(date(2026, 3, 9)) is False
    assert calendar.name(date(2026, 3, 9)) == "本地放假"
    assert calendar.is_workday(date(2026, 3, 10)) is True
