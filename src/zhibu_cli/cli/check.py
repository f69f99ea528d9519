"""``zhibu check``: what is met, open, without record or unjudgeable, each with its article."""

from pathlib import Path
from typing import Annotated, Any

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import AsOf, Db, From, Out, Quarter, To, Year, Yes, session_of, word_parser
from zhibu_cli.cli.pasted import pasted_path

HELP = """按条文核对台账：未见记录的、有问题的、尚未到期的、无法判断的、已落实的，各写明依据和记录。

不写期间则核对今年全年。退出码：有达到 --fail-on 级别的未见记录或问题时为 1，否则为 0。
html、xlsx、docx 里有结论、组织生活一览表、谈心谈话覆盖情况表和全部核对项；不写 -o 则放在当前文件夹。
例：zhibu check --year 2026；zhibu check --view 谈话；zhibu check --quarter 2026Q3 -o 核对.html"""

FORMATS = ("table", "json", "md", "html", "xlsx", "docx")
LEVELS = ("error", "warn", "never")
VIEWS = {"结果": "result", "结论": "verdict", "一览": "months", "谈话": "talks"}

app = new_app(HELP)


def view_parser(text: str) -> str:
    """One of the views, by its Chinese or English name."""
    if text in VIEWS.values():
        return text
    if text not in VIEWS:
        raise typer.BadParameter(f"“{text}”不在可选之列；可写：{'、'.join(VIEWS)}。")
    return VIEWS[text]


view_parser.words = tuple(VIEWS)  # type: ignore[attr-defined]  # for completion
Rules = Annotated[
    list[str] | None, typer.Option("--rule", metavar="规则", help="只核对这条规则（编号，可写多条）。")
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="格式",
        parser=word_parser(*FORMATS),
        help="table（默认）、json、md、html、xlsx 或 docx；不写时看 -o 的扩展名。",
    ),
]
View = Annotated[
    str,
    typer.Option(
        "--view",
        metavar="看什么",
        parser=view_parser,
        help="终端上看：结果（默认，结论、一览表和明细）、结论（一屏）、一览（只看组织生活一览表）、"
        "谈话（谁与谁谈过）；也可写 result、verdict、months、talks。",
    ),
]
Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="终端上把每一条和核对的细节（如两份文字相同的比例）都列出。")
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
    typer.Option(
        "--with",
        metavar="另一台账",
        parser=pasted_path,
        help="与别的支部的台账比较记录的文字（可写多个）。",
    ),
]


@command(app, "check", HELP)
def check(
    *,
    year: Year = None,
    quarter: Quarter = None,
    start: From = None,
    end: To = None,
    as_of: AsOf = None,
    rule: Rules = None,
    view: View = "result",
    verbose: Verbose = False,
    format_: Format = None,
    out: Out = None,
    fail_on: FailOn = "error",
    with_: Others = None,
    yes: Yes = False,
    db: Db = None,
) -> int:
    """Check, show, tell by the code whether something is missing."""
    from zhibu_cli.app import checking
    from zhibu_cli.app.check_files import format_for
    from zhibu_cli.cli.periods import asked_span
    from zhibu_cli.cli.writing import log_files

    session = session_of()
    form, ledger, day = format_for(format_, out), session.ledger(db), as_of or session.today
    _say_unused(form, view, verbose=verbose)
    target = _target(form, out, (ledger, *(with_ or ())), overwrite=yes)
    asked = asked_span(day, year=year, quarter=quarter, start=start, end=end)
    result = checking.check(
        ledger,
        asked,
        day,
        rules=tuple(rule or ()),
        others=tuple(with_ or ()),
        catalogue=session.catalogue,
    )
    _deliver(result, form, target, view, verbose=verbose)
    if target is not None:
        log_files(ledger, "核对结果", target)
    return 1 if fails(result, fail_on) else 0


def _say_unused(form: str, view: str, *, verbose: bool) -> None:
    """A line where an option changes nothing: views and details are for the terminal."""
    from zhibu_cli.cli.asking import note

    if form == "table":
        unused = ["--verbose"] if verbose and view != "result" else []
        where = "用于“结果”（--view 结果）"
    else:
        unused = [name for name, given in (("--view", view != "result"), ("--verbose", verbose)) if given]
        where = "用于终端上的 table 格式"
    if unused:
        note(f"说明：{'、'.join(unused)} 只{where}，这里没有用到。")


def _target(form: str, out: Path | None, ledgers: tuple[Path, ...], *, overwrite: bool) -> Path | None:
    """The file to be written, looked at before any work is done; None: the terminal."""
    from zhibu_cli.app.check_files import PAPERS, must_be_free, target_for

    if out is None and form not in PAPERS:
        return None
    target = target_for(form, out, session_of().cwd()) if form in PAPERS else out
    if target is not None:
        must_be_free(target, ledgers, overwrite=overwrite)
    return target


def _deliver(result: Any, form: str, target: Path | None, view: str, *, verbose: bool) -> None:
    from zhibu_cli.app.check_files import PAPERS, write
    from zhibu_cli.cli.asking import note
    from zhibu_cli.cli.writing import deliver

    if form in PAPERS and target is not None:
        write(result, form, target)
        note(f"已写到 {target}")
        return
    for text in result.notes if form == "json" else ():
        note(f"注意：{text}")
    deliver(shown(result, form, view, to_file=target is not None, verbose=verbose), target)


def shown(result: Any, form: str, view: str, *, to_file: bool, verbose: bool) -> str:
    """The answer as text, in the format asked for."""
    if form == "json":
        from zhibu_cli.app.checking import to_json
        from zhibu_cli.cli.writing import json_text

        return json_text(to_json(result), to_file=to_file)
    if form == "md":
        from zhibu_cli.app.check_text import markdown

        return markdown(result)
    from zhibu_cli.cli import check_view
    from zhibu_cli.cli.layout import terminal_width

    others = {
        "verdict": check_view.verdict_table,
        "months": check_view.months_table,
        "talks": check_view.talks_table,
    }
    if view in others:
        return others[view](result, terminal_width())
    return check_view.check_table(result, terminal_width(), verbose=verbose)


def fails(result: Any, level: str) -> bool:
    """Whether something missed is at or above the level."""
    grave = {"error": ("error",), "warn": ("error", "warn"), "never": ()}[level]
    return any(finding.status == "missed" and finding.severity in grave for finding in result.findings)
