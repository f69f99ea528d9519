"""Branches that did what the texts ask and wrote it down plainly: nothing may be held against them.

Each file is a year's ledger made up by hand (2025, judged in April 2026, when every window is over):

* a committee of five, two groups, an admission and a conversion within the year;
* five members without a committee, their secretary talks with everybody;
* papers with numbers only, talks kept on paper, guests and people on secondment at the meetings, leave,
  members agreed not to take part or not counted, a theme day online, a by-election;
* an election within the year, a member transferred out and one in, 留党察看, a lecturer from outside, a
  recommendation by show of hands, a collective talk and one with an applicant;
* four members without committee and groups whose secretary left at mid-year, three of them for ten days:
  short minutes, numbers only, no claimed times, a task of the plan that was not done and says so;
* the clean year (``clean_year.json``): everything that the texts ask for and every register kept.

What is told all the same are facts at info: records of several kinds, days off, a collective talk, pairs
of a committee that has been together for less than three months, talks held earlier in the year than the
weeks before the 组织生活会; and, at info or remind, what is only looked for by words and not found.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

BY_WORDS = {
    "appraisal-secretary-report",
    "committee-before-general",
    "debrief-to-general-meeting",
    "integrity-education",
    "secretary-reports",
    "warning-education",
}
HONEST = sorted((Path(__file__).parent / "honest").glob("*.json"))


@pytest.mark.parametrize("file", HONEST, ids=lambda file: file.stem)
def test_an_honest_year_has_nothing_to_explain(zhibu: Callable[..., Any], tmp_path: Path, file: Path) -> None:
    db = tmp_path / "测试.db"
    zhibu("import", file, "--yes", "--db", db)
    answer = zhibu("check", "--year", "2025", "--as-of", "2026-04-15", "--format", "json", "--db", db).json
    told = [found for found in answer["findings"] if found["status"] == "missed"]
    assert [found["key"] for found in told if found["severity"] in {"error", "warn"}] == []
    assert {found["rule"] for found in told} <= BY_WORDS | {
        "org-life-steps",
        "rectification-overdue",
        "record-combined-sitting",
        "record-non-workday",
        "talk-not-one-to-one",
        "talk-committee-pairs",
    }


def test_there_are_six_of_them() -> None:
    assert len(HONEST) == 6


CLEAN = Path(__file__).parent / "honest" / "clean_year.json"
TOLD = {
    "record-combined-sitting@S7": "组织生活会与民主评议合开，条例允许，只说明各计一次",
}
"""What is told of the clean year all the same, with the reason."""
THEME_DAYS = [
    *("2025-01-20", "2025-02-20", "2025-03-20", "2025-04-21", "2025-05-20", "2025-06-20"),
    *("2025-07-21", "2025-08-20", "2025-09-22", "2025-10-20", "2025-11-20", "2025-12-22"),
]
"""每月20日 in 2025; 20 April and 20 July are Sundays, 20 September and 20 December Saturdays."""


@pytest.fixture(scope="module")
def clean() -> Any:
    return json.loads(CLEAN.read_text(encoding="utf-8"))


def held(ledger: Any, kind: str) -> list[str]:
    """The days of 2025 on which a sitting of the kind was held, as the file lists them."""
    return [
        row["日期"] for row in ledger["组织生活"] if kind in row["类型"] and row["日期"].startswith("2025")
    ]


def test_the_clean_year_holds_all_that_is_owed_in_a_year(clean: Any) -> None:
    groups = [row["党小组"] for row in clean["组织生活"] if row["类型"] == "党小组会"]
    assert held(clean, "主题党日") == THEME_DAYS
    assert len(held(clean, "支部党员大会")) == 4
    assert [day[:7] for day in held(clean, "支部委员会")] == [f"2025-{month:02}" for month in range(1, 13)]
    assert Counter(groups) == {"第一党小组": 12, "第二党小组": 12}
    assert Counter(row["党员类别"] for row in clean["党员名册"]) == {"正式": 13, "预备": 2}
    assert any("组织生活会" in row["类型"] and row["日期"] == "2026-02-05" for row in clean["组织生活"])


def test_the_minutes_of_the_clean_year_are_real_and_each_is_its_own(clean: Any) -> None:
    texts = [row["内容"] for row in clean["组织生活"]]
    assert min(map(len, texts)) >= 200
    assert len({*texts}) == len(texts) == 59


def test_a_clean_year_has_no_finding_at_error_or_warn(zhibu: Callable[..., Any], tmp_path: Path) -> None:
    db = tmp_path / "测试.db"
    zhibu("import", CLEAN, "--yes", "--db", db)
    answer = zhibu("check", "--year", "2025", "--as-of", "2026-04-10", "--format", "json", "--db", db).json
    told = {found["key"]: found for found in answer["findings"] if found["status"] == "missed"}
    assert {found["severity"] for found in told.values()} <= {"info", "remind"}
    assert told.keys() == TOLD.keys()


def test_the_duties_of_the_clean_year_are_seen_to_be_met(zhibu: Callable[..., Any], tmp_path: Path) -> None:
    """Nothing is clean because nothing was looked at."""
    db = tmp_path / "测试.db"
    zhibu("import", CLEAN, "--yes", "--db", db)
    answer = zhibu("check", "--year", "2025", "--as-of", "2026-04-10", "--format", "json", "--db", db).json
    met = Counter(found["rule"] for found in answer["findings"] if found["status"] == "met")
    assert {
        "general-meeting-quarterly": 4,
        "committee-meeting-monthly": 12,
        "group-meeting-monthly": 24,
        "theme-day-monthly": 12,
        "secretary-lecture-yearly": 1,
        "talk-committee-pairs": 10,
        "talk-committee-member": 10,
        "talk-member-member": 10,
        "org-life-meeting-yearly": 2,
        "appraisal-yearly": 2,
        "appraisal-excellent-third": 2,
        "vote-admit-quorum": 1,
        "vote-admit-pass": 1,
    }.items() <= met.items()


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("theme-day-monthly@2025-09", "2025-09-22"),
        ("general-meeting-quarterly@2025-Q3", "2025-09-11"),
        ("group-meeting-monthly@2025-01/G2", "2025-01-26"),
        ("secretary-lecture-yearly@2025", "2025-06-30"),
        ("org-life-meeting-yearly@2025", "2026-02-05"),
        ("talk-committee-member@2025/M15", "2025-07-04"),
    ],
)
def test_one_record_less_is_noticed(
    zhibu: Callable[..., Any], tmp_path: Path, clean: Any, key: str, day: str
) -> None:
    """The clean year without the one record of that day: it is clean because that record is there."""
    gone = {row["编号"] for row in clean["组织生活"] if row["日期"] == day}
    less = {name: [row for row in clean[name] if row["日期"] != day] for name in ("组织生活", "谈心谈话")}
    votes = [row for row in clean["表决"] if row["组织生活编号"] not in gone]
    file, db = tmp_path / "缺一条.json", tmp_path / "测试.db"
    file.write_text(json.dumps(clean | less | {"表决": votes}, ensure_ascii=False), encoding="utf-8")
    zhibu("import", file, "--yes", "--db", db)
    asked = ("--year", "2025", "--as-of", "2026-04-10", "--format", "json")
    answer = zhibu("check", *asked, "--db", db, code=None).json
    status = {found["key"]: found["status"] for found in answer["findings"]}
    assert sum(len(clean[name]) - len(rows) for name, rows in less.items()) == 1
    assert status[key] == "missed"
