"""党支部工作移交清单: what one secretary hands to the next, as it stands on a day.

The ledger itself, register by register; who holds which post; what is still open. Who hands over,
takes over and watches signs by hand.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.report.figures import catalogue
from zhibu_cli.report.kept_files import states_told
from zhibu_cli.report.officers import NO_OFFICERS, officer_lines
from zhibu_cli.report.people import members_told, people, secretary_name
from zhibu_cli.report.rectify import known
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import NOT_SEEN, in_line, made_visible
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhibu_cli.report.due import DueRow
    from zhibu_cli.report.officers import OfficerLine
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope

_INSIDE = frozenset({"waiver", "attachment", "same_person"})
"""Registers that go with other records and are told with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedLine:
    """One register of the ledger."""

    number: int
    what: str
    amount: int
    first: date | None
    first_text: str
    last: date | None
    last_text: str
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
class DueLine:
    """Duties of one rule."""

    number: int
    what: str
    state: str
    """将要到期, 已过期限 and the like."""
    times: int
    first: date
    first_text: str
    """The nearest day."""
    post: str
    """Who sees to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverView(SheetPaper):
    """党支部工作移交清单."""

    secretary: str
    members: str
    ledger: str
    last: str
    """Day of the latest entry."""
    officers: tuple[OfficerLine, ...]
    rows: tuple[HandedLine, ...]
    problems: tuple[OpenLine, ...]
    duties: tuple[DueLine, ...]
    no_officers: str = NO_OFFICERS
    no_problems: str = "整改清单中没有未完成的问题"
    no_duties: str = "今后九十天内没有到期的事项"


def paper(request: Request) -> HandoverView:
    """The list of the as-of day; duties are those that ``zhibu due`` tells."""
    scope = scope_of(request)
    counted = people(scope)
    figures = (counted.members, counted.full, counted.probationary)
    view = HandoverView(
        **head(request, scope, "工作移交清单", dated=False),
        secretary=secretary_name(scope),
        members=members_told(counted),
        ledger=_ledger(request),
        last=_last(request),
        officers=officer_lines(scope),
        rows=tuple(_registers(scope)),
        problems=tuple(_problems(scope)),
        duties=tuple(_duties(request)),
        empty=NOT_SEEN,
        figures=catalogue(figures),
        trace=figures if request.trace else (),
        signing=("移交人（签名）", "接收人（签名）", "监交人（签名）"),
        notes=_notes(request),
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
            first=min(days, default=None),
            first_text=min(days).isoformat() if days else "",
            last=max(days, default=None),
            last_text=max(days).isoformat() if days else "",
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


def _duties(request: Request) -> Iterator[DueLine]:
    """What falls due, a line for each rule; of a member only in the internal list of ``zhibu due``."""
    lines: dict[tuple[str, str], list[DueRow]] = {}
    for part in request.coming:
        for row in part.rows if not part.brief else ():
            if not row.internal:
                state = part.title.partition("（")[0]
                lines.setdefault((state, row.rule), []).append(row)
    for number, ((state, _rule), rows) in enumerate(lines.items(), 1):
        first = min(row.day for row in rows)
        yield DueLine(
            number=number,
            what=rows[0].title,
            state=state,
            times=len(rows),
            first=first,
            first_text=first.isoformat(),
            post=rows[0].post,
        )


def _notes(request: Request) -> tuple[str, ...]:
    named = sum(row.internal for part in request.coming for row in part.rows)
    notes = ["台账是一个文件，连同旁边的“附件”“模板”文件夹一起移交；印章、经费、纸质档案请另列。"]
    notes += ["以后用校验码核对，可知移交时的台账内容是否原样都在。"] if request.code else []
    return (*notes, *([f"另有写到具体人的待办{named}项，见内部核对结果。"] if named else ()))


def _ledger(request: Request) -> str:
    """``现有262条，连同更正、作废共登记280次，附件3个文件，校验码3635-ba27-13b1-6675``."""
    told = f"现有{len(request.ledger.entries)}条"
    told += f"，连同更正、作废共登记{request.versions}次" if request.versions is not None else ""
    files, amiss = request.ledger.attachments, states_told(request.copies, request.ledger.attachments)
    told += f"，附件{len(files)}个文件" + (f"（{amiss}）" if amiss else "")
    return f"{told}，校验码{request.code}" if request.code else told


def _last(request: Request) -> str:
    last = max((entry.entered_at.date() for entry in request.ledger.entries), default=None)
    return chinese_date(last) if last else ""
