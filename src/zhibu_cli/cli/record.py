"""``zhibu record …``: a command for every kind of record, made from the declarations.

A kind declared with a command name appears here with options, questions and help of its own; no
code is written for it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer
from typer._click.exceptions import UsageError

from zhibu_cli.cli.fields import common, generated, options_of
from zhibu_cli.cli.frame import ChineseGroup, new_app
from zhibu_cli.cli.options import By, Db, Yes, session_of
from zhibu_cli.model.values import is_kinds

if TYPE_CHECKING:
    from typer._click.core import Command, Context

    from zhibu_cli.model.declare import Catalogue, Kind, Register

HELP = """会后记一条。只写 zhibu record，在终端里一项一项问：地点、主持人、记录人照上一次的提出来，
人可以写拼音首字母或序号，写入前先给看一遍。写明类型和选项的，缺什么问什么，写全了直接记下。

不得录入国家秘密、工作秘密。谈心谈话不宜录入的内容写“纸质记录存放处”。"""


def commands_of(catalogue: Catalogue) -> dict[str, tuple[Kind, ...]]:
    """Kinds by the name of the command that records them."""
    found: dict[str, tuple[Kind, ...]] = {}
    for kind in catalogue.kinds:
        if kind.command:
            found[kind.command] = (*found.get(kind.command, ()), kind)
    return found


class RecordGroup(ChineseGroup):
    """The commands that the catalogue declares."""

    def rows(self, ctx: Context) -> list[tuple[str, str]]:
        """Name of each command and the kinds it records."""
        commands = commands_of(session_of(ctx).catalogue)
        return [(name, "、".join(kind.label for kind in kinds)) for name, kinds in commands.items()]

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """The command, built now from the declarations."""
        catalogue = session_of(ctx).catalogue
        kinds = commands_of(catalogue).get(cmd_name)
        return _build(cmd_name, kinds, catalogue.register(kinds[0].register)) if kinds else None


app = new_app(HELP, RecordGroup)


@app.callback(invoke_without_command=True)
def start(ctx: typer.Context, *, by: By = None, db: Db = None) -> None:
    """Without a kind: the questions at a terminal; elsewhere the kinds that may be written."""
    session = session_of(ctx)
    env = {"ZHIBU_USER": by or "", "ZHIBU_DB": str(db or "")}
    session = replace(session, env={**session.env, **{name: text for name, text in env.items() if text}})
    if ctx.invoked_subcommand is not None:
        ctx.obj = session
        return
    if not session.interactive():
        raise UsageError(f"没有写明记什么；可写：{'、'.join(commands_of(session.catalogue))}。", ctx)
    from zhibu_cli.cli.wizard import ask_record

    ask_record(session, session.ledger(None), None)


def _build(name: str, kinds: tuple[Kind, ...], register: Register) -> Command:
    def body(ctx: typer.Context, options: dict[str, Any]) -> None:
        from zhibu_cli.cli.record_flow import record

        record(session_of(ctx), kinds, register, options)

    one = new_app("")
    parameters = [*options_of(register, known=_known(kinds, register)), *common(yes=Yes, by=By, db=Db)]
    generated(one, name, body, parameters, text=_help(name, kinds, register))
    return typer.main.get_command(one)


def _known(kinds: tuple[Kind, ...], register: Register) -> tuple[str, ...]:
    """The field 类型 where the command itself says which one it is."""
    return tuple(field.name for field in register.fields if is_kinds(field)) if len(kinds) == 1 else ()


def _help(name: str, kinds: tuple[Kind, ...], register: Register) -> str:
    labels = "、".join(kind.label for kind in kinds)
    text = f"记录：{labels}。"
    needs = dict.fromkeys(need.label for kind in kinds for need in kind.needs)
    if needs:
        text += f"\n\n完整的记录还应写明：{'、'.join(needs)}。"
    known = _known(kinds, register)
    asked = (field for field in register.fields if field.required and field.name not in known)
    required = [f"{field.flag} …" for field in asked if field.flag]
    return f"{text}\n\n例：zhibu record {name} {' '.join(required)}"
