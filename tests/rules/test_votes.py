"""Votes at their boundaries; every figure is worked out by hand from regulations.md §1."""

from __future__ import annotations

from typing import Any

import pytest
from tests.rules.ballots import admission, ask, election, general, meeting


@pytest.mark.parametrize(
    ("expected", "present", "status"),
    [(16, 8, "met"), (16, 7, "missed"), (17, 9, "met"), (17, 8, "missed"), (1, 1, "met"), (3, 2, "met")],
)
def test_half_of_those_with_a_vote_opens_an_ordinary_vote(expected: int, present: int, status: str) -> None:
    found = ask("vote-general-quorum", meeting("2024-03-08", general(expected=expected, present=present)))
    assert found["S1"].status == status


@pytest.mark.parametrize(
    ("expected", "present", "status"),
    [(16, 8, "missed"), (16, 9, "met"), (17, 9, "met"), (17, 8, "missed"), (2, 1, "missed"), (2, 2, "met")],
)
def test_an_admission_needs_more_than_half_present(expected: int, present: int, status: str) -> None:
    found = ask("vote-admit-quorum", meeting("2024-03-08", admission(expected=expected, present=present)))
    assert found["S1"].status == status


@pytest.mark.parametrize("rule", ["vote-general-pass", "vote-admit-pass"])
@pytest.mark.parametrize(
    ("expected", "favour", "status"), [(20, 11, "met"), (20, 10, "missed"), (17, 9, "met"), (17, 8, "missed")]
)
def test_a_matter_is_carried_by_more_than_half_of_those_expected(
    rule: str, expected: int, favour: int, status: str
) -> None:
    vote = general if rule == "vote-general-pass" else admission
    figures = {"expected": expected, "present": expected, "in_favour": favour, "result": "通过"}
    found = ask(rule, meeting("2024-03-08", vote(**figures)))
    assert found["S1"].status == status


@pytest.mark.parametrize(
    ("day", "expected", "present", "status"),
    [
        ("2020-07-12", 20, 16, "missed"),  # 超过五分之四: more than 16
        ("2020-07-12", 20, 17, "met"),
        ("2020-07-13", 20, 16, "met"),  # 不少于五分之四: 16
        ("2020-07-13", 20, 15, "missed"),
        ("2020-07-12", 13, 11, "met"),  # 4/5 of 13 is 10.4
        ("2020-07-12", 13, 10, "missed"),
        ("2020-07-13", 13, 11, "met"),
        ("2020-07-13", 13, 10, "missed"),
        ("2024-03-08", 5, 4, "met"),
        ("2024-03-08", 5, 3, "missed"),
    ],
)
def test_four_fifths_open_an_election_under_both_wordings(
    day: str, expected: int, present: int, status: str
) -> None:
    found = ask("vote-elect-quorum", meeting(day, election(expected=expected, present=present)))
    assert found["S1"].status == status


def test_an_election_cites_the_regulation_of_its_day() -> None:
    found = ask(
        "vote-elect-win",
        meeting("2020-07-12", election(present=17, in_favour=9)),
        meeting("2020-07-13", election(present=17, in_favour=9)),
    )
    assert [ground.source.id for ground in found["S1"].grounds] == ["election-regulation-1990"]
    assert [ground.source.id for ground in found["S2"].grounds] == ["election-regulation-2020"]


@pytest.mark.parametrize(
    ("present", "favour", "status"), [(16, 9, "met"), (16, 8, "missed"), (17, 9, "met"), (17, 8, "missed")]
)
def test_an_election_is_won_by_more_than_half_of_those_present(
    present: int, favour: int, status: str
) -> None:
    vote = election(expected=20, present=present, in_favour=favour, result="当选")
    found = ask("vote-elect-win", meeting("2024-03-08", vote))
    assert found["S1"].status == status


def test_the_base_of_an_ordinary_vote_is_expected_and_of_an_election_present() -> None:
    # 20 expected, 16 present, 9 in favour: more than half of 16, less than half of 20.
    figures = {"expected": 20, "present": 16, "in_favour": 9, "result": "通过"}
    assert ask("vote-general-pass", meeting("2024-03-08", general(**figures)))["S1"].status == "missed"
    assert ask("vote-admit-pass", meeting("2024-03-08", admission(**figures)))["S1"].status == "missed"
    assert ask("vote-elect-win", meeting("2024-03-08", election(**figures)))["S1"].status == "met"


