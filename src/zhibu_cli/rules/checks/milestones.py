"""Days within one row of a register that follow one another (发展党员).

``milestones.deadline``: one step within a time after another. Parameters:
    kind: the kind of row; all other names of fields are columns of its register.
    after, field: the field that sets the time running, and the one that is due.
    within_months, within_days: how long; with both, the later day counts.
    longest_months, until_longest: the time the text allows in special cases, and the severity up to it.
    at_risk_days: the last days in which an open step is at risk.
    closed_by: fields; from the earliest of their days nobody is reminded of a blank any more.
    note: a sentence for what is late: whose duty it is.
    asks: the words of the text for the message.

``milestones.apart``: one step no sooner than some time after another. Parameters: kind, after, field, asks,
    least_months, least_days: how long; with both, the earlier day counts.

``milestones.order``: one step not before another, and none left out. Parameters: kind, asks,
    fields: the steps in their order.
    by_committee: those of them that only a branch with a committee takes.

``milestones.workdays``: so many working days from one day to another, both counted. Parameters: kind, asks,
    first, last: the fields.
    at_least: the number of working days.

A deadline is told while it is open as well (pending, at risk; met in time); the others tell defects only.
Blanks of days before the register was kept here are unknown, as are working days of a year whose
calendar nobody knows.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import add_months
from zhibu_cli.model.rule import Severity
from zhibu_cli.rules.case import Case, open_or_missed
from zhibu_cli.rules.duty import asks
from zhibu_cli.rules.rows import Row, blemish, first_day, last_day, reach, rows, time_left, told
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhibu_cli.model.rule import Rule, Version

PARAMETERS = {
    "deadline": {
        "kind": "kind",
        "after": "field:kind",
        "field": "field:kind",
        "within_months": "count-?",
        "within_days": "count-?",
        "longest_months": "count-?",
        "until_longest": "error|warn|info|remind?",
        "at_risk_days": "count+",
        "closed_by": "fields:kind",
        "note": "text?",
        "asks": "text",
    },
    "apart": {
        "kind": "kind",
        "after": "field:kind",
        "field": "field:kind",
        "least_months": "count+?",
        "least_days": "count+?",
        "asks": "text",
    },
    "order": {"kind": "kind", "fields": "fields:kind", "by_committee": "fields:kind?", "asks": "text"},
    "workdays": {
        "kind": "kind",
        "first": "field:kind",
        "last": "field:kind",
        "at_least": "count+",
        "asks": "text",
    },
}


class _Step(NamedTuple):
    """A step that is due."""

    rule: Rule
    version: Version
    row: Row
    since: date
    due: date


def deadline(rule: Rule, case: Case) -> Iterator[Finding]:
    """One step within a time after another."""
    for row, newest in _judged(rule, case):
        since = row.day(newest.params["after"])
        if since is None:
            continue
        due = last_day(since, newest.params)
        version = rule.version_on(case.deciding_day(due))
        if version is None:
            continue
        step = _Step(rule, version, row, since, due)
        done = row.day(version.params["field"])
        if done is None:
            yield from _open(step)
        else:
            yield _done(step, done)


def _judged(rule: Rule, case: Case) -> Iterator[tuple[Row, Version]]:
    version = rule.version_on(case.as_of)
    if version is not None:
        for row in rows(case, version.params["kind"]):
            yield row, version


def _done(step: _Step, done: date) -> Finding:
    rule, version, row, since, due = step
    facts = f"{_said(row, version.params['after'])}，{_said(row, version.params['field'])}"
    if done <= due:
        facts = f"{facts}，未超过期限{chinese_date(due)}。"
        return told(rule, version, row, status=Status.MET, start=since, due=due, facts=facts, found=1)
    return told(
        rule,
        version,
        row,
        status=Status.MISSED,
        start=reach(row.case, since, due, done),
        due=due,
        facts=f"{facts}，晚于期限{chinese_date(due)}。{_remarks(step, done)}",
        severity=_severity(version, since, done),
    )


def _remarks(step: _Step, day: date) -> str:
    """What is said beside a step that came on that day, or has not come by it."""
    params = step.version.params
    allowed = ""
    if "longest_months" in params:
        longest = add_months(step.since, params["longest_months"])
        within = "特殊情况最长可至" if day <= longest else "已超过最长期限"
        allowed = f"{within}{chinese_date(longest)}。"
    return f"{asks(step.version)}{allowed}{params.get('note', '')}"


def _open(step: _Step) -> Iterator[Finding]:
    rule, version, row, since, due = step
    closed = row.first_of(version.params["closed_by"])
    if closed is not None and closed <= due:
        return
    case, label = row.case, row.label(version.params["field"])
    status = open_or_missed(due, case.as_of, version.params["at_risk_days"])
    start, severity, facts = since, None, _said(row, version.params["after"])
    if status is not Status.MISSED:
        facts = f"{facts}，{label}尚未登记，{time_left(due, case.as_of)}。"
    elif not row.kept_on(since):
        status, facts = Status.UNKNOWN, f"{facts}，{label}{row.unkept}"
    else:
        last = closed or case.as_of
        start, severity = reach(case, since, due, last), _severity(version, since, last)
        facts = (
            f"{facts}，截至{chinese_date(last)}未见{label}，期限为{chinese_date(due)}。{_remarks(step, last)}"
        )
    yield told(
        rule, version, row, status=status, start=start, due=due, facts=facts, found=0, severity=severity
    )


def _severity(version: Version, since: date, day: date) -> Severity | None:
    """A milder one, as long as the time allowed in special cases lasts."""
    months = version.params.get("longest_months")
    return Severity(version.params["until_longest"]) if months and day <= add_months(since, months) else None


def _said(row: Row, field: str) -> str:
    """申请日期2024年3月1日."""
    day = row.day(field)
    return f"{row.label(field)}{chinese_date(day) if day else '未填'}"


def apart(rule: Rule, case: Case) -> Iterator[Finding]:
    """One step no sooner than some time after another."""
    for row, _ in _judged(rule, case):
        version, done = _on_day(rule, row, "field")
        if version is None or done is None:
            continue
        params = version.params
        since = row.day(params["after"])
        if since is None:
            facts = f"{_said(row, params['field'])}，{row.label(params['after'])}未填，无法判断间隔。"
            yield told(rule, version, row, status=Status.UNKNOWN, start=done, due=done, facts=facts)
        elif done < (first := first_day(since, params)):
            facts = (
                f"{_said(row, params['after'])}，{_said(row, params['field'])}，相隔{(done - since).days}天"
            )
            facts = f"{facts}，早于{chinese_date(first)}。{asks(version)}"
            yield from blemish(rule, row, done, facts)


def _on_day(rule: Rule, row: Row, parameter: str) -> tuple[Version | None, date | None]:
    """The version in force on the day of the step that the parameter names, and that day."""
    newest = rule.versions[-1]
    day = row.day(newest.params[parameter])
    return (rule.version_on(day) if day else None), day


def order(rule: Rule, case: Case) -> Iterator[Finding]:
    """One step not before another, and none left out."""
    for row, newest in _judged(rule, case):
        taken = [(field, day) for field in newest.params["fields"] if (day := row.day(field))]
        version = rule.version_on(taken[-1][1]) if taken else None
        if version is None:
            continue
        day = taken[-1][1]
        wrong = [
            f"{_said(row, one)}，晚于{_said(row, other)}"
            for (one, before), (other, after) in pairwise(taken)
            if before > after
        ]
        blank = _left_out(version, row, taken[-1][0], day)
        if blank and not row.kept_on(day) and not wrong:
            facts = f"{'、'.join(blank)}{row.unkept}"
            yield told(rule, version, row, status=Status.UNKNOWN, start=day, due=day, facts=facts)
            continue
        gaps = [f"{_said(row, taken[-1][0])}，{'、'.join(blank)}未填"] if blank else []
        facts = "；".join(wrong + gaps)
        yield from blemish(rule, row, day, f"{facts}。{asks(version)}" if facts else "")


def _left_out(version: Version, row: Row, last: str, day: date) -> list[str]:
    """Headers of the steps before the last one taken that are blank and were to be taken."""
    fields = version.params["fields"]
    blank = [field for field in fields[: fields.index(last)] if row.day(field) is None]
    if not row.case.ledger.roster.committee_on(day):
        blank = [field for field in blank if field not in version.params.get("by_committee", ())]
    return [row.label(field) for field in blank]


def workdays(rule: Rule, case: Case) -> Iterator[Finding]:
    """So many working days from one day to another, both counted."""
    for row, _ in _judged(rule, case):
        version, last = _on_day(rule, row, "last")
        first = row.day(version.params["first"]) if version else None
        if version is None or first is None or last is None:
            continue
        worked = [case.ledger.work_calendar.is_workday(day) for day in _each(first, last)]
        span = f"{_said(row, version.params['first'])}，{_said(row, version.params['last'])}"
        known, at_least = sum(map(bool, worked)), version.params["at_least"]
        if known >= at_least:
            continue
        if None in worked:
            facts = f"{span}；有的日期没有放假安排，无法计算工作日，可在“放假安排”登记。"
            yield told(rule, version, row, status=Status.UNKNOWN, start=last, due=last, facts=facts)
        else:
            facts = f"{span}，共{known}个工作日，不足{at_least}个。{asks(version)}"
            yield from blemish(rule, row, last, facts)


def _each(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
