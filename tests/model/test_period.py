"""Natural periods (regulations.md §10-1)."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibu_cli.model.period import (
    Span,
    Unit,
    add_months,
    parse_period,
    period_of,
    periods_between,
)

DAYS = st.dates(min_value=date(1921, 7, 23), max_value=date(2200, 12, 31))


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2026, 3, 31), "2026-Q1"),
        (date(2026, 4, 1), "2026-Q2"),
        (date(2026, 6, 30), "2026-Q2"),
        (date(2026, 7, 1), "2026-Q3"),
        (date(2026, 10, 1), "2026-Q4"),
        (date(2026, 12, 31), "2026-Q4"),
    ],
)
def test_the_last_day_of_a_quarter_still_belongs_to_it(day: date, key: str) -> None:
    assert period_of(Unit.QUARTER, day).key == key


def test_a_leap_february_ends_on_the_29th() -> None:
    assert period_of(Unit.MONTH, date(2024, 2, 10)).end == date(2024, 2, 29)
    assert period_of(Unit.MONTH, date(2026, 2, 10)).end == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("text", "key", "label"),
    [
        ("2026", "2026", "2026年"),
        ("2026年", "2026", "2026年"),
        ("2026Q3", "2026-Q3", "2026年第三季度"),
        ("2026-Q3", "2026-Q3", "2026年第三季度"),
        ("2026q3", "2026-Q3", "2026年第三季度"),
        ("2026年第三季度", "2026-Q3", "2026年第三季度"),
        ("2026年第3季度", "2026-Q3", "2026年第三季度"),
        ("2026-03", "2026-03", "2026年3月"),
        ("2026年3月", "2026-03", "2026年3月"),
    ],
)
def test_periods_are_read_as_people_write_them(text: str, key: str, label: str) -> None:
    period = parse_period(text)
    assert period is not None
    assert (period.key, period.label) == (key, label)


@pytest.mark.parametrize(
    "text", ["", "26", "2026Q5", "2026Q0", "2026-13", "2026-00", "第三季度", "2026年第五季度"]
)
def test_what_is_no_period_is_not_guessed(text: str) -> None:
    assert parse_period(text) is None


@given(day=DAYS, unit=st.sampled_from(Unit))
def test_every_day_lies_in_exactly_the_period_made_from_it(day: date, unit: Unit) -> None:
    period = period_of(unit, day)
    assert day in period
    assert period.next().start.toordinal() == period.end.toordinal() + 1


@given(a=DAYS, days=st.integers(0, 1500), unit=st.sampled_from(Unit))
def test_periods_tile_a_span_without_gap_or_overlap(a: date, days: int, unit: Unit) -> None:
    span = Span(a, date.fromordinal(a.toordinal() + days))
    found = list(periods_between(unit, span))
    assert found[0].start <= span.start
    assert found[-1].end >= span.end
    for one, other in itertools.pairwise(found):
        assert other.start.toordinal() - one.end.toordinal() == 1


def test_three_years_after_a_leap_day_is_the_last_of_february() -> None:
    assert add_months(date(2024, 2, 29), 36) == date(2027, 2, 28)
    assert add_months(date(2024, 5, 31), 1) == date(2024, 6, 30)
    assert add_months(date(2024, 11, 30), 3) == date(2025, 2, 28)
    assert add_months(date(2024, 12, 1), 1) == date(2025, 1, 1)


def test_spans_that_share_one_day_overlap() -> None:
    year = Span(date(2026, 1, 1), date(2026, 12, 31))
    assert year.overlaps(Span(date(2025, 1, 1), date(2026, 1, 1)))
    assert not year.overlaps(Span(date(2025, 1, 1), date(2025, 12, 31)))
    assert not year.overlaps(Span(date(2027, 1, 1), date(2027, 3, 31)))