@pytest.mark.parametrize("result", ["未通过", "不予通过", "否决", "未过半数"])
def test_a_matter_recorded_as_lost_contradicts_nothing(result: str) -> None:
    vote = general(expected=16, present=12, in_favour=8, result=result)
    assert ask("vote-general-pass", meeting("2024-03-08", vote))["S1"].status == "met"


@pytest.mark.parametrize("result", ["通过", "一致通过，无不同意见", "同意"])
def test_a_matter_recorded_as_carried_with_too_few_votes_is_named(result: str) -> None:
    vote = general(expected=16, present=12, in_favour=8, result=result)
    finding = ask("vote-general-pass", meeting("2024-03-08", vote))["S1"]
    assert finding.status == "missed"
    assert result in finding.message


@pytest.mark.parametrize(
    ("rule", "vote"),
    [
        ("vote-general-pass", general(expected=20, present=20, in_favour=10)),
        ("vote-admit-pass", admission(expected=20, present=20, in_favour=10)),
        ("vote-elect-win", election(expected=20, present=20, in_favour=10)),
    ],
)
def test_too_few_votes_and_a_blank_result_are_no_fault(rule: str, vote: dict[str, Any]) -> None:
    # A motion may fail; of four candidates for three seats one is not elected. Nobody claims otherwise.
    finding = ask(rule, meeting("2024-03-08", vote))["S1"]
    assert finding.status == "unknown"
    assert "结果未写明，无法判断，请在“结果”栏写明" in finding.message


class TestWrittenOpinions:
    """会前正式书面意见 count among the votes of an admission and never among those present (§1)."""

    def test_they_do_not_help_the_quorum(self) -> None:
        vote = admission(expected=20, present=10, written=5)
        assert ask("vote-admit-quorum", meeting("2024-03-08", vote))["S1"].status == "missed"

    def test_included_ones_carry_an_admission(self) -> None:
        # 11 present + 1 written = 11 + 1 + 0: the written one is among the votes.
        vote = admission(expected=20, present=11, in_favour=11, against=1, abstained=0, written=1)
        assert ask("vote-admit-pass", meeting("2024-03-08", vote))["S1"].status == "met"

    def test_ones_not_included_leave_it_open_where_they_decide(self) -> None:
        # 11 present = 10 + 1 + 0: nobody says how the written one was cast; 10 or 11 of 20.
        vote = admission(expected=20, present=11, in_favour=10, against=1, abstained=0, written=1)
        finding = ask("vote-admit-pass", meeting("2024-03-08", vote))["S1"]
        assert finding.status == "unknown"
        assert "书面意见是否计入、是否赞成未写明" in finding.message

    def test_they_leave_nothing_open_where_they_cannot_decide(self) -> None:
        figures = {"expected": 20, "present": 11, "in_favour": 9, "against": 2, "abstained": 0, "written": 1}
        vote = admission(**figures, result="通过")
        assert ask("vote-admit-pass", meeting("2024-03-08", vote))["S1"].status == "missed"

    def test_they_do_not_carry_an_ordinary_matter(self) -> None:
        # 8 present + 1 written = 9 + 0 + 0: without the written one 8 of 16.
        vote = general(expected=16, present=8, in_favour=9, against=0, abstained=0, written=1)
        assert ask("vote-general-pass", meeting("2024-03-08", vote))["S1"].status == "unknown"


