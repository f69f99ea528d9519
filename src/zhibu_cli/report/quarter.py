"""The quarterly report: figures, then the eight sections, then one frozen view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.report.facts import gather
from zhibu_cli.report.figures import catalogue, changes, prove
from zhibu_cli.report.quarter_text import sections
from zhibu_cli.report.scope import scope as put
from zhibu_cli.report.views import Figure, QuarterView, StatPair, StatRow
from zhibu_cli.report.wording import NOT_SEEN, answered, made_visible, title_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.period import Period
    from zhibu_cli.report.facts import Facts
    from zhibu_cli.report.request import Request


def paper(request: Request) -> QuarterView:
    """The paper as the list of papers asks for it, see ``build_quarter``."""
    return build_quarter(
        request.ledger,
        request.findings,
        request.period,
        request.as_of,
        trace=request.trace,
        texts=request.texts,
        own_rules=request.own_rules,
    )


def build_quarter(
    ledger: Ledger,
    findings: tuple[Finding, ...],
    period: Period,
    as_of: date,
    *,
    trace: bool = False,
    texts: Mapping[str, str] | None = None,
    own_rules: tuple[str, ...] = (),
) -> QuarterView:
    """The whole report as a value.

    Args:
        ledger: the branch's ledger.
        findings: what the check says about the period as of that day.
        period: the quarter.
        as_of: the last day known.
        trace: list every figure with its records at the end.
        texts: the user's own words for blanks, by the name that stands in the blank.
        own_rules: what the branch changed in the rules, told with the trace only.

    Raises:
        PaperError: the quarter has not begun, or two figures contradict each other.
    """
    scope = put(ledger, findings, period, as_of)
    facts = gather(scope)
    prove(facts.figures, facts.balances)
    head = scope.head
    name = head["branch"]
    view = QuarterView(
        title=f"{name}{period.label}党建工作报告",
        title_lines=title_lines(name, f"{period.label}党建工作报告"),
        table_title=f"{name}{period.label}党建工作统计表",
        table_title_lines=title_lines(name, f"{period.label}党建工作统计表", sheet=True),
        **head,
        addressee=f"{head['superior']}：",
        sections=answered(sections(facts), texts or {}),
        figures=catalogue(facts.figures),
        trace=(*facts.figures, *changes(own_rules)) if trace else (),
        sittings=facts.life.rows,
        kinds=facts.life.kinds,
        signature=name,
        stats=_stats(facts),
        people=_people(facts),
        work=_work(facts),
        notes=_notes(facts),
    )
    shown: QuarterView = made_visible(view)
    return shown


def _people(facts: Facts) -> tuple[StatPair, ...]:
    p = facts.people
    return (
        StatPair(left=p.members, right=p.full),
        StatPair(left=p.probationary, right=p.leaders),
        StatPair(left=p.retired, right=p.floating),
        StatPair(left=p.groups, right=p.committee),
        StatPair(left=p.admitted, right=p.converted),
        StatPair(left=p.arrived, right=p.left),
    )


def _work(facts: Facts) -> tuple[StatPair, ...]:
    r = facts.rectified.last
    return (
        StatPair(left=facts.life.times, right=facts.life.late),
        StatPair(left=facts.own_lectures, right=facts.hours),
        StatPair(left=facts.talks.times, right=facts.talks.covered),
        StatPair(left=r.carried, right=r.corrected),
        StatPair(left=facts.rectified.added, right=facts.rectified.added_done),
        StatPair(left=facts.rectified.onward, right=r.overdue),
    )


def _flat(pairs: Iterable[StatPair]) -> tuple[Figure, ...]:
    return tuple(f for pair in pairs for f in (pair.left, pair.right))


def _stats(facts: Facts) -> tuple[StatRow, ...]:
    kinds = tuple(kind.times for kind in facts.life.kinds)
    groups = (
        ("党员队伍", _flat(_people(facts))),
        ("组织生活", kinds),
        ("教育管理和整改", _flat(_work(facts))),
    )
    return tuple(StatRow(group=name, figure=figure) for name, listed in groups for figure in listed)


def _notes(facts: Facts) -> tuple[str, ...]:
    """Why figures are missing, one note for each reason."""
    notes = [f"“{NOT_SEEN}”指台账内没有这样的记录，不等于没有开展。"]
    if facts.scope.so_far:
        notes.insert(0, facts.scope.so_far)
    why: dict[str, list[str]] = {}
    counted = (*(k.times for k in facts.life.kinds), *_flat(_people(facts)), *_flat(_work(facts)))
    for figure in counted:
        if not figure.number and not figure.text.isdecimal():
            why.setdefault(figure.reason, []).append(figure.label)
    return (*notes, *(f"{'、'.join(labels)}：{reason}。" for reason, labels in why.items()))
