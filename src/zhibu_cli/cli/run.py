"""The program's entry: run a command, tell errors in two Chinese lines, return a code."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Any

from zhibu_cli.cli.streams import put_aside, reader_gone, steady

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhibu_cli.cli.session import Session

CANCELLED = 130


def main(argv: Sequence[str] | None = None, session: Session | None = None) -> int:
    """Run the command line and return the exit code; no exception leaves this function."""
    steady()
    # a command makes much and drops little in its short life; looking for cycles every 700 objects is idle
    gc.set_threshold(200_000)
    words = sys.argv[1:] if argv is None else argv
    if [*words[:1]] == ["_complete"]:  # beside Typer: it costs more than the answer
        from zhibu_cli.cli.complete import answer

        return answer(words[1:], session)
    begun = _writes()
    try:
        code = _run(argv, session)
    except SystemExit as error:
        if not reader_gone(error.__context__):  # so Typer leaves where a help page finds no reader
            raise
        code = 0
    except Exception as error:  # noqa: BLE001 - the last fence before the user
        from zhibu_cli.cli.failing import tell

        return tell(error)
    except KeyboardInterrupt:
        code = CANCELLED
    if code == CANCELLED:
        done = _writes() > begun
        put_aside("\n已中断；这之前的已经写入，可用 zhibu list 查看。" if done else "\n已取消，没有写入。")
    return code


def _writes() -> int:
    """How often the ledger was written into; asked without loading anything."""
    context = sys.modules.get("zhibu_cli.app.context")
    return int(context.writes()) if context else 0


def _run(argv: Sequence[str] | None, session: Session | None) -> int:
    import typer

    from zhibu_cli.cli.frame import built
    from zhibu_cli.cli.root import app
    from zhibu_cli.cli.session import Session

    refuse_unread(sys.argv[1:] if argv is None else argv)
    args = None if argv is None else list(argv)  # None: Typer expands *.xlsx where the shell does not
    command: Any = built(app)
    try:
        code = command.main(args, prog_name="zhibu", standalone_mode=False, obj=session or Session())
    except typer.Abort:
        return CANCELLED
    return code if isinstance(code, int) else 0


def refuse_unread(args: Sequence[str]) -> None:
    """Refuse Chinese words on a system whose language setting knows none: they would be stored as rubbish.

    Raises:
        InputError: there are such words.
    """
    encoding = sys.getfilesystemencoding()
    if encoding != "utf-8" and any("\udc80" <= char <= "\udcff" for text in args for char in text):
        from zhibu_cli.errors import InputError

        raise InputError(
            f"这台电脑现在的语言设置（{encoding}）读不出命令里的中文。",
            hint="请先设环境变量 PYTHONUTF8=1，再执行一次。",
        )
