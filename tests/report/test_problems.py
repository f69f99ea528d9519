"""Problems carried over, raised and carried on, as a quarterly report tells them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.report.factory import (
    asked,
    branch,
    many,
    meeting,
    members,
    period,
)

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report.papers import find_paper
from zhibu_cli.report.quarter import build_quarter

if TYPE_CHECKING:
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.report.views import QuarterView

AS_OF = date(2026, 10, 8)


def words(view: QuarterView) -> str:
    return "\n".join(part.text for section in view.sections for part in section.parts)


def test_a_problem_from_a_meeting_of_this_quarter_is_new_and_not_carried_over() -> None:
    org_life = {
        **meeting("org_life_meeting", "2026-07-10", "组织生活会"),
        "assessment_year": 2026,
    }
    rows = [{"source": "org_life_meeting", "assessment_year": 2026, "problem": "学得不深"}]
    entries = [branch(), *members(), *many("sitting", [org_life]), *many("rectification", rows)]
    figures = build_quarter(build_ledger(entries, CATALOGUE), (), period(), AS_OF).figures
    assert figures["carried"].text == "未见记录"
    assert figures["added"].sources == "R1"


def raised_in_july(*rows: dict[str, object]) -> QuarterView:
    """Problems from the 组织生活会 of 10 July 2026, told at the end of September."""
    org_life = {**meeting("org_life_meeting", "2026-07-10", "组织生活会"), "assessment_year": 2026}
    source = {"source": "org_life_meeting", "assessment_year": 2026}
    listed = many("rectification", [{**source, **row} for row in rows])
    entries = [branch(), *members(), *many("sitting", [org_life]), *listed]
    return build_quarter(build_ledger(entries, CATALOGUE), (), period(), AS_OF)


def test_problems_of_this_quarter_that_stay_open_go_into_the_next_one_too() -> None:
    view = raised_in_july(
        {"problem": "甲", "done_on": "2026-08-01"},
        {"problem": "乙", "deadline": "2026-12-31"},
        {"problem": "丙", "deadline": "2026-09-29"},
        {"problem": "丁", "deadline": "2026-09-30"},
    )
    keys = ("added", "added_done", "added_left", "onward", "overdue", "due_next")
    assert [view.figures[key].sources for key in keys] == [
        "R1 R2 R3 R4",
        "R1",
        "R2 R3 R4",
        "R2 R3 R4",
        "R3",  # the deadline of R4 is the last day counted: it is not over yet
        "R2",
    ]
    told = words(view)
    assert "本季度新列问题4项，其中已完成整改1项、尚未完成3项。结转下季度3项，其中超过时限1项。" in told
    assert "1.问题：甲。" in told
    assert "结转下季度继续整改的问题3项，其中时限在下季度的1项。" in told


def test_the_progress_of_a_problem_corrected_later_was_not_known_yet() -> None:
    told = words(raised_in_july({"problem": "甲", "progress": "全部做完", "done_on": "2026-10-01"}))
    assert "全部做完" not in told
    assert "尚未完成" in told
    told = words(raised_in_july({"problem": "甲", "progress": "全部做完", "done_on": "2026-09-30"}))
    assert "完成情况：全部做完。已于2026年9月30日完成。" in told


@pytest.mark.parametrize(
    ("done_on", "carried", "corrected"),
    [
        ("2026-06-30", "未见记录", "0"),
        ("2026-07-01", "1", "1"),
        ("2026-09-30", "1", "1"),
        ("2026-10-01", "1", "0"),
    ],
)
def test_a_problem_belongs_to_the_quarter_in_which_it_was_open(
    done_on: str, carried: str, corrected: str
) -> None:
    rows = [{"source": "inspection", "assessment_year": 2026, "problem": "甲", "done_on": done_on}]
    ledger = build_ledger([branch(), *members(), *many("rectification", rows)], CATALOGUE)
    figures = build_quarter(ledger, (), period(), AS_OF).figures
    assert (figures["carried"].text, figures["corrected"].text) == (carried, corrected)


def test_in_an_open_quarter_nothing_is_carried_into_the_next_one_yet() -> None:
    rows = [{"source": "inspection", "assessment_year": 2025, "problem": "甲", "deadline": "2026-09-30"}]
    ledger = build_ledger([branch(), *members(), *many("rectification", rows)], CATALOGUE)
    told = words(build_quarter(ledger, (), period(), date(2026, 8, 15)))
    assert "截至2026年8月15日合计未完成1项。" in told
    assert "继续整改的问题1项。" in told  # its day is in this quarter: nothing is said of the next one
    assert "结转下季度" not in told


def year_and_quarters() -> tuple[QuarterView, list[QuarterView]]:
    """2026 and its quarters, told at the end of the year, with the days on which the problems were raised.

    | R1 | 组织生活会 of 10 July, for 2026            | 10 July        |
    | R2 | 检查, 2026, no such meeting is recorded     | 1 January 2026 |
    | R3 | 检查, 2025                                  | 1 January 2025 |
    | R4 | 检查, no year                               | before all     |
    | R5 | 述职评议 of 5 February 2026, for 2025       | 5 February     |
    """
    org_life = {**meeting("org_life_meeting", "2026-07-10", "组织生活会"), "assessment_year": 2026}
    review = {"assessment_year": 2025, "date": "2026-02-05"}
    rows: list[dict[str, Any]] = [
        {"source": "org_life_meeting", "assessment_year": 2026, "problem": "甲"},
        {"source": "inspection", "assessment_year": 2026, "problem": "乙"},
        {"source": "inspection", "assessment_year": 2025, "problem": "丙"},
        {"source": "inspection", "problem": "丁"},
        {"source": "debriefing", "assessment_year": 2025, "problem": "戊"},
    ]
    meetings = [*many("sitting", [org_life]), *many("debriefing", [review])]
    entries = [branch(), *members(), *meetings, *many("rectification", rows)]
    ledger, end = build_ledger(entries, CATALOGUE), date(2026, 12, 31)
    quarters = [build_quarter(ledger, (), period(f"2026Q{n}"), end) for n in range(1, 5)]
    return build_quarter(ledger, (), period("2026"), end), quarters


def test_a_year_and_its_quarters_call_the_same_problems_new_and_the_same_carried_over() -> None:
    year, quarters = year_and_quarters()
    assert [view.figures["added"].sources for view in quarters] == [
        "R2 R5",
        "无记录：整改清单中没有本季度提出的问题",
        "R1",
        "无记录：整改清单中没有本季度提出的问题",
    ]
    assert year.figures["added"].sources == "R1 R2 R5"
    assert [view.figures["carried"].sources for view in quarters] == [
        "R3 R4",
        "R2 R3 R4 R5",
        "R2 R3 R4 R5",
        "R1 R2 R3 R4 R5",
    ]
    assert year.figures["carried"].sources == "R3 R4"


def test_the_rule_of_counting_says_what_stands_in_for_a_day_that_nobody_wrote() -> None:
    year, quarters = year_and_quarters()
    said = "提出之日按来源会议日期，查不到的按所属年度1月1日，在此之前已完成的按完成日期，"
    said += "没有写所属年度的视为此前提出"
    for view in (year, *quarters):
        assert all(said in view.figures[key].rule for key in ("carried", "added"))


def corrected_before_its_meeting() -> Ledger:
    """A problem of the 组织生活会 of 10 July 2026, corrected on 20 June, when opinions were asked for."""
    org_life = {**meeting("org_life_meeting", "2026-07-10", "组织生活会"), "assessment_year": 2026}
    row = {"source": "org_life_meeting", "assessment_year": 2026, "problem": "甲", "done_on": "2026-06-20"}
    entries = [branch(), *members(), *many("sitting", [org_life]), *many("rectification", [row])]
    return build_ledger(entries, CATALOGUE)


def test_a_problem_corrected_before_its_meeting_is_new_when_it_was_corrected_and_not_on_that_day() -> None:
    ledger = corrected_before_its_meeting()
    second = build_quarter(ledger, (), period("2026Q2"), AS_OF).figures
    third = build_quarter(ledger, (), period("2026Q3"), AS_OF).figures
    assert [second[key].text for key in ("carried", "added", "added_done")] == ["未见记录", "1", "1"]
    assert [third[key].text for key in ("carried", "added", "added_done")] == ["未见记录", "0", "0"]


def test_the_list_of_a_year_loses_no_problem_corrected_before_a_meeting_of_the_next() -> None:
    org_life = {**meeting("org_life_meeting", "2026-02-10", "组织生活会"), "assessment_year": 2025}
    row = {"source": "org_life_meeting", "assessment_year": 2025, "problem": "甲", "done_on": "2025-12-20"}
    entries = [branch(), *members(), *many("sitting", [org_life]), *many("rectification", [row])]
    kind = find_paper("problems")
    assert kind is not None
    for year, ids in (("2025", ["R1"]), ("2026", [])):
        view = kind.build(asked(build_ledger(entries, CATALOGUE), (), year, AS_OF))
        assert [line.id for line in view.rows] == ids  # type: ignore[attr-defined]


def test_the_list_asks_for_what_an_open_problem_lacks_and_knows_no_later_day() -> None:
    """R1 was corrected after the last day counted, so it is open; R2 was corrected before it."""
    rows: list[dict[str, Any]] = [
        {"source": "inspection", "assessment_year": 2026, "problem": "甲", "progress": "做完",
         "done_on": "2026-10-09"},
        {"source": "inspection", "assessment_year": 2026, "problem": "乙", "measures": "改",
         "done_on": "2026-10-08"},
    ]  # fmt: skip
    ledger = build_ledger([branch(), *members(), *many("rectification", rows)], CATALOGUE)
    kind = find_paper("problems")
    assert kind is not None
    lines = kind.build(asked(ledger, (), "2026", AS_OF)).rows  # type: ignore[attr-defined]
    told = [(r.measures, r.responsible, r.deadline, r.deadline_text, r.progress, r.done_text) for r in lines]
    assert told == [
        ("〔待补：措施〕", "〔待补：责任人〕", "〔待补：时限〕", "〔待补：时限〕", "", ""),
        ("改", "", "", "", "", "2026-10-08"),
    ]
