"""``zhibu restore``: a backup put back; what stood there is kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import By, Db, Yes, session_of
from zhibu_cli.cli.pasted import pasted_path

if TYPE_CHECKING:
    from zhibu_cli.app.restoring import Plan

HELP = """把备份放回原处：zhibu backup 写的 .zip，或者台账文件的副本。

先核对备份，说明里面是什么，问过再放；脚本里要加 --yes。
原来的台账和附件不删除，改名留在旁边（“-恢复前-日期”）。要放到别处，用 --db 写新的文件名。

例：zhibu restore zhibu-备份-20260309-103000.zip"""

_NAMELESS = "没有写支部名称的台账"

app = new_app(HELP)

Source = Annotated[Path, typer.Argument(metavar="备份", parser=pasted_path, help="备份文件。")]


@command(app, "restore", HELP)
def restore(source: Source, *, yes: Yes = False, by: By = None, db: Db = None) -> None:
    """Look at it, ask, put it back."""
    from zhibu_cli.app import restoring
    from zhibu_cli.app.files import ledger_to_fill
    from zhibu_cli.cli.asking import confirm_or_cancel, note, say

    session = session_of()
    target = ledger_to_fill(db, session.env, session.cwd(), session.data_home)
    with restoring.unpacked(source, target) as plan:
        for line in _told(plan):
            say(line)
        for problem in plan.found.told:
            note(f"注意：{problem}")
        for left in plan.left:
            note(f"上次恢复中断留下的 {left} 里有台账内容；没有别的恢复正在进行的，可以删去。")
        if session.interactive() and not yes:
            confirm_or_cancel(f"恢复到 {target} 吗？")
        elif not yes:
            raise typer.BadParameter("没有恢复：看过上面的内容后，加 --yes 才恢复。")
        done = restoring.put_back(plan, session.actor(by))
    say(f"已恢复到 {done.path}。")
    if done.aside:
        say(f"原来的改名为：{'、'.join(path.name for path in done.aside)}")
    if done.trouble:
        note(done.trouble)


def _told(plan: "Plan") -> list[str]:
    """What is in the backup, and what stands where it is to go."""
    about = plan.contents
    made = f"，{about.made_at[:16].replace('T', ' ')} 由{about.made_by}备份" if about else "，台账文件的副本"
    made = " ".join(made.split())  # a line of its own could say anything
    files = f"，附件等{len(about.files) - 1}个文件" if about else ""
    lines = [
        f"备份：{plan.name or _NAMELESS}{made}",
        f"  台账{plan.found.versions}个版本{files}；校验码 {plan.found.code}",
    ]
    there = plan.standing
    if there is None:
        return lines
    if not there.readable:
        return [*lines, f"现有：{plan.target} 读不出来，会改名留下。"]
    if there.later is None:
        since = "看不出是不是这份备份之后的同一个台账"
    elif there.later:
        since = f"备份以后又写入{there.later}个版本，恢复后的台账里没有这些"
    else:
        since = "备份以后没有再写入"
    return [*lines, f"现有：{plan.target}，{there.name or _NAMELESS}；{since}。会改名留下。"]
