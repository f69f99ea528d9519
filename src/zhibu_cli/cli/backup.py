"""``zhibu backup``: a safe copy, also while the ledger is in use."""

from pathlib import Path
from typing import Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import By, Db, session_of
from zhibu_cli.cli.pasted import pasted_path

HELP = """把台账、附件、自己的模板、local.toml 和列名对照.toml 备份成一个 .zip 文件；台账正在用时也可以。

不写 -o 就放在台账旁边；-o 写文件夹（如 U 盘）则在里面另起文件名。已有的文件不覆盖。
没写完的草稿不在备份里。备份里有谈话内容和证件号，请像台账一样保管。

例：zhibu backup；zhibu backup -o E:\\"""

app = new_app(HELP)

Out = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="文件", parser=pasted_path, help="写到哪个文件或文件夹。"),
]


@command(app, "backup", HELP)
def backup(*, out: Out = None, by: By = None, db: Db = None) -> None:
    """Back up."""
    from zhibu_cli.app import backing_up
    from zhibu_cli.cli.asking import note, say
    from zhibu_cli.model.attachment import size_text

    session = session_of()
    done = backing_up.backup(session.ledger(db), out, session.actor(by))
    inside = f"台账{done.versions}个版本，附件等{done.beside}个文件"
    say(f"已备份到 {done.path}（{size_text(done.size)}）：{inside}。")
    say(f"校验码：{done.code}")
    note("备份里有谈话内容和证件号，请像台账一样保管；最好另存一份在别的磁盘上。")
    if done.left_out:
        note(f"注意：没有备份 {'、'.join(done.left_out)}：不是普通文件（链接等），请另行保存。")
    if done.trouble:
        note(done.trouble)
    for problem in done.problems:
        note(f"注意：{problem}")
    if done.problems:
        note("台账里有这些不符，备份照原样存了。")
