"""Head counts of a sitting (regulations.md §1, §11; design.md «Kinds of record»)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from zhibu_cli.model.attendance import attendance, people_due, voters_due
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.entry import Entry
from zhibu_cli.model.roster import Group, Member, Post, Roster
from zhibu_cli.model.sitting import Sitting, read_sitting

DAY = date(2025, 4, 15)
FULL = tuple(
    Member(
        id=f"M{n}",
        name=name,
        joined=date(2009, 7, 1),
        converted=date(2010, 7, 1),
        status="full",
        group="G1" if n <= 2 else "G2",
    )
    for n, name in enumerate("甲乙丙丁", start=1)
)
WU = Member(id="M5", name="戊", joined=date(2024, 8, 1), converted=None, status="probationary", group="G2")
ROSTER = Roster(
    members=(*FULL, WU),
    groups=(Group(id="G1", name="第一党小组"), Group(id="G2", name="第二党小组")),
    posts=(
        Post(id="P1", member="M1", post="secretary", since=date(2024, 1, 1)),
        Post(id="P2", member="M3", post="organisation", since=date(2024, 1, 1)),
    ),
)


def sitting(*kinds: str, **payload: Any) -> Sitting:
    data = {"kinds": list(kinds), "date": DAY.isoformat(), **payload}
    return read_sitting(
        Entry(
            id="S1",
            register="sitting",
            kinds=kinds,
            day=DAY,
            payload=data,
            entered_at=datetime(2025, 4, 15, 18),
            entered_by="甲",
        )
    )


def test_all_members_are_due_at_a_general_meeting_probationary_ones_included() -> None:
    assert people_due(sitting("general_meeting"), ROSTER, CATALOGUE) == ("M1", "M2", "M3", "M4", "M5")


def test_whom_a_meeting_admits_is_due_from_the_next_one_on() -> None:
    new = Member(id="M6", name="己", joined=DAY, converted=None, status="probationary", group="G2")
    roster = Roster(members=(*ROSTER.members, new))
    admission = {"matter": "admission", "object": ["己"]}
    assert people_due(sitting("general_meeting", votes=[admission]), roster, CATALOGUE) == (
        *("M1", "M2", "M3", "M4", "M5"),
    )
    assert len(people_due(sitting("general_meeting"), roster, CATALOGUE)) == 6
    earlier = sitting("general_meeting", votes=[{"matter": "admission", "object": ["戊"]}])
    assert "M5" in people_due(earlier, roster, CATALOGUE)  # a member since 2024, whatever is voted now


def test_only_full_members_have_a_vote() -> None:
    assert voters_due(sitting("general_meeting"), ROSTER) == ("M1", "M2", "M3", "M4")


def test_a_committee_meets_as_the_committee_and_a_group_as_the_group() -> None:
    assert people_due(sitting("committee_meeting"), ROSTER, CATALOGUE) == ("M1", "M3")
    assert people_due(sitting("group_meeting", group="第二党小组"), ROSTER, CATALOGUE) == ("M3", "M4", "M5")


def test_an_org_life_meeting_expects_whom_its_form_says() -> None:
    assert len(people_due(sitting("org_life_meeting"), ROSTER, CATALOGUE)) == 5
    assert people_due(sitting("org_life_meeting", forms=["committee"]), ROSTER, CATALOGUE) == ("M1", "M3")
    both = sitting("org_life_meeting", forms=["committee", "general"])
    assert len(people_due(both, ROSTER, CATALOGUE)) == 5


def test_a_theme_day_with_a_committee_meeting_expects_all_members() -> None:
    assert len(people_due(sitting("committee_meeting", "theme_day"), ROSTER, CATALOGUE)) == 5


def test_leave_and_agreed_absence_stay_among_those_due_and_only_approval_takes_out() -> None:
    held = sitting(
        "general_meeting",
        attendees="其余全体",
        absentees=[{"who": "M2", "reason": "公差"}],
        excused=[{"who": "M4", "reason": "长期病休"}],
        uncounted=[{"who": "M5", "reason": "上级批复"}],
    )
    counted = attendance(held, ROSTER, CATALOGUE)
    assert counted.due == ("M1", "M2", "M3", "M4")
    assert counted.present == ("M1", "M3")
    assert (counted.expected_count, counted.present_count) == (4, 2)
    assert (counted.absent_count, counted.excused_count, counted.basis) == (1, 1, "complement")


def test_what_the_record_states_comes_before_what_the_roster_says() -> None:
    counted = attendance(sitting("general_meeting", expected=9, present=7), ROSTER, CATALOGUE)
    assert (counted.expected_count, counted.present_count, counted.present) == (9, 7, None)
    assert counted.basis == "numbers"


def test_a_record_without_any_attendance_has_no_basis_and_no_present() -> None:
    counted = attendance(sitting("general_meeting"), ROSTER, CATALOGUE)
    assert counted.basis == "none"
    assert counted.present_count is None


def test_names_the_roster_does_not_know_are_counted_as_claimed() -> None:
    counted = attendance(sitting("theme_day", attendees=["甲", "外人", "M3"]), ROSTER, CATALOGUE)
    assert counted.present == ("M1", "外人", "M3")
    assert counted.present_count == 3
