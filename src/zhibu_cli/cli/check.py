"""``zhibu check``: what is met, open, without record or unjudgeable, each with its article."""

from pathlib import Path
from typing import Annotated, Any

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import AsOf, Db, From, Out, Quarter, To, Year, Yes, session_of, word_parser

HELP = """按条文核对台账：未见记录的、有问题的、尚未到期的、无法判断的、已落实的，各写明依据和记录。

不写期间则核对今年全年。退出码：有达到 --fail-on 级别的未见记录或问题时为 1，否则为 0。
例：zhibu check --year 2026；zhibu check --quarter 2026Q3 --format json -o 核对.json"""

FORMATS = ("table", "json", "md")
LEVELS = ("error", "warn", "never")

app = new_app(HELP)

Rules = Annotated[
    list[str] | None, typer.Option("--rule", metavar="规则", help="只核对这条规则（编号，可写多条）。")
]
Format = Annotated[
    str,
    typer.Option(
        "--format", metavar="格式", parser=word_parser(*FORMATS), help="table（默认）、json 或 md。"
    ),
]
FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on",
        metavar="级别",
        parser=word_parser(*LEVELS),
        help="哪一级起退出码为 1：error（问题，默认）、warn（需说明）、never。",
    ),
]


Others = Annotated[
    list[Path] | None,
    typer.Option("--with", metavar="另一台账", help="与别的支部的台账比较记录的文字（可写多个）。"),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="多说一些：两条记录的文字有多少相同，等等。")]


@command(app, "check", HELP)
def check(
    *,
    year: Year = None,
    quarter: Quarter = None,
    start: From = None,
    end: To = None,
    as_of: AsOf = None,
    rule: Rules = None,
    format_: Format = "table",
    out: Out = None,
    fail_on: FailOn = "error",
    with_: Others = None,
    verbose: Verbose = False,
    yes: Yes = False,
    db: Db = None,
) -> int:
    """Check, show, tell by the code whether something is missing."""
    from zhibu_cli.app import checking
    from zhibu_cli.cli.asking import note
    from zhibu_cli.cli.periods import asked_span
    from zhibu_cli.cli.writing import deliver, may_write

    session = session_of()
    if out is not None:
        may_write(out, overwrite=yes)
    day = as_of or session.today
    asked = asked_span(day, year=year, quarter=quarter, start=start, end=end)
    result = checking.check(
        session.ledger(db),
        asked,
        day,
        rules=tuple(rule or ()),
        others=tuple(with_ or ()),
        catalogue=session.catalogue,
    )
    for text in result.notes if format_ == "json" else ():
        note(f"注意：{text}")
    deliver(shown(result, format_, to_file=out is not None, verbose=verbose), out)
    return 1 if fails(result, fail_on) else 0


def shown(result: Any, format_: str, *, to_file: bool, verbose: bool = False) -> str:
    """The answer in the format asked for; ``verbose``: a table with the details of the findings."""
    if format_ == "json":
        from zhibu_cli.app.checking import to_json
        from zhibu_cli.cli.writing import json_text

        return json_text(to_json(result), to_file=to_file)
    if format_ == "md":
        from zhibu_cli.app.check_text import markdown

        return markdown(result)
    from zhibu_cli.cli.check_view import check_table
    from zhibu_cli.cli.layout import terminal_width

    return check_table(result, terminal_width(), verbose=verbose)


def fails(result: Any, level: str) -> bool:
    """Whether something missed is at or above the level."""
    grave = {"error": ("error",), "warn": ("error", "warn"), "never": ()}[level]
    return any(finding.status == "missed" and finding.severity in grave for finding in result.findings)
