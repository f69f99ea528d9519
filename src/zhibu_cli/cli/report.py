"""``zhibu report``: the papers a secretary has to hand in."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import (
    AsOf,
    By,
    Db,
    Out,
    Yes,
    number_parser,
    offering,
    quarter_parser,
    session_of,
    year_parser,
)
from zhibu_cli.cli.pasted import pasted_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhibu_cli.app.reporting import Order, Papers

HELP = """出材料：数字都来自台账，只有人才能写的地方留成〔请补充：…〕。

写材料的名称和时间（或记录编号），zhibu report --list 列出全部。-o 写文件夹或文件名，不写则放在当前文件夹。
例：zhibu report --quarter 2026Q3 --format docx,xlsx -o 报告 --trace；zhibu report --debrief 2026
zhibu report 年度工作总结 --year 2026 --todo（只列出还要人写的）；zhibu report 谈心谈话登记表 --year 2026"""

app = new_app(HELP)

Name = Annotated[
    str | None,
    typer.Argument(metavar="材料", help="材料的名称，如 谈心谈话登记表；--list 列出全部。"),
]
Quarter = Annotated[
    str | None,
    typer.Option(
        "--quarter",
        metavar="季度",
        parser=quarter_parser,
        help="哪个季度，如 2026Q3；不写材料名是季度报告。",
    ),
]
Year = Annotated[
    int | None,
    typer.Option(
        "--year", metavar="年份", parser=year_parser, help="哪一年，如 2026；不写材料名是年度总结。"
    ),
]
Debrief = Annotated[
    int | None,
    typer.Option(
        "--debrief", metavar="年份", parser=year_parser, help="述职报告和素材清单：哪一年，如 2026。"
    ),
]
Record = Annotated[
    str | None,
    typer.Option("--record", metavar="编号", parser=number_parser, help="材料写的是哪一条记录，如 S12。"),
]
Member = Annotated[
    str | None,
    typer.Option("--member", metavar="姓名或编号", help="只出一个人的：民主评议党员登记表。"),
]
Minutes = Annotated[
    str | None,
    typer.Option(
        "--minutes",
        metavar="编号",
        parser=number_parser,
        help="一场会议的记录，或一次谈心谈话的记录表：写编号，如 S12、T3。",
    ),
]
Handbook = Annotated[
    int | None,
    typer.Option("--handbook", metavar="年份", parser=year_parser, help="一年的党支部工作手册：哪一年。"),
]
Roster = Annotated[bool, typer.Option("--roster", help="党员名册，按 --as-of 当日。")]
Listing = Annotated[bool, typer.Option("--list", help="列出全部材料和各自的格式。")]
Formats = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="格式",
        parser=offering("docx", "xlsx", "md", "html", "pdf"),
        help="docx、xlsx、md、html、pdf；可写几种：docx,md。",
    ),
]
Template = Annotated[
    Path | None,
    typer.Option(
        "--template",
        metavar="文件",
        parser=pasted_path,
        help="用自己的模板（.docx、.xlsx、.md、.html）。",
    ),
]
Map = Annotated[
    Path | None,
    typer.Option(
        "--map",
        metavar="文件",
        parser=pasted_path,
        help="填表对照：上级的 .xlsx 表格里哪格填什么，见用户手册。",
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
Layout = Annotated[str, typer.Option("--layout", metavar="版式", help="有几种版式的用哪一种；见 --list。")]
Full = Annotated[bool, typer.Option("--full", help="身份证号、手机号印全（只有名册有）。")]
Trace = Annotated[bool, typer.Option("--trace", help="附上数据来源表：每个数字对应哪些记录。")]
Final = Annotated[bool, typer.Option("--final", help="定稿：还有〔…〕没有填的就不写。")]
Todo = Annotated[bool, typer.Option("--todo", help="只列出还要人写的空白和所在的部分，不写文件。")]


def _problems_parser(words: str) -> int:
    """So many problems as a 述职 names."""
    if words not in {"3", "4", "5"}:
        raise typer.BadParameter(f"“{words}”不行：述职写3至5个问题，请写 3、4 或 5。")
    return int(words)


Problems = Annotated[
    int | None,
    typer.Option(
        "--problems",
        metavar="数",
        parser=_problems_parser,
        help="述职：写几个问题（3至5，不写为3），一个问题一条措施。",
    ),
]
Material = Annotated[bool, typer.Option("--material", help="另写一份素材清单（述职报告总是写）。")]


@command(app, "report", HELP)
def report(
    name: Name = None,
    *,
    quarter: Quarter = None,
    year: Year = None,
    debrief: Debrief = None,
    record: Record = None,
    member: Member = None,
    minutes: Minutes = None,
    handbook: Handbook = None,
    roster: Roster = False,
    format_: Formats = None,
    out: Out = None,
    template: Template = None,
    map_: Map = None,
    texts: Texts = None,
    layout: Layout = "",
    full: Full = False,
    trace: Trace = False,
    final: Final = False,
    material: Material = False,
    todo: Todo = False,
    problems: Problems = None,
    listing: Listing = False,
    as_of: AsOf = None,
    yes: Yes = False,
    by: By = None,
    db: Db = None,
) -> None:
    """Write the papers and say what is left to a person."""
    from zhibu_cli.app import reporting
    from zhibu_cli.app.export_log import called
    from zhibu_cli.app.files import refuse_marked_name
    from zhibu_cli.cli.writing import log_files

    if listing:
        show_list()
        return
    given = {
        "--quarter": quarter,
        "--year": year,
        "--debrief": debrief,
        "--handbook": handbook,
        "--record": record,
        "--minutes": minutes,
        "--roster": roster,
    }
    order = replace(_order(name, given, problems), member=member or "")
    session = session_of()
    if todo:
        _refuse_beside_todo(out, format_, template, map_, trace=trace, final=final, material=material)
        path, day, today = session.ledger(db), as_of or session.today, session.today
        show_left(reporting.todo(path, order, texts, as_of=day, today=today, catalogue=session.catalogue))
        return
    refuse_marked_name(out or Path())
    wish = reporting.Wish(
        formats=_formats(format_),
        template=template,
        mapping=map_,
        trace=trace,
        final=final,
        overwrite=yes,
        material=material or order.kind.material,
        texts=texts,
        full=full,
        layout=layout,
    )
    path, day, target = session.ledger(db), as_of or session.today, out or session.cwd()
    papers = reporting.make(
        path, order, target, wish, as_of=day, today=session.today, catalogue=session.catalogue
    )
    show_papers(papers)
    log_files(path, called(order, wish), *papers.files, by=by)


def _refuse_beside_todo(*given: object, **more: object) -> None:
    if any((*given, *more.values())):
        raise typer.BadParameter(
            "只列出空白，不写文件：不要再写 -o、--format、--template、--map、--trace、--final、--material。",
            param_hint="--todo",
        )


_SHORT = {
    "--quarter": "quarter",
    "--year": "summary",
    "--debrief": "debrief",
    "--handbook": "handbook",
    "--roster": "roster",
}
"""The paper that an option alone stands for."""
_TIMES = ("--quarter", "--year", "--record")
"""Options that go with any paper's name."""


