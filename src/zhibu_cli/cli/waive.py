"""``zhibu waive``: a 情况说明 for one finding."""

from datetime import date
from typing import Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import By, Db, day_parser, session_of

HELP = """为一项核对结果写情况说明，以后核对时总是一并列出。

只有“需说明”“提示”两级、又有上级批准文号和日期的，才显示为“有情况说明”；其余的仍列为未见记录或问题，说明附在旁边。

例：zhibu waive committee-meeting-monthly@2026-02 --reason 防汛值守 --approval 机工委〔2026〕3号
--approved-on 2026-03-02"""

app = new_app(HELP)

Why = Annotated[str | None, typer.Option("--reason", metavar="原因", help="实际情况和原因，随核对结果列出。")]

Key = Annotated[
    str, typer.Argument(metavar="核对项", help="核对结果中的编号，如 committee-meeting-monthly@2026-03。")
]
Approval = Annotated[str | None, typer.Option("--approval", metavar="文号", help="上级批准的文号。")]
ApprovedOn = Annotated[
    date | None,
    typer.Option("--approved-on", metavar="日期", parser=day_parser, help="上级批准的日期。"),
]


@command(app, "waive", HELP)
def waive(
    key: Key,
    *,
    reason: Why = None,
    by: By = None,
    approval: Approval = None,
    approved_on: ApprovedOn = None,
    db: Db = None,
) -> None:
    """Keep the explanation."""
    from zhibu_cli.app import checking
    from zhibu_cli.cli.asking import say
    from zhibu_cli.cli.discretion import ask_about_words
    from zhibu_cli.cli.rows import reason_or_ask
    from zhibu_cli.model.secrecy import classification_mark, classification_words

    session = session_of()
    path = session.ledger(db)
    text = reason_or_ask(reason)
    if not classification_mark(text):
        ask_about_words(classification_words(text), interactive=session.interactive())
    entry = checking.waive(
        path,
        key,
        text,
        session.actor(by),
        by=by or "",
        approval=approval or "",
        approved_on=approved_on,
        catalogue=session.catalogue,
    )
    say(f"已记下情况说明 {entry.id}（{key}），说明人 {entry.payload['by']}。")
    say(checking.told_as(path, entry, session.today, catalogue=session.catalogue))
