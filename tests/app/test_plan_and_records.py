"""A year's plan beside what was recorded: done, missed, not planned, and which record answers which row.

The branch and its plan are those of conftest.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from tests.app.plans import numbers, view

from zhibu_cli.app import planning
from zhibu_cli.app.recording import record, void

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.context import Actor


def test_planned_and_done_stand_side_by_side(planned: Path, actor: Actor) -> None:
    """As of 9 March: January's theme day and the quarter's general meeting are recorded, a lecture by 张三
    was not planned, February's theme day is not to be seen."""
    record(planned, ["theme_day"], {"date": "2026-01-21", "theme": "学习"}, actor)
    record(planned, ["general_meeting"], {"date": "2026-02-10", "topics": ["年度计划"]}, actor)
    record(planned, ["lecture"], {"date": "2026-03-05", "lecturer": "张三", "theme": "党史"}, actor)
    answer = planning.against(planned, 2026, date(2026, 3, 9))
    rows = {(row.label, row.matter): (row.state, row.done) for row in answer.rows}
    assert rows["1月", "主题党日"] == ("已见记录", "2026年1月21日（S1）")
    assert rows["2月", "主题党日"] == ("未见记录", "")
    assert rows["3月", "主题党日"] == ("未到", "")
    assert rows["3月", "支部党员大会"] == ("已见记录", "2026年2月10日（S2）")
    assert rows["12月", "党课"] == ("未到", "")
    assert [(one.id, one.day, one.matter, one.theme) for one in answer.extra] == [
        ("S3", "2026年3月5日", "党课", "党史")
    ]
    assert answer.summary == "计划35项：已见记录2项，未见记录3项，未到30项；计划以外的记录1条"


def test_a_row_is_missed_only_after_its_day(planned: Path) -> None:
    """February's theme day is planned for the 24th."""
    for day, state in ((date(2026, 2, 24), "未到"), (date(2026, 2, 25), "未见记录")):
        rows = planning.against(planned, 2026, day).rows
        assert next(one.state for one in rows if (one.label, one.matter) == ("2月", "主题党日")) == state


def test_a_combined_sitting_answers_a_row_of_each_of_its_kinds(planned: Path, actor: Actor) -> None:
    record(planned, ["general_meeting", "theme_day"], {"date": "2026-01-20"}, actor)
    answer = planning.against(planned, 2026, date(2026, 1, 31))
    done = [row.matter for row in answer.rows if row.done == "2026年1月20日（S1）"]
    assert done == ["主题党日", "支部党员大会"]
    assert answer.extra == ()


def test_a_second_record_of_a_month_was_not_planned(planned: Path, actor: Actor) -> None:
    for day in ("2026-01-08", "2026-01-20"):
        record(planned, ["theme_day"], {"date": day}, actor)
    answer = planning.against(planned, 2026, date(2026, 1, 31))
    assert [one.id for one in answer.extra] == ["S1"]


def add_item(path: Path, actor: Actor, **fields: str) -> None:
    record(path, "plan_item", {"year": "2026", **fields}, actor)


def later(actor: Actor) -> Actor:
    return replace(actor, now=datetime(2027, 1, 4, 9))


def test_a_record_answers_the_row_of_its_very_day(branch: Path, actor: Actor) -> None:
    """Two theme days are planned for July, one was held, on the second day."""
    for day in ("2026-07-01", "2026-07-20"):
        add_item(branch, actor, kind="主题党日", month="7", day=day)
    record(branch, ["theme_day"], {"date": "2026-07-20"}, later(actor))
    rows = planning.against(branch, 2026, date(2026, 7, 31)).rows
    assert [(row.planned, row.state, row.done) for row in rows if row.matter == "主题党日"] == [
        ("2026年7月1日（星期三）", "未见记录", ""),
        ("2026年7月20日（星期一）", "已见记录", "2026年7月20日（S1）"),
    ]


def test_of_two_records_the_nearer_day_answers(branch: Path, actor: Actor) -> None:
    add_item(branch, actor, kind="主题党日", month="7", day="2026-07-20")
    for day in ("2026-07-02", "2026-07-21"):
        record(branch, ["theme_day"], {"date": day}, later(actor))
    answer = planning.against(branch, 2026, date(2026, 7, 31))
    assert [row.done for row in answer.rows if row.matter == "主题党日"] == ["2026年7月21日（S2）"]
    assert [one.id for one in answer.extra] == ["S1"]


def test_a_meeting_of_the_kind_itself_goes_before_what_also_counts(branch: Path, actor: Actor) -> None:
    """The 组织生活会 of 5 February was held as a general meeting; the general meeting was on 12 March."""
    add_item(branch, actor, kind="支部党员大会", month="3", day="2026-03-13")
    add_item(branch, actor, kind="组织生活会", month="2", theme="2025年度")
    held = {"date": "2026-02-05", "assessment_year": "2025", "forms": "党员大会"}
    record(branch, ["org_life_meeting"], held, later(actor))
    record(branch, ["general_meeting"], {"date": "2026-03-12"}, later(actor))
    answer = planning.against(branch, 2026, date(2026, 3, 31))
    done = {row.matter: row.done for row in answer.rows}
    assert done["支部党员大会"] == "2026年3月12日（S2）"
    assert done["组织生活会"] == "2026年2月5日（S1）"
    assert answer.extra == ()


