"""The people of a record: known, in office, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.rules.examples import run_example
from zhibu_cli.rules.pack import load_book

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding

RULES = {rule.id: rule for rule in load_book().rules}


def ask(rule: str, *records: dict[str, Any], **example: Any) -> dict[str, Finding]:
    """What the rule finds in a branch of five."""
    case = {
        "as_of": "2024-12-31",
        "more": 5,
        "records": [{"kind": "general_meeting", "on": "2024-03-08", **record} for record in records],
        **example,
    }
    return {finding.key.partition("@")[2]: finding for finding in run_example(RULES[rule], case, CATALOGUE)}


class TestUnknownPerson:
    @pytest.mark.parametrize(
        "record",
        [
            {"attendees": ["党员1", "张山"]},
            {"absentees": ["张山"]},
            {"chair": "张山"},
            {"recorder": "张山"},
            {"kind": "talk", "talkers": ["张山"], "partners": ["党员1"]},
            {"kind": "talk", "talkers": ["党员1"], "partners": ["张山"]},
        ],
        ids=str,
    )
    def test_a_name_the_roster_lacks_is_named(self, record: dict[str, Any]) -> None:
        (finding,) = ask("record-unknown-person", record).values()
        assert "张山" in finding.message
        assert finding.severity == "warn"

    @pytest.mark.parametrize(
        "record",
        [
            {"attendees": ["党员1", "党员2"], "chair": "党员1", "recorder": "党员2"},
            {"attendees": "全体"},
            {"observers": ["张山"]},
            {"observers": ["张山"], "chair": "张山"},
            {"lecturer": "张山"},
            {"votes": [{"matter": "admission", "object": ["张山"]}]},
            {"kind": "talk", "talkers": ["党员1"], "partners": "全体"},
            {"kind": "talk", "talkers": ["党员1"], "partners": ["张山"], "category": "入党谈话"},
        ],
        ids=str,
    )
    def test_guests_and_candidates_may_be_anybody(self, record: dict[str, Any]) -> None:
        assert ask("record-unknown-person", record) == {}

    def test_a_person_whose_home_is_elsewhere_is_known(self) -> None:
        people = {"members": [{"name": "挂职", "home": "乡镇党委"}]}
        assert ask("record-unknown-person", {"attendees": ["挂职"], "chair": "挂职"}, **people) == {}

    def test_attending_before_arrival_or_from_the_day_of_leaving_is_named(self) -> None:
        people = {
            "members": [{"name": "新来", "arrived": "2024-03-08"}, {"name": "走了", "left": "2024-06-10"}]
        }
        found = ask(
            "record-unknown-person",
            {"on": "2024-03-07", "attendees": ["新来"]},
            {"on": "2024-03-08", "attendees": ["新来"]},
            {"on": "2024-06-09", "attendees": ["走了"]},
            {"on": "2024-06-10", "attendees": ["走了"]},
            **people,
        )
        assert list(found) == ["S1", "S4"]


class TestPostMismatch:
    POSTS = (
        {"who": "党员1", "post": "secretary", "until": "2024-06-14"},
        {"who": "党员2", "post": "organisation"},
        {"who": "党员3", "post": "secretary", "since": "2024-06-15"},
    )

    def ask(self, *records: dict[str, Any], **example: Any) -> dict[str, Finding]:
        return ask("record-post-mismatch", *records, posts=list(self.POSTS), **example)

    def test_secretary_deputy_or_committee_member_may_chair(self) -> None:
        assert self.ask({"chair": "党员1"}, {"chair": "党员2"}) == {}
        found = self.ask({"chair": "党员4"})
        assert [ground.article for ground in found["S1"].grounds] == ["第十四条"]
        assert "党员4" in found["S1"].message

    def test_the_outgoing_secretary_may_chair_the_day_after(self) -> None:
        found = self.ask({"on": "2024-06-15", "chair": "党员1"}, {"on": "2024-06-16", "chair": "党员1"})
        assert list(found) == ["S2"]

    def test_a_claimed_post_has_to_be_held_that_day(self) -> None:
        found = self.ask(
            {"on": "2024-06-14", "kind": "lecture", "lecturer": {"who": "党员1", "as": "书记"}},
            {"on": "2024-06-15", "kind": "lecture", "lecturer": {"who": "党员1", "as": "书记"}},
            {"on": "2024-06-15", "kind": "lecture", "lecturer": {"who": "党员3", "as": "支部书记"}},
            {"on": "2024-06-15", "kind": "lecture", "lecturer": {"who": "党员2", "as": "委员"}},
        )
        assert list(found) == ["S2"]

    def test_offices_outside_the_branch_are_not_judged(self) -> None:
        assert self.ask({"kind": "lecture", "lecturer": {"who": "党员4", "as": "处长"}}) == {}

    def test_where_no_post_is_known_nothing_is_said(self) -> None:
        assert ask("record-post-mismatch", {"chair": {"who": "党员4", "as": "书记"}}) == {}

    def test_anybody_may_chair_a_theme_day(self) -> None:
        assert self.ask({"kind": "theme_day", "chair": "党员4"}) == {}

    def test_a_group_is_chaired_by_its_leader_unless_he_is_away(self) -> None:
        groups = [{"name": "第一党小组", "leader": "党员4"}]
        record = {"kind": "group_meeting", "group": "第一党小组"}
        away = [{"who": "党员4", "reason": "病假"}]
        found = self.ask(
            {**record, "chair": "党员4"},
            {**record, "chair": "党员5"},
            {**record, "chair": "党员5", "absentees": away},
            groups=groups,
        )
        assert list(found) == ["S2"]
        assert self.ask({**record, "chair": "党员5"}, groups=["第一党小组"]) == {}


class TestOverlap:
    FIRST = {"start": "14:00", "end": "16:00", "place": "三楼会议室", "attendees": ["党员1", "党员2"]}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("second", "fault"),
        [
            ({"start": "15:59", "place": "礼堂", "attendees": ["党员1"]}, True),
            ({"start": "16:00", "place": "礼堂", "attendees": ["党员1"]}, False),
            ({"start": "14:00", "place": "礼堂", "chair": "党员2"}, True),
            ({"start": "13:00", "end": "14:01", "place": "礼堂", "attendees": ["党员1"]}, True),
            ({"start": "13:00", "end": "14:00", "place": "礼堂", "attendees": ["党员1"]}, False),
            ({"start": "13:00", "place": "礼堂", "attendees": ["党员1"]}, False),  # its end is not known
            ({"start": "15:00", "place": "礼堂", "attendees": ["党员3"]}, False),
            ({"start": "15:00", "place": "三楼会议室", "attendees": ["党员1"]}, False),
            ({"start": "15:00", "place": "机关三楼会议室", "attendees": ["党员1"]}, False),
            ({"start": "15:00", "attendees": ["党员1"]}, False),
            ({"place": "礼堂", "attendees": ["党员1"]}, False),
            ({"on": "2024-03-09", "start": "15:00", "place": "礼堂", "attendees": ["党员1"]}, False),
        ],
        ids=str,
    )
    def test_one_person_in_two_places_at_once(self, second: dict[str, Any], *, fault: bool) -> None:
        found = ask("record-overlap", self.FIRST, second)
        assert list(found) == (["S2"] if fault else [])

    def test_everybody_by_complement_counts_as_present(self) -> None:
        second = {"start": "15:00", "place": "礼堂", "attendees": "其余全体", "absentees": ["党员1", "党员2"]}
        assert ask("record-overlap", self.FIRST, second) == {}
        assert list(ask("record-overlap", self.FIRST, {**second, "absentees": ["党员1"]})) == ["S2"]

    def test_the_finding_shows_both_records(self) -> None:
        found = ask("record-overlap", self.FIRST, {"start": "15:00", "place": "礼堂", "attendees": ["党员1"]})
        assert found["S2"].evidence == ("S1", "S2")
        assert all(word in found["S2"].message for word in ("党员1", "三楼会议室", "礼堂"))

    def test_a_long_sitting_meets_those_that_begin_after_a_short_one_in_between_is_over(self) -> None:
        """S1 14:00-16:00; S2 14:30-15:00 meets S1; S3 15:00-15:30 meets S1 alone; S4 16:00 nobody.

        S5, entered last, begins before them all and ends at 14:01: it meets S1.
        """
        found = ask(
            "record-overlap",
            self.FIRST,
            {"start": "14:30", "end": "15:00", "place": "礼堂", "attendees": ["党员1"]},
            {"start": "15:00", "end": "15:30", "place": "图书室", "attendees": ["党员1", "党员2"]},
            {"start": "16:00", "place": "食堂", "attendees": ["党员1"]},
            {"start": "13:00", "end": "14:01", "place": "操场", "attendees": ["党员2"]},
        )
        assert {key: finding.evidence for key, finding in found.items()} == {
            "S2": ("S1", "S2"),
            "S3": ("S1", "S3"),
            "S5": ("S1", "S5"),
        }


def test_a_talk_of_more_than_two_covers_nobody() -> None:
    found = ask(
        "talk-not-one-to-one",
        {"kind": "talk", "talkers": ["党员1"], "partners": ["党员2"]},
        {"kind": "talk", "talkers": ["党员1"], "partners": ["党员2", "党员3"]},
        {"kind": "talk", "talkers": ["党员1", "党员2"], "partners": ["党员3"]},
        {"kind": "talk", "talkers": ["党员1"], "partners": "全体"},
        {"kind": "talk", "talkers": ["党员1"], "partners": ["党员1"]},
    )
    assert list(found) == ["T2", "T3", "T4", "T5"]
    assert {finding.severity for finding in found.values()} == {"info"}


@pytest.mark.parametrize(
    ("votes", "fault"),
    [
        ({"votes_excellent": 9, "votes_qualified": 3}, False),
        ({"votes_excellent": 9, "votes_qualified": 4}, True),
        ({"votes_excellent": 13}, True),
        ({"votes_qualified": 8}, False),
        ({}, False),
    ],
    ids=str,
)
def test_no_more_ballots_than_heads_at_the_appraisal(votes: dict[str, int], *, fault: bool) -> None:
    found = ask(
        "appraisal-sum-mismatch",
        {"kind": "appraisal", "on": "2024-02-20", "assessment_year": 2023, "present": 12},
        {"kind": "appraisal_row", "assessment_year": 2023, "member": "党员1", "grade": "excellent", **votes}
        | {"on": None},
    )
    assert list(found) == (["A1"] if fault else [])
