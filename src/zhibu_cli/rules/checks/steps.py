"""What belongs to a meeting besides itself: a theme, talks before it, problems registered after it.

Parameters:
    kind: the kind of meeting.
    theme: whether it states a theme.
    talks_before_days: talks are looked for from so many days before the meeting up to its day.
    earlier_talks_severity: where there are none but some earlier in the 所属年度, and all else is there.
    sources: 来源 of the rows of 整改清单 that belong to it, of the same 所属年度.
    grace_days: days after the meeting within which they may still be registered.
    asks: the words of the text for the message.

One finding for each meeting, key ``rule@`` its number, names every part of which there is no record. A part
whose register is not kept here, or was not kept yet, is not known and never missing; a row without
所属年度 may belong to any meeting. That nothing had to be set right is seen in the register as well
(问题 with what was found), so a blank register after the grace is told.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.rule import Severity
from zhibu_cli.rules.case import make
from zhibu_cli.rules.checks.common import asked_sittings, record_name
from zhibu_cli.rules.duty import asks
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.rules.case import Case

PARAMETERS = {
    "check": {
        "kind": "kind",
        "theme": "flag+",
        "talks_before_days": "count-",
        "earlier_talks_severity": "error|warn|info|remind",
        "sources": "texts",
        "grace_days": "count-",
        "asks": "text",
    }
}


class _Part(NamedTuple):
    """One thing that belongs to the meeting."""

    status: Status
    facts: str
    evidence: tuple[str, ...] = ()
    soft: bool = False
    """Missing only by the days of the rule, not by the text."""


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Judge every meeting of the kind."""
    for sitting in asked_sittings(case):
        version = rule.version_on(sitting.day)
        if version is not None and version.params["kind"] in sitting.kinds:
            yield _finding(rule, version, case, sitting)


def _finding(rule: Rule, version: Version, case: Case, sitting: Sitting) -> Finding:
    talks, problems = _talks(version, case, sitting), _rectifications(version, case, sitting)
    parts = [*_theme(version, sitting), talks, problems]
    statuses = [part.status for part in parts]
    status = next((one for one in _WORST if one in statuses), Status.MET)
    name = record_name(case, sitting)
    facts = "；".join(part.facts for part in parts)
    words = asks(version) if status is Status.MISSED else ""
    soft = status is Status.MISSED and all(part.soft for part in parts if part.status is Status.MISSED)
    return make(
        rule,
        version,
        on=sitting.day,
        key=sitting.id,
        subject=case.record(sitting.id, name),
        status=status,
        start=sitting.day,
        due=sitting.day + timedelta(days=version.params["grace_days"]),
        required=len(parts) - statuses.count(Status.UNKNOWN),
        found=statuses.count(Status.MET),
        evidence=(*talks.evidence, sitting.id, *problems.evidence),
        severity=Severity(version.params["earlier_talks_severity"]) if soft else None,
        message=f"{name}：{facts}。{words}",
    )


_WORST = (Status.MISSED, Status.PENDING, Status.UNKNOWN)


def _theme(version: Version, sitting: Sitting) -> Iterator[_Part]:
    if not version.params["theme"]:
        return
    stated = sitting.theme or sitting.topics
    facts = "写明了主题" if stated else "未见主题"
    yield _Part(Status.MET if stated else Status.MISSED, facts)


def _talks(version: Version, case: Case, sitting: Sitting) -> _Part:
    first = sitting.day - timedelta(days=version.params["talks_before_days"])
    held = case.ledger.talks.between(first, sitting.day)
    since = f"（{chinese_date(first)}起）"
    if held:
        ids = tuple(talk.id for talk in held)
        return _Part(Status.MET, f"会前{since}有谈心谈话记录{len(ids)}次", ids)
    begins = case.ledger.begins("talk", "talk")
    if begins is None or begins > first:
        return _Part(Status.UNKNOWN, f"会前{since}的谈心谈话没有登记在本台账，无法判断")
    year = sitting.assessment_year or sitting.day.year
    earlier = case.ledger.talks.between(date(year, 1, 1), first)
    note = f"，{year}年1月1日以来有{len(earlier)}次" if earlier else ""
    return _Part(Status.MISSED, f"会前{since}未见谈心谈话记录{note}", soft=bool(earlier))


def _rectifications(version: Version, case: Case, sitting: Sitting) -> _Part:
    year, sources = sitting.assessment_year, version.params["sources"]
    rows = tuple(
        row.id
        for row in case.ledger.rectifications
        if row.source in sources and (year is None or row.assessment_year in {None, year})
    )
    if rows:
        return _Part(Status.MET, f"整改清单有{len(rows)}项", rows)
    if case.ledger.begins("rectification", "rectification") is None:
        return _Part(Status.UNKNOWN, "“整改清单”尚未开始在本台账登记，会后整改无法判断")
    until = sitting.day + timedelta(days=version.params["grace_days"])
    if case.as_of <= until:
        return _Part(Status.PENDING, f"整改清单可以登记到{chinese_date(until)}")
    return _Part(Status.MISSED, f"截至{chinese_date(until)}未见会后整改的登记")
