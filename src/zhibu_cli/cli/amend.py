"""``zhibu amend``: a correction; the version before stays whole."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import By, Db, Reason, RecordId, session_of

if TYPE_CHECKING:
    from zhibu_cli.model.declare import Catalogue, Field, Register

HELP = """更正一条记录：改过的另存为新版本，原来的内容、时间、经手人都保留。

字段用表头的名字；写“字段=”即清空这一项。人名、日期等写法与录入时相同。

例：zhibu amend S12 --set 地点=二楼会议室 --set 缺席人员及原因=张三（病假） --reason 原登记有误"""

app = new_app(HELP)

Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="字段=值", help="要改的一项，如 地点=二楼会议室。（必填）"),
]


@command(app, "amend", HELP)
def amend(number: RecordId, *, set_: Set = None, reason: Reason = None, by: By = None, db: Db = None) -> None:
    """Correct fields of a record and show what changed."""
    from zhibu_cli.app import recording
    from zhibu_cli.cli.answers import show_change
    from zhibu_cli.cli.filling import refuse

    session = session_of()
    path = session.ledger(db)
    if not set_:
        refuse("--set 字段=值")
    values = changes_from(set_ or [], register_for(number, session.catalogue))
    why = reason_or_ask(reason)
    show_change(recording.amend(path, number, values, why, session.actor(by), catalogue=session.catalogue))


def register_for(number: str, catalogue: "Catalogue") -> "Register":
    """The register a number belongs to.

    Raises:
        BadParameter: it is no number of ours.
    """
    register = catalogue.register_of_number(number)
    if register is None:
        raise typer.BadParameter(f"“{number}”不是记录编号；编号如 S12、T3、M5，用 zhibu list 查看。")
    return register


def changes_from(given: list[str], register: "Register") -> dict[str, str | list[str]]:
    """Values by field name out of ``字段=值``; a field given twice becomes a list.

    Raises:
        BadParameter: no such field, or no ``=``.
    """
    names = {word: field.name for field in reversed(register.fields) for word in _words(field)}
    names |= {child.title: child.name for child in register.children}
    values: dict[str, str | list[str]] = {}
    for text in given:
        label, separator, value = text.replace("＝", "=", 1).partition("=")
        name = names.get(label.strip())
        if not separator or name is None:
            labels = "、".join(field.label for field in register.fields)
            raise typer.BadParameter(f"“{text}”应写成 字段=值；“{register.title}”的字段有：{labels}。")
        before = values.get(name)
        values[name] = (
            value if before is None else [*([before] if isinstance(before, str) else before), value]
        )
    return values


def _words(field: "Field") -> tuple[str, ...]:
    return (field.name, field.flag.lstrip("-"), *field.aliases, field.label)


def reason_or_ask(reason: str | None) -> str:
    """The reason given, or asked for at a terminal; refused elsewhere."""
    from zhibu_cli.cli.asking import ask
    from zhibu_cli.cli.filling import refuse

    if reason and reason.strip():
        return reason
    if not session_of().interactive():
        refuse("--reason（原因）")
    return ask("原因", help_text="为什么这样改，随记录保存。", required=True)
