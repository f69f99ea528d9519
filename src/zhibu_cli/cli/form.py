"""``zhibu form``: blank workbooks to fill in, and blank paper for a meeting to come."""

from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import Db, Out, Yes, clock_parser, day_parser, session_of

if TYPE_CHECKING:
    from zhibu_cli.app.hand_papers import Asked

HELP = """空白工作簿和会前打印的纸。

工作簿的版式就是 zhibu import 读的版式，填好即可导入：必填的列红色，人名、党小组和固定用语可从下拉列表选。
不写类型则是常用的各张表。
会议通知、签到表、记录表、测评票、选举票、表决票（也可写 notice、sign-in、minutes、ballot）打印成 .docx，
只为今天或以后的会。

例：zhibu form -o 空白台账.xlsx；zhibu form 党课 谈心谈话
zhibu form 会议通知 --date 2026-12-11 --start 15:00 --place 三楼会议室 --topic 审议年度工作总结
zhibu form 签到表 --kind 党小组会 --group 第一党小组 --date 2026-12-04
zhibu form 选举票 --candidate 张三 --candidate 李四 --seats 2"""

app = new_app(HELP)

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="类型",
        help="要哪些表：党员名册、组织生活、党课……可写几个；或者一种纸：会议通知、签到表、记录表、票。",
    ),
]
Day = Annotated[
    date | None,
    typer.Option("--date", metavar="日期", parser=day_parser, help="纸：哪一天的会；不写为今天。"),
]
Kind = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="类型",
        help="纸：哪种会，一场含几项的用顿号分开，不写为支部党员大会；票：民主评议党员、选举、接收预备党员等。",
    ),
]
Group = Annotated[str, typer.Option("--group", metavar="党小组", help="纸：哪个党小组的会。")]
Candidates = Annotated[
    list[str] | None,
    typer.Option(
        "--candidate",
        metavar="姓名",
        help="票：候选人或表决对象，可写几个；按所写的次序印，请先按姓氏笔画排好。",
    ),
]
Seats = Annotated[int | None, typer.Option("--seats", metavar="数", min=1, max=99, help="选举票：应选几名。")]

Start = Annotated[
    time | None,
    typer.Option("--start", metavar="时刻", parser=clock_parser, help="通知：几点开始，如 14:30。"),
]
End = Annotated[
    time | None, typer.Option("--end", metavar="时刻", parser=clock_parser, help="通知：几点结束。")
]
Place = Annotated[str, typer.Option("--place", metavar="地点", help="通知：在哪里。")]
Topics = Annotated[
    list[str] | None,
    typer.Option("--topic", metavar="议题", help="通知：议题、主题或党课题目，可写几个。"),
]
Host = Annotated[str, typer.Option("--host", metavar="姓名", help="通知：谁主持。")]
Lecturer = Annotated[str, typer.Option("--lecturer", metavar="姓名", help="通知：党课由谁讲。")]
Observers = Annotated[
    list[str] | None, typer.Option("--observer", metavar="姓名", help="通知：列席的人，可写几个。")
]
Contact = Annotated[str, typer.Option("--contact", metavar="联系人", help="通知：联系人，可带电话。")]


@command(app, "form", HELP)
def form(
    words: Words = None,
    *,
    day: Day = None,
    kind: Kind = "",
    group: Group = "",
    candidate: Candidates = None,
    seats: Seats = None,
    start: Start = None,
    end: End = None,
    place: Place = "",
    topic: Topics = None,
    host: Host = "",
    lecturer: Lecturer = "",
    observer: Observers = None,
    contact: Contact = "",
    out: Out = None,
    yes: Yes = False,
    db: Db = None,
) -> None:
    """Make the file."""
    from zhibu_cli.app.hand_papers import Asked, Paper, kind_for, paper_named

    first = (words or [""])[0]
    paper = paper_named(first)
    asked = Asked(
        paper=paper or Paper.SIGN_IN,
        day=day or session_of().today,
        kind=kind_for(first, kind),
        group=group,
        people=tuple(candidate or ()),
        seats=seats,
        start=start,
        end=end,
        place=place,
        topics=tuple(topic or ()),
        host=host,
        lecturer=lecturer,
        observers=tuple(observer or ()),
        contact=contact,
    )
    if paper is None:
        beyond = any((day, kind, *asked.given.values()))
        _workbook(words or [], out, db, overwrite=yes, beyond=beyond)
        return
    if len(words or []) > 1:
        raise typer.BadParameter("纸一次只打印一种；哪种会写在 --kind 后面。")
    _paper(asked, out, db, overwrite=yes)


def _workbook(words: list[str], out: Path | None, db: Path | None, *, overwrite: bool, beyond: bool) -> None:
    from zhibu_cli.app import forms

    if beyond:
        raise typer.BadParameter(
            "--date、--kind、--group、--place 等选项只用于会议通知、签到表、记录表和票。"
        )
    session = session_of()
    ledger = session.ledger_if_any(db)
    data = forms.workbook(words, ledger, session.today, catalogue=session.catalogue)
    _write(data, out or session.cwd() / "空白台账.xlsx", ".xlsx", ledger, overwrite=overwrite)


def _paper(asked: "Asked", out: Path | None, db: Path | None, *, overwrite: bool) -> None:
    from zhibu_cli.app import hand_papers
    from zhibu_cli.cli.asking import note
    from zhibu_cli.cli.writing import log_files

    if idle := hand_papers.unused(asked):
        raise typer.BadParameter(f"{hand_papers.TITLES[asked.paper]}用不到 {'、'.join(idle)}。")
    session = session_of()
    ledger = session.ledger(db)
    data = hand_papers.render(ledger, asked, session.today, catalogue=session.catalogue)
    name = f"{asked.kind.replace('/', '、')}{hand_papers.TITLES[asked.paper]}{asked.day}.docx"
    target = out or session.cwd() / name
    _write(data, target, ".docx", ledger, overwrite=overwrite)
    log_files(ledger, name.removesuffix(".docx"), target)
    if left := hand_papers.blanks_in(data):
        note(f"还有 {len(left)} 处待补：{'、'.join(left)}；加上 --start、--place 等选项重出，或在文件里填。")


def _write(data: bytes, target: Path, suffix: str, ledger: Path | None, *, overwrite: bool) -> None:
    from zhibu_cli.app.files import refuse_marked_name
    from zhibu_cli.app.saving import must_be_writable, save
    from zhibu_cli.cli.asking import note

    if target.suffix.lower() != suffix:
        raise typer.BadParameter(f"文件名“{target.name}”请以 {suffix} 结尾。")
    refuse_marked_name(target)
    must_be_writable([target], [ledger] if ledger else [], overwrite=overwrite)
    save({target: data})
    note(f"已写到 {target}")
