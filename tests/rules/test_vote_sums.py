"""Figures of a vote that cannot be true together are named, and nothing is told that rests on them."""

from __future__ import annotations

import pytest
from tests.rules.ballots import RULES, ask, election, general, meeting

from zhibu_cli.rules.checks.votes import BASE_TITLE, SUMS_TITLE


@pytest.mark.parametrize(
    ("issued", "returned", "status"), [(18, 18, "met"), (18, 17, "met"), (18, 19, "missed")]
)
def test_no_more_ballots_come_back_than_went_out(issued: int, returned: int, status: str) -> None:
    record = meeting("2024-03-08", election(issued=issued, returned=returned))
    assert ask("ballots-valid", record)["S1"].status == status


IMPOSSIBLE = {
    "more present than due": {"expected": 16, "present": 17, "in_favour": 17},
    "more in favour than present": {"expected": 16, "present": 12, "in_favour": 13},
    "more in favour than due": {"expected": 16, "in_favour": 17},
    "parts that do not add up": {
        "expected": 16,
        "present": 12,
        "in_favour": 9,
        "against": 2,
        "abstained": 4,
    },
    "nobody due": {"expected": 0, "present": 0, "in_favour": 0},
}


JUDGED = [
    ("vote-general-quorum", "general"),
    ("vote-general-pass", "general"),
    ("vote-admit-quorum", "admission"),
    ("vote-admit-pass", "admission"),
    ("vote-elect-quorum", "election"),
    ("vote-elect-win", "election"),
]
"""Each rule on quorum or majority with the matter it judges."""


@pytest.mark.parametrize("figures", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
@pytest.mark.parametrize(("rule", "matter"), JUDGED)
def test_of_figures_that_cannot_be_true_no_quorum_and_no_majority_is_told(
    rule: str, matter: str, figures: dict[str, int]
) -> None:
    vote = {"matter": matter, "object": ["张三"], "result": "通过", **figures}
    found = ask(rule, meeting("2024-03-08", vote))["S1"]
    assert (found.status, found.required, found.found) == ("unknown", None, None)
    assert "见“表决数字互相不符”" in found.message
    assert ask("vote-sum-mismatch", meeting("2024-03-08", vote))["S1"].status == "missed"


def test_a_vote_cannot_have_more_voters_than_the_meeting_had_members() -> None:
    vote = general(expected=16, present=11, in_favour=9, result="通过")
    eleven = meeting("2024-03-08", vote, expected=16, present=11)
    ten = meeting("2024-06-07", vote, expected=16, present=10)
    assert ask("vote-sum-mismatch", eleven, ten).keys() == {"S2"}
    found = ask("vote-general-quorum", eleven, ten)
    assert (found["S1"].status, found["S2"].status) == ("met", "unknown")


def test_one_matter_with_impossible_figures_leaves_the_others_of_the_sitting_told() -> None:
    sound = {"matter": "admission", "object": ["李四"], "expected": 16, "present": 12}
    broken = {"matter": "admission", "object": ["张三"], "expected": 16, "present": 17}
    found = ask("vote-admit-quorum", meeting("2024-03-08", broken, sound))["S1"]
    assert found.status == "unknown"
    assert "“李四”应到有表决权16人、实到12人" in found.message


def test_a_committee_with_more_present_than_members_is_not_said_to_have_met_with_enough() -> None:
    held = {"kind": "committee_meeting", "on": "2024-03-08", "expected": 5, "present": 6}
    full = {"kind": "committee_meeting", "on": "2024-04-12", "expected": 5, "present": 5}
    found = ask("committee-quorum", held, full)
    assert (found["S1"].status, found["S2"].status) == ("unknown", "met")


def test_the_findings_on_sums_and_on_the_base_are_called_by_their_own_titles() -> None:
    assert RULES["vote-sum-mismatch"].title == SUMS_TITLE
    assert RULES["vote-wrong-base"].title == BASE_TITLE


@pytest.mark.parametrize(("rule", "matter"), JUDGED)
def test_nothing_is_told_of_a_quorum_in_which_members_without_a_vote_were_counted(
    rule: str, matter: str
) -> None:
    """Five full members and one probationary: six are due to come, five have a vote."""
    people = {"more": 5, "members": [{"name": "甲", "status": "probationary", "joined": "2024-01-05"}]}
    vote = {"matter": matter, "object": ["张三"], "result": "通过", "in_favour": 5}
    counted_in = meeting("2024-03-08", {**vote, "expected": 6, "present": 6})
    apart = meeting("2024-06-07", {**vote, "expected": 5, "present": 5})
    found = ask(rule, counted_in, apart, **people)
    assert (found["S1"].status, found["S2"].status) == ("unknown", "met")
    assert "见“表决基数多于有表决权的党员”" in found["S1"].message
