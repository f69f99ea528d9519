"""整改清单 of a year: problems that were open in it, with measure, person, last day and outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.life_sheets import RECTIFICATION_SOURCES
from zhibu_cli.report.figures import catalogue, count
from zhibu_cli.report.rectify import RAISED, known
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head, names_apart
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import NOT_SEEN, in_line, made_visible, missing
from zhibu_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhibu_cli.model.sitting import Rectification
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope

_SOURCES = {term.code: term.label for term in RECTIFICATION_SOURCES}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemLine:
    """One problem."""

    number: int
    id: str
    source: str
    year: str
    problem: str
    measures: str
    responsible: str
    deadline: date | str
    """A visible blank where the problem is open and nobody wrote it."""
    deadline_text: str
    progress: str
    done_on: date | None
    done_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemsView(SheetPaper):
    """整改清单."""

    rows: tuple[ProblemLine, ...]


def paper(request: Request) -> ProblemsView:
    """The list: what was not done before the year began, as it stands on the last day counted."""
    scope = scope_of(request)
    rows = [row for row in known(scope) if row.done_on is None or row.done_on >= scope.span.start]
    done = [row.id for row in rows if row.done_on is not None and row.done_on <= scope.horizon]
    none = "整改清单中没有本年度的问题"
    figures = (
        count(
            "problems",
            "整改问题",
            (row.id for row in rows),
            f"整改清单中年初尚未完成或年内提出的；{RAISED}",
            unit="项",
            reason=none,
            none=NOT_SEEN,
        ),
        count("problems_done", "完成整改", done, "其中完成日期不晚于统计日的", unit="项", reason=none),
    )
    names = names_apart(scope, (ref for row in rows for ref in row.responsible))
    view = ProblemsView(
        **head(request, scope, "问题整改清单"),
        rows=tuple(_line(scope, names, number, row) for number, row in enumerate(rows, 1)),
        empty=none,
        figures=catalogue(figures),
        trace=figures if request.trace else (),
    )
    shown: ProblemsView = made_visible(view)
    return shown


def _line(scope: Scope, names: Mapping[str, str], number: int, row: Rectification) -> ProblemLine:
    done = row.done_on if row.done_on and row.done_on <= scope.horizon else None
    # who will do it and by when is asked of what is still to be done only
    who, day = ("", "") if done else (missing("责任人"), missing("时限"))
    return ProblemLine(
        number=number,
        id=row.id,
        source=_SOURCES.get(row.source, ""),
        year=str(row.assessment_year or ""),
        problem=_lines(row.problem),
        measures=_lines(row.measures) or missing("措施"),
        responsible="、".join(in_line(names[ref]) for ref in row.responsible) or who,
        deadline=row.deadline or day,
        deadline_text=row.deadline.isoformat() if row.deadline else day,
        progress="" if row.done_on and not done else _lines(row.progress),
        done_on=done,
        done_text=done.isoformat() if done else "",
    )


def _lines(words: str) -> str:
    """The words line by line as they were written: measures are often numbered."""
    return "\n".join(filter(None, map(in_line, visible(words).split("\n"))))
