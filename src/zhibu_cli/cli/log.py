"""``zhibu log``: who took what out of the ledger when."""

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import All, Db, session_of

HELP = """台账日志：谁、什么时候出过哪些材料，导出过什么。最近的在前，默认列 50 条。

例：zhibu log；zhibu log --all"""
_MOST = 50

app = new_app(HELP)


@command(app, "log", HELP)
def log(*, all_: All = False, db: Db = None) -> None:
    """Show it."""
    from zhibu_cli.app import export_log
    from zhibu_cli.cli.asking import note, say

    session = session_of()
    lines = export_log.lines(session.ledger(db), catalogue=session.catalogue)[::-1]
    for line in lines if all_ else lines[:_MOST]:
        say(f"{line.at:%Y-%m-%d %H:%M}　{line.by}　{line.what}　{line.detail}")
    if not lines:
        say("日志里还没有记录。")
    if len(lines) > _MOST and not all_:
        note(f"只列了最近的 {_MOST} 条，共 {len(lines)} 条；加 --all 全部列出。")
