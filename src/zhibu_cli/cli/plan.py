"""``zhibu plan``: what a year asks for, day by day where a day is fixed; later what became of it."""

from typing import Annotated, Any

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import AsOf, Db, Out, Yes, session_of, word_parser, year_parser

HELP = """年度计划：台账里还没有这一年的计划时，按规则和主题党日固定日列出全年要做的事。

只有固定日能定下日子，其余写本月内、本季度内、本年内。

用 --format xlsx 写成表格，填好主题、日期、责任人，再用 zhibu import 导入，就成为本支部的年度计划；
以后 zhibu plan 列出它，并指出它没有安排到的事项。

--against 对照计划和记录（显示在终端，或写成 docx、md、html）。
例：zhibu plan 2027 -o 计划.xlsx；zhibu plan 2027 --format ics -o 计划.ics；zhibu plan 2026 --against"""

FORMATS = ("table", "xlsx", "docx", "md", "html", "ics")

app = new_app(HELP)

Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="格式",
        parser=word_parser(*FORMATS),
        help="table（默认）、xlsx、docx、md、html 或 ics（日历文件）；不写时看 -o 的扩展名。"
        "与 --against 同用时只有 table、docx、md、html。",
    ),
]
Against = Annotated[
    bool, typer.Option("--against", help="对照：计划的每一项见到哪条记录，以及计划外的记录。")
]


@command(app, "plan", HELP)
def plan(
    year: Annotated[int, typer.Argument(metavar="年份", parser=year_parser, help="哪一年，如 2027。")],
    *,
    against: Against = False,
    as_of: AsOf = None,
    format_: Format = None,
    out: Out = None,
    yes: Yes = False,
    db: Db = None,
) -> None:
    """Ask for the plan, or for plan and records; show or write it."""
    from zhibu_cli.app import planning
    from zhibu_cli.cli.papers import Job, finish

    session = session_of()
    ledger, day = session.ledger(db), as_of or session.today
    name = f"{year}年度计划完成情况" if against else f"{year}年度计划"
    papers = planning.AGAINST_PAPERS if against else planning.PAPERS
    job = Job.of(format_, out, papers, ledger, name=name, overwrite=yes)
    if against:
        done = planning.against(ledger, year, day, catalogue=session.catalogue)
        finish(job, text=lambda _: _table(done), paper=lambda form: planning.against_paper(done, form))
        return
    made = planning.plan(ledger, year, day, catalogue=session.catalogue)
    finish(job, text=lambda _: _table(made.view), paper=lambda form: planning.paper(made, form))
    if job.is_paper and job.target is not None:
        _say_beside(made, job.form)


def _say_beside(made: Any, form: str) -> None:
    """What the file does not say: how to go on, and what the sheet has no rows for."""
    from zhibu_cli.cli.asking import say
    from zhibu_cli.cli.layout import hang, terminal_width
    from zhibu_cli.cli.plan_view import not_in_form

    width = terminal_width()
    lines = [part for words in made.untold for part in hang("注意：", words, width)]
    for line in lines + (not_in_form(made.view, width) if form == "xlsx" else []):
        say(line)


def _table(view: Any) -> str:
    from zhibu_cli.cli.layout import terminal_width
    from zhibu_cli.cli.plan_view import against_table, plan_table

    tell = plan_table if hasattr(view, "grounds") else against_table
    return tell(view, terminal_width())
