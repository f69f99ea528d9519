"""党支部工作手册: the book of a year - cover, contents, all tables, all minutes in order (forms.md §11).

Every part is a paper of its own, built by its own module; here they are only bound together. What was
said in talks stays out: the register tells who talked with whom and where the paper lies.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.plan import plan_items
from zhibu_cli.report import (
    appraisal_summary,
    member_changes,
    minutes,
    officers,
    problems,
    roster,
    summary,
    talk_register,
)
from zhibu_cli.report.life import kinds_told, theme_of
from zhibu_cli.report.people import members_told, people, secretary_name
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import in_line, made_visible, shortened
from zhibu_cli.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.report.appraisal_summary import AppraisalView
    from zhibu_cli.report.member_changes import ChangesView
    from zhibu_cli.report.minutes import MinutesView
    from zhibu_cli.report.officers import OfficersView
    from zhibu_cli.report.problems import ProblemsView
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.roster import RosterView
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.talk_register import TalkRegisterView
    from zhibu_cli.report.views import Paper

_LINE, _LEAST = 60, 12
"""Columns that an entry of the contents has in its line, and those that are left to a theme at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the contents."""

    title: str
    mark: str
    """Name of the bookmark whose page is told."""
    number: int
    """Of the bookmark; one of its own for every entry."""
    inner: bool = False
    """One record under its part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One row of 年度计划."""

    number: int
    when: str
    what: str
    theme: str
    who: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The minutes of one sitting with their place in the contents."""

    entry: Entry
    minutes: MinutesView


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All minutes of one kind."""

    entry: Entry
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandbookView(SheetPaper):
    """党支部工作手册."""

    year: int
    secretary: str
    contents: tuple[Entry, ...]
    entries: dict[str, Entry]
    """Those of the parts that are tables, by name."""
    founded: str
    kind: str
    members: str
    officers: OfficersView
    roster: RosterView
    changes: ChangesView
    plan: tuple[PlanLine, ...]
    no_plan: str
    books: tuple[Book, ...]
    talks: TalkRegisterView
    appraisal: AppraisalView
    problems: ProblemsView
    summary: Paper


_BEFORE = {
    "branch": "支部基本情况",
    "officers": "支部委员会和党小组名单",
    "roster": "党员名册",
    "changes": "党员变动情况",
    "plan": "年度计划",
}
_BEHIND = {
    "talks": "谈心谈话登记",
    "appraisal": "民主评议党员情况",
    "problems": "问题整改清单",
    "summary": "年度工作总结",
}


_TABLES: dict[str, Any] = {
    "officers": officers,
    "roster": roster,
    "changes": member_changes,
    "talks": talk_register,
    "appraisal": appraisal_summary,
    "problems": problems,
}
"""The papers bound in it, by the field of the view that holds each."""


def paper(request: Request) -> HandbookView:
    """The whole book.

    Raises:
        PaperError: the year has not begun, or figures contradict each other.
    """
    scope = scope_of(request)
    inner = replace(request, trace=False)
    numbers = iter(range(1, 100_000))
    before = {name: _entry(name, title, numbers) for name, title in _BEFORE.items()}
    books = tuple(_books(scope, inner, numbers))
    behind = {name: _entry(name, title, numbers) for name, title in _BEHIND.items()}
    listed = [one for book in books for one in (book.entry, *(record.entry for record in book.records))]
    register = scope.ledger.catalogue.register("branch")
    types = {term.code: term.label for term in register.field("type").terms}
    written, tables = summary.paper(request), {name: one.paper(request) for name, one in _TABLES.items()}
    traced = (figure for one in (*tables.values(), written) for figure in one.trace)
    view = HandbookView(
        **head(request, scope, "工作手册"),
        year=request.period.start.year,
        secretary=secretary_name(scope),
        contents=(*before.values(), *listed, *behind.values()),
        entries={**before, **behind},
        founded=scope.ledger.branch.founded.isoformat(),
        kind=types.get(scope.ledger.branch.type, ""),
        members=members_told(people(scope)),
        plan=tuple(_plan(scope)),
        no_plan="台账中未见本年度的年度计划",
        books=books,
        summary=written,
        figures=written.figures,
        trace=tuple(dict.fromkeys(traced)),
        **tables,
    )
    shown: HandbookView = made_visible(view)
    return shown


def _entry(mark: str, title: str, numbers: Iterator[int], *, inner: bool = False) -> Entry:
    return Entry(title=title, mark=f"zb_{mark}", number=next(numbers), inner=inner)


def _books(scope: Scope, request: Request, numbers: Iterator[int]) -> Iterator[Book]:
    """By kind in the order of the declarations; a record of several kinds stands under its first one."""
    held = [sitting for sitting in scope.ledger.sittings if sitting.day in scope.span]
    for kind in scope.ledger.catalogue.kinds_of("sitting"):
        mine = [sitting for sitting in held if sitting.kinds[0] == kind.name]
        if not mine:
            continue
        entry = _entry(f"held_{kind.name}", f"{kind.label}记录", numbers)  # 民主评议 is a part of its own too
        yield Book(
            entry=entry,
            records=tuple(
                Record(
                    entry=_entry(sitting.id, _told(scope, sitting), numbers, inner=True),
                    minutes=minutes.paper(replace(request, record=sitting.id)),
                )
                for sitting in mine
            ),
        )


def _told(scope: Scope, sitting: Sitting) -> str:
    """Day, kinds and as much of the theme as leaves room for dots and the page in one line."""
    head = f"{sitting.day.isoformat()}　{kinds_told(scope, sitting)}　"
    theme = in_line(theme_of(sitting))
    room = max(_LEAST, _LINE - display_width(head))
    if display_width(theme) > room:
        theme = shortened(theme, (room - display_width("……")) // 2)
    return head + theme


def _plan(scope: Scope) -> Iterator[PlanLine]:
    kinds = {kind.name: kind.label for kind in scope.ledger.catalogue.kinds}
    for number, item in enumerate(plan_items(scope.ledger, scope.period.start.year), 1):
        month = f"{item.last_day.month}月" if item.month else ""
        yield PlanLine(
            number=number,
            when=item.day.isoformat() if item.day else month,
            what=kinds.get(item.kind, item.kind),
            theme=in_line(item.theme),
            who="、".join(map(in_line, item.who)),
            note=in_line(item.note),
        )
