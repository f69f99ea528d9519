"""The mark 补录 on papers of records that were entered late, one by one or in one lot."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.app import recording
from zhibu_cli.app.reporting import Order, Wish, make, named, quarter_report
from zhibu_cli.model.period import parse_period

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
