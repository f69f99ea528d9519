"""民主评议党员登记表: a page for every member, what the roster knows filled in, the rest for the hand.

Nothing that a person has to say or decide is written: 个人小结, opinions and signatures stay empty; the
grade stands there only where it was recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.errors import PaperError
from zhibu_cli.model.life_sheets import GRADES
from zhibu_cli.report.roster import RosterLine, roster_line
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head
from zhibu_cli.report.topics import fed_back_by
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import made_visible
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.model.roster import Member
    from zhibu_cli.model.sitting import AppraisalRow
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope

_LABELS = {term.code: term.label for term in GRADES}
_GIVEN = tuple(term.label for term in GRADES[:4])
"""The grades that a ballot has, in the order in which a row holds their votes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One member's page."""

    who: RosterLine
    votes: str
    """``优秀5票、合格3票``; empty where no ballots are recorded."""
    grade: str
    """As it was registered; the branch's opinion is left to those who sign it."""
    fed_back: str
    """``2027年1月25日``."""
    note: str
    """备注 of the result: why somebody is 不列入, with whose consent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsView(SheetPaper):
    """民主评议党员登记表."""

    year: int
    cards: tuple[Card, ...]


def paper(request: Request) -> CardsView:
    """The pages of all who were members at the end of the year, or on the last day counted.

    Who has a grade for the year without having been a member on that day has a page too.

    Raises:
        PaperError: the year has not begun, or the one member asked for was not to be appraised.
    """
    scope = scope_of(request)
    year = request.period.start.year
    rows = _rows(scope, year)
    view = CardsView(
        **head(request, scope, "民主评议党员登记表"),
        year=year,
        cards=tuple(
            _card(request, scope, n, one, rows.get(one.id)) for n, one in _people(request, scope, rows)
        ),
        empty="党员名册中没有在册党员",
        figures={},
    )
    shown: CardsView = made_visible(view)
    return shown


def _rows(scope: Scope, year: int) -> Mapping[str, AppraisalRow]:
    """The results of the year by number of the member."""
    rows = (row for row in scope.ledger.appraisal_rows if row.assessment_year == year)
    return {scope.roster.id_of(row.member): row for row in rows}


def _people(
    request: Request, scope: Scope, rows: Mapping[str, AppraisalRow]
) -> tuple[tuple[int, Member], ...]:
    here = {one.id for one in scope.roster.members_on(scope.horizon)} | {*rows}
    listed = tuple(enumerate((one for one in scope.roster.members if one.id in here), 1))
    if not request.member:
        return listed
    wanted = tuple(pair for pair in listed if pair[1].id == request.member)
    if not wanted:
        name = scope.roster.name_of(request.member)
        raise PaperError(
            f"{chinese_date(scope.horizon)}{name}不在本支部，也没有登记这一年度的评议结果。",
            hint="请核对年份和名册中的转入、转出时间。",
        )
    return wanted


def _card(request: Request, scope: Scope, number: int, one: Member, row: AppraisalRow | None) -> Card:
    fed_back = fed_back_by(row, request.as_of) if row else None
    named = zip(_GIVEN, row.votes if row else (), strict=False)
    return Card(
        who=roster_line(scope, number, one),
        votes="、".join(f"{label}{votes}票" for label, votes in named if votes is not None),
        grade=_LABELS.get(row.grade, "") if row else "",
        fed_back=chinese_date(fed_back) if fed_back else "",
        note=row.entry.payload.get("note", "") if row else "",
    )
