"""``zhibu demo``: an invented branch, brought in, checked and reported on."""

from pathlib import Path
from typing import Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import By, session_of
from zhibu_cli.cli.pasted import pasted_path

HELP = """用虚构的支部演示全过程：在一个新文件夹里放好工作簿、台账、核对结果、季度报告和述职材料。

核对日期是固定的，与今天是哪一天无关。例：zhibu demo 演示"""

app = new_app(HELP)


@command(app, "demo", HELP)
def demo(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="文件夹",
            parser=pasted_path,
            help="还没有的或空的文件夹。",
        ),
    ],
    *,
    by: By = None,
) -> None:
    """Make it and say what lies where."""
    from zhibu_cli.app.check_text import verdict_told
    from zhibu_cli.app.demo import run_demo
    from zhibu_cli.cli.asking import say
    from zhibu_cli.cli.layout import indented, terminal_width

    made = run_demo(folder, session_of().actor(by))
    say(f"演示已放在 {made.folder}，先看 {made.files[0].name}：")
    say("\n".join(f"  {file.name}" for file in made.files))
    say("核对结果：")
    for line in verdict_told(made.result.findings):
        say("  " + "\n".join(indented(line, 4, terminal_width())))
