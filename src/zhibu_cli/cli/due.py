"""``zhibu due``: what is owed next, soonest first."""

from pathlib import Path
from typing import Annotated, Any

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import AsOf, Db, Out, Yes, ahead_parser, session_of, word_parser
from zhibu_cli.cli.pasted import pasted_path

HELP = """近期要做的事：什么时候到期、谁来做、依据哪一条，先到期的在前；到期而尚待办理的、
已过期限而尚未了结的列在最前面，最近 31 天内到期而未见记录的列在“上期未见记录”。

主题党日列出固定日（遇休息日顺延）和当月最后一天。换届、预备期满等临近到期的，不论 --within 都列出。
--ics 另写一个日历文件，可导入 Outlook、Thunderbird、手机日历；里面没有党员姓名。
例：zhibu due；zhibu due --within 3个月 --ics 支部.ics；zhibu due --format docx -o 近期要做的事.docx"""

FORMATS = ("table", "json", "md", "docx", "ics")

app = new_app(HELP)

Within = Annotated[
    str,
    typer.Option(
        "--within",
        metavar="多久",
        parser=ahead_parser,
        help="看今后多久：30d、30天（默认）、2w、2周、3个月、1年，最长5年。",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="格式",
        parser=word_parser(*FORMATS),
        help="table（默认）、json、md、docx（可打印）或 ics（日历）；不写时看 -o 的扩展名。",
    ),
]
Ics = Annotated[
    Path | None,
    typer.Option(
        "--ics",
        metavar="文件",
        parser=pasted_path,
        help="另写成日历文件（.ics）。",
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="几个人、几个小组合为一行的，列出名字。")]


@command(app, "due", HELP)
def due(
    *,
    within: Within = "30d",
    as_of: AsOf = None,
    ics: Ics = None,
    verbose: Verbose = False,
    format_: Format = None,
    out: Out = None,
    yes: Yes = False,
    db: Db = None,
) -> None:
    """Ask the rules, show, write the calendar."""
    from zhibu_cli.app import due as use
    from zhibu_cli.cli.papers import Job, finish

    session = session_of()
    ledger = session.ledger(db)
    job = Job.of(
        format_,
        out,
        use.PAPERS,
        ledger,
        texts=("table", "json"),
        name="近期要做的事",
        ics=ics,
        overwrite=yes,
    )
    answer = use.due(ledger, as_of or session.today, within, catalogue=session.catalogue)
    finish(
        job,
        text=lambda form: _shown(answer, form, job, verbose=verbose),
        paper=lambda form: use.paper(answer, form),
        calendar=lambda: use.calendar_file(answer),
    )


def _shown(answer: Any, form: str, job: Any, *, verbose: bool) -> str:
    if form == "json":
        from zhibu_cli.app.due import to_json
        from zhibu_cli.cli.writing import json_text

        return json_text(to_json(answer), to_file=job.target is not None)
    from zhibu_cli.cli.due_view import due_table
    from zhibu_cli.cli.layout import terminal_width

    return due_table(answer.view, terminal_width(), verbose=verbose)
