"""A day in every period on which something falls due that no register holds.

Parameters:
    per: ``month``, ``quarter`` or ``year``.
    counted_from: ``start``: the day is one of the period; ``end``: of the days after it.
    day: the how-manieth day: 5 from the start of a quarter is the 5th of its first month.
    at_risk_days: the last days before it.
    what: what falls due, in the words of a message.

Nothing records whether it was done, so afterwards it is not applicable and never missed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import Period, Span, Unit, periods_between
from zhibu_cli.rules.case import Case, make, open_or_missed
from zhibu_cli.rules.duty import DAY
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhibu_cli.model.rule import Rule, Version

PARAMETERS = {
    "check": {
        "per": "unit",
        "counted_from": "start|end",
        "day": "number",
        "at_risk_days": "count+",
        "what": "text",
    }
}
NEVER_MISSED = frozenset({"check"})
"""Functions whose rules need no example of something missed."""


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """One finding for each period whose day lies in the asked range."""
    unit = Unit(rule.versions[-1].params["per"])
    longest = max(version.params["day"] for version in rule.versions)
    first = case.asked.start - timedelta(days=longest)
    for period in periods_between(unit, Span(first, case.outlook)):
        version = rule.version_on(case.deciding_day(period.end))
        if version is None:
            continue
        due = _due(version, period)
        if case.asked.start <= due and case.ledger.branch.founded <= due:
            yield _finding(rule, version, case, period, due)


def _due(version: Version, period: Period) -> date:
    day = timedelta(days=version.params["day"])
    return period.start - DAY + day if version.params["counted_from"] == "start" else period.end + day


def _finding(rule: Rule, version: Version, case: Case, period: Period, due: date) -> Finding:
    status = open_or_missed(due, case.as_of, version.params["at_risk_days"])
    what = f"{period.label}{version.params['what']}，{chinese_date(due)}以前"
    message = f"{what}。"
    if status is Status.MISSED:
        status, message = Status.NOT_APPLICABLE, f"{what}；台账不登记报送情况，不作判断。"
    return make(
        rule,
        version,
        on=case.deciding_day(period.end),
        key=period.key,
        subject=case.branch(),
        status=status,
        start=min(period.start, due),
        due=due,
        period=period.key,
        message=message,
    )