def test_a_record_of_a_later_day_covers_nothing_yet(planned: Path, actor: Actor) -> None:
    """In December 2025, and on 1 March, nobody knows of the theme day of 6 March."""
    for number in numbers(planned, kind="theme_day", month=3):
        void(planned, number, "不安排", actor)
    record(planned, ["theme_day"], {"date": "2026-03-06", "theme": "植树"}, actor)
    left = ("2026年3月　主题党日每月一次（theme-day-monthly）",)
    assert view(planned).uncovered == left
    assert view(planned, as_of=date(2026, 3, 1)).uncovered == left
    assert view(planned, as_of=date(2026, 3, 6)).uncovered == ()


def test_of_a_past_year_what_was_neither_planned_nor_recorded_is_named(planned: Path, actor: Actor) -> None:
    for month in (3, 4):
        for number in numbers(planned, kind="theme_day", month=month):
            void(planned, number, "不安排", actor)
    record(planned, ["theme_day"], {"date": "2026-03-06"}, actor)
    left = ("2026年4月　主题党日每月一次（theme-day-monthly）",)
    assert view(planned, as_of=date(2027, 5, 1)).uncovered == left


def test_talks_planned_as_a_whole_are_counted_for_their_duty_not_judged(planned: Path, actor: Actor) -> None:
    """王五 is the secretary, 张三 holds no post: that is no talk between two without one."""
    record(planned, "talk", {"date": "2026-02-03", "talkers": "王五", "partners": "张三"}, actor)
    answer = planning.against(planned, 2026, date(2026, 3, 9))
    assert {row.theme: (row.state, row.done) for row in answer.rows if row.matter == "谈心谈话"} == {
        "支委与党员谈心谈话一般每年一次": ("已见记录", "已登记1次，是否谈到每个人见核对结果"),
        "党员之间谈心谈话一般每年一次": ("未到", ""),
    }
    assert answer.extra == ()


def test_a_row_of_talks_that_names_no_duty_counts_them_all(branch: Path, actor: Actor) -> None:
    add_item(branch, actor, kind="谈心谈话", theme="全年普遍谈一遍")
    record(branch, "talk", {"date": "2026-02-03", "talkers": "王五", "partners": "张三"}, actor)
    rows = planning.against(branch, 2026, date(2026, 3, 9)).rows
    assert [(row.state, row.done) for row in rows] == [("已见记录", "已登记1次，是否谈到每个人见核对结果")]


def test_without_a_plan_the_duties_are_held_against_the_records(branch: Path, actor: Actor) -> None:
    record(branch, ["theme_day"], {"date": "2026-01-20"}, actor)
    answer = planning.against(branch, 2026, date(2026, 1, 31))
    assert "台账中还没有2026年的年度计划" in answer.scope
    assert next(row.state for row in answer.rows if row.matter == "主题党日") == "已见记录"


@pytest.mark.parametrize("format_", ["docx", "md"])
def test_plan_and_records_are_written_too(planned: Path, format_: str) -> None:
    answer = planning.against(planned, 2026, date(2026, 3, 9))
    assert planning.against_paper(answer, format_) == planning.against_paper(answer, format_)


def test_a_meeting_held_in_time_in_the_next_year_answers_the_row_of_its_year(
    branch: Path, actor: Actor
) -> None:
    """The 组织生活会 of 2025 was held on 12 February 2026, in time until 31 March."""
    held = {"date": "2026-02-12", "assessment_year": "2025", "forms": "党员大会"}
    record(branch, ["org_life_meeting"], held, later(actor))
    rows = planning.against(branch, 2025, date(2026, 2, 28)).rows
    meeting = next(row for row in rows if row.matter == "组织生活会" and row.theme == "2025年度")
    assert (meeting.state, meeting.done) == ("已见记录", "2026年2月12日（S1）")


def test_what_is_in_time_until_march_is_not_missed_before(branch: Path) -> None:
    """Nothing is recorded; the row says itself 最迟2026年3月31日."""
    for day, state in ((date(2026, 3, 31), "未到"), (date(2026, 4, 1), "未见记录")):
        rows = planning.against(branch, 2025, day).rows
        meeting = next(row for row in rows if row.matter == "组织生活会" and row.theme == "2025年度")
        assert meeting.planned == "本年内，最迟2026年3月31日"
        assert meeting.state == state


def test_a_record_of_the_next_year_is_not_called_unplanned(branch: Path, actor: Actor) -> None:
    record(branch, ["theme_day"], {"date": "2026-01-20"}, later(actor))
    assert planning.against(branch, 2025, date(2026, 2, 28)).extra == ()
