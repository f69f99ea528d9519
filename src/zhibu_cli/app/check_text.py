"""The answer of a check in words; how findings are grouped and named is decided in report/told.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.report.month_grid import MonthGrid, month_grids
from zhibu_cli.report.private import masking
from zhibu_cli.report.told import (
    COUNTED,
    FAILURES,
    INTERNAL,
    NOTHING,
    NOTICE,
    Group,
    Section,
    Unjudged,
    VerdictLine,
    advice,
    by_reason,
    counted,
    explained,
    mark,
    sections,
    verdict,
    verdict_told,
    when,
)
from zhibu_cli.report.wording import changed
from zhibu_cli.text import chinese_date, weekday

if TYPE_CHECKING:
    from zhibu_cli.app.checking import CheckResult

__all__ = [
    "COUNTED",
    "FAILURES",
    "INTERNAL",
    "NOTHING",
    "NOTICE",
    "Group",
    "MonthGrid",
    "Section",
    "Unjudged",
    "VerdictLine",
    "advice",
    "by_reason",
    "calendars",
    "counted",
    "explained",
    "heading",
    "mark",
    "markdown",
    "remarks",
    "sections",
    "verdict",
    "verdict_told",
    "when",
]


def heading(result: CheckResult) -> tuple[str, str]:
    """Name of the branch, and the range with the day it is judged by."""
    asked = f"{chinese_date(result.asked.start)}至{chinese_date(result.asked.end)}"
    as_of = f"{chinese_date(result.as_of)}（{weekday(result.as_of)}）"
    return f"{result.branch.name}　台账核对", f"核对范围：{asked}；按{as_of}的情况判断"


def remarks(result: CheckResult) -> tuple[str, ...]:
    """What the reader should know about the answer itself."""
    return tuple(f"注意：{note}" for note in result.notes)


def calendars(result: CheckResult) -> tuple[MonthGrid, ...]:
    """全年组织生活一览表: a table for the range, or for every year of a longer one."""
    days = {entry.id: entry.day for entry in result.ledger.entries}
    return month_grids(result.findings, result.asked, days)


def markdown(result: CheckResult) -> str:
    """The answer as a Markdown paper; what names members says so, numbers of people are masked."""
    title, scope = heading(result)
    findings = changed(result.findings, masking(result.ledger))
    internal = any(section.names_members for section in sections(findings))
    lines = [
        f"# {title}",
        "",
        scope,
        "",
        *([f"**{INTERNAL}**", ""] if internal else []),
        *(f"> {_safe(line)}\n" for line in remarks(result)),
        "## 结论",
        "",
        *(f"- {_safe(line)}" for line in verdict_told(findings)),
        "",
    ]
    for section in sections(findings):
        lines += [f"## {section.title}（{section.size} 项）", ""]
        lines += [f"**{INTERNAL}**", ""] if section.names_members else []
        for group in section.groups:
            lines += _markdown_group(group)
    for name, status in COUNTED:
        rows = counted(findings, status)
        if rows:
            lines += [f"## {name}", "", "| 事项 | 项数 |", "|---|---|"]
            lines += [f"| {_safe(row)} | {number} |" for row, number in rows] + [""]
    return "\n".join([*lines, NOTICE + _safe(advice(findings)), ""])


def _markdown_group(group: Group) -> list[str]:
    lines = [f"### {_safe(group.heading)}　{group.rule}", ""]
    for fact in group.facts:
        lines.append(f"- 事实：{_safe(fact.line)}")
        if text := explained(fact.finding):
            lines.append(f"  - 情况说明：{_safe(text)}")
    lines += [f"- 依据：{_safe(group.grounds)}"] if group.grounds else []
    lines += [f"- 处理：{_safe(group.fix)}"] if group.fix else []
    return [*lines, ""]


def _safe(text: str) -> str:
    """The text so that Markdown shows it as it was written."""
    flat = " ".join(text.split())
    for char in "\\`*_[]<>#|":
        flat = flat.replace(char, "\\" + char)
    return flat
