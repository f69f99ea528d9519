"""What the ledger does not say is unknown in a paper: no nought, no claim, and nothing bursts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.report.factory import (
    branch,
    empty_ledger,
    finding,
    findings,
    full_ledger,
    many,
    meeting,
    members,
    period,
)

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.model.rule import Severity
from zhibu_cli.report.quarter import build_quarter

if TYPE_CHECKING:
    from zhibu_cli.report.views import QuarterView

AS_OF = date(2026, 10, 8)


def words(view: QuarterView) -> str:
    return "\n".join(part.text for section in view.sections for part in section.parts)


def test_a_record_entered_late_without_a_claim_shows_the_day_zhibu_took_it_in() -> None:
    late = finding(
        "record-late-entry",
        Status.MISSED,
        due="2026-07-03",
        key="S1",
        subject=SubjectKind.RECORD,
        evidence=("S1",),
    )
    view = build_quarter(full_ledger(), (late,), period(), AS_OF)
    assert {row.id: row.late for row in view.sittings if row.late} == {"S1": "补录：2026年7月1日"}


def test_an_import_that_cannot_be_judged_marks_no_record_as_late() -> None:
    unknown = finding("record-late-entry", Status.UNKNOWN, due="2026-07-03", key="I1", evidence=("S1",))
    view = build_quarter(full_ledger(), (unknown,), period(), AS_OF)
    assert not any(row.late for row in view.sittings)


def test_an_empty_ledger_builds_and_never_says_that_nothing_was_held() -> None:
    view = build_quarter(empty_ledger(), (), period(), AS_OF, trace=True)
    assert view.figures["members"].text == "未见记录"
    assert view.figures["full"].text == "未见记录"
    assert view.figures["group_meeting"].text == "未见记录"
    assert "未召开" not in words(view)
    assert "未开展" not in words(view)
    assert all(figure.reason for figure in view.trace if not figure.number)


def test_a_sparse_ledger_builds() -> None:
    sitting = {"kinds": ["theme_day"], "date": "2026-07-20"}
    ledger = build_ledger([branch(superior=""), *members(), *many("sitting", [sitting])], CATALOGUE)
    view = build_quarter(ledger, (), period(), AS_OF)
    row = view.sittings[0]
    assert (row.theme, row.leader, row.expected, row.present, row.away) == (
        "〔待补：主题〕",
        "〔待补：主持人〕",
        "10",
        "〔待补：实到〕",
        "〔待补：请假〕",
    )
    assert view.superior == "〔待补：上级党组织〕"
    assert "支部书记〔待补：书记姓名〕" in words(view)
    assert view.figures["committee"].text == "未见记录"  # nobody known in any post


def test_the_days_before_the_ledger_began_are_named_as_unjudged() -> None:
    view = build_quarter(full_ledger(ledger_from="2026-08-01"), (), period(), AS_OF)
    assert view.figures["org_life_meeting"].reason == "台账自2026年8月1日起登记，此前情况不能判断"


@pytest.mark.parametrize(
    ("stated", "text"), [({}, "未填"), ({"retired": False}, "0"), ({"retired": True}, "1")]
)
def test_a_column_that_nobody_filled_in_is_no_nought(stated: dict[str, bool], text: str) -> None:
    rows = [{"name": "张一", "joined": "2010-06-01", "converted": "2011-06-01", "status": "full", **stated}]
    ledger = build_ledger([branch(), *many("member", rows)], CATALOGUE)
    view = build_quarter(ledger, (), period(), AS_OF)
    assert view.figures["retired"].text == text
    assert any("名册“离退休”栏都未填" in note for note in view.notes) is (not stated)


def test_no_sitting_of_several_kinds_is_nought_and_not_unseen() -> None:
    rows = [meeting("theme_day", "2026-07-20", "甲")]
    ledger = build_ledger([branch(), *members(), *many("sitting", rows)], CATALOGUE)
    assert build_quarter(ledger, (), period(), AS_OF).figures["combined"].text == "0"


def test_talks_without_the_secretary_are_told_as_such() -> None:
    held = [{"date": "2026-08-11", "talkers": ["M2"], "partners": ["M4"], "content": "谈工作"}]
    ledger = build_ledger([branch(), *members(), *many("talk", held)], CATALOGUE)
    own = build_quarter(ledger, (), period(), AS_OF).figures["own_talks"]
    assert own.sources == "无记录：本期谈心谈话记录中没有一方为书记的"


def test_a_text_of_3000_characters_is_visibly_cut_and_says_where_the_whole_stands() -> None:
    rows = [{**meeting("general_meeting", "2026-09-20", "学习" * 1500), "topics": ["警示" * 1500]}]
    ledger = build_ledger([branch(), *members(), *many("sitting", rows)], CATALOGUE)
    view = build_quarter(ledger, (), period(), AS_OF)
    assert view.sittings[0].theme == "学习" * 40 + "……（全文见S1）"
    assert f"“{'学习' * 30}……”" in words(view)
    assert f"9月20日，{'警示' * 30}……。" in words(view)


def test_an_empty_ledger_shows_no_nought_in_the_statistics() -> None:
    """Without a roster and a list of problems nobody can say that there was nobody and nothing."""
    view = build_quarter(empty_ledger(), (), period(), AS_OF)
    noughts = [row.figure.label for row in view.stats if row.figure.text == "0"]
    # of these it is the counting that found nothing among no records
    assert noughts == ["补录的记录", "完成整改", "超过时限未完成"]
    assert view.figures["group_meeting"].text == "未见记录"
    assert "本季度发展党员：未见记录（台账尚无党员名册，不能统计）。" in words(view)


def test_late_entry_that_cannot_be_judged_is_no_nought() -> None:
    unknown = finding(
        "record-late-entry", Status.UNKNOWN, due="2026-09-04", key="I1", evidence=("S1", "S2"),
        subject=SubjectKind.IMPORT, severity=Severity.INFO,
    )  # fmt: skip
    view = build_quarter(full_ledger(), (unknown,), period(), AS_OF)
    assert (view.figures["late"].text, view.figures["late"].number) == ("无法判断", None)
    assert "2条导入的记录未写明原台账登记时间，是否补录无法判断。" in words(view)
    both = build_quarter(full_ledger(), (unknown, *findings()), period(), AS_OF).figures["late"]
    assert both.sources == "S7"
    assert both.rule.endswith("另有2条导入的记录未写明原台账登记时间，无法判断")


def test_many_lectures_are_counted_and_stand_in_the_table() -> None:
    rows = [meeting("lecture", f"2026-07-{n:02}", f"第{n}讲", lecturer="M1") for n in range(1, 8)]
    ledger = build_ledger([branch(), *members(), *many("sitting", rows)], CATALOGUE)
    told = words(build_quarter(ledger, (), period(), AS_OF))
    assert "本季度记录党课7次，日期和题目见第三部分的表。" in told
    assert "《第1讲》" not in told


def test_a_committee_that_cannot_be_judged_is_not_called_inapplicable() -> None:
    rows = [meeting("theme_day", "2026-07-20", "甲")]
    people = [
        replace(one, payload={key: value for key, value in one.payload.items() if key != "group"})
        for one in members()
    ]
    view = build_quarter(
        build_ledger([branch(), *people, *many("sitting", rows)], CATALOGUE), (), period(), AS_OF
    )
    told = view.sections[2].parts[0].text
    assert "支部委员会：未见记录（职务任期中没有当日在任的职务，无法判断是否设支部委员会）" in told
    assert "党小组会：不适用（未划分党小组）" in told


def test_groups_that_only_the_roster_names_are_not_denied() -> None:
    rows = [meeting("theme_day", "2026-07-20", "甲")]
    ledger = build_ledger([branch(), *members(), *many("sitting", rows)], CATALOGUE)
    told = words(build_quarter(ledger, (), period(), AS_OF))
    assert "设党小组〔待补：党小组登记〕" in told
    assert "未划分党小组" not in told