class TestTheBaseFromTheRoster:
    """Where the row states no figures, those with a vote that day and the names of the record."""

    def test_probationary_members_are_not_counted(self) -> None:
        # 4 full, 2 probationary; 2 full and 2 probationary came: 2 of 4 is half, not more than half.
        example = {
            "more": 4,
            "members": [{"name": name, "status": "probationary", "joined": "2024-01-05"} for name in "甲乙"],
        }
        record = meeting("2024-03-08", admission(in_favour=2), attendees=["甲", "乙", "党员1", "党员2"])
        finding = ask("vote-admit-quorum", record, **example)["S1"]
        assert (finding.status, finding.required, finding.found) == ("missed", 3, 2)

    def test_a_member_under_probation_within_the_party_has_no_vote(self) -> None:
        # 5 full, one 留党察看 until 2024-06-30: 4 with a vote in March, 5 in July.
        example = {
            "more": 5,
            "events": [
                {"who": "党员5", "matter": "probation_in_party", "on": "2023-07-01", "until": "2024-06-30"}
            ],
        }
        records = [meeting(day, general(present=2)) for day in ("2024-03-08", "2024-07-05")]
        found = ask("vote-general-quorum", *records, **example)
        assert (found["S1"].status, found["S1"].required) == ("met", 2)
        assert (found["S2"].status, found["S2"].required) == ("missed", 3)

    def test_a_full_list_by_complement_counts(self) -> None:
        record = meeting(
            "2024-03-08", general(), attendees="其余全体", absentees=[{"who": "党员1", "reason": "病假"}]
        )
        finding = ask("vote-general-quorum", record, more=4)["S1"]
        assert (finding.status, finding.found) == ("met", 3)

    def test_a_number_alone_is_judged_only_where_it_decides(self) -> None:
        # 16 with a vote and 2 without; an admission needs 9.
        example = {
            "more": 16,
            "members": [{"name": name, "status": "probationary", "joined": "2024-01-05"} for name in "甲乙"],
        }
        days = ("2024-03-08", "2024-04-08", "2024-05-08")
        records = [
            meeting(day, admission(), present=present) for day, present in zip(days, (8, 9, 11), strict=True)
        ]
        found = ask("vote-admit-quorum", *records, **example)
        assert [found[key].status for key in ("S1", "S2", "S3")] == ["missed", "unknown", "met"]

    def test_without_roster_and_figures_nothing_is_said(self) -> None:
        assert ask("vote-general-quorum", meeting("2024-03-08", general()))["S1"].status == "unknown"
        assert ask("vote-elect-win", meeting("2024-03-08", election(in_favour=9)))["S1"].status == "unknown"


def test_several_matters_make_one_finding_with_the_worst_answer() -> None:
    found = ask(
        "vote-general-pass",
        meeting(
            "2024-03-08",
            general(expected=16, in_favour=12),
            {"matter": "disposal", "subject": "限期改正", "expected": 16, "in_favour": 8, "result": "通过"},
            {"matter": "other", "subject": "捐款", "expected": 16},
        ),
    )
    assert list(found) == ["S1"]
    finding = found["S1"]
    assert finding.status == "missed"
    assert (finding.required, finding.found) == (None, None)
    assert all(word in finding.message for word in ("年度计划", "限期改正", "捐款"))


def test_a_finding_is_about_the_record_and_its_day() -> None:
    finding = ask("vote-admit-quorum", meeting("2024-03-08", admission(expected=16, present=8)))["S1"]
    assert (finding.subject.kind, finding.subject.id) == ("record", "S1")
    assert finding.subject.name == "2024年3月8日支部党员大会"
    assert finding.period is None
    assert finding.start == finding.due
    assert finding.label == "问题"
    assert finding.evidence == ("S1",)


def test_a_vote_after_the_as_of_day_has_not_happened() -> None:
    record = meeting("2024-03-08", admission(expected=16, present=8))
    assert ask("vote-admit-quorum", record, as_of="2024-03-07") == {}
    assert ask("vote-admit-quorum", record, as_of="2024-03-08")["S1"].status == "missed"


def test_no_ordinary_vote_is_judged_before_the_regulation() -> None:
    records = [meeting(day, general(expected=16, present=7)) for day in ("2018-10-27", "2018-10-28")]
    assert list(ask("vote-general-quorum", *records)) == ["S2"]


def test_votes_of_a_theme_day_or_a_committee_are_no_votes_of_the_general_meeting() -> None:
    vote = general(expected=16, present=2)
    assert ask("vote-general-quorum", {"kind": "theme_day", "on": "2024-03-08", "votes": [vote]}) == {}
    assert (
        ask("vote-general-quorum", {"kind": "committee_meeting", "on": "2024-03-08", "votes": [vote]}) == {}
    )


def test_an_organisational_life_meeting_held_as_general_meeting_is_judged() -> None:
    record = {
        "kind": "org_life_meeting",
        "on": "2024-03-08",
        "forms": ["general"],
        "votes": [general(expected=16, present=7)],
    }
    assert ask("vote-general-quorum", record)["S1"].status == "missed"


def test_an_extension_of_probation_is_judged_as_an_admission() -> None:
    vote = {"matter": "other", "subject": "延长预备期", "object": ["张三"], "expected": 16, "present": 8}
    assert ask("vote-admit-quorum", meeting("2024-03-08", vote))["S1"].status == "missed"
    assert ask("vote-general-quorum", meeting("2024-03-08", vote)) == {}


