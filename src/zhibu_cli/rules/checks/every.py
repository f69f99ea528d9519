"""Days that have to come again and again in a row of a register: 每半年考察 of an activist.

Parameters:
    kind: the kind of row; all names of fields are columns of its register.
    start: the field with the day from which the time runs.
    dates: the field with the days that were.
    within_months, within_days: how long from one to the next; with both, the later day counts.
    until: fields; from the earliest of their days nothing is owed any more.
    at_risk_days: the last days in which an open interval is at risk.
    asks: the words of the text for the message.

Each interval is a finding of its own, ``rule@due/row`` (period null), ``due`` being the last day of
the interval: met, late, still open, or without a day. Of an interval that began before the register was
kept here only what is in time is told as such: a day may be missing in between, so it is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.rules.case import Case, open_or_missed
from zhibu_cli.rules.duty import Verdict, asks
from zhibu_cli.rules.rows import Row, last_day, reach, rows, time_left, told
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhibu_cli.model.rule import Rule, Version

PARAMETERS = {
    "check": {
        "kind": "kind",
        "start": "field:kind",
        "dates": "field:kind",
        "within_months": "count-?",
        "within_days": "count-?",
        "until": "fields:kind",
        "at_risk_days": "count+",
        "asks": "text",
    }
}


class _Interval(NamedTuple):
    """From one day to the next, or to the end."""

    since: date
    due: date
    then: date | None
    """The next day; None: there is none."""
    end: date | None
    """The day from which nothing is owed any more."""


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Judge every interval of every row."""
    newest = rule.versions[-1]
    for row in rows(case, newest.params["kind"]):
        for interval in _intervals(newest, row):
            version = rule.version_on(case.deciding_day(interval.due))
            if version is not None:
                yield _finding(rule, version, row, interval)


def _intervals(version: Version, row: Row) -> Iterator[_Interval]:
    params = version.params
    since, end = row.day(params["start"]), row.first_of(params["until"])
    if since is None:
        return
    for day in row.days(params["dates"]):
        if since < day and (end is None or day <= end):
            yield _Interval(since, last_day(since, params), day, end)
            since = day
    due = last_day(since, params)
    if end is None or due < end:
        yield _Interval(since, due, None, end)


def _finding(rule: Rule, version: Version, row: Row, interval: _Interval) -> Finding:
    verdict = (_open if interval.then is None else _done)(version, row, interval)
    late = interval.then is not None and interval.then > interval.due
    return told(
        rule,
        version,
        row,
        status=verdict.status,
        start=_start(row.case, interval, lasts=late or verdict.status is Status.MISSED),
        due=interval.due,
        facts=verdict.message,
        key=f"{interval.due.isoformat()}/{row.entry.id}",
        found=None if late else int(interval.then is not None),
    )


def _start(case: Case, interval: _Interval, *, lasts: bool) -> date:
    """What is late is told up to the day it came, what is missing as long as it is."""
    last = interval.then or interval.end or case.as_of
    return reach(case, interval.since, interval.due, last) if lasts else interval.since


def _done(version: Version, row: Row, interval: _Interval) -> Verdict:
    since, due, then, _ = interval
    assert then is not None
    what = row.label(version.params["dates"])
    words = f"{chinese_date(since)}之后，下一次{what}{chinese_date(then)}"
    if then <= due:
        return Verdict(Status.MET, f"{words}，未超过{chinese_date(due)}。")
    if not row.kept_on(since):
        return Verdict(Status.UNKNOWN, f"{words}；其间的{what}{row.unkept}")
    gap = f"相隔{(then - since).days}天，晚于{chinese_date(due)}"
    return Verdict(Status.MISSED, f"{words}，{gap}。{asks(version)}")


def _open(version: Version, row: Row, interval: _Interval) -> Verdict:
    since, due, _, end = interval
    what, as_of = row.label(version.params["dates"]), row.case.as_of
    status = open_or_missed(due, as_of, version.params["at_risk_days"])
    words = f"{chinese_date(since)}之后"
    if status is not Status.MISSED:
        return Verdict(status, f"{words}的{what}尚未登记，{time_left(due, as_of)}。")
    if not row.kept_on(since):
        return Verdict(Status.UNKNOWN, f"{words}的{what}{row.unkept}")
    last = chinese_date(end or as_of)
    return Verdict(status, f"{words}，至{last}未见{what}，期限为{chinese_date(due)}。{asks(version)}")
