"""Recording: take the options, ask for what is missing, show, write, answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.cli import asking
from zhibu_cli.cli.fields import given_values, needed_fields
from zhibu_cli.cli.discretion import ask_about_words
from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.values import is_kinds, parse_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhibu_cli.cli.session import Session
    from zhibu_cli.model.declare import Catalogue, Field, Kind, Register

Values = dict[str, "str | list[str]"]


def record(session: Session, kinds: tuple[Kind, ...], register: Register, options: dict[str, Any]) -> None:
    """``zhibu record …`` from options to answer."""
    from zhibu_cli.app import recording
    from zhibu_cli.cli.answers import show_receipt

    path = session.ledger(options.pop("db"))
    actor = session.actor(options.pop("by"))
    talk = session.interactive() and not options.pop("yes")
    values = given_values({name: value for name, value in options.items() if name != "yes"})
    imply_kind(values, kinds, register)
    asked = ask_missing(session, kinds, register, values) if talk else False
    refuse_missing(register.fields, values)
    ask_about_words(values, interactive=talk)
    if asked:
        show_summary(session, register, values)
        asking.confirm_or_cancel("这样记下吗？")
    receipt = recording.record(path, register, values, actor, session.catalogue)
    show_receipt(session, receipt)


def imply_kind(values: Values, kinds: tuple[Kind, ...], register: Register) -> None:
    """A command for one kind records that kind, whatever else ``--kind`` adds."""
    field = next((field for field in register.fields if is_kinds(field)), None)
    if field is None or len(kinds) != 1:
        return
    own = kinds[0]
    given = values.get(field.name)
    words = [given] if isinstance(given, str) else list(given or ())
    known = [word for text in words for word in text.replace("，", "、").split("、")]
    if not {own.name, own.label, *own.aliases} & {*known}:
        values[field.name] = "、".join([own.label, *words])


def ask_missing(session: Session, kinds: tuple[Kind, ...], register: Register, values: Values) -> bool:
    """Ask for what the kinds need and nobody gave; tells whether anything was asked."""
    catalogue, before = session.catalogue, len(values)
    field = next((field for field in register.fields if is_kinds(field)), None)
    if field is not None and field.name not in values:
        values[field.name] = kinds[asking.choose("哪一种", [kind.label for kind in kinds])].label
    chosen = _chosen(catalogue, register, values, field) or kinds
    wanted = [one for one in needed_fields(chosen, register) if one.name not in values]
    heads = _is_attended(register)
    asked = [one for one in wanted if not (heads and one.name in _HEADS)]
    if asked:
        asking.say("逐项回答；带 * 的不能空，其余没有就直接回车。Ctrl-C 放弃，什么都不写入。")
    for one in asked:
        _put(values, one, ask_field(session, register, one))
    if heads and any(one.name in _HEADS for one in wanted) and not _HEADS & {*values}:
        ask_attendance(session, register, values)
    return len(values) > before or bool(asked)


_HEADS = frozenset({"expected", "present", "attendees", "absentees", "excused"})


def _is_attended(register: Register) -> bool:
    return {"attendees", "absentees"} <= {field.name for field in register.fields}


def _chosen(
    catalogue: Catalogue, register: Register, values: Values, field: Field | None
) -> tuple[Kind, ...]:
    if field is None:
        return ()
    given = values[field.name]
    text = given if isinstance(given, str) else "、".join(given)
    names, _ = parse_field(catalogue, register, field, text)
    return tuple(catalogue.kind(name) for name in names or ())


def _put(values: Values, field: Field, answer: str) -> None:
    if answer:
        values[field.name] = answer


def ask_field(session: Session, register: Register, field: Field) -> str:
    """One question; the answer is checked as an option would be."""
    help_text = "" if field.help.rstrip("。") == field.label else field.help
    if field.terms:
        help_text = f"可写：{'、'.join(term.label for term in field.terms)}"
    if field.type in {FieldType.NOTE, FieldType.TOPICS} and not field.required:
        return asking.ask_lines(field.label, help_text=help_text)

    def complain(text: str) -> str:
        return parse_field(session.catalogue, register, field, text, session.today)[1]

    return asking.ask(field.label, help_text=help_text, required=field.required, complain=complain)


def ask_attendance(session: Session, register: Register, values: Values) -> None:
    """Who was missing, then whether everybody else came; numbers only where that is not so."""
    for name in ("absentees", "excused"):
        _put(values, register.field(name), ask_field(session, register, register.field(name)))
    away = bool({"absentees", "excused"} & {*values})
    question = "其余应到的人都到会了吗？" if away else "应到的人都到会了吗？"
    if asking.confirm(question, default=True):
        values["attendees"] = "其余全体" if away else "全体"
        return
    for name in ("expected", "present", "attendees"):
        _put(values, register.field(name), ask_field(session, register, register.field(name)))


def refuse_missing(fields: Iterable[Field], values: Mapping[str, Any]) -> None:
    """Refuse, naming every required option that was not given.

    Raises:
        UsageError: one is missing.
    """
    from typer._click.exceptions import UsageError
    from typer._click.globals import get_current_context

    missing = [field for field in fields if field.required and field.flag and not values.get(field.name)]
    if missing:
        names = "、".join(f"{field.flag}（{field.label}）" for field in missing)
        raise UsageError(f"缺少选项：{names}。", get_current_context(silent=True))


def show_summary(session: Session, register: Register, values: Values) -> None:
    """What is about to be written, as it was understood."""
    from zhibu_cli.cli.answers import readable
    from zhibu_cli.cli.layout import pairs, terminal_width

    rows = []
    for field in register.fields:
        if given := values.get(field.name):
            text = given if isinstance(given, str) else "\n".join(given)
            value, problem = parse_field(session.catalogue, register, field, text, session.today)
            rows.append((field.label, text if problem else readable(session.catalogue, field, value)))
    asking.say("")
    asking.say("\n".join(pairs(rows, terminal_width())))
