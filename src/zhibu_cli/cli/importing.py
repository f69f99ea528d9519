"""``zhibu import``: workbooks and other files into the ledger, all or nothing."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import By, Db, Yes, session_of

if TYPE_CHECKING:
    from zhibu_cli.app.plan import ImportPlan

HELP = """把名册、组织生活等表格导入台账：.xlsx .xls .ods .csv .json，可一次导几个文件。

先列出要新增和要改的内容；在终端里问过才写，脚本里要加 --yes。有一处读不出来就一行也不写，全部问题一次列出。
同一份文件再导一次不会重复。还没有台账的，文件里有“支部信息”表即新建。
不得录入国家秘密、工作秘密。

例：zhibu import 台账2025.xlsx --dry-run"""

SHOWN = 50
"""So many amended rows are told field by field; more of them are only counted."""

app = new_app(HELP)

Files = Annotated[list[Path], typer.Argument(metavar="文件", help="一个或几个文件。")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只预演：看会新增和改动什么，不写入。")]


@command(app, "import", HELP)
def import_(files: Files, *, dry_run: DryRun = False, yes: Yes = False, by: By = None, db: Db = None) -> None:
    """Read, show, ask, write."""
    from zhibu_cli.app.files import ledger_to_fill
    from zhibu_cli.app.importing import apply_plan, preview
    from zhibu_cli.cli.asking import note, say
    from zhibu_cli.cli.discretion import NOTICE, ask_about_words

    session = session_of()
    note(NOTICE)
    ledger = ledger_to_fill(db, session.env, session.cwd(), session.data_home)
    plan = preview(files, ledger, catalogue=session.catalogue)
    show_plan(plan)
    plan.refuse()
    if dry_run or not plan.changes_anything:
        say("这是预演，没有写入。" if dry_run else "台账里都已经有了，没有写入。")
        return
    talk = session.interactive() and not yes
    ask_about_words(plan.asked_about, interactive=talk)
    allow(plan, yes=yes, interactive=talk)
    done = apply_plan(plan, session.actor(by))
    say(f"已导入（{done.batch}）：新增 {len(plan.new)} 条，更新 {len(plan.amended)} 条。台账：{plan.path}")


def allow(plan: "ImportPlan", *, yes: bool, interactive: bool) -> None:
    """Ask at a terminal; in a script go on with ``--yes`` only.

    Raises:
        BadParameter: a script without ``--yes``.
    """
    from zhibu_cli.cli.asking import confirm_or_cancel

    if interactive:
        confirm_or_cancel(f"{'新建台账' if plan.creates else '写入台账'} {plan.path} 吗？")
    elif not yes:
        raise typer.BadParameter("没有写入：看过上面的内容后，加 --yes 才写入（只想预演用 --dry-run）。")


def show_plan(plan: "ImportPlan") -> None:
    """How many rows of each sheet are new, amended, unchanged; what is amended; what to know."""
    from zhibu_cli.cli.answers import show_fields
    from zhibu_cli.cli.asking import say
    from zhibu_cli.cli.layout import table

    if plan.creates and not plan.problems:
        say(f"将新建台账 {plan.path}")
    if plan.counts:
        rows = [(title, *map(str, numbers)) for title, *numbers in plan.counts]
        say(table(("工作表", "新增", "更新", "相同"), rows))
    for row in plan.amended[:SHOWN]:
        say(f"更新 {row.id} {row.summary}（{row.place}）")
        show_fields(row.changes)
    if len(plan.amended) > SHOWN:
        say(f"……另有 {len(plan.amended) - SHOWN} 条更新，没有逐条列出。")
    for text in plan.notes:
        say(f"注意：{text}")
