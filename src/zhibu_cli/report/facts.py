"""Everything counted for the report of a quarter or a year, before a word is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.report.figures import count
from zhibu_cli.report.heads import must_agree
from zhibu_cli.report.life import life
from zhibu_cli.report.people import people, probation_ends, secretary
from zhibu_cli.report.rectify import carried_over
from zhibu_cli.report.topics import appraisal, hours, lectures_in_office, subjects, talks

if TYPE_CHECKING:
    from zhibu_cli.report.figures import Balance
    from zhibu_cli.report.life import Life
    from zhibu_cli.report.people import People
    from zhibu_cli.report.rectify import Listed
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.topics import Appraisal, Subject, Talks
    from zhibu_cli.report.views import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything counted for the report."""

    scope: Scope
    people: People
    life: Life
    study: Subject
    conduct: Subject
    service: Subject
    hours: Figure
    own_lectures: Figure
    talks: Talks
    appraisals: tuple[tuple[int, Appraisal], ...]
    rectified: Listed
    due_next: Figure
    probation: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, in the order of the trace."""
        graded = tuple(f for _, a in self.appraisals for f in (a.rows, *a.grades))
        return (
            *self.people,
            *self.life.figures,
            self.study.figure,
            self.hours,
            self.own_lectures,
            self.conduct.figure,
            self.service.figure,
            *self.talks,
            *graded,
            *self.rectified.figures,
            self.due_next,
            self.probation,
        )

    @property
    def named(self) -> tuple[Figure, ...]:
        """Every figure that a template may name, the same in every period."""
        grades = () if self.appraisals else appraisal(self.scope, self.scope.period.start.year).unasked
        return (*self.figures, *self.life.unheld, *grades)

    @property
    def balances(self) -> tuple[Balance, ...]:
        """Everything that must add up."""
        graded = tuple(b for _, a in self.appraisals for b in a.balances)
        return (*self.people.balances, *self.life.balances, *self.rectified.balances, *graded)


def gather(scope: Scope) -> Facts:
    """Every figure of the report, before a word is written.

    Raises:
        PaperError: a record of the period contradicts itself.
    """
    held = life(scope)
    must_agree(scope.ledger, held.heads)
    rectified = carried_over(scope)
    after = scope.period.next().span
    soon = (row.id for row in rectified.open if row.deadline and row.deadline in after)
    years = sorted({s.assessment_year for s in held.sittings if "appraisal" in s.kinds and s.assessment_year})
    return Facts(
        scope=scope,
        people=people(scope),
        life=held,
        **subjects(held.sittings),
        hours=hours(held.sittings),
        own_lectures=lectures_in_office(scope, held.sittings),
        talks=talks(scope, secretary(scope)),
        appraisals=tuple((year, appraisal(scope, year)) for year in years[-1:]),
        rectified=rectified,
        due_next=count(
            "due_next", f"{scope.after}到时限的问题", soon,
            f"尚未完成的问题中时限在{scope.after}内的；据整改清单", unit="项",
            reason=f"没有时限在{scope.after}的未完成问题",
        ),
        probation=probation_ends(scope, after),
    )  # fmt: skip
