"""What the check says about duties, in the few words of 素材清单: no paper that is handed in tells it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.period import parse_period
from zhibu_cli.report.wording import and_then
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.report.scope import Scope

_SETTLED = {
    Status.MET: "已落实",
    Status.MISSED: "未见记录",
    Status.WAIVED: "有情况说明",
    Status.UNKNOWN: "无法判断",
}


def duties_told(scope: Scope) -> list[str]:
    """Duties of branch, committee and groups that fell due in the period by number, and those still open.

    A finding about a named person is never among them.
    """
    settled = {word: _due_here(scope, status) for status, word in _SETTLED.items()}
    counts = and_then((f"{word}{len(found)}项" for word, found in settled.items() if found), "，")
    open_ = [f for f in scope.duties(Status.PENDING, Status.AT_RISK) if f.due >= scope.horizon and f.period]
    lines = (
        f"支部、支委会和党小组{scope.word}到期的事项：{counts}。" if counts else "",
        f"期限未到、须按期完成的：{_until(open_)}。" if open_ else "",
        *(f"{word}的：{_words(settled[word])}。" for word in ("未见记录", "无法判断") if settled[word]),
    )
    return [line for line in lines if line]


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
