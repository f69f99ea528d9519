"""Who took what out of the ledger when: a line of its log for every paper, export and backup."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.errors import ClassifiedError, LedgerBusyError
from zhibu_cli.store.opening import open_store
from zhibu_cli.text import clean_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from zhibu_cli.app.context import Actor
    from zhibu_cli.app.reporting import Order, Wish
    from zhibu_cli.model.declare import Catalogue

PAPER, EXPORT, FULL, BACKUP, RESTORE = "paper", "export", "export-full", "backup", "restore"
_WORDS = {PAPER: "出材料", EXPORT: "导出", FULL: "全部导出", BACKUP: "备份", RESTORE: "恢复"}


class LogEntry(NamedTuple):
    """One line."""

    at: datetime
    by: str
    what: str
    detail: str


def called(order: Order, wish: Wish) -> str:
    """What was made: ``2026年党员变动情况表``, ``会议记录S12``, with what it shows more than usual."""
    period = order.period.label if order.period else ""
    name = f"{period}{order.kind.title}{order.record}"
    name += f"（{clean_name(order.member)}）" if order.member else ""
    return f"{name}（--full）" if wish.full else name


def note_paper(ledger: Path, title: str, files: Iterable[Path], actor: Actor) -> str:
    """The line for a paper, see ``note_export``."""
    return _note(ledger, PAPER, f"{title}：{'、'.join(file.name for file in files)}", actor)


def note_export(ledger: Path, file: Path, actor: Actor) -> str:
    """The line for an export without the confidential fields (``exporting`` writes that of a full one).

    Gives what the user should know where it could not be written, else nothing: a paper is not held back
    because the ledger lies on a share that may only be read.
    """
    return _note(ledger, EXPORT, file.name, actor)


def note_backup(ledger: Path, file: Path, actor: Actor) -> str:
    """The line for a backup, in the copy (it tells of itself) and in the ledger. See ``note_export``."""
    return _note(ledger, BACKUP, file.name, actor)


def note_restored(ledger: Path, file: Path, actor: Actor) -> str:
    """The line in a ledger that was put back from ``file``, see ``note_export``."""
    return _note(ledger, RESTORE, file.name, actor)


def _note(ledger: Path, action: str, detail: str, actor: Actor) -> str:
    try:
        with open_store(ledger, write=True) as store:
            store.note(action, detail, now=actor.now, who=actor.who)
    except (LedgerBusyError, ClassifiedError) as error:
        return f"这次{_WORDS[action]}没有记入台账日志：{error.message}"
    return ""


def lines(ledger: Path, *, catalogue: Catalogue) -> tuple[LogEntry, ...]:
    """The log of the ledger, the oldest first.

    Raises:
        LedgerNotFoundError, LedgerFormatError, LedgerBusyError: see ``open_store``.
    """
    with open_store(ledger, catalogue=catalogue) as store:
        return tuple(
            LogEntry(line.at, line.by, _WORDS.get(line.action, line.action), line.detail)
            for line in store.log()
        )
