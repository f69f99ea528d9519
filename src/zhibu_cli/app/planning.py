"""``plan``: a year's plan, from the rules or as the branch keeps it; what it leaves out, what was done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zhibu_cli import resources
from zhibu_cli.app import checking
from zhibu_cli.app.due import kinds_of
from zhibu_cli.app.rulebook import applied
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.declare import NOT_IMPORTED
from zhibu_cli.model.finding import Status
from zhibu_cli.model.period import Span
from zhibu_cli.model.plan import REGISTER, as_if_held, kept_from, people, plan_items
from zhibu_cli.report.against import TALK, AgainstView, build_against
from zhibu_cli.report.plan import Frame, PlanView, build_from_rules, build_own, events
from zhibu_cli.report.told import unprompted
from zhibu_cli.report.wording import and_then
from zhibu_cli.rules.engine import owes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from zhibu_cli.app.checking import CheckResult
    from zhibu_cli.app.rulebook import Applied
    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.plan import PlanItem
    from zhibu_cli.model.rule import Rule

__all__ = ["AGAINST_PAPERS", "PAPERS", "AgainstView", "Plan", "PlanView", "against", "paper", "plan"]

PAPERS = ("xlsx", "docx", "md", "html", "ics")
AGAINST_PAPERS = ("docx", "md", "html")
BESIDE = f"依据{NOT_IMPORTED}"
_OPEN = frozenset({Status.MISSED, Status.AT_RISK, Status.PENDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan, and what its files need beside it."""

    view: PlanView
    paper: PlanView
    """The same for those to whom it is handed in: no commands, no documents that papers do not cite."""
    ledger: Ledger
    ledger_id: str

    @property
    def untold(self) -> tuple[str, ...]:
        """Words about the plan that the paper does not say as they stand."""
        return tuple(words for words in self.view.notes if words not in self.paper.notes)


@dataclass(frozen=True, kw_only=True)  # no slots: it keeps what it has worked out
class _Question:
    """A year of a ledger, on a day, and the rules that the branch applies."""

    by: Applied
    ledger: Ledger
    year: int
    as_of: date

    @property
    def span(self) -> Span:
        return Span(date(self.year, 1, 1), date(self.year, 12, 31))

    @cached_property
    def items(self) -> tuple[PlanItem, ...]:
        """The rows of 年度计划."""
        return plan_items(self.ledger, self.year)

    @cached_property
    def whole(self) -> CheckResult:
        """What the rules say of the ledger as it is kept, whatever registers have begun."""
        kept = kept_from(self.ledger, min(self.year, self.as_of.year))
        return checking.answer(self.by, kept, self.span, self.as_of, ahead=self.span.end, keep=owes)

    @cached_property
    def frame(self) -> Frame:
        kinds = kinds_of(self.whole)
        return Frame(ledger=self.ledger, kinds=kinds, year=self.year, as_of=self.as_of)

    @cached_property
    def alone(self) -> tuple[Finding, ...]:
        """What they say where every row counts as held, and nothing else."""
        return self.planned(as_if_held(self.ledger, self.items, self.year), self.span.end)

    @cached_property
    def silent(self) -> frozenset[str]:
        """Documents that no paper cites."""
        packs = (pack for pack in self.by.book.packs if not pack.in_papers)
        return frozenset(source for pack in packs for source in pack.sources)

    @cached_property
    def left_out(self) -> list[Finding]:
        """What the rows leave out, and no record answers."""
        frame, titles = self.frame, {r.title for r in self.whole.rules if self.frame.kinds[r.id] == TALK}
        held = as_if_held(self.ledger, self.items, self.year, seen_until=self.as_of)
        talks = _talks_for(frame, self.items, titles)
        open_ = (one for one in self.planned(held, self.span.end) if _left_out(frame, one))
        return [one for one in open_ if one.title not in talks]

    def planned(self, ledger: Ledger, as_of: date) -> tuple[Finding, ...]:
        """What the rules that a row of 年度计划 can answer say of a ledger on a day."""
        answer = checking.answer(self.by, ledger, self.span, as_of, ahead=self.span.end, keep=self._plannable)
        return answer.findings

    def _plannable(self, rule: Rule) -> bool:
        return owes(rule) and self.frame.plannable(self.frame.kinds.get(rule.id, ""))


def _question(path: Path, year: int, as_of: date, catalogue: Catalogue) -> tuple[_Question, str]:
    """The question, and the number of the ledger."""
    ledger, number = checking.load_numbered(path, catalogue=catalogue)
    by = applied(ledger, path, as_of)
    return _Question(by=by, ledger=ledger, year=year, as_of=as_of), number


