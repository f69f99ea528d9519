"""What the check says about duties, in the few words a paper may use."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.period import parse_period
from zhibu_cli.report.figures import count
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.views import Figure

_KEYS = (
    "只计支部、支委会、党小组的“问题”“需说明”两级；涉及具体党员（含两人之间）的核对项和提示、提醒不计，"
    "另见核对结果"
)


_LINES = 20


class Duties(NamedTuple):
    """Duties of branch, committee and groups: settled ones that fell due in the period, open ones."""

    met: Figure
    missed: Figure
    waived: Figure
    unknown: Figure
    open: Figure
    defects: Figure
    missed_words: str
    unknown_words: str
    open_words: str


def duties(scope: Scope) -> Duties:
    """Count findings about duties; a finding about a named person is never among them."""
    missed = _due_here(scope, Status.MISSED)
    open_ = tuple(
        f for f in scope.duties(Status.PENDING, Status.AT_RISK) if f.due >= scope.horizon and f.period
    )
    unknown = _due_here(scope, Status.UNKNOWN)
    word = scope.word
    return Duties(
        met=_figure("duties_met", "已落实事项", _due_here(scope, Status.MET), f"{word}到期、已落实的核对项"),
        missed=_figure("duties_missed", "未见记录事项", missed, f"{word}到期、台账未见记录的核对项"),
        waived=_figure(
            "duties_waived",
            "有情况说明事项",
            _due_here(scope, Status.WAIVED),
            f"{word}到期、有情况说明的核对项",
        ),
        unknown=_figure(
            "duties_unknown",
            "无法判断事项",
            unknown,
            f"{word}到期、资料不足而无法判断的核对项",
        ),
        open=_figure("duties_open", "尚在期内事项", open_, "截至统计日期限未到、尚未落实的核对项"),
        defects=_figure(
            "to_verify",
            "需核实事项",
            scope.defects(),
            f"{word}记录前后不一致、要素不全或人数、比例不符的核对项",
        ),
        missed_words=_words(missed),
        unknown_words=_words(unknown),
        open_words=_until(open_),
    )


def _figure(key: str, label: str, found: Iterable[Finding], rule: str) -> Figure:
    listed = sorted(found, key=lambda f: (f.rule, f.due, f.key))
    keys = (finding.key for finding in listed)
    figure = count(key, label, keys, f"{rule}；{_KEYS}", unit="项", reason="没有这样的核对项")
    return replace(figure, listing=_listing(listed))


def _listing(found: Sequence[Finding]) -> str:
    """For each rule its title and name, then the rest of every key with the records behind it.

    Each on a line of its own, so that no number breaks; a long list would not fit the row of a table.
    """
    between = "\n" if len(found) <= _LINES else "；"
    lines = (
        f"{title}（{rule}）\n{between.join(map(_evidence, group))}"
        for (rule, title), group in groupby(found, key=lambda f: (f.rule, f.title))
    )
    return "\n".join(lines)


def _evidence(finding: Finding) -> str:
    """The part of the key that tells one finding of the rule from another, and its records."""
    which = finding.key.partition("@")[2]
    records = [number for number in finding.evidence if number != which]
    return f"{which}：{' '.join(records)}" if records else which


def _due_here(scope: Scope, status: Status) -> tuple[Finding, ...]:
    return tuple(f for f in scope.duties(status) if f.due in scope.period)


def _words(found: Iterable[Finding]) -> str:
    by_rule = groupby(sorted(found, key=lambda f: (f.rule, f.due, f.subject.id)), key=lambda f: f.title)
    return "；".join(f"{title}（{'、'.join(map(_which, group))}）" for title, group in by_rule)


def _which(finding: Finding) -> str:
    period = parse_period(finding.period or "")
    when = period.label if period else chinese_date(finding.due)
    return (finding.subject.name if finding.subject.kind is SubjectKind.GROUP else "") + when


def _until(found: Iterable[Finding]) -> str:
    last = {f.title: f.due for f in sorted(found, key=lambda f: (f.due, f.rule), reverse=True)}
    dated = sorted(last.items(), key=lambda pair: pair[1])
    return "；".join(f"{title}（{chinese_date(due)}前）" for title, due in dated)
