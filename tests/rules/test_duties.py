"""Duties where the readings of regulations.md §9–§11 meet; the plain cases are examples of the rules.

Unless a test says otherwise the branch was founded and its ledger begun on 2001-01-01; 甲 is 书记, 乙
组织委员, both full members; 丙 and 丁 are full members without a post.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.rules.duties import BRANCH, ask, statuses


def talk(day: str, talker: str, partner: str, **more: Any) -> dict[str, Any]:
    return {"kind": "talk", "on": day, "talkers": [talker], "partners": [partner], **more}


@pytest.mark.parametrize(
    ("founded", "expected"),
    [
        ("2024-03-01", {"2024-03": "not_applicable", "2024-04": "missed"}),
        ("2024-03-31", {"2024-03": "not_applicable", "2024-04": "missed"}),
        ("2024-04-01", {"2024-03": "not_applicable", "2024-04": "not_applicable"}),
    ],
)
def test_a_monthly_duty_begins_the_month_after_the_founding(founded: str, expected: dict[str, str]) -> None:
    found = statuses("theme-day-monthly", "2024-05-01", asked=["2024-03-01", "2024-04-30"], founded=founded)
    assert found == expected


def test_the_days_before_the_founding_do_not_make_a_first_quarter_unknown() -> None:
    """The ledger begins with the branch on 2024-02-15; more than a month of the quarter is left."""
    found = statuses("general-meeting-quarterly", "2024-04-01", asked="2024-Q1", founded="2024-02-15")
    assert found == {"2024-Q1": "missed"}


def test_a_register_of_one_kind_may_begin_later_than_the_ledger() -> None:
    found = statuses("theme-day-monthly", "2024-04-01", asked="2024-Q1", starts={"theme_day": "2024-03-01"})
    assert found == {"2024-01": "unknown", "2024-02": "unknown", "2024-03": "missed"}


def test_months_that_have_not_begun_are_not_spoken_of() -> None:
    assert statuses("theme-day-monthly", "2024-02-10") == {"2024-01": "missed", "2024-02": "pending"}


def test_a_record_after_the_day_of_the_check_is_not_seen() -> None:
    record = {"kind": "general_meeting", "on": "2024-02-11"}
    asked = {"asked": "2024-Q1", "records": [record]}
    assert statuses("general-meeting-quarterly", "2024-02-10", **asked) == {"2024-Q1": "pending"}
    assert statuses("general-meeting-quarterly", "2024-02-11", **asked) == {"2024-Q1": "met"}


def test_one_record_of_several_kinds_counts_once_for_each() -> None:
    record = {"kinds": ["general_meeting", "theme_day", "lecture"], "on": "2024-02-20", "lecturer": "甲"}
    for rule, key in (
        ("general-meeting-quarterly", "2024-Q1"),
        ("theme-day-monthly", "2024-02"),
        ("secretary-lecture-yearly", "2024"),
    ):
        found = ask(rule, "2024-03-31", asked="2024-Q1", records=[record])[key]
        assert (found.status, found.found, found.evidence) == ("met", 1, ("S1",))


def test_a_form_does_not_make_a_committee_meeting_a_general_one() -> None:
    record = {"kind": "committee_meeting", "on": "2024-02-20", "forms": ["general"]}
    found = statuses("general-meeting-quarterly", "2024-04-01", asked="2024-Q1", records=[record])
    assert found == {"2024-Q1": "missed"}


def test_meetings_written_down_without_a_committee_are_named_and_not_counted() -> None:
    found = ask(
        "committee-meeting-monthly",
        "2024-03-01",
        asked="2024-02",
        posts=[{"who": "甲", "post": "secretary"}],
        records=[{"kind": "committee_meeting", "on": "2024-02-20"}],
    )["2024-02"]
    assert (found.status, found.found) == ("not_applicable", 0)


def test_a_meeting_in_the_month_of_election_is_met_all_the_same() -> None:
    found = statuses(
        "committee-meeting-monthly",
        "2024-03-01",
        asked="2024-02",
        posts=[
            {"who": "甲", "post": "secretary"},
            {"who": "乙", "post": "organisation", "since": "2024-02-15"},
        ],
        records=[{"kind": "committee_meeting", "on": "2024-02-20"}],
    )
    assert found == {"2024-02": "met"}


def test_a_group_is_found_by_its_name_as_well_as_by_its_number() -> None:
    records = [
        {"kind": "group_meeting", "on": "2024-02-06", "group": "G1"},
        {"kind": "group_meeting", "on": "2024-02-06", "group": "二组"},
    ]
    found = statuses(
        "group-meeting-monthly", "2024-03-01", asked="2024-02", groups=["一组", "二组"], records=records
    )
    assert found == {"2024-02/G1": "met", "2024-02/G2": "met"}


def test_a_general_wording_is_repeated_and_never_made_stronger() -> None:
    message = ask("committee-meeting-monthly", "2024-03-01", asked="2024-02")["2024-02"].message
    assert "一般每月召开一次" in message
    assert "应当" not in message
    assert "未召开" not in message


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2018-10-27", ["sichuan-2016"]),
        ("2018-10-28", ["branch-regulation-2018", "sichuan-2016"]),
    ],
)
def test_an_open_month_is_judged_by_the_documents_of_the_day(as_of: str, expected: list[str]) -> None:
    found = ask("theme-day-monthly", as_of, asked="2018-10")["2018-10"]
    assert [ground.source.id for ground in found.grounds] == expected


def test_a_closed_year_is_judged_by_the_documents_of_its_last_day() -> None:
    found = ask("org-life-meeting-yearly", "2019-02-01", asked="2019-01")
    assert {key: finding.status.value for key, finding in found.items()} == {
        "2018": "pending",
        "2019": "pending",
    }
    assert found["2018"].grounds[0].article == "第十七条"


def test_an_org_life_meeting_in_groups_tells_how_many_it_reached() -> None:
    found = ask(
        "org-life-meeting-yearly",
        "2025-02-01",
        asked="2025-01",
        members=["甲", "乙", {"name": "丙", "group": "一组"}, {"name": "丁", "group": "二组"}],
        groups=["一组", "二组"],
        records=[
            {"kind": "org_life_meeting", "on": "2025-01-10", "assessment_year": 2024, "forms": ["group"],
             "group": "一组", "attendees": ["丙"]},
        ],
    )["2024"]  # fmt: skip
    assert found.status == "met"
    assert "4名党员中有1名" in found.message


def test_a_talk_between_two_roles_counts_by_the_roles_of_that_day() -> None:
    """丙 is elected on 2024-07-01; on 2024-05-06 he was a member without a post."""
    posts = [*BRANCH["posts"], {"who": "丙", "post": "publicity", "since": "2024-07-01"}]
    records = [talk("2024-05-06", "丙", "丁")]
    of = {"asked": "2024", "posts": posts, "records": records}
    assert statuses("talk-member-member", "2025-01-01", **of) == {"2024/M4": "met"}
    assert statuses("talk-committee-member", "2025-01-01", **of) == {"2024/M4": "missed"}


def test_somebody_who_has_come_back_owes_from_the_day_of_return() -> None:
    """丁 left on 2024-03-01 and came back on 2024-11-01: less than three months in the year."""
    events = [
        {"who": "丁", "matter": "transferred_out", "on": "2024-03-01"},
        {"who": "丁", "matter": "transferred_in", "on": "2024-11-01"},
    ]
    found = ask("talk-committee-member", "2025-01-01", asked="2024", events=events)
    assert (found["2024/M4"].status, found["2024/M4"].severity) == ("missed", "info")
    assert found["2024/M3"].severity == "warn"


def test_whose_membership_is_suspended_owes_no_talk() -> None:
    events = [{"who": "丁", "matter": "membership_suspended", "on": "2024-06-01"}]
    assert "2024/M4" not in ask("talk-committee-member", "2025-01-01", asked="2024", events=events)


def test_a_register_of_talks_begun_in_the_year_leaves_the_year_unknown() -> None:
    found = statuses("talk-committee-member", "2025-01-01", asked="2024", starts={"talk": "2024-03-01"})
    assert found == {"2024/M3": "unknown", "2024/M4": "unknown"}


def test_who_came_after_the_register_was_begun_can_be_judged() -> None:
    members = ["甲", "乙", "丙", {"name": "丁", "arrived": "2024-04-01"}]
    found = statuses(
        "talk-committee-member", "2025-01-01", asked="2024", starts={"talk": "2024-03-01"}, members=members
    )
    assert found == {"2024/M3": "unknown", "2024/M4": "missed"}


def test_nobody_talks_with_himself() -> None:
    records = [talk("2024-05-06", "丙", "丙")]
    assert (
        statuses("talk-committee-member", "2025-01-01", asked="2024", records=records)["2024/M3"] == "missed"
    )


@pytest.mark.parametrize(
    ("members", "excellent", "expected"),
    [
        (3, 1, "met"),
        (4, 1, "met"),
        (5, 1, "met"),
        (5, 2, "missed"),
        (6, 2, "met"),
        (2, 1, "missed"),
        (2, 0, "met"),
    ],
)
def test_a_third_is_counted_in_whole_people(members: int, excellent: int, expected: str) -> None:
    """regulations.md §10-16: N=3→1, N=4 and 5→1, N=6→2, N≤2→0."""
    rows = [
        {"kind": "appraisal_row", "assessment_year": 2024, "member": f"党员{n}",
         "grade": "excellent" if n <= excellent else "qualified"}
        for n in range(1, members + 1)
    ]  # fmt: skip
    records = [{"kind": "appraisal", "on": "2025-02-20", "assessment_year": 2024}, *rows]
    found = statuses(
        "appraisal-excellent-third",
        "2025-03-01",
        asked="2025",
        members=[],
        posts=[],
        more=members,
        records=records,
    )
    assert found["2024"] == expected


def test_a_combined_record_counts_for_nothing_but_what_never_counts() -> None:
    record = {
        "kinds": ["democratic_life_meeting", "org_life_meeting"],
        "on": "2025-01-10",
        "assessment_year": 2024,
    }
    ledger = {"asked": "2025", "records": [record]}
    assert statuses("org-life-meeting-yearly", "2025-04-01", **ledger)["2024"] == "missed"
    defect = ask("no-substitute-study-for-branch-life", "2025-04-01", **ledger)["S1"]
    assert (defect.status, defect.severity, defect.about_record) == ("missed", "error", True)


def test_a_sitting_without_form_is_not_spoken_of_where_the_quarter_is_met_or_far_from_its_end() -> None:
    formless = {"kinds": ["org_life_meeting", "appraisal"], "on": "2024-01-19", "assessment_year": 2023}
    meeting = {"kind": "general_meeting", "on": "2024-02-20"}
    met = ask("general-meeting-quarterly", "2024-04-01", asked="2024-Q1", records=[formless, meeting])
    assert "未写形式" not in met["2024-Q1"].message
    early = ask("general-meeting-quarterly", "2024-03-01", asked="2024-Q1", records=[formless])
    assert early["2024-Q1"].status == "pending"
    assert "未写形式" not in early["2024-Q1"].message
    onsite = {**formless, "forms": ["on_site"]}
    told = ask("general-meeting-quarterly", "2024-04-01", asked="2024-Q1", records=[onsite])
    assert "（S1）未写形式" in told["2024-Q1"].message


def test_only_the_meeting_of_all_members_asks_after_an_unstated_form() -> None:
    """In which other form a 组织生活会 may have been held nothing hints at, so no rule suggests one."""
    formless = {"kind": "org_life_meeting", "on": "2024-01-19", "assessment_year": 2023}
    posts = [{"who": "甲", "post": "secretary"}, {"who": "乙", "post": "organisation"}]
    found = ask("committee-meeting-monthly", "2024-02-01", asked="2024-01", records=[formless], posts=posts)
    assert found["2024-01"].status == "missed"
    assert "形式" not in found["2024-01"].message


def test_what_is_missing_from_a_ledger_kept_all_the_time_is_said_plainly_and_accuses_nobody() -> None:
    """The register begun before the window: missed. Begun within it: unknown, whatever else is kept."""
    found = ask("general-meeting-quarterly", "2024-04-01", asked="2024-Q1", ledger_from="2024-01-01")
    assert found["2024-Q1"].status == "missed"
    words = "截至2024年3月31日，本期内台账中未见支部党员大会记录。"
    assert found["2024-Q1"].message.startswith(words)
    assert "未召开" not in found["2024-Q1"].message
    late = ask("general-meeting-quarterly", "2024-04-01", asked="2024-Q1", ledger_from="2024-01-02")
    assert late["2024-Q1"].status == "unknown"
    assert "本期内台账中未见" not in late["2024-Q1"].message
