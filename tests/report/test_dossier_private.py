"""What 迎检资料 never shows: who owes a talk, findings that name a member, what is confidential."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.report.dossier_pages import AS_OF, between, dossier, html, one_ledger
from tests.report.factory import branch, entry, finding, full_ledger, meeting, members, posts
from tests.report.factory import findings as some_findings

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.finding import Status, Subject, SubjectKind
from zhibu_cli.model.ledger import Waiver, build_ledger
from zhibu_cli.model.rule import Severity

if TYPE_CHECKING:
    from zhibu_cli.model.entry import Entry


def test_talks_are_shown_as_days_between_people_and_never_what_was_said() -> None:
    text = html(dossier(full_ledger()))
    for said in ("谈思想", "谈工作"):
        assert said not in text
    talk = between(text, "talks", "findings")
    assert "7.8" in talk
    assert "8.11" in talk
    assert re.search(r'<tr id="T1".*2026-07-08.*张一（书记）.*周九', talk)
    assert "另有集体谈话等1次，不计入，表中不列。" in talk


def test_who_owes_whom_a_talk_is_not_shown() -> None:
    pair = replace(
        finding("talk-committee-pairs", Status.MISSED, due="2026-12-31", start="2026-01-01", key="2026"),
        subject=Subject(kind=SubjectKind.PAIR, id="M1+M3", name="张一、李三"),
        title="支委之间谈心谈话一般每年一次",
        message="未见张一与李三之间的谈心谈话记录。",
    )
    view = dossier(full_ledger(), (pair,))
    assert {cell.tone for grid in view.talk.grids for row in grid.rows for cell in row.cells} <= {"", "held"}
    assert all(not grid.duties for grid in view.talk.grids)
    text = html(view)
    assert "未见张一与李三" not in text
    assert "按对计" not in text  # not by number in the calendar either: everybody would know whom
    assert view.answer.left_out == 1


def test_findings_that_name_a_member_are_left_out_and_counted() -> None:
    """One about 杨七; one about a record whose words name 李三; the other four name nobody."""
    named = replace(
        finding(
            "record-post-mismatch", Status.MISSED, due="2026-07-03", key="S1", subject=SubjectKind.RECORD
        ),
        message="主持人李三当日未任书记。",
        title="主持人当日未任该职",
    )
    view = dossier(full_ledger(), (*some_findings(), named))
    assert view.answer.left_out == 2
    text = html(view)
    assert "连续六个月无参加记录" not in between(text, "findings", "listed")
    assert "主持人当日未任该职" not in text
    assert "涉及具体人员的核对结果2项（含已落实的），由支部内部掌握" in text
    assert "主题党日每月一次未见记录" in text


def test_a_stranger_whom_a_record_names_counts_as_named() -> None:
    ledger = one_ledger(absentees=[{"who": "钱某某", "reason": "病假"}], present=2, expected=3)
    told = replace(
        finding(
            "record-unknown-person", Status.MISSED, due="2026-07-03", key="S1", subject=SubjectKind.RECORD
        ),
        message="名册中没有钱某某。",
    )
    assert dossier(ledger, (told,)).answer.left_out == 1


def test_an_explanation_that_names_a_member_takes_its_finding_with_it() -> None:
    waiver = Waiver(id="W1", key="theme-day-monthly@2026-09", reason="杨七住院", by="张一", on=AS_OF)
    missed, *_ = some_findings()
    view = dossier(full_ledger(), (replace(missed, waiver=waiver),))
    assert view.answer.left_out == 1
    assert "住院" not in html(view)


def test_a_finding_links_to_its_records_but_never_to_a_member_or_a_grade() -> None:
    late = replace(some_findings()[4], evidence=("S7", "M7", "A3", "S999"))
    (section,) = dossier(full_ledger(), (late,)).answer.sections
    assert section.groups[0].facts[0].records == ("S7", "S999")
    text = html(dossier(full_ledger(), (late,)))
    assert '<a href="#S7"' in between(text, "findings", "listed")
    assert "#S999" not in text  # a record of another year has no place here


def private_rows() -> list[Entry]:
    """Everything that may not leave the branch, in one ledger."""
    row = dict(members()[3].payload) | {"id_number": "110101199001011234", "phone": "010-88886666"}
    said = {"date": "2026-07-09", "talkers": ["M1"], "partners": ["M2"], "category": "提醒谈话"}
    confidential = {"content": "甲秘", "opinions": "乙秘", "problems": "丙秘", "measures": "丁秘"}
    grade = {"assessment_year": 2026, "member": "M7", "grade": "unqualified", "votes_unqualified": 6}
    content = (
        "赵四，身份证号110101199001011234，电话13800138000，座机010-88886666；另一人51010219850515002X。"
    )
    return [
        branch(),
        *members()[:3],
        entry("member", 4, row),
        *members()[4:],
        *posts(),
        entry("talk", 1, said | confidential),
        entry("appraisal_row", 1, grade),
        entry("sitting", 1, meeting("general_meeting", "2026-07-20", "登记", content=content)),
    ]


def test_confidential_things_are_nowhere_in_it() -> None:
    named = replace(
        some_findings()[3], message="杨七连续六个月无参加记录", severity=Severity.REMIND
    )  # a reminder to verify, as findings about a member's state are
    text = html(dossier(build_ledger(private_rows(), CATALOGUE), (named,), trace=True))
    for secret in (
        *("甲秘", "乙秘", "丙秘", "丁秘", "提醒谈话", "不合格", "连续六个月无参加记录"),
        *("110101199001011234", "13800138000", "010-88886666", "51010219850515002X"),
    ):
        assert secret not in text.split("</style>")[1]
    assert "赵四，身份证号110***********1234，电话138****8000，座机010-****6666；" in text
    assert "另一人510***********002X。" in text


def test_its_remedies_speak_of_no_command() -> None:
    missed = replace(some_findings()[0], fix="届满以前已有批复的用 `zhibu waive --approval` 写明文号和日期。")
    text = html(dossier(full_ledger(), (missed,)))
    assert "届满以前已有批复的写明文号和日期。" in text
    assert "zhibu waive" not in text
