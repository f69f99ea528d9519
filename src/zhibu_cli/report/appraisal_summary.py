"""民主评议党员汇总表: every member's ballots and grade for a year (支部工作条例 第十八条 on the procedure).

It names members with their grades: internal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.life_sheets import GRADES
from zhibu_cli.report.figures import catalogue, prove
from zhibu_cli.report.people import members_told, people
from zhibu_cli.report.scope import scope as put
from zhibu_cli.report.sheet import head
from zhibu_cli.report.topics import appraisal
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import made_visible
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from datetime import date

    from zhibu_cli.model.sitting import AppraisalRow
    from zhibu_cli.report.people import People
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.topics import Appraisal

_LABELS = {term.code: term.label for term in GRADES}


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeLine:
    """One member; a number that was not written down is None."""

    number: int
    name: str
    own: str
    others: str
    excellent: int | None
    qualified: int | None
    basic: int | None
    unqualified: int | None
    excellent_text: str
    qualified_text: str
    basic_text: str
    unqualified_text: str
    grade: str
    fed_back: date | None
    fed_back_text: str
    measures: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalView(SheetPaper):
    """民主评议党员汇总表."""

    year: int
    rows: tuple[GradeLine, ...]
    summary: str
    """How many members there were, how many grades were given."""


def paper(request: Request) -> AppraisalView:
    """The table of the year for which members were appraised."""
    scope = put(request.ledger, request.findings, request.period, request.as_of)
    year = request.period.start.year
    counted, graded = people(scope), appraisal(scope, year)
    figures = (counted.members, graded.rows, *graded.grades)
    prove(figures, graded.balances)
    rows = [row for row in request.ledger.appraisal_rows if row.assessment_year == year]
    view = AppraisalView(
        **head(request, scope, "民主评议党员汇总表"),
        year=year,
        rows=tuple(_line(scope, number, row) for number, row in enumerate(rows, 1)),
        summary=_summary(scope, counted, graded),
        empty=f"台账中未见{year}年度民主评议结果",
        figures=catalogue(figures),
        trace=figures if request.trace else (),
        signing=("支部书记（签名）", "计票人（签名）"),
    )
    shown: AppraisalView = made_visible(view)
    return shown


def _summary(scope: Scope, counted: People, graded: Appraisal) -> str:
    here = (
        f"截至{chinese_date(scope.horizon)}，"
        + ("在册党员" if counted.members.number else "")
        + members_told(counted)
    )
    return here + (f"；登记评议结果{graded.rows}名。" if graded.rows.number else "；评议结果未见登记。")


def _line(scope: Scope, number: int, row: AppraisalRow) -> GradeLine:
    data = row.entry.payload
    texts = ["" if votes is None else str(votes) for votes in row.votes]
    return GradeLine(
        number=number,
        name=scope.roster.name_of(row.member),
        own=data.get("self_review", ""),
        others=data.get("peer_review", ""),
        excellent=row.votes[0],
        qualified=row.votes[1],
        basic=row.votes[2],
        unqualified=row.votes[3],
        excellent_text=texts[0],
        qualified_text=texts[1],
        basic_text=texts[2],
        unqualified_text=texts[3],
        grade=_LABELS.get(row.grade, ""),
        fed_back=row.fed_back,
        fed_back_text=row.fed_back.isoformat() if row.fed_back else "",
        measures=data.get("follow_up", ""),
    )
