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


def ask(rule: str, vote: dict[str, Any], **example: Any) -> Finding | None:
    """What the rule finds about a general meeting with one vote."""
    record = {"kind": "general_meeting", "on": "2024-03-08", "votes": [{"matter": "general", **vote}]}
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
    people = {"more": 4, "members": [{"name": "甲", "status": "probationary", "joined": "2024-01-05"}]}
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
