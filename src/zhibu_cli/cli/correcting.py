"""A correction at a terminal: shown field by field, old → new, with its reason, and then confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.cli.rows import reason_or_ask

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.context import Actor
    from zhibu_cli.cli.filling import Values
    from zhibu_cli.cli.session import Session
    from zhibu_cli.model.declare import Field, Register

_QUESTION = "改哪一项（写序号或名称，改完直接回车）"


def correct(
    session: Session,
    path: Path,
    number: str,
    values: Values,
    actor: Actor,
    *,
    reason: str | None,
    yes: bool,
) -> None:
    """Store the correction; at a terminal only after it was shown and confirmed."""
    from zhibu_cli.app import recording
    from zhibu_cli.cli import answers, asking
    from zhibu_cli.cli.discretion import ask_about_words

    ask = session.interactive() and not yes
    if ask:
        change = recording.propose(path, number, values, actor, catalogue=session.catalogue)
        asking.say(f"将更正 {number}：")
        answers.show_fields(change.fields)
        answers.note_doubts(change.unknown, change.notes)
        ask_about_words(change.asked_about, interactive=True)
    why = reason_or_ask(reason)
    if ask:
        asking.confirm_or_cancel("这样更正吗？")
    change = recording.amend(path, number, values, why, actor, catalogue=session.catalogue)
    answers.show_change(change, told=ask)


def ask_changes(session: Session, path: Path, number: str, register: Register) -> Values:
    """What to change, chosen from the fields with what they hold; refused where nobody can be asked."""
    from zhibu_cli.app.listing import show
    from zhibu_cli.cli import asking
    from zhibu_cli.cli.filling import refuse
    from zhibu_cli.cli.layout import pairs, terminal_width

    if not session.interactive():
        refuse("--set 字段=值")
    held = dict(show(path, number, catalogue=session.catalogue).rows)
    fields = [field for field in register.fields if not field.computed]
    rows = [(f"{place} {field.label}", held.get(field.label, "")) for place, field in enumerate(fields, 1)]
    asking.say("\n".join(pairs(rows, terminal_width(), most=20)))
    values: Values = {}
    while field := _chosen(fields):
        asking.say("  写新的内容；直接回车就清空这一项。") if not field.required else None
        values[field.name] = _answer(session, path, number, register, field)
    return values


def _answer(session: Session, path: Path, number: str, register: Register, field: Field) -> str:
    """The new text of a field; people are understood as ``record`` understands them."""
    from zhibu_cli.app.entering import people_of
    from zhibu_cli.cli import asking
    from zhibu_cli.cli.filling import ask_field
    from zhibu_cli.cli.interview import OF_PEOPLE
    from zhibu_cli.cli.layout import indented, terminal_width
    from zhibu_cli.model.values import parse_field

    understand = OF_PEOPLE.get(field.type)
    if understand is None:
        return ask_field(session, register, field)
    people = people_of(path, number, session.today, catalogue=session.catalogue)
    if people.listed:
        asking.say("  " + "\n".join(indented(f"名册：{people.lines()}", 2, terminal_width())))
        asking.say("  写姓名、拼音首字母（zs）或序号，几个人用空格隔开。")

    def complain(text: str) -> str:
        chosen, problem = understand(text, people)
        return problem or parse_field(session.catalogue, register, field, chosen, session.today)[1]

    answer = asking.ask(field.label, required=field.required, complain=complain)
    return understand(answer, people)[0] if answer else ""


def _chosen(fields: list[Field]) -> Field | None:
    """The field whose place or label was typed; None where nothing was."""
    from zhibu_cli.cli import asking

    words = {str(place): field for place, field in enumerate(fields, 1)}
    words |= {field.label: field for field in fields}

    def complain(answer: str) -> str:
        return "" if answer in words else f"请写 1 到 {len(fields)}，或表头的名字。"

    answer = asking.ask(_QUESTION, complain=complain)
    return words[answer] if answer else None
