"""Votes as recorded: only figures that cannot all be true are at fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.rules.examples import run_example
from zhibu_cli.rules.pack import load_book

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding

RULES = {rule.id: rule for rule in load_book().rules}


def ask(
    rule: str, vote: dict[str, Any], *, said: dict[str, Any] | None = None, **example: Any
) -> Finding | None:
    """What the rule finds about a general meeting with one vote; ``said``: other fields of the meeting."""
    votes = [{"matter": "general", **vote}]
    record = {"kind": "general_meeting", "on": "2024-03-08", "votes": votes, **(said or {})}
    case = {"as_of": "2024-12-31", "records": [record], **example}
    found = run_example(RULES[rule], case, CATALOGUE)
    return found[0] if found else None


@pytest.mark.parametrize(
    "figures",
    [
        {"present": 12, "in_favour": 9, "against": 2, "abstained": 1},
        {"present": 12, "in_favour": 12},
        {"present": 12, "in_favour": 9, "against": 2},
        {"in_favour": 9, "against": 2, "abstained": 1},
        {"present": 12, "in_favour": 9, "against": 2, "abstained": 0, "invalid": 1},
        {"present": 12, "written": 1, "in_favour": 10, "against": 2, "abstained": 1},
        {"present": 12, "written": 1, "in_favour": 9, "against": 2, "abstained": 1},
        {"present": 12, "returned": 11, "in_favour": 9, "against": 2, "abstained": 0},
        {"present": 12, "issued": 11, "in_favour": 9, "against": 1, "abstained": 0},
        {
            "present": 12,
            "returned": 12,
            "valid": 11,
            "invalid": 1,
            "in_favour": 9,
            "against": 2,
            "abstained": 0,
        },
        {"expected": 16, "present": 16},
    ],
    ids=str,
)
def test_figures_that_can_be_true_are_left_alone(figures: dict[str, Any]) -> None:
    assert ask("vote-sum-mismatch", figures) is None


@pytest.mark.parametrize(
    "figures",
    [
        {"present": 12, "in_favour": 9, "against": 2, "abstained": 2},  # 13 of 12
        {"present": 12, "in_favour": 9, "against": 2, "abstained": 0},  # 11 of 12
        {"present": 12, "in_favour": 13},
        {"present": 12, "in_favour": 9, "against": 4},  # 13 without the blank one
        {"present": 12, "written": 1, "in_favour": 14},
        {"valid": 11, "in_favour": 12},
        {"returned": 12, "valid": 11, "invalid": 2},
        {"returned": 12, "valid": 13},
        {"issued": 12, "returned": 13},
        {"present": 12, "issued": 13},
        {"expected": 16, "present": 17},
    ],
    ids=str,
)
def test_figures_that_cannot_be_true_are_named(figures: dict[str, Any]) -> None:
    finding = ask("vote-sum-mismatch", figures)
    assert finding is not None
    assert finding.status == "missed"
    assert finding.severity == "error"


def test_in_an_election_others_may_stand_beside_the_three() -> None:
    figures = {"matter": "election", "present": 12, "in_favour": 9, "against": 2, "abstained": 0}
    assert ask("vote-sum-mismatch", figures) is None
    assert ask("vote-sum-mismatch", {**figures, "others": 1}) is None
    assert ask("vote-sum-mismatch", {**figures, "others": 0}) is not None


def test_the_base_is_wrong_where_probationary_members_were_counted() -> None:
    people: dict[str, Any] = {
        "more": 4,
        "members": [{"name": "甲", "status": "probationary", "joined": "2024-01-05"}],
    }
    assert ask("vote-wrong-base", {"expected": 4}, **people) is None
    finding = ask("vote-wrong-base", {"expected": 5}, **people)
    assert finding is not None
    assert "4人" in finding.message
    assert ask("vote-wrong-base", {"present": 5}, **people) is not None


def test_a_roster_that_may_be_incomplete_proves_no_wrong_base() -> None:
    assert ask("vote-wrong-base", {"expected": 16}, more=4) is None
    assert ask("vote-wrong-base", {"expected": 16}) is None


@pytest.mark.parametrize(
    ("names", "fault"),
    [(["张三"], False), (["张三", "李四"], True), (["张三、李四"], True), (["张三等3人"], True), ([], False)],
)
def test_admissions_are_voted_on_one_by_one(names: list[str], *, fault: bool) -> None:
    for matter in ("admission", "conversion"):
        found = ask("vote-not-one-by-one", {"matter": matter, "object": names})
        assert (found is not None) is fault


def test_other_matters_may_name_several_people_at_once() -> None:
    for matter in ("election", "general", "disposal"):
        assert ask("vote-not-one-by-one", {"matter": matter, "object": ["张三", "李四"]}) is None


@pytest.mark.parametrize(
    "said",
    [
        {"theme": "与样本二支部联合召开党员大会"},
        {"theme": "与样本二支部合开党员大会"},
        {"note": "同样本二支部一起召开"},
        {"content": "两个支部共同召开党员大会。讨论年度计划。"},
    ],
    ids=str,
)
def test_what_says_that_branches_met_together_is_told_once_and_as_that(said: dict[str, Any]) -> None:
    people: dict[str, Any] = {
        "more": 4,
        "members": [{"name": "甲", "status": "probationary", "joined": "2024-01-05"}],
    }
    vote = {"expected": 10, "present": 9}
    assert ask("vote-joint-sitting", vote, said=said, **people) is not None
    assert ask("vote-wrong-base", vote, said=said, **people) is None
    assert ask("record-base-roster", vote, said=said, **people) is None


@pytest.mark.parametrize(
    "said",
    [
        {"content": "讨论年度计划。会后两个支部共同召开座谈会。"},
        {"topics": ["下月与样本二支部联合召开座谈会"]},
    ],
    ids=str,
)
def test_what_speaks_of_another_joint_meeting_does_not_explain_the_base(said: dict[str, Any]) -> None:
    people: dict[str, Any] = {
        "more": 4,
        "members": [{"name": "甲", "status": "probationary", "joined": "2024-01-05"}],
    }
    vote = {"expected": 10, "present": 9}
    assert ask("vote-joint-sitting", vote, said=said, **people) is None
    assert ask("vote-wrong-base", vote, said=said, **people) is not None


def test_members_without_a_vote_are_named_as_what_they_are_by_the_roster() -> None:
    young = [{"name": "甲", "status": "probationary", "joined": "2024-01-05"}]
    found = ask("vote-wrong-base", {"expected": 5}, more=4, members=young)
    assert found is not None
    assert "另有无表决权的预备党员1人" in found.message
    watched = [{"who": "党员5", "matter": "probation_in_party", "on": "2024-01-05", "until": "2024-12-31"}]
    found = ask("vote-wrong-base", {"expected": 6}, more=5, members=young, events=watched)
    assert found is not None
    assert "另有无表决权的党员2人（其中预备党员1人）" in found.message


def test_the_roster_range_of_a_vote_goes_by_members_only() -> None:
    """Whoever is admitted is not on the roster yet, and lessens nothing."""
    found = ask("record-base-roster", {"matter": "admission", "object": ["张三"], "expected": 3}, more=5)
    assert found is not None
    assert "当日名册上有表决权的党员5人" in found.message
