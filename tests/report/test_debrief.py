"""述职 and 素材清单: figures are ours, judgement is the person's."""

from __future__ import annotations

from datetime import date

import pytest
from tests.report.factory import (
    asked,
    branch,
    empty_ledger,
    findings,
    full_ledger,
    many,
    members,
    period,
)

from zhibu_cli.errors import PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import debrief
from zhibu_cli.report.material import build_material
from zhibu_cli.report.views import DebriefView, PartKind, Section

AS_OF = date(2027, 1, 8)


def account(slots: int = 3) -> DebriefView:
    return debrief.paper(asked(full_ledger(), findings(), "2026", AS_OF, slots=slots))


def words(section: Section) -> str:
    return "\n".join(part.text for part in section.parts)


def test_the_account_has_four_sections_and_five_heads_of_duty() -> None:
    view = account()
    assert [section.heading for section in view.sections] == [
        "一、上年度点评问题整改情况",
        "二、履职情况",
        "三、主要问题及原因",
        "四、下一步措施",
    ]
    heads = [part.text for part in view.sections[1].parts if part.kind is PartKind.HEADING]
    assert heads == [
        "（一）政治建设",
        "（二）组织生活",
        "（三）班子和队伍",
        "（四）作风纪律",
        "（五）融合中心",
    ]


def test_last_years_problems_are_told_as_x_of_x_in_the_lists_own_words() -> None:
    first, one, two, every, *others = (part.text for part in account().sections[0].parts)
    assert [other[:8] for other in others] == [
        "3.问题：会议记",
        "4.问题：学时登",
        "5.问题：谈话覆",
        "6.问题：台账缺",
    ]
    assert every == "整改清单登记的各方面问题共6项，截至2026年12月31日完成整改3项。"  # R1, R4, R5
    assert first == "2025年度述职评议点评我的问题2项，截至2026年12月31日完成整改1项，尚未完成1项。"
    assert one == (
        "1.问题：党课形式单一。措施：每季度安排一次现场党课。完成情况：已安排现场党课。已于2026年6月15日完成。"
    )
    assert two == "2.问题：联系群众不够经常。措施：〔待补：措施〕。尚未完成，时限2026年12月15日。"


def test_own_lectures_stand_with_title_and_day_and_own_talks_with_their_number() -> None:
    view = account()
    told = words(view.sections[1])
    assert "本年度我讲党课1次：8月5日《守住纪律底线》。" in told
    assert "谈心谈话2次，覆盖党员3名，其中我参加2次。" in told
    assert view.figures["own_lectures"].sources == "S3"
    assert view.figures["own_talks"].sources == "T1 T2"
    assert view.figures["sittings"].text == "8"  # S1 to S8; the democratic life meeting never counts


def test_a_year_of_talks_without_the_secretary_is_told_in_a_whole_sentence() -> None:
    held = [{"date": "2026-08-11", "talkers": ["M2"], "partners": ["M4"], "content": "谈工作"}]
    ledger = build_ledger([branch(), *members(), *many("talk", held)], CATALOGUE)
    told = words(debrief.paper(asked(ledger, (), "2026", AS_OF)).sections[1])
    assert "谈心谈话1次，覆盖党员2名，其中我参加的：未见记录。" in told


@pytest.mark.parametrize("slots", [3, 4, 5])
def test_there_is_one_measure_for_each_problem(slots: int) -> None:
    problems, measures = account(slots).sections[2:]
    assert len(problems.parts) == len(measures.parts) == slots
    assert all(part.text.count("〔请补充：") == 2 for part in problems.parts)
    assert all(part.text.count("〔请补充：") == 1 for part in measures.parts)


@pytest.mark.parametrize("slots", [2, 6])
def test_fewer_than_three_or_more_than_five_problems_are_refused(slots: int) -> None:
    with pytest.raises(PaperError, match="3至5个"):
        account(slots)


