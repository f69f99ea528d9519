"""Recording: take the options, ask for what is missing, show, write, answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.cli.fields import given_values
from zhibu_cli.cli.filling import refuse_missing
from zhibu_cli.model.values import is_kinds

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.cli.filling import Values
    from zhibu_cli.cli.interview import Interview
    from zhibu_cli.cli.session import Session
    from zhibu_cli.model.declare import Field, Kind, Register


def record(session: Session, kinds: tuple[Kind, ...], register: Register, options: dict[str, Any]) -> None:
    """``zhibu record …`` from options to answer."""
    path = session.ledger(options.pop("db"))
    actor = session.actor(options.pop("by"))
    talk = not options.pop("yes") and session.interactive()
    values = given_values(options)
    imply_kind(values, kinds, register)
    if talk:
        from zhibu_cli.cli.interview import Interview

        converse(
            Interview(session=session, path=path, actor=actor, kinds=kinds, register=register, values=values)
        )
        return
    from zhibu_cli.app import recording
    from zhibu_cli.cli.answers import show_receipt
    from zhibu_cli.cli.discretion import ask_about_words

    refuse_missing(register.fields, values)
    receipt = recording.record(path, register.name, values, actor, catalogue=session.catalogue)
    ask_about_words(receipt.asked_about, interactive=False)
    show_receipt(receipt)


def converse(talk: Interview, draft: Path | None = None) -> None:
    """Ask for what is missing, show it, write it after a yes; ``draft`` is where the values come from.

    Ctrl-C leaves no trace. 存, an error and a window that is closed leave a draft.
    """
    from zhibu_cli.app.entering import must_be_writable
    from zhibu_cli.cli.interview import SetAsideError
    from zhibu_cli.cli.review import agree
    from zhibu_cli.cli.setting_aside import kept_on_trouble, set_aside

    must_be_writable(talk.path)
    with kept_on_trouble(talk, draft):
        try:
            talk.run()
            refuse_missing(talk.register.fields, talk.values)
            told = agree(talk)
        except SetAsideError:
            set_aside(talk, draft)
            return
        _write(talk, told=told)
    if draft is not None:
        from zhibu_cli.app.drafts import drop_draft

        drop_draft(draft)


def _write(talk: Interview, *, told: bool) -> None:
    from zhibu_cli.app import recording
    from zhibu_cli.cli.answers import show_receipt

    receipt = recording.record(
        talk.path, talk.register.name, talk.values, talk.actor, catalogue=talk.catalogue
    )
    show_receipt(receipt, told=told)


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
