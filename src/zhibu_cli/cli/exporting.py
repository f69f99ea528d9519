"""``zhibu export``: the workbook or JSON file that ``import`` reads back."""

from typing import Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import By, Db, Out, Yes, session_of

HELP = """把台账导出为 .xlsx 或 .json，zhibu import 能原样读回。

谈心谈话内容、逐人票数、身份证号、手机号只有加 --full 才导出，并记入台账日志。

例：zhibu export -o 台账.xlsx"""

app = new_app(HELP)

Full = Annotated[bool, typer.Option("--full", help="连同谈话内容、逐人票数、身份证号等；请妥善保管。")]


@command(app, "export", HELP)
def export(*, out: Out = None, full: Full = False, yes: Yes = False, by: By = None, db: Db = None) -> None:
    """Write the file."""
    from zhibu_cli.app import export_log, exporting
    from zhibu_cli.cli.asking import note, say
    from zhibu_cli.cli.filling import refuse

    session = session_of()
    path = session.ledger(db)
    if out is None:
        refuse("-o（导出到哪个文件，如 台账.xlsx）")
        return
    done = exporting.export(
        path, out, session.actor(by), full=full, overwrite=yes, catalogue=session.catalogue
    )
    say(f"已导出 {done.entries} 条到 {done.path}")
    trouble = "" if full else export_log.note_export(path, out, session.actor(by))
    if trouble:
        note(trouble)
    if done.left_out:
        note(f"注意：没有导出 {'、'.join(done.left_out)}；要连同这些请加 --full。")