def plan(path: Path, year: int, as_of: date, *, catalogue: Catalogue = CATALOGUE) -> Plan:
    """The plan of the year: the rows of 年度计划, or where there are none what the rules ask for."""
    question, number = _question(path, year, as_of, catalogue)
    handed_in = replace(question.frame, silent=question.silent)
    return Plan(
        view=_view(question, question.frame),
        paper=_view(question, handed_in),
        ledger=question.ledger,
        ledger_id=number,
    )


def against(path: Path, year: int, as_of: date, *, catalogue: Catalogue = CATALOGUE) -> AgainstView:
    """The same plan with what was done up to the day."""
    question, _ = _question(path, year, as_of, catalogue)
    view = _view(question, question.frame)
    items = [row.item for row in view.rows if row.item is not None]
    alone = question.alone
    if not question.items:  # the plan was made from the rules
        alone = question.planned(as_if_held(question.ledger, items, year), question.span.end)
    real = question.planned(question.ledger, as_of)
    return build_against(question.frame, view, alone, real)


def _view(question: _Question, frame: Frame) -> PlanView:
    items, result = question.items, question.whole
    if not items:
        return build_from_rules(frame, result.findings, result.notes)
    left = question.left_out
    return build_own(frame, items, result.findings, question.alone, uncovered=left, notes=result.notes)


def _left_out(frame: Frame, finding: Finding) -> bool:
    """Whether a duty of the year stays open that a row of 年度计划 could answer."""
    mine = frame.answers(finding) and finding.due <= frame.last
    return mine and finding.plannable and finding.status in _OPEN


def _talks_for(frame: Frame, items: Sequence[PlanItem], titles: AbstractSet[str]) -> AbstractSet[str]:
    """Titles of the rules on talks for which a row stands that does not name two people.

    Such a row stands for the rule whose title is its theme, or for all of them.
    """
    themes = {
        item.theme for item in items if item.kind == TALK and len(people(frame.ledger.roster, item)) != 2
    }
    return min(themes, titles)


def paper(made: Plan, format_: str) -> bytes:
    """One of ``PAPERS`` as bytes; the same plan gives the same bytes."""
    if format_ == "xlsx":
        return _workbook(made)
    if format_ == "ics":
        from zhibu_cli.report import ics

        view = made.view
        return ics.render(events(view), ledger_id=made.ledger_id, name=view.branch, as_of=view.as_of)
    return _rendered(made.paper, "plan", format_)


def against_paper(view: AgainstView, format_: str) -> bytes:
    """One of ``AGAINST_PAPERS`` as bytes."""
    notes = tuple(filter(None, map(unprompted, view.notes)))
    return _rendered(replace(view, notes=notes), "against", format_)


def _rendered(view: PlanView | AgainstView, name: str, format_: str) -> bytes:
    from zhibu_cli.report import markdown, page, word

    folder = resources.templates_dir()
    if format_ == "docx":
        return word.render(view, folder / f"{name}.docx")
    if format_ == "html":
        return page.render(view, folder / f"{name}.html.j2")
    return markdown.render(view, folder / f"{name}.md.j2")


def _workbook(made: Plan) -> bytes:
    """The sheet 年度计划 as import reads it; articles, and what it has no rows for, on a sheet beside it."""
    from zhibu_cli.exchange.workbook import Beside, workbook_bytes

    view, catalogue = made.paper, made.ledger.catalogue
    items = [row.item for row in view.rows if row.item is not None]
    rows = {REGISTER: [(item.id, _payload(item)) for item in items]}
    # with their numbers the rows of a plan that the ledger holds are amended, not doubled
    register = replace(catalogue.register(REGISTER), numbered=view.own)
    return workbook_bytes(
        rows,
        replace(catalogue, registers=(register,)),
        ledger_id=made.ledger_id if view.own else "",
        name_of=made.ledger.roster.group_name,
        heading=f"{view.branch}　{view.title}",
        beside=Beside(BESIDE, _beside(view), (10, 50, 40, 36, 14, 26)),
    )


def _payload(item: PlanItem) -> Mapping[str, Any]:
    values = {
        "year": item.year,
        "kind": item.kind,
        "month": item.month,
        "day": item.day.isoformat() if item.day else None,
        "group": item.group,
        "theme": item.theme,
        "who": [*item.who],
        "note": item.note,
    }
    return {name: value for name, value in values.items() if value}


def _beside(view: PlanView) -> list[list[str]]:
    head = ["月份", "事项", "建议日期", "责任", "依据", "备注"]
    lines = [
        [row.label, and_then((row.matter, row.theme), "："), row.when, row.who, row.refs, row.note]
        for row in view.rows
    ]
    return [head, *lines, *([text] for text in ("", *view.grounds, *view.notes))]
