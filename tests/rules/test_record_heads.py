"""What a record lacks and where its heads contradict each other; and what is only sparse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.rules.examples import run_example
from zhibu_cli.rules.pack import load_book

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding

RULES = {rule.id: rule for rule in load_book().rules}
FULL = {
    "place": "三楼会议室",
    "chair": "党员1",
    "recorder": "党员2",
    "expected": 5,
    "present": 5,
    "topics": ["学习"],
    "theme": "学习",
    "content": "学习党章第一章，讨论本季度安排。",
}


def ask(rule: str, record: dict[str, Any], **example: Any) -> Finding | None:
    """What the rule finds about one record of a branch of five."""
    case = {
        "as_of": "2024-12-31",
        "more": 5,
        "records": [{"kind": "general_meeting", "on": "2024-03-08", **record}],
        **example,
    }
    found = run_example(RULES[rule], case, CATALOGUE)
    assert len(found) < 2
    return found[0] if found else None


class TestMissingField:
    def test_a_complete_record_lacks_nothing(self) -> None:
        assert ask("record-missing-field", FULL) is None

    @pytest.mark.parametrize(
        ("field", "label"),
        [
            ("place", "地点"),
            ("chair", "主持人"),
            ("recorder", "记录人"),
            ("expected", "应到"),
            ("present", "实到"),
            ("content", "内容"),
        ],
    )
    def test_each_needed_field_is_named(self, field: str, label: str) -> None:
        record = {name: value for name, value in FULL.items() if name != field}
        finding = ask("record-missing-field", record)
        assert finding is not None
        assert label in finding.message

    def test_one_finding_names_all(self) -> None:
        finding = ask("record-missing-field", {})
        assert finding is not None
        assert all(
            label in finding.message
            for label in ("地点", "主持人", "记录人", "应到", "实到", "议题或主题", "内容")
        )
        assert "缺席" not in finding.message

    def test_a_theme_stands_for_topics_and_names_for_numbers(self) -> None:
        record = {
            name: value for name, value in FULL.items() if name not in {"topics", "expected", "present"}
        }
        assert ask("record-missing-field", {**record, "attendees": [f"党员{n}" for n in range(1, 6)]}) is None

    def test_a_lecture_needs_a_lecturer_and_neither_chair_nor_recorder(self) -> None:
        record = {name: value for name, value in FULL.items() if name not in {"chair", "recorder"}}
        finding = ask("record-missing-field", {**record, "kind": "lecture"})
        assert finding is not None
        assert "主讲人" in finding.message
        assert "主持人" not in finding.message
        assert ask("record-missing-field", {**record, "kind": "lecture", "lecturer": "党员1"}) is None

    def test_absentees_are_needed_only_where_somebody_is_missing(self) -> None:
        finding = ask("record-missing-field", {**FULL, "present": 4})
        assert finding is not None
        assert "缺席人员及原因" in finding.message
        assert ask("record-missing-field", {**FULL, "present": 4, "absentees": ["党员5"]}) is None
        excused = [{"who": "党员5", "reason": "产假"}]
        assert ask("record-missing-field", {**FULL, "present": 4, "excused": excused}) is None

    def test_names_fewer_than_the_roster_need_absentees(self) -> None:
        record = {name: value for name, value in FULL.items() if name not in {"expected", "present"}}
        finding = ask("record-missing-field", {**record, "attendees": ["党员1", "党员2"]})
        assert finding is not None
        assert "缺席人员及原因" in finding.message

    def test_who_was_expected_is_not_guessed_where_the_form_is_not_stated(self) -> None:
        record = {name: value for name, value in FULL.items() if name not in {"expected", "present"}}
        record |= {"kind": "org_life_meeting", "assessment_year": 2023, "attendees": ["党员1", "党员2"]}
        assert ask("record-missing-field", record) is None

    def test_observers_sign_in_and_notice_are_never_required(self) -> None:
        assert "observers" not in FULL
        assert ask("record-missing-field", FULL) is None

    def test_a_core_group_study_is_kept_without_demands(self) -> None:
        assert ask("record-missing-field", {"kind": "core_group_study"}) is None


class TestHeadcount:
    @pytest.mark.parametrize(
        "heads",
        [
            {"expected": 5, "present": 5},
            {"expected": 5, "present": 3},  # absentees not listed: a missing field
            {"expected": 5, "present": 3, "absentees": ["党员4", "党员5"]},
            {"expected": 5, "present": 3, "absentees": ["党员4"], "excused": ["党员5"]},
            {
                "expected": 5,
                "present": 4,
                "uncounted": [{"who": "外出", "reason": "批复"}],
                "absentees": ["党员5"],
            },
            {"expected": 5},
            {"present": 9},
            {"absentees": ["党员5"]},
            {"expected": "全体", "present": "全体"},
            {"expected": 5, "present": 5, "observers": ["上级同志"], "attendees": "全体"},
            {"attendees": ["党员1", "党员2"], "absentees": ["党员3"]},
        ],
        ids=str,
    )
    def test_a_sparse_or_balanced_record_contradicts_nothing(self, heads: dict[str, Any]) -> None:
        assert ask("record-headcount", heads) is None

    @pytest.mark.parametrize(
        "heads",
        [
            {"expected": 5, "present": 6},
            {"expected": 5, "present": 3, "absentees": ["党员4"]},
            {"expected": 5, "present": 5, "absentees": ["党员4"]},
            {"expected": 5, "present": 4, "absentees": ["党员4"], "excused": ["党员5"]},
            {"expected": 5, "attendees": ["党员1", "党员2", "党员3"], "absentees": ["党员4"]},
            {"present": 5, "attendees": ["党员1", "党员2"]},
            {"present": 2, "attendees": ["党员1", "党员2", "党员3"]},
            {"attendees": ["党员1", "党员2"], "absentees": ["党员2"]},
        ],
        ids=str,
    )
    def test_heads_that_cannot_be_true_are_named(self, heads: dict[str, Any]) -> None:
        finding = ask("record-headcount", heads)
        assert finding is not None
        assert (finding.status, finding.severity) == ("missed", "error")

    def test_people_from_elsewhere_may_be_listed_without_being_counted(self) -> None:
        people = {"members": [{"name": "挂职", "home": "乡镇党委"}]}
        names = ["党员1", "党员2", "挂职"]
        assert ask("record-headcount", {"expected": 2, "present": 2, "attendees": names}, **people) is None
        assert ask("record-headcount", {"expected": 3, "present": 3, "attendees": names}, **people) is None
        assert (
            ask("record-headcount", {"expected": 5, "present": 1, "attendees": names}, **people) is not None
        )

    def test_members_outside_a_committee_may_be_listed_at_its_meeting(self) -> None:
        posts = [{"who": "党员1", "post": "secretary"}, {"who": "党员2", "post": "organisation"}]
        record = {
            "kind": "committee_meeting",
            "expected": 2,
            "present": 2,
            "attendees": ["党员1", "党员2", "党员3"],
        }
        assert ask("record-headcount", record, posts=posts) is None


def test_a_blank_reason_is_not_filled_in_and_nothing_worse() -> None:
    finding = ask("record-absence-reason", {"absentees": ["党员4", {"who": "党员5", "reason": "病假"}]})
    assert finding is not None
    assert "党员4原因未填" in finding.message
    assert "党员5" not in finding.message
    assert "无故" not in finding.message + finding.fix + finding.title
    assert ask("record-absence-reason", {"absentees": [{"who": "党员5", "reason": "病假"}]}) is None


def test_those_not_counted_need_the_approval() -> None:
    finding = ask("record-absence-reason", {"uncounted": ["党员5"]})
    assert finding is not None
    assert "批准依据未填" in finding.message


@pytest.mark.parametrize(
    ("heads", "fault"),
    [
        ({"expected": 5, "present": "全体出席"}, True),
        ({"expected": "全体党员", "present": 5}, True),
        ({"expected": 5, "present": 5}, False),
        ({"expected": "全体", "present": "全体", "attendees": ["党员1", "党员2"]}, False),
        ({"attendees": "全体"}, False),  # the roster says who that is
        ({"attendees": "其余全体", "absentees": ["党员5"]}, False),
        ({}, False),
    ],
    ids=str,
)
def test_words_in_place_of_numbers_are_named(heads: dict[str, Any], *, fault: bool) -> None:
    assert (ask("record-attendance-not-numeric", heads) is not None) is fault


def test_everybody_without_a_roster_is_nobody() -> None:
    assert ask("record-attendance-not-numeric", {"attendees": "全体"}, more=0) is not None


def test_a_combined_sitting_names_what_it_counts_for() -> None:
    finding = ask("record-combined-sitting", {"kinds": ["general_meeting", "theme_day"], "kind": None})
    assert finding is not None
    assert finding.severity == "info"
    assert "支部党员大会、主题党日" in finding.message
    assert ask("record-combined-sitting", {}) is None


def test_the_form_of_an_organisational_life_meeting_counts_as_well() -> None:
    record = {"kind": "org_life_meeting", "forms": ["committee", "on_site"]}
    finding = ask("record-combined-sitting", record)
    assert finding is not None
    assert "组织生活会、支部委员会" in finding.message
    assert ask("record-combined-sitting", {"kind": "org_life_meeting", "forms": ["on_site"]}) is None
