"""What is owed next as plain text: a line for the day and the duty, below it who, facts and articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.cli.layout import hang

if TYPE_CHECKING:
    from zhibu_cli.app.due import DueRow, DueView


def due_table(view: DueView, width: int, *, verbose: bool = False) -> str:
    """The whole answer, wrapped to the width; ``verbose``: with the names behind the numbers."""
    lines = [f"{view.branch}　{view.title}", *hang("", view.scope, width)]
    lines += [part for note in view.notes for part in hang("注意：", note, width)]
    for number, part in enumerate(view.parts):
        lines += ["", f"{'一二三四五'[number]}、{part.title}"]
        lines += [line for row in part.rows for line in _row(row, width, verbose=verbose)]
    return "\n".join([*lines, *(["", view.nothing] if view.nothing else [])])


def _row(row: DueRow, width: int, *, verbose: bool) -> list[str]:
    lines = hang("  ", row.when, width)
    lines += hang("    ", f"{row.title}　{row.rule}", width)
    names = f"：{row.names}" if verbose and row.names else ""
    told = (
        ("谁：", row.who + names),
        ("事实：", row.fact),
        ("情况说明：", row.explained),
        ("依据：", row.grounds),
        ("处理：", row.remedy),
    )
    return lines + [line for lead, text in told if text for line in hang(f"      {lead}", text, width)]
