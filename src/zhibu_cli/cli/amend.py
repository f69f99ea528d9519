"""``zhibu amend``: a correction; the version before stays whole.

The number tells the register, and the register's fields are options here as they are in ``record``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhibu_cli.cli.fields import common, generated, given_values, options_of
from zhibu_cli.cli.frame import new_app
from zhibu_cli.cli.options import By, Db, Reason, RecordId, Yes, number_parser, session_of
from zhibu_cli.cli.rows import who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer._click.core import Context

    from zhibu_cli.model.declare import Catalogue, Field, Register

HELP = """更正一条记录：改过的另存为新版本，原来的内容、时间、经手人都保留。

字段写表头的名字（--set 地点=二楼），或用录入时的选项（--place 二楼；先写编号再看 --help）。
内容留空即清空这一项，如 --set 备注=。在终端上先列出改前改后，问明原因，确认了才写入；只写编号就逐项来问。

例：zhibu amend S12 --set 地点=二楼会议室 --set 缺席人员及原因=张三（病假） --reason 原登记有误"""

OWN_FLAGS = frozenset({"--reason", "--by", "--db", "--set", "--yes"})

Set = Annotated[
    list[str] | None, typer.Option("--set", metavar="字段=值", help="要改的一项，如 地点=二楼会议室。")
]


def build(ctx: Context, words: Sequence[str]) -> typer.Typer:
    """The command with the options of the register that the number among the words belongs to."""
    catalogue = session_of(ctx).catalogue
    register = next(filter(None, map(catalogue.register_of_number, map(number_parser, words))), None)
    if register is None and words and not words[0].startswith("-"):
        register_for(words[0], catalogue)
    fields = options_of(register, leave_out=_clashing(register), correcting=True) if register else ()
    app = new_app(HELP)
    parameters = [who(RecordId), *common(set_=Set, reason=Reason), *fields, *common(yes=Yes, by=By, db=Db)]
    generated(app, "amend", amend, parameters, text=HELP)
    return app


def _clashing(register: Register) -> tuple[str, ...]:
    return tuple(field.name for field in register.fields if field.flag in OWN_FLAGS)


def amend(_ctx: typer.Context, options: dict[str, Any]) -> None:
    """Correct fields of a record and show what changed."""
    from zhibu_cli.cli.correcting import ask_changes, correct

    session = session_of()
    number, reason, yes = options.pop("who"), options.pop("reason"), options.pop("yes")
    path, actor = session.ledger(options.pop("db")), session.actor(options.pop("by"))
    register = register_for(number, session.catalogue)
    values = {**changes_from(options.pop("set_") or [], register), **given_values(options)}
    if not values:
        values = ask_changes(session, path, number, register)
    correct(session, path, number, values, actor, reason=reason, yes=yes)


def register_for(number: str, catalogue: Catalogue) -> Register:
    """The register a number belongs to.

    Raises:
        BadParameter: it is no number of ours.
    """
    register = catalogue.register_of_number(number)
    if register is None:
        raise typer.BadParameter(f"“{number}”不是记录编号；编号如 S12、T3、M5，用 zhibu list 查看。")
    return register


def changes_from(given: Sequence[str], register: Register) -> dict[str, str | list[str]]:
    """Values by field name out of ``字段=值``; a field given twice becomes a list.

    Raises:
        BadParameter: no such field, no name before the ``=``, or no ``=``.
    """
    names = {word: field.name for field in reversed(register.fields) for word in _words(field)}
    names |= {child.title: child.name for child in register.children}
    values: dict[str, str | list[str]] = {}
    for text in given:
        label, separator, value = text.replace("＝", "=", 1).partition("=")
        name = names.get(label.strip())
        if not separator or name is None:
            labels = "、".join([*(field.label for field in register.fields), *_titles(register)])
            known = separator and label.strip()
            what = f"没有“{label.strip()}”这一项" if known else f"“{text}”应写成 字段=值"
            raise typer.BadParameter(f"{what}；“{register.title}”的字段有：{labels}。")
        before = values.get(name)
        values[name] = (
            value if before is None else [*([before] if isinstance(before, str) else before), value]
        )
    return values


def _titles(register: Register) -> tuple[str, ...]:
    return tuple(child.title for child in register.children)


def _words(field: Field) -> tuple[str, ...]:
    words = (field.name, field.flag.lstrip("-"), *field.aliases, field.label)
    return tuple(filter(None, words))  # a field without an option has an empty flag
