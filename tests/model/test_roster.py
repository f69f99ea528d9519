"""Standing on a given day (regulations.md §1, §10-7, §10-13, §10-14).

The branch of these tests: 甲 full since 2010; 乙 probationary from 2024-05-10, full from 2025-05-10;
丙 arrived on 2025-03-01; 丁 left on 2025-09-01; 戊 has his 组织关系 elsewhere.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from zhibu_cli.model.groups import groups_on
from zhibu_cli.model.roster import Group, Member, MemberEvent, Post, Roster


def full(id_: str, name: str, **more: object) -> Member:
    return replace(
        Member(id=id_, name=name, joined=date(2009, 7, 1), converted=date(2010, 7, 1), status="full"),
        **more,  # type: ignore[arg-type]
    )


def event(matter: str, day: date, **more: object) -> MemberEvent:
    return replace(MemberEvent(id="E1", member="M1", matter=matter, day=day), **more)  # type: ignore[arg-type]


JIA = full("M1", "甲")
YI = Member(id="M2", name="乙", joined=date(2024, 5, 10), converted=date(2025, 5, 10), status="full")
BING = full("M3", "丙", arrived=date(2025, 3, 1))
DING = full("M4", "丁", left=date(2025, 9, 1))
WU = full("M5", "戊", home="某县某支部")
ROSTER = Roster(members=(JIA, YI, BING, DING, WU))


def ids(members: tuple[Member, ...]) -> list[str]:
    return [member.id for member in members]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 5, 9), ["M1", "M4"]),
        (date(2024, 5, 10), ["M1", "M2", "M4"]),  # the day of admission counts
        (date(2025, 2, 28), ["M1", "M2", "M4"]),
        (date(2025, 3, 1), ["M1", "M2", "M3", "M4"]),  # the day of arrival counts
        (date(2025, 8, 31), ["M1", "M2", "M3", "M4"]),
        (date(2025, 9, 1), ["M1", "M2", "M3"]),  # the day of leaving does not
    ],
)
def test_members_are_those_of_that_day(day: date, expected: list[str]) -> None:
    assert ids(ROSTER.members_on(day)) == expected


def test_a_probationary_member_attends_and_does_not_vote() -> None:
    before, after = date(2025, 5, 9), date(2025, 5, 10)
    assert "M2" in ids(ROSTER.members_on(before))
    assert "M2" not in ids(ROSTER.voters_on(before))
    assert "M2" in ids(ROSTER.voters_on(after))


def test_a_person_whose_relations_are_elsewhere_is_known_and_never_counted() -> None:
    assert ROSTER.find("戊") is WU
    assert not WU.in_branch(date(2025, 6, 1))
    assert not WU.can_vote(date(2025, 6, 1))


def test_somebody_under_probation_within_the_party_attends_without_a_vote() -> None:
    punished = replace(JIA, events=(event("probation_in_party", date(2025, 1, 10), until=date(2026, 1, 9)),))
    assert punished.in_branch(date(2025, 6, 1))
    assert not punished.can_vote(date(2025, 1, 10))
    assert not punished.can_vote(date(2026, 1, 9))
    assert punished.can_vote(date(2026, 1, 10))


def test_restored_rights_vote_again_and_a_later_suspension_ends_that() -> None:
    member = replace(
        JIA,
        events=(
            event("rights_suspended", date(2025, 1, 10)),
            event("rights_restored", date(2025, 3, 1)),
            event("rights_suspended", date(2025, 6, 1)),
        ),
    )
    assert not member.can_vote(date(2025, 2, 1))
    assert member.can_vote(date(2025, 3, 1))
    assert not member.can_vote(date(2025, 6, 1))


def test_suspended_membership_takes_a_person_out_until_it_is_restored() -> None:
    member = replace(
        JIA,
        events=(
            event("membership_suspended", date(2025, 2, 1)),
            event("membership_restored", date(2025, 8, 1)),
        ),
    )
    assert member.in_branch(date(2025, 1, 31))
    assert not member.in_branch(date(2025, 2, 1))
    assert member.in_branch(date(2025, 8, 1))


def test_a_conversion_event_dates_a_conversion_the_roster_does_not() -> None:
    member = Member(
        id="M1",
        name="甲",
        joined=date(2024, 5, 10),
        converted=None,
        status="full",
        events=(event("conversion", date(2025, 5, 10)),),
    )
    assert not member.is_full(date(2025, 5, 9))
    assert member.is_full(date(2025, 5, 10))


def test_a_full_member_without_a_day_of_conversion_is_full_throughout() -> None:
    assert replace(JIA, converted=None).is_full(date(2009, 8, 1))


def test_the_group_is_the_one_of_that_day() -> None:
    member = replace(
        JIA,
        group="第二党小组",
        events=(event("group_changed", date(2025, 7, 1), old="第一党小组", new="第二党小组"),),
    )
    roster = Roster(
        members=(member,), groups=(Group(id="G1", name="第一党小组"), Group(id="G2", name="第二党小组"))
    )
    assert ids(roster.group_members_on("G1", date(2025, 6, 30))) == ["M1"]
    assert ids(roster.group_members_on("第二党小组", date(2025, 7, 1))) == ["M1"]
    assert ids(roster.group_members_on("G1", date(2025, 7, 1))) == []


def test_groups_that_only_the_roster_names_stand_after_those_with_a_row_of_their_own() -> None:
    members = (
        full("M1", "甲", group="第二党小组"),
        full("M2", "乙", group="G1"),
        full("M3", "丙", group="老党小组"),
        full("M4", "丁", group="第五党小组", left=date(2025, 9, 1)),
    )
    own = (
        Group(id="G1", name="第三党小组"),
        Group(id="G2", name="老党小组", dissolved=date(2025, 1, 1)),
    )
    roster = Roster(members=members, groups=own)
    assert groups_on(roster, date(2025, 8, 31)) == ("第三党小组", "第二党小组", "第五党小组")
    assert groups_on(roster, date(2025, 9, 1)) == ("第三党小组", "第二党小组")


def test_a_branch_with_a_secretary_and_a_deputy_only_has_no_committee() -> None:
    posts = (
        Post(id="P1", member="M1", post="secretary", since=date(2024, 1, 1)),
        Post(id="P2", member="M3", post="deputy", since=date(2024, 1, 1)),
    )
    roster = replace(ROSTER, posts=posts)
    assert roster.committee_on(date(2025, 4, 1)) == ()
    assert roster.officers_on(date(2025, 4, 1)) == ("M1", "M3")


def test_both_end_days_belong_to_a_post() -> None:
    posts = (
        Post(id="P1", member="M1", post="secretary", since=date(2022, 3, 1), until=date(2025, 3, 1)),
        Post(id="P2", member="M4", post="secretary", since=date(2025, 3, 1)),
        Post(id="P3", member="M3", post="organisation", since=date(2025, 3, 1)),
    )
    roster = replace(ROSTER, posts=posts)
    assert roster.holders("secretary", date(2025, 3, 1)) == ("M1", "M4")
    assert roster.holders("secretary", date(2025, 3, 2)) == ("M4",)
    assert roster.committee_on(date(2025, 2, 28)) == ()
    assert roster.committee_on(date(2025, 3, 2)) == ("M3", "M4")


def test_a_name_borne_by_two_finds_nobody() -> None:
    twins = Roster(members=(JIA, full("M9", "甲")))
    assert twins.find("甲") is None
    assert twins.find("M9") is not None


def test_somebody_who_left_and_came_back_counts_again() -> None:
    back = replace(DING, events=(event("transferred_in", date(2026, 3, 1)),))
    assert not back.in_branch(date(2026, 2, 28))
    assert back.in_branch(date(2026, 3, 1))
    assert back.in_branch(date(2025, 8, 31))


def test_an_arrival_told_only_as_a_change_is_the_first_day() -> None:
    arrived = replace(JIA, events=(event("transferred_in", date(2025, 3, 1)),))
    assert not arrived.in_branch(date(2025, 2, 28))
    assert arrived.in_branch(date(2025, 3, 1))


def test_the_same_departure_in_roster_and_changes_is_one_departure() -> None:
    gone = replace(DING, events=(event("transferred_out", date(2025, 9, 1)),))
    assert gone.in_branch(date(2025, 8, 31))
    assert not gone.in_branch(date(2025, 9, 1))


def test_terms_that_follow_one_another_are_one_time_of_service() -> None:
    roster = Roster(
        posts=(
            Post(id="P1", member="M1", post="deputy", since=date(2020, 1, 10), until=date(2022, 1, 9)),
            Post(id="P2", member="M1", post="deputy", since=date(2023, 3, 1), until=date(2023, 12, 31)),
            Post(id="P3", member="M1", post="secretary", since=date(2024, 1, 1)),
        )
    )
    assert roster.serving_since("M1", date(2024, 6, 1)) == date(2023, 3, 1)
    assert roster.serving_since("M1", date(2021, 6, 1)) == date(2020, 1, 10)
    assert roster.serving_since("M2", date(2024, 6, 1)) == date(2024, 6, 1)
