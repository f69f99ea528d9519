"""``zhibu init``: the ledger of a branch."""

from pathlib import Path
from typing import Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import By, Db, Yes, session_of

HELP = """新建一个支部的台账：一个文件就是一个支部。在终端里缺什么问什么。

不得录入国家秘密、工作秘密。

例：zhibu init --name 中共某局机关第一支部委员会 --founded 2015-06-01"""

app = new_app(HELP)

Name = Annotated[str | None, typer.Option("--name", metavar="名称", help="支部全称。（必填）")]
Superior = Annotated[str | None, typer.Option("--superior", metavar="名称", help="直接上级党组织全称。")]
Founded = Annotated[
    str | None, typer.Option("--founded", metavar="日期", help="上级批复成立的日期。（必填）")
]
Type = Annotated[
    str | None, typer.Option("--type", metavar="类型", help="党支部（默认）、联合党支部或临时党支部。")
]
ThemeDay = Annotated[
    str | None, typer.Option("--theme-day", metavar="固定日", help="如“每月20日”“每月第一个星期五”。")
]
Start = Annotated[
    list[str] | None,
    typer.Option(
        "--ledger-from",
        metavar="日期",
        help="台账起始日，以前的事不作判断；某一册另定的写 谈心谈话=2026-01-01。",
    ),
]
Packs = Annotated[
    list[str] | None, typer.Option("--pack", metavar="规定", help="按哪些规定核对；不写用默认。")
]


@command(app, "init", HELP)
def init(
    *,
    name: Name = None,
    superior: Superior = None,
    founded: Founded = None,
    type_: Type = None,
    theme_day: ThemeDay = None,
    ledger_from: Start = None,
    pack: Packs = None,
    yes: Yes = False,
    by: By = None,
    db: Db = None,
) -> None:
    """Create the ledger and say where it is."""
    from zhibu_cli.app.files import new_ledger_path
    from zhibu_cli.app.setup import init_ledger, strange_packs
    from zhibu_cli.cli.answers import show_entry_lines
    from zhibu_cli.cli.asking import note, say
    from zhibu_cli.cli.discretion import NOTICE
    from zhibu_cli.cli.filling import complete

    session = session_of()
    path = new_ledger_path(db, session.env, session.cwd())
    refuse_existing(path)
    given = {
        "name": name,
        "superior": superior,
        "founded": founded,
        "type": type_,
        "theme_day": theme_day,
        "ledger_from": ledger_from,
        "packs": pack,
    }
    values = {key: value for key, value in given.items() if value}
    note(NOTICE)
    register = session.catalogue.register("branch")
    also = {"packs": lambda text: "".join(strange_packs(text)[:1])}
    complete(session, register, values, yes=yes, question="这样建立吗？", also=also)
    made = init_ledger(path, values, session.actor(by), catalogue=session.catalogue)
    say(f"已建立台账 {made.path}")
    show_entry_lines(session, made.entry)
    say("下一步：zhibu import 工作簿.xlsx 导入名册和记录，或 zhibu member add 逐人录入。")


def refuse_existing(path: Path) -> None:
    """Refuse before anything is asked where the ledger is there already.

    Raises:
        ExistsError: it is.
    """
    from zhibu_cli.errors import ExistsError

    if path.exists():
        raise ExistsError(
            f"{path} 已经存在，没有改动。", hint="一个文件就是一个支部；另建一个请用 --db 写明文件名。"
        )
