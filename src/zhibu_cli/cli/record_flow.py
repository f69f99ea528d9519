"""Recording: take the options, ask for what is missing, show, write, answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.cli import asking
from zhibu_cli.cli.fields import given_values, needed_fields
from zhibu_cli.cli.filling import INTRODUCTION, ask_field, ask_for, put, refuse_missing, show_summary
from zhibu_cli.model.values import is_kinds, parse_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zhibu_cli.app.recording import Receipt
    from zhibu_cli.cli.filling import Values
    from zhibu_cli.cli.session import Session
    from zhibu_cli.model.declare import Catalogue, Field, Kind, Register

_HEADS = ("expected", "present", "attendees", "absentees", "excused")


def record(session: Session, kinds: tuple[Kind, ...], register: Register, options: dict[str, Any]) -> None:
    """``zhibu record …`` from options to answer."""
    from zhibu_cli.app import recording
    from zhibu_cli.cli.answers import show_receipt
    from zhibu_cli.cli.discretion import ask_about_words

    path = session.ledger(options.pop("db"))
    actor = session.actor(options.pop("by"))
    talk = not options.pop("yes") and session.interactive()
    values = given_values(options)
    imply_kind(values, kinds, register)

    def prepared() -> Receipt:
        return recording.prepare(path, register.name, values, actor, catalogue=session.catalogue)

    asked = ask_missing(session, kinds, register, values, prepared) if talk else False
    refuse_missing(register.fields, values)
    if talk:
        _agree(session, register, values, prepared(), asked=asked)
    receipt = recording.record(path, register.name, values, actor, catalogue=session.catalogue)
    if not talk:
        ask_about_words(receipt.asked_about, interactive=False)
    show_receipt(receipt, told=asked)


def _agree(session: Session, register: Register, values: Values, draft: Receipt, *, asked: bool) -> None:
    """Show what is about to be written, and go on only with a yes."""
    from zhibu_cli.cli.answers import show_receipt
    from zhibu_cli.cli.discretion import ask_about_words

    if asked:
        show_summary(session, register, values)
        show_receipt(draft, stored=False)
    ask_about_words(draft.asked_about, interactive=True)
    if asked:
        asking.confirm_or_cancel("这样记下吗？")


def imply_kind(values: Values, kinds: tuple[Kind, ...], register: Register) -> None:
    """A command for one kind records that kind, whatever else ``--kind`` adds."""
    field = _kind_field(register)
    if field is None or len(kinds) != 1:
        return
    own = kinds[0]
    given = values.get(field.name)
    words = [given] if isinstance(given, str) else list(given or ())
    known = [word for text in words for word in text.replace("，", "、").split("、")]
    if not {own.name, own.label, *own.aliases} & {*known}:
        values[field.name] = "、".join([own.label, *words])


def _kind_field(register: Register) -> Field | None:
    return next((field for field in register.fields if is_kinds(field)), None)


def ask_missing(
    session: Session,
    kinds: tuple[Kind, ...],
    register: Register,
    values: Values,
    prepared: Callable[[], Receipt],
) -> bool:
    """Ask for what the kinds need and nobody gave; tells whether anything was asked."""
    before = dict(values)
    field = _kind_field(register)
    if field is not None and field.name not in values:
        values[field.name] = kinds[asking.choose("哪一种（写编号）", [kind.label for kind in kinds])].label
    chosen = _chosen(session.catalogue, register, values, field) or kinds
    wanted = [one for one in needed_fields(chosen, register) if one.name not in values]
    if wanted:
        asking.say(INTRODUCTION)
    heads = [one for one in wanted if one.name in _HEADS] if _is_attended(register) else []
    rest = [one for one in wanted if one not in heads]
    first = [one for one in rest if one.required or one.name == "group"]
    ask_for(session, register, first, values)
    if heads and not {*_HEADS} & {*values}:
        ask_attendance(session, register, values, prepared)
    ask_for(session, register, [one for one in rest if one not in first], values)
    if wanted:
        ask_rows(register, values, prepared)
    return values != before or bool(rest)


def ask_rows(register: Register, values: Values, prepared: Callable[[], Receipt]) -> None:
    """Ask for rows inside the record, such as votes, until all of them can be read."""
    for child in register.children:
        if child.name in values or not asking.confirm(f"有{child.title}要记吗？", default=False):
            continue
        labels = "、".join(field.label for field in child.fields)
        while lines := asking.ask_lines(
            f"{child.title}，一行一项", help_text=f"写成 {_form(child)}；可写：{labels}"
        ):
            values[child.name] = lines.split("\n")
            if not _retry(values, child.name, prepared):
                break


def _form(child: Register) -> str:
    return " ".join(f"{field.label}=…" for field in child.fields[:3])


def _retry(values: Values, name: str, prepared: Callable[[], Receipt]) -> bool:
    """Take a value back where the record cannot be read with it, and say why."""
    from zhibu_cli.errors import InputError

    try:
        prepared()
    except InputError as error:
        asking.say(f"  {error.message}")
        del values[name]
        return True
    return False


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


def ask_attendance(
    session: Session, register: Register, values: Values, prepared: Callable[[], Receipt]
) -> None:
    """Who was missing, then whether everybody else came; numbers only where that is not so."""
    due = prepared().due_names
    if due:
        asking.say(f"按当天名册应到 {len(due)} 人：{'、'.join(due)}")
    _ask_each(session, register, values, ("absentees", "excused"), prepared)
    away = bool({"absentees", "excused"} & {*values})
    question = "其余应到的人都到会了吗？" if away else "应到的人都到会了吗？"
    if due and asking.confirm(question, default=True):
        values["attendees"] = "其余全体" if away else "全体"
        return
    _ask_each(session, register, values, ("expected", "present", "attendees"), prepared)


def _ask_each(
    session: Session,
    register: Register,
    values: Values,
    names: Iterable[str],
    prepared: Callable[[], Receipt],
) -> None:
    """Ask for people one field after another, again where the roster cannot tell who is meant."""
    known = {field.name: field for field in register.fields}
    for name in names:
        while name in known and name not in values:
            put(values, known[name], ask_field(session, register, known[name]))
            if name not in values or not _retry(values, name, prepared):
                break
