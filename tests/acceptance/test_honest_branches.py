"""Branches that did what the texts ask and wrote it down plainly: nothing may be held against them.

Each file is a year's ledger made up by hand (2025, judged on 2026-04-15, when every window is over):

* a committee of five, two groups, an admission and a conversion within the year;
* five members without a committee, their secretary talks with everybody;
* papers with numbers only, talks kept on paper, guests and people on secondment at the meetings, leave,
  members agreed not to take part or not counted, a theme day online, a by-election;
* an election within the year, a member transferred out and one in, 留党察看, a lecturer from outside, a
  recommendation by show of hands, a collective talk and one with an applicant.

What is told all the same are facts at info: records of several kinds, days off, a collective talk, pairs
of a committee that has been together for less than three months, talks held earlier in the year than the
weeks before the 组织生活会; and, at info or remind, what is only looked for by words and not found.
"""

from __future__ import annotations

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
        "record-combined-sitting",
        "record-non-workday",
        "talk-not-one-to-one",
        "talk-committee-pairs",
    }


def test_there_are_four_of_them() -> None:
    assert len(HONEST) == 4
