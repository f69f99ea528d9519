"""What belongs together: events and talks, votes and committee meetings, words, posts and elections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.rule import Severity
from zhibu_cli.rules.checks.standing import EARLY_TITLE
from zhibu_cli.rules.engine import never_missed
from zhibu_cli.rules.examples import run_example
from zhibu_cli.rules.pack import load_book

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Rule

BOOK = load_book()
RULES = {rule.id: rule for rule in BOOK.rules}


def ask(rule: str | Rule, as_of: str, **ledger: Any) -> dict[str, Finding]:
    """Findings by what follows the @ of their keys."""
    asked = RULES[rule] if isinstance(rule, str) else rule
    findings = run_example(asked, {"as_of": as_of, **ledger}, CATALOGUE)
    return {finding.key.partition("@")[2]: finding for finding in findings}


def statuses(rule: str | Rule, as_of: str, **ledger: Any) -> dict[str, str]:
    return {key: finding.status.value for key, finding in ask(rule, as_of, **ledger).items()}


def with_parameters(rule: str, **params: Any) -> Rule:
    """The rule with other parameters; None takes one away."""
    one = RULES[rule]
    changed = {
        name: value for name, value in {**one.versions[0].params, **params}.items() if value is not None
    }
    return replace(one, versions=(replace(one.versions[0], params=changed),))


def test_an_event_may_be_a_date_of_any_register_and_need_no_person() -> None:
    """A meeting within thirty days of 党委预审日期 in 发展党员: a rule without Python."""
    rule = with_parameters(
        "talk-trigger-events",
        after="development",
        after_field=None,
        after_values=None,
        after_day="pre_review",
        after_who="name",
        then="general_meeting",
        then_who=None,
        one_to_one=None,
        before_days=None,
        about="党委预审",
    )
    found = ask(
        rule,
        "2024-12-31",
        records=[
            {"kind": "development", "name": "张三", "pre_review": "2024-03-01"},
            {"kind": "development", "name": "李四", "pre_review": "2024-06-01"},
            {"kind": "development", "name": "王五", "applied": "2024-06-01"},
            {"kind": "general_meeting", "on": "2024-03-31"},
        ],
    )
    assert {key: one.status.value for key, one in found.items()} == {"F1": "met", "F2": "missed"}
    assert found["F1"].evidence == ("F1", "S1")
    assert found["F2"].message.startswith("李四2024年6月1日党委预审，30天内（2024年7月1日以前）未见")
    assert found["F2"].subject.name == "李四"


def test_what_may_come_before_the_event_counts_when_the_rule_says_so() -> None:
    ledger: dict[str, Any] = {
        "members": ["甲", "乙"],
        "starts": {"talk": "2024-01-01"},
        "events": [{"who": "乙", "matter": "extension", "on": "2024-03-05"}],
        "records": [{"kind": "talk", "on": "2024-02-29", "talkers": ["甲"], "partners": ["乙"]}],
    }
    only_after = with_parameters("talk-trigger-events", before_days=None)
    assert statuses(only_after, "2024-12-31", **ledger) == {"E1": "missed"}
    for before, expected in ((5, "met"), (4, "missed")):
        rule = with_parameters("talk-trigger-events", before_days=before)
        assert statuses(rule, "2024-12-31", **ledger) == {"E1": expected}


def test_what_follows_an_event_after_the_day_of_the_check_is_not_seen() -> None:
    ledger: dict[str, Any] = {
        "members": ["甲", "乙"],
        "starts": {"talk": "2024-01-01"},
        "events": [{"who": "乙", "matter": "extension", "on": "2024-03-05"}],
        "records": [{"kind": "talk", "on": "2024-03-20", "talkers": ["甲"], "partners": ["乙"]}],
    }
    assert statuses("talk-trigger-events", "2024-03-04", **ledger) == {}
    assert statuses("talk-trigger-events", "2024-03-19", **ledger) == {"E1": "pending"}
    assert statuses("talk-trigger-events", "2024-03-20", **ledger) == {"E1": "met"}


def test_what_words_are_looked_for_is_never_more_than_a_hint() -> None:
    hints = {
        rule.id: version.severity
        for rule in BOOK.rules
        for version in rule.versions
        if "mentioned" in rule.check
    }
    assert {*hints.values()} == {Severity.INFO, Severity.REMIND}
    assert len(hints) == 5


def test_all_the_words_are_told_to_those_who_ask_for_more() -> None:
    finding = ask("warning-education", "2025-01-01", asked="2024")["2024"]
    assert "“警示教育”“警示片”“案例警示”等字样" in finding.message
    assert "以案促改" not in finding.message
    assert "以案促改" in finding.detail


def test_a_check_that_only_reminds_needs_no_example_of_something_missed() -> None:
    assert never_missed("reminder")
    assert not never_missed("cadence")
    assert not never_missed("attendance.rate")


def test_a_committee_held_in_another_form_comes_before_the_vote_as_well() -> None:
    """组织生活会 in the form of a committee meeting; the name stands in its 决议."""
    found = statuses(
        "committee-before-general",
        "2024-12-31",
        members=["甲", "乙"],
        posts=[{"who": "甲", "post": "secretary"}, {"who": "乙", "post": "organisation"}],
        records=[
            {
                "kind": "org_life_meeting",
                "on": "2024-03-01",
                "forms": ["committee"],
                "resolution": "同意张三转正。",
            },
            {
                "kind": "general_meeting",
                "on": "2024-03-08",
                "votes": [{"matter": "conversion", "object": ["张三"]}],
            },
            {
                "kind": "theme_day",
                "on": "2024-03-09",
                "votes": [{"matter": "conversion", "object": ["李四"]}],
            },
        ],
    )
    assert found == {"S2": "met"}


def test_a_vote_without_a_name_is_looked_for_by_its_matter_and_else_not_judged() -> None:
    found = statuses(
        "committee-before-general",
        "2024-12-31",
        members=["甲", "乙"],
        posts=[{"who": "甲", "post": "secretary"}, {"who": "乙", "post": "organisation"}],
        records=[
            {"kind": "committee_meeting", "on": "2024-03-01", "topics": ["关于示例处置的建议"]},
            {
                "kind": "general_meeting",
                "on": "2024-03-08",
                "votes": [{"matter": "disposal", "subject": "示例处置"}],
            },
            {"kind": "general_meeting", "on": "2024-03-09", "votes": [{"matter": "disposal"}]},
        ],
    )
    assert found == {"S2": "met", "S3": "unknown"}


@pytest.mark.parametrize(
    ("method", "found"),
    [("无记名投票", 0), ("不记名投票", 0), ("无记名投票，举手通过监票人", 0), ("起立表决", 1), ("票决", 0)],
)
def test_only_a_stated_open_way_of_voting_is_told(method: str, found: int) -> None:
    vote = {"matter": "election", "object": ["张三"], "method": method}
    records = [{"kind": "general_meeting", "on": "2024-03-08", "votes": [vote]}]
    assert len(ask("elect-secret-ballot", "2024-12-31", records=records)) == found


def test_a_group_that_was_dissolved_and_had_no_successor_asks_nothing() -> None:
    found = statuses(
        "constitution-in-a-branch",
        "2024-12-31",
        groups=[{"name": "一组", "dissolved": "2024-03-01"}],
        members=[{"name": "甲", "group": "一组"}],
    )
    assert found == {"2024-12-31": "not_applicable"}


def test_the_ungrouped_are_told_by_name_and_not_by_number() -> None:
    finding = ask(
        "constitution-in-a-branch",
        "2024-12-31",
        groups=["一组"],
        members=[{"name": "甲", "group": "一组"}, {"name": "乙", "arrived": "2024-03-01"}],
    )["2024-04-30"]
    assert "1人没有编入党小组（乙）" in finding.message
    assert "M2" not in finding.message + finding.detail


def test_of_many_ungrouped_ten_are_told_and_all_to_those_who_ask_for_more() -> None:
    new = [{"name": f"新{n}", "arrived": "2024-03-01"} for n in range(1, 12)]
    finding = ask(
        "constitution-in-a-branch",
        "2024-12-31",
        groups=["一组"],
        members=[{"name": "甲", "group": "一组"}, *new],
    )["2024-04-30"]
    assert "11人没有编入党小组（新1、" in finding.message
    assert "新10等）" in finding.message
    assert finding.detail.endswith("新10、新11。")


def test_names_of_those_without_a_grade_stand_in_what_only_some_are_told() -> None:
    finding = ask(
        "appraisal-coverage",
        "2025-04-01",
        asked="2024",
        members=["甲", "乙"],
        records=[{"kind": "appraisal_row", "assessment_year": 2024, "member": "甲", "grade": "qualified"}],
    )["2024"]
    assert finding.status.value == "missed"
    assert "乙" not in finding.message
    assert finding.detail == "未见登记的：乙。"


def test_an_election_spread_over_some_weeks_is_one() -> None:
    """委员 on 10 May, 书记 approved on 28 May; the vote of 10 May is that of both."""
    found = statuses(
        "elected-by",
        "2024-12-31",
        members=["甲", "乙"],
        posts=[
            {"who": "乙", "post": "organisation", "since": "2024-05-10", "origin": "election"},
            {"who": "甲", "post": "secretary", "since": "2024-05-28", "origin": "election"},
        ],
        records=[
            {
                "kind": "general_meeting",
                "on": "2024-05-10",
                "votes": [{"matter": "election", "object": ["乙"]}],
            }
        ],
    )
    assert found == {"2024-05-10": "met"}


def test_a_text_without_a_number_carries_no_talk_where_the_others_are_switched_off() -> None:
    """一般每年一次 stands in the 条例; the 准则 and the 意见 only say 经常."""
    assert BOOK.chosen(("guidelines-2016",)).find("talk-committee-member") is None
    whole = BOOK.chosen(()).find("talk-committee-member")
    assert whole is not None
    assert {version.severity for version in whole.versions} == {Severity.WARN}


def test_local_practice_is_off_until_it_is_chosen() -> None:
    local = {
        "lecture-quarterly",
        "attendance-80",
        "absent-3-times",
        "zhongyang-group-20",
        "minutes-within-3d",
    }
    local |= {"quarter-plan-by-5th", "handbook-close"}
    assert local.isdisjoint(rule.id for rule in BOOK.chosen(()).rules)
    assert local <= {rule.id for rule in BOOK.chosen(("默认", "local-practice")).rules}


def test_problems_without_a_year_may_belong_to_any_meeting_and_a_meeting_without_one_takes_any() -> None:
    """整改清单 of the ledger: one row without 所属年度, one of 2023; talks are not kept."""
    rows = [
        {"kind": "rectification", "source": "org_life_meeting", "problem": "示例一"},
        {"kind": "rectification", "source": "org_life_meeting", "assessment_year": 2023, "problem": "示例二"},
    ]
    meetings = [
        {"kind": "org_life_meeting", "on": "2025-01-10", "theme": "示例", "assessment_year": 2024},
        {"kind": "org_life_meeting", "on": "2025-01-11", "theme": "示例"},
    ]
    found = ask("org-life-steps", "2025-12-31", records=[*rows, *meetings])
    assert {key: (one.required, one.found, one.evidence) for key, one in found.items()} == {
        "S1": (2, 2, ("S1", "R1")),
        "S2": (2, 2, ("S2", "R1", "R2")),
    }


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("三月份主题党日：义务植树", "四月份主题党日：义务植树", True),
        ("2024年第3次党日 义务植树", "2024年第4次党日 义务植树", True),
        ("义务植树", "义务植树（续）", False),
        ("三会一课", "三会一课", True),
        ("", "", False),
        ("3月", "4月", False),
    ],
)
def test_months_and_ordinals_do_not_make_a_theme_another_one(one: str, other: str, *, same: bool) -> None:
    records = [
        {"kind": "theme_day", "on": "2024-03-20", "theme": one},
        {"kind": "theme_day", "on": "2024-04-19", "theme": other},
    ]
    assert bool(ask("theme-day-distinct-topic", "2024-12-31", records=records)) is same


def test_an_election_of_the_committee_alone_breaks_the_terms_of_the_secretary_off() -> None:
    """2018 and 2021 elected 甲 as 书记, 2024 another committee with 甲 as a member."""
    posts = [
        {
            "who": "甲",
            "post": "secretary",
            "since": "2018-05-10",
            "until": "2021-05-09",
            "origin": "election",
        },
        {"who": "甲", "post": "secretary", "since": "2021-05-10", "origin": "election"},
        {"who": "甲", "post": "organisation", "since": "2024-05-10", "origin": "election"},
    ]
    found = statuses("secretary-two-terms-rotate", "2024-12-31", members=["甲"], posts=posts)
    assert found == {"2024-12-31": "met"}


def test_a_branch_that_shrank_before_the_range_is_told_until_it_is_enough_again() -> None:
    """Three full members, two from 2022-03-01 on, three again on 2024-02-01: due 2022-05-30."""
    members = [
        "甲",
        "乙",
        {"name": "丙", "left": "2022-03-01"},
        {"name": "丁", "joined": "2023-02-01", "converted": "2024-02-01"},
    ]
    rule = "branch-min-full-members"
    assert statuses(rule, "2024-01-31", members=members) == {"2022-05-30": "missed"}
    assert statuses(rule, "2024-12-31", members=members) == {"2022-05-30": "met", "2024-12-31": "met"}
    assert statuses(rule, "2025-12-31", members=members) == {"2025-12-31": "met"}


def test_a_reminder_is_told_for_each_period_whose_day_lies_in_the_range() -> None:
    found = ask("quarter-plan-by-5th", "2024-07-03", asked="2024")
    assert {key: (one.status.value, one.due.isoformat()) for key, one in found.items()} == {
        "2024-Q1": ("not_applicable", "2024-01-05"),
        "2024-Q2": ("not_applicable", "2024-04-05"),
        "2024-Q3": ("at_risk", "2024-07-05"),
    }


def test_the_finding_on_early_conversions_is_called_by_its_own_title() -> None:
    assert RULES["probation-1-year"].title == EARLY_TITLE
