"""The answer of a check as plain text: a verdict that fits one screen, then one part after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.app import check_text
from zhibu_cli.cli.layout import indented, pairs

if TYPE_CHECKING:
    from zhibu_cli.app.check_text import Group, Section
    from zhibu_cli.app.checking import CheckResult


def check_table(result: CheckResult, width: int, *, verbose: bool = False) -> str:
    """The whole answer, wrapped to the width; ``verbose``: with the details of the findings."""
    title, scope = check_text.heading(result)
    lines = [title, scope]
    lines += [part for line in check_text.remarks(result) for part in _hang("", line, width)]
    lines += ["", "结论"]
    lines += _verdict(result, width)
    for number, section in enumerate(check_text.sections(result), 1):
        lines += [
            "",
            f"{'一二三四'[number - 1]}、{section.title}（{section.size} 项）",
            *_section(section, width, verbose=verbose),
        ]
    for name, status in check_text.COUNTED:
        rows = check_text.counted(result, status)
        if rows:
            lines += ["", name, *pairs([(f"{count} 项", title) for title, count in rows], width)]
    closing = check_text.NOTICE + check_text.advice(result)
    return "\n".join([*lines, "", *_hang("", closing, width)])


def _verdict(result: CheckResult, width: int) -> list[str]:
    return [part for line in check_text.verdict(result) for part in _hang("  ", line, width)]


def _section(section: Section, width: int, *, verbose: bool) -> list[str]:
    detailed = section.title != "尚未到期"
    return [
        line for group in section.groups for line in _group(group, width, detailed=detailed, verbose=verbose)
    ]


def _group(group: Group, width: int, *, detailed: bool, verbose: bool) -> list[str]:
    if not detailed:
        lines, lead = _hang("  ", group.heading, width), "      "
    else:
        lines, lead = ["", *_hang("  ", f"{group.heading}　{group.rule}", width)], "    事实："
    for fact in group.facts:
        lines += _hang(lead, fact.line, width)
        lines += _hang("    细节：", fact.finding.detail, width) if verbose and fact.finding.detail else []
        if text := check_text.explained(fact.finding):
            lines += _hang("    情况说明：", text, width)
    if not detailed:
        return lines
    lines += _hang("    依据：", group.grounds, width) if group.grounds else []
    lines += _hang("    处理：", group.fix, width) if group.fix else []
    return lines


def _hang(lead: str, text: str, width: int) -> list[str]:
    """The text behind a lead-in, continued under its own first character."""
    from zhibu_cli.text import display_width

    first, *rest = indented(text, display_width(lead), width)
    return [lead + first, *rest]
