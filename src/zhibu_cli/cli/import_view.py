"""What an import would do, shown before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.cli.asking import say
from zhibu_cli.cli.layout import indented, table, terminal_width
from zhibu_cli.text import brief

if TYPE_CHECKING:
    from zhibu_cli.app.plan import ImportPlan
    from zhibu_cli.model.sheet_report import SheetReport

SHOWN = 50
"""So many amended rows are told field by field; more of them are only counted."""
_LONGEST = 60
"""So much of a text is shown of a row that will be stored."""


def show_plan(plan: ImportPlan) -> None:
    """How each sheet was understood; how many rows are new, amended, unchanged; what to know."""
    from zhibu_cli.cli.answers import show_fields

    if plan.creates and not plan.problems:
        say(f"将新建台账 {plan.path}")
    for sheet in plan.sheets:
        show_sheet(sheet, several=len(plan.files) > 1)
    if plan.counts:
        rows = [(title, *map(str, numbers)) for title, *numbers in plan.counts]
        say(table(("工作表", "新增", "更新", "相同"), rows))
    for title, fields in plan.samples:
        text = "；".join(f"{label} {_in_a_line(said)}" for label, said in fields)
        _say(f"首条将录作 {title}：{text}。")
    for row in plan.amended[:SHOWN]:
        say(f"更新 {row.id} {row.summary}（{row.place}）")
        show_fields(row.changes)
    if len(plan.amended) > SHOWN:
        say(f"……另有 {len(plan.amended) - SHOWN} 条更新，没有逐条列出。")
    for text in plan.notes:
        say(f"注意：{text}")


def _in_a_line(said: str) -> str:
    """A value as a part of a sentence: lines of a cell apart, no full stop before what follows."""
    lines = [line.strip() for line in said.strip().splitlines() if line.strip()]
    return brief(" / ".join(lines), _LONGEST).removesuffix("。")


def show_sheet(sheet: SheetReport, *, several: bool) -> None:
    """One sheet: what it was taken for, which column is what, how many rows were taken and left."""
    file = f"{sheet.file} " if several else ""
    if not sheet.title:
        say(f"{file}工作表“{sheet.sheet}” → 不认识，不导入")
        return
    why = "" if sheet.plain else f"（{'；'.join((f'按{sheet.how}认出', *sheet.said))}）"
    counts = [f"取{sheet.taken}行"]
    if sheet.left:
        reasons = "、".join(f"{why.removeprefix('是')}{count}" for why, count in sheet.left)
        counts.append(f"不取{sum(count for _why, count in sheet.left)}行（{reasons}）")
    counts += [f"只有序号或未填写的{sheet.blank}行"] if sheet.blank else []
    _say(f"{file}工作表“{sheet.sheet}” → {sheet.title}{why}：{'，'.join(counts)}")
    if not sheet.plain:
        for line in _columns(sheet):
            _say(line, indent=4)


def _columns(sheet: SheetReport) -> list[str]:
    """The columns in three lines: named otherwise, named as here, not taken."""
    other, same, out = [], [], []
    for at, header, use in sheet.columns:
        if use.startswith("不导入"):
            out.append(f"{at} {header}{use.removeprefix('不导入')}".strip())
        elif header == use:
            same.append(header)
        else:
            other.append(f"{at} {header} → {use}".strip())
    lines = [("各列：", other), ("列名相同：", same), ("不导入：", out)]
    return [f"  {head}{'、'.join(words)}" for head, words in lines if words]


def _say(text: str, indent: int = 2) -> None:
    say("\n".join(indented(text, indent, terminal_width())))
