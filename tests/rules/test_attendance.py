"""Who took part: leading cadres by quarter, months without attendance, absences without a reason.

Unless a test says otherwise 甲 is a leading cadre in 一组, 乙 a member in 二组 who comes to everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.rules.examples import run_example
from zhibu_cli.rules.pack import load_book

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding

RULES = {rule.id: rule for rule in load_book().rules}
BRANCH: dict[str, Any] = {
    "members": [{"name": "甲", "leader": True, "group": "一组"}, {"name": "乙", "group": "二组"}],
    "groups": ["一组", "二组"],
}


def ask(rule: str, as_of: str, **ledger: Any) -> dict[str, Finding]:
    """Findings by what follows the @ of their keys."""
    findings = run_example(RULES[rule], {**BRANCH, "as_of": as_of, **ledger}, CATALOGUE)
    return {finding.key.partition("@")[2]: finding for finding in findings}


def days(*on: str, present: str = "乙") -> list[dict[str, Any]]:
    """A theme day on each of these days, at which only these people are named."""
    return [{"kind": "theme_day", "on": day, "attendees": list(present)} for day in on]


HALF_A_YEAR = ("2024-01-20", "2024-02-20", "2024-03-20", "2024-04-20", "2024-05-20", "2024-06-20")


def dual(records: list[dict[str, Any]]) -> str:
    found = ask("dual-organizational-life", "2024-04-01", asked="2024-Q1", records=records)
    return found["2024-Q1/M1"].status.value


def test_a_cadre_who_came_to_the_meeting_of_his_group_took_part_in_the_life_of_the_branch() -> None:
    meeting = {"kind": "group_meeting", "on": "2024-02-20", "group": "一组", "attendees": ["甲"]}
    assert dual([*days("2024-01-20"), meeting]) == "met"


@pytest.mark.parametrize(
    ("meeting", "expected"),
    [
        ({"kind": "group_meeting", "group": "二组", "present": 1}, "missed"),
        ({"kind": "group_meeting", "group": "一组", "present": 1}, "unknown"),
        ({"kind": "general_meeting", "present": 1}, "unknown"),
        ({"kind": "core_group_study", "present": 1}, "missed"),
    ],
)
def test_only_a_sitting_that_expected_the_cadre_leaves_open_whether_he_came(
    meeting: dict[str, Any], expected: str
) -> None:
    """One sitting names those present and not 甲; the other one gives a number only."""
    assert dual([*days("2024-01-20"), {**meeting, "on": "2024-02-20"}]) == expected


def test_a_year_without_any_attendance_is_four_quarters_to_be_explained() -> None:
    found = ask(
        "dual-organizational-life",
        "2025-01-01",
        asked="2024",
        records=days("2024-01-20", "2024-04-20", "2024-07-20", "2024-10-20"),
    )
    assert [(key, one.status.value, one.severity.value) for key, one in found.items()] == [
        (f"2024-Q{quarter}/M1", "missed", "warn") for quarter in (1, 2, 3, 4)
    ]


def months_absent(as_of: str, **ledger: Any) -> dict[str, str]:
    found = ask("self-removal-6m", as_of, **ledger)
    return {key: finding.status.value for key, finding in found.items()}


def test_the_months_reach_back_over_the_turn_of_the_year() -> None:
    """October to March are six months; asked about 2024 only, and about the whole of it."""
    records = days("2023-09-20", present="甲乙")
    records += days("2023-10-20", "2023-11-20", "2023-12-20", "2024-01-20", "2024-02-20", "2024-03-20")
    assert months_absent("2024-04-01", records=records) == {"2024-03-31/M1": "missed"}
    assert months_absent("2024-04-01", asked="2024-01", records=records) == {"2024-03-31/M1": "missed"}


def test_six_months_that_were_over_before_the_range_are_not_told_once_he_came_again() -> None:
    records = [*days(*HALF_A_YEAR), *days("2024-07-20", present="甲乙")]
    assert months_absent("2025-02-01", records=records)["2025-02-01"] == "unknown"
    assert "2024-06-30/M1" not in months_absent("2025-02-01", records=records)
    assert months_absent("2025-02-01", asked="2024", records=records)["2024-06-30/M1"] == "met"


@pytest.mark.parametrize(
    ("absence", "expected"),
    [
        ({"who": "甲"}, "missed"),
        ({"who": "甲", "reason": "病假"}, None),
        ({"who": "甲", "leave": True}, None),
        ({"who": "甲", "made_up_on": "2024-05-02"}, None),
    ],
)
def test_what_is_recorded_about_an_absence_breaks_the_months_off(
    absence: dict[str, Any], expected: str | None
) -> None:
    records = days(*HALF_A_YEAR)
    records[3]["absentees"] = [absence]
    assert months_absent("2024-07-01", records=records).get("2024-06-30/M1") == expected


@pytest.mark.parametrize("field", ["excused", "uncounted"])
def test_who_need_not_come_is_not_absent(field: str) -> None:
    records = days(*HALF_A_YEAR)
    records[3][field] = [{"who": "甲", "reason": "长期病休"}]
    assert months_absent("2024-07-01", records=records) == {"2024-07-01": "met"}


def test_a_month_in_which_only_the_committee_or_another_group_met_is_not_counted() -> None:
    """April has no sitting that expected 甲, so that the sixth month is July."""
    april = {"kind": "group_meeting", "on": "2024-04-20", "group": "二组", "attendees": ["乙"]}
    records = [*days(*(day for day in HALF_A_YEAR if day != "2024-04-20"), "2024-07-20"), april]
    found = ask("self-removal-6m", "2024-08-01", records=records)
    assert found["2024-07-31/M1"].status.value == "missed"
    assert "没有应到活动的月份不计" in found["2024-07-31/M1"].message


def test_the_last_day_moves_on_while_a_month_without_sittings_is_open() -> None:
    """Five months are full; in June nothing has been held yet, in July neither."""
    records = days(*HALF_A_YEAR[:5])
    assert months_absent("2024-06-15", records=records) == {"2024-06-30/M1": "at_risk"}
    assert months_absent("2024-07-15", records=records) == {"2024-07-31/M1": "at_risk"}


def test_who_has_left_the_branch_is_told_of_no_more() -> None:
    members = [{"name": "甲", "left": "2024-06-10"}, "乙"]
    assert months_absent("2024-07-01", members=members, records=days(*HALF_A_YEAR)) == {"2024-07-01": "met"}


def test_what_comes_after_the_day_of_the_check_breaks_nothing_off() -> None:
    records = [*days(*HALF_A_YEAR), *days("2024-07-20", present="甲乙")]
    assert months_absent("2024-07-19", records=records) == {"2024-06-30/M1": "missed"}


def test_nothing_about_a_person_is_more_than_a_reminder() -> None:
    """design.md: findings about a named member are reminders to verify, never verdicts."""
    named = ("self-removal-6m", "absent-3-times", "talk-trigger-events", "constitution-in-a-branch")
    assert {version.severity.value for id_ in named for version in RULES[id_].versions} == {"remind"}


def test_agreed_absence_is_taken_out_of_the_rate_and_leave_is_not() -> None:
    """Ten due; one excused and seven of nine came; one on leave and seven of ten came."""
    base = {"kind": "theme_day", "on": "2024-03-20", "expected": 10}
    row = {"who": "甲", "reason": "病休"}
    found = ask(
        "attendance-80",
        "2024-12-31",
        records=[
            {**base, "present": 8, "excused": [row]},
            {**base, "present": 7, "excused": [row]},
            {**base, "present": 8, "absentees": [row]},
        ],
    )
    assert {key: (one.status.value, one.required) for key, one in found.items()} == {
        "S1": ("met", 8),
        "S2": ("missed", 8),
        "S3": ("met", 8),
    }
