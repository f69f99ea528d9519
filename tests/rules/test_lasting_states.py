"""States that last until they are cured, and terms of office: committee, posts, new elections, extensions.

The branch is that of duties.py unless a test says otherwise.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.rules.duties import ask, statuses

SECRETARY_ONLY: dict[str, Any] = {
    "members": ["甲", {"name": "乙", "joined": "2023-03-01", "converted": "2024-03-01"}],
    "more": 5,
    "posts": [{"who": "甲", "post": "secretary"}],
}
"""Seven full members from 2024-03-01 on; a committee is due on 2024-05-30, ninety days later."""


@pytest.mark.parametrize("asked", ["2024-Q1", "2024-Q2", "2024-Q3", "2025", "2026-03"])
def test_a_lasting_state_is_in_every_answer_it_touches_under_one_key(asked: str) -> None:
    found = statuses("committee-required", "2026-03-31", asked=asked, **SECRETARY_ONLY)
    assert found == {"2024-05-30": "missed"}


def test_a_range_before_the_state_began_knows_nothing_of_it() -> None:
    found = statuses("committee-required", "2026-03-31", asked="2023", **SECRETARY_ONLY)
    assert found == {"2023-12-31": "not_applicable"}


def test_a_state_that_was_cured_is_gone_from_later_ranges() -> None:
    posts = [*SECRETARY_ONLY["posts"], {"who": "乙", "post": "organisation", "since": "2024-09-01"}]
    ledger = {**SECRETARY_ONLY, "posts": posts}
    assert statuses("committee-required", "2026-03-31", asked="2024-Q3", **ledger) == {
        "2024-05-30": "met",
        "2024-09-30": "met",
    }
    assert statuses("committee-required", "2026-03-31", asked="2025", **ledger) == {"2025-12-31": "met"}


def test_a_state_is_not_cured_by_posts_that_nobody_wrote_down() -> None:
    """The secretary's post ends on 2024-08-01 and nothing is known from then on."""
    posts = [{"who": "甲", "post": "secretary", "until": "2024-08-01"}]
    ledger = {**SECRETARY_ONLY, "posts": posts}
    assert statuses("committee-required", "2024-12-31", **ledger) == {"2024-05-30": "missed"}


def test_two_posts_vacant_from_one_day_are_one_finding() -> None:
    posts = [
        {"who": "甲", "post": "secretary"},
        {"who": "乙", "post": "organisation", "until": "2024-02-29"},
        {"who": "乙", "post": "publicity", "until": "2024-02-29"},
        {"who": "丙", "post": "discipline"},
    ]
    found = ask("vacancy-filled", "2024-12-31", posts=posts)
    assert [*found] == ["2024-06-01"]
    assert "组织委员空缺、宣传委员空缺" in found["2024-06-01"].message


LATE = [
    {"who": "甲", "post": "secretary", "since": "2021-05-10", "until": "2024-05-10", "origin": "election"},
    {"who": "甲", "post": "secretary", "since": "2024-05-11", "origin": "election"},
]
"""Elected anew one day after the term of three years had ended on 10 May 2024."""


def test_a_new_election_late_by_a_day_is_told_as_late() -> None:
    found = ask("term-3-years", "2024-12-31", posts=LATE)
    assert (found["2024-05-10"].status, found["2024-05-10"].severity) == ("missed", "warn")
    assert "晚于届满日1天" in found["2024-05-10"].message
    assert found["2027-05-11"].status == "pending"


@pytest.mark.parametrize(
    ("approval", "expected"),
    [({"approval": "示例函〔2024〕3号", "approved_on": "2024-05-08"}, "waived"), ({}, "missed")],
)
def test_a_late_election_is_waived_only_with_the_approval_of_the_delay(
    approval: dict[str, str], expected: str
) -> None:
    waiver = {
        "kind": "waiver",
        "key": "term-3-years@2024-05-10",
        "reason": "书记人选待上级研究",
        "by": "甲",
        "date": "2024-05-09",
        **approval,
    }
    assert statuses("term-3-years", "2024-12-31", posts=LATE, records=[waiver])["2024-05-10"] == expected


def test_a_leap_day_election_ends_on_the_last_of_february() -> None:
    posts = [{"who": "甲", "post": "secretary", "since": "2024-02-29", "origin": "election"}]
    assert statuses("term-3-years", "2026-01-01", posts=posts) == {"2027-02-28": "pending"}


@pytest.mark.parametrize(
    ("rule", "members", "seen"),
    [
        ("branch-min-full-members", ["甲", "乙"], "正式党员2人，不足3人"),
        ("committee-required", list("甲乙丙丁戊己庚"), "正式党员7人以上而未见支部委员会"),
    ],
)
def test_since_when_a_state_lasts_is_unknown_where_nobody_says_when_the_ledger_began(
    rule: str, members: list[str], seen: str
) -> None:
    found = ask(
        rule,
        "2024-12-31",
        branch={"ledger_from": ""},
        members=members,
        posts=[{"who": "甲", "post": "secretary", "since": "2020-05-10"}],
    )
    assert [finding.status.value for finding in found.values()] == ["unknown"]
    assert seen in found["2024-12-31"].message
    assert "台账起始日没有写明" in found["2024-12-31"].message


@pytest.mark.parametrize(
    ("approved", "as_of", "expected"),
    [
        ("2025-03-01", "2026-03-01", "waived"),  # approved on the last day of the term, a year gone by
        ("2025-03-02", "2026-03-01", "missed"),  # approved the day after
        ("2025-02-20", "2026-03-02", "missed"),  # approved in time, a year and a day gone by
    ],
)
def test_an_extension_is_waived_where_it_was_approved_before_the_end_and_for_a_year_at_most(
    approved: str, as_of: str, expected: str
) -> None:
    waiver = {
        "kind": "waiver",
        "on": "2025-06-01",
        "key": "term-3-years@2025-03-01",
        "reason": "机构改革",
        "by": "甲",
        "approval": "示例〔2025〕1号",
        "approved_on": approved,
    }
    found = ask(
        "term-3-years",
        as_of,
        members=["甲"],
        posts=[{"who": "甲", "post": "secretary", "since": "2022-03-01", "origin": "election"}],
        records=[waiver],
    )["2025-03-01"]
    assert found.status.value == expected
    assert found.waiver is not None
