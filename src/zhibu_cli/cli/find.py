"""``zhibu find``: a text anywhere in the records."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import Db, From, Quarter, To, Year, session_of

if TYPE_CHECKING:
    from zhibu_cli.app.finding import Found

HELP = """在全部记录里查找文字，一个字也可以；写几个词则要都有。新的在前，命中的字用【】标出。

姓名、类型、日期也能找；已作废的不找。谈话内容等不公开的，找得到但不显示，加 --full 才显示。

例：zhibu find 条例；zhibu find 张三 党课 --year 2026；zhibu find 调研 --kind 主题党日"""

MOST = 50

app = new_app(HELP)

Words = Annotated[list[str], typer.Argument(metavar="文字", help="要找的字词；几个词之间空格。")]
KindOption = Annotated[
    str | None, typer.Option("--kind", metavar="类型", help="只找这一类，如 党课、谈心谈话、党员名册。")
]
Every = Annotated[bool, typer.Option("--all", "-a", help="全部列出，不只最近的 50 条。")]
Full = Annotated[bool, typer.Option("--full", help="连同谈话内容等不公开的文字一起显示。")]


@command(app, "find", HELP)
def find(
    words: Words,
    *,
    kind: KindOption = None,
    year: Year = None,
    quarter: Quarter = None,
    start: From = None,
    end: To = None,
    full: Full = False,
    all_: Every = False,
    db: Db = None,
) -> None:
    """Find a text."""
    from zhibu_cli.app import finding
    from zhibu_cli.cli.periods import asked_span

    session = session_of()
    path = session.ledger(db)
    span = asked_span(session.today, year=year, quarter=quarter, start=start, end=end, default=False)
    found = finding.find(
        path,
        words,
        what=kind or "",
        span=span,
        full=full,
        most=None if all_ else MOST,
        catalogue=session.catalogue,
    )
    show_found(found)


def show_found(found: "Found") -> None:
    """Every record with the places in which the words stand."""
    from zhibu_cli.cli.asking import say
    from zhibu_cli.cli.layout import indented, terminal_width

    if not found.count:
        say("没有找到。")
        return
    for hit in found.hits:
        say("　".join(filter(None, (hit.id, hit.day.isoformat() if hit.day else "", hit.kinds))))
        for snippet in hit.snippets:
            say("  " + "\n".join(indented(snippet, 4, terminal_width())))
    more = found.count - len(found.hits)
    say(f"共 {found.count} 条" + (f"，只列最近的 {len(found.hits)} 条；加 --all 全部列出" if more else ""))
