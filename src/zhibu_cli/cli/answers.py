"""Answers to commands that write: what is now recorded, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from zhibu_cli.app.wording import cells, full_day
from zhibu_cli.cli.asking import note, say
from zhibu_cli.cli.discretion import ask_about_words
from zhibu_cli.cli.layout import indented, pairs, terminal_width
from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.finding import Status
from zhibu_cli.model.values import format_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zhibu_cli.app.recording import Change, Receipt
    from zhibu_cli.app.wording import FieldChange
    from zhibu_cli.cli.session import Session
    from zhibu_cli.model.declare import Catalogue, Field
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.finding import Finding


def readable(catalogue: Catalogue, field: Field, value: Any, name_of: Callable[[str], str] = str) -> str:
    """A value as people read it; days with their weekday."""
    day = field.type in {FieldType.DATE, FieldType.DAY_OR_MONTH} and isinstance(value, str)
    if day and len(value) > len("1985-05"):
        return full_day(date.fromisoformat(value))
    return format_field(catalogue, field, value, name_of)


def show_receipt(receipt: Receipt, *, stored: bool = True, told: bool = False) -> None:
    """The answer to ``record``: number, day, head counts, what the rules say, what to look at.

    ``told``: what to look at was said already, when the draft was shown.
    """
    if stored:
        say(f"已记录 {receipt.entry.id}　{'　'.join(filter(None, (receipt.kinds, receipt.day)))}")
    if receipt.counts:
        say(f"  {receipt.counts}")
    for finding in sorted(receipt.findings, key=_urgency):
        _point(_judged(finding))
    for finding in receipt.duties:
        _point(f"已落实：{_duty(finding)}")
    if not told:
        note_doubts(receipt.unknown, receipt.notes)


def note_doubts(unknown: Iterable[str], notes: Iterable[str] = ()) -> None:
    """What to look at beside an answer: names that nobody bears, and what else should be known."""
    if names := "、".join(unknown):
        note(f"注意：名册里没有 {names}，照原样记下。")
    for text in notes:
        note(f"注意：{text}")


def _judged(finding: Finding) -> str:
    from zhibu_cli.app.check_text import mark

    return f"{mark(finding)}：{finding.title}。{finding.message}"


def _urgency(finding: Finding) -> tuple[int, int]:
    """What is wrong comes first, the graver before the lighter; what is in order comes last."""
    status = _OPEN.index(finding.status) if finding.status in _OPEN else len(_OPEN)
    return status, finding.severity.rank


_OPEN = (Status.MISSED, Status.UNKNOWN)


def _point(text: str) -> None:
    """A line of the answer, pushed in where it is longer than the terminal is wide."""
    say("  " + "\n".join(indented(text, 4, terminal_width())))


def _duty(finding: Finding) -> str:
    from zhibu_cli.app.check_text import when

    return "　".join(filter(None, (finding.title, when(finding))))


def show_entry_lines(session: Session, entry: Entry, name_of: Callable[[str], str] = str) -> None:
    """Every field of an entry, label and text."""
    catalogue = session.catalogue
    register = catalogue.register(entry.register)
    rows = [(label, text) for _, label, text in cells(entry.payload, register, catalogue, name_of)]
    say("\n".join(pairs(rows, terminal_width())))


def show_change(change: Change, *, told: bool = False) -> None:
    """The answer to ``amend``: every field before and after, unless that was ``told`` already."""
    new = change.new
    say(f"已更正 {new.id}，现为第 {new.version} 版；旧版本保留，可用 zhibu history {new.id} 查看。")
    if told:
        return
    show_fields(change.fields)
    note_doubts(change.unknown, change.notes)
    ask_about_words(change.asked_about, interactive=False)


def show_fields(fields: Iterable[FieldChange]) -> None:
    """Fields before and after, one to a line."""
    for field in fields:
        old, new = field.old or "（空）", field.new or "（空）"
        if "\n" in old + new:
            say(f"  {field.label}：")
            say("\n".join(pairs([("原", old), ("改为", new)], terminal_width(), indent=4)))
        else:
            say(f"  {field.label}：{old} → {new}")
