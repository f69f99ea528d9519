"""民主评议党员汇总表: every member's ballots and grade for a year (支部工作条例 第十八条 on the procedure).

It names members with their grades: internal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.life_sheets import GRADES
from zhibu_cli.report.figures import catalogue, prove
from zhibu_cli.report.heads import heads_of, must_agree
from zhibu_cli.report.people import members_told, people
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head, names_apart
from zhibu_cli.report.topics import appraisal, fed_back_by
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import made_visible, missing
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhibu_cli.model.sitting import AppraisalRow, Sitting
    from zhibu_cli.report.heads import Heads
    from zhibu_cli.report.people import People
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.topics import Appraisal

_BALLOTS = ("excellent_text", "qualified_text", "basic_text", "unqualified_text")
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
    note: str
    """备注 of the row: why somebody is 不列入, with whose consent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotSums:
    """The ballots of all rows added up; of a grade for which none is written down empty."""

    excellent_text: str
    qualified_text: str
    basic_text: str
    unqualified_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalView(SheetPaper):
    """民主评议党员汇总表."""

    year: int
    rows: tuple[GradeLine, ...]
    sums: BallotSums | None
    """None where no row has ballots."""


def paper(request: Request) -> AppraisalView:
    """The table of the year for which members were appraised."""
    scope = scope_of(request)
    year = request.period.start.year
    counted, graded = people(scope), appraisal(scope, year)
    figures = (counted.members, graded.rows, *graded.grades)
    prove(figures, graded.balances)
    rows = [row for row in request.ledger.appraisal_rows if row.assessment_year == year]
    names = names_apart(scope, (row.member for row in rows))
    view = AppraisalView(
        **head(request, scope, "民主评议党员汇总表"),
        year=year,
        rows=tuple(
            _line(request.as_of, names[row.member], number, row) for number, row in enumerate(rows, 1)
        ),
        sums=_sums(rows),
        notes=(_summary(scope, counted, graded), *_meetings(request, year)),
        empty=f"台账中未见{year}年度民主评议结果",
        figures=catalogue(figures),
        trace=figures if request.trace else (),
        signing=("支部书记（签名）", "计票人（签名）"),
    )
    shown: AppraisalView = made_visible(view)
    return shown


def _sums(rows: Sequence[AppraisalRow]) -> BallotSums | None:
    added = []
    for number in range(len(_BALLOTS)):
        votes = [row.votes[number] for row in rows]
        known = [one for one in votes if one is not None]
        added.append(str(sum(known)) if known else "")
    return BallotSums(**dict(zip(_BALLOTS, added, strict=True))) if any(added) else None


def _meetings(request: Request, year: int) -> tuple[str, ...]:
    """Who took part (参评): the sittings that say they belong to the year."""
    ledger = request.ledger
    held = [
        sitting
        for sitting in ledger.sittings
        if "appraisal" in sitting.kinds and sitting.assessment_year == year and sitting.day <= request.as_of
    ]
    if not held:
        return (f"台账中未见所属年度为{year}年的民主评议会议记录，参评人数无从统计。",)
    heads = {one.id: heads_of(ledger, one) for one in held}
    must_agree(ledger, heads)
    return tuple(_meeting(one, heads[one.id]) for one in held)


def _meeting(sitting: Sitting, heads: Heads) -> str:
    due, came = (
        missing(word) if number is None else f"{number}名"
        for word, number in (("应到人数", heads.due), ("参评人数", heads.came))
    )
    return f"{chinese_date(sitting.day)}召开民主评议会议，应到{due}，参评{came}（{sitting.id}）。"


def _summary(scope: Scope, counted: People, graded: Appraisal) -> str:
    here = (
        f"截至{chinese_date(scope.horizon)}，"
        + ("在册党员" if counted.members.number else "")
        + members_told(counted)
    )
    if not graded.rows.number:
        return f"{here}；评议结果未见登记。"
    given = "、".join(f"{one.label.removeprefix('评定')}{one}名" for one in graded.grades if one.number)
    return f"{here}；登记评议结果{graded.rows}名，其中{given}。"


def _line(as_of: date, name: str, number: int, row: AppraisalRow) -> GradeLine:
    data, fed_back = row.entry.payload, fed_back_by(row, as_of)
    texts = ["" if votes is None else str(votes) for votes in row.votes]
    return GradeLine(
        number=number,
        name=name,
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
        fed_back=fed_back,
        fed_back_text=fed_back.isoformat() if fed_back else "",
        measures=data.get("follow_up", ""),
        note=data.get("note", ""),
    )
