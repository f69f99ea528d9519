"""What is about to be written, once more: agreed to, corrected, set aside or given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from zhibu_cli.cli import asking
from zhibu_cli.cli.fields import HEADS, questions
from zhibu_cli.cli.filling import summary_rows
from zhibu_cli.cli.layout import pairs, terminal_width
from zhibu_cli.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhibu_cli.cli.interview import Interview
    from zhibu_cli.model.declare import Field

_MOST_SHOWN = 200


def agree(talk: Interview) -> bool:
    """Show what is about to be written and go on only with a yes; tells whether it was shown.

    Raises:
        typer.Abort: the answer was no.
    """
    from zhibu_cli.cli.answers import show_receipt
    from zhibu_cli.cli.discretion import ask_about_words

    if not talk.to_be_shown:
        ask_about_words(talk.prepared().asked_about, interactive=True)
        return False
    while True:
        rows = _show(talk)
        draft = talk.prepared()
        show_receipt(draft, stored=False)
        ask_about_words(draft.asked_about, interactive=True)
        wrong = _line_to_correct(talk, rows)
        if wrong is None:
            return True
        talk.again(wrong)


def _line_to_correct(talk: Interview, rows: Sequence[Field]) -> Field | None:
    """The field to be asked for once more; None: all of it is right.

    Raises:
        typer.Abort: it is not to be written.
    """
    asking.say("回车＝记下，写编号＝改那一项，n＝不记，存＝留作草稿。")
    while True:
        answer = clean(talk.line("这样记下吗？")).lower()
        if answer in {"", "y", "yes", "是"}:
            return None
        if answer in {"n", "no", "否"}:
            raise typer.Abort
        if answer.isdecimal() and 1 <= int(answer) <= len(rows):
            return rows[int(answer) - 1]
        asking.say(f"  请直接回车，或写 1 到 {len(rows)}、n、存。")


def _show(talk: Interview) -> list[Field]:
    """The record as it was understood, numbered; the fields in the order of the numbers."""
    name_of = talk.setting().people.name_of
    found = {one.name: text for one, text in summary_rows(talk.session, talk.register, talk.values, name_of)}
    put = questions(talk.chosen(), talk.register, talk.catalogue)
    blank = {fields[0].name for fields in put if not {one.name for one in fields} & {*found}}
    if blank & HEADS:  # one question, one row
        blank = blank - HEADS | {"attendees"}
    rows = [one for one in talk.register.fields if one.name in found or one.name in blank]
    lines = [
        (f"{place} {one.label}", _abridged(found.get(one.name, "（未填）")))
        for place, one in enumerate(rows, 1)
    ]
    rows_inside = ((child.title, talk.values.get(child.name)) for child in talk.register.children)
    lines += [(title, _joined(given)) for title, given in rows_inside if given]
    asking.say()
    asking.say("\n".join(pairs(lines, terminal_width(), most=34)))
    return rows


def _abridged(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}……（共 {len(text)} 字）"


def _joined(given: str | list[str]) -> str:
    return given if isinstance(given, str) else "\n".join(given)
