"""``zhibu explain``: one rule."""

from typing import Annotated

import typer

from zhibu_cli.cli.frame import command, new_app

HELP = """说明一条规则：查什么、依据哪些条文、怎样理解、漏了怎么办、例子。

例：zhibu explain general-meeting-quarterly"""

app = new_app(HELP)


@command(app, "explain", HELP)
def explain(
    rule: Annotated[str, typer.Argument(metavar="规则", help="规则的编号；用 zhibu rules list 查看。")],
) -> None:
    """Print the page of the rule."""
    from zhibu_cli.app import checking
    from zhibu_cli.cli.asking import say

    say(checking.explain(rule).rstrip())
