"""民主评议党员登记表: a page for every member, what the roster knows filled in, the rest for the hand.

Nothing that a person has to say or decide is written: 个人小结, opinions and signatures stay empty; the
grade stands there only where it was recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.life_sheets import GRADES
from zhibu_cli.report.roster import RosterLine, roster_line
from zhibu_cli.report.scope import scope as put
from zhibu_cli.report.sheet import head
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import made_visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.report.request import Request

_LABELS = {term.code: term.label for term in GRADES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One member's page."""

    who: RosterLine
    votes: str
    """``优秀5票、合格3票``; empty where no ballots are recorded."""
    grade: str
    fed_back: str
    last: bool
    """No page follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardsView(SheetPaper):
    """民主评议党员登记表."""

    year: int
    cards: tuple[Card, ...]


def paper(request: Request) -> CardsView:
    """The pages of all who were members at the end of the year, or on the last day counted.

    Raises:
        PaperError: the year has not begun.
    """
    scope = put(request.ledger, request.findings, request.period, request.as_of)
    year = request.period.start.year
    rows = {
        scope.roster.id_of(row.member): row
        for row in request.ledger.appraisal_rows
        if row.assessment_year == year
    }
    here = scope.roster.members_on(scope.horizon)
    cards = []
    for number, one in enumerate(here, 1):
        row = rows.get(one.id)
        data: Mapping[str, Any] = row.entry.payload if row else {}
        named = zip(("优秀", "合格", "基本合格", "不合格"), row.votes if row else (), strict=False)
        cards.append(
            Card(
                who=roster_line(scope, number, one, full=request.full),
                votes="、".join(f"{label}{votes}票" for label, votes in named if votes is not None),
                grade=_LABELS.get(row.grade, "") if row else "",
                fed_back=data.get("fed_back", ""),
                last=number == len(here),
            )
        )
    view = CardsView(
        **head(request, scope, "民主评议党员登记表"),
        year=year,
        cards=tuple(cards),
        empty="党员名册中没有在册党员",
        figures={},
    )
    shown: CardsView = made_visible(view)
    return shown
