"""``zhibu list``: what is recorded."""

from typing import TYPE_CHECKING, Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import All, Db, From, Quarter, To, Year, period_parser, session_of

if TYPE_CHECKING:
    from zhibu_cli.app.listing import Line

HELP = """列出记录，按日期先后。不写类型则列出全部组织生活、谈心谈话等。

例：zhibu list 党员大会 --year 2026；zhibu list 谈心谈话；zhibu list --period 2026-03"""

app = new_app(HELP)

What = Annotated[str | None, typer.Argument(metavar="类型", help="如 党员大会、党课、谈心谈话、党员变动。")]
KindOption = Annotated[str | None, typer.Option("--kind", metavar="类型", help="同上，写成选项也可。")]
PeriodOption = Annotated[
    str | None,
    typer.Option("--period", metavar="期间", parser=period_parser, help="如 2026、2026Q3、2026-03。"),
]


@command(app, "list", HELP)
def list_(
    what: What = None,
    *,
    kind: KindOption = None,
    period: PeriodOption = None,
    year: Year = None,
    quarter: Quarter = None,
    start: From = None,
    end: To = None,
    all_: All = False,
    db: Db = None,
) -> None:
    """List records."""
    from zhibu_cli.app import listing
    from zhibu_cli.cli.asking import say
    from zhibu_cli.cli.periods import asked_span

    session = session_of()
    path = session.ledger(db)
    span = asked_span(
        session.today, year=year, quarter=quarter or period, start=start, end=end, default=False
    )
    lines = listing.list_entries(
        path, what or kind or "", span, include_voided=all_, catalogue=session.catalogue
    )
    say(as_table(lines) if lines else "没有符合的记录。")


def as_table(lines: "tuple[Line, ...]") -> str:
    """The lines as a table, with their number below."""
    from zhibu_cli.cli.layout import table, terminal_width

    rows = [(line.id, line.day.isoformat() if line.day else "", line.kinds, _about(line)) for line in lines]
    return f"{table(('编号', '日期', '类型', '内容'), rows, terminal_width())}\n共 {len(lines)} 条"


def _about(line: "Line") -> str:
    marks = ["已作废"] if line.voided else []
    marks += [f"第{line.versions}版"] if line.versions > 1 else []
    return (f"〔{'，'.join(marks)}〕" if marks else "") + line.summary