def _order(name: str | None, given: dict[str, Any], slots: int | None) -> "Order":
    """Which paper is meant: by name, else by the one option that stands for it."""
    from zhibu_cli.app import reporting
    from zhibu_cli.cli.filling import refuse
    from zhibu_cli.model.period import parse_period

    used = [option for option, value in given.items() if value]
    if len(used) > 1:
        raise typer.BadParameter(f"{' 和 '.join(used)} 一次只用一个。")
    if name is None and not used:
        refuse("材料的名称（--list 列出全部），或 --quarter（季度报告）、--debrief（述职报告）等")
    if name is not None and used and used[0] not in _TIMES:
        raise typer.BadParameter(f"{used[0]} 已经说明是哪种材料，不要再写“{name}”。")
    number = given["--record"] or given["--minutes"] or ""
    kind = reporting.of_record(number) if number and name is None else None
    kind = kind or reporting.named(name or _SHORT[used[0]])
    when = given["--quarter"] or given["--year"] or given["--debrief"] or given["--handbook"] or ""
    return reporting.Order(kind=kind, period=parse_period(str(when)), record=number, slots=slots)


def show_list() -> None:
    """Every paper with what it needs and its formats, then those for meetings to come."""
    from zhibu_cli.app.hand_papers import LISTED
    from zhibu_cli.app.reporting import listed
    from zhibu_cli.cli.asking import say
    from zhibu_cli.text import display_width, pad

    needs = {"quarter": "--quarter", "year": "--year", "record": "--record", "day": "（按 --as-of 当日）"}
    wide = max(display_width(kind.title) for kind in listed()) + 2
    for kind in listed():
        forms = (*kind.formats, *(["pdf"] if "docx" in kind.formats else []))
        say(f"{pad(kind.title, wide)}{pad(needs[kind.needs.value], 20)}{'、'.join(forms)}")
        say(f"  {kind.gist}")
    say("只为今天或以后的会，用 zhibu form 出（.docx）：")
    for title, gist in LISTED:
        say(f"{title}\n  {gist}")


def _formats(text: str | None) -> tuple[str, ...]:
    parts = (text or "").replace("，", ",").replace("、", ",").split(",")
    return tuple(part.strip().lower() for part in parts if part.strip())


def show_papers(papers: "Papers") -> None:
    """The files, and the blanks that a person has to fill."""
    from zhibu_cli.app.reporting import left_told
    from zhibu_cli.cli.asking import note, say

    for file in papers.files:
        say(f"已写到 {file}")
    if papers.fonts:
        missing, instead = ("、".join(names) for names in papers.fonts)
        note(
            f"本机没有字体 {missing}，PDF 里以 {instead} 代替；"
            "版面要准，请出 docx 在装有这些字体的电脑上打印。"
        )
    if papers.untraced:
        note("这种材料里没有统计数字，没有数据来源表可附。")
    for own in papers.own_templates:
        note(f"用的是本支部的模板 {own}")
    _say_blanks(papers.blanks)
    if papers.blanks:
        say(left_told(papers.blanks))
    if papers.marks:
        say(f"含不可见字符 {len(papers.marks)} 处，请核对原文：{''.join(dict.fromkeys(papers.marks))}")


def show_left(left: "Sequence[tuple[str, str]]") -> None:
    """Every blank under the section in which it stands."""
    from itertools import groupby

    from zhibu_cli.app.reporting import left_told
    from zhibu_cli.cli.asking import say

    for place, blanks in groupby(left, key=lambda one: one[0]):
        say(place)
        _say_blanks(blank for _, blank in blanks)
    say(left_told([blank for _, blank in left]))


def _say_blanks(blanks: "Iterable[str]") -> None:
    from zhibu_cli.cli.asking import say

    for blank, times in Counter(blanks).items():
        say(f"  {blank}{f'（{times}处）' if times > 1 else ''}")
