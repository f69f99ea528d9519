"""``zhibu void``: a record is withdrawn; nothing is removed."""

from typing import Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import By, Db, RecordId, session_of
from zhibu_cli.cli.rows import reason_or_ask

HELP = """作废一条记录：它不再计入核对和报告，内容、原因、时间、经手人都保留。

例：zhibu void S12 --reason 与S11重复"""

app = new_app(HELP)

Reason = Annotated[str | None, typer.Option("--reason", metavar="原因", help="为什么作废，随记录保存。")]


@command(app, "void", HELP)
def void(number: RecordId, *, reason: Reason = None, by: By = None, db: Db = None) -> None:
    """Withdraw a record."""
    from zhibu_cli.app import recording
    from zhibu_cli.cli.asking import say

    session = session_of()
    path = session.ledger(db)
    entry = recording.void(
        path, number, reason_or_ask(reason), session.actor(by), catalogue=session.catalogue
    )
    say(f"已作废 {entry.id}，原因：{entry.reason}。内容仍可用 zhibu history {entry.id} 查看。")
