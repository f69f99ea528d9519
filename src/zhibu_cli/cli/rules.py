"""``zhibu rules …``: the rules, their files, the articles they answer for."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhibu_cli.cli.frame import command, grouped, new_app
from zhibu_cli.cli.options import AsOf, Db, Out, Yes, session_of, word_parser
from zhibu_cli.cli.pasted import pasted_path

if TYPE_CHECKING:
    from collections.abc import Sequence

app = grouped(new_app("规则一览、检查规则文件、条文覆盖。"))

Folder = Annotated[
    Path | None,
    typer.Argument(
        metavar="文件",
        parser=pasted_path,
        help="放规则文件的文件夹，或一个 local.toml；不写则检查自带的和当前文件夹的 local.toml。",
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="格式",
        parser=word_parser("table", "md", "json"),
        help="table（默认）、md 或 json。",
    ),
]


@command(app, "list", "列出全部规则和各自的轻重（按某一天有效的版本，默认今天）；本支部改过的另有标记。")
def list_(*, as_of: AsOf = None, db: Db = None) -> None:
    """Every rule of every pack."""
    from zhibu_cli.app import rulebook
    from zhibu_cli.cli.asking import say
    from zhibu_cli.cli.layout import pairs, terminal_width

    session = session_of()
    lines = rulebook.rules_list(as_of or session.today, session.ledger_if_any(db))
    packs: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        level = line.severity.label if line.severity else "未生效"
        own = f"〔本支部{'、'.join(line.marks)}〕" if line.marks else ""
        packs.setdefault(line.pack.title, []).append((line.id, f"〔{level}〕{own}{line.title}"))
    for title, rows in packs.items():
        say("\n".join([title, *pairs(rows, terminal_width(), most=36), ""]))
    say(f"共 {len(lines)} 条；用 zhibu explain 编号 看依据。")


@command(app, "lint", "检查规则文件和本支部的 local.toml：一次列出全部问题，写明文件和键。")
def lint(folder: Folder = None) -> int:
    """All problems of the packs; code 17 where there is one."""
    from zhibu_cli.app import rulebook
    from zhibu_cli.cli.asking import say
    from zhibu_cli.errors import PackError

    if folder is not None and not (folder / "packs.toml").is_file() and not rulebook.own_rules(folder):
        raise PackError(
            f"{folder} 里没有 packs.toml，也没有 local.toml，不是放规则文件的地方。",
            hint="请核对文件夹；不写则检查自带的规则和当前文件夹的 local.toml。",
        )
    session = session_of()
    problems = rulebook.lint(folder, session.cwd(), session.ledger_if_any(None))
    for problem in problems:
        say(str(problem))
    say(f"有 {len(problems)} 处问题。" if problems else "规则文件没有问题。")
    return PackError.exit_code if problems else 0


@command(app, "coverage", "逐条列出文件的条文：由哪条规则核对，或为什么不核对；末尾有合计。")
def coverage(*, format_: Format = "table", out: Out = None, yes: Yes = False, db: Db = None) -> int:
    """Every article of every document; code 17 where one is not answered for."""
    from zhibu_cli.app import rulebook
    from zhibu_cli.app.files import refuse_marked_name
    from zhibu_cli.app.saving import must_be_writable
    from zhibu_cli.cli.writing import deliver, json_text
    from zhibu_cli.errors import PackError

    if out is not None:
        refuse_marked_name(out)
        must_be_writable([out], [], overwrite=yes)
    rows = rulebook.coverage(session_of().ledger_if_any(db))
    if format_ == "json":
        text = json_text(rulebook.coverage_json(rows), to_file=out is not None)
    else:
        text = rulebook.coverage_markdown(rows) if format_ == "md" else coverage_table(rows)
    deliver(text, out)
    return 0 if all(row.answered for row in rows) else PackError.exit_code


def coverage_table(rows: "Sequence[Any]") -> str:
    """The rows under the titles of their documents, and the totals."""
    from zhibu_cli.app import rulebook
    from zhibu_cli.cli.layout import indented, terminal_width

    width = terminal_width()
    lines: list[str] = []
    title = ""
    for row in rows:
        if row.source.title != title:
            title = row.source.title
            lines += [*([""] if lines else []), *indented(title, 2, width)]
        margin = 2 if row.duty is None else 4
        gist = indented(f"{rulebook.coverage_name(row)}　{row.said.gist}", margin + 4, width)
        lines += [" " * margin + gist[0], *gist[1:]]
        if answer := rulebook.coverage_answer(row):
            first, *rest = indented(answer, margin + 4, width)
            lines += [" " * (margin + 4) + first, *rest]
    return "\n".join([*lines, "", *indented(rulebook.coverage_totals(rows), 2, width)])
