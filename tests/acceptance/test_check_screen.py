"""The answer about the sample's year 2025 on a terminal of 80 columns, word for word.

Only rules whose facts were planted in the sample are asked, so that a new rule changes nothing here:
no 支部委员会 in August, no meeting of the second group in June, 丁四维 and 戊五岳 without a talk, one
sitting whose numbers do not balance (S72), one admission without a quorum (S93).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from zhibu_cli.text import display_width

if TYPE_CHECKING:
    from collections.abc import Callable

EXPECTED = Path(__file__).parent / "expected"
RULES = (
    "general-meeting-quarterly",
    "committee-meeting-monthly",
    "group-meeting-monthly",
    "theme-day-monthly",
    "secretary-lecture-yearly",
    "org-life-meeting-yearly",
    "talk-committee-pairs",
    "talk-committee-member",
    "record-headcount",
    "vote-admit-quorum",
)


def asked(ledger: Path) -> list[str]:
    """The question, as of 15 January 2026."""
    rules = [word for rule in RULES for word in ("--rule", rule)]
    return ["check", "--db", str(ledger), "--year", "2025", "--as-of", "2026-01-15", *rules]


@pytest.mark.parametrize(("name", "view"), [("check-result", "结果"), ("check-talks", "谈话")])
def test_the_screen_is_as_it_was_read_and_approved(
    zhibu: Callable[..., Any], sample_ledger: Path, monkeypatch: pytest.MonkeyPatch, name: str, view: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = zhibu(*asked(sample_ledger), "--view", view, "--fail-on", "never").out
    assert out == (EXPECTED / f"{name}.txt").read_text(encoding="utf-8")
    assert max(map(display_width, out.splitlines())) <= 80


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_heading_and_verdict_of_every_year_fit_one_screen(
    zhibu: Callable[..., Any], sample_ledger: Path, monkeypatch: pytest.MonkeyPatch, year: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    argv = ("check", "--db", sample_ledger, "--year", year, "--as-of", "2026-04-10", "--fail-on", "never")
    lines = zhibu(*argv).out.splitlines()
    assert lines.index(f"{year}年全年组织生活一览表") <= 21


def test_the_table_of_talks_misses_exactly_the_pairs_that_the_findings_miss(
    zhibu: Callable[..., Any], sample_ledger: Path
) -> None:
    argv: tuple[object, ...] = ("check", "--db", sample_ledger, "--from", "2024-01-01", "--to", "2026-04-10")
    argv = (*argv, "--as-of", "2026-04-10", "--fail-on", "never")
    found = zhibu(*argv, "--format", "json").json["findings"]
    missed = {
        (one["period"], *sorted(one["subject"]["id"].split("+")))
        for one in found
        if one["rule"] == "talk-committee-pairs" and one["status"] == "missed"
    }
    assert missed == {("2025", "M4", "M5")}
    shown = zhibu(*argv, "--view", "谈话").out
    _, year, after = shown.partition("2025年谈心谈话覆盖情况表")
    table = after.partition("2026年谈心谈话覆盖情况表")[0]
    rows = [line.split("|") for line in (year + table).splitlines() if "|" in line]
    heads: list[str] = []
    marked = set()
    for cells in rows:
        if cells[0].startswith("姓名"):
            heads = [cell.strip() for cell in cells]
        marked |= {
            tuple(sorted((cells[0].split()[0], heads[place])))
            for place, cell in enumerate(cells)
            if cell.startswith("未") and heads[place].startswith("M")
        }
    assert marked == {("M4", "M5")}
