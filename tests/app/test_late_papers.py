"""The mark 补录 on papers of records that were entered late, one by one or in one lot."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.app import recording
from zhibu_cli.app.checking import check
from zhibu_cli.app.reporting import Order, Wish, make, named, quarter_report
from zhibu_cli.model.period import parse_period
from zhibu_cli.report.scope import LATE_RULES

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.context import Actor

TODAY = date(2026, 3, 9)
"""On which everything here was entered."""


@pytest.mark.parametrize("records", [1, 5])
def test_a_record_entered_late_bears_the_mark_alone_and_in_one_lot(
    records: int, ledger: Path, actor: Actor, tmp_path: Path
) -> None:
    for day in range(5, 5 + records):
        recording.record(ledger, "主题党日", {"date": f"2026-01-{day:02}", "theme": "植树"}, actor)
    out = tmp_path / "S1.md"
    make(ledger, Order(kind=named("minutes"), record="S1"), out, Wish(), as_of=TODAY)
    assert "编号：S1　　补录：2026年3月9日" in out.read_text(encoding="utf-8")
    period, report = parse_period("2026Q1"), tmp_path / "Q1.md"
    assert period is not None
    quarter_report(ledger, period, report, Wish(), as_of=TODAY)
    assert f"| 补录的记录 | {records} |" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize("records", [1, 5])
def test_a_rule_that_the_branch_switched_off_takes_no_mark_from_a_paper(
    records: int, ledger: Path, actor: Actor, tmp_path: Path
) -> None:
    """When a record was entered is a fact; what the check goes on about is the branch's choice."""
    for day in range(5, 5 + records):
        recording.record(ledger, "主题党日", {"date": f"2026-01-{day:02}", "theme": "植树"}, actor)
    head = 'reason = "不再提示"\nby = "王五"\ndate = 2025-01-01\n'
    off = "".join(f'[[off]]\nrule = "{rule}"\n{head}' for rule in LATE_RULES)
    ledger.with_name("local.toml").write_text(off, encoding="utf-8")
    out = tmp_path / "S1.md"
    make(ledger, Order(kind=named("minutes"), record="S1"), out, Wish(), as_of=TODAY)
    assert "编号：S1　　补录：2026年3月9日" in out.read_text(encoding="utf-8")
    period, report = parse_period("2026Q1"), tmp_path / "Q1.md"
    assert period is not None
    quarter_report(ledger, period, report, Wish(material=True), as_of=TODAY)
    assert f"| 补录的记录 | {records} |" in report.read_text(encoding="utf-8")
    assert not [one for one in check(ledger, None, TODAY).findings if one.rule in LATE_RULES]
    (material,) = tmp_path.glob("*素材清单.md")
    assert "属补录" not in material.read_text(encoding="utf-8")


def test_a_stricter_day_of_the_branch_marks_more(ledger: Path, actor: Actor, tmp_path: Path) -> None:
    recording.record(ledger, "主题党日", {"date": "2026-03-07", "theme": "植树"}, actor)
    set_, off = ('reason = "当天登记"\nby = "王五"\ndate = 2026-01-01\nrule = "record-late-entry"\n',) * 2
    ledger.with_name("local.toml").write_text(f"[[set]]\n{set_}days = 1\n[[off]]\n{off}", encoding="utf-8")
    out = tmp_path / "S1.md"
    make(ledger, Order(kind=named("minutes"), record="S1"), out, Wish(), as_of=TODAY)
    assert "编号：S1　　补录：2026年3月9日" in out.read_text(encoding="utf-8")
