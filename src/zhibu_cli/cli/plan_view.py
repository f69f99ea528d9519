"""A year's plan, and plan against records, as plain text."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from zhibu_cli.app.planning import BESIDE
from zhibu_cli.cli.layout import hang

if TYPE_CHECKING:
    from zhibu_cli.app.planning import AgainstView, PlanView


def plan_table(view: PlanView, width: int) -> str:
    """The whole plan, wrapped to the width: month by month, the articles below."""
    lines = [f"{view.branch}　{view.title}", *hang("", view.scope, width)]
    lines += [part for note in view.notes for part in hang("注意：", note, width)]
    if view.own:
        head = (
            f"计划没有安排到的（{len(view.uncovered)} 项）"
            if view.uncovered
            else "年度计划能安排的事项，都有安排。"
        )
        lines += ["", head, *(part for text in view.uncovered for part in hang("  ", text, width))]
    lines += [] if view.rows else ["", "这一年没有可列的事项。"]
    for label, rows in groupby(view.rows, key=lambda row: row.label):
        lines += ["", label]
        for row in rows:
            refs = f"〔依据{row.refs}〕" if row.refs else ""
            theme = f"：{row.theme}" if row.theme else ""
            told = (f"{row.matter}{theme}", row.when, row.who, row.note if row.note != row.theme else "")
            lines += hang("  ", "　".join(filter(None, told)) + refs, width)
    lines += ["", "依据"] if view.grounds else []
    lines += [part for ground in view.grounds for part in hang("  ", ground, width)]
    return "\n".join(lines)


def not_in_form(view: PlanView, width: int) -> list[str]:
    """What the workbook of a plan has no rows for, so that nobody takes the sheet for the whole."""
    lines = [
        "　".join(filter(None, (row.label, row.matter, row.when))) for row in view.rows if row.item is None
    ]
    if not lines:
        return []
    head = f"条件类和提醒事项（{len(lines)} 项）：“年度计划”表中没有这些类型，列在另一张表“{BESIDE}”；"
    head += "导入后仍会提示。"
    return [*hang("", head, width), *(part for line in lines for part in hang("  ", line, width))]


def against_table(view: AgainstView, width: int) -> str:
    """Each row of the plan with its record, then the records nobody planned."""
    lines = [f"{view.branch}　{view.title}", *hang("", view.scope, width), *hang("", view.summary, width)]
    lines += [part for note in view.notes for part in hang("注意：", note, width)]
    for label, rows in groupby(view.rows, key=lambda row: row.label):
        lines += ["", label]
        for row in rows:
            matter = f"{row.matter}：{row.theme}" if row.theme else row.matter
            told = f"{matter}　计划{row.planned}　{row.done}"
            lines += hang(f"  【{row.state}】", told.rstrip(), width)
    if view.extra:
        lines += ["", f"计划以外的记录（{len(view.extra)} 条）"]
        for extra in view.extra:
            lines += hang(
                "  ", "　".join(filter(None, (extra.day, extra.id, extra.matter, extra.theme))), width
            )
    return "\n".join(lines)
