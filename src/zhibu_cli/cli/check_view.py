"""The answer of a check as plain text: a verdict that fits one screen, a calendar, then every part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.app import check_text
from zhibu_cli.cli.check_grids import NARROW, month_lines, talk_lines
from zhibu_cli.cli.layout import hang, pairs

if TYPE_CHECKING:
    from zhibu_cli.app.check_text import Group, Section
    from zhibu_cli.app.checking import CheckResult


_SCREEN = 20
"""Lines of the heading and the verdict: they fit a terminal of 24 lines."""


def check_table(result: CheckResult, width: int, *, verbose: bool = False) -> str:
    """The whole answer, wrapped to the width; ``verbose``: with what is told on request only."""
    lines = _head(result, width)
    lines += ["", "结论", *_verdict(result, width, _SCREEN - len(lines) - 2)]
    lines += _months(result, width)
    for number, section in enumerate(check_text.sections(result.findings)):
        title = f"{'一二三四'[number]}、{section.title}（{section.size} 项）"
        marked = f"　{check_text.INTERNAL}" if section.names_members else ""
        lines += ["", title + marked, *_section(section, width, verbose=verbose)]
    for name, status in check_text.COUNTED:
        rows = check_text.counted(result.findings, status)
        if rows:
            lines += ["", name, *pairs([(f"{count} 项", title) for title, count in rows], width)]
    closing = check_text.NOTICE + check_text.advice(result.findings)
    return "\n".join([*lines, "", *hang("", closing, width)])


def months_table(result: CheckResult, width: int) -> str:
    """The calendar alone."""
    lines = _months(result, width) or ["", check_text.NOTHING]
    return "\n".join([*_head(result, width), *lines, "", *hang("", check_text.NOTICE, width)])


def talks_table(result: CheckResult, width: int) -> str:
    """Who talked with whom."""
    grids = check_text.talks(result)
    lines = [line for grid in grids for line in ("", *talk_lines(grid, width))]
    lines = lines or ["", "所选范围内没有谈心谈话的核对项。"]
    head = (
        [*_head(result, width), check_text.INTERNAL]
        if any(grid.rows for grid in grids)
        else _head(result, width)
    )
    return "\n".join([*head, *lines, "", *hang("", check_text.NOTICE, width)])


def _head(result: CheckResult, width: int) -> list[str]:
    lines = (*check_text.heading(result), *check_text.remarks(result))
    return [part for line in lines for part in hang("", line, width)]


def _verdict(result: CheckResult, width: int, most: int) -> list[str]:
    """The verdict in at most so many lines where that can be: first every second line of a word goes."""
    lines = check_text.verdict(result.findings)
    spare = most - len(lines)
    told: list[str] = []
    for line in lines:
        rows = hang("  ", line.within(2 * (width - 4)), width)
        if len(rows) - 1 > max(0, spare):
            rows = hang("  ", line.within(width - 2), width)
        spare -= len(rows) - 1
        told += rows
    return told or ["  " + check_text.NOTHING]


def _months(result: CheckResult, width: int) -> list[str]:
    grids = check_text.calendars(result)
    if not grids:
        return []
    if width < NARROW:
        return [
            "",
            *hang("", f"窗口不足 {NARROW} 列，没有列出组织生活一览表；可用 --format html 看。", width),
        ]
    return [line for grid in grids for line in ("", *month_lines(grid, width))]


def _section(section: Section, width: int, *, verbose: bool) -> list[str]:
    detailed = section.title != "尚未到期"
    return [
        line for group in section.groups for line in _group(group, width, detailed=detailed, verbose=verbose)
    ]


def _group(group: Group, width: int, *, detailed: bool, verbose: bool) -> list[str]:
    if not detailed:
        lines, lead = hang("  ", group.heading, width), "      "
    else:
        lines, lead = ["", *hang("  ", f"{group.heading}　{group.rule}", width)], "    事实："
    for fact in group.facts:
        lines += hang(lead, fact.whole if verbose else fact.line, width)
        if text := check_text.explained(fact.finding):
            lines += hang("    情况说明：", text, width)
    if not detailed:
        return lines
    lines += hang("    依据：", group.grounds, width) if group.grounds else []
    lines += hang("    处理：", group.fix, width) if group.fix else []
    return lines
