"""What ``member``, ``group`` and ``post`` share: commands made from a register's fields."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhibu_cli.cli.fields import common, generated, given_values, options_of
from zhibu_cli.cli.options import All, By, Db, Reason, Yes, session_of
from zhibu_cli.model.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from zhibu_cli.app.recording import Receipt
    from zhibu_cli.cli.session import Session
    from zhibu_cli.model.entry import Entry


def who(annotation: Any, *, required: bool = True) -> inspect.Parameter:
    """The argument that names a person, a group or a record."""
    return inspect.Parameter(
        "who",
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
        default=inspect.Parameter.empty if required else None,
        annotation=annotation,
    )


def reason_or_ask(reason: str | None) -> str:
    """The reason given, or asked for at a terminal; refused elsewhere."""
    from zhibu_cli.cli.asking import ask
    from zhibu_cli.cli.filling import refuse

    if reason and reason.strip():
        return reason
    if not session_of().interactive():
        refuse("--reason（原因）")
    return ask("原因", help_text="为什么这样改，随记录保存。", required=True)


def adding(
    app: typer.Typer, register_name: str, first: str, text: str, *, name: str = "add", ask: str
) -> None:
    """A command that puts a row into a register; its argument fills the field ``first``."""
    register = CATALOGUE.register(register_name)
    field = register.field(first)

    def body(ctx: typer.Context, options: dict[str, Any]) -> None:  # noqa: ARG001
        from zhibu_cli.app import people
        from zhibu_cli.cli.filling import complete

        session = session_of()
        path, actor, yes = (
            session.ledger(options.pop("db")),
            session.actor(options.pop("by")),
            options.pop("yes"),
        )
        named = options.pop("who")
        values = given_values(options)
        if named:
            values[first] = named
        complete(session, register, values, yes=yes, question="这样录入吗？")
        receipt = people.add_row(path, register_name, values, actor, catalogue=session.catalogue)
        added(session, path, receipt)

    named = typer.Argument(metavar=field.label, help=field.help)
    argument = who(Annotated[str | None, named], required=False)
    parameters = [argument, *options_of(register), *common(yes=Yes, by=By, db=Db)]
    generated(app, name, body, parameters, text=f"{text}\n\n{ask}")


def editing(app: typer.Typer, register_name: str, text: str) -> None:
    """A command that corrects a row named by its number or name."""
    register = CATALOGUE.register(register_name)

    def body(ctx: typer.Context, options: dict[str, Any]) -> None:  # noqa: ARG001
        from zhibu_cli.app import people
        from zhibu_cli.cli.correcting import correct
        from zhibu_cli.cli.filling import refuse

        session = session_of()
        path, actor = session.ledger(options.pop("db")), session.actor(options.pop("by"))
        yes, reason, named = options.pop("yes"), options.pop("reason"), options.pop("who")
        values = given_values(options)
        if not values:
            refuse("要改的项，如 --note 内容")
        number = people.number_of(path, register_name, named, catalogue=session.catalogue)
        correct(session, path, number, values, actor, reason=reason, yes=yes)

    named = typer.Argument(
        metavar="姓名或编号" if register_name == "member" else "名称或编号", help="改哪一个。"
    )
    argument = who(Annotated[str, named])
    parameters = [
        argument,
        *options_of(register, correcting=True),
        *common(reason=Reason, yes=Yes, by=By, db=Db),
    ]
    generated(app, "edit", body, parameters, text=text)


def listing(app: typer.Typer, register_name: str, labels: Sequence[str], text: str) -> None:
    """A command that lists the rows of a register."""

    def body(ctx: typer.Context, options: dict[str, Any]) -> None:  # noqa: ARG001
        session = session_of()
        path = session.ledger(options["db"])
        show_rows(session, path, register_name, labels, include_voided=options["all_"])

    generated(app, "list", body, common(all_=All, db=Db), text=text)


def show_rows(
    session: Session, path: Path, register_name: str, labels: Sequence[str], *, include_voided: bool
) -> None:
    """Rows of a register as a table."""
    from zhibu_cli.app import people
    from zhibu_cli.cli.asking import say
    from zhibu_cli.cli.layout import table, terminal_width

    rows = people.rows(path, register_name, include_voided=include_voided, catalogue=session.catalogue)
    if not rows:
        say(f"还没有{session.catalogue.register(register_name).title}的记录。")
        return
    lines = [[_number(entry), *(cells.get(label, "") for label in labels)] for entry, cells in rows]
    say(table(["编号", *labels], lines, terminal_width()))


def _number(entry: Entry) -> str:
    return entry.id + ("（已作废）" if entry.voided else "")


def added(session: Session, path: Path, receipt: Receipt) -> None:
    """The answer to a row that was put in: the row as it now stands."""
    from zhibu_cli.app.listing import show
    from zhibu_cli.cli.answers import note_doubts
    from zhibu_cli.cli.asking import say
    from zhibu_cli.cli.discretion import ask_about_words
    from zhibu_cli.cli.layout import pairs, terminal_width

    shown = show(path, receipt.entry.id, catalogue=session.catalogue)
    say(f"已录入 {'　'.join(filter(None, (receipt.entry.id, shown.title, receipt.day)))}")
    say("\n".join(pairs(shown.rows, terminal_width())))
    note_doubts(receipt.unknown, receipt.notes)
    ask_about_words(receipt.asked_about, interactive=False)
