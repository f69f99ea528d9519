"""``zhibu explain``: one rule."""

import re
from typing import Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import Db, session_of

HELP = """说明一条规则：查什么、依据哪些条文、怎样理解、漏了怎么办、例子。

也可以写核对结果中的编号（@ 前后一起写），或条文义务的编号：由哪条规则核对，不核对的为什么。

例：zhibu explain general-meeting-quarterly；zhibu explain 主题党日每月一次"""

app = new_app(HELP)


@command(app, "explain", HELP)
def explain(
    rule: Annotated[
        str,
        typer.Argument(metavar="规则", help="规则的编号或名称、核对项的编号；用 zhibu rules list 查看。"),
    ],
    *,
    db: Db = None,
) -> None:
    """Print the page of the rule."""
    from zhibu_cli.app import rulebook
    from zhibu_cli.cli.asking import say
    from zhibu_cli.cli.layout import terminal_width

    say(plain(rulebook.explain(rule, session_of().ledger_if_any(db)), terminal_width()))


def plain(page: str, width: int) -> str:
    """The page without its Markdown, and without the names of parameters that only rule files need."""
    from zhibu_cli.cli.layout import indented

    lines: list[str] = []
    for marked in page.rstrip().split("\n"):
        line = re.sub("（`[a-z_]+`）", " ", marked) if marked.startswith("  参数：") else marked
        line = line.replace("`", "")
        head = line.lstrip("#")
        if head != line:
            lines.append(head.strip() if line.startswith("# ") else f"【{head.strip()}】")
        elif line:
            lines += indented(line, 2, width)
        elif not (lines and lines[-1].startswith("【")):
            lines.append("")
    return "\n".join(lines)
