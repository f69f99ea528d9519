"""``zhibu report``: the papers a secretary has to hand in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import AsOf, Db, Out, Yes, offering, quarter_parser, session_of, year_parser
from zhibu_cli.cli.pasted import pasted_path

if TYPE_CHECKING:
    from zhibu_cli.app.reporting import Papers

HELP = """写季度报告或述职报告的底稿：数字都来自台账，只有人才能写的地方留成〔请补充：…〕。

-o 写文件夹或文件名，不写则放在当前文件夹；--format 可写几种，用逗号分开。
例：zhibu report --quarter 2026Q3 --format docx,xlsx -o 报告 --trace；zhibu report --debrief 2026"""

app = new_app(HELP)

Quarter = Annotated[
    str | None,
    typer.Option("--quarter", metavar="季度", parser=quarter_parser, help="季度报告：哪个季度，如 2026Q3。"),
]
Debrief = Annotated[
    int | None,
    typer.Option(
        "--debrief", metavar="年份", parser=year_parser, help="述职报告和素材清单：哪一年，如 2026。"
    ),
]
Formats = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="格式",
        parser=offering("docx", "xlsx", "md"),
        help="docx（默认）、xlsx、md；述职报告没有 xlsx。可写几种：docx,md。",
    ),
]
Template = Annotated[
    Path | None,
    typer.Option(
        "--template",
        metavar="文件",
        parser=pasted_path,
        help="用自己的模板（.docx、.xlsx 或 .md）。",
    ),
]
Texts = Annotated[
    Path | None,
    typer.Option(
        "--texts",
        metavar="文件",
        parser=pasted_path,
        help="补写文件：一行【空白的名称】，下面写内容，填入〔请补充〕处。",
    ),
]
Trace = Annotated[bool, typer.Option("--trace", help="附上数据来源表：每个数字对应哪些记录。")]
Final = Annotated[bool, typer.Option("--final", help="定稿：还有〔…〕没有填的就不写。")]
Material = Annotated[bool, typer.Option("--material", help="另写一份素材清单（述职报告总是写）。")]


@command(app, "report", HELP)
def report(
    *,
    quarter: Quarter = None,
    debrief: Debrief = None,
    format_: Formats = None,
    out: Out = None,
    template: Template = None,
    texts: Texts = None,
    trace: Trace = False,
    final: Final = False,
    material: Material = False,
    as_of: AsOf = None,
    yes: Yes = False,
    db: Db = None,
) -> None:
    """Write the papers and say what is left to a person."""
    from zhibu_cli.app import reporting
    from zhibu_cli.app.files import refuse_marked_name
    from zhibu_cli.cli.filling import refuse
    from zhibu_cli.model.period import parse_period

    session = session_of()
    if quarter and debrief:
        raise typer.BadParameter("--quarter 和 --debrief 一次只用一个。")
    path, day, target = session.ledger(db), as_of or session.today, out or session.cwd()
    refuse_marked_name(out or Path())
    wish = reporting.Wish(
        formats=_formats(format_),
        template=template,
        trace=trace,
        final=final,
        overwrite=yes,
        material=material or debrief is not None,
        texts=texts,
    )
    period = parse_period(quarter or "")
    if debrief is not None:
        show_papers(reporting.debrief_report(path, debrief, target, wish, as_of=day))
    elif period is not None:
        show_papers(reporting.quarter_report(path, period, target, wish, as_of=day))
    else:
        refuse("--quarter（季度报告）或 --debrief（述职报告）")


def _formats(text: str | None) -> tuple[str, ...]:
    parts = (text or "").replace("，", ",").replace("、", ",").split(",")
    return tuple(part.strip().lower() for part in parts if part.strip())


def show_papers(papers: "Papers") -> None:
    """The files, and the blanks that a person has to fill."""
    from zhibu_cli.cli.asking import say

    for file in papers.files:
        say(f"已写到 {file}")
    if papers.blanks:
        say(f"还有 {len(papers.blanks)} 处要由人填写：")
        say("\n".join(f"  {blank}" for blank in papers.blanks))
    if papers.marks:
        say(f"含不可见字符 {len(papers.marks)} 处，请核对原文：{''.join(dict.fromkeys(papers.marks))}")
