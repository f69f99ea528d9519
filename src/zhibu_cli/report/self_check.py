"""检查台账 filled from the check: what an inspector would find, with ground, remedy and last day.

Findings that name a member are left out and counted (design.md: the internal list only).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Status
from zhibu_cli.model.period import parse_period
from zhibu_cli.model.rule import Severity
from zhibu_cli.report import told
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head
from zhibu_cli.report.unnamed import unnamed
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import in_line, made_visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.period import Period
    from zhibu_cli.report.request import Request

_OPEN = (Status.MISSED, Status.AT_RISK, Status.WAIVED)
_GRAVE = (Severity.ERROR, Severity.WARN)
_FEW = 3
"""So many periods are named one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One row of the table."""

    number: int
    title: str
    mark: str
    fact: str
    grounds: str
    fix: str
    due: date | None
    """The last day of what is still open; None where it is over: nobody has set a day for what is left."""
    due_text: str
    explained: str
    """情况说明, where there is one."""
    records: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfCheckView(SheetPaper):
    """检查台账（自查）."""

    rows: tuple[CheckLine, ...]
    unjudged: tuple[CheckLine, ...]
    """What cannot be judged."""
    no_unjudged: str = "没有无法判断的事项"


def paper(request: Request) -> SelfCheckView:
    """The findings of the year."""
    # findings are told as the as-of day knows them: an assessment of the year may be held in the next
    scope = scope_of(request, beyond=True)
    grave = [f for f in request.findings if f.severity in _GRAVE]
    rows, named = unnamed((f for f in grave if f.status in _OPEN), request.ledger)
    unjudged, hidden = unnamed((f for f in grave if f.status is Status.UNKNOWN), request.ledger)
    view = SelfCheckView(
        **head(request, scope, "党建工作检查台账（自查）"),
        rows=_lines(_by_gravity(rows)),
        unjudged=tuple(_unjudged(unjudged)),
        empty="按所用规则核对，没有未见记录或需要说明的事项",
        figures={},
        signing=("检查人（签名）",),  # a column of the forms; who looked is for the hand
        notes=(told.NOTICE, *_of_before((*rows, *unjudged), request.period), *_left_out(named + hidden)),
    )
    shown: SelfCheckView = made_visible(view)
    return shown


def _by_gravity(findings: Sequence[Finding]) -> Iterator[Finding]:
    """In the order of every answer: what is to be put right first, a duty's findings together."""
    for section in told.sections(findings):
        for group in section.groups:
            yield from (fact.finding for fact in group.facts)


def _unjudged(findings: Sequence[Finding]) -> Iterator[CheckLine]:
    """One row for a duty and a reason: a ledger begun in the middle of a year has dozens of the same."""
    alike: dict[tuple[str, ...], list[Finding]] = {}
    for one in _by_gravity(findings):
        reason = told.reason_of(told.Fact(told.when(one), one.message, one))
        alike.setdefault((reason, one.title, told.cited(one.grounds), told.explained(one)), []).append(one)
    for number, ((reason, *_), same) in enumerate(alike.items(), 1):
        (line,) = _lines(same[:1])
        if len(same) > 1:
            line = replace(
                line,
                fact=in_line(f"{_times(same)}：{reason}。"),
                records="、".join(dict.fromkeys(number for one in same for number in one.evidence)),
                key="、".join(one.key for one in same),
            )
        yield replace(line, number=number)


def _times(same: Sequence[Finding]) -> str:
    """``2024年、2025年``; ``2024年1月 第一党小组至2024年12月 第二党小组间的24项``."""
    times = list(filter(None, map(told.when, same)))
    if len(times) > _FEW:
        return f"{times[0]}至{times[-1]}间的{len(times)}项"
    return "、".join(times) or f"共{len(same)}项"


def _of_before(findings: Iterable[Finding], year: Period) -> tuple[str, ...]:
    """Why there are rows of an earlier period: it was to be done by a day in this one."""
    periods = {told_of for one in findings if one.period and (told_of := parse_period(one.period))}
    earlier = sorted({one.start.year for one in periods if one.end < year.start})
    if not earlier:
        return ()
    named = "、".join(f"{one}年" for one in earlier)
    return (f"写明{named}的事项，期限在{year.label}之内，列入本表。",)


def _left_out(named: int) -> tuple[str, ...]:
    return (f"另有写到具体人的{named}项，见内部核对结果。",) if named else ()


def _lines(findings: Iterable[Finding]) -> tuple[CheckLine, ...]:
    return tuple(
        CheckLine(
            number=number,
            title=finding.title,
            mark=told.mark(finding),
            fact=in_line(told.Fact(told.when(finding), finding.message, finding).told(finding.message)),
            grounds=told.cited(finding.grounds),
            fix=told.remedy(finding.fix),
            due=finding.due if finding.status is Status.AT_RISK else None,
            due_text=finding.due.isoformat() if finding.status is Status.AT_RISK else "",
            explained=in_line(told.explained(finding)),
            records="、".join(finding.evidence),
            key=finding.key,
        )
        for number, finding in enumerate(findings, 1)
    )
