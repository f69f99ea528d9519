"""``zhibu verify``: was anything altered behind the program's back."""

from typing import Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import Db, session_of

HELP = """核对台账文件：每个版本和附件是否还是写入时的样子，有没有被别的程序改过、删过。什么也不写。

每次写入都接着前一次算校验值，所以改动或抽掉其中任何一个版本都看得出来。从末尾删去、整本重做的，
要凭以前记下的校验码才看得出来：交接、检查时把校验码写在纸上，以后用 --expect 核对。
台账日志、导入的批次、台账自己的编号和查重用的特征不在校验值里。

例：zhibu verify；zhibu verify --expect 3f2a-91bc-07de-44c1"""

app = new_app(HELP)

Expect = Annotated[
    str | None,
    typer.Option("--expect", metavar="校验码", help="以前记下的校验码：那时的内容是否原样还在。"),
]


@command(app, "verify", HELP)
def verify(*, expect: Expect = None, db: Db = None) -> None:
    """Verify it."""
    from zhibu_cli.app import verifying
    from zhibu_cli.cli.asking import say

    found = verifying.verify(session_of().ledger(db), expect=expect)
    last = f"，最后一次写入在 {found.last_at}" if found.last_at else ""
    say(f"台账：{found.path}　共{found.versions}个版本{last}，附件{found.attachments}个。")
    say(f"校验码：{found.code}")
    found.refuse()
    if found.later is not None:
        since = f"以后又写入{found.later}个版本" if found.later else "以后没有再写入"
        say(f"记下校验码 {expect} 时的内容原样都在，{since}。")
    say("台账和附件都与写入时一样。")
