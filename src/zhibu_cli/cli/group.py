"""``zhibu group …``: party groups with their days."""

from typing import Annotated

import typer

from zhibu_cli.cli.frame import command, grouped, new_app
from zhibu_cli.cli.member import Day, day_or_ask
from zhibu_cli.cli.options import By, Db, Reason, session_of
from zhibu_cli.cli.rows import adding, editing, listing

app = grouped(new_app("党小组：名称、组长、何时成立、何时撤销。"))

Which = Annotated[str, typer.Argument(metavar="党小组", help="名称或编号，如 第一党小组、G1。")]

adding(
    app,
    "group",
    "name",
    "增加一个党小组。",
    ask="例：zhibu group add 第一党小组 --leader 张三 --founded 2020-01-01",
)
listing(app, "group", ("党小组", "组长", "成立时间", "撤销时间"), "列出党小组；--all 连同已作废的。")
editing(
    app,
    "group",
    "更正一个党小组的登记，如换组长（旧内容保留）。\n\n"
    "例：zhibu group edit 第一党小组 --leader 李四 --reason 换届",
)


@command(app, "end", "撤销党小组：登记撤销之日。\n\n例：zhibu group end 第二党小组 --date 2026-06-30")
def end(which: Which, *, date: Day = None, reason: Reason = None, by: By = None, db: Db = None) -> None:
    """The end of a group."""
    from zhibu_cli.app import people
    from zhibu_cli.cli.answers import show_change

    session = session_of()
    path, actor = session.ledger(db), session.actor(by)
    values = {"dissolved": day_or_ask(date, "撤销时间")}
    why = reason or "撤销"
    show_change(people.edit_row(path, "group", which, values, actor, reason=why, catalogue=session.catalogue))


@command(app, "show", "看一个党小组的登记和今天的组员。")
def show(which: Which, *, db: Db = None) -> None:
    """One group and its members today."""
    from zhibu_cli.cli.roster_view import show_group

    session = session_of()
    show_group(session, session.ledger(db), which)
