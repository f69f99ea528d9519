"""One entry whole, and all its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.app import listing
from zhibu_cli.cli.answers import show_fields
from zhibu_cli.cli.asking import say
from zhibu_cli.cli.layout import indented, pairs, terminal_width

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.listing import Past
    from zhibu_cli.cli.session import Session


def show_one(session: Session, path: Path, number: str) -> None:
    """Everything an entry holds, who took it in and when."""
    shown = listing.show(path, number, catalogue=session.catalogue)
    entry = shown.entry
    say("　".join(filter(None, (entry.id, shown.kinds or shown.title, shown.day))))
    if entry.voided:
        say(f"【已作废】原因：{entry.reason}")
    say("\n".join(pairs(shown.rows, terminal_width(), most=34)))
    for title, lines in shown.tables:
        say(f"{title}：")
        say("\n".join(f"  {number}. {line}" for number, line in enumerate(lines, 1)))
    if shown.attachments:
        say(f"附件（在“{shown.folder}”文件夹）：")
        for line in shown.attachments:
            say("  " + "\n".join(indented(line, 4, terminal_width())))
    source = f"，随导入 {shown.batch.id}（{'、'.join(shown.batch.files)}）" if shown.batch else ""
    told = f"第 {entry.version} 版，{entry.entered_at:%Y-%m-%d %H:%M} 由 {entry.entered_by} 录入{source}。"
    say("\n".join(indented(told, 2, terminal_width())))


def show_history(session: Session, path: Path, number: str) -> None:
    """Every version, oldest first, with what changed."""
    for past in listing.history(path, number, catalogue=session.catalogue):
        say(_headline(past))
        if past.reason:
            say(f"  原因：{past.reason}")
        if past.version > 1 and not past.changes:
            say("  内容没有变化")
        show_fields(past.changes) if past.version > 1 else _first(past)


def _headline(past: Past) -> str:
    mark = "　【作废】" if past.voided else ""
    return f"第 {past.version} 版　{past.at:%Y-%m-%d %H:%M}　{past.by}{mark}"


def _first(past: Past) -> None:
    say("\n".join(pairs([(field.label, field.new) for field in past.changes], terminal_width(), most=34)))
