"""``zhibu member …``: the roster with its days."""

from typing import Annotated

import typer

from zhibu_cli.cli.frame import command, grouped, new_app
from zhibu_cli.cli.options import All, AsOf, By, Db, Reason, Yes, session_of
from zhibu_cli.cli.rows import added, adding, editing

app = grouped(new_app("党员名册：谁在哪一天是本支部党员、正式还是预备、在哪个党小组。"))

Who = Annotated[str, typer.Argument(metavar="姓名", help="姓名或编号，如 张三、M3。")]
Day = Annotated[str | None, typer.Option("--date", metavar="日期", help="哪一天，如 2026-03-05。（必填）")]
Why = Annotated[str | None, typer.Option("--why", metavar="原因", help="转出原因，如 工作调动。")]
As = Annotated[
    list[str] | None, typer.Option("--as", metavar="编号=词", help="怎样区分，如 M3=女；每人写一次。")
]
Kept = Annotated[str, typer.Argument(metavar="姓名", help="留下的一行：编号（或没有同名的姓名）。")]
Dropped = Annotated[str, typer.Argument(metavar="姓名", help="并入的一行：编号（或没有同名的姓名）。")]
Ground = Annotated[str | None, typer.Option("--ground", metavar="依据", help="文号或决议。")]

adding(
    app,
    "member",
    "name",
    "增加一名党员。",
    ask="例：zhibu member add 张三 --joined 2010-07-01 --converted 2011-07-01 --status 正式",
)


@command(app, "list", "列出某一天在册的党员（默认今天）；--all 列出全部人员，含已转出、已作废的。")
def list_(*, as_of: AsOf = None, all_: All = False, db: Db = None) -> None:
    """The roster of a day."""
    from zhibu_cli.cli.roster_view import show_roster

    session = session_of()
    show_roster(session, session.ledger(db), as_of or session.today, everybody=all_)


@command(app, "show", "看一名党员的全部登记：基本情况、变动、职务。")
def show(who: Who, *, db: Db = None) -> None:
    """One member with changes and posts."""
    from zhibu_cli.cli.roster_view import show_member

    session = session_of()
    show_member(session, session.ledger(db), who)


editing(
    app,
    "member",
    "更正一名党员的登记，改名也用它（旧内容保留；记录按编号对应，随之显示新名）。\n\n"
    "例：zhibu member edit 张三 --group 第二党小组 --reason 登记有误；"
    "zhibu member edit 张三 --name 张珊 --reason 原登记有误",
)


@command(
    app,
    "leave",
    "党员转出：登记对方接收之日，当日起不计入本支部。\n\n"
    "例：zhibu member leave 张三 --date 2026-05-06 --why 工作调动",
)
def leave(
    who: Who, *, date: Day = None, why: Why = None, reason: Reason = None, by: By = None, db: Db = None
) -> None:
    """A departure."""
    from zhibu_cli.app import people
    from zhibu_cli.cli.answers import show_change

    session = session_of()
    path, actor = session.ledger(db), session.actor(by)
    values = {"left": day_or_ask(date, "转出时间"), "left_why": why or ""}
    show_change(people.leave(path, who, values, actor, reason=reason or "", catalogue=session.catalogue))


@command(
    app,
    "return",
    "党员转回：另记一条转入，原来的转出照样保留。\n\n例：zhibu member return 张三 --date 2026-09-01",
)
def return_(who: Who, *, date: Day = None, ground: Ground = None, by: By = None, db: Db = None) -> None:
    """A return."""
    from zhibu_cli.app import people

    session = session_of()
    path, actor = session.ledger(db), session.actor(by)
    values = {"date": day_or_ask(date, "转入时间"), **({"ground": ground} if ground else {})}
    added(session, path, people.come_back(path, who, values, actor, catalogue=session.catalogue))


adding(
    app,
    "member_event",
    "member",
    "登记一项变动：转正、延长预备期、留党察看、调整党小组、去世等。",
    name="change",
    ask="例：zhibu member change 李四 --matter 转正 --date 2026-03-05 --ground 支部大会决议",
)


@command(
    app,
    "split",
    "把同名的几个人区分开：各写一个短词，以后显示为 张三（女）、张三（二组）；不写就用党小组。\n\n"
    "记录原来对应谁就还对应谁，逐人列出来，其中对错了人的请逐条用 zhibu amend 更正。\n\n"
    "例：zhibu member split 张三 --as M3=女 --as M9=男",
)
def split(who: Who, *, as_: As = None, yes: Yes = False, by: By = None, db: Db = None) -> None:
    """Tell members of one name apart."""
    from zhibu_cli.app import same_name
    from zhibu_cli.cli import twins

    session = session_of()
    path, actor = session.ledger(db), session.actor(by)
    found = same_name.twins(path, who, catalogue=session.catalogue)
    marks = twins.marks_or_ask(session, found, as_ or [], yes=yes)
    twins.show_split(same_name.split(path, who, marks, actor, catalogue=session.catalogue))


@command(
    app,
    "merge",
    "把登记了两次的一个人并为一行：第二个编号作废，记录里写它的地方今后都读作第一个。\n\n"
    "各条记录存的内容不改；两行不同的项以第一个为准，会列出来供更正。\n\n"
    "例：zhibu member merge M3 M7 --reason 同一人登记了两次",
)
def merge(
    kept: Kept,
    dropped: Dropped,
    *,
    reason: Reason = None,
    yes: Yes = False,
    by: By = None,
    db: Db = None,
) -> None:
    """Make one row of two."""
    from zhibu_cli.app import same_name
    from zhibu_cli.cli import asking, twins
    from zhibu_cli.cli.rows import reason_or_ask

    session = session_of()
    path, actor = session.ledger(db), session.actor(by)
    ask = session.interactive() and not yes
    if ask:
        twins.show_merge(same_name.plan_merge(path, kept, dropped, catalogue=session.catalogue))
    why = reason_or_ask(reason)
    if ask:
        asking.confirm_or_cancel("确认是同一个人，这样并吗？")
    done = same_name.merge(path, kept, dropped, why, actor, session.catalogue)
    twins.show_merged(done, told=ask)


def day_or_ask(given: str | None, label: str) -> str:
    """The day given, or asked for at a terminal; refused elsewhere."""
    from zhibu_cli.cli.asking import ask
    from zhibu_cli.cli.filling import refuse
    from zhibu_cli.text import parse_day

    if given:
        return given
    session = session_of()
    if not session.interactive():
        refuse(f"--date（{label}）")

    def complain(text: str) -> str:
        return "" if parse_day(text, session.today) else "请写成 2026-03-05、3月5日或今天。"

    return ask(label, required=True, complain=complain)
