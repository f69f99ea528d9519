"""``zhibu rules …``: the rules, their files, the articles they answer for."""

from pathlib import Path
from typing import Annotated

import typer

from zhibu_cli.cli.frame import command, grouped, new_app
from zhibu_cli.cli.options import AsOf, session_of

app = grouped(new_app("规则一览、检查规则文件、条文覆盖。"))

Folder = Annotated[
    Path | None, typer.Argument(metavar="文件夹", help="放规则文件的文件夹；不写则检查自带的。")
]


@command(app, "list", "列出全部规则和各自的轻重（按某一天有效的版本，默认今天）。")
def list_(*, as_of: AsOf = None) -> None:
    """Every rule of every pack."""
    from zhibu_cli.app import checking
    from zhibu_cli.cli.asking import say
    from zhibu_cli.cli.layout import pairs, terminal_width

    lines = checking.rules_list(as_of or session_of().today)
    packs: dict[str, list[tuple[str, str]]] = {}
    for line in lines:
        level = line.severity.label if line.severity else "未生效"
        packs.setdefault(line.pack.title, []).append((line.id, f"〔{level}〕{line.title}"))
    for title, rows in packs.items():
        say("\n".join([title, *pairs(rows, terminal_width(), most=36), ""]))
    say(f"共 {len(lines)} 条；用 zhibu explain 编号 看依据。")


@command(app, "lint", "检查规则文件：一次列出全部问题，写明文件和键。")
def lint(folder: Folder = None) -> int:
    """All problems of the packs; code 17 where there is one."""
    from zhibu_cli.app import checking
    from zhibu_cli.cli.asking import say
    from zhibu_cli.errors import PackError

    if folder is not None and not (folder / "packs.toml").is_file():
        raise PackError(
            f"{folder} 里没有 packs.toml，不是放规则文件的文件夹。",
            hint="请核对文件夹；不写则检查自带的规则。",
        )
    problems = checking.lint(folder)
    for problem in problems:
        say(str(problem))
    say(f"有 {len(problems)} 处问题。" if problems else "规则文件没有问题。")
    return PackError.exit_code if problems else 0


@command(app, "coverage", "逐条列出文件的条文：由哪条规则核对，或为什么不核对。")
def coverage() -> int:
    """Every article of every document; code 17 where one is not answered for."""
    from zhibu_cli.app import checking
    from zhibu_cli.cli.asking import say
    from zhibu_cli.cli.layout import indented, terminal_width
    from zhibu_cli.errors import PackError

    width = terminal_width()
    rows = checking.coverage()
    title = ""
    for row in rows:
        if row.source.title != title:
            title = row.source.title
            say("\n".join([*([""] if row is not rows[0] else []), *indented(title, 2, width)]))
        margin = 2 if row.duty is None else 4
        gist = indented(f"{checking.coverage_name(row)}　{row.said.gist}", margin + 4, width)
        lines = [" " * margin + gist[0], *gist[1:]]
        answer = checking.coverage_answer(row)
        lines += [" " * (margin + 4) + "\n".join(indented(answer, margin + 4, width))] if answer else []
        say("\n".join(lines))
    bare = sum(not row.answered for row in rows)
    say(f"\n共 {len(rows)} 项，{f'{bare} 项没有交代' if bare else '每项都有交代'}。")
    return PackError.exit_code if bare else 0
