"""The answer of a check as plain text: a verdict that fits one screen, a calendar, then every part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.app import check_text
from zhibu_cli.cli.check_grids import NARROW, month_lines, talk_lines
from zhibu_cli.cli.layout import hang, pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhibu_cli.app.check_text import Group, Section, Unjudged, VerdictLine
    from zhibu_cli.app.checking import CheckResult


_SCREEN = 20
"""Lines of the heading and the verdict: they fit a terminal of 24 lines."""
_MOST_FACTS, _FACTS = 12, 10
"""A group of more facts than the first shows so many as the second; files list all."""


def check_table(result: CheckResult, width: int, *, verbose: bool = False) -> str:
    """The whole answer, wrapped to the width; ``verbose``: with what is told on request only."""
    lines = _concluded(result, width)
    lines += ["", *_remarks(result, width)] if result.notes else []
    lines += _months(result, width)
    sections = check_text.sections(result.findings)
    for number, section in enumerate(sections):
        title = f"{'一二三四'[number]}、{section.title}（{section.size} 项）"
        marked = f"　{check_text.INTERNAL}" if section.names_members else ""
        lines += ["", title + marked, *_section(section, width, verbose=verbose)]
    for name, status in check_text.COUNTED:
        rows = check_text.counted(result.findings, status)
        if rows:
            lines += ["", name, *pairs([(f"{count} 项", title) for title, count in rows], width)]
    closing = [check_text.NOTICE + check_text.advice(result.findings), *_failures(sections)]
    return "\n".join([*lines, "", *(part for text in closing for part in hang("", text, width))])


def verdict_table(result: CheckResult, width: int) -> str:
    """Heading and verdict alone; of notices their number."""
    lines = _concluded(result, width)
    if result.notes:
        lines += ["", *hang("", f"注意：另有 {len(result.notes)} 条说明，见 zhibu check 的全部结果。", width)]
    return "\n".join(lines)


def _concluded(result: CheckResult, width: int) -> list[str]:
    lines = [part for line in check_text.heading(result) for part in hang("", line, width)]
    return [*lines, "", "结论", *_verdict(result, width, _SCREEN - len(lines) - 2)]


def _remarks(result: CheckResult, width: int) -> list[str]:
    return [part for line in check_text.remarks(result) for part in hang("", line, width)]


def _failures(sections: Sequence[Section]) -> list[str]:
    """The number of what is missing or not as it should be, for whoever sees the end of a long answer."""
    if not sections or sections[0].title != check_text.FAILURES:
        return []
    return [f"共 {sections[0].size} 项未见记录或问题；从上面“一、”看起，只看结论用 --view 结论。"]


def months_table(result: CheckResult, width: int) -> str:
    """The calendar alone."""
    lines = _months(result, width) or ["", check_text.NOTHING]
    return "\n".join([*_head(result, width), *lines, "", *hang("", check_text.NOTICE, width)])


def talks_table(result: CheckResult, width: int) -> str:
    """Who talked with whom."""
    from zhibu_cli.app.check_talks import talks

    grids = talks(result)
    lines = [line for grid in grids for line in ("", *talk_lines(grid, width))]
    lines = lines or ["", "所选范围内没有谈心谈话的核对项。"]
    head = (
        [*_head(result, width), check_text.INTERNAL]
        if any(grid.rows for grid in grids)
        else _head(result, width)
    )
    return "\n".join([*head, *lines, "", *hang("", check_text.NOTICE, width)])


def _head(result: CheckResult, width: int) -> list[str]:
    lines = [part for line in check_text.heading(result) for part in hang("", line, width)]
    return [*lines, *_remarks(result, width)]


def _verdict(result: CheckResult, width: int, most: int) -> list[str]:
    """The verdict in at most so many lines where that can be.

    What has to be put right is told whole as long as every other word keeps a line; those take two.
    """
    lines = check_text.verdict(result.findings)
    spare = most - len(lines)
    told: list[str] = []
    for line in lines:
        rows = _within(line, width, 1 + (spare if line.grave else min(1, spare)))
        spare -= len(rows) - 1
        told += rows
    return told or ["  " + check_text.NOTHING]


def _within(line: VerdictLine, width: int, most: int) -> list[str]:
    """The line in so many rows, the rest of its duties as a number; one row is always taken."""
    for rows in range(most, 1, -1):
        told = hang("  ", line.within(rows * (width - 4)), width)
        if len(told) <= most:
            return told
    return hang("  ", line.within(width - 2), width)


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
    detailed, lines, groups = section.title != "尚未到期", [], section.groups
    if section.title == "无法判断" and not verbose:
        shared, groups = check_text.by_reason(section)
        lines = [part for one in shared for part in _unjudged(one, width)]
    for group in groups:
        lines += _group(group, width, detailed=detailed, verbose=verbose)
    return lines


def _unjudged(one: Unjudged, width: int) -> list[str]:
    """One reason for many duties; each of them is listed on request."""
    lines = hang("  ", f"【无法判断】{one.reason}（{one.number} 项，--verbose 逐项列出）", width)
    return [*lines, *hang("    事项：", "；".join(one.titles), width)]


def _group(group: Group, width: int, *, detailed: bool, verbose: bool) -> list[str]:
    if not detailed:
        lines, lead = hang("  ", group.heading, width), "      "
    else:
        lines, lead = ["", *hang("  ", f"{group.heading}　{group.rule}", width)], "    事实："
    shown = group.facts if verbose or len(group.facts) <= _MOST_FACTS else group.facts[:_FACTS]
    for fact in shown:
        lines += hang(lead, fact.whole if verbose else fact.line, width)
        if text := check_text.explained(fact.finding):
            lines += hang("    情况说明：", text, width)
    if rest := len(group.facts) - len(shown):
        lines.append(f"      其余 {rest} 条：--verbose 全部列出")
    lines += hang("    依据：", group.grounds, width) if detailed and group.grounds else []
    lines += hang("    处理：" if detailed else "      处理：", group.fix, width) if group.fix else []
    return lines
