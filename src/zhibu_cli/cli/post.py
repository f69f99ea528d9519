"""``zhibu post …``: who held which post when."""

from typing import Annotated

import typer

from zhibu_cli.cli.frame import command, grouped, new_app
from zhibu_cli.cli.member import Day, Who, day_or_ask
from zhibu_cli.cli.options import By, Db, Reason, session_of
from zhibu_cli.cli.rows import adding, listing

app = grouped(new_app("支部职务：谁在哪一天任书记、副书记、委员。"))

PostName = Annotated[
    str | None, typer.Option("--post", metavar="职务", help="哪项职务，如 书记；只任一职的可不写。")
]

adding(
    app,
    "post",
    "member",
    "登记任职。产生方式写换届选举的，从任职之日起算届期。",
    ask="例：zhibu post add 张三 --post 书记 --since 2024-05-10 --origin 换届选举",
)
listing(
    app, "post", ("姓名", "职务", "任职时间", "离任时间", "产生方式"), "列出任职情况；--all 连同已作废的。"
)


@command(app, "end", "登记离任。\n\n例：zhibu post end 张三 --post 书记 --date 2026-05-09")
def end(
    who: Who,
    *,
    post: PostName = None,
    date: Day = None,
    reason: Reason = None,
    by: By = None,
    db: Db = None,
) -> None:
    """The end of a term."""
    from zhibu_cli.app import people
    from zhibu_cli.cli.answers import show_change

    session = session_of()
    path, actor = session.ledger(db), session.actor(by)
    values = {"until": day_or_ask(date, "离任时间")}
    change = people.end_post(
        path, who, post or "", values, actor, reason=reason or "", catalogue=session.catalogue
    )
    show_change(change)


@command(app, "show", "看一项任职登记。")
def show(
    number: Annotated[str, typer.Argument(metavar="编号", help="任职的编号，如 P1。")], *, db: Db = None
) -> None:
    """One row of 职务任期."""
    from zhibu_cli.cli.entry_view import show_one

    session = session_of()
    show_one(session, session.ledger(db), number)
