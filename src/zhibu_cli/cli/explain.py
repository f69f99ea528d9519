"""``zhibu explain``: one rule."""

from typing import Annotated

import typer

from zhibu_cli.cli.frame import command, new_app

HELP = """说明一条规则：查什么、依据哪些条文、怎样理解、漏了怎么办、例子。

例：zhibu explain general-meeting-quarterly"""

app = new_app(HELP)


@command(app, "explain", HELP)
def explain(
    rule: Annotated[str, typer.Argument(metavar="规则", help="规则的编号或名称；用 zhibu rules list 查看。")],
) -> None:
    """Print the page of the rule."""
    from zhibu_cli.app import checking
    from zhibu_cli.cli.asking import say
    from zhibu_cli.cli.layout import terminal_width

    say(plain(checking.explain(rule), terminal_width()))


def plain(page: str, width: int) -> str:
    """The page without its Markdown and without the parameters, which are for who writes rules."""
    from zhibu_cli.cli.layout import indented

    lines: list[str] = []
    for line in page.rstrip().replace("`", "").split("\n"):
        if line.startswith("  参数："):
            continue
        head = line.lstrip("#")
        if head != line:
            lines.append(head.strip() if line.startswith("# ") else f"【{head.strip()}】")
        elif line:
            lines += indented(line, 2, width)
        elif not (lines and lines[-1].startswith("【")):
            lines.append("")
    return "\n".join(lines)
