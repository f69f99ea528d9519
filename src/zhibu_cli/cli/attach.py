"""``zhibu attach``: sign-in sheets, photos, courseware, copied beside the ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import By, Db, RecordId, Yes, offering, session_of
from zhibu_cli.cli.pasted import pasted_path
from zhibu_cli.model.beside_sheets import ATTACHMENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhibu_cli.app.attaching import Kept

HELP = """给一条记录附上文件：签到表、照片、课件、通知等。文件复制到台账旁边的“台账文件名.附件”文件夹。
台账里记下文件名、大小和校验值；以后文件被改动或不见了，zhibu show 会说明。
台账换电脑时请连同这个文件夹一起拷贝。

收 pdf、ofd、Word、Excel、PPT、WPS 文档、图片和纯文本，每个不超过 20 MB。不得附国家秘密、工作秘密。
类别不写就按文件名定，可用 zhibu amend 更正；附错了用 zhibu void 附件编号 作废，文件仍留着。

例：zhibu attach S12 签到表.jpg 现场照片.jpg；zhibu attach S12 扫描件.pdf --kind 签到表"""

app = new_app(HELP)


Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="文件",
        parser=pasted_path,
        help="一个或几个文件。",
    ),
]
KindOption = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="类别",
        parser=offering(*(term.label for term in ATTACHMENT_KINDS)),
        help="签到表、照片、课件、通知或其他；不写按文件名定。",
    ),
]
Limit = Annotated[int, typer.Option("--limit", metavar="MB", min=1, help="每个文件最多多少 MB，默认 20。")]


@command(app, "attach", HELP)
def attach(
    number: RecordId,
    files: Files,
    *,
    kind: KindOption = None,
    limit: Limit = 20,
    yes: Yes = False,
    by: By = None,
    db: Db = None,
) -> None:
    """Attach files to a record."""
    from zhibu_cli.app import attaching
    from zhibu_cli.cli.discretion import ask_about_words

    session = session_of()
    path = session.ledger(db)
    ask_about_words(attaching.asked_about(files), interactive=session.interactive() and not yes)
    kept = attaching.attach(
        path,
        number,
        files,
        session.actor(by),
        kind=kind or "",
        most_megabytes=limit,
        catalogue=session.catalogue,
    )
    show_kept(number, files, kept)


def show_kept(number: str, files: "Sequence[Path]", kept: "Sequence[Kept]") -> None:
    """What was attached, and what was there already."""
    from zhibu_cli.app.attaching import moment_text
    from zhibu_cli.cli.asking import say

    for one, given in zip(kept, files, strict=True):
        file = one.attachment
        if one.new:
            taken = f"　拍摄时间 {moment_text(file.taken_at)}" if file.taken_at else ""
            say(f"已附上 {file.id}　{one.kind}　{file.name} → {number}{taken}")
            if one.doubtful:
                say(f"注意：{file.name} 看起来不是{one.doubtful}，请打开看看是否附错。")
        else:
            back = "；原来的副本不见了，已补存" if one.put_back else ""
            name = "" if given.name == file.name else f" {file.name}"
            say(f"{given.name} 已在 {number} 的附件中（{file.id}{name}），没有重复存放{back}。")
            if one.altered:
                say(f"  存着的 {file.file} 已与附上时不同，没有覆盖；请把它移出附件文件夹，再附一次。")
