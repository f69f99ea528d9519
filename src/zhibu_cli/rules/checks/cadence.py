"""At least N records of a kind in every month, quarter or year.

Parameters:
    kind: the kind that counts.
    per: ``month``, ``quarter`` or ``year``.
    at_least: the text's own number.
    scope: ``branch`` (default), ``committee`` (not applicable while there is none) or ``groups``
        (each group by itself).
    lecturer_post: the lecturer must hold this post that day (secretary's own lecture).

The version in force on the period's last day, or on the as-of day in an open one, decides. Readings
of regulations.md §10: a record belongs to the period in which it began; an open period that is
still short is pending; the month of founding and a first quarter or year with less than a month
left are not applicable; a later extra record does not fill an earlier gap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Finding, Status, Subject
from zhibu_cli.model.period import Period, Span, Unit, add_months, periods_between
from zhibu_cli.model.sitting import read_person
from zhibu_cli.rules.case import AT_RISK_DAYS, Case, make, open_or_missed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.rule import Rule, Version


class _Target(NamedTuple):
    """Somebody who owes the duty, and from when to when."""

    subject: Subject
    suffix: str
    group: str
    exists: tuple[date | None, date | None]


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Judge every period that touches the asked range, for everybody who owes the duty."""
    if not rule.versions:
        return
    unit = Unit(rule.versions[-1].params["per"])
    for period in periods_between(unit, Span(case.asked.start, case.horizon)):
        version = rule.version_on(case.deciding_day(period.end))
        if version is None:
            continue
        for target in _targets(version, case, period):
            yield _judge(rule, version, case, period, target)


def _targets(version: Version, case: Case, period: Period) -> Iterator[_Target]:
    scope = version.params.get("scope", "branch")
    if scope == "committee":
        yield _Target(case.committee(), "", "", (None, None))
    elif scope == "groups":
        for group in case.ledger.roster.groups:
            gone = group.dissolved is not None and group.dissolved <= period.start
            if not gone and (group.founded is None or group.founded <= period.end):
                yield _Target(
                    case.group(group.id), f"/{group.id}", group.id, (group.founded, group.dissolved)
                )
    else:
        yield _Target(case.branch(), "", "", (None, None))


def _judge(rule: Rule, version: Version, case: Case, period: Period, target: _Target) -> Finding:
    hits = [
        entry
        for entry in case.ledger.of_kind(version.params["kind"])
        if _counts(entry, version, case, period, target)
    ]
    need = version.params["at_least"]
    reason = "" if len(hits) >= need else _not_applicable(version, case, period, target)
    if len(hits) >= need:
        status = Status.MET
    elif reason:
        status = Status.NOT_APPLICABLE
    else:
        status = _short(version, case, period)
    return make(
        rule,
        version,
        on=case.deciding_day(period.end),
        key=period.key + target.suffix,
        subject=target.subject,
        status=status,
        start=period.start,
        due=period.end,
        period=period.key,
        required=need,
        found=len(hits),
        evidence=(entry.id for entry in hits),
        message=_message(case, version, period, target, status, len(hits), reason),
    )
