"""Admission, training and study where rules or ranges meet; the plain cases are examples of the rules.

The branch was founded and its ledger begun on 2001-01-01; 甲 is 书记, 乙 组织委员, 丙 and 丁 have no post.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.rule import RuleBook
from zhibu_cli.rules.engine import evaluate
from zhibu_cli.rules.examples import asked_span, example_ledger, run_example
from zhibu_cli.rules.pack import load_book

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding

RULES = {rule.id: rule for rule in load_book().rules}
BRANCH: dict[str, Any] = {
    "members": ["甲", "乙", "丙", "丁"],
    "posts": [{"who": "甲", "post": "secretary"}, {"who": "乙", "post": "organisation"}],
}
CLEAN = {
    "kind": "development",
    "name": "申请甲",
    "applied": "2022-04-01",
    "talked": "2022-04-20",
    "activist": "2022-10-10",
    "mentors": ["甲", "乙"],
    "reviews": ["2023-04-10", "2023-10-09"],
    "candidate": "2023-10-10",
    "sponsors": ["甲", "乙"],
    "training_days": 3,
    "committee_review": "2024-01-08",
    "pre_review": "2024-02-05",
    "publicity_from": "2024-02-19",
    "publicity_to": "2024-02-23",
    "meeting": "2024-03-04",
    "approved": "2024-05-20",
    "conversion_meeting": "2025-03-10",
    "conversion_approved": "2025-05-12",
}


def ask(rule: str, as_of: str, **ledger: Any) -> dict[str, Finding]:
    """Findings by what follows the @ of their keys."""
    findings = run_example(RULES[rule], {**BRANCH, "as_of": as_of, **ledger}, CATALOGUE)
    return {finding.key.partition("@")[2]: finding for finding in findings}


def statuses(rule: str, as_of: str, **ledger: Any) -> dict[str, str]:
    return {key: finding.status.value for key, finding in ask(rule, as_of, **ledger).items()}


def every_answer(packs: tuple[str, ...], **ledger: Any) -> tuple[Finding, ...]:
    example = {**BRANCH, **ledger}
    book: RuleBook = load_book().chosen(packs)
    held = example_ledger(example, CATALOGUE)
    rules = [
        rule for rule in book.rules if rule.check.split(".")[0] in {"milestones", "row", "every", "standing"}
    ]
    cut = RuleBook(packs=book.packs, sources=book.sources, rules=tuple(rules), strength=book.strength)
    assert len(rules) > 10
    return evaluate(cut, held, asked_span(example), date.fromisoformat(example["as_of"]))


def test_a_clean_row_from_application_to_conversion_has_nothing_to_explain() -> None:
    members = [*BRANCH["members"], {"name": "申请甲", "joined": "2024-03-04", "converted": "2025-03-04"}]
    found = every_answer(
        ("默认", "local-practice"),
        as_of="2026-01-10",
        asked=["2022-01-01", "2025-12-31"],
        members=members,
        records=[CLEAN],
    )
    assert {finding.status.value for finding in found} == {"met"}
    assert {finding.rule for finding in found} == {
        "apply-talk-1m",
        "activist-half-year-review",
        "admit-meeting-1m",
        "admit-approve-3m-6m",
        "conversion-approve-3m",
        "probation-timely",
    }


@pytest.mark.parametrize("until", ["2022-03-31", "2022-05-01", "2023-10-09", "2024-03-03", "2025-03-09"])
def test_of_a_clean_row_nothing_is_missed_on_any_day_on_the_way(until: str) -> None:
    found = every_answer(
        ("默认", "local-practice"), as_of=until, asked=["2022-01-01", "2025-12-31"], records=[CLEAN]
    )
    assert [finding.key for finding in found if finding.status == "missed"] == []


def test_what_is_still_missing_is_told_in_every_later_year_until_it_came() -> None:
    row = {"kind": "development", "name": "申请乙", "applied": "2022-01-03", "meeting": "2024-01-10"}
    later = {**row, "approved": "2025-02-03"}
    missed = {"F1": "missed"}
    assert statuses("admit-approve-3m-6m", "2026-06-30", records=[row]) == missed
    assert statuses("admit-approve-3m-6m", "2026-06-30", asked="2025", records=[later]) == missed
    assert statuses("admit-approve-3m-6m", "2026-06-30", asked="2026", records=[later]) == {}


def test_a_person_whose_way_has_ended_is_not_asked_about_in_later_years() -> None:
    row = {"kind": "development", "name": "申请乙", "applied": "2024-04-01", "ended": "2024-09-02"}
    assert statuses("apply-talk-1m", "2025-06-30", asked="2024", records=[row]) == {"F1": "missed"}
    assert statuses("apply-talk-1m", "2025-06-30", asked="2025", records=[row]) == {}


def test_a_duty_of_the_superior_says_whose_it_is() -> None:
    row = {"kind": "development", "name": "申请乙", "applied": "2022-01-03", "meeting": "2024-01-10"}
    found = ask("admit-approve-3m-6m", "2024-08-01", records=[row])["F1"]
    assert "审批由上级党委负责" in found.message
    assert found.label == "未见记录"


def test_the_findings_about_a_probation_go_by_its_end_and_the_member() -> None:
    members = [*BRANCH["members"], {"name": "戊", "status": "probationary", "joined": "2023-05-10"}]
    found = ask("probation-timely", "2024-05-01", members=members)
    assert {key: (one.status.value, one.period) for key, one in found.items()} == {
        "2024-05-10/M5": ("at_risk", None)
    }
    assert "期满之日起讨论转正，不提前" in found["2024-05-10/M5"].message


def test_who_left_before_the_branch_could_decide_owes_it_nothing() -> None:
    members = [
        {"name": "戊", "status": "probationary", "joined": "2023-05-10", "left": "2024-06-10"},
        {"name": "己", "status": "probationary", "joined": "2023-05-10", "left": "2024-06-11"},
        {"name": "庚", "joined": "2023-05-10", "converted": "2024-05-10", "arrived": "2024-07-01"},
    ]
    assert statuses("probation-timely", "2024-12-31", members=members) == {"2024-05-10/M2": "missed"}


def test_the_day_of_the_meeting_counts_before_the_day_from_which_somebody_is_full() -> None:
    members = [{"name": "戊", "joined": "2023-05-10", "converted": "2024-05-10"}]
    events = [{"who": "戊", "matter": "conversion", "on": "2024-05-10"}]
    row = {"kind": "development", "name": "戊", "applied": "2021-04-03", "meeting": "2023-05-10"}
    late = {**row, "conversion_meeting": "2024-06-11"}
    for records, status in (([row], "met"), ([late], "missed")):
        found = statuses("probation-timely", "2024-12-31", members=members, events=events, records=records)
        assert found == {"2024-05-10/M1": status}


def test_an_extension_never_hides_that_it_was_decided_late() -> None:
    members = [{"name": "戊", "status": "probationary", "joined": "2023-05-10"}]
    events = [{"who": "戊", "matter": "extension", "on": "2024-06-11", "until": "2024-12-11"}]
    assert statuses("probation-timely", "2024-12-01", members=members, events=events) == {
        "2024-05-10/M1": "missed",
        "2024-12-11/M1": "at_risk",
    }


def test_hours_of_a_sitting_go_to_those_who_are_named_present() -> None:
    records = [
        {"kind": "theme_day", "on": "2024-03-20", "hours": 32, "attendees": "其余全体", "absentees": ["丁"]},
        {"kind": "training", "member": "丁", "on": "2024-04-01", "hours": 1},
    ]
    found = ask("member-training-32h", "2025-01-01", asked="2024", records=records)
    assert {key: (one.status.value, one.found) for key, one in found.items()} == {
        "2024/M3": ("met", 32),
        "2024/M4": ("missed", 1),
    }
    assert {one.severity.value for one in found.values()} == {"remind"}


def test_hours_are_never_made_out_of_the_length_of_a_sitting() -> None:
    records = [
        {"kind": "theme_day", "on": "2024-03-20", "start": "08:00", "end": "17:00", "attendees": "全体"},
        {"kind": "training", "member": "丙", "on": "2024-04-01", "hours": 8},
    ]
    found = ask("member-training-32h", "2025-01-01", asked="2024", records=records)
    assert found["2024/M3"].found == 8


def test_a_register_begun_this_year_accuses_nobody_of_the_last() -> None:
    records = [{"kind": "training", "member": "丙", "on": "2025-04-01", "hours": 8}]
    found = statuses("member-training-32h", "2025-06-30", asked="2024", records=records)
    assert found == {"2024/M3": "unknown", "2024/M4": "unknown"}


def test_of_a_branch_without_any_training_only_one_thing_is_said_of_each_duty() -> None:
    for rule in ("member-training-32h", "leader-training-56h", "secretary-rotation-training-yearly"):
        assert statuses(rule, "2025-01-01", asked="2024") == {"2024": "unknown"}


def test_a_number_that_no_record_bears_is_named_and_the_texts_are_searched() -> None:
    task = {
        "kind": "study_task",
        "title": "关于开展示例学习的通知",
        "deadline": "2026-03-20",
        "records": ["S9"],
    }
    sitting = {"kind": "theme_day", "on": "2026-03-10", "topics": ["学习关于开展示例学习的通知"]}
    alone = ask("study-task-done", "2026-03-31", records=[task])["K1"]
    assert (alone.status, "S9" in alone.message) == ("missed", True)
    found = ask("study-task-done", "2026-03-31", records=[task, sitting])["K1"]
    assert (found.status, found.evidence) == ("met", ("S1",))


def test_a_title_of_a_few_characters_is_not_looked_for_in_texts_and_not_judged() -> None:
    task = {"kind": "study_task", "title": "党章", "deadline": "2026-03-20"}
    sitting = {"kind": "theme_day", "on": "2026-03-10", "topics": ["学习党章"]}
    asked = {"records": [task, sitting]}
    assert statuses("study-task-done", "2026-03-31", **asked) == {"K1": "unknown"}
    linked = {"records": [{**task, "records": ["S1"]}, sitting]}
    assert statuses("study-task-done", "2026-03-31", **linked) == {"K1": "met"}


def test_blanks_and_marks_within_a_title_do_not_matter() -> None:
    task = {"kind": "study_task", "title": "关于印发《示例办法》的通知", "deadline": "2026-03-20"}
    sitting = {"kind": "theme_day", "on": "2026-03-10", "content": "学习《关于印发〈示例办法〉 的\n通知》。"}
    assert statuses("study-task-done", "2026-03-31", records=[task, sitting]) == {"K1": "met"}


def test_a_task_without_a_deadline_is_open_until_studied_and_then_belongs_to_that_year() -> None:
    task = {"kind": "study_task", "title": "关于开展示例学习的通知", "received": "2025-03-02"}
    sitting = {"kind": "theme_day", "on": "2025-05-10", "topics": ["学习关于开展示例学习的通知"]}
    assert statuses("study-task-done", "2026-06-30", records=[task]) == {"K1": "pending"}
    assert statuses("study-task-done", "2026-06-30", asked="2025", records=[task, sitting]) == {"K1": "met"}
    assert statuses("study-task-done", "2026-06-30", records=[task, sitting]) == {}


def test_late_study_is_told_in_the_range_in_which_it_was_studied() -> None:
    task = {"kind": "study_task", "title": "关于开展示例学习的通知", "deadline": "2025-12-20"}
    sitting = {"kind": "theme_day", "on": "2026-01-10", "topics": ["学习关于开展示例学习的通知"]}
    found = ask("study-task-late", "2026-06-30", records=[task, sitting])["K1"]
    assert (found.severity, "晚21天" in found.message) == ("info", True)
    assert statuses("study-task-late", "2026-06-30", asked="2025", records=[task, sitting]) == {}


def test_all_records_up_to_the_deadline_are_named_and_of_later_ones_only_the_first() -> None:
    task = {"kind": "study_task", "title": "关于开展示例学习的通知", "deadline": "2026-03-20"}
    days = ("2026-03-05", "2026-03-20", "2026-03-21", "2026-04-10")
    sittings = [{"kind": "theme_day", "on": day, "theme": "学习关于开展示例学习的通知"} for day in days]
    asked = {"asked": "2026-Q1"}
    found = ask("study-task-done", "2026-06-30", records=[task, *sittings], **asked)["K1"]
    assert (found.evidence, "等2次" in found.message) == (("S1", "S2"), True)
    found = ask("study-task-done", "2026-06-30", records=[task, *sittings[2:]], **asked)["K1"]
    assert (found.status, found.evidence) == ("met", ("S1",))
    assert statuses("study-task-late", "2026-06-30", records=[task, *sittings]) == {}
