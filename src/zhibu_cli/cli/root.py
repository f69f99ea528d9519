"""The program itself: the table of its commands, each imported when it is called."""

from dataclasses import replace
from typing import Annotated, ClassVar

import typer
from typer._click.core import Command, Context

from zhibu_cli.cli.frame import ChineseGroup, Lazy, load, new_app
from zhibu_cli.cli.options import Db, session_of

HELP = """党支部台账：记录组织生活，按条文逐项核对，出季度报告和述职材料。全部在本机离线完成。
不得录入国家秘密、工作秘密。

每个命令后面加 --help 看用法，例如 zhibu record meeting --help。"""

DROPPED = Lazy("open", "dropped", "导入表格文件，核对，打开结果（只写文件名也是这样）；不写文件则打开文件夹")
"""What runs where a file stands in place of a command."""

COMMANDS = (
    Lazy("demo", "demo", "用虚构的支部演示全过程"),
    Lazy("init", "init", "新建一个支部的台账"),
    Lazy("import", "importing", "把 Excel 等表格导入台账"),
    DROPPED,
    Lazy("form", "form", "空白工作簿；会前打印的通知、签到表、记录表、测评票和选票"),
    Lazy("member", "member", "党员名册：增加、列出、查看、修改、转出、转回、同名区分、重复并入"),
    Lazy("group", "group", "党小组：增加、列出、修改、撤销"),
    Lazy("post", "post", "支部职务：任职、列出、离任"),
    Lazy("record", "record", "记录会议、党课、主题党日、谈心谈话等"),
    Lazy("list", "listing", "列出记录"),
    Lazy("show", "showing", "看一条记录的全部内容"),
    Lazy("history", "history", "看一条记录的历次版本"),
    Lazy("amend", "amend", "更正一条记录（旧内容保留）"),
    Lazy("void", "void", "作废一条记录（旧内容保留）"),
    Lazy("attach", "attach", "给一条记录附上签到表、照片、课件等文件"),
    Lazy("find", "find", "在全部记录里查找文字"),
    Lazy("check", "check", "按条文核对：哪些已落实、未见记录、有问题"),
    Lazy("explain", "explain", "说明一条规则：依据、读法、例子"),
    Lazy("rules", "rules", "规则一览、检查规则文件、条文覆盖"),
    Lazy("waive", "waive", "为一项核对结果写情况说明"),
    Lazy("due", "due", "近期要做的事：何时到期、谁来做、依据哪一条"),
    Lazy("plan", "plan", "年度计划：按规则和固定日列出，对照完成情况"),
    Lazy("report", "report", "出材料：季度报告、述职报告和各种表"),
    Lazy("template", "template", "材料的模板：列出、复制、检查、可用的字段"),
    Lazy("log", "log", "台账日志：谁什么时候出过材料、导出过什么"),
    Lazy("export", "exporting", "把台账导出为 Excel 或 JSON"),
    Lazy("backup", "backup", "备份台账、附件和模板，一个 .zip 文件"),
    Lazy("restore", "restore", "把备份放回原处，原来的留在旁边"),
    Lazy("verify", "verify", "核对台账文件有没有在程序以外被改动"),
    Lazy("completion", "shells", "打印命令行补全的脚本（bash、zsh、fish、PowerShell）"),
)


class Root(ChineseGroup):
    """The top level."""

    lazy: ClassVar[tuple[Lazy, ...]] = COMMANDS

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """The command that the first word names, or what is done with a file dropped on the program."""
        from zhibu_cli.cli.pasted import names_table

        if names_table(args[0]):
            return DROPPED.name, load(DROPPED, ctx), args
        return super().resolve_command(ctx, args)


def _version(wanted: bool) -> None:
    if wanted:
        from zhibu_cli import __version__

        typer.echo(f"zhibu {__version__}")
        raise typer.Exit


app = new_app(HELP, Root)


@app.callback(invoke_without_command=True)
def start(
    ctx: typer.Context,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本号。")
    ] = False,
    db: Db = None,
) -> None:
    """Without a command: the menu at a terminal, the help page otherwise.

    ``--db`` may stand before the command too; there it counts like ``ZHIBU_DB``.
    """
    if db is not None:
        session = session_of(ctx)
        ctx.obj = replace(session, env={**session.env, "ZHIBU_DB": str(db)})
    if ctx.invoked_subcommand is not None:
        return
    session = session_of(ctx)
    if session.interactive():
        from zhibu_cli.cli.menu import run_menu

        run_menu(session)
    else:
        typer.echo(ctx.get_help())
