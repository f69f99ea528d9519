"""迎检资料: a year of the ledger as one page for those who inspect the branch.

Everything that is recorded about branch life, and every finding that names no member; never what was said
in a talk, a ballot, a grade, the number of an identity card. Each figure opens the records it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.report import dossier_parts as parts
from zhibu_cli.report.figures import catalogue, changes, count, prove
from zhibu_cli.report.heads import must_agree
from zhibu_cli.report.kept_files import still_there
from zhibu_cli.report.life import Life, life
from zhibu_cli.report.month_bars import BarRow, kind_bars, month_balance, month_bars
from zhibu_cli.report.month_grid import MonthGrid, month_grids
from zhibu_cli.report.people import People, people, secretary
from zhibu_cli.report.rectify import all_listed
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head
from zhibu_cli.report.topics import talks
from zhibu_cli.report.unnamed import unnamed
from zhibu_cli.report.views import Figure, SheetPaper
from zhibu_cli.report.wording import made_visible
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureGroup:
    """Figures under one heading."""

    title: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView(SheetPaper):
    """迎检资料."""

    ledger_from: str
    """台账起始日; empty where nothing is recorded."""
    groups: tuple[FigureGroup, ...]
    calendars: tuple[MonthGrid, ...]
    kind_bars: tuple[BarRow, ...]
    month_bars: tuple[BarRow, ...]
    talk: parts.TalkPart
    answer: parts.Answer
    own_rules: tuple[str, ...]
    """What the branch changed in the rules."""
    listed: parts.ListedPart
    records: parts.RecordPart
    places: Mapping[str, str]
    """Whatever has a place in the page, by its number: ``3月5日支部党员大会``."""
    names: Mapping[str, str]
    """Names of members and groups, for figures that count them."""


class _Counted(NamedTuple):
    """The figures of the year, proved."""

    life: Life
    months: tuple[BarRow, ...]
    groups: tuple[FigureGroup, ...]
    every: tuple[Figure, ...]
    """Those of the groups and of the bars, each once."""


def _count(scope: Scope, copies: Mapping[str, str]) -> _Counted:
    held, who = life(scope), people(scope)
    must_agree(scope.ledger, held.heads)
    months = month_bars(scope, held)
    groups = tuple(_groups(scope, held, who, copies))
    bars = (*kind_bars(held.kinds), *months)
    figures = (*(f for group in groups for f in group.figures), *(f for bar in bars for f in bar.figures))
    every = tuple({figure.key: figure for figure in figures}.values())
    prove(every, (*who.balances, *held.balances, month_balance(held, months)))
    return _Counted(held, months, groups, every)


def _groups(scope: Scope, held: Life, who: People, copies: Mapping[str, str]) -> Iterator[FigureGroup]:
    spoken, kinds = talks(scope, secretary(scope)), (kind.times for kind in held.kinds)
    members = (who.members, who.full, who.probationary, who.groups, who.committee)
    sittings = (
        held.times,
        *kinds,
        held.combined,
        held.uncounted,
        held.late,
        _with_files(scope, held, copies),
    )
    yield FigureGroup(title="党员队伍", figures=members)
    yield FigureGroup(title="组织生活", figures=sittings)
    yield FigureGroup(title="谈心谈话", figures=(spoken.times, spoken.covered, spoken.collective))
    yield FigureGroup(title="问题整改", figures=all_listed(scope))


def _with_files(scope: Scope, held: Life, copies: Mapping[str, str]) -> Figure:
    return count(
        "with_files",
        "附有文件的场次",
        (s.id for s in held.sittings if still_there(copies, scope.ledger.attached_to(s.id))),
        "本期组织生活记录中附有签到表、照片、课件等文件的，一条记录计一场；附件文件夹中未见的文件不计",
        unit="场",
        reason="本期记录没有附文件",
    )


def paper(request: Request) -> DossierView:
    """The dossier of a year.

    Raises:
        PaperError: the year has not begun, or figures contradict each other.
    """
    scope = scope_of(request)
    counted, start = _count(scope, request.copies), request.ledger.start
    talk, listed = parts.talk_part(request), parts.listed_part(scope)
    records = parts.record_part(scope, request.copies)
    days = {entry.id: entry.day for entry in request.ledger.entries}
    view = DossierView(
        **head(request, scope, "迎检资料"),
        figures=catalogue(counted.every),
        trace=(*counted.every, *changes(request.own_rules)) if request.trace else (),
        ledger_from=chinese_date(start) if start else "",
        groups=counted.groups,
        calendars=month_grids(unnamed(request.findings, request.ledger).listed, request.period.span, days),
        kind_bars=kind_bars(counted.life.kinds),
        month_bars=counted.months,
        talk=talk,
        answer=parts.answer_part(request),
        own_rules=request.own_rules,
        listed=listed,
        records=records,
        places=MappingProxyType(dict(parts.places(talk, listed, records))),
        names=MappingProxyType(_names(scope)),
    )
    shown: DossierView = made_visible(view)
    return shown


def _names(scope: Scope) -> dict[str, str]:
    members = {member.id: member.name for member in scope.roster.members}
    return members | {group.id: group.name for group in scope.roster.groups}
