"""``zhibu import``: workbooks and other files into the ledger, all or nothing."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import By, Db, Yes, session_of
from zhibu_cli.cli.pasted import pasted_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhibu_cli.app.doubts import Answers
    from zhibu_cli.app.plan import ImportPlan

HELP = """把名册、组织生活等表格导入台账：.xlsx .xls .ods .csv .tsv .txt .json，可一次导几个文件。

先列出每张表认作什么、各列是什么、取了几行，以及要新增和要改的内容；在终端里问过才写，脚本里要加 --yes。
有一处读不出来就一行也不写，全部问题一次列出。列名不认识的，用 --map 指明；
常用的写进台账旁边的“列名对照.toml”：一行 [组织生活]，下面一行 记录人 = ["经办人"]。
同一份文件再导一次不会重复。还没有台账的，文件里有“支部信息”表即新建。
不得录入国家秘密、工作秘密。

例：zhibu import 台账2025.xlsx --dry-run"""

app = new_app(HELP)

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="文件",
        parser=pasted_path,
        help="一个或几个文件。",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只预演：看会新增和改动什么，不写入。")]


def _pair(text: str) -> str:
    """A value of ``--map``: 列名=字段."""
    header, sign, target = text.replace("＝", "=").partition("=")
    if not (sign and header.strip() and target.strip()):
        raise typer.BadParameter(f"“{text}”应写成 列名=字段，如 经办人=记录人。")
    return f"{header.strip()}={target.strip()}"


Named = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="列名=字段",
        parser=_pair,
        help="这一次里某列就是哪一项，如 --map 经办人=记录人；不要的列写 列名=不导入。",
    ),
]


@command(app, "import", HELP)
def import_(
    files: Files,
    *,
    named: Named = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    by: By = None,
    db: Db = None,
) -> None:
    """Read, show, ask, write."""
    from zhibu_cli.app.files import ledger_to_fill
    from zhibu_cli.app.importing import apply_plan, preview
    from zhibu_cli.cli.asking import note, say
    from zhibu_cli.cli.discretion import NOTICE, ask_about_words
    from zhibu_cli.cli.import_view import show_plan
    from zhibu_cli.cli.progress import watched

    session = session_of()
    note(NOTICE)
    ledger = ledger_to_fill(db, session.env, session.cwd(), session.data_home)
    said = dict(pair.split("=", 1) for pair in named or ())
    with watched(files) as tick:
        plan = preview(files, ledger, catalogue=session.catalogue, said=said, tick=tick)
    again = partial(preview, files, ledger, catalogue=session.catalogue, said=said)
    if session.interactive() and not yes:
        plan = settled(plan, lambda answers: again(answers=answers))
    show_plan(plan)
    plan.refuse()
    if dry_run or not plan.changes_anything:
        nothing = "台账里都已经有了，没有写入。" if plan.rows else "文件里没有可以导入的行，没有写入。"
        say("这是预演，没有写入。" if dry_run else nothing)
        return
    talk = session.interactive() and not yes
    ask_about_words(plan.asked_about, interactive=talk)
    allow(plan, yes=yes, interactive=talk)
    with watched(files) as tick:
        done = apply_plan(plan, session.actor(by), tick=tick)
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


def settled(plan: "ImportPlan", again: "Callable[[Answers], ImportPlan]") -> "ImportPlan":
    """The plan once the user has said who is meant where two members bear one name.

    Every place is asked about by itself; nobody is guessed.
    """
    from zhibu_cli.cli.asking import choose, say

    answers: dict[tuple[str, str, str], str] = {}
    while plan.doubts:
        for doubt in plan.doubts:
            say(f"{doubt.place}“{doubt.label}”写的“{doubt.name}”有{len(doubt.members)}人同名：")
            who = [f"{number} {doubt.name}（{said}）" for number, said in doubt.members]
            answers[doubt.key] = doubt.members[choose("是哪一位", who)][0]
        plan = again(answers)
    return plan
