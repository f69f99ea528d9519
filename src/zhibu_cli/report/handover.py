"""党支部工作移交清单: what one secretary hands to the next, as it stands on a day.

The ledger itself, register by register; who holds which post; what is still open. Who hands over,
takes over and watches signs by hand.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Status
from zhibu_cli.report import told
from zhibu_cli.report.figures import catalogue
from zhibu_cli.report.people import members_told, people, secretary_name
from zhibu_cli.report.rectify import known
from zhibu_cli.report.scope import scope as put
from zhibu_cli.report.sheet import head
from zhibu_cli.report.unnamed import unnamed
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import NOT_SEEN, in_line, made_visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope

_OPEN = (Status.PENDING, Status.AT_RISK)
_INSIDE = frozenset({"waiver", "attachment", "same_person"})
"""Registers that go with other records and are told with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedLine:
    """One register of the ledger."""

    number: int
    what: str
    amount: int
    span: str
    """First and last day of its records."""
    place: str
    """Where the originals lie: for the hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """Something that is not finished."""

    number: int
    what: str
    state: str
    until: date | None
    until_text: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverView(SheetPaper):
    """党支部工作移交清单."""

    secretary: str
    members: str
    attachments: int
    rows: tuple[HandedLine, ...]
    problems: tuple[OpenLine, ...]
    duties: tuple[OpenLine, ...]
    no_problems: str = "整改清单中没有未完成的问题"
    no_duties: str = "本年度没有尚未到期的事项"


def paper(request: Request) -> HandoverView:
    """The list of the as-of day; duties are those of its year that are still open."""
    scope = put(request.ledger, request.findings, request.period, request.as_of)
    counted = people(scope)
    figures = (counted.members, counted.full, counted.probationary)
    view = HandoverView(
        **head(request, scope, "工作移交清单", dated=False),
        secretary=secretary_name(scope),
        members=members_told(counted),
        attachments=len(request.ledger.attachments),
        rows=tuple(_registers(scope)),
        problems=tuple(_problems(scope)),
        duties=tuple(_duties(request)),
        empty=NOT_SEEN,
        figures=catalogue(figures),
        trace=figures if request.trace else (),
        signing=("移交人（签名）", "接收人（签名）", "监交人（签名）"),
        notes=("台账是一个文件，连同旁边的“附件”“模板”文件夹一起移交；印章、经费、纸质档案请另列。",),
    )
    shown: HandoverView = made_visible(view)
    return shown


def _registers(scope: Scope) -> Iterator[HandedLine]:
    amounts = Counter(entry.register for entry in scope.ledger.entries)
    number = 0
    for register in scope.ledger.catalogue.registers:
        if register.name in _INSIDE or not amounts[register.name]:
            continue
        number += 1
        days = [e.day for e in scope.ledger.entries if e.register == register.name and e.day]
        yield HandedLine(
            number=number,
            what=register.title,
            amount=amounts[register.name],
            span=f"{min(days).isoformat()}至{max(days).isoformat()}" if days else "",
            place="",
        )


def _problems(scope: Scope) -> Iterator[OpenLine]:
    open_ = (row for row in known(scope) if row.done_on is None or row.done_on > scope.horizon)
    for number, row in enumerate(open_, 1):
        yield OpenLine(
            number=number,
            what=in_line(row.problem),
            state=in_line(row.progress),
            until=row.deadline,
            until_text=row.deadline.isoformat() if row.deadline else "",
            id=row.id,
        )


def _duties(request: Request) -> Iterator[OpenLine]:
    """Open duties of branch, committee and groups; of a member only in the internal list."""
    common, _ = unnamed((f for f in request.findings if f.status in _OPEN), request.ledger)
    for number, finding in enumerate(sorted(common, key=lambda f: (f.due, f.key)), 1):
        yield OpenLine(
            number=number,
            what=finding.title,
            state=told.when(finding),
            until=finding.due,
            until_text=finding.due.isoformat(),
            id=finding.key,
        )
