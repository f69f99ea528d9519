"""检查台账 filled from the check: what an inspector would find, with ground, remedy and last day.

Findings that name a member are left out and counted (design.md: the internal list only).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Status
from zhibu_cli.model.rule import Severity
from zhibu_cli.report import told
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head
from zhibu_cli.report.unnamed import unnamed
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import in_line, made_visible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.report.request import Request

_OPEN = (Status.MISSED, Status.AT_RISK, Status.WAIVED)
_GRAVE = (Severity.ERROR, Severity.WARN)


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
    scope = scope_of(request)
    grave = [f for f in request.findings if f.severity in _GRAVE]
    rows, named = unnamed((f for f in grave if f.status in _OPEN), request.ledger)
    unjudged, hidden = unnamed((f for f in grave if f.status is Status.UNKNOWN), request.ledger)
    view = SelfCheckView(
        **head(request, scope, "党建工作检查台账（自查）"),
        rows=_lines(rows),
        unjudged=_lines(unjudged),
        empty="按所用规则核对，没有未见记录或需要说明的事项",
        figures={},
        notes=(told.NOTICE, *_left_out(named + hidden)),
    )
    shown: SelfCheckView = made_visible(view)
    return shown


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
