"""Problems for whose mending a last day was set (整改清单): done by then, or still open.

Parameters:
    at_risk_days: the last days in which an open one is at risk.
    asks: the words of the text for the message.

A row without 时限 is left alone. A 完成日期 after the as-of day has not happened yet. Key ``rule@`` the row's
number. Messages name number and source, never the problem or the people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.rules.case import Case, make, open_or_missed
from zhibu_cli.rules.duty import Verdict, asks
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Rectification

PARAMETERS = {"check": {"at_risk_days": "count+", "asks": "text"}}


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Judge every row that states a last day."""
    source = case.ledger.catalogue.register("rectification").field("source")
    for row in case.ledger.rectifications:
        version = rule.version_on(case.deciding_day(row.deadline)) if row.deadline else None
        if version is None or row.deadline is None:
            continue
        year = f"{row.assessment_year}年度" if row.assessment_year else ""
        # not the problem itself: it may be somebody's own
        name = f"{year}{source.term(row.source)}整改事项（{row.id}）"
        verdict = _verdict(version, case, row, row.deadline)
        yield make(
            rule,
            version,
            on=case.deciding_day(row.deadline),
            key=row.id,
            subject=case.record(row.id, name),
            status=verdict.status,
            start=row.deadline,
            due=row.deadline,
            evidence=(row.id,),
            message=f"{name}：{verdict.message}",
        )


def _verdict(version: Version, case: Case, row: Rectification, deadline: date) -> Verdict:
    until = f"时限{chinese_date(deadline)}"
    if row.done_on and row.done_on <= case.as_of:
        late = "，晚于时限" if row.done_on > deadline else ""
        return Verdict(Status.MET, f"{until}，{chinese_date(row.done_on)}完成{late}。")
    status = open_or_missed(deadline, case.as_of, version.params["at_risk_days"])
    if status is Status.MISSED:
        return Verdict(status, f"{until}已过，未见完成日期。{asks(version)}")
    return Verdict(status, f"{until}，尚未见完成日期。")
