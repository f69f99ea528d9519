"""Values for the fields of a register: asked for at a terminal, refused where they are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.cli import asking
from zhibu_cli.model.declare import FieldType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from zhibu_cli.cli.session import Session
    from zhibu_cli.model.declare import Field, Register

Values = dict[str, "str | list[str]"]

INTRODUCTION = "带 * 的不能空，其余没有就直接回车；Ctrl-C 放弃，什么都不写入。"


def complete(
    session: Session,
    register: Register,
    values: Values,
    *,
    yes: bool,
    question: str,
    only: Iterable[str] = (),
    also: Mapping[str, Callable[[str], str]] | None = None,
) -> None:
    """Ask for what is missing at a terminal and confirm; elsewhere refuse where a required value is missing.

    With ``only`` nothing but these fields and the required ones are asked for. ``also`` are complaints
    about single fields beyond what their type says.
    """
    if session.interactive() and not yes:
        wanted = {*only} or {field.name for field in register.fields}
        fields = [
            field
            for field in register.fields
            if field.flag and field.name not in values and (field.required or field.name in wanted)
        ]
        if any(field.required for field in fields):
            asking.say(INTRODUCTION)
            ask_for(session, register, fields, values, also)
            show_summary(session, register, values)
            asking.confirm_or_cancel(question)
    refuse_missing(register.fields, values)


def ask_for(
    session: Session,
    register: Register,
    fields: Sequence[Field],
    values: Values,
    also: Mapping[str, Callable[[str], str]] | None = None,
) -> None:
    """Ask for these fields, one after another."""
    for field in fields:
        put(values, field, ask_field(session, register, field, (also or {}).get(field.name)))


def put(values: Values, field: Field, answer: str) -> None:
    """Keep an answer; an empty one leaves the field blank."""
    if answer:
        values[field.name] = answer


def ask_field(
    session: Session, register: Register, field: Field, also: Callable[[str], str] | None = None
) -> str:
    """One question; the answer is checked as an option would be."""
    help_text = "" if field.help.rstrip("。") in {"", field.label} else field.help
    if field.terms:
        help_text = f"可写：{'、'.join(term.label for term in field.terms)}"
    if field.type is FieldType.ABSENCES:
        help_text += "几个人写成 张三（病假）、李四（公差）。"
    if field.type in {FieldType.NOTE, FieldType.TOPICS} and not field.required:
        return asking.ask_lines(field.label, help_text=help_text)

    from zhibu_cli.model.values import parse_field

    def complain(text: str) -> str:
        problem = parse_field(session.catalogue, register, field, text, session.today)[1]
        return problem or (also(text) if also else "")

    return asking.ask(field.label, help_text=help_text, required=field.required, complain=complain)


def refuse_missing(fields: Iterable[Field], values: Mapping[str, Any]) -> None:
    """Refuse, naming every required option that was not given.

    Raises:
        UsageError: one is missing.
    """
    missing = [field for field in fields if field.required and field.flag and not values.get(field.name)]
    if missing:
        refuse("、".join(f"{field.flag}（{field.label}）" for field in missing))


def refuse(names: str) -> None:
    """Refuse for want of these options.

    Raises:
        UsageError: always.
    """
    from typer._click.exceptions import UsageError
    from typer._click.globals import get_current_context

    raise UsageError(f"缺少选项：{names}。", get_current_context(silent=True))


def summary_rows(
    session: Session,
    register: Register,
    values: Mapping[str, str | list[str]],
    name_of: Callable[[str], str] = str,
) -> list[tuple[Field, str]]:
    """The fields that have a value, and it, as it was understood."""
    from zhibu_cli.cli.answers import readable
    from zhibu_cli.model.values import parse_field

    rows = []
    for field in register.fields:
        if given := values.get(field.name):
            text = given if isinstance(given, str) else "\n".join(given)
            value, problem = parse_field(session.catalogue, register, field, text, session.today)
            rows.append((field, text if problem else readable(session.catalogue, field, value, name_of)))
    return rows


def show_summary(session: Session, register: Register, values: Mapping[str, str | list[str]]) -> None:
    """What is about to be written."""
    from zhibu_cli.cli.layout import pairs, terminal_width

    asking.say("")
    rows = [(field.label, text) for field, text in summary_rows(session, register, values)]
    asking.say("\n".join(pairs(rows, terminal_width())))
