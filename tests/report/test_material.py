"""素材清单: the one text in which the findings of the check stand, and nobody is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tests.report.factory import branch, finding, findings, full_ledger, many, meeting, period

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.finding import Status, Subject, SubjectKind
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.model.rule import Severity
from zhibu_cli.report.material import build_material

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding

AS_OF = date(2026, 10, 8)


def told(*found: Finding, when: str = "2026Q3") -> list[str]:
    """The lines under 核对结果."""
    sections = build_material(full_ledger(), found, period(when), AS_OF).sections
    return [part.text for part in next(s for s in sections if s.key == "findings").parts]


def test_a_long_resolution_is_told_by_its_beginning_and_the_number_of_its_record() -> None:
    long = meeting("general_meeting", "2026-07-20", "半年总结", resolution="甲" * 121)
    ledger = build_ledger([branch(), *many("sitting", [long])], CATALOGUE)
    (first, *_), *_ = (part.parts for part in build_material(ledger, (), period(), AS_OF).sections)
    assert first.text == (
        f"2026年7月20日，支部党员大会，半年总结，应到10、实到10，决议：{'甲' * 120}……（S1）"
    )


def test_duties_are_told_by_number_then_by_name_with_their_months_and_days() -> None:
    assert told(*findings())[:3] == [
        "支部、支委会和党小组本季度到期的事项：已落实1项，未见记录1项。",
        "期限未到、须按期完成的：组织生活会每年至少一次（2026年12月31日前）。",
        "未见记录的：主题党日每月一次（2026年9月）。",
    ]


def test_what_cannot_be_judged_is_named() -> None:
    unknown = finding(
        "appraisal-yearly", Status.UNKNOWN, due="2026-09-30", key="2025", title="民主评议党员一般每年一次"
    )
    assert told(unknown)[:2] == [
        "支部、支委会和党小组本季度到期的事项：无法判断1项。",
        "无法判断的：民主评议党员一般每年一次（2025年）。",
    ]


def test_a_state_that_should_be_looked_at_is_told_and_not_called_unseen() -> None:
    third = replace(
        finding("appraisal-excellent-third", Status.MISSED, due="2026-09-30", key="2025", title="三分之一"),
        required=None,
        message="优秀等次超过三分之一",
    )
    assert told(third) == ["问题：三分之一。优秀等次超过三分之一（appraisal-excellent-third@2025）"]


def test_local_practice_and_reminders_are_told_and_not_added_to_what_was_due() -> None:
    found = [
        finding("local", Status.MISSED, due="2026-09-30", key="2026-Q3", title="季度党课", severity=severity)
        for severity in (Severity.INFO, Severity.REMIND)
    ]
    assert not any("到期的事项" in line for line in told(*found))


def test_a_hint_is_told_as_a_hint_and_not_as_a_problem() -> None:
    short = finding("record-content-too-short", Status.MISSED, due="2026-07-03", key="S1", title="内容较简短",
                    subject=SubjectKind.RECORD, severity=Severity.INFO)  # fmt: skip
    assert told(short) == ["提示：内容较简短。内容较简短未见记录（record-content-too-short@S1）"]


def test_what_is_said_of_many_records_or_months_stands_in_one_line() -> None:
    short = [
        finding("record-content-too-short", Status.MISSED, due="2026-07-03", key=f"S{n}", title="内容较简短",
                subject=SubjectKind.RECORD, severity=Severity.INFO)
        for n in (1, 3, 4)
    ]  # fmt: skip
    assert told(*short) == [
        "提示：内容较简短（3项）。内容较简短未见记录（record-content-too-short@：S1、S3、S4）"
    ]


def test_findings_about_a_member_two_members_or_a_talk_are_only_counted() -> None:
    one = finding("long-absence", Status.MISSED, due="2026-09-30", key="2026", title="连续六个月")
    member = replace(one, subject=Subject(kind=SubjectKind.MEMBER, id="M7", name="杨七"), message="杨七")
    pair = replace(one, subject=Subject(kind=SubjectKind.PAIR, id="M1+M3", name="张一、李三"))
    talk = replace(
        finding("talk-not-one-to-one", Status.MISSED, due="2026-08-12", key="T3", title="谈话一方两人"),
        subject=Subject(kind=SubjectKind.RECORD, id="T3", name="T3"),
        message="一方不止一人",
    )
    assert told(member, pair, talk) == ["写到具体人的提示3条，只在内部核对结果中查看，不列入本清单。"]
