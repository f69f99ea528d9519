"""How findings are told: the word for what was missed, the remedy, the 情况说明 beside it."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from tests.rules.book import BOOK

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import Waiver
from zhibu_cli.rules.engine import never_missed, with_waiver
from zhibu_cli.rules.examples import run_example

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Rule

RULES = {rule.id: rule for rule in BOOK.rules}
OWED = {
    "cadence",
    "assessment",
    "talks.pairs",
    "talks.with_committee",
    "talks.among_members",
    "attendance.leaders",
    "absence.long",
    "elections",
    "followup",
    "grades.answered",
    "grades.coverage",
    "grades.fed_back",
    "mentioned",
    "preceded",
    "steps",
    "training.hours",
    "training.yearly",
}
"""Kinds of check that look for records; all others look at what is recorded, or at a state."""
BOTH = {"milestones", "every", "course", "study"}
"""Kinds of check that look for a day or a record, and at the day that is there but comes late."""

ACCUSING = "|".join(
    (
        *("造假", "作假", "弄虚", "伪造", "编造", "拼凑", "抄袭", "作弊", "隐瞒", "虚报"),
        *("无故", "擅自", "逃避", "旷会", "失职", "应付", "敷衍", "走过场", "不重视", "不认真", "拒不"),
        *("违纪", "违规", "严重", "突击", "破绽", "怀疑", "可疑", "疑为", "疑似", "涉嫌", "确系"),
        *("未召开", "没有召开", "未开展", "没有开展", "漏开", "漏谈", "该设而未设"),
    )
)
"""Words that say what nobody can know from a ledger: a motive, a judgement, that nothing took place."""


@cache
def told(rule_id: str) -> list[Finding]:
    """Everything that is found in the rule's examples."""
    rule = RULES[rule_id]
    return [finding for example in rule.examples for finding in run_example(rule, example, CATALOGUE)]


def missed(rule: Rule) -> list[Finding]:
    """Everything that the rule's examples say was missed."""
    return [finding for finding in told(rule.id) if finding.status == "missed"]


def test_unseen_is_said_of_duties_and_fault_of_everything_else() -> None:
    """未见记录 for a duty of which there is no record, 问题 for what is recorded (design.md)."""
    assert [rule.id for rule in RULES.values() if not _well_labelled(rule)] == []


def _well_labelled(rule: Rule) -> bool:
    if rule.check.split(".")[0] in BOTH:
        unseen = [finding for finding in missed(rule) if finding.label == "未见记录"]
        return unseen == [finding for finding in missed(rule) if "未见" in finding.message]
    labels = set() if never_missed(rule.check) else {"未见记录" if rule.check in OWED else "问题"}
    return {finding.label for finding in missed(rule)} == labels


def test_no_remedy_asks_for_a_record_written_afterwards() -> None:
    asking = "补录|补记|补写|补开|补齐记录|完善记录|补充原文"
    assert {rule.id: rule.doc.fix for rule in RULES.values() if re.search(asking, rule.doc.fix)} == {}


def test_what_is_told_accuses_nobody() -> None:
    accusing = {
        rule.id: text
        for rule in RULES.values()
        for text in (
            rule.title,
            rule.doc.what,
            rule.doc.why,
            rule.doc.fix,
            *(one.message for one in told(rule.id)),
        )
        if re.search(ACCUSING, text)
    }
    assert accusing == {}


def test_why_a_rule_is_kept_does_not_threaten_with_the_inspector() -> None:
    threat = "被指出|被问责|被通报|被批评|扣分|不被承认|一票否决|一看就|看得出来|对出来|站不住|必问"
    assert {rule.id: rule.doc.why for rule in RULES.values() if re.search(threat, rule.doc.why)} == {}


def explained(severity: str, *, approval: str = "", **example: Any) -> Finding:
    """A finding of one of two rules, with a 情况说明 for it."""
    rule = RULES[{"warn": "appraisal-yearly", "error": "org-life-meeting-yearly"}[severity]]
    found = {one.key: one for one in run_example(rule, example, CATALOGUE)}
    key = f"{rule.id}@2024"
    day = date(2025, 4, 2) if approval else None
    waiver = Waiver(
        id="W1", key=key, reason="下乡", by="甲", on=date(2025, 4, 2), approval=approval, approved_on=day
    )
    return with_waiver(found[key], waiver, date(2025, 4, 2))


def test_an_approved_explanation_settles_a_general_wording_and_leaves_nothing_to_do() -> None:
    finding = explained("warn", approval="机党〔2025〕3号", as_of="2025-04-03", asked="2024")
    assert (finding.status, finding.fix) == ("waived", "")


@pytest.mark.parametrize(
    ("severity", "approval"), [("warn", ""), ("error", ""), ("error", "机党〔2025〕3号")]
)
def test_any_other_explanation_stands_beside_the_finding(severity: str, approval: str) -> None:
    finding = explained(severity, approval=approval, as_of="2025-04-03", asked="2024")
    assert finding.status == "missed"
    assert finding.waiver is not None
    assert finding.fix


def test_an_explanation_given_in_time_is_told_while_the_duty_is_open() -> None:
    finding = explained("warn", approval="机党〔2025〕3号", as_of="2025-03-20", asked="2024")
    assert finding.status == "at_risk"
    assert finding.waiver is not None


def test_while_there_is_time_a_remedy_speaks_of_what_is_still_to_be_done() -> None:
    """What is to be done when it is over (情况说明, 不得补造, the next one) is told when it is over."""
    over = "情况说明|补造|已过|以后按期|下一年度"
    assert {rule.id: rule.doc.open for rule in RULES.values() if re.search(over, rule.doc.open)} == {}
    mixed = {
        rule.id: rule.doc.fix
        for rule in RULES.values()
        if rule.doc.open and re.search("期限未到|时限未到|已过的", rule.doc.fix)
    }
    assert mixed == {}
    other = {
        finding.key: finding.fix
        for rule in RULES.values()
        for finding in told(rule.id)
        if finding.status in {"pending", "at_risk"} and finding.fix != (rule.doc.open or rule.doc.fix)
    }
    assert other == {}


def test_a_record_is_called_by_its_day_before_its_number() -> None:
    """A bare number (S3, X1, R2) in a sentence says nothing to who reads it."""
    allowed = {"study-task-early"}  # there the number itself stands in the column it speaks of
    bare = {
        rule.id: one.message
        for rule in RULES.values()
        if rule.id not in allowed
        for one in told(rule.id)
        if re.search(r"(?<![（、A-Za-z0-9])[STXRDGM]\d", one.message)
    }
    assert bare == {}
