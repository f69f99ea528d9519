"""The quarterly report: figures, then the eight sections, then one frozen view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.report.facts import gather
from zhibu_cli.report.figures import catalogue, changes, prove
from zhibu_cli.report.quarter_text import sections
from zhibu_cli.report.request import Request
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.views import Figure, QuarterView, StatPair, StatRow
from zhibu_cli.report.wording import NOT_SEEN, answered, made_visible, signed, title_lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.period import Period
    from zhibu_cli.report.facts import Facts


def build_quarter(
    ledger: Ledger, findings: tuple[Finding, ...], period: Period, as_of: date, **more: Any
) -> QuarterView:
    """The report of a quarter as of a day; ``more``: fields of ``Request``."""
    return paper(Request(ledger=ledger, findings=findings, period=period, as_of=as_of, **more))


def paper(request: Request) -> QuarterView:
    """The whole report as a value.

    Raises:
        PaperError: the quarter has not begun, or two figures contradict each other.
    """
    scope, period = scope_of(request), request.period
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
        sections=answered(sections(facts), request.texts),
        figures=catalogue(facts.named),
        trace=(*facts.figures, *changes(request.own_rules)) if request.trace else (),
        sittings=facts.life.rows,
        kinds=facts.life.kinds,
        signature=signed(name),
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
    if by_roster := _by_roster(facts):
        notes.append(f"记录未写明应到人数的，应到按当日名册：{by_roster}。")
    if apart := [f"{k.label}{k.excused}人次" for k in facts.life.kinds if k.excused.number]:
        notes.append(f"到会率不计经支部同意暂不参加的：{'、'.join(apart)}。")
    notes += [facts.life.since] if facts.life.since else []
    why: dict[str, list[str]] = {}
    counted = (*(k.times for k in facts.life.kinds), *_flat(_people(facts)), *_flat(_work(facts)))
    for figure in counted:
        if not figure.number and not figure.text.isdecimal():
            why.setdefault(figure.reason, []).append(figure.label)
    return (*notes, *(f"{'、'.join(labels)}：{reason}。" for reason, labels in why.items()))


def _by_roster(facts: Facts) -> str:
    """The sittings whose 应到 the roster says, not the record."""
    held = zip(facts.life.sittings, facts.life.rows, strict=True)
    return "；".join(
        f"{row.day_text}{row.kinds}"
        for sitting, row in held
        if not isinstance(sitting.expected, int) and facts.life.heads[sitting.id].due is not None
    )
