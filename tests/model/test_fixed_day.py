"""The fixed day of the theme day: what is read, which day it is, to which working day it is shifted.

Days off of 2026 by the published calendar: 春节 15 to 23 February, 端午节 19 to 21 June, 国庆节 1 to 7
October; 28 February (Saturday) and 20 September (Sunday) are worked.
"""

from __future__ import annotations

from datetime import date

import pytest

from zhibu_cli.model.fixed_day import DayInMonth, parse_fixed_day
from zhibu_cli.model.workdays import CalendarDay, WorkCalendar

KNOWN = WorkCalendar()


def day(text: str, year: int, month: int, calendar: WorkCalendar = KNOWN) -> DayInMonth:
    fixed = parse_fixed_day(text)
    assert fixed is not None
    return fixed.day_in(year, month, calendar)


@pytest.mark.parametrize(
    "text",
    [
        "每月20日",
        "每月20号",
        "20日",
        "20",
        "每月２０日",
        "每月二十日",
        "每月 20 日",
        "每个月20日",
        "固定在每月20日",
        "每月20日（遇节假日顺延）",
        "每月20日，遇法定节假日顺延至下一个工作日",
        "每月20日下午3点",
        "每月20日 14:30",
    ],
)
def test_the_20th_is_read_however_it_is_written(text: str) -> None:
    assert day(text, 2026, 3) == (date(2026, 3, 20), date(2026, 3, 20))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每月第一个星期五", date(2026, 7, 3)),
        ("每月第1个星期五", date(2026, 7, 3)),
        ("每月首个周五", date(2026, 7, 3)),
        ("每月第二个周五", date(2026, 7, 10)),
        ("每月第四个礼拜五", date(2026, 7, 24)),
        ("每月最后一个星期五", date(2026, 7, 31)),
        ("每月第一个星期三", date(2026, 7, 1)),
        ("每月第一个工作日", date(2026, 7, 1)),
        ("每月第三个工作日", date(2026, 7, 3)),
        ("每月最后一个工作日", date(2026, 7, 31)),
        ("每月最后一天", date(2026, 7, 31)),
    ],
)
def test_weekdays_and_working_days_are_counted_from_the_end_they_name(text: str, expected: date) -> None:
    assert day(text, 2026, 7) == (expected, expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "不固定",
        "每月中旬",
        "每月15日左右",
        "每月5日或20日",
        "每月20日，遇节假日提前",
        "每月第五个星期五",
        "每月第二周星期五",
        "每月0日",
        "每月32日",
        "每季度20日",
    ],
)
def test_what_is_not_certain_is_not_read(text: str) -> None:
    assert parse_fixed_day(text) is None


@pytest.mark.parametrize(
    ("text", "month", "nominal", "shifted"),
    [
        ("每月20日", 2, date(2026, 2, 20), date(2026, 2, 24)),  # 春节 up to the 23rd
        ("每月20日", 6, date(2026, 6, 20), date(2026, 6, 22)),  # 端午节, a Saturday
        ("每月20日", 9, date(2026, 9, 20), date(2026, 9, 20)),  # a Sunday that is worked
        ("每月20日", 12, date(2026, 12, 20), date(2026, 12, 21)),  # a plain Sunday
        ("每月第一个星期五", 10, date(2026, 10, 2), date(2026, 10, 8)),  # 国庆节 up to the 7th
    ],
)
def test_a_day_off_is_shifted_to_the_next_working_day(
    text: str, month: int, nominal: date, shifted: date
) -> None:
    assert day(text, 2026, month) == (nominal, shifted)


def test_a_shift_never_leaves_the_month() -> None:
    """31 January 2026 is a Saturday, the next working day is 2 February."""
    found = day("每月31日", 2026, 1)
    assert (found.nominal, found.shifted) == (date(2026, 1, 31), date(2026, 1, 30))
    assert found.told == "2026年1月30日（星期五，由1月31日提前）"


def test_a_month_without_a_31st_takes_its_last_day() -> None:
    """28 February 2026 is a Saturday that is worked; 30 April is a Thursday."""
    assert day("每月31日", 2026, 2) == (date(2026, 2, 28), date(2026, 2, 28))
    assert day("每月31日", 2026, 4) == (date(2026, 4, 30), date(2026, 4, 30))


def test_the_first_working_day_lies_behind_the_holiday() -> None:
    assert day("每月第一个工作日", 2026, 10) == (date(2026, 10, 8), date(2026, 10, 8))
    assert day("每月第一个工作日", 2026, 5) == (date(2026, 5, 6), date(2026, 5, 6))


def test_in_a_year_that_is_not_known_nothing_is_shifted_and_no_working_day_counted() -> None:
    assert day("每月20日", 2099, 3) == (date(2099, 3, 20), None)
    assert day("每月20日", 2099, 3).told == "2099年3月20日（星期五，未顺延）"
    assert day("每月第一个工作日", 2099, 3) == (None, None)


def test_days_off_declared_in_the_ledger_shift_the_day() -> None:
    off = [CalendarDay(day=date(2099, 10, n), off=True, name="国庆节") for n in range(1, 13)]
    off.append(CalendarDay(day=date(2099, 3, 20), off=True, name="本地放假"))
    assert day("每月20日", 2099, 3, WorkCalendar(off)) == (date(2099, 3, 20), date(2099, 3, 23))


def test_one_declared_day_off_says_nothing_about_the_days_after_it() -> None:
    off = [CalendarDay(day=date(2099, 3, 20), off=True, name="本地放假")]
    assert day("每月20日", 2099, 3, WorkCalendar(off)) == (date(2099, 3, 20), None)


def test_the_day_is_told_with_its_weekday_and_from_where_it_was_shifted() -> None:
    assert day("每月20日", 2026, 2).told == "2026年2月24日（星期二，由2月20日顺延）"
    assert day("每月20日", 2026, 3).told == "2026年3月20日（星期五）"


def test_a_month_without_any_working_day_has_no_such_day() -> None:
    off = [CalendarDay(day=date(2026, 2, n), off=True) for n in range(1, 29)]
    assert day("每月最后一个工作日", 2026, 2, WorkCalendar(off)) == (None, None)
    assert day("每月第二个工作日", 2026, 2, WorkCalendar(off)) == (None, None)