def test_a_secretary_of_this_year_says_since_when() -> None:
    held = [{"member": "M2", "post": "secretary", "since": "2026-05-01"}]
    view = debrief.paper(
        asked(build_ledger([branch(), *members(), *many("post", held)], CATALOGUE), (), "2026", AS_OF)
    )
    assert view.speaker == "王二"
    assert "我自2026年5月1日起任支部书记，以下为支部全年数据。" in words(view.sections[1])


@pytest.mark.parametrize("until", ["2026-06-12", "2026-06-13"])
def test_a_secretary_elected_again_in_the_year_did_not_begin_then(until: str) -> None:
    held = [
        {"member": "M1", "post": "secretary", "since": "2023-06-13", "until": until},
        {"member": "M1", "post": "secretary", "since": "2026-06-13"},
    ]
    ledger = build_ledger([branch(), *members(), *many("post", held)], CATALOGUE)
    assert "起任支部书记" not in words(debrief.paper(asked(ledger, (), "2026", AS_OF)).sections[1])


def test_a_secretary_who_came_back_after_another_says_since_when() -> None:
    held = [
        {"member": "M1", "post": "secretary", "since": "2023-06-13", "until": "2026-02-01"},
        {"member": "M2", "post": "secretary", "since": "2026-02-02", "until": "2026-06-12"},
        {"member": "M1", "post": "secretary", "since": "2026-06-13"},
    ]
    ledger = build_ledger([branch(), *members(), *many("post", held)], CATALOGUE)
    assert "我自2026年6月13日起任" in words(debrief.paper(asked(ledger, (), "2026", AS_OF)).sections[1])


def test_without_a_secretary_the_name_is_a_visible_blank() -> None:
    view = debrief.paper(asked(empty_ledger(), (), "2026", AS_OF))
    assert view.byline == "市数据局机关第一党支部书记　〔待补：书记姓名〕"
    assert "未见记录" in words(view.sections[0])


def test_material_names_records_and_findings_but_no_member_and_no_word_of_a_talk() -> None:
    view = build_material(full_ledger(), findings(), period("2026"), AS_OF)
    told = "\n".join(map(words, view.sections))
    assert "（S7，补录：2026年9月28日）" in told
    assert "（theme-day-monthly@2026-09）" in told
    assert "写到具体人的提示1条" in told
    assert "杨七" not in told
    assert "谈思想" not in told


def test_material_of_an_empty_ledger_builds() -> None:
    view = build_material(empty_ledger(), (), period("2026"), AS_OF)
    assert [words(section) for section in view.sections] == [
        "组织生活：未见记录。",
        "谈心谈话：未见记录。",
        "整改清单：未见记录。",
        "本期没有需要处理的核对项。",
    ]


def test_a_problem_raised_after_the_year_is_not_in_the_account() -> None:
    org_life = {"kinds": ["org_life_meeting"], "date": "2027-02-10", "assessment_year": 2026}
    rows = [{"source": "org_life_meeting", "assessment_year": 2026, "problem": "学得不深"}]
    entries = [branch(), *members(), *many("sitting", [org_life]), *many("rectification", rows)]
    view = debrief.paper(asked(build_ledger(entries, CATALOGUE), (), "2026", date(2027, 3, 1)))
    assert view.figures["listed"].number == 0
    material = build_material(build_ledger(entries, CATALOGUE), (), period("2026"), date(2027, 3, 1))
    assert words(material.sections[2]) == "整改清单：未见记录。"


def test_a_name_longer_than_a_line_is_broken_between_words() -> None:
    name = "中共示例省高新技术产业开发区自然资源和规划局机关第三联合支部"
    made = debrief.paper(asked(full_ledger(name=name), findings(), "2026", AS_OF))
    assert made.byline == "中共示例省高新技术产业开发区\n自然资源和规划局机关第三联合支部\n书记　张一"


def test_the_post_stands_below_a_name_that_fills_the_line() -> None:
    """28 characters are a line; with 书记　张一 a name of 24 is one too many."""
    for name, line in (("甲" * 23, "甲" * 23 + "书记　张一"), ("甲" * 24, "甲" * 24 + "\n书记　张一")):
        asking = asked(full_ledger(name=name), findings(), "2026", AS_OF)
        assert debrief.paper(asking).byline == line
