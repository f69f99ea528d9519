"""The calendar of duties: which month, which mark, and nothing that the findings do not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.factory import finding

from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.period import Span, Unit, period_of
from zhibu_cli.model.rule import Severity
from zhibu_cli.report.marks import legend, mark_of, worst
from zhibu_cli.report.month_grid import month_grids
from zhibu_cli.text import display_width

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.report.month_grid import MonthGrid

YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))


def month(number: int, status: Status, *, evidence: tuple[str, ...] = ()) -> Finding:
    period = period_of(Unit.MONTH, date(2025, number, 1))
    return finding(
        "theme-day-monthly",
        status,
        start=period.start.isoformat(),
        due=period.end.isoformat(),
        key=period.key,
        title="主题党日每月一次",
        evidence=evidence,
    )


def org_life(year: int, status: Status) -> Finding:
    """组织生活会 of a year, which may be held until 31 March of the next."""
    return finding(
        "org-life-meeting-yearly",
        status,
        start=f"{year}-01-01",
        due=f"{year + 1}-03-31",
        key=str(year),
        title="组织生活会每年至少一次",
    )


def only(grids: tuple[MonthGrid, ...]) -> MonthGrid:
    assert len(grids) == 1
    return grids[0]


def test_a_month_has_a_cell_of_its_own_and_the_rest_stays_empty() -> None:
    grid = only(month_grids([month(2, Status.MISSED), month(4, Status.PENDING)], YEAR, {}))
    assert grid.title == "2025年全年组织生活一览表"
    assert grid.months[0] == "1月"
    assert [(cell.span, cell.short) for cell in grid.rows[0].cells] == [
        (1, ""),
        (1, "未"),
        (1, ""),
        (1, "待"),
        (8, ""),
    ]


def test_a_quarter_covers_three_months_and_a_year_twelve() -> None:
    quarter = finding(
        "general-meeting-quarterly", Status.MET, start="2025-04-01", due="2025-06-30", key="2025-Q2"
    )
    year = finding("secretary-lecture-yearly", Status.MET, start="2025-01-01", due="2025-12-31", key="2025")
    grid = only(month_grids([year, quarter], YEAR, {}))
    assert [[cell.span for cell in row.cells] for row in grid.rows] == [[3, 3, 6], [12]]


def test_the_days_of_the_records_stand_in_the_cell() -> None:
    days = {"S1": date(2025, 2, 13), "S2": date(2025, 3, 5), "S3": date(2025, 2, 27)}
    grid = only(month_grids([month(2, Status.MET, evidence=("S1", "S3"))], YEAR, days))
    assert grid.rows[0].cells[1].text == "已13日、27日"
    assert grid.rows[0].cells[1].brief == "已2"
    assert grid.rows[0].cells[1].told == "已落实（13日、27日）"


def test_a_record_of_the_next_year_says_so() -> None:
    met = finding(
        "org-life-meeting-yearly",
        Status.MET,
        start="2025-01-01",
        due="2026-03-31",
        key="2025",
        evidence=("S9",),
    )
    grid = only(month_grids([met], YEAR, {"S9": date(2026, 1, 23)}))
    assert grid.rows[0].cells[0].text == "已 2026年1月23日"


def test_the_duty_of_last_year_stands_where_it_is_due_in_a_row_of_its_own() -> None:
    grid = only(month_grids([org_life(2024, Status.MET), org_life(2025, Status.PENDING)], YEAR, {}))
    told = [(row.who, [(cell.span, cell.short) for cell in row.cells]) for row in grid.rows]
    assert told == [("2024年度", [(3, "已"), (9, "")]), ("", [(12, "待")])]


def test_a_group_has_a_row_with_its_name() -> None:
    group = finding(
        "group-meeting-monthly",
        Status.MISSED,
        start="2025-06-01",
        due="2025-06-30",
        key="2025-06",
        name="第二党小组",
        subject=SubjectKind.GROUP,
    )
    assert only(month_grids([group], YEAR, {})).rows[0].who == "第二党小组"


def test_members_are_counted_and_not_named() -> None:
    found = [
        finding(
            "talk-committee-member",
            status,
            start="2025-01-01",
            due="2025-12-31",
            key="2025",
            name=name,
            title="支委与党员谈心谈话一般每年一次",
            subject=SubjectKind.MEMBER,
        )
        for name, status in (("杨七", Status.MISSED), ("黄八", Status.MET), ("周九", Status.MET))
    ]
    row = only(month_grids(found, YEAR, {})).rows[0]
    assert (row.who, row.cells[0].text) == ("按人计", "未1 已2")
    assert row.cells[0].told == "未见记录1项、已落实2项"
    assert "杨七" not in repr(row)


def test_a_record_that_contradicts_itself_has_no_place_in_it() -> None:
    defect = finding(
        "record-headcount", Status.MISSED, due="2025-04-17", key="S72", subject=SubjectKind.RECORD
    )
    assert month_grids([defect], YEAR, {}) == ()


def test_a_range_of_two_years_gives_a_table_for_each() -> None:
    asked = Span(date(2024, 1, 1), date(2025, 12, 31))
    grids = month_grids([org_life(2024, Status.MISSED), month(5, Status.MET)], asked, {})
    assert [grid.title for grid in grids] == ["2024年全年组织生活一览表", "2025年全年组织生活一览表"]


def test_twelve_months_over_new_year_are_one_table_with_the_years_named() -> None:
    asked = Span(date(2024, 7, 1), date(2025, 6, 30))
    grid = only(month_grids([month(5, Status.MET)], asked, {}))
    assert grid.title == "2024年7月至2025年6月组织生活一览表"
    assert (grid.months[0], grid.months[-1]) == ("2024年7月", "2025年6月")
    assert [(cell.span, cell.short) for cell in grid.rows[0].cells] == [(10, ""), (1, "已"), (1, "")]


def test_a_year_is_cut_to_the_months_that_were_asked_for() -> None:
    asked = Span(date(2025, 4, 1), date(2025, 6, 30))
    grid = only(month_grids([org_life(2025, Status.PENDING)], asked, {}))
    assert [cell.span for cell in grid.rows[0].cells] == [3]


@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from(list(Status))), min_size=1, max_size=20))
def test_the_cells_of_a_row_cover_every_month_once(drawn: list[tuple[int, Status]]) -> None:
    found = [month(number, status) for number, status in drawn] + [org_life(2024, Status.MET)]
    for row in only(month_grids(found, YEAR, {})).rows:
        assert sum(cell.span for cell in row.cells) == 12


@pytest.mark.parametrize("status", list(Status))
def test_every_mark_is_one_character_of_gbk_and_takes_two_columns(status: Status) -> None:
    mark = mark_of(month(1, status))
    assert len(mark.short) == 1
    assert mark.short.encode("gbk")
    assert display_width(mark.short) == 2


def test_no_two_marks_look_alike() -> None:
    marks = legend(mark_of(month(1, status)) for status in Status)
    assert len({mark.short for mark in marks}) == len(Status) == 7


def test_what_is_only_a_hint_about_something_recorded_has_a_mark_of_its_own() -> None:
    """A theme day held on another day than the fixed one is no 问题; what does not apply is no exemption."""
    hint = replace(month(1, Status.MISSED), severity=Severity.INFO, required=None)
    issue = replace(hint, severity=Severity.ERROR)
    assert (mark_of(hint).short, mark_of(hint).label, mark_of(hint).tone) == ("提", "提示", "minor")
    assert mark_of(issue).short == "问"
    assert mark_of(month(1, Status.NOT_APPLICABLE)).short == "不"
    assert worst([hint, issue]) is issue
    assert [mark.short for mark in legend([mark_of(hint), mark_of(issue)])] == ["问", "提"]