class TestCommitteeQuorum:
    """半数以上委员到会, half included (支部工作条例 第十二条)."""

    @pytest.mark.parametrize(
        ("size", "present", "status"),
        [(5, 3, "met"), (5, 2, "missed"), (4, 2, "met"), (4, 1, "missed"), (3, 2, "met"), (7, 3, "missed")],
    )
    def test_half_of_the_committee_is_enough(self, size: int, present: int, status: str) -> None:
        record = {"kind": "committee_meeting", "on": "2024-03-08", "expected": size, "present": present}
        assert ask("committee-quorum", record)["S1"].status == status

    def test_observers_among_the_names_do_not_count(self) -> None:
        posts = [
            {"who": name, "post": post}
            for name, post in (("党员1", "secretary"), ("党员2", "organisation"), ("党员3", "publicity"))
        ]
        record = {"kind": "committee_meeting", "on": "2024-03-08", "attendees": ["党员1", "党员4", "党员5"]}
        finding = ask("committee-quorum", record, more=5, posts=posts)["S1"]
        assert (finding.status, finding.required, finding.found) == ("missed", 2, 1)

    POSTS = tuple(
        {"who": f"党员{n}", "post": post}
        for n, post in enumerate(("secretary", "organisation", "publicity"), start=1)
    )

    @pytest.mark.parametrize(
        "record",
        [
            {"kinds": ["committee_meeting", "theme_day"]},
            {"kinds": ["committee_meeting", "lecture"]},
            {"kind": "committee_meeting", "forms": ["general"]},
            {"kind": "org_life_meeting", "forms": ["committee", "general"]},
        ],
        ids=str,
    )
    def test_the_heads_of_all_members_are_not_those_of_the_committee(self, record: dict[str, Any]) -> None:
        # 9 of 20 members came; how many of the three of the committee, nobody says.
        row = {"on": "2024-03-08", "expected": 20, "present": 9, **record}
        assert ask("committee-quorum", row, more=20, posts=self.POSTS)["S1"].status == "unknown"

    @pytest.mark.parametrize(
        ("present", "names", "status"),
        [(3, (1, 2, 9), "met"), (3, (1, 8, 9), "missed"), (4, (1, 8, 9), "unknown")],
    )
    def test_in_a_combined_sitting_the_names_decide(
        self, present: int, names: tuple[int, ...], status: str
    ) -> None:
        # Half of three is two; a list shorter than 实到 may lack one of the committee.
        row = {
            "kinds": ["committee_meeting", "theme_day"],
            "on": "2024-03-08",
            "expected": 20,
            "present": present,
            "attendees": [f"党员{n}" for n in names],
        }
        assert ask("committee-quorum", row, more=20, posts=self.POSTS)["S1"].status == status

    def test_on_the_day_of_a_turnover_names_alone_decide_nothing(self) -> None:
        posts = [
            {"who": f"党员{n}", "post": post, "until": "2024-06-14"}
            for n, post in enumerate(("secretary", "organisation", "publicity"), start=1)
        ] + [
            {"who": f"党员{n}", "post": post, "since": "2024-06-14"}
            for n, post in enumerate(("secretary", "organisation", "publicity"), start=4)
        ]
        record = {"kind": "committee_meeting", "on": "2024-06-14", "attendees": ["党员4", "党员5"]}
        assert ask("committee-quorum", record, more=6, posts=posts)["S1"].status == "unknown"

    def test_a_branch_with_a_secretary_only_has_no_committee(self) -> None:
        record = {"kind": "committee_meeting", "on": "2024-03-08", "attendees": ["党员1"]}
        found = ask("committee-quorum", record, more=4, posts=[{"who": "党员1", "post": "secretary"}])
        assert found["S1"].status == "not_applicable"


@pytest.mark.parametrize(
    ("seats", "candidates", "status"),
    [(3, 4, "met"), (3, 3, "missed"), (5, 6, "met"), (5, 5, "missed"), (7, 9, "met"), (7, 8, "missed")],
)
def test_a_fifth_more_candidates_than_seats(seats: int, candidates: int, status: str) -> None:
    record = meeting("2024-03-08", election(seats=seats, candidates=candidates))
    assert ask("elect-candidates-surplus", record)["S1"].status == status
